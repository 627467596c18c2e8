"""What was credited and is taken back again: from when, for interest, the money has stood that is left.

A reversal carries the day of what it takes back, and what is put back carries the day of the reversal it undoes: interest
is as if neither had been. Only money that rightly came in and goes back because another paid (the county, the employee
scheme) bore interest until it left. The choice is account/interest_of_money_taken_back; decision 0015.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, month_number

TAKEN_BACK = "account/interest_of_money_taken_back"
GOES_TOO, STAYS = "goes_too", "stays"
# What people and collectives rightly paid for a year, also what of it went back because another paid.
RIGHT = {"person_id": pl.Int64, "item": pl.Int16, "year": pl.Int32, "fen": pl.Int64}
_OF = ["person_id", "bucket", "item", "year"]


def bearing(came: pl.DataFrame, law: Law, right: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """CREDITS as they bear interest: the same sums, each fen from the day from which it counts.

    By the rule of the month in which something was last taken back. ``right``: RIGHT, asked only where it matters.
    """
    last = came.filter(pl.col("fen") < 0).group_by(_OF).agg(month_number("day").max().alias("month"))
    rules = {month: law.word(TAKEN_BACK, GOES_TOO, STAYS, month=law.nearest(TAKEN_BACK, month))
             for month in last["month"].unique().to_list()}  # fmt: skip
    going = last.filter(pl.col("month").is_in([month for month, rule in rules.items() if rule == GOES_TOO])).select(_OF)
    if going.is_empty():
        return came
    days = came.join(going, on=_OF, how="semi").group_by(*_OF, "day").agg(pl.col("fen").sum()).sort(*_OF, "day").with_columns(
        pl.col("fen").cum_sum().over(_OF).alias("level")).join(
        right().rename({"fen": "right"}), on=["person_id", "item", "year"], how="left", maintain_order="left")  # fmt: skip
    # Filled where it was taken out and put back, and never above what is left or was right.
    filled = pl.min_horizontal(pl.col("level").cum_max().over(_OF), pl.col("level").cum_max(reverse=True).over(_OF))
    most = pl.max_horizontal(pl.col("level").last().over(_OF), pl.col("right").fill_null(0))
    stood = days.with_columns(pl.min_horizontal(filled, most).alias("stood"))
    moved = stood.with_columns((pl.col("stood") - pl.col("stood").shift(1).over(_OF).fill_null(0)).alias("fen"))
    kept = moved.filter(pl.col("fen") != 0).select(pl.col(name).cast(kind) for name, kind in CREDITS.items())
    return pl.concat([came.join(going, on=_OF, how="anti"), kept])
