"""The floor of writing: the same rows, ready made, into a bare table through the same driver. Seconds."""

from __future__ import annotations

import time

import polars as pl
from django.db import connection, transaction

from yingbao.store.binary_copy import HEADER, TRAILER, encode

NAME = {"postgresql": "raw COPY into an unlogged, unindexed table", "sqlite": "bare executemany into an unindexed table"}
_TYPES = {pl.Int64: "bigint", pl.Int32: "integer", pl.Int16: "smallint", pl.Int8: "smallint", pl.Date: "date"}


def write(name: str, frame: pl.DataFrame) -> float:
    """Seconds to write the rows of a frame, their encoding not counted."""
    table = f"floor_{name}"
    columns = ", ".join(f'"{column}" {_TYPES.get(type(dtype), "text")}' for column, dtype in frame.schema.items())
    unlogged = "UNLOGGED " if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE {unlogged}TABLE {table} ({columns})")
    try:
        return (_copy if connection.vendor == "postgresql" else _insert)(table, frame)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {table}")


def _copy(table: str, frame: pl.DataFrame) -> float:
    parts = [encode(part) for part in frame.iter_slices(50_000)]
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(HEADER)
        for part in parts:
            copy.write(part)
        copy.write(TRAILER)
    return time.perf_counter() - began


def _insert(table: str, frame: pl.DataFrame) -> float:
    rows = frame.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d")).rows()
    marks = ", ".join(["?"] * frame.width)
    began = time.perf_counter()
    with transaction.atomic():
        connection.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    return time.perf_counter() - began
