"""Whatever the order in which the office hears of things, and whenever it runs, the end is the same.

A thousand made-up histories of ten people and two years: told shuffled, late, doubled, wrong and withdrawn; pensions and
rates of interest announced late; runs of every kind at random moments; cash brought back, letters, plans, debts given up;
a bank that returns, refuses and keeps silent. Histories of one group share the moments of the runs and the law, in which
every switch may be turned, and nothing else. Every second group credits on the day of booking (see memory_office).
Equal at the end: what is recognised and what is paid by person, item and month, what people have and is neither claimed
back nor given up, accounts by money source. After every step of every history no fen is lost (see conservation); nothing
is posted twice, and runs of the way can be made again from what was known then.

A failure prints the number of its group and some people. To see one again:
``pytest tests/properties/test_confluence.py -k "[7]"``, and ``group(7, only=[4711])`` is the group with one person alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import polars as pl
import pytest
from conservation import accounts, broken, in_transit, kept, unsettled
from memory_office import RATES, Office, informed, law, omniscient
from random_histories import FIRST_DAY, LAST_DAY, Life, life, some_day
from random_laws import Overrides, overrides_of

from yingbao.store.books import Book

SEED = 20181201
GROUPS = 12
HISTORIES = 84
PEOPLE = 10
MOST_PASSES = 4
# How often each kind of run is made, and what else happens, at a moment.
RUNS = {"proxy": 0.4, "account": 0.5, "payroll": 0.8, "write_off": 0.4, "disbursement": 0.7}
HAPPENS: dict[Callable[[Office, date], None], float] = {
    lambda office, day: office.answers(day): 0.7, lambda office, day: office.mend(day, 0.4): 1.0,
    lambda office, day: office.come_forward(day, 0.1): 1.0, lambda office, day: office.repay(day, 0.2): 0.5,
    lambda office, day: office.ask_back(day, 0.3): 0.5,
}  # fmt: skip


@dataclass
class Group:
    """Lives, the office that lived through them, and its law."""

    lives: list[Life]
    office: Office
    overrides: Overrides


def group(place: int, only: Sequence[int] | None = None) -> Group:
    """A group of histories as it was lived (``only``: some of its people, at the same moments and under the same law)."""
    lives = [life(Random(f"{SEED}/{place}/{person}"), person) for person in range(1, HISTORIES * PEOPLE + 1)]
    if only is not None:
        lives = [one for one in lives if one.person_id in only]
    overrides = overrides_of(place, booked_days=place % 2 == 1)
    office = informed(lives, f"{SEED}/{place}", booked_days=place % 2 == 1)
    live(office, Random(f"{SEED}/{place}/moments"), overrides)
    return Group(lives, office, overrides)


def live(office: Office, rng: Random, overrides: Overrides) -> None:
    """Runs at random moments, as known then; now and then a run is forgotten or started twice."""
    announced = {day: some_day(rng, day, LAST_DAY) if day.year > 2018 else FIRST_DAY for day in RATES}
    for day in sorted(some_day(rng) for _ in range(rng.randint(6, 9))):
        in_force = law([rate for rate, on in announced.items() if on <= day], overrides)
        office.collect(day)
        for kind, share in RUNS.items():
            if rng.random() < share:
                office.run(kind, day, in_force)
        for happens, share in HAPPENS.items():
            if rng.random() < share:
                happens(office, day)
        if rng.random() < 0.3:
            # Where everything counts as credited at the end of its year, an account run's own day is not that of its credits.
            kind = rng.choice([one for one in RUNS if one != "account" or office.booked_days])
            office.run(kind, day, in_force)
            assert office.run(kind, day, in_force) == 0, f"a {kind} run started twice books nothing the second time"
        assert broken(office, day) == [], f"on {day}"


def settle(office: Office, overrides: Overrides) -> int:
    """All runs once, with everything known and a bank that answers. The number of postings."""
    day, in_force = LAST_DAY, law(overrides=overrides)
    office.collect(day)
    made = sum(office.run(kind, day, in_force) for kind in RUNS)
    office.answers(day, all_good=True)
    assert broken(office, day) == []
    return made


def passes_until_still(office: Office, overrides: Overrides) -> int:
    """How often everything must run until nothing changes any more."""
    office.answers(LAST_DAY, all_good=True)
    office.mend(LAST_DAY, 1.0)
    office.come_forward(LAST_DAY, 1.0)
    office.heirs(LAST_DAY)
    for passes in range(MOST_PASSES + 1):
        if settle(office, overrides) == 0:
            return passes
    return MOST_PASSES + 1


@pytest.mark.parametrize("place", range(GROUPS))
def test_eighty_four_histories_end_as_if_everything_had_been_known_from_the_start(place: int) -> None:
    found = group(place)
    lived, overrides = found.office, found.overrides
    made = lived.made[place % 3 :: 3]
    assert passes_until_still(lived, overrides) <= MOST_PASSES, "in the end a settling posts nothing"
    knew = omniscient(found.lives, lived.credits() if lived.booked_days else None)
    passes_until_still(knew, overrides)
    for book in Book:
        assert differing(lived.steps[book], knew.steps[book]) == [], book.name
    assert differing(kept(lived), kept(knew)) == [], "paid, neither claimed back nor given up"
    assert differing(accounts(lived), accounts(knew), ("person_id", "bucket", "fen")) == [], "accounts"
    assert in_transit(lived).is_empty()
    for office in (lived, knew):
        assert unsettled(office, LAST_DAY) == []
    for run in made:
        assert lived.again(run) == run.content_hash, f"the {run.kind} run of {run.day} made again"


STEP = ("person_id", "item", "month", "monthly_fen")


def differing(one: pl.DataFrame, other: pl.DataFrame, columns: Sequence[str] = STEP) -> list[dict[str, object]]:
    """The first rows that are in one and not in the other."""
    return pl.concat([one.join(other, on=columns, how="anti"), other.join(one, on=columns, how="anti")]).head(5).to_dicts()
