"""How many years somebody has paid: as the register states, as came with him, and every year since."""

from __future__ import annotations

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.overlap import overlaps
from yingbao.rules.payments import payments
from yingbao.rules.relations import Facts, month_number
from yingbao.rules.standing import standing
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, FOREVER, year_of
from yingbao.values.purpose import Item

COUNTED = {"person_id": pl.Int64, "month": pl.Int32, "years": pl.Int32}


def paid_years(facts: Facts, law: Law, *, makeup: bool = True) -> pl.DataFrame:
    """Full years paid by the last month of ``law``: ``person_id, years``; people without a year are not in it.

    ``makeup``: with the years that were made up (for the 15 years), or without (for the long-contribution supplement).
    A year counts once, whoever paid it: the person, or the county (what is booked in ``facts.credits``).
    """
    counted = _counted(facts, law, makeup=makeup)
    return counted.group_by("person_id").agg(pl.col("years").sum()).sort("person_id")


def paid_since(facts: Facts, law: Law, years: int) -> pl.DataFrame:
    """Who has paid so many years, and from which month on that counts: TIMES. A year paid counts from the next month.

    Years paid up to the month of the register's statement are in its count already.
    """
    running = _counted(facts, law).sort("person_id", "month").with_columns(
        pl.col("years").cum_sum().over("person_id").alias("sum"))  # fmt: skip
    enough = running.filter(pl.col("sum") >= years).group_by("person_id").agg(pl.col("month").min().alias("start"))
    return enough.with_columns(pl.lit(FOREVER, pl.Int32).alias("end"))


def _counted(facts: Facts, law: Law, *, makeup: bool = True) -> pl.DataFrame:
    """What adds to the count, and from which month: COUNTED."""
    stated = facts.of(FactKind.PAID_YEARS).sort("holds_from", "fact_id").unique("person_id", keep="last", maintain_order=True)
    proxied = _proxied(facts)
    paid = pl.concat([_paid(facts, law, proxied, makeup=makeup), proxied.select("person_id", "year", "month")])
    told = stated.select("person_id", month_number("holds_from").alias("stated_in"))
    since = paid.join(told, on="person_id", how="left").filter(
        pl.col("stated_in").is_null() | (pl.col("month") > pl.col("stated_in")))  # fmt: skip
    each = since.group_by("person_id", "year").agg((pl.col("month").min() + 1).alias("month"))
    came = facts.of(FactKind.YEARS_TRANSFERRED).with_columns(month_number("holds_from").alias("month"))
    parts = [
        stated.select("person_id", pl.lit(BEGINNING, pl.Int32).alias("month"), pl.col("number").alias("years")),
        came.select("person_id", "month", pl.col("number").alias("years")),
        each.select("person_id", "month", pl.lit(1).alias("years")),
    ]
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in COUNTED.items()) for part in parts])


def _paid(facts: Facts, law: Law, proxied: pl.DataFrame, *, makeup: bool) -> pl.DataFrame:
    """The years that stand as paid by the person himself; not those that went back whole for the employee scheme."""
    told = payments(facts, law).filter(pl.col("year") <= year_of(law.until - 1))
    stands, _ = standing(facts, law, told, proxied, BEGINNING)
    gone = overlaps(facts, law, stands["year"]).filter(pl.col("months") == 12)  # noqa: PLR2004 - the whole year
    kept = stands.filter(~pl.col("makeup") | makeup).join(gone, on=["person_id", "year"], how="anti")
    return kept.select("person_id", "year", "month")


def _proxied(facts: Facts) -> pl.DataFrame:
    """The years that the county has paid and not taken back."""
    booked = facts.credits.filter(pl.col("item") == int(Item.PROXY_CONTRIBUTION))
    net = booked.group_by("person_id", "year").agg(pl.col("fen").sum(), pl.col("day").min()).filter(pl.col("fen") > 0)
    return net.select("person_id", "year", month_number("day").alias("month"), "fen")
