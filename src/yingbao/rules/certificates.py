"""资格认证: until when a pensioner counts as known to live. Past that day money waits; nothing is taken away.

A certificate of a month is good to the last day of the same month a period later (hold/life_certificate_months): who
certifies in the same month every year never lapses, on whichever day of it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts, month_number
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, month_of_date
from yingbao.values.purpose import MONTHLY

MONTHS = "hold/life_certificate_months"
AT_OPENING = "hold/certified_at_opening"
AT_FIRST_PENSION = "hold/certified_at_first_pension"

# The five ways to show that one lives.
WAYS: dict[str, str] = {
    "counter": "经办窗口", "phone": "手机", "kiosk": "自助终端", "village_visit": "村（居）上门", "data_trace": "数据比对",
}  # fmt: skip
WAY_ZH = {**WAYS, "application": "申领", "presumed": "视同已认证"}
# Certificates, applications (made in person) and deaths (the dead are not asked).
READS = (FactKind.LIFE_CERTIFICATE, FactKind.APPLICATION, FactKind.DEATH)
PENSIONS = {"person_id": pl.Int64, "pension_from": pl.Int32}


def first_pensions(steps: pl.DataFrame) -> pl.DataFrame:
    """The first month with a pension of each person in recognised STEPS: PENSIONS."""
    monthly = steps.filter(pl.col("item").is_in([int(item) for item in MONTHLY]) & (pl.col("monthly_fen") > 0))
    found = monthly.group_by("person_id").agg(pl.col("month").min().alias("pension_from"))
    return found.select(pl.col(name).cast(kind) for name, kind in PENSIONS.items())


def granted_pensions(granted: pl.DataFrame) -> pl.DataFrame:
    """The first month with a pension of each person in ``entitlement.grants``: PENSIONS."""
    return granted.select("person_id", pl.col("granted_from").cast(pl.Int32).alias("pension_from"))


def good_until(facts: Facts, pensions: pl.DataFrame, day: date, law: Law, opening: Opening | None) -> pl.DataFrame:
    """The last day on which each living pensioner's certificate is good, as of a day: ``person_id, way, good_until``.

    ``pensions``: PENSIONS. Only what was certified by the day counts. ``way``: of WAYS, or ``application``, or
    ``presumed`` for the first period. ``good_until`` is null where nothing was ever certified.
    """
    asked = _asked(facts, pensions, day)
    every = _certified(facts, asked, day, law, opening).with_columns(_last_month(law).alias("last"))
    in_order = every.sort("last", "certified", "way", descending=[True, True, False])
    longest = in_order.unique("person_id", keep="first", maintain_order=True)
    last = pl.col("last")
    dated = longest.with_columns(pl.date(last // 12, last % 12 + 1, 1).dt.month_end().alias("good_until"))
    return asked.select("person_id").join(dated.select("person_id", "way", "good_until"), on="person_id", how="left")


def _asked(facts: Facts, pensions: pl.DataFrame, day: date) -> pl.DataFrame:
    """The living with a pension: PENSIONS."""
    dead = facts.of(FactKind.DEATH).filter(pl.col("holds_from") <= pl.lit(day))
    return pensions.filter(pl.col("pension_from").is_not_null()).join(dead, on="person_id", how="anti").select(*PENSIONS)


def _certified(facts: Facts, asked: pl.DataFrame, day: date, law: Law, opening: Opening | None) -> pl.DataFrame:
    """Every certification by the day, with its month: ``person_id, way, certified``."""
    told = facts.of(FactKind.LIFE_CERTIFICATE, FactKind.APPLICATION).filter(pl.col("holds_from") <= pl.lit(day))
    way = pl.when(pl.col("kind") == int(FactKind.APPLICATION)).then(pl.lit("application")).otherwise(pl.col("value"))
    shown = told.select("person_id", way.alias("way"), month_number("holds_from").alias("certified"))
    return pl.concat([shown, _presumed(asked, law, opening)])


def _presumed(asked: pl.DataFrame, law: Law, opening: Opening | None) -> pl.DataFrame:
    """The first period, which nobody has to certify: of those in payment when the books opened, and of new pensioners."""
    opened = BEGINNING if opening is None else opening.opening_month
    before = pl.col("pension_from") < opened
    wanted = pl.when(before).then(pl.lit(law.is_on(AT_OPENING))).otherwise(pl.lit(law.is_on(AT_FIRST_PENSION)))
    return asked.filter(wanted).select(
        "person_id", pl.lit("presumed").alias("way"),
        pl.col("pension_from").clip(lower_bound=opened).cast(pl.Int32).alias("certified"))  # fmt: skip


def _last_month(law: Law) -> pl.Expr:
    """The last month in which what was ``certified`` is good, by the law of the month in which it was."""
    months = pl.lit(0)
    for from_month, until_month, count in law.reaching(MONTHS):
        within = (pl.col("certified") >= from_month) & (pl.col("certified") < until_month)
        months = pl.when(within).then(count).otherwise(months)
    return (pl.col("certified") + months).cast(pl.Int32)


def lapsed(facts: Facts, pensions: pl.DataFrame, day: date, law: Law, opening: Opening | None) -> pl.DataFrame:
    """The living pensioners whose certificate is not good on a day: ``person_id``."""
    asked = _asked(facts, pensions, day)
    good = _certified(facts, asked, day, law, opening).filter(_last_month(law) >= month_of_date(day))
    return asked.join(good, on="person_id", how="anti").select("person_id")
