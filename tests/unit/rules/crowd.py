"""A crowd of random people for the tests of the rules: every kind of fact, many at once, unknown births among them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import polars as pl

from yingbao.policy.tree import load
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, Facts
from yingbao.values.facts import Category, FactKind
from yingbao.values.month import month_of

FROM, UNTIL = date(2014, 1, 1), date(2019, 12, 31)
VALUES = {
    FactKind.CATEGORY: tuple(one.key for one in Category), FactKind.WAIVER: ("all", "benefit", "proxy_contribution"),
    FactKind.OTHER_PENSION: ("employee",), FactKind.OTHER_SCHEME: ("civil_service",), FactKind.OWN_PAYMENT: ("2018",),
    FactKind.HOLD: ("life_certificate_lapsed",), FactKind.BANK_ACCOUNT: (None,), FactKind.DEATH: (None,),
    FactKind.SUSPECTED_DEATH: (None,), FactKind.PRISONER: (None,), FactKind.SOLDIER: (None,), FactKind.STUDENT: (None,),
    FactKind.ABROAD: (None,), FactKind.MOVED_OUT: (None,), FactKind.POVERTY_EXIT_FLAG: (None,),
    FactKind.OTHER_COUNTY: (None,), FactKind.ENROLMENT: (None,), FactKind.PAID_YEARS: (None,),
    FactKind.ACCOUNT_REFUSED: ("R03",),
}  # fmt: skip


def day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))


def crowd(seed: int, size: int) -> Facts:
    """``size`` people; every second one in a group; ages about the limits."""
    rng = Random(seed)
    persons, facts = [], []
    for person in range(1, size + 1):
        year = rng.choice((rng.randint(1930, 2010), rng.randint(1957, 1960), rng.randint(2001, 2004)))
        born = None if rng.random() < 0.05 else day(rng, date(year, 1, 1), date(year, 12, 31))
        persons.append((person, born))
        kinds = [FactKind.CATEGORY] * rng.randint(0, 2) + rng.choices(list(VALUES), k=rng.randint(0, 3))
        for kind in kinds:
            start = day(rng, FROM, UNTIL)
            end = None if rng.random() < 0.5 else day(rng, start, UNTIL)
            number = rng.choice((14, 15, 30)) if kind is FactKind.PAID_YEARS else None
            facts.append((person, int(kind), rng.choice(VALUES[kind]), number, start, end, len(facts) + 1))
    return Facts(
        pl.DataFrame(persons, schema=PERSONS, orient="row"), pl.DataFrame(facts, schema=FACTS, orient="row"),
        pl.DataFrame(schema=CREDITS),
    )  # fmt: skip


def one_person(born: date | None, *facts: tuple[FactKind, str | None, date, date | None]) -> Facts:
    """Person 1 with some facts."""
    rows = [(1, int(kind), value, None, start, end, place) for place, (kind, value, start, end) in enumerate(facts, start=1)]
    return Facts(pl.DataFrame([(1, born)], schema=PERSONS, orient="row"), pl.DataFrame(rows, schema=FACTS, orient="row"))


def law(first: int = 2018, last: int = 2019) -> Law:
    """The shipped law of Rugao over some whole years."""
    return Law(load(region="rugao").in_force(), month_of(first, 1), month_of(last + 1, 1))
