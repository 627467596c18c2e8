"""申领: where a pension must be applied for, its money waits until somebody has; then all of it flows, from entitlement on.

What is owed does not wait: a late application loses nothing (核定补发). 人社部发〔2019〕84号 待遇领取 (not read).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.rules import entitlement
from yingbao.rules.benefits import Opening
from yingbao.rules.law import Law, one_of
from yingbao.rules.relations import Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING

NEEDED = "benefit/application_needed"
ROUTES = ("regular", "over_age_poor")  # what was stated at the opening had been applied for in the old system


def is_needed(law: Law) -> bool:
    """Whether any pension of these months must be applied for. Raises UnknownChoice."""
    return any(_routes(one.value) for one in law.spans(NEEDED))


def not_applied(facts: Facts, persons: pl.DataFrame, day: date, law: Law, opening: Opening | None = None) -> pl.DataFrame:
    """Whose pension must be applied for by the law of its first month, and was not by a day: ``person_id``.

    ``persons``: ``certificates.PENSIONS``. The dead are not asked: their heirs register an account instead.
    """
    if not is_needed(law):
        return persons.select("person_id").clear()
    by_then = pl.col("holds_from") <= pl.lit(day)
    opened = BEGINNING if opening is None else opening.opening_month
    asked = persons.filter(pl.col("pension_from").is_null() | (pl.col("pension_from") >= opened))
    for kind in (FactKind.APPLICATION, FactKind.DEATH):
        asked = asked.join(facts.of(kind).filter(by_then), on="person_id", how="anti")
    known = Facts(*(frame.join(asked, on="person_id", how="semi") for frame in (facts.persons, facts.facts, facts.credits)))
    granted = entitlement.grants(known, law)
    must = [_granted_within(granted, one.from_month, one.until_month, _routes(one.value)) for one in law.spans(NEEDED)]
    return asked.select("person_id").join(pl.concat(must), on="person_id", how="semi")


def _granted_within(granted: pl.DataFrame, since: int, until: int, routes: tuple[str, ...]) -> pl.DataFrame:
    within = (pl.col("granted_from") >= since) & (pl.col("granted_from") < until)
    return granted.filter(within & pl.col("route").is_in(routes)).select("person_id")


def _routes(value: object) -> tuple[str, ...]:
    words = value if isinstance(value, tuple) else (value,)
    return tuple(one_of(NEEDED, word, ROUTES) for word in words)
