"""Take one row out of a guarded table, as somebody with the database's password could, and put it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

Row = tuple[str, tuple[Any, ...]]


def tables() -> dict[str, tuple[str, ...]]:
    """Every table of the store with the columns of its key."""
    found = {}
    for model in apps.get_app_config("store").get_models():
        pk = model._meta.pk
        names = getattr(pk, "columns", None) or (pk.column,)
        found[model._meta.db_table] = tuple(names)
    return found


def keys(table: str) -> list[tuple[Any, ...]]:
    """The keys of all rows, in order."""
    named = ", ".join(f'"{name}"' for name in tables()[table])
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {named} FROM "{table}" ORDER BY {named}')
        return [tuple(row) for row in cursor.fetchall()]


def one_of_each(table: str, kinds: str) -> list[tuple[Any, ...]]:
    """The key of a row of every kind there is. ``kinds``: the columns that tell them."""
    names = tables()[table]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {kinds}, {", ".join(names)} FROM "{table}" ORDER BY {", ".join(names)}')
        count = kinds.count(",") + 1
        found = {row[:count]: tuple(row[count:]) for row in cursor.fetchall()}
    return list(found.values())


@contextmanager
def unguarded(table: str) -> Iterator[None]:
    """The table without its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            yield
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in guards:
            cursor.execute(sql.replace("%", "%%"))


@contextmanager
def without(table: str, key: tuple[Any, ...]) -> Iterator[None]:
    """The store without one row; its guards stand again while it is missing."""
    where = " AND ".join(f'"{name}" = %s' for name in tables()[table])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS saved_row")
        cursor.execute(f'CREATE TABLE saved_row AS SELECT * FROM "{table}" WHERE {where}', list(key))
        with unguarded(table):
            cursor.execute(f'DELETE FROM "{table}" WHERE {where}', list(key))
        try:
            yield
        finally:
            with unguarded(table):
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM saved_row')
            cursor.execute("DROP TABLE saved_row")


@contextmanager
def altered(table: str, column: str, key: tuple[Any, ...], to: str) -> Iterator[None]:
    """The store with one cell of one row otherwise: ``to`` is SQL and may name the column."""
    where = " AND ".join(f'"{name}" = %s' for name in tables()[table])
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE {where}', list(key))
        (before,) = cursor.fetchone()
        with unguarded(table):
            cursor.execute(f'UPDATE "{table}" SET "{column}" = {to} WHERE {where}', list(key))
        try:
            yield
        finally:
            with unguarded(table):
                cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE {where}', [before, *key])
