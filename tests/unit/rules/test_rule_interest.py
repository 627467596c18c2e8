"""Interest by named methods, on the worked account of the office's handbook: rate 1.5 %, 1,000.00 standing at the start.

500.00 came in on 15 March, a subsidy of 60.00 on 20 November.
"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules.account import Accounts, accounts
from yingbao.rules.benefits import Opening
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, STATED_BALANCE, Facts
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
