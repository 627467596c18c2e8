"""Payments into accounts as they were told, and whether the payer could pay on that day."""

from __future__ import annotations

import polars as pl

from yingbao.rules.ages import OLDEST, YOUNGEST, birthday
from yingbao.rules.deadline import AFTER_DEADLINE, in_their_years
from yingbao.rules.law import Law, whole
from yingbao.rules.relations import Facts, day_number, in_days, month_number
from yingbao.rules.stated_years import listed
from yingbao.values.facts import FactKind

PAYING = (FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.COLLECTIVE_AID)
# Facts that say money came in, each booked as collected by the act that tells it.
MONEY_IN = (*PAYING, FactKind.TRANSFER_IN)
WRONG_YEAR = "payment_wrong_year"
# ``day``: that it was paid; ``month``: from which it counts, that of the day but for money of the next year (deadline);
# ``refused``: why it cannot stand, empty where it can, null where that is not known.
PAYMENTS = {
    "person_id": pl.Int64, "kind": pl.Int16, "year": pl.Int32, "month": pl.Int32, "day": pl.Date, "fact_id": pl.Int64,
    "fen": pl.Int64, "refused": pl.String,
}  # fmt: skip


def payments(facts: Facts, law: Law) -> pl.DataFrame:
    """Every payment and aid in the order of payment (by day, then fact): PAYMENTS.

    Refused: paid after a death, while the relation was ended, for a year that does not fit its day, under the contribution
    age (of a make-up also: for a year in which its payer never reached it), or (but for a make-up) at the pension age; for a
    year that the register names as paid before; and after the year's deadline, where it then goes back. A payment whose
    amount or whose payer's birth is unknown is neither kept nor refused.
    """
    told = in_their_years(facts.of(*PAYING).filter(pl.col("value").str.contains(r"^\d{4}$")), law)
    died = facts.of(FactKind.DEATH).group_by("person_id").agg(pl.col("holds_from").min().alias("died"))
    year = pl.col("value").cast(pl.Int32)
    known = told.with_columns(year.alias("year"), pl.date(year, 12, 31).alias("year_end")).join(
        facts.persons, on="person_id", how="left").join(died, on="person_id", how="left").join(
        listed(facts), on=["person_id", "year"], how="left")  # fmt: skip
    closed = _while_ended(told, facts)
    found = known.select(
        "person_id", "kind", "year", month_number("holds_from").alias("month"),
        pl.col("paid_on").alias("day"), "fact_id", pl.col("number").alias("fen"), _refused(law, closed).alias("refused"),
    ).filter(month_number("day") < law.until)  # fmt: skip
    return found.sort("person_id", "day", "fact_id").select(pl.col(name).cast(kind) for name, kind in PAYMENTS.items())


def _while_ended(told: pl.DataFrame, facts: Facts) -> list[int]:
    """The payments (``fact_id``) made after a relation had ended and before the person was back."""
    ended = in_days(facts.of(FactKind.RELATION_ENDED))
    inside = (pl.col("start") < day_number("holds_from")) & (pl.col("end") > day_number("holds_from"))
    return told.join(ended, on="person_id").filter(inside)["fact_id"].unique().to_list()


def _fits(year: pl.Expr, paid_in: pl.Expr) -> pl.Expr:
    """An own payment is for the year of its day, a make-up for an earlier one, collective aid for no later one."""
    return (
        pl.when(pl.col("kind") == FactKind.OWN_PAYMENT).then(year == paid_in)
        .when(pl.col("kind") == FactKind.MAKEUP_PAYMENT).then(year < paid_in)
        .otherwise(year <= paid_in)
    )  # fmt: skip


def _refused(law: Law, closed: list[int]) -> pl.Expr:
    """The word for why a payment goes back: those of the criteria for the proxy. ``closed``: of :func:`_while_ended`."""
    paid_on = day_number("holds_from")
    youngest, oldest = (whole(law.latest(name)) for name in (YOUNGEST, OLDEST))
    makeup = pl.col("kind") == FactKind.MAKEUP_PAYMENT
    grown = birthday("birth", youngest, law)
    too_young = (paid_on < grown) | (makeup & (day_number("year_end") < grown))
    again = (pl.col("stated_in") < month_number("holds_from")) & (pl.col("kind") != FactKind.COLLECTIVE_AID)
    return (
        pl.when(pl.col("died") < pl.col("holds_from")).then(pl.lit("deceased_on_day"))
        .when(pl.col("fact_id").is_in(closed)).then(pl.lit("relation_ended_on_day"))
        .when(~_fits(pl.col("year"), pl.col("holds_from").dt.year())).then(pl.lit(WRONG_YEAR))
        .when(pl.col("birth").is_null() | pl.col("number").is_null()).then(None)
        .when(too_young).then(pl.lit("under_contribution_age"))
        .when(~makeup & (paid_on >= birthday("birth", oldest, law))).then(pl.lit("over_contribution_age"))
        .when(again).then(pl.lit("duplicate"))
        .when("late").then(pl.lit(AFTER_DEADLINE))
        .otherwise(pl.lit(""))
    )  # fmt: skip
