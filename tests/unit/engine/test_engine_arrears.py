"""Arrears have the names that practice gives them: 核定 11, 接续 12, 调整 13, 终止 15."""

from __future__ import annotations

import polars as pl
import pytest

from yingbao.engine.lines import DIED, arrears
from yingbao.rules.gap import due_steps
from yingbao.rules.relations import SPANS
from yingbao.values.month import month_of
from yingbao.values.purpose import Item

BASE, SUPPLEMENT, REFUND = int(Item.BASE_PENSION), int(Item.LONG_PAY_SUPPLEMENT), int(Item.ACCOUNT_REFUND)
OCTOBER, DECEMBER, JANUARY, FEBRUARY, MARCH, APRIL = (month_of(2018, 10) + turn for turn in (0, 2, 3, 4, 5, 6))


def spans(*rows: tuple[int, int, int, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def typed(lines: pl.DataFrame, booked: pl.DataFrame, died: int | None = None) -> list[int]:
    """The types of the lines of a run of March."""
    dead = pl.DataFrame([] if died is None else [(1, died)], schema=DIED, orient="row")
    return arrears(lines, due_steps(booked), MARCH, dead)["arrears_type"].to_list()


NOTHING = spans()
SINCE_DECEMBER = spans((1, BASE, DECEMBER, MARCH, 13_500))


@pytest.mark.parametrize(("case", "line", "booked", "died", "kind"), [
    ("the month itself", (1, BASE, MARCH, APRIL, 14_800), SINCE_DECEMBER, None, 0),
    ("a recovery", (1, BASE, JANUARY, MARCH, -13_500), SINCE_DECEMBER, None, 0),
    ("awarded late", (1, BASE, JANUARY, MARCH, 14_800), NOTHING, None, 11),
    ("an earlier birth date", (1, BASE, OCTOBER, DECEMBER, 13_500), SINCE_DECEMBER, None, 11),
    ("never was in prison", (1, BASE, JANUARY, MARCH, 14_800), spans((1, BASE, OCTOBER, JANUARY, 13_500)), None, 12),
    ("prison between two booked times", (1, BASE, DECEMBER, JANUARY, 13_500),
     spans((1, BASE, OCTOBER, DECEMBER, 13_500), (1, BASE, JANUARY, MARCH, 14_800)), None, 12),
    ("a rise", (1, BASE, JANUARY, MARCH, 1_300), SINCE_DECEMBER, None, 13),
    ("an item that the person did not have", (1, SUPPLEMENT, JANUARY, MARCH, 148), SINCE_DECEMBER, None, 13),
    ("a rise, and then a death", (1, BASE, JANUARY, FEBRUARY, 1_300), SINCE_DECEMBER, JANUARY, 15),
    ("died before the first payment", (1, BASE, DECEMBER, FEBRUARY, 14_800), NOTHING, JANUARY, 15),
    ("what is paid once", (1, REFUND, FEBRUARY, MARCH, 50_000), SINCE_DECEMBER, JANUARY, 0),
    ("of another person nothing is known", (2, BASE, JANUARY, MARCH, 14_800), SINCE_DECEMBER, JANUARY, 11),
])  # fmt: skip
def test_late_months_are_named_by_what_was_booked_before(
    case: str, line: tuple[int, int, int, int, int], booked: pl.DataFrame, died: int | None, kind: int
) -> None:
    assert typed(spans(line), booked, died) == [kind], case


def test_lines_keep_their_order_and_are_named_one_by_one() -> None:
    booked = spans((1, BASE, JANUARY, FEBRUARY, 14_800), (2, BASE, DECEMBER, MARCH, 13_500))
    lines = spans((2, BASE, JANUARY, MARCH, 1_300), (1, BASE, DECEMBER, JANUARY, 13_500), (1, BASE, FEBRUARY, MARCH, 14_800))
    found = arrears(lines, due_steps(booked), MARCH)
    assert found.select(*SPANS).equals(lines)
    assert found["arrears_type"].to_list() == [13, 11, 12]


def test_a_line_over_booked_and_unbooked_months_is_cut_between_them() -> None:
    booked = spans((1, BASE, DECEMBER, FEBRUARY, 13_500))
    found = arrears(spans((1, SUPPLEMENT, OCTOBER, MARCH, 148), (1, BASE, MARCH, APRIL, 14_800)), due_steps(booked), MARCH)
    assert found.select("item", "from_month", "until_month", "monthly_fen", "arrears_type").rows() == [
        (SUPPLEMENT, OCTOBER, DECEMBER, 148, 11), (SUPPLEMENT, DECEMBER, FEBRUARY, 148, 13),
        (SUPPLEMENT, FEBRUARY, MARCH, 148, 12), (BASE, MARCH, APRIL, 14_800, 0)]  # fmt: skip
