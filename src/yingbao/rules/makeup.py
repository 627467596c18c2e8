"""补缴: how many years may be made up. A made-up year that goes over goes back to the payer, and is never counted."""

from __future__ import annotations

import polars as pl

from yingbao.rules.law import Law, whole
from yingbao.rules.relations import Facts, month_number
from yingbao.rules.stated_years import listed, stated
from yingbao.values.facts import FactKind

TOTAL = "contribution/makeup_total_years"
IN_PAYMENT = "contribution/makeup_in_payment"
REFUSED, ALLOWED = "refused", "allowed"
BEYOND, TOO_LATE = "beyond_makeup_years", "pension_in_payment"
_KEYS = ["person_id", "year"]


def beyond_total(stands: pl.DataFrame, facts: Facts, law: Law, proxied: pl.DataFrame) -> pl.DataFrame:
    """The made-up years (``person_id, year``) with which more years would be paid than the law lets anybody make up to.

    ``stands``: standing.STANDING; ``proxied``: ``person_id, year, month`` and more. Counted as things stood in the month
    in which each was made up, the earlier ones first; years paid afterwards take nothing back. A year that the register's
    statement holds already, or that was made up before the books, is not judged. guofa-2014-8 补缴.
    """
    made_up = stands.filter(pl.col("makeup") & ~pl.col("before_books")).select(*_KEYS, "month")
    if made_up.is_empty():
        return made_up.select(_KEYS)
    told = stated(facts).select("person_id", "stated_in", "number")
    judged = made_up.join(told, on="person_id", how="left").filter(
        pl.col("stated_in").is_null() | (pl.col("month") > pl.col("stated_in"))).sort("person_id", "month", "year")  # fmt: skip
    before = pl.col("number").fill_null(0) + pl.col("others").fill_null(0) + pl.int_range(pl.len()).over("person_id")
    counted = judged.join(_others(judged, stands, facts, proxied), on=_KEYS, how="left", maintain_order="left")
    limits = {month: whole(law.in_force.value(TOTAL, max(month, law.since))) for month in judged["month"].unique().to_list()}
    limit = pl.col("month").replace_strict(limits, default=None, return_dtype=pl.Int64)
    return counted.filter(before >= limit).select(_KEYS)


def _others(judged: pl.DataFrame, stands: pl.DataFrame, facts: Facts, proxied: pl.DataFrame) -> pl.DataFrame:
    """Beside each made-up year the years that came otherwise since the statement, by its month: ``person_id, year, others``."""
    paid = pl.concat([stands.filter(~pl.col("makeup")).select(*_KEYS, "month"), proxied.select(*_KEYS, "month")])
    once = paid.join(judged, on="person_id", how="semi").group_by(_KEYS).agg(pl.col("month").min())
    unlisted = once.join(listed(facts), on=_KEYS, how="anti").select(
        "person_id", pl.col("month").alias("came"), pl.lit(1, pl.Int64).alias("years"))  # fmt: skip
    transferred = facts.of(FactKind.YEARS_TRANSFERRED).select(
        "person_id", month_number("holds_from").alias("came"), pl.col("number").alias("years"))  # fmt: skip
    beside = judged.join(pl.concat([unlisted, transferred]), on="person_id").filter(
        (pl.col("came") <= pl.col("month")) & (pl.col("stated_in").is_null() | (pl.col("came") > pl.col("stated_in"))))  # fmt: skip
    return beside.group_by(_KEYS).agg(pl.col("years").sum().alias("others"))


def too_late(told: pl.DataFrame, law: Law, pensions: pl.DataFrame) -> list[int]:
    """The make-ups (``fact_id`` of PAYMENTS) that were paid when a pension was in payment already.

    ``pensions``: ``person_id, since`` (month). contribution/makeup_in_payment, as it was when each was paid.
    """
    paid = told.filter(pl.col("kind") == FactKind.MAKEUP_PAYMENT).join(pensions, on="person_id")
    late = paid.filter(pl.col("month") >= pl.col("since"))
    refusing = [month for month in late["month"].unique().to_list()
                if law.word(IN_PAYMENT, REFUSED, ALLOWED, month=max(month, law.since)) == REFUSED]  # fmt: skip
    return late.filter(pl.col("month").is_in(refusing))["fact_id"].to_list()
