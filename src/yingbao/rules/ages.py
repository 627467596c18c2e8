"""On which day somebody reaches an age: as days, for the contribution (a pension counts months)."""

from __future__ import annotations

import polars as pl

from yingbao.rules.relations import FIRST_DAY, LAST_DAY, Facts

YOUNGEST = "age/contribution_age_years"
OLDEST = "age/pension_age_years"


def birthday(column: str, years: int) -> pl.Expr:
    """The day on which an age is reached, as days since 1970. 29 February: 1 March in common years."""
    year = pl.col(column).dt.year() + years
    leap_year = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    leapling = (pl.col(column).dt.month() == 2) & (pl.col(column).dt.day() == 29)  # noqa: PLR2004 - 29 February
    moved = leapling & ~leap_year
    month = pl.when(moved).then(3).otherwise(pl.col(column).dt.month())
    day = pl.when(moved).then(1).otherwise(pl.col(column).dt.day())
    return pl.date(year, month, day).to_physical().cast(pl.Int32)


def since_age(facts: Facts, years: int) -> pl.DataFrame:
    """Everybody whose birth is known, from the day of an age on: TIMES in days."""
    born = facts.persons.filter(pl.col("birth").is_not_null())
    return born.select("person_id", birthday("birth", years).alias("start"),
                       pl.lit(LAST_DAY, pl.Int32).alias("end"))  # fmt: skip


def birth_unknown(facts: Facts) -> pl.DataFrame:
    """Everybody whose birth is not known, at all times: TIMES in days."""
    return facts.persons.filter(pl.col("birth").is_null()).select(
        "person_id", pl.lit(FIRST_DAY, pl.Int32).alias("start"), pl.lit(LAST_DAY, pl.Int32).alias("end"))  # fmt: skip
