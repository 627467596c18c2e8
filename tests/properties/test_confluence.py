"""Whatever the order in which the office hears of things, and whenever it runs, the end is the same.

A thousand made-up histories of ten people and two years: told shuffled, late, doubled, wrong and
withdrawn; pensions and rates of interest announced late; runs at random moments; a bank that returns,
refuses and keeps silent. Histories of one group share the moments of the runs and nothing else.
Equal at the end: what is recognised and what is paid by person, item and month, what people have and
is not claimed back, accounts by money source. No fen is lost, nothing is posted twice, and every payroll
of the way can be made again from what was known then. A failure prints the seed of its group.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import polars as pl
import pytest
from memory_office import RATES, Office, informed, law, omniscient
from random_histories import FIRST_DAY, LAST_DAY, PAYMENTS, life, some_day

from yingbao.ledger.chart import load_chart
from yingbao.ledger.checks import control_differences, individual_accounts
from yingbao.store.books import Book
from yingbao.values.purpose import Item
from yingbao.values.steps import to_spans

SEED = 20181201
GROUPS = 10
HISTORIES = 100
PEOPLE = 10
MOST_PASSES = 3
OWN_MONEY = [int(item) for item in (Item.OWN_CONTRIBUTION, Item.MAKEUP_CONTRIBUTION, Item.COLLECTIVE_AID, Item.CONTRIBUTION_REFUND)]


def live(office: Office, rng: Random) -> None:
    """Runs at random moments, as known then; now and then a run is forgotten or started twice."""
    announced = {day: some_day(rng, day, LAST_DAY) if day.year > 2018 else FIRST_DAY for day in RATES}
    for day in sorted(some_day(rng) for _ in range(rng.randint(6, 10))):
        in_force = law([rate for rate, on in announced.items() if on <= day])
        if rng.random() < 0.4:
            office.proxy(day, in_force)
        if rng.random() < 0.8:
            office.payroll(day, in_force)
            if rng.random() < 0.3:
                assert office.payroll(day, in_force) == 0, "a payroll started twice books nothing the second time"
        if rng.random() < 0.5:
            office.account(day, in_force)
        if rng.random() < 0.7:
            office.disburse(day, law())
        if rng.random() < 0.7:
            office.answers(day)
        office.mend(day, 0.4)
        office.certify(day, 0.1)


def settle(office: Office, day: date) -> int:
    """All runs once, with everything known and a bank that answers. The number of postings."""
    made = office.proxy(day, law()) + office.account(day, law()) + office.payroll(day, law()) + office.disburse(day, law())
    office.answers(day, all_good=True)
    return made


def passes_until_still(office: Office) -> int:
    """How often everything must run until nothing changes any more."""
    office.answers(LAST_DAY, all_good=True)
    office.mend(LAST_DAY, 1.0)
    office.certify(LAST_DAY, 1.0)
    office.heirs(LAST_DAY)
    for passes in range(MOST_PASSES + 1):
        if settle(office, LAST_DAY) == 0:
            return passes
    return MOST_PASSES + 1


def group(seed: int) -> tuple[Office, Office]:
    """The office that lived through it, and the one that knew from the beginning."""
    rng = Random(seed)
    lives = [life(rng, person) for person in range(1, HISTORIES * PEOPLE + 1)]
    lived, knew = informed(lives, rng), omniscient(lives, rng)
    live(lived, rng)
    return lived, knew


@pytest.mark.parametrize("seed", range(SEED, SEED + GROUPS))
def test_a_hundred_histories_end_as_if_everything_had_been_known_from_the_start(seed: int) -> None:
    lived, knew = group(seed)
    made = list(lived.made)
    assert passes_until_still(lived) <= MOST_PASSES, f"seed {seed}"
    assert settle(lived, LAST_DAY) == 0, f"seed {seed}: a second settling posts nothing"
    passes_until_still(knew)
    for book in Book:
        assert differing(lived.steps[book], knew.steps[book]) == [], f"seed {seed}, {book.name}"
    assert differing(lived.kept(), knew.kept()) == [], f"seed {seed}: paid and not claimed back"
    assert differing(lived.accounts(), knew.accounts(), ("person_id", "bucket", "amount_fen")) == [], f"seed {seed}: accounts"
    assert lived.in_transit().is_empty(), f"seed {seed}"
    for office in (lived, knew):
        assert unsound(office) == [], f"seed {seed}"
    for run in made:
        assert lived.again(run) == run.content_hash, f"seed {seed}: the payroll of {run.day} made again"


def unsound(office: Office) -> list[object]:
    """Conservation: accounts are their control accounts, none is below zero, and own money is all accounted for."""
    booked = pl.concat(office.journal)
    apart = control_differences(individual_accounts(booked, load_chart()), booked, load_chart())
    return [*apart.to_dicts(), *office.accounts().filter(pl.col("amount_fen") < 0).to_dicts(), *money_lost(office)]


def money_lost(office: Office) -> list[dict[str, object]]:
    """People of whom not every fen that came in is in the account or given back.

    Open may be: payments of the last year, whose tier the batch may still complete, and those of people whose birth is unknown.
    """
    facts = office.facts(LAST_DAY)
    told = facts.of(*PAYMENTS).join(facts.persons.filter(pl.col("birth").is_not_null()), on="person_id", how="semi")
    open_still = told.filter(pl.col("value") == str(LAST_DAY.year)).select("person_id").unique()
    came = told.group_by("person_id").agg(pl.col("number").sum().alias("came"))
    steps = office.steps[Book.RECOGNISED].filter(pl.col("item").is_in(OWN_MONEY))
    spans = to_spans(steps, ("person_id", "item"), "monthly_fen")
    kept = spans.group_by("person_id").agg((pl.col("monthly_fen") * (pl.col("until_month") - pl.col("from_month"))).sum().alias("kept"))
    both = came.join(kept, on="person_id", how="left").with_columns(pl.col("kept").fill_null(0))
    closed = both.join(open_still, on="person_id", how="anti").filter(pl.col("came") != pl.col("kept"))
    return [*closed.head(5).to_dicts(), *both.filter(pl.col("came") < pl.col("kept")).head(5).to_dicts()]


STEP = ("person_id", "item", "month", "monthly_fen")


def differing(one: pl.DataFrame, other: pl.DataFrame, columns: Sequence[str] = STEP) -> list[dict[str, object]]:
    """The first rows that are in one and not in the other."""
    return pl.concat([one.join(other, on=columns, how="anti"), other.join(one, on=columns, how="anti")]).head(5).to_dicts()
