"""Rounding of pensions: once, where the law declares it. Tier 100 and subsidy 30, fifteen years at 1.5 %: 2,171.35."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules.due import Due
from yingbao.rules.law import Law, UnknownChoice
from yingbao.rules.relations import CREDITS, FACTS, FIXED_BALANCE, PERSONS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import FOREVER, month_of
from yingbao.values.purpose import Bucket, Item

SINCE, UNTIL = month_of(2018, 1), month_of(2019, 12) + 1
# 15.6212…
BALANCE = 217_135


def monthly(balance: int, rounding: object = "half_up_fen", applies_to: object = "component", base: str = "148", *,
            first: date = date(1958, 12, 20), years: int = 15, divisor: object = "139") -> list[tuple[int, int, int]]:  # fmt: skip
    """The account pension as (first month, last month, fen) of somebody who is 60 in the month of ``first``."""
    told = {"benefit/pension_rounding": rounding, "benefit/pension_rounding_applies_to": applies_to,
            "benefit/base_pension": base, "benefit/annuity_divisor": divisor}  # fmt: skip
    dated = {name: value if isinstance(value, dict) else {"2010-01-01": value} for name, value in told.items()}
    facts = [(1, int(FactKind.ENROLMENT), None, None, date(2010, 1, 1), None, 1),
             (1, int(FactKind.PAID_YEARS), None, years, date(2018, 1, 1), None, 2)]  # fmt: skip
    credited = [(1, int(Bucket.OWN), FIXED_BALANCE, 2018, date(2018, 1, 1), balance)]
    known = Facts(pl.DataFrame([(1, first)], schema=PERSONS, orient="row"), pl.DataFrame(facts, schema=FACTS, orient="row"),
                  pl.DataFrame(credited, schema=CREDITS, orient="row"))  # fmt: skip
    found = Due(known, Law(load(region="rugao").in_force(None, dated), SINCE, UNTIL)).monthly
    mine = found.filter(pl.col("item") == int(Item.ACCOUNT_PENSION)).sort("from_month")
    return [(start, min(end, FOREVER) - 1, fen) for start, end, fen in mine.select("from_month", "until_month", "monthly_fen").iter_rows()]


def amounts(*args: object, **more: object) -> list[int]:
    return [fen for _, _, fen in monthly(*args, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("rounding", "fen"), [
    ("half_up_fen", 1_562), ("floor_fen", 1_562), ("ceil_fen", 1_563), ("half_up_jiao", 1_560), ("floor_jiao", 1_560),
    ("ceil_jiao", 1_570), ("half_up_yuan", 1_600), ("floor_yuan", 1_500), ("ceil_yuan", 1_600),
])  # fmt: skip
def test_tier_100_with_subsidy_30_under_each_rounding(rounding: str, fen: int) -> None:
    assert amounts(BALANCE, rounding) == [fen]


@pytest.mark.parametrize(("rounding", "total"), [
    ("half_up_fen", 16_362), ("floor_fen", 16_362), ("ceil_fen", 16_363), ("half_up_jiao", 16_360), ("floor_jiao", 16_360),
    ("ceil_jiao", 16_370), ("half_up_yuan", 16_400), ("floor_yuan", 16_300), ("ceil_yuan", 16_400),
])  # fmt: skip
def test_the_total_with_the_base_pension_under_each_rounding(rounding: str, total: int) -> None:
    assert amounts(BALANCE, rounding, "total") == [total - 14_800]


def test_a_total_is_rounded_once_from_the_exact_parts() -> None:
    # 148.95 + 15.6212 = 164.5712 → 164.6; the part alone would be 15.6 and the total 164.55.
    assert amounts(BALANCE, "half_up_jiao", "total", "148.95") == [16_460 - 14_895]
    assert amounts(BALANCE, "half_up_jiao", "component", "148.95") == [1_560]


def test_a_total_is_rounded_anew_when_the_base_pension_moves() -> None:
    base = {"2018-01-01": "148.95", "2019-07-01": "150"}
    assert monthly(BALANCE, "half_up_jiao", "total", base) == [  # type: ignore[arg-type]
        (month_of(2019, 1), month_of(2019, 6), 1_565), (month_of(2019, 7), month_of(2019, 12), 1_560)]  # fmt: skip


def test_a_total_rounded_down_never_makes_an_account_pension_below_nothing() -> None:
    assert amounts(139, "floor_yuan", "total", "148.95") == []


def test_the_rounding_and_the_divisor_are_those_of_the_first_pension_month() -> None:
    rounding = {"2010-01-01": "half_up_fen", "2019-02-01": "ceil_jiao"}
    assert amounts(BALANCE, rounding) == [1_562]
    assert amounts(BALANCE, rounding, first=date(1959, 1, 20)) == [1_570]
    divisor = {"2010-01-01": "139", "2019-02-01": "100"}
    assert amounts(BALANCE, divisor=divisor) == [1_562]
    assert amounts(BALANCE, divisor=divisor, first=date(1959, 1, 20)) == [2_171]


@pytest.mark.parametrize(("rounding", "applies_to", "named"), [
    ("half_even_fen", "component", "benefit/pension_rounding"), ("half_up_fen", "each_other", "pension_rounding_applies_to")])  # fmt: skip
def test_a_rounding_nobody_knows_is_refused_by_name(rounding: str, applies_to: str, named: str) -> None:
    with pytest.raises(UnknownChoice, match=named):
        monthly(BALANCE, rounding, applies_to)
