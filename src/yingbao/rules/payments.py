"""Payments into accounts as they were told, and whether the payer could pay on that day."""

from __future__ import annotations

import polars as pl

from yingbao.rules.ages import OLDEST, YOUNGEST, birthday
from yingbao.rules.law import Law, whole
from yingbao.rules.relations import Facts, day_number, month_number
from yingbao.values.facts import FactKind

PAYING = (FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.COLLECTIVE_AID)
# Facts that say money came in, each booked as collected by the act that tells it.
MONEY_IN = (*PAYING, FactKind.TRANSFER_IN)
# ``month``: that of the day it was paid; ``refused``: why it cannot stand, empty where it can, null where that is not known.
PAYMENTS = {
    "person_id": pl.Int64, "kind": pl.Int16, "year": pl.Int32, "month": pl.Int32, "day": pl.Date, "fact_id": pl.Int64,
    "fen": pl.Int64, "refused": pl.String,
}  # fmt: skip


def payments(facts: Facts, law: Law) -> pl.DataFrame:
    """Every payment and aid in the order of payment (by day, then fact): PAYMENTS.

    Refused: paid after a death, under the contribution age, or (but for a make-up) at the pension age. A payment whose
    amount or whose payer's birth is unknown is neither kept nor refused.
    """
    told = facts.of(*PAYING).filter(pl.col("value").str.contains(r"^\d{4}$"))
    died = facts.of(FactKind.DEATH).group_by("person_id").agg(pl.col("holds_from").min().alias("died"))
    known = told.join(facts.persons, on="person_id", how="left").join(died, on="person_id", how="left")
    found = known.select(
        "person_id", "kind", pl.col("value").cast(pl.Int32).alias("year"), month_number("holds_from").alias("month"),
        pl.col("holds_from").alias("day"), "fact_id", pl.col("number").alias("fen"), _refused(law).alias("refused"),
    ).filter(pl.col("month") < law.until)  # fmt: skip
    return found.sort("person_id", "day", "fact_id").select(pl.col(name).cast(kind) for name, kind in PAYMENTS.items())


def _refused(law: Law) -> pl.Expr:
    """The word for why a payment goes back: those of the criteria for the proxy."""
    paid_on = day_number("holds_from")
    youngest, oldest = (whole(law.latest(name)) for name in (YOUNGEST, OLDEST))
    makeup = pl.col("kind") == FactKind.MAKEUP_PAYMENT
    return (
        pl.when(pl.col("died") < pl.col("holds_from")).then(pl.lit("deceased_on_day"))
        .when(pl.col("birth").is_null() | pl.col("number").is_null()).then(None)
        .when(paid_on < birthday("birth", youngest, law)).then(pl.lit("under_contribution_age"))
        .when(~makeup & (paid_on >= birthday("birth", oldest, law))).then(pl.lit("over_contribution_age"))
        .otherwise(pl.lit(""))
    )  # fmt: skip
