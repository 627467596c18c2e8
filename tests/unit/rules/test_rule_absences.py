"""Between an ending and a return nothing is earned, by whatever method, however often somebody leaves."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules.account import STOPS, accounts
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Bucket, Item

STOOD = (date(2017, 12, 31), 100_000)
CAME_BEFORE, CAME_DURING = (date(2018, 1, 15), 100_000), (date(2018, 5, 15), 100_000)
APRIL_TO_AUGUST, OCTOBER = (date(2018, 3, 10), date(2018, 8, 31)), (date(2018, 9, 30), date(2018, 10, 31))


def interest(method: str, came: tuple[date, int], *away: tuple[date, date]) -> list[int]:
    """The interest of 2018 at 1.2 % of what came on a day, in fen."""
    rows = [(1, int(FactKind.RELATION_ENDED), "other", None, start, end, place) for place, (start, end) in enumerate(away, start=1)]
    day, fen = came
    booked = [(1, int(Bucket.OWN), int(Item.OWN_CONTRIBUTION), day.year, day, fen)]
    facts = Facts(pl.DataFrame([(1, date(1980, 1, 1))], schema=PERSONS, orient="row"), pl.DataFrame(rows, schema=FACTS, orient="row"),
                  pl.DataFrame(booked, schema=CREDITS, orient="row"))  # fmt: skip
    switches = {"account/interest_method": {"2010-01-01": method}, "account/crediting_rate": {"2010-01-01": "1.2"}}
    law = Law(load(region="rugao").in_force(None, switches), month_of(2018, 1), month_of(2019, 1))
    return accounts(facts, law, pl.DataFrame(schema=STOPS)).interest["fen"].to_list()


@pytest.mark.parametrize(("came", "fen"), [(STOOD, 700), (CAME_BEFORE, 600), (CAME_DURING, 400)])
def test_money_earns_only_the_months_in_which_its_owner_was_there(came: tuple[date, int], fen: int) -> None:
    assert interest("month_product_next_month", came, APRIL_TO_AUGUST) == [fen]


def test_leaving_twice_is_counted_twice_and_the_same_leaving_told_twice_once() -> None:
    assert interest("month_product_next_month", STOOD, APRIL_TO_AUGUST, OCTOBER, APRIL_TO_AUGUST) == [600]


def test_by_days_the_days_of_the_absence_are_not_counted() -> None:
    there, away = 350, 153  # from 15 January to 31 December; April to August
    assert interest("actual_days", CAME_BEFORE, APRIL_TO_AUGUST) == [round(100_000 * 0.012 * (there - away) / 365)]


def test_who_came_back_within_the_month_of_leaving_loses_nothing() -> None:
    assert interest("month_product_next_month", STOOD, (date(2018, 3, 10), date(2018, 3, 20))) == [1_200]
