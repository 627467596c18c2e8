"""On which day somebody reaches an age: as days, for the contribution (a pension counts months)."""

from __future__ import annotations

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.relations import FIRST_DAY, LAST_DAY, Facts, month_number

YOUNGEST = "age/contribution_age_years"
OLDEST = "age/pension_age_years"
REACHED = "age/reached"
FIRST_MONTH = "benefit/first_month"


def _day_after(law: Law) -> bool:
    return law.word(REACHED, "on_the_day", "day_after") == "day_after"


def months_later(law: Law) -> int:
    """How many months after the month in which its conditions are met a pension begins (benefit/first_month)."""
    return int(law.word(FIRST_MONTH, "month_after_qualifying", "same_month") == "month_after_qualifying")


def month_of_birth(law: Law) -> pl.Expr:
    """The month from which whole years of age are counted: that of ``birth``, or of the day after it (age/reached)."""
    if not _day_after(law):
        return month_number("birth")
    last = pl.col("birth").dt.month_end() == pl.col("birth")
    return (month_number("birth") + last.cast(pl.Int32)).cast(pl.Int32)


def birthday(column: str, years: int, law: Law) -> pl.Expr:
    """The day on which an age is reached, as days since 1970: the birthday or the day after it (age/reached).

    29 February: 1 March in common years.
    """
    year = pl.col(column).dt.year() + years
    leap_year = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    leapling = (pl.col(column).dt.month() == 2) & (pl.col(column).dt.day() == 29)  # noqa: PLR2004 - 29 February
    moved = leapling & ~leap_year
    month = pl.when(moved).then(3).otherwise(pl.col(column).dt.month())
    day = pl.when(moved).then(1).otherwise(pl.col(column).dt.day())
    return (pl.date(year, month, day).to_physical() + int(_day_after(law))).cast(pl.Int32)


def since_age(facts: Facts, years: int, law: Law) -> pl.DataFrame:
    """Everybody whose birth is known, from the day of an age on: TIMES in days."""
    born = facts.persons.filter(pl.col("birth").is_not_null())
    return born.select("person_id", birthday("birth", years, law).alias("start"),
                       pl.lit(LAST_DAY, pl.Int32).alias("end"))  # fmt: skip


def birth_unknown(facts: Facts) -> pl.DataFrame:
    """Everybody whose birth is not known, at all times: TIMES in days."""
    return facts.persons.filter(pl.col("birth").is_null()).select(
        "person_id", pl.lit(FIRST_DAY, pl.Int32).alias("start"), pl.lit(LAST_DAY, pl.Int32).alias("end"))  # fmt: skip
