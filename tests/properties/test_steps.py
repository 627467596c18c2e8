"""The algebra of steps against a plain count, month by month."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from yingbao.rules.gap import due_steps, gap
from yingbao.rules.relations import SPANS, STEPS
from yingbao.values.steps import add_steps, to_spans, to_steps, union

KEYS = ("person_id", "item")
LAST = 30
Row = tuple[int, int, int, int, int]

rows = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([2, 3]), st.integers(0, LAST - 1), st.integers(1, 12), st.integers(-3, 3))
    .map(lambda row: (row[0], row[1], row[2], row[2] + row[3], row[4])),
    max_size=12,
)  # fmt: skip


def frame(found: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(found, schema=SPANS, orient="row")


def by_month(found: list[Row]) -> Counter[tuple[int, int, int]]:
    counted: Counter[tuple[int, int, int]] = Counter()
    for person, item, start, end, fen in found:
        for month in range(start, end):
            counted[person, item, month] += fen
    return Counter({place: fen for place, fen in counted.items() if fen})


def summed(found: list[Row]) -> pl.DataFrame:
    return add_steps([due_steps(frame(found))], KEYS, "monthly_fen")


@given(rows)
@settings(deadline=None)
def test_spans_out_of_steps_are_what_the_months_add_up_to(found: list[Row]) -> None:
    assert by_month(to_spans(summed(found), KEYS, "monthly_fen").rows()) == by_month(found)


@given(rows)
@settings(deadline=None)
def test_spans_are_the_longest_there_are_and_in_order(found: list[Row]) -> None:
    spans = to_spans(summed(found), KEYS, "monthly_fen").rows()
    assert spans == sorted(spans)
    for one, after in pairwise(spans):
        assert one[:2] != after[:2] or one[3] < after[2] or one[4] != after[4]


@given(rows, rows)
@settings(deadline=None)
def test_a_gap_is_due_less_done_month_by_month(due: list[Row], done: list[Row]) -> None:
    wanted = by_month(due)
    wanted.subtract(by_month(done))
    found = gap(frame(due), summed(done))
    assert by_month(found.rows()) == Counter({place: fen for place, fen in wanted.items() if fen})


@given(rows, rows)
@settings(deadline=None)
def test_once_the_gap_is_booked_there_is_none(due: list[Row], done: list[Row]) -> None:
    open_now = gap(frame(due), summed(done))
    booked = add_steps([summed(done), to_steps(open_now, KEYS, "monthly_fen").select(*STEPS)], KEYS, "monthly_fen")
    assert gap(frame(due), booked.select(*STEPS)).is_empty()


@given(rows)
@settings(deadline=None)
def test_every_key_s_steps_sum_to_zero(found: list[Row]) -> None:
    sums = summed(found).group_by(*KEYS).agg(pl.col("monthly_fen").sum())
    assert sums.filter(pl.col("monthly_fen") != 0).is_empty()


@given(rows, st.integers(0, 12))
@settings(deadline=None)
def test_the_order_and_the_division_into_parts_do_not_matter(found: list[Row], cut: int) -> None:
    parts = [due_steps(frame(found[cut:][::-1])), due_steps(frame(found[:cut]))]
    assert add_steps(parts, KEYS, "monthly_fen").equals(summed(found))


@given(rows)
@settings(max_examples=200, deadline=None)
def test_a_union_covers_the_same_months_once_and_leaves_no_two_touching(found: list[Row]) -> None:
    spans = union(frame(found), KEYS).rows()
    covered = [(person, item, month) for person, item, start, end in spans for month in range(start, end)]
    assert sorted(covered) == sorted({(p, i, m) for p, i, start, end, _ in found for m in range(start, end)})
    for one, after in pairwise(spans):
        assert one[:2] != after[:2] or one[3] < after[2]
