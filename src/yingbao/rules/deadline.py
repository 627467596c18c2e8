"""缴费截止: a payment after the year's last day counts for the next year, or goes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from yingbao.rules.law import Law, whole
from yingbao.rules.relations import day_number, day_of
from yingbao.rules.tiers import has_tiers
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of

CLOSES = "contribution/closed_days_at_year_end"
LATE = "contribution/late_payment"
NEXT_YEAR, REFUSED = "next_year", "refused"
AFTER_DEADLINE = "after_deadline"
_MOST = 364


class ClosesOutsideTheYear(YingbaoError):
    """The days at the end of a year in which nobody may pay are no part of a year."""

    zh = "参数“{name}”在 {year} 年是 {days} 天，应为0到364天。请政策管理员改正。没有推算。"
    en = "The parameter '{name}' is {days} days in {year}; it must be 0 to 364. Correct it; nothing was derived."


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which a year may be paid, and what becomes of an own payment after it (NEXT_YEAR or REFUSED)."""

    year: int
    last: date
    rule: str

    def late(self, day: date) -> bool:
        """Whether a payment of this year on a day of it comes too late."""
        return day.year == self.year and day > self.last


def deadline(law: Law, year: int) -> Deadline | None:
    """The deadline of a year; None where the whole year is open, or the law names no tiers yet. Raises ClosesOutsideTheYear."""
    if not has_tiers(law, year):
        return None
    month = month_of(year, 12)
    days = whole(law.in_force.value(CLOSES, month))
    if not 0 <= days <= _MOST:
        raise ClosesOutsideTheYear(name=CLOSES, year=year, days=days)
    if days == 0:
        return None
    return Deadline(year, date(year, 12, 31) - timedelta(days=days), law.word(LATE, NEXT_YEAR, REFUSED, month=month))


def deadlines(law: Law, years: Iterable[int]) -> list[Deadline]:
    """Those of some years that have one."""
    return [one for year in sorted(set(years)) if (one := deadline(law, year)) is not None]


def in_their_years(told: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Payments (FACTS whose ``value`` is a year) by the year for which they count.

    Added: ``paid_on``, the day of payment, and ``late``, too late and to go back. Money that counts for the next year counts
    from its first day: until then it waits. Only an own payment made in its own year can be late; a make-up is for years gone by.
    """
    own = pl.col("kind") == int(FactKind.OWN_PAYMENT)
    marked = told.with_columns(pl.col("holds_from").alias("paid_on"), pl.lit(value=False).alias("late"))
    years = told.filter(own & (pl.col("value") == pl.col("holds_from").dt.year().cast(pl.String)))["value"].unique().to_list()
    for one in deadlines(law, map(int, years)):
        after = own & (pl.col("value") == str(one.year)) & (pl.col("paid_on").dt.year() == one.year)
        after &= day_number("paid_on") > day_of(one.last)
        if one.rule == REFUSED:
            marked = marked.with_columns((pl.col("late") | after).alias("late"))
            continue
        marked = marked.with_columns(
            pl.when(after).then(pl.lit(date(one.year + 1, 1, 1))).otherwise("holds_from").alias("holds_from"),
            pl.when(after).then(pl.lit(str(one.year + 1))).otherwise("value").alias("value"))  # fmt: skip
    return marked
