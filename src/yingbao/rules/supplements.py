"""What is added to the base pension, and the grant at a death: as spans of fen."""

from __future__ import annotations

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts, empty


def supplements(entitled: pl.DataFrame, facts: Facts, law: Law, granted: pl.DataFrame) -> pl.DataFrame:  # noqa: ARG001
    """The long-contribution and the age supplement of entitled months: SPANS."""
    return empty(SPANS)


def funeral_grants(facts: Facts, law: Law) -> pl.DataFrame:  # noqa: ARG001
    """The funeral grant, once, in the month after a death: SPANS."""
    return empty(SPANS)
