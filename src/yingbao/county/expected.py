"""What the story should come to, by a second route: straight from the people drawn, not from the files.

The program never reads this; tests and the demonstration's closing lines compare with it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.county import dirt
from yingbao.county.cast import DESTITUTE, POVERTY, RURAL, URBAN
from yingbao.county.delivery import DIRTIER
from yingbao.county.people import County
from yingbao.values.month import Month, month_of

_NOVEMBER, _DECEMBER = month_of(2018, 11), month_of(2018, 12)
# On a day: which rosters had been told by then, and of which month.
BY_NOVEMBER = {POVERTY: _NOVEMBER, URBAN: _NOVEMBER, DESTITUTE: _NOVEMBER}
BY_DECEMBER = {POVERTY: _DECEMBER, URBAN: _DECEMBER, DESTITUTE: _DECEMBER, RURAL: _DECEMBER}


def readable(county: County, told: dict[str, Month]) -> pl.DataFrame:
    """Claims that stand on a told roster in a row that needs nobody: number, roster, flagged_from.

    Faults of whole households (16, 38) and of a sheet are not followed here.
    """
    kept = pl.concat(
        [
            county.claims.filter(
                (pl.col("roster") == roster) & (pl.col("from_month") <= month) & (pl.col("until_month") > month)
            ).with_columns(month=pl.lit(month))
            for roster, month in told.items()
        ]
    ).join(county.people.select("number", "name", "id18", "group"), on="number")
    held = [
        (row["group"] != "story" and _fault(county, row) in dirt.HELD_BACK - {17, 18, 24}) or "□" in row["name"]
        for row in kept.iter_rows(named=True)
    ]
    return kept.filter(~pl.Series(held)).select("number", "roster", "flagged_from", "month")


def _fault(county: County, row: dict[str, object]) -> int:
    number, month = int(str(row["number"])), int(str(row["month"]))
    name, id18 = str(row["name"]), str(row["id18"])
    return dirt.choose(county.seed, str(row["roster"]), number, name, id18, month, DIRTIER[county.size])


def proxied(county: County, told: dict[str, Month], on: date) -> pl.Series:
    """Numbers of the people whose contribution the treasury pays, from the rosters told by a day.

    16 to 59 on that day, in a category that counts at the entry, not flagged out of poverty, not excluded.
    """
    claims = readable(county, told).filter(
        pl.col("flagged_from").is_null() | (pl.col("flagged_from") > pl.col("month"))
    )
    people = county.people.filter(
        pl.col("number").is_in(claims["number"].unique().to_list())
        & (pl.col("excluded") == "")
        & (pl.col("birth").dt.offset_by("16y") <= on)
        & (pl.col("birth").dt.offset_by("60y") > on)
    )
    return people["number"].sort()


def poor_elders(county: County, told: dict[str, Month], on: date) -> pl.Series:
    """Numbers of the people of 60 and more on a day who are poor and draw no pension yet."""
    claims = readable(county, told)
    people = county.people.filter(
        pl.col("number").is_in(claims["number"].unique().to_list())
        & (pl.col("role") != "pensioner")
        & (pl.col("excluded") == "")
        & (pl.col("birth").dt.offset_by("60y") <= on)
    )
    return people["number"].sort()
