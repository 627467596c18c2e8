"""What a payer may pay beside the county's part, by his category on that day, and what the waiver's text says of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from crowd import one_person

from yingbao.policy.in_force import InForce
from yingbao.policy.tree import load
from yingbao.rules.collecting import NOT_A_TIER, WRONG_YEAR, Asked, refusals
from yingbao.rules.counselling import counselling
from yingbao.rules.deadline import ClosesOutsideTheYear, deadline
from yingbao.rules.law import Law
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of

DAY = date(2018, 12, 5)
SHARES = {"entry/proxy_share_by_category": {"2018-01-01": {"subsistence_rural": 7_000, "registered_low_income": 5_000}}}


def law(overrides: dict[str, Any] | None = None) -> InForce:
    return load(region="rugao").in_force(None, overrides)


@pytest.mark.parametrize(("categories", "fen", "refused"), [
    (("subsistence_rural",), 3_000, ""), (("subsistence_rural",), 5_000, NOT_A_TIER),
    (("registered_low_income",), 5_000, ""), (("destitute",), 3_000, NOT_A_TIER), (("destitute",), 10_000, ""),
    (("registered_low_income", "subsistence_rural"), 3_000, ""), ((), 3_000, NOT_A_TIER),
])  # fmt: skip
def test_what_is_left_of_a_tier_goes_by_the_share_of_the_first_group(categories: tuple[str, ...], fen: int, refused: str) -> None:
    facts = one_person(date(1980, 1, 1), *((FactKind.CATEGORY, one, date(2016, 1, 1), None) for one in categories))
    through = Law(law(SHARES), month_of(2018, 1), month_of(2019, 1))
    assert refusals(facts, through, [Asked(1, FactKind.OWN_PAYMENT, 2018, fen, DAY)]) == [refused]


CLOSED = {"contribution/closed_days_at_year_end": {"2010-01-01": 16}}
# 150 yuan is a tier of 2019 only.
TIERS = {"contribution/tiers": {"2014-07-01": {100: 100}, "2019-01-01": {100: 100, 150: 150}}}


@pytest.mark.parametrize(("rule", "day", "fen", "refused"), [
    ("next_year", date(2018, 12, 15), 10_000, ""), ("next_year", date(2018, 12, 15), 15_000, NOT_A_TIER),
    ("next_year", date(2018, 12, 16), 15_000, ""), ("refused", date(2018, 12, 15), 10_000, ""),
    ("refused", date(2018, 12, 16), 10_000, WRONG_YEAR),
])  # fmt: skip
def test_after_the_deadline_a_payment_is_judged_as_one_of_the_next_year_or_not_taken(rule, day, fen, refused) -> None:
    in_force = law({**CLOSED, **TIERS, "contribution/late_payment": {"2010-01-01": rule}})
    asked = Asked(1, FactKind.OWN_PAYMENT, 2018, fen, day)
    assert refusals(one_person(date(1980, 1, 1)), Law(in_force, month_of(2018, 1), month_of(2020, 1)), [asked]) == [refused]


@pytest.mark.parametrize("days", [-1, 365])
def test_days_that_are_no_part_of_a_year_are_refused_by_the_name_of_the_parameter(days: int) -> None:
    in_force = law({"contribution/closed_days_at_year_end": {"2010-01-01": days}})
    with pytest.raises(ClosesOutsideTheYear, match="contribution/closed_days_at_year_end"):
        deadline(Law(in_force, month_of(2018, 1), month_of(2019, 1)), 2018)


def test_the_text_before_a_waiver_says_one_amount_or_from_which_to_which() -> None:
    assert "每年由政府代缴 100.00 元，" in counselling("all", law(), DAY)[0]
    assert "每年由政府代缴 50.00 元至 100.00 元（按您的困难类别），" in counselling("all", law(SHARES), DAY)[0]
