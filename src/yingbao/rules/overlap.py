"""Months of a year in the employee scheme as well: 人社部发〔2014〕17号 同年重复缴费."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.relations import Facts, in_days, months_of_year
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of

OVERLAP = "contribution/same_year_overlap"
OVERLAPS = {"person_id": pl.Int64, "year": pl.Int32, "months": pl.Int64, "since": pl.Int32}


def overlaps(facts: Facts, law: Law, years: Iterable[int]) -> pl.DataFrame:
    """The months of each year on some day of which a person is in another state scheme: OVERLAPS, where there are any.

    ``since``: the first of them. Years in which the law lets the year stand (``year_stands``), and those before there was a
    rule, have none.
    """
    days = in_days(facts.of(FactKind.OTHER_SCHEME))
    parts = [pl.DataFrame(schema=OVERLAPS)]
    for year in sorted(set(years)) if days.height else []:
        december = month_of(year, 12)
        if not law.in_force.spans(OVERLAP, december, december + 1):
            continue
        if law.word(OVERLAP, "by_months", "year_stands", month=december) == "by_months":
            parts.append(months_of_year(days, year).group_by("person_id").agg(
                pl.lit(year, pl.Int32).alias("year"), pl.len().cast(pl.Int64).alias("months"),
                pl.col("month").min().alias("since")).select(*OVERLAPS))  # fmt: skip
    return pl.concat(parts)
