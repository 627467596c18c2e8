"""Contributions beside the opening statement, and switches and shares that cannot be obeyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.paid_years import paid_years
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, Facts
from yingbao.rules.stated_years import years_named
from yingbao.rules.tiers import SharesNotWhole
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Bucket, Item

OPENING = Opening(month_of(2018, 12), month_of(2018, 1))
POOR = (FactKind.CATEGORY, "destitute", None, date(2016, 1, 1))


def own(day: date, fen: int = 30_000, kind: FactKind = FactKind.OWN_PAYMENT, year: int = 2018):
    return (kind, str(year), fen, day)


def told(*facts) -> Facts:
    """Person 1, born in 1980, with facts in the order told."""
    rows = [(1, int(kind), value, number, day, None, place) for place, (kind, value, number, day) in enumerate(facts, start=1)]
    return Facts(pl.DataFrame([(1, date(1980, 1, 1))], schema=PERSONS, orient="row"), pl.DataFrame(rows, schema=FACTS, orient="row"))


def law(overrides: dict | None = None, until: int = month_of(2019, 1)) -> Law:
    return Law(load(region="rugao").in_force(None, overrides or {}), month_of(2018, 1), until)


def dues(facts: Facts, overrides: dict | None = None, batches: tuple = (), until: int = month_of(2019, 1)) -> dict[Item, int]:
    """What is due of contributions, by item."""
    found = Due(facts, law(overrides, until), OPENING, batches).contributions
    return {Item(item): fen for item, fen in found.select("item", "monthly_fen").iter_rows()}


def test_a_payment_of_the_day_before_the_books_began_is_in_the_statement_already():
    assert dues(told(own(date(2018, 11, 30)))) == {}


def test_a_payment_of_the_first_day_of_the_books_is_credited_with_its_subsidy():
    assert dues(told(own(date(2018, 12, 1)))) == {Item.OWN_CONTRIBUTION: 30_000, Item.SUBSIDY_COUNTY: 3_000}


def test_a_year_paid_before_the_books_is_taken_so_a_second_payment_goes_back():
    assert dues(told(own(date(2018, 4, 1)), own(date(2018, 12, 5), 50_000))) == {Item.CONTRIBUTION_REFUND: 50_000}


def test_what_lifts_a_tier_paid_before_the_books_is_credited_with_the_rest_of_the_subsidy():
    lifts = {"contribution/tier_change_rule": {"2010-01-01": "top_up_in_year"}}
    lifted = told(own(date(2018, 4, 1)), own(date(2018, 12, 5), 20_000))
    assert dues(lifted, lifts) == {Item.OWN_CONTRIBUTION: 20_000, Item.SUBSIDY_COUNTY: 3_000}
    assert dues(told(own(date(2018, 4, 1)), own(date(2018, 12, 5), 10_000)), lifts) == {Item.OWN_CONTRIBUTION: 10_000}


def test_money_that_came_with_a_person_before_the_books_is_in_the_statement_already():
    came = [(FactKind.TRANSFER_IN, "own", 7_000, day) for day in (date(2018, 11, 30), date(2018, 12, 1))]
    assert dues(told(*came)) == {Item.TRANSFER_IN_OWN: 7_000}


def test_an_account_of_which_everything_was_taken_back_on_the_day_bears_nothing():
    both = [(1, int(Bucket.PROXY), int(Item.PROXY_CONTRIBUTION), 2018, date(2018, 12, 20), fen) for fen in (10_000, -10_000)]
    facts = replace(told(POOR), credits=pl.DataFrame(both, schema=CREDITS, orient="row"))
    assert Due(facts, law(), OPENING).accounts.interest.is_empty()


def test_a_batch_after_a_payment_of_the_statement_brings_no_second_subsidy():
    assert dues(told(POOR, own(date(2018, 4, 1))), batches=(Snapshot(2018, date(2018, 12, 20)),)) == {}


def test_an_amount_that_waits_for_the_batch_neither_stands_nor_goes_back_before_its_year_is_over():
    assert dues(told(POOR, own(date(2018, 12, 5), 140_000))) == {}
    assert dues(told(POOR, own(date(2018, 12, 5), 140_000)), until=month_of(2019, 2)) == {Item.CONTRIBUTION_REFUND: 140_000}


def test_a_payment_that_makes_no_tier_is_no_own_payment_instead_of_the_countys():
    batches, stands = (Snapshot(2018, date(2018, 12, 20)),), {"entry/own_payment_rule": {"2010-01-01": "own_stands"}}
    assert Due(told(POOR, own(date(2018, 12, 5), 45_000)), law(stands), OPENING, batches).proxied.height == 1
    assert Due(told(POOR, own(date(2018, 12, 5), 30_000)), law(stands), OPENING, batches).proxied.height == 0


def test_shares_that_do_not_make_a_whole_are_refused_by_name():
    with pytest.raises(SharesNotWhole, match="subsidy_share_province"):
        dues(told(own(date(2018, 12, 1))), {"contribution/subsidy_share_county": {"2010-01-01": 9_999}})


def test_years_are_counted_once_with_and_without_those_made_up():
    facts = told(own(date(2018, 12, 1)), own(date(2018, 12, 2)), own(date(2018, 12, 3), 50_000, FactKind.MAKEUP_PAYMENT, 2016))
    booked = (1, int(Bucket.PROXY), int(Item.PROXY_CONTRIBUTION), 2017, date(2017, 12, 20), 10_000)
    taken = (1, int(Bucket.PROXY), int(Item.PROXY_CONTRIBUTION), 2015, date(2015, 12, 20), 0)
    known = Facts(facts.persons, facts.facts, pl.DataFrame([booked, taken], schema=CREDITS, orient="row"))
    assert paid_years(known, law())["years"].to_list() == [3]
    assert paid_years(known, law(), makeup=False)["years"].to_list() == [2]


@pytest.mark.parametrize(("text", "years"), [
    ("2011-2013 2016", [2011, 2012, 2013, 2016]), ("2016、2011，2011", [2011, 2016]), ("十四年", None), ("2011-", None), (None, None),
])  # fmt: skip
def test_years_that_a_register_names_are_read_one_by_one(text: str | None, years: list[int] | None):
    assert years_named(text) == years
