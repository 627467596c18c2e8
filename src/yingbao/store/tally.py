"""What an act wrote, as one fingerprint a table: kept in the act's audit row, and found again by the check.

Column by column over the rows in the order of their key, so that it is the same for one row and for a million, in
whatever parts they are written or read, on either database. Left out: numbers that the database gives by itself,
and what may change (the state of a run).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import polars as pl
from django.db import models
from django.db.models.signals import post_save

from yingbao.store.columns import Model, schema, table
from yingbao.store.errors import NumberInClear
from yingbao.values.identity import id_in

KEY = "fingerprints"  # of an audit row's summary
# Rows with an act of their own, and rows of a file, a batch or an entry that have.
TABLES = frozenset({
    "store_person", "store_personalias", "store_fact", "store_factchange", "store_sourcefile", "store_sourcerecord",
    "store_sourceblock", "store_recorddecision", "store_matchcase", "store_matchdecision", "store_run", "store_journalentry",
    "store_posting", "store_bankbatch", "store_bankline", "store_bankanswer", "store_openingtotal", "store_closedyear",
})  # fmt: skip
# What changes; and the pool of a posting, which is its entry's.
_LEFT_OUT = {"store_run": ("state", "checker_id"), "store_posting": ("pool",)}
_SHOWN = 32  # digits of a hash: 128 bits
_START, _END = "\x02", "\x03"  # of a text: no text of ours holds them, and nothing at all is not an empty text


def columns(model: Model) -> list[str]:
    """The columns of a fingerprint, in the order of the table."""
    left_out = {"id", *_LEFT_OUT.get(table(model), ())}
    return [name for name in schema(model) if name not in left_out]


class Tally:
    """The fingerprint of rows of a table, part by part."""

    def __init__(self, model: Model) -> None:
        json_fields = {one.column for one in model._meta.concrete_fields if one.get_internal_type() == "JSONField"}  # noqa: SLF001
        self.columns = [(name, name in json_fields, hashlib.sha256()) for name in columns(model)]
        self.rows = 0

    def add(self, frame: pl.DataFrame) -> None:
        """The next rows, as the table has them; columns that are not asked for may be there."""
        self.rows += frame.height
        for name, is_json, digest in self.columns:
            digest.update(_bytes(frame[name], is_json=is_json))

    def __str__(self) -> str:
        whole = hashlib.sha256(f"{self.rows}".encode())
        for name, _, digest in self.columns:
            whole.update(f"{name}:{digest.hexdigest()};".encode())
        return whole.hexdigest()[:_SHOWN]


def _bytes(column: pl.Series, *, is_json: bool) -> bytes:
    if column.dtype != pl.String:
        numbers = column.to_physical().cast(pl.Int64).fill_null(_NOTHING)
        return bytes(numbers.to_numpy().astype("<i8").tobytes())
    told = pl.Series([_plain(one) for one in column], dtype=pl.String) if is_json else column
    joined: str = (_START + told).fill_null("").str.join(_END).item()
    return f"{joined}{_END}".encode() if len(column) else b""


_NOTHING = -(2**63)


def _plain(text: str | None) -> str | None:
    """JSON as either database would give it back: the order of keys and the blanks say nothing."""
    return None if text is None else json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_open: ContextVar[dict[str, Tally] | None] = ContextVar("tally", default=None)


@contextmanager
def counting() -> Iterator[dict[str, Tally]]:
    """Take the fingerprints of all rows written while the block runs, by table."""
    found: dict[str, Tally] = {}
    token = _open.set(found)
    try:
        yield found
    finally:
        _open.reset(token)


def told(model: Model, frame: pl.DataFrame) -> None:
    """Rows that were written, in the order of their key."""
    found, name = _open.get(), table(model)
    if found is not None and name in TABLES and frame.height:
        found.setdefault(name, Tally(model)).add(frame)


def create_all(model: Model, rows: Sequence[models.Model], **how: Any) -> None:
    """``bulk_create`` of rows of a table that is counted."""
    model._default_manager.bulk_create(rows, **how)  # noqa: SLF001
    told(model, _frame(model, rows))


def _saved(sender: Model, instance: models.Model, *, created: bool, **_: Any) -> None:
    """Django's own signal: a row by itself."""
    if created and table(sender) in TABLES:
        told(sender, _frame(sender, [instance]))


post_save.connect(_saved)


def _frame(model: Model, rows: Sequence[models.Model]) -> pl.DataFrame:
    fields = {one.column: one for one in model._meta.concrete_fields if one.column}  # noqa: SLF001
    types = schema(model)
    return pl.DataFrame({
        name: pl.Series([_cell(fields[name], getattr(row, fields[name].attname)) for row in rows], dtype=types[name])
        for name in columns(model)
    })  # fmt: skip


def _cell(field: Any, value: Any) -> Any:
    told = json.dumps(value, ensure_ascii=False) if field.get_internal_type() == "JSONField" else field.to_python(value)
    if isinstance(told, str):
        refuse_numbers(field.column, told)
    return told


def refuse_numbers(field: str, text: str) -> None:
    """Raise NumberInClear for an ID number among words that are kept as they are."""
    if shown := id_in(text):
        raise NumberInClear(field=field, shown=shown)
