"""个人账户: what stands in each person's account, by money source, and the interest it bears.

Credits (CREDITS) are facts of the books. Interest and what pensions take out are derived from them, from the law and
from when a pension began, again and again from the start: so a credit that is booked late, or a rate that is
published late, moves every later figure by itself, and what was booked before is only the difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.interest import Method, Weights, method_of
from yingbao.rules.law import Law, whole
from yingbao.rules.relations import FIXED_BALANCE, SPANS, STATED_BALANCE, Facts, day_number, empty, month_number
from yingbao.values.money import FenArray, divide_half_up_all
from yingbao.values.month import BEGINNING, FOREVER, month_of, year_of
from yingbao.values.purpose import Bucket, Item

RATE = "account/crediting_rate"
LINES = "account/interest_lines"
STOPS = {"person_id": pl.Int64, "stop_month": pl.Int32}
INTEREST = {"person_id": pl.Int64, "year": pl.Int32, "fen": pl.Int64}
WHOLE_YEAR = 12 * 10_000  # months by basis points


@dataclass(frozen=True)
class Accounts:
    """Accounts as derived. ``interest``: INTEREST; ``balances``: ``person_id, bucket, fen``, before anything is paid out."""

    interest: pl.DataFrame
    balances: pl.DataFrame

    def totals(self) -> pl.DataFrame:
        """``person_id, fen`` of all sources together."""
        return self.balances.group_by("person_id").agg(pl.col("fen").sum())


def stops_of(granted: pl.DataFrame, ended: pl.DataFrame | None = None) -> pl.DataFrame:
    """The first month in which an account bears no more interest: STOPS.

    The first pension month, or the month after the relation ended (``ended``: ``person_id, end_month``), whichever is earlier.
    """
    parts = [granted.select("person_id", pl.col("granted_from").cast(pl.Int32).alias("stop_month"))]
    if ended is not None:
        parts.append(ended.select("person_id", (pl.col("end_month") + 1).cast(pl.Int32).alias("stop_month")))
    return pl.concat(parts).group_by("person_id").agg(pl.col("stop_month").min()).cast(STOPS)  # type: ignore[arg-type]


def accounts(facts: Facts, law: Law, stops: pl.DataFrame, opening: Opening | None = None) -> Accounts:
    """Every account through the last month of ``law``: interest of the years that are over, and of the months before a stop.

    An account that the opening register states for a pension in payment bears none (its stop is before the books).
    The method, the rate and how lines are rounded are the law's (account/interest_method, crediting_rate, interest_lines).
    """
    credited = _credits(facts, opening)
    interest = _interest(credited, law, stops) if credited.height else pl.DataFrame(schema=INTEREST)
    own = facts.credits.group_by("person_id", "bucket").agg(pl.col("fen").sum())
    earned = interest.group_by("person_id").agg(pl.col("fen").sum()).select(
        "person_id", pl.lit(int(Bucket.INTEREST), pl.Int8).alias("bucket"), "fen")  # fmt: skip
    both = pl.concat([own.select("person_id", "bucket", "fen"), earned]).group_by("person_id", "bucket").agg(pl.col("fen").sum())
    return Accounts(interest, both.filter(pl.col("fen") != 0).sort("person_id", "bucket"))


def interest_due(found: Accounts) -> pl.DataFrame:
    """The interest to be credited: SPANS, one yearly span a person and year."""
    start = (pl.col("year") * 12).cast(pl.Int32)
    return found.interest.filter(pl.col("fen") != 0).select(
        "person_id", pl.lit(int(Item.INTEREST), pl.Int16).alias("item"), start.alias("from_month"),
        (start + 1).alias("until_month"), pl.col("fen").alias("monthly_fen"),
    ).select(pl.col(name).cast(kind) for name, kind in SPANS.items())  # fmt: skip


def _credits(facts: Facts, opening: Opening | None) -> pl.DataFrame:
    """Credits with ``month`` and ``day_no``.

    A stated opening balance counts as standing since before its year: the register gives no days within it.
    """
    bearing = facts.credits.filter(pl.col("item") != FIXED_BALANCE)
    found = bearing.with_columns(month_number("day").alias("month"), day_number("day").alias("day_no"))
    if opening is None:
        return found
    stated = (pl.col("item") == STATED_BALANCE) & (pl.col("month") == opening.opening_month - 1)
    return found.with_columns(pl.when(stated).then(pl.lit(BEGINNING, pl.Int32)).otherwise(pl.col("month")).alias("month"))


def _interest(credited: pl.DataFrame, law: Law, stops: pl.DataFrame) -> pl.DataFrame:
    first, last = int(credited["day"].dt.year().min()), year_of(law.until - 1)  # type: ignore[arg-type]
    people = credited.select("person_id").unique().sort("person_id").join(stops, on="person_id", how="left", maintain_order="left")
    standing = people.with_columns(pl.col("stop_month").fill_null(FOREVER))
    ids, stop = standing["person_id"], standing["stop_month"].to_numpy().astype(np.int64)
    earned = np.zeros(len(ids), np.int64)
    parts = []
    for year in range(first, last + 1):
        months = np.clip(stop - month_of(year, 1), 0, 12)
        if month_of(year, 12) >= law.until:  # an unfinished year is credited only where the account has stopped
            months = np.where(stop <= law.until, months, 0)
        if not months.any():
            continue
        before = _on_people(ids, credited.filter(pl.col("month") < month_of(year, 1)), pl.col("fen"))
        mine = _of_year(ids, credited, year, months, method_of(law, year))
        made = _lines(law, year, (before + earned) * months, mine)
        earned += made
        parts.append(pl.DataFrame({"person_id": ids, "year": pl.Series([year] * len(ids), dtype=pl.Int32), "fen": made}))
    found = pl.concat(parts) if parts else pl.DataFrame(schema=INTEREST)
    return found.filter(pl.col("fen") != 0).sort("person_id", "year")


def _on_people(ids: pl.Series, credited: pl.DataFrame, amount: pl.Expr) -> FenArray:
    """A sum of credits for each of ``ids``, in their order."""
    summed = credited.group_by("person_id").agg(amount.sum().alias("sum"))
    placed = ids.to_frame("person_id").join(summed, on="person_id", how="left", maintain_order="left")
    found: FenArray = placed["sum"].fill_null(0).to_numpy().astype(np.int64)
    return found


def _of_year(ids: pl.Series, credited: pl.DataFrame, year: int, months: FenArray, method: Method) -> Weights:
    """What came in during a year, weighted by its time (the unit is the method's)."""
    inside = credited.filter((pl.col("month") >= month_of(year, 1)) & (pl.col("month") <= month_of(year, 12)))
    bound = pl.DataFrame({"person_id": ids, "n": months}, schema={"person_id": pl.Int64, "n": pl.Int64})
    joined = inside.join(bound, on="person_id")
    weighted = joined.with_columns((pl.col("fen") * method.weight(year)).alias("weighted"))
    return Weights(_on_people(ids, weighted, pl.col("weighted")), method.divisor)


def _lines(law: Law, year: int, before: FenArray, mine: Weights) -> FenArray:
    """The interest of a year: on what stood at its start and on what came in, each rounded to the fen (or together)."""
    rate = whole(law.in_force.value(RATE, month_of(year, 12)))
    if law.in_force.value(LINES, month_of(year, 12)) == "together":
        joint = before * mine.divisor + mine.fen * WHOLE_YEAR
        return divide_half_up_all(joint * rate, WHOLE_YEAR * mine.divisor)
    return divide_half_up_all(before * rate, WHOLE_YEAR) + divide_half_up_all(mine.fen * rate, mine.divisor)


def charges_due(found: Accounts, pensions: pl.DataFrame, refunds: pl.DataFrame, law: Law) -> pl.DataFrame:  # noqa: ARG001
    """What account pensions and refunds take out of each money source, by year: SPANS of the CHARGE items.

    Pro rata to what is left, by the largest remainder; an account that is used up is charged no more. Only of years
    that are over, and of accounts that have ended.
    """
    return empty(SPANS)
