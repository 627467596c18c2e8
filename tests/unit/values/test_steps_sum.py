"""The two ways of summing steps give the same."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from yingbao.values import steps

ROW = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 30), st.integers(-3, 3))
SCHEMA = {"person_id": pl.Int64, "item": pl.Int16, "month": pl.Int32, "monthly_fen": pl.Int64}
KEYS = ["person_id", "item"]


@given(st.lists(ROW, max_size=40))
def test_packed_keys_give_the_same_sum_as_grouping(rows: list[tuple[int, int, int, int]]) -> None:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    grouped = frame.group_by(*KEYS, "month").agg(pl.col("monthly_fen").sum())
    plain = grouped.filter(pl.col("monthly_fen") != 0).sort(*KEYS, "month")
    assert steps.add_steps([frame], KEYS, "monthly_fen").equals(plain)


def test_keys_too_wide_to_pack_are_grouped() -> None:
    wide = pl.DataFrame({"person_id": [0, 1 << 61], "item": [-1 << 61, 1 << 61], "month": [1, 2], "monthly_fen": [5, 6]})
    assert steps.add_steps([wide], KEYS, "monthly_fen").height == 2


def test_touching_spans_are_one_and_apart_ones_stay_apart() -> None:
    spans = pl.DataFrame({"person_id": [1, 1, 1], "from_month": [1, 3, 7], "until_month": [3, 5, 9]})
    assert steps.union(spans, ["person_id"]).rows() == [(1, 1, 5), (1, 7, 9)]
