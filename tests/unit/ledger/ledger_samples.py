"""Run lines for the tests of the books."""

from __future__ import annotations

import polars as pl

from yingbao.values.month import month_of

JANUARY = month_of(2019, 1)
POOL = 320682


def lines(*rows: tuple) -> pl.DataFrame:
    schema = {
        "person_id": pl.Int64,
        "item": pl.Int16,
        "from_month": pl.Int32,
        "until_month": pl.Int32,
        "monthly_fen": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
