"""Interest by named methods, on the worked account of the office's handbook: rate 1.5 %, 1,000.00 standing at the start.

500.00 came in on 15 March, a subsidy of 60.00 on 20 November.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from yingbao.policy.errors import NotInForce
from yingbao.policy.in_force import InForce
from yingbao.policy.tree import load
from yingbao.rules.account import Accounts, accounts, stops_of
from yingbao.rules.benefits import Opening
from yingbao.rules.law import ChangesWithinYear, Law, UnknownChoice
from yingbao.rules.relations import CREDITS, FACTS, FIXED_BALANCE, PERSONS, STATED_BALANCE, Facts
from yingbao.values.errors import AmountOutOfBounds
from yingbao.values.month import month_of
from yingbao.values.purpose import Bucket, Item

OWN, COUNTY = int(Bucket.OWN), int(Bucket.COUNTY)
WORKED = [
    (1, OWN, int(Item.OWN_CONTRIBUTION), 2017, date(2017, 6, 1), 100_000),
    (1, OWN, int(Item.OWN_CONTRIBUTION), 2018, date(2018, 3, 15), 50_000),
    (1, COUNTY, int(Item.SUBSIDY_COUNTY), 2018, date(2018, 11, 20), 6_000),
]
NO_STOPS = pl.DataFrame(schema={"person_id": pl.Int64, "stop_month": pl.Int32, "awarded": pl.Boolean})
RATE, METHOD, LINES = "account/crediting_rate", "account/interest_method", "account/interest_lines"


def law(since: int = 2018, last: int = 2018, months: int = 12, known_on: date | None = None, **switches: object) -> Law:
    """Rugao's law from January of a year to a month of another; switches by their last word, from 2010 on."""
    told = {f"account/{name}": value if isinstance(value, dict) else {"2010-01-01": value} for name, value in switches.items()}
    told.setdefault(RATE, {"2010-01-01": "1.5"})
    return Law(load(region="rugao").in_force(known_on, told), month_of(since, 1), month_of(last, months) + 1)


def derived(rows: list[tuple[object, ...]], under: Law, stop: int | None = None, *, awarded: bool = True,
            opening: Opening | None = None) -> Accounts:  # fmt: skip
    """The account of person 1, stopped before a month."""
    facts = Facts(pl.DataFrame(schema=PERSONS), pl.DataFrame(schema=FACTS), pl.DataFrame(rows, schema=CREDITS, orient="row"))
    stops = NO_STOPS if stop is None else pl.DataFrame({"person_id": [1], "stop_month": [stop], "awarded": [awarded]}).cast(
        NO_STOPS.schema)  # type: ignore[arg-type]
    return accounts(facts, under, stops, opening)


def interest(rows: list[tuple[object, ...]], under: Law, stop: int | None = None, **more: object) -> dict[int, int]:
    """Interest by year, in fen."""
    found = derived(rows, under, stop, **more).interest  # type: ignore[arg-type]
    return dict(found.select("year", "fen").iter_rows())


def in_2018(rows: list[tuple[object, ...]], under: Law, stop: int | None = None, **more: object) -> int:
    return interest(rows, under, stop, **more).get(2018, 0)


def standing(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The first row as what stood at the start of 2018, with 2017's interest in it."""
    first = rows[0]
    return [(*first[:2], STATED_BALANCE, 2017, date(2017, 12, 31), first[5]), *rows[1:]]


@pytest.mark.parametrize(("method", "closing"), [
    ("month_product_same_month", 158_140), ("month_product_next_month", 158_070), ("actual_days", 158_108),
    ("next_year_only", 157_500), ("annual_factor", 157_955), ("estimate_annuity_due", 158_340),
])  # fmt: skip
def test_the_worked_account_closes_to_the_fen_under_each_method(method: str, closing: int) -> None:
    opening = Opening(month_of(2018, 1), month_of(2018, 1))
    found = derived(standing(WORKED), law(interest_method=method), opening=opening)
    assert found.totals()["fen"].to_list() == [closing]


@pytest.mark.parametrize(("method", "balance", "monthly"), [
    ("month_product_same_month", 217_417, 1_564), ("month_product_next_month", 217_135, 1_562),
])  # fmt: skip
def test_fifteen_years_of_a_hundred_and_thirty_come_to_the_published_pension(method: str, balance: int, monthly: int) -> None:
    rows = [(1, OWN, 5, year, date(year, 11, 20), 13_000) for year in range(2011, 2026)]
    found = derived(rows, law(2011, 2025, interest_method=method))
    assert found.totals()["fen"].to_list() == [balance]
    assert (2 * balance + 139) // 278 == monthly


# --- a stop inside a year, and the year of the award


def test_a_pension_from_july_leaves_six_months_of_interest_on_what_stood() -> None:
    # 1,007.50 (2017's interest in it) × 1.5 % × 6/12, and 500.00 of 15 March the three months from April on.
    assert in_2018(WORKED, law(interest_method="month_product_next_month"), month_of(2018, 7)) == 756 + 188


def test_what_comes_in_after_the_stop_bears_nothing_under_any_method() -> None:
    late = [WORKED[2]]
    methods = ("month_product_same_month", "month_product_next_month", "actual_days", "annual_factor", "estimate_annuity_due")
    assert [in_2018(late, law(interest_method=name), month_of(2018, 7)) for name in methods] == [0] * 5


def test_actual_days_run_to_the_last_day_before_the_first_pension_month() -> None:
    one = [(1, OWN, 5, 2018, date(2018, 3, 15), 1_000_000)]
    # 15 March to 30 June: 107 days.
    assert in_2018(one, law(interest_method="actual_days"), month_of(2018, 7)) == 4_397


def test_a_leap_year_has_a_day_more_and_no_more_than_a_whole_year_of_interest() -> None:
    def of(year: int, day: date) -> int:
        return interest([(1, OWN, 5, year, day, 1_000_000)], law(2015, year, interest_method="actual_days"))[year]

    assert (of(2016, date(2016, 1, 1)), of(2015, date(2015, 1, 1))) == (15_000, 14_959)


@pytest.mark.parametrize(("choice", "fen"), [("to_month_before_first_payment", 750), ("none", 0)])
def test_the_year_of_the_award_bears_interest_as_the_law_says(choice: str, fen: int) -> None:
    under = law(interest_in_year_of_award=choice)
    rows = [(1, OWN, STATED_BALANCE, 2017, date(2017, 12, 31), 100_000)]
    opening = Opening(month_of(2018, 1), month_of(2018, 1))
    assert in_2018(rows, under, month_of(2018, 7), opening=opening) == fen
    # A relation that ends is no award.
    assert in_2018(rows, under, month_of(2018, 7), awarded=False, opening=opening) == 750


def test_an_award_in_january_leaves_the_year_before_whole() -> None:
    under = law(2018, 2019, interest_in_year_of_award="none", interest_method="month_product_next_month")
    assert interest([WORKED[1]], under, month_of(2019, 1)) == {2018: 563}


def test_a_year_that_is_not_over_is_credited_only_where_the_account_has_stopped() -> None:
    rows = [WORKED[0]]
    assert interest(rows, law(months=6)) == {2017: 750}
    assert in_2018(rows, law(months=6), month_of(2018, 7)) == 756


# --- rounding of lines


def test_lines_rounded_together_differ_by_a_fen_where_two_halves_meet() -> None:
    rows = [(1, OWN, STATED_BALANCE, 2017, date(2017, 12, 31), 10_034), (1, OWN, 5, 2018, date(2018, 6, 1), 10_070)]
    opening = Opening(month_of(2018, 1), month_of(2018, 1))
    found = {name: in_2018(rows, law(interest_lines=name), opening=opening) for name in ("separately", "together")}
    # 150.51 and 75.525 fen: 151 + 76 apart, 226.035 in one.
    assert found == {"separately": 227, "together": 226}


@pytest.mark.parametrize("method", ["actual_days", "annual_factor"])
def test_lines_of_different_divisors_are_rounded_together_exactly(method: str) -> None:
    opening = Opening(month_of(2018, 1), month_of(2018, 1))
    found = in_2018(standing(WORKED), law(interest_method=method, interest_lines="together"), opening=opening)
    exact = {"actual_days": (1500 * 36_500 + 150 * (500 * 291 + 60 * 41)) / 36_500, "annual_factor": 1500 + 56_000 * 0.015 * 1.083 / 2}
    assert found == round(exact[method])


# --- the rate


ANNOUNCED_LATE = {"2010-01-01": "1.5", "2018-01-01": "4"}


def announced(under: Law, day: date, choice: str) -> Law:
    """The law with the rate of 2018 announced on a day."""
    tree = load(region="rugao")
    changed = dict(tree.parameters)
    for name, dated in ((RATE, ANNOUNCED_LATE), ("account/late_rate", {"2010-01-01": choice})):
        changed[name] = tree.in_force(None, {name: dated}).parameter(name)
    late = changed[RATE]
    entries = (late.entries[0], replace(late.entries[1], announced_on=day))
    changed[RATE] = replace(late, entries=entries)
    return Law(InForce(changed), under.since, under.until)


@pytest.mark.parametrize(("choice", "fen"), [("last_published_stands", 15_000), ("redecides", 40_000)])
def test_a_rate_announced_after_the_award_re_decides_it_only_where_the_law_says(choice: str, fen: int) -> None:
    opening = Opening(month_of(2018, 1), month_of(2018, 1))
    rows = [(1, OWN, STATED_BALANCE, 2017, date(2017, 12, 31), 1_000_000)]
    under = announced(law(2018, 2019), date(2019, 3, 10), choice)
    assert in_2018(rows, under, month_of(2019, 2), opening=opening) == fen


def test_a_rate_announced_before_the_first_pension_month_counts_whatever_the_switch() -> None:
    opening = Opening(month_of(2018, 1), month_of(2018, 1))
    rows = [(1, OWN, STATED_BALANCE, 2017, date(2017, 12, 31), 1_000_000)]
    under = announced(law(2018, 2019), date(2019, 1, 31), "last_published_stands")
    assert in_2018(rows, under, month_of(2019, 2), opening=opening) == 40_000


def test_an_account_that_still_bears_interest_takes_the_rate_when_it_is_announced() -> None:
    under = announced(law(2018, 2019), date(2019, 3, 10), "last_published_stands")
    assert interest([WORKED[1]], under)[2018] == 1_500


def test_a_rate_that_changes_inside_a_year_is_refused_by_name() -> None:
    under = law(crediting_rate={"2010-01-01": "1.5", "2018-07-01": "2"})
    with pytest.raises(ChangesWithinYear, match="account/crediting_rate"):
        interest(WORKED, under)


def test_a_year_before_the_first_rate_is_refused_and_not_credited_with_nothing() -> None:
    with pytest.raises(NotInForce):
        interest([(1, OWN, 5, 2009, date(2009, 11, 20), 13_000)], law(2009))


@pytest.mark.parametrize("name", [
    "interest_method", "interest_lines", "late_rate", "interest_in_year_of_award", "opening_balance_bears_from"])  # fmt: skip
def test_a_switch_with_a_word_nobody_knows_is_refused_by_name(name: str) -> None:
    opening = Opening(month_of(2018, 1), month_of(2018, 1))
    with pytest.raises(UnknownChoice, match=f"account/{name}"):
        in_2018(standing(WORKED), law(**{name: "by_the_moon"}), month_of(2018, 7), opening=opening)


# --- the opening


@pytest.mark.parametrize(("choice", "months", "later"), [("start_of_year", 12, 12), ("opening_month", 1, 12), ("next_year", 0, 12)])
def test_a_stated_balance_bears_interest_from_where_the_law_says(choice: str, months: int, later: int) -> None:
    rows = [(1, OWN, STATED_BALANCE, 2018, date(2018, 11, 30), 1_000_000)]
    opening = Opening(month_of(2018, 12), month_of(2018, 12))
    found = interest(rows, law(2018, 2019, opening_balance_bears_from=choice, interest_method="month_product_same_month"),
                     opening=opening)  # fmt: skip
    of_2018 = 1_250 * months
    assert found.get(2018, 0) == of_2018
    assert found[2019] == round((1_000_000 + of_2018) * 0.015 * later / 12)


def test_books_that_begin_in_january_give_no_interest_to_the_year_before() -> None:
    rows = [(1, OWN, STATED_BALANCE, 2018, date(2018, 12, 31), 1_000_000)]
    found = interest(rows, law(2018, 2019), opening=Opening(month_of(2019, 1), month_of(2018, 1)))
    assert found == {2019: 15_000}


def test_a_balance_with_all_its_interest_bears_no_more() -> None:
    assert interest([(1, OWN, FIXED_BALANCE, 2010, date(2010, 1, 1), 1_000_000)], law()) == {}


def test_interest_bears_interest_and_stands_under_its_own_source() -> None:
    found = derived([WORKED[0]], law(2018, 2018))
    assert dict(found.balances.select("bucket", "fen").iter_rows()) == {OWN: 100_000, int(Bucket.INTEREST): 750 + 1_511}


def test_an_amount_that_could_wrap_is_refused() -> None:
    with pytest.raises(AmountOutOfBounds):
        interest([(1, OWN, 5, 2017, date(2017, 1, 1), 10**17)], law())


def test_an_account_that_is_not_awarded_and_not_ended_has_no_stop() -> None:
    granted = pl.DataFrame({"person_id": [1, 2], "granted_from": [month_of(2018, 7), month_of(2019, 7)], "route": ["regular"] * 2})
    ended = pl.DataFrame({"person_id": [2, 3], "end_month": [month_of(2018, 5), month_of(2018, 8)], "reason": ["death"] * 2})
    found = {row[0]: row[1:] for row in stops_of(granted, ended).iter_rows()}
    assert found == {1: (month_of(2018, 7), True), 2: (month_of(2018, 6), False), 3: (month_of(2018, 9), False)}
