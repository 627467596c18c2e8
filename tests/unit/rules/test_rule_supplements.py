"""What is added to the base pension: switches are obeyed or refused by name, and the poor elder's 135 and 148 stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from crowd import one_person

from yingbao.policy.tree import load
from yingbao.rules.benefits import Opening
from yingbao.rules.due import Due
from yingbao.rules.law import Law, UnknownChoice
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Item

ELDER = (FactKind.CATEGORY, "destitute", date(2018, 1, 1), None)
DIED = (FactKind.DEATH, None, date(2019, 1, 15), None)
FIXED: dict[str, Any] = {"benefit/funeral_rule": {"2018-01-01": "fixed"}, "benefit/funeral_grant": {"2018-01-01": "1000"}}
SWITCHES = ("benefit/long_payment_base", "benefit/age_supplement_from", "benefit/age_supplement_leap_day",
            "benefit/funeral_rule", "benefit/funeral_for")  # fmt: skip
ALL_PAID = {"benefit/long_payment_share": {"2018-01-01": 1}, "benefit/age_supplement": {"2018-01-01": {"65": 5}}, **FIXED}


def owed(overrides: dict[str, Any], *facts: Any, opening: Opening | None = None) -> Due:
    law = Law(load(region="rugao").in_force(None, overrides), month_of(2018, 1), month_of(2019, 4))
    person = one_person(date(1950, 1, 1), *facts)
    return Due(person, law, opening, books=False)


def items(found: Due) -> set[int]:
    return set(found.payable["item"].to_list())


def test_the_shipped_law_adds_nothing_to_135_and_148() -> None:
    assert sorted(owed({}, ELDER, DIED).payable["monthly_fen"].to_list()) == [13_500, 14_800]


@pytest.mark.parametrize("name", SWITCHES)
def test_a_word_that_the_program_does_not_know_is_refused_by_the_parameters_name(name: str) -> None:
    years = (FactKind.PAID_YEARS, None, date(2018, 1, 1), None)
    found = owed({**ALL_PAID, name: {"2018-01-01": "as_usual"}}, ELDER, DIED, years)
    paid = found.facts.facts.with_columns(number=pl.lit(20, pl.Int64))
    with pytest.raises(UnknownChoice, match=name):
        _ = Due(type(found.facts)(found.facts.persons, paid), found.law, books=False).payable


def test_the_grant_for_a_death_before_the_books_began_was_the_old_systems() -> None:
    opening = Opening(month_of(2019, 3), month_of(2018, 1))
    assert int(Item.FUNERAL_GRANT) not in items(owed(FIXED, ELDER, DIED, opening=opening))
    begun = Opening(month_of(2019, 2), month_of(2018, 1))
    assert int(Item.FUNERAL_GRANT) in items(owed(FIXED, ELDER, DIED, opening=begun))


def test_a_death_told_twice_gives_one_grant_of_its_earlier_month() -> None:
    later = (FactKind.DEATH, None, date(2019, 2, 3), None)
    grants = owed(FIXED, ELDER, later, DIED).payable.filter(item=int(Item.FUNERAL_GRANT))
    assert grants.select("from_month", "monthly_fen").rows() == [(month_of(2019, 2), 100_000)]


@pytest.mark.parametrize("name", ["benefit/first_month", "benefit/last_month"])
def test_an_unknown_first_or_last_month_is_refused_by_the_parameters_name(name: str) -> None:
    with pytest.raises(UnknownChoice, match=name):
        _ = owed({name: {"2018-01-01": "whenever"}}, ELDER).payable
