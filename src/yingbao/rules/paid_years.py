"""How many years somebody has paid: as the register states, as came with him, and every year since."""

from __future__ import annotations

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.payments import payments
from yingbao.rules.relations import Facts, month_number
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, FOREVER
from yingbao.values.purpose import Item

COUNTED = {"person_id": pl.Int64, "month": pl.Int32, "years": pl.Int32}
_YEARS = {"person_id": pl.Int64, "year": pl.Int32, "month": pl.Int32, "day": pl.Date}


def paid_years(facts: Facts, law: Law, *, makeup: bool = True) -> pl.DataFrame:
    """Full years paid by the last month of ``law``: ``person_id, years``; people without a year are not in it.

    ``makeup``: with the years that were made up (for the 15 years), or without (for the long-contribution supplement).
    A year counts once, whoever paid it: the person, or the county (what is booked in ``facts.credits``).
    """
    counted = _counted(facts, law, makeup=makeup)
    return counted.group_by("person_id").agg(pl.col("years").sum()).sort("person_id")


def paid_since(facts: Facts, law: Law, years: int) -> pl.DataFrame:
    """Who has paid so many years, and from which month on that counts: TIMES. A year paid counts from the next month."""
    running = _counted(facts, law).sort("person_id", "month").with_columns(
        pl.col("years").cum_sum().over("person_id").alias("sum"))  # fmt: skip
    enough = running.filter(pl.col("sum") >= years).group_by("person_id").agg(pl.col("month").min().alias("start"))
    return enough.with_columns(pl.lit(FOREVER, pl.Int32).alias("end"))


def _counted(facts: Facts, law: Law, *, makeup: bool = True) -> pl.DataFrame:
    """What adds to the count, and from which month: COUNTED."""
    stated = facts.of(FactKind.PAID_YEARS).sort("holds_from", "fact_id").unique("person_id", keep="last", maintain_order=True)
    paid = pl.concat([_paid(facts, law, makeup=makeup), _proxied(facts)])
    since = paid.join(stated.select("person_id", "holds_from"), on="person_id", how="left").filter(
        pl.col("holds_from").is_null() | (pl.col("day") > pl.col("holds_from")))  # fmt: skip
    each = since.group_by("person_id", "year").agg((pl.col("month").min() + 1).alias("month"))
    came = facts.of(FactKind.YEARS_TRANSFERRED).with_columns(month_number("holds_from").alias("month"))
    parts = [
        stated.select("person_id", pl.lit(BEGINNING, pl.Int32).alias("month"), pl.col("number").alias("years")),
        came.select("person_id", "month", pl.col("number").alias("years")),
        each.select("person_id", "month", pl.lit(1).alias("years")),
    ]
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in COUNTED.items()) for part in parts])


def _paid(facts: Facts, law: Law, *, makeup: bool) -> pl.DataFrame:
    kinds = [FactKind.OWN_PAYMENT, *([FactKind.MAKEUP_PAYMENT] if makeup else [])]
    stands = (pl.col("refused") == "") & pl.col("kind").is_in([int(kind) for kind in kinds])
    return payments(facts, law).filter(stands).select(*_YEARS)


def _proxied(facts: Facts) -> pl.DataFrame:
    """The years that the county has paid and not taken back."""
    booked = facts.credits.filter(pl.col("item") == int(Item.PROXY_CONTRIBUTION))
    net = booked.group_by("person_id", "year").agg(pl.col("fen").sum(), pl.col("day").min()).filter(pl.col("fen") > 0)
    return net.select("person_id", "year", month_number("day").alias("month"), "day")
