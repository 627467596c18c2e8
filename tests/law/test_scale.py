"""12,000 people at 100 yuan: the county's own figure, 1,200,000.00, to the fen."""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.policy.tree import load
from yingbao.rules.contributions import Snapshot, proxy_due
from yingbao.rules.law import Law
from yingbao.rules.relations import FACTS, PERSONS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.money import yuan
from yingbao.values.month import month_of

PEOPLE = 12_000
CLASSES = ("registered_low_income", "subsistence_urban", "subsistence_rural", "destitute")


def twelve_thousand() -> Facts:
    numbers = range(1, PEOPLE + 1)
    persons = [(number, date(1960 + number % 40, 1 + number % 12, 1 + number % 28)) for number in numbers]
    held = [
        (number, int(FactKind.CATEGORY), CLASSES[number % 4], None, date(2016, 1, 1), None, number) for number in numbers
    ]
    return Facts(pl.DataFrame(persons, schema=PERSONS, orient="row"), pl.DataFrame(held, schema=FACTS, orient="row"))


def test_twelve_thousand_people_at_100_yuan_are_1_200_000_yuan() -> None:
    law = Law(load(region="rugao").in_force(), month_of(2018, 1), month_of(2019, 1))
    owed = proxy_due(twelve_thousand(), law, [Snapshot(2018, date(2018, 12, 31))])
    assert (owed["person_id"].n_unique(), yuan(int(owed["monthly_fen"].sum()))) == (PEOPLE, "1,200,000.00")


def test_a_person_eligible_in_two_batches_of_a_year_is_owed_the_year_once() -> None:
    law = Law(load(region="rugao").in_force(), month_of(2018, 1), month_of(2019, 1))
    batches = [Snapshot(2018, date(2018, 11, 30)), Snapshot(2018, date(2018, 12, 31))]
    assert proxy_due(twelve_thousand(), law, batches).height == PEOPLE
