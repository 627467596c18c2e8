"""What acts on endings must know of the store: months already booked, and the ending that stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from yingbao.policy.tree import load
from yingbao.rules.endings import STATED
from yingbao.rules.entitlement import grants
from yingbao.rules.law import Law
from yingbao.store import relations
from yingbao.store.bases import opening_of, region_of
from yingbao.store.books import Book
from yingbao.store.done import done
from yingbao.store.models import Fact, FactChange
from yingbao.values.facts import FactKind
from yingbao.values.month import Month
from yingbao.values.purpose import MONTHLY, Item


def months_paid(pool: int, person_id: int) -> tuple[Month | None, Month | None]:
    """The first month with any pension booked for a person, and the last with an account pension; None if there is none."""
    steps = done(pool, Book.RECOGNISED, person_ids=[person_id])
    monthly = steps.filter(pl.col("item").is_in([int(item) for item in MONTHLY]))
    account = monthly.filter(pl.col("item") == int(Item.ACCOUNT_PENSION))
    first = monthly["month"].min()
    after = account["month"].max()  # the step at which the account pension falls to nothing
    return (None if first is None else int(first), None if after is None else int(after) - 1)  # type: ignore[arg-type]


def granted_from(pool: int, person_id: int, on: date, month: Month) -> Month | None:
    """The first month of a person's pension, granted by the month after ``month``, as known on a day; None if there is none."""
    law = Law(load(region=region_of(pool)).in_force(on), opening_of(pool).statement_from, month + 2)
    found = grants(relations.relations(pool, on, person_ids=[person_id]), law)
    return None if found.is_empty() else int(found["granted_from"][0])


def standing_endings(pool: int, person_id: int) -> list[tuple[int, bool]]:
    """The RELATION_ENDED of a person that are neither withdrawn nor ended, the last told first.

    Each with whether an office told it; else only the opening register states it.
    """
    told = Fact.objects.filter(pool=pool, person_id=person_id, kind=int(FactKind.RELATION_ENDED), holds_until__isnull=True)
    numbers = dict(told.order_by("-pk").values_list("pk", "value"))
    changed = set(FactChange.objects.filter(fact_id__in=list(numbers)).values_list("fact_id", flat=True))
    return [(one, reason != STATED) for one, reason in numbers.items() if one not in changed]


def standing_ending(pool: int, person_id: int) -> int | None:
    """The last told of them that an office told; None if there is none. What the register states may be told anew."""
    return next((one for one, by_office in standing_endings(pool, person_id) if by_office), None)


def end_fact(act: Any, fact_id: int, until: date, reason: str) -> None:
    """Say that a fact held until a day."""
    act.wrote(fact_change=1)
    FactChange.objects.create(pool=act.pool, fact_id=fact_id, change="ended", holds_until=until, told_at=act.on,
                              act_seq=act.seq, reason=reason)  # fmt: skip
