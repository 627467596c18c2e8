"""补缴: how many years may be made up. A made-up year that goes over goes back to the payer, and is never counted."""

from __future__ import annotations

from collections import defaultdict

import polars as pl

from yingbao.rules.ages import months_later
from yingbao.rules.law import Law, whole
from yingbao.rules.overlap import overlaps
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

    ``stands``: standing.STANDING; ``proxied``: ``person_id, year, month`` and more. Judged one after the other, each by what
    had been paid by its day as it is known now, whenever that was told: years paid afterwards take nothing back, one that
    itself goes back counts for nothing, and a corrected roster or payment decides anew. A year that the register's statement
    holds already, or that was made up before the books, is not judged. guofa-2014-8 补缴; decision 0013.
    """
    made_up = stands.filter(pl.col("makeup") & ~pl.col("before_books")).select(*_KEYS, "month", "day")
    if made_up.is_empty():
        return made_up.select(_KEYS)
    told = stated(facts).select("person_id", "stated_in", "number")
    judged = made_up.join(told, on="person_id", how="left").filter(
        pl.col("stated_in").is_null() | (pl.col("month") > pl.col("stated_in")))  # fmt: skip
    counted = judged.join(_others(judged, stands, facts, law, proxied), on=_KEYS, how="left").sort("person_id", "day", "year")
    limits = {month: whole(law.in_force.value(TOTAL, max(month, law.since))) for month in judged["month"].unique().to_list()}
    before = pl.col("number").fill_null(0) + pl.col("others").fill_null(0)
    whole_year = overlaps(facts, law, judged["year"]).filter(pl.col("months") == 12)  # noqa: PLR2004 - the whole year
    gone = set(whole_year.select(_KEYS).iter_rows())
    kept: dict[int, int] = defaultdict(int)
    over = []
    for person, year, month, paid in counted.select(*_KEYS, "month", before.alias("before")).iter_rows():
        if paid + kept[person] >= limits[month]:
            over.append((person, year))
        elif (person, year) not in gone:
            kept[person] += 1
    return pl.DataFrame(over, schema=made_up.select(_KEYS).schema, orient="row")


def _others(judged: pl.DataFrame, stands: pl.DataFrame, facts: Facts, law: Law, proxied: pl.DataFrame) -> pl.DataFrame:
    """Beside each made-up year the years that came otherwise since the statement, by its day: ``person_id, year, others``.

    A year that went back whole for the employee scheme is none. The county's part counts from the end of the batch's month.
    """
    batch = pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1).dt.month_end().alias("day")
    paid = pl.concat([stands.filter(~pl.col("makeup") | pl.col("before_books")).select(*_KEYS, "day"),
                      proxied.select(*_KEYS, batch)])  # fmt: skip
    mine = paid.join(judged, on="person_id", how="semi")
    gone = overlaps(facts, law, mine["year"]).filter(pl.col("months") == 12)  # noqa: PLR2004 - the whole year
    once = mine.join(gone, on=_KEYS, how="anti").join(listed(facts), on=_KEYS, how="anti").group_by(_KEYS).agg(pl.col("day").min())
    transferred = facts.of(FactKind.YEARS_TRANSFERRED).select(
        "person_id", pl.col("holds_from").alias("came"), pl.col("number").alias("years"))  # fmt: skip
    all_years = pl.concat([once.select("person_id", pl.col("day").alias("came"), pl.lit(1, pl.Int64).alias("years")), transferred])
    beside = judged.join(all_years, on="person_id").filter(
        (pl.col("came") <= pl.col("day")) & (pl.col("stated_in").is_null() | (month_number("came") > pl.col("stated_in"))))  # fmt: skip
    return beside.group_by(_KEYS).agg(pl.col("years").sum().alias("others"))


def too_late(told: pl.DataFrame, law: Law, pensions: pl.DataFrame) -> list[int]:
    """The make-ups (``fact_id`` of PAYMENTS) that were paid when a pension was in payment already.

    ``pensions``: ``person_id, since`` (month). contribution/makeup_in_payment, as it was when each was paid. What opens a
    pension in its own month (benefit/first_month: same_month) comes in time.
    """
    paid = told.filter(pl.col("kind") == FactKind.MAKEUP_PAYMENT).join(pensions, on="person_id")
    late = paid.filter(pl.col("month") + months_later(law) > pl.col("since"))
    refusing = [month for month in late["month"].unique().to_list()
                if law.word(IN_PAYMENT, REFUSED, ALLOWED, month=max(month, law.since)) == REFUSED]  # fmt: skip
    return late.filter(pl.col("month").is_in(refusing))["fact_id"].to_list()
