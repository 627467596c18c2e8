"""Whatever the order in which the office hears of things, and whenever it runs, the end is the same.

A thousand made-up histories of ten people and two years: told shuffled, late, doubled, wrong and
withdrawn; runs at random moments; a bank that returns, refuses and keeps silent. Histories of one
group share the moments of the runs and nothing else. A failure prints the seed of its group.
"""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl
import pytest
from memory_office import RATES, Office, informed, law, omniscient
from random_histories import FIRST_DAY, LAST_DAY, life, some_day

from yingbao.store.books import Book

SEED = 20181201
GROUPS = 20
HISTORIES = 50
PEOPLE = 10
MOST_PASSES = 3


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
        if rng.random() < 0.7:
            office.disburse(day, law())
        if rng.random() < 0.7:
            office.answers(day)
        office.mend(day, 0.4)
        office.certify(day, 0.1)


def settle(office: Office, day: date) -> int:
    """All runs once, with everything known and a bank that answers. The number of postings."""
    made = office.proxy(day, law()) + office.payroll(day, law()) + office.disburse(day, law())
    office.answers(day, all_good=True)
    return made


def passes_until_still(office: Office) -> int:
    """How often everything must run until nothing changes any more."""
    office.answers(LAST_DAY, all_good=True)
    office.mend(LAST_DAY, 1.0)
    office.certify(LAST_DAY, 1.0)
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
def test_fifty_histories_end_as_if_everything_had_been_known_from_the_start(seed: int) -> None:
    lived, knew = group(seed)
    assert passes_until_still(lived) <= MOST_PASSES, f"seed {seed}"
    assert settle(lived, LAST_DAY) == 0, f"seed {seed}: a second settling posts nothing"
    passes_until_still(knew)
    for book in Book:
        assert differing(lived.steps[book], knew.steps[book]) == [], f"seed {seed}, {book.name}"
    assert lived.in_transit().is_empty(), f"seed {seed}"


def differing(one: pl.DataFrame, other: pl.DataFrame) -> list[dict[str, object]]:
    """The first steps that are in one and not in the other."""
    columns = ["person_id", "item", "month", "monthly_fen"]
    return pl.concat([one.join(other, on=columns, how="anti"), other.join(one, on=columns, how="anti")]).head(5).to_dicts()
