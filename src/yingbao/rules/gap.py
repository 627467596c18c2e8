"""差 = 应 − 已: the spans where what is owed and what is done differ."""

from __future__ import annotations

import polars as pl

from yingbao.rules.relations import SPANS, STEPS
from yingbao.values.steps import add_steps, to_spans, to_steps

KEYS = ("person_id", "item")


def due_steps(due: pl.DataFrame) -> pl.DataFrame:
    """Due spans (SPANS) as steps (STEPS)."""
    return to_steps(due, KEYS, "monthly_fen").select(pl.col(name).cast(kind) for name, kind in STEPS.items())


def gap(due: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """Due spans (SPANS) less done steps (STEPS): SPANS, sorted, positive to pay, negative to recover.

    The whole history in one pass; nothing is posted where nothing differs.
    """
    return gap_of_steps(due_steps(due), done)


def gap_of_steps(due: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """The same from two step frames (STEPS)."""
    negated = done.select("person_id", "item", "month", -pl.col("monthly_fen"))
    steps = add_steps([due.select(*STEPS), negated], KEYS, "monthly_fen")
    return to_spans(steps, KEYS, "monthly_fen").select(*SPANS)
