"""Whatever the order in which payments are told: the same is credited, the same goes back, and no fen is lost."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules.contributions import Snapshot
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.relations import FACTS, PERSONS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Item

PEOPLE = 120
KEYS = ["person_id", "item", "from_month"]
BATCHES = (Snapshot(2018, date(2018, 11, 30)), Snapshot(2019, date(2019, 6, 30)))
AMOUNTS = (10_000, 20_000, 30_000, 50_000, 45_000, 140_000, 200_000)
OWN, BACK = (Item.OWN_CONTRIBUTION, Item.MAKEUP_CONTRIBUTION, Item.COLLECTIVE_AID), Item.CONTRIBUTION_REFUND
RULES = (
    {}, {"entry/own_payment_rule": {"2010-01-01": "own_stands"}}, {"contribution/tier_change_rule": {"2010-01-01": "top_up_in_year"}},
    {"contribution/same_year_overlap": {"2010-01-01": "year_stands"}}, {"entry/proxy_share": {"2010-01-01": 7000}},
)  # fmt: skip


def life(rng: Random, person: int) -> tuple[date, list[tuple]]:
    """A birth date and facts without their numbers; no two payments of a person on one day."""
    born = date(rng.choice((1957, 1959, 1980, 2002, 2003)), rng.randint(1, 12), rng.randint(1, 28))
    days = rng.sample(range(700), rng.randint(0, 5))
    rows = []
    for after in days:
        day = date(2018, 1, 1) + timedelta(days=after)
        kind = rng.choice((FactKind.OWN_PAYMENT, FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.COLLECTIVE_AID))
        year = rng.choice((2016, day.year - 1)) if kind is FactKind.MAKEUP_PAYMENT else day.year
        rows.append((person, int(kind), str(year), rng.choice(AMOUNTS), day, None))
    if rng.random() < 0.5:
        rows.append((person, int(FactKind.CATEGORY), "destitute", None, date(2018, rng.randint(1, 12), 1), None))
    if rng.random() < 0.3:
        rows.append((person, int(FactKind.OTHER_SCHEME), "employee", None, date(2018, rng.randint(1, 12), 15), date(2019, 3, 31)))
    if rng.random() < 0.2:
        rows.append((person, int(FactKind.DEATH), None, None, date(2018, 1, 1) + timedelta(days=rng.randint(0, 700)), None))
    return born, rows


def told(seed: int, order: int) -> Facts:
    """The same lives, told in an order of their own."""
    lives = {person: life(Random(f"{seed}/{person}"), person) for person in range(1, PEOPLE + 1)}
    rows = [row for _, facts in lives.values() for row in facts]
    Random(order).shuffle(rows)
    persons = [(person, born) for person, (born, _) in lives.items()]
    return Facts(pl.DataFrame(persons, schema=PERSONS, orient="row"),
                 pl.DataFrame([(*row, number) for number, row in enumerate(rows, start=1)], schema=FACTS, orient="row"))  # fmt: skip


def derived(facts: Facts, overrides: dict) -> pl.DataFrame:
    """Everything of a year's contributions, two months after the last of them: nothing waits any more."""
    law = Law(load(region="rugao").in_force(None, overrides), month_of(2018, 1), month_of(2020, 3))
    return Due(facts, law, None, BATCHES, books=False).contributions.sort(KEYS)


@pytest.mark.parametrize("overrides", RULES, ids=["shipped", *(next(iter(one)) for one in RULES[1:])])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_telling_changes_nothing_and_every_fen_is_credited_or_goes_back(seed: int, overrides: dict) -> None:
    facts = told(seed, 0)
    found = derived(facts, overrides)
    for order in (1, 2):
        assert derived(told(seed, order), overrides).equals(found)
    paid = facts.of(FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.COLLECTIVE_AID)
    brought = dict(paid.group_by("person_id").agg(pl.col("number").sum()).iter_rows())
    used = found.filter(pl.col("item").is_in([int(one) for one in (*OWN, BACK)]))
    assert dict(used.group_by("person_id").agg(pl.col("monthly_fen").sum()).iter_rows()) == brought
    assert found.select(KEYS).is_unique().all(), "one line a person, item and period"
    assert found["monthly_fen"].min() > 0
