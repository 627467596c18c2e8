"""Whether a payment may be taken, asked before it is kept: the same tiers as decide what is credited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from yingbao.rules.contributions import CATEGORIES, PROXIED
from yingbao.rules.deadline import REFUSED, Deadline, deadlines
from yingbao.rules.entitlement import CATEGORY_KEYS
from yingbao.rules.law import Law
from yingbao.rules.payments import PAYMENTS, WRONG_YEAR
from yingbao.rules.proxy_amounts import amounts_by_category, general_amount, has_proxy, in_order
from yingbao.rules.relations import Facts
from yingbao.rules.standing import makes_a_tier
from yingbao.rules.tiers import has_tiers
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, month_of, month_of_date
from yingbao.values.purpose import Item

NOT_A_TIER = "payment_not_a_tier"


@dataclass(frozen=True, slots=True)
class Asked:
    """A payment as a channel tells it."""

    person_id: int
    kind: FactKind
    year: int
    fen: int
    day: date


def refusals(facts: Facts, law: Law, asked: Sequence[Asked]) -> list[str]:
    """For each payment why it cannot be taken: empty where it can.

    An own payment is for the year of its day, a make-up for an earlier one. After the year's deadline an own payment counts
    for the next year, and is judged by its tiers, or is none of its year (contribution/late_payment). Its amount is a
    tier that the payer may choose, or what is left of a tier beside the county's part, for people of whom the county pays the year.
    """
    limits = {one.year: one for one in deadlines(law, (one.year for one in asked if one.kind is FactKind.OWN_PAYMENT))}
    found = ["" if _right_year(one, limits.get(one.year)) else WRONG_YEAR for one in asked]
    asked = [_as_counted(one, limits.get(one.year)) for one in asked]
    own = [place for place, one in enumerate(asked) if not found[place] and one.kind is FactKind.OWN_PAYMENT]
    makeup = [place for place, one in enumerate(asked) if not found[place] and one.kind is FactKind.MAKEUP_PAYMENT]
    for places, proxied in ((own, _proxied(facts, law, [asked[place] for place in own])), (makeup, pl.DataFrame(schema=PROXIED))):
        rows = _rows([asked[place] for place in places])
        for place, sound in zip(places, makes_a_tier(rows, facts, law, proxied, BEGINNING), strict=True):
            found[place] = "" if sound else NOT_A_TIER
    return ["" if why == "" and one.fen > 0 else why or NOT_A_TIER for one, why in zip(asked, found, strict=True)]


def _right_year(one: Asked, limit: Deadline | None) -> bool:
    if one.kind is FactKind.OWN_PAYMENT:
        return one.year == one.day.year and not (limit and limit.rule == REFUSED and limit.late(one.day))
    return one.year < one.day.year if one.kind is FactKind.MAKEUP_PAYMENT else one.year <= one.day.year


def _as_counted(one: Asked, limit: Deadline | None) -> Asked:
    """An own payment after the deadline as one of the next year."""
    moved = one.kind is FactKind.OWN_PAYMENT and limit is not None and limit.rule != REFUSED and limit.late(one.day)
    return replace(one, year=one.year + 1) if moved else one


def _rows(asked: Sequence[Asked]) -> pl.DataFrame:
    rows = [(one.person_id, int(one.kind), one.year, month_of_date(one.day), one.day, place, one.fen, "")
            for place, one in enumerate(asked)]  # fmt: skip
    return pl.DataFrame(rows, schema=PAYMENTS, orient="row")


def _proxied(facts: Facts, law: Law, asked: Sequence[Asked]) -> pl.DataFrame:
    """The county's part of a year (PROXIED) for payers in a proxied group on the day, or of whom it is booked (as booked)."""
    rows = []
    booked = facts.credits.filter(pl.col("item") == int(Item.PROXY_CONTRIBUTION)).group_by("person_id", "year").agg(
        pl.col("fen").sum()).filter(pl.col("fen") > 0)  # fmt: skip
    paid = {(person, year): fen for person, year, fen in booked.iter_rows()}
    for year in sorted({one.year for one in asked}):
        if not has_proxy(law, year) or not has_tiers(law, year):
            continue
        of_year = Law(law.in_force, law.since, month_of(year, 12) + 1)
        held = _held(facts, of_year.words_among(CATEGORIES, CATEGORY_KEYS))
        general, by_category = general_amount(law, year), amounts_by_category(law, year)
        order = in_order(of_year) if by_category else CATEGORY_KEYS
        for one in asked:
            mine = {key for key, begins, until in held[one.person_id] if begins <= one.day and (until is None or until >= one.day)}
            fen = paid.get((one.person_id, year)) or next((by_category.get(key, general) for key in order if key in mine), 0)
            if one.year == year and fen:
                rows.append((one.person_id, year, month_of(year, 12), fen))
    return pl.DataFrame(rows, schema=PROXIED, orient="row").unique(["person_id", "year"], keep="first")


def _held(facts: Facts, categories: tuple[str, ...]) -> defaultdict[int, list[tuple[str, date, date | None]]]:
    """The categories of each person, of some, with their first and last days."""
    held: defaultdict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    told = facts.of(FactKind.CATEGORY, values=categories).select("person_id", "value", "holds_from", "holds_until")
    for person, key, begins, until in told.rows():
        held[person].append((key, begins, until))
    return held
