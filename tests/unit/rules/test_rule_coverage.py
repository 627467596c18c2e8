"""Nobody disappears: each in one box; and money and words come from the same criteria."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import polars as pl
import pytest
from crowd import crowd, law

from yingbao.rules.boxes import BOX_BY_ID
from yingbao.rules.certificates import granted_pensions
from yingbao.rules.contributions import Snapshot, proxy_due
from yingbao.rules.coverage import Progress, boxes, population
from yingbao.rules.due import benefits_due
from yingbao.rules.entitlement import grants
from yingbao.rules.holds import held_on
from yingbao.rules.verdicts import benefit_verdict, proxy_verdict
from yingbao.values.month import last_day, month_of

DAYS = (date(2018, 1, 1), date(2018, 11, 30), date(2018, 12, 31), date(2019, 6, 15), date(2019, 12, 31))
PRECEDENCE = ("destitute", "subsistence_urban", "subsistence_rural", "registered_low_income", "severe_disability")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_everybody_on_a_roster_is_in_exactly_one_known_box(day: date) -> None:
    people = crowd(4, 2_000)
    roster = population(people, day, PRECEDENCE)
    pensions = granted_pensions(grants(people, law()))
    held = held_on(people, roster.select("person_id").join(pensions, on="person_id", how="left"), day, law())
    found = boxes(people, law(), day, Progress(held=held), roster)
    assert found["person_id"].to_list() == roster["person_id"].to_list()
    counted = Counter(found["box"])
    assert counted.keys() <= BOX_BY_ID.keys() - {"unexplained"}
    assert counted.total() == roster.height


def test_the_roster_of_a_day_is_whoever_is_in_a_group_then_once() -> None:
    people = crowd(5, 500)
    day = date(2018, 12, 31)
    held = people.facts.filter((pl.col("kind") == 3) & (pl.col("holds_from") <= day)
                               & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= day)))  # fmt: skip
    assert sorted(population(people, day, PRECEDENCE)["person_id"]) == sorted(held["person_id"].unique())


def test_a_yes_is_a_month_with_a_pension_and_a_no_is_one_without() -> None:
    people, asked = crowd(6, 400), Random(6)
    owed = benefits_due(people, law())
    paid = {(person, month) for person, _, start, end, _ in owed.rows() for month in range(start, end)}
    likely = sorted({person for person, _ in paid}) + list(range(1, 41))
    for person in asked.sample(likely, 60):
        month = month_of(2018, asked.randint(6, 12)) + asked.choice((0, 6, 12))
        verdict = benefit_verdict(people, law(), person, month)
        assert (verdict.answer == "yes") == ((person, month) in paid), (person, month, verdict)


def test_a_contribution_is_owed_exactly_to_those_of_whom_the_verdict_is_yes() -> None:
    people = crowd(7, 150)
    month = month_of(2018, 12)
    owed = set(proxy_due(people, law(), [Snapshot(2018, last_day(month))])["person_id"])
    said = {person for person in range(1, 151) if proxy_verdict(people, law(), person, month).answer == "yes"}
    assert said == owed
    assert len(owed) > 5
