"""Many rows: frames in and out of both databases, fast.

Writing goes through Django's own connection, so it is part of the present transaction: binary COPY on
PostgreSQL, ``executemany`` on SQLite. Reading goes over Arrow (ADBC; on SQLite Python's own driver) on a
connection of its own, so it sees what is committed; :func:`read_here` sees the present transaction, and is meant for few rows.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection

from yingbao.store import arrow_reader, tally
from yingbao.store.binary_copy import HEADER, TRAILER, encode
from yingbao.store.columns import Model, field_type, fit, schema, table
from yingbao.store.errors import NotInATransaction, NotWhole
from yingbao.store.statements import before_statement, tell

__all__ = ["analyse", "before_statement", "new_ids", "read", "read_here", "read_sql", "schema", "write"]

# Rows of a COPY message or of one executemany: large enough to be cheap, small enough for the cache.
_CHUNK = 50_000
Schema = Mapping[str, pl.DataType | type[pl.DataType]]


def write(model: Model, frame: pl.DataFrame) -> int:
    """Append the rows of a frame to a model's table, in the present transaction; how many they were.

    Columns as :func:`yingbao.store.columns.fit` says. For ``Posting``, ``RunLine``, ``BankLine`` and
    ``DoneStep`` give them sorted by the key: it is what makes them cheap. Raises NotInATransaction.
    """
    if not connection.in_atomic_block:
        raise NotInATransaction(table=table(model))
    fitted = fit(model, frame)
    if fitted.height:
        (_insert if connection.vendor == "sqlite" else _copy)(model, fitted)
        tally.told(model, fitted)
    return fitted.height


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _copy(model: Model, frame: pl.DataFrame) -> None:
    json = frozenset(f.column for f in model._meta.concrete_fields if f.get_internal_type() == "JSONField")  # noqa: SLF001
    tell(f"copy {table(model)}")
    statement = f'COPY "{table(model)}" ({_quoted(frame.columns)}) FROM STDIN (FORMAT BINARY)'
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(HEADER)
        for encoded in _encoded(frame, json):
            copy.write(encoded)
        copy.write(TRAILER)
    if "id" in frame.columns:
        _move_sequence(model, int(frame["id"].max()))  # type: ignore[arg-type]


def _encoded(frame: pl.DataFrame, json: frozenset[str]) -> Iterator[bytes]:
    """The rows in parts, the next one made while the server takes the one before."""
    with ThreadPoolExecutor(1) as ahead:
        coming: Future[bytes] | None = None
        for part in frame.iter_slices(_CHUNK):
            ready, coming = coming, ahead.submit(encode, part, json)
            if ready is not None:
                yield ready.result()
        if coming is not None:
            yield coming.result()


def _move_sequence(model: Model, last: int) -> None:
    """Ids that were given by hand (not by new_ids) must not be given again."""
    sequence = _sequence(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval(%s, GREATEST(%s, (SELECT last_value FROM {sequence})))", [sequence, last])  # noqa: S608


def _insert(model: Model, frame: pl.DataFrame) -> None:
    dates = [name for name, dtype in frame.schema.items() if dtype == pl.Date]
    text = frame.with_columns(pl.col(dates).dt.to_string("%Y-%m-%d"))
    marks = ", ".join(["?"] * frame.width)
    statement = f'INSERT INTO "{table(model)}" ({_quoted(frame.columns)}) VALUES ({marks})'  # noqa: S608
    connection.ensure_connection()
    for part in text.iter_slices(_CHUNK):
        tell(f"insert {table(model)}")
        with connection.wrap_database_errors:
            # The driver's own cursor: Django's would rewrite the marks of every row.
            connection.connection.executemany(statement, zip(*[column.to_list() for column in part], strict=True))


def analyse(*models: Model) -> None:
    """Let the database look at tables that were just filled, in the present transaction.

    Until it has, PostgreSQL believes them small and goes through all of one for each question about a few people.
    SQLite needs no such look.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {_quoted([table(model) for model in models])}")


def new_ids(model: Model, count: int) -> pl.Series:
    """``count`` fresh ids (Int64, rising) for rows to be written with :func:`write`. Nobody else gets them.

    Needs a transaction on SQLite (its one writer is the lock). Raises NotInATransaction.
    """
    name = table(model)
    if not connection.in_atomic_block:
        raise NotInATransaction(table=name)
    if not count:
        return pl.Series("id", [], pl.Int64)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [name])
            (last,) = cursor.fetchone()
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, name])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last + count])
            return pl.Series("id", range(last + 1, last + count + 1), pl.Int64)
        numbers = "SELECT nextval(%s::regclass) AS id FROM generate_series(1, %s)"
        cursor.execute(f"SELECT array_agg(id ORDER BY id) FROM ({numbers}) AS numbers", [_sequence(model), count])  # noqa: S608
        return pl.Series("id", cursor.fetchone()[0], pl.Int64)


def _sequence(model: Model) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table(model)])
        return str(cursor.fetchone()[0])


def read(queryset: Any) -> pl.DataFrame:
    """The committed rows of ``Model.objects…values_list("a", "b")`` (or ``.values``) as a frame, over Arrow.

    Column names and types are those of the fields. Dates are Date and JSON is text on both databases. Rows come in
    any order: sort the frame where order matters.
    """
    sql, params, expected = _statement(queryset.order_by())
    if not sql:
        return pl.DataFrame(schema=expected)
    return read_sql(sql, params, expected, large=connection.vendor == "sqlite" and _is_large())


def read_here(queryset: Any) -> pl.DataFrame:
    """As :func:`read`, through Django's connection: sees the present transaction. For up to some 10,000 rows."""
    sql, params, expected = _statement(queryset)
    if not sql:
        return pl.DataFrame(schema=expected)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return _typed(pl.DataFrame(rows, schema=list(expected), orient="row", infer_schema_length=None), expected)


def _statement(queryset: Any) -> tuple[str, tuple[Any, ...], dict[str, pl.DataType]]:
    """The SQL (empty where Django knows that nothing can match), its values, and the columns."""
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        sql, params = "", ()
    names = [*queryset.query.values_select, *queryset.query.annotation_select]
    annotated = queryset.query.annotation_select
    meta = queryset.model._meta  # noqa: SLF001
    fields = [annotated[name].output_field if name in annotated else meta.get_field(name) for name in names]
    return sql, params, {name: field_type(field) for name, field in zip(names, fields, strict=True)}


def read_sql(
    sql: str, params: Sequence[Any] = (), expected: Schema | None = None, *, large: bool = False
) -> pl.DataFrame:
    """Committed rows of a SELECT with ``%s`` marks. ``expected``: names and types in the order selected.

    Without ``expected`` the database's own types come back: on SQLite dates are text and an empty
    result has integer columns, so give it wherever the answer leaves this module.
    """
    tell(f"read {sql[:50]}")
    if connection.vendor == "sqlite":
        return _read_by_child(sql, params, expected) if large and expected else _read_sqlite(sql, params, expected)
    with _arrow() as cursor:
        cursor.execute(_inlined(sql, params))  # with marks ADBC would leave the fast COPY path
        frame: pl.DataFrame = pl.from_arrow(cursor.fetch_arrow_table())  # type: ignore[assignment]
    if expected is None:
        return frame
    frame.columns = list(expected)
    return _typed(frame, expected)


_LARGE_BYTES = 8_000_000  # of a database file, past which reading over Arrow in another process pays


def _is_large() -> bool:
    path = Path(str(connection.settings_dict["NAME"]))
    return path.is_file() and path.stat().st_size > _LARGE_BYTES


def _read_by_child(sql: str, params: Sequence[Any], expected: Schema) -> pl.DataFrame:
    """Over Arrow in another process (see :mod:`.arrow_child` for why). Five times as fast for many rows."""
    def typed(frame: pl.DataFrame) -> pl.DataFrame:
        frame.columns = list(expected)
        return _typed(frame, expected)

    path = quote(str(connection.settings_dict["NAME"]))
    first = [0 if kind.is_integer() or kind == pl.Boolean else "" for kind in expected.values()]
    return arrow_reader.read(path, sql.replace("%s", "?").replace("%%", "%"), [_plain(value) for value in params], first, typed)


def _read_sqlite(sql: str, params: Sequence[Any], expected: Schema | None) -> pl.DataFrame:
    """Through Python's own SQLite, never ADBC's.

    Two SQLite libraries in one process drop each other's locks on a file (POSIX locks belong to the process),
    and a commit then fails or worse (docs/decisions/0006).
    """
    opened = sqlite3.connect(f"file:{quote(str(connection.settings_dict['NAME']))}?mode=ro", uri=True, timeout=20)
    try:
        cursor = opened.execute(sql.replace("%s", "?").replace("%%", "%"), [_plain(value) for value in params])
        names = list(expected) if expected else [column[0] for column in cursor.description]
        parts = []
        while rows := cursor.fetchmany(_CHUNK):
            columns = zip(*rows, strict=True)
            parts.append(pl.DataFrame([_series(name, column, expected) for name, column in zip(names, columns, strict=True)]))
    finally:
        opened.close()
    if not parts:
        return pl.DataFrame(schema=dict(expected) if expected else names)
    frame = pl.concat(parts, how="vertical" if expected else "vertical_relaxed")
    return frame if expected is None else _typed(frame, expected)


def _series(name: str, values: tuple[Any, ...], expected: Schema | None) -> pl.Series:
    """A column as the driver gives it: dates are text until _typed."""
    if expected is None:
        return pl.Series(name, values)
    wanted = expected[name]
    if wanted == pl.Boolean:
        return pl.Series(name, values, pl.Int64)
    is_text = wanted in (pl.String, pl.Date) or not wanted.is_integer()
    return pl.Series(name, values, pl.String if is_text else pl.Int64)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _inlined(sql: str, params: Sequence[Any]) -> str:
    """The statement with its values quoted by psycopg itself."""
    from psycopg import ClientCursor  # noqa: PLC0415  (only PostgreSQL offices have it at work)

    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, params)


def _typed(frame: pl.DataFrame, expected: Schema) -> pl.DataFrame:
    def typed(name: str, dtype: Any) -> pl.Expr:
        column = pl.col(name)
        if dtype.is_integer() and frame.schema[name].is_float():
            raise NotWhole(column=name)  # SQLite lets half a fen stand; a cast would cut it off in silence
        if dtype == pl.Date and frame.schema[name] == pl.String:
            return column.str.to_date("%Y-%m-%d", strict=True)
        return column.cast(dtype)

    return frame.select(typed(name, dtype) for name, dtype in expected.items())


@contextmanager
def _arrow() -> Iterator[Any]:
    """A cursor of a new ADBC connection to the database that Django is connected to."""
    import adbc_driver_postgresql.dbapi as driver  # noqa: PLC0415

    opened = driver.connect(_postgresql_address(connection.settings_dict))
    with opened, opened.cursor() as cursor:
        yield cursor


def _postgresql_address(settings: Mapping[str, Any]) -> str:
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415

    parts = {"dbname": settings["NAME"], "user": settings["USER"], "password": settings["PASSWORD"]}
    parts |= {"host": settings["HOST"], "port": settings["PORT"]}
    wanted = {key: value for key, value in parts.items() if value} | dict(settings["OPTIONS"])
    return make_conninfo(**{key: value for key, value in wanted.items() if re.fullmatch(r"[a-z_]+", key)})
