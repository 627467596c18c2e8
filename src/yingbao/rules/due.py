"""应: everything owed, as spans. One call, all items, the whole time of the derivation."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yingbao.rules import benefits, entitlement, holds
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot, proxy_due
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts
from yingbao.values.facts import FactKind

# The facts that decide what is owed: all but where somebody lives and what makes money wait.
READS = tuple(kind for kind in FactKind if kind not in (FactKind.HOUSEHOLD_REGISTRATION, *holds.READS))


def benefits_due(
    facts: Facts, law: Law, opening: Opening | None = None, granted: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The pensions owed in the months of ``law``: SPANS, not overlapping within (person, item).

    Months before the opening are owed as stated; from the opening on, as the law says. ``granted``:
    ``entitlement.grants`` of the same, where it is known already.
    """
    granted = entitlement.grants(facts, law) if granted is None else granted
    entitled = entitlement.entitled(facts, law, granted)
    parts = []
    if opening is not None:
        stated = granted.filter(pl.col("route") == "stated")
        of_stated = entitled.join(stated, on="person_id", how="semi")
        others = entitled.join(stated, on="person_id", how="anti")
        parts.append(benefits.as_stated(of_stated, facts, opening))
        entitled = pl.concat([others, benefits.from_month(of_stated, opening.opening_month)])
    parts += [
        benefits.base_pension(entitled, law),
        benefits.account_pension(entitled, facts, law, granted),
        benefits.county_top_up(entitled, law),
    ]
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in SPANS.items()) for part in parts])


def due(facts: Facts, law: Law, snapshots: Sequence[Snapshot] = (), opening: Opening | None = None) -> pl.DataFrame:
    """Pensions and contributions together: SPANS."""
    return pl.concat([benefits_due(facts, law, opening), proxy_due(facts, law, snapshots)])
