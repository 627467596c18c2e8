"""How many years somebody has paid: as the register states, as came with him, and every year since."""

from __future__ import annotations

import polars as pl

from yingbao.rules.ages import months_later
from yingbao.rules.law import Law, one_of
from yingbao.rules.overlap import overlaps
from yingbao.rules.payments import payments
from yingbao.rules.relations import Facts, month_number
from yingbao.rules.standing import KEYS, standing
from yingbao.rules.stated_years import listed, stated
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, FOREVER, Month, year_of
from yingbao.values.purpose import Item

COUNTS_FROM = "contribution/year_counts_from"
COLLECTED, CREDITED = "collected_on", "credited_on"
COUNTED = {"person_id": pl.Int64, "month": pl.Int32, "years": pl.Int32}
# A year that was paid. Months: ``came``, in which the office took it in; ``paid``, by which the payer had done his part;
# ``booked``, in which it was credited, null where it is not yet.
_YEARS = {"person_id": pl.Int64, "year": pl.Int32, "came": pl.Int32, "paid": pl.Int32, "booked": pl.Int32}


def paid_years(facts: Facts, law: Law, *, makeup: bool = True) -> pl.DataFrame:
    """Full years paid by the last month of ``law``: ``person_id, years``; people without a year are not in it.

    ``makeup``: with the years that were made up (for the 15 years), or without (for the long-contribution supplement).
    A year counts once, whoever paid it: the person, or the county (what is booked in ``facts.credits``).
    """
    counted = _counted(facts, law, makeup=makeup)
    return counted.group_by("person_id").agg(pl.col("years").sum()).sort("person_id")


def paid_years_by_month(facts: Facts, law: Law, *, makeup: bool = True) -> pl.DataFrame:
    """The same sum as it grows: ``person_id, start, end, years``, each from the month in which it counts.

    That is the month after a year was paid or came with the person (benefit/first_month), as for the 15 years.
    """
    each = _counted(facts, law, makeup=makeup).group_by("person_id", "month").agg(pl.col("years").sum()).sort("person_id", "month")
    start = pl.col("month") + months_later(law)
    return each.select(
        "person_id", start.cast(pl.Int32).alias("start"),
        start.shift(-1).over("person_id").fill_null(FOREVER).cast(pl.Int32).alias("end"),
        pl.col("years").cum_sum().over("person_id"))  # fmt: skip


def paid_since(facts: Facts, law: Law, years: int) -> pl.DataFrame:
    """Who has paid so many years, and from which month on that opens a pension: TIMES.

    The month after the last of them was paid or came with the person (benefit/first_month), as with any other condition.
    """
    running = _counted(facts, law).sort("person_id", "month").with_columns(
        pl.col("years").cum_sum().over("person_id").alias("sum"))  # fmt: skip
    enough = running.filter(pl.col("sum") >= years).group_by("person_id").agg(
        (pl.col("month").min() + months_later(law)).alias("start"))  # fmt: skip
    return enough.with_columns(pl.lit(FOREVER, pl.Int32).alias("end"))


def _counted(facts: Facts, law: Law, *, makeup: bool = True) -> pl.DataFrame:
    """What adds to the count, and in which month: COUNTED.

    What came by the month of the register's statement is in its count, and so is every year that it names.
    """
    statements = stated(facts)
    told = statements.select("person_id", "stated_in")
    proxied = _proxied(facts)
    each = _each_once(pl.concat([_paid(facts, law, proxied, makeup=makeup), proxied.select(*_YEARS)]), law)
    since = _after(each, told).join(listed(facts), on=KEYS, how="anti")
    transferred = facts.of(FactKind.YEARS_TRANSFERRED).with_columns(month_number("holds_from").alias("came"))
    parts = [
        statements.select("person_id", pl.lit(BEGINNING, pl.Int32).alias("month"), pl.col("number").alias("years")),
        _after(transferred, told).select("person_id", pl.col("came").alias("month"), pl.col("number").alias("years")),
        since.select("person_id", "month", pl.lit(1).alias("years")),
    ]
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in COUNTED.items()) for part in parts])


def _after(rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The rows that came after the person's statement; all of them where there is none."""
    joined = rows.join(told, on="person_id", how="left")
    return joined.filter(pl.col("stated_in").is_null() | (pl.col("came") > pl.col("stated_in")))


def _each_once(years: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Every year of a person once, whoever paid it, with the ``month`` in which it was paid.

    By the rule of the month in which it came (contribution/year_counts_from): when the payer had done his part, so that
    an office that books late takes no month from anybody; or only when it was credited.
    """
    late = [pl.col("came").is_between(start, end, closed="left") for start, end in _only_when_credited(law)]
    month = pl.when(pl.any_horizontal(late)).then("booked").otherwise("paid") if late else pl.col("paid")
    counting = years.with_columns(month.alias("month")).drop_nulls("month")
    return counting.group_by(KEYS).agg(pl.col("came").min(), pl.col("month").min())


def _only_when_credited(law: Law) -> list[tuple[Month, Month]]:
    """The months (from, until) under the rule that a year counts when it is credited. Raises UnknownChoice."""
    rules = law.everywhere(COUNTS_FROM)
    return [(start, end) for start, end, word in rules if one_of(COUNTS_FROM, word, (COLLECTED, CREDITED)) == CREDITED]


def _paid(facts: Facts, law: Law, proxied: pl.DataFrame, *, makeup: bool) -> pl.DataFrame:
    """The years that stand as paid by the person himself (_YEARS); not those that went back whole for the employee scheme."""
    told = payments(facts, law).filter(pl.col("year") <= year_of(law.until - 1))
    stands, _ = standing(facts, law, told, proxied, BEGINNING)
    gone = overlaps(facts, law, stands["year"]).filter(pl.col("months") == 12)  # noqa: PLR2004 - the whole year
    kept = stands.filter(~pl.col("makeup") | makeup).join(gone, on=KEYS, how="anti")
    months = kept.select(*KEYS, pl.col("month").alias("came"), pl.col("month").alias("paid"))
    if not _only_when_credited(law):
        return months.with_columns(pl.lit(None, pl.Int32).alias("booked"))
    booked = _booked(facts, Item.OWN_CONTRIBUTION, Item.MAKEUP_CONTRIBUTION)
    return months.join(booked.select(*KEYS, "booked"), on=KEYS, how="left")


def _proxied(facts: Facts) -> pl.DataFrame:
    """The years that the county has paid and not taken back: _YEARS, ``month`` (as in PROXIED: here of the booking) and ``fen``.

    The payer's part was done when the county owed it, on the batch day. Whoever is proxied is under the pension age on
    that day, so that the January of the year stands for it: no pension can begin between the two.
    """
    booked = _booked(facts, Item.PROXY_CONTRIBUTION)
    january = pl.min_horizontal(pl.col("year") * 12, "booked").cast(pl.Int32)
    return booked.with_columns(pl.col("booked").alias("came"), pl.col("booked").alias("month"), january.alias("paid"))


def _booked(facts: Facts, *items: Item) -> pl.DataFrame:
    """The years of which something is credited, and since which month: ``person_id, year, fen, booked``."""
    of = facts.credits.filter(pl.col("item").is_in([int(item) for item in items]))
    net = of.group_by(KEYS).agg(pl.col("fen").sum(), pl.col("day").min()).filter(pl.col("fen") > 0)
    return net.select(*KEYS, "fen", month_number("day").alias("booked"))
