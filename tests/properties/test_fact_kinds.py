"""The histories are about everything: every kind of fact, every value of every switch, and each of them matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl
import pytest
from memory_office import OPENING, Office, come_by, law
from random_histories import LAST_DAY, LIES
from random_laws import BEGINNING, OF_BOOKINGS, SWITCHES, overrides_of
from test_confluence import GROUPS, group

from yingbao.policy.tree import load
from yingbao.rules import recovery
from yingbao.rules.certificates import first_pensions
from yingbao.rules.due import Due
from yingbao.rules.holds import held_on
from yingbao.rules.law import Law
from yingbao.store.books import Book
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of_date

PLACE = 0  # the group that is looked at: under the shipped law
OFTEN = 5  # so many of its 840 people have a fact of every kind
SOME = 3  # and the outcome of so many is another without them
LOOKED_AT = date(2019, 9, 30)  # money waits on some day
# Where somebody lives, and that he was written to, decide nothing.
TELL_ONLY = (FactKind.HOUSEHOLD_REGISTRATION, FactKind.RECOVERY_NOTICE)
# Told by the office and by the bank, or of the register: nobody tells these falsely.
NO_LIES = (
    FactKind.BIRTH, FactKind.BANK_ACCOUNT, FactKind.ACCOUNT_REFUSED, FactKind.LIFE_CERTIFICATE, FactKind.PENSION_IN_PAYMENT,
    FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.COLLECTIVE_AID, FactKind.RECOVERY_NOTICE,
)  # fmt: skip
# By the shipped law nobody need apply, and no year beyond the fifteenth adds anything.
LAW = {"benefit/application_needed": {BEGINNING: ["regular", "over_age_poor"]}, "benefit/long_payment_share": {BEGINNING: 1}}
Outcome = Mapping[str, pl.DataFrame]


@cache
def lived() -> Office:
    return group(PLACE).office


@cache
def outcome(without: FactKind | None) -> Outcome:
    """What is owed, who waits for his money, and what may be set off or given up, as if nothing of a kind had been told."""
    office = lived()
    told = office.told if without is None else office.told.filter(pl.col("kind") != int(without))
    facts = replace(office, told=told).facts(LAST_DAY)
    in_force = law(overrides=LAW)
    through = Law(in_force, OPENING.statement_from, month_of_date(LAST_DAY) + 1)
    owed = Due(facts, through, OPENING, come_by(LAST_DAY))
    pensions = first_pensions(office.steps[Book.RECOGNISED])
    claims = office.claims().filter(pl.col("kind") != "write_off")
    return {
        "owed": pl.concat([owed.payable, owed.proxied, owed.account_moves]),
        "waits": held_on(facts, pensions, LOOKED_AT, through, OPENING),
        "plan": recovery.plans(facts), "given up": recovery.written_off(facts, claims),
    }  # fmt: skip


def people_with_another(one: Outcome, other: Outcome) -> int:
    """How many people differ between two outcomes."""
    differ = [pl.concat([one[name].join(other[name], on=one[name].columns, how="anti", nulls_equal=True),
                         other[name].join(one[name], on=one[name].columns, how="anti", nulls_equal=True)])["person_id"]
              for name in one]  # fmt: skip
    return pl.concat(differ).n_unique()


def test_every_kind_of_fact_occurs_in_the_histories_and_often():
    told = lived().told
    people = {kind.name: told.filter(pl.col("kind") == int(kind))["person_id"].n_unique() for kind in FactKind}
    assert {name: number for name, number in people.items() if number < OFTEN} == {}, people


@pytest.mark.parametrize("kind", [one for one in FactKind if one not in TELL_ONLY], ids=lambda one: one.name.lower())
def test_without_the_facts_of_a_kind_some_people_have_another_outcome(kind: FactKind) -> None:
    differ = people_with_another(outcome(None), outcome(kind))
    assert differ >= SOME


@pytest.mark.parametrize("kind", TELL_ONLY, ids=lambda one: one.name.lower())
def test_what_decides_nothing_changes_nothing(kind: FactKind) -> None:
    assert people_with_another(outcome(None), outcome(kind)) == 0


def test_every_other_kind_is_told_falsely_and_taken_back():
    assert sorted(set(FactKind) - {kind for kind, *_ in LIES} - set(NO_LIES) - {FactKind.WRITE_OFF}) == []


def test_every_value_of_every_switch_is_the_law_of_some_group():
    laws = [overrides_of(place, booked_days=place % 2 == 1) for place in range(GROUPS)]
    missing = [(name, value) for name, values in {**SWITCHES, **OF_BOOKINGS}.items() for value in values
               if not any(value in one.get(name, {}).values() for one in laws)]  # fmt: skip
    assert missing == []


def test_a_few_people_alone_live_as_they_do_among_all_the_others():
    few = [person for person in lived().everybody() if person % 100 == 7]
    alone = group(PLACE, only=few).office
    for book in Book:
        among_all = lived().steps[book].filter(pl.col("person_id").is_in(few))
        assert alone.steps[book].height > 0
        assert alone.steps[book].equals(among_all), book.name


# Switches that no history turns, and why.
NOT_TURNED = {
    "account/estimate_method": "estimates book nothing",
    "benefit/last_month": "there is one rule",
    "exit/over_age_poor_window": "two dates, shown by its cases",
    "income/base_component": "certificates of income book nothing",
    "income/disregard": "certificates of income book nothing",
    "income/disregard_scope": "certificates of income book nothing",
    "refund/two_counties": "asked by an officer, books nothing",
    "transfer/employee_months_as_years": "asked by an act, before the fact is told",
}


def test_every_switch_is_turned_or_said_why_not():
    words = {name for name, one in load().parameters.items() if one.unit in ("bool", "text", "list-of-text")}
    turned = words & ({*SWITCHES, *OF_BOOKINGS})
    assert sorted(words - turned) == sorted(NOT_TURNED)
