"""The columns a rule may see, and nothing else.

Every relation is a Polars frame. ``store.tables`` reads them as known on a moment; case
documents build them by hand. Rules never touch a database and never read the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from yingbao.values.facts import FactKind
from yingbao.values.month import FOREVER, first_day, last_day, month_of

PERSONS = {"person_id": pl.Int64, "birth": pl.Date}
FACTS = {
    "person_id": pl.Int64,
    "kind": pl.Int16,
    "value": pl.String,
    "number": pl.Int64,
    "holds_from": pl.Date,
    "holds_until": pl.Date,
    "fact_id": pl.Int64,
}
# What came into individual accounts: money source (Bucket), the item that brought it, the year it is for, the day of
# crediting. Interest and charges that were booked are not among them: they are derived again.
CREDITS = {
    "person_id": pl.Int64, "bucket": pl.Int8, "item": pl.Int16, "year": pl.Int32, "day": pl.Date, "fen": pl.Int64,
}  # fmt: skip
STATED_BALANCE = 0  # an item of CREDITS: what the opening register says stood in the account
FIXED_BALANCE = -1  # an item of CREDITS: a balance with all its interest, as a case document gives it
SPANS = {
    "person_id": pl.Int64,
    "item": pl.Int16,
    "from_month": pl.Int32,
    "until_month": pl.Int32,
    "monthly_fen": pl.Int64,
}
STEPS = {"person_id": pl.Int64, "item": pl.Int16, "month": pl.Int32, "monthly_fen": pl.Int64}
# A criterion's spans count months or days by its question: one word for both.
TIMES = {"person_id": pl.Int64, "start": pl.Int32, "end": pl.Int32}

FIRST_DAY = -719_162  # 0001-01-01 as days since 1970: before everybody
LAST_DAY = 2_932_896  # 9999-12-31


def empty(schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """A frame with the columns and no rows."""
    return pl.DataFrame(schema=schema)


def month_number(column: str) -> pl.Expr:
    """The month integer of a Date column."""
    return (pl.col(column).dt.year().cast(pl.Int32) * 12 + pl.col(column).dt.month().cast(pl.Int32) - 1).cast(pl.Int32)


def day_number(column: str) -> pl.Expr:
    """A Date column as days since 1970."""
    return pl.col(column).to_physical().cast(pl.Int32)


@dataclass(frozen=True)
class Facts:
    """What is known of people: ``persons`` (PERSONS), ``facts`` (FACTS), ``credits`` (CREDITS)."""

    persons: pl.DataFrame
    facts: pl.DataFrame
    credits: pl.DataFrame = field(default_factory=lambda: empty(CREDITS))
    # What criteria have answered of these very relations (``criterion.answer_of``): several questions ask the same.
    answers: dict[object, tuple[object, object]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def kinds(self) -> frozenset[int]:
        """The kinds of which any fact is told: most are not, and need no search."""
        return frozenset(self.facts["kind"].unique().to_list())

    def of(self, *kinds: FactKind, values: tuple[str, ...] | None = None) -> pl.DataFrame:
        """The facts of some kinds (and, if given, some values)."""
        wanted = [int(one) for one in kinds if int(one) in self.kinds]
        if not wanted:
            return self.facts.clear()
        kind = pl.col("kind")
        chosen = self.facts.filter(kind == wanted[0] if len(wanted) == 1 else kind.is_in(wanted))
        return chosen if values is None else chosen.filter(pl.col("value").is_in(values))

    def only(self, person_ids: list[int]) -> Facts:
        """The same relations for some people."""
        wanted = pl.col("person_id").is_in(person_ids)
        return self.cut_to(Facts(*(one.filter(wanted) for one in (self.persons, self.facts, self.credits))))

    def cut_to(self, part: Facts) -> Facts:
        """A part of these relations; these themselves where it is all of them, with what they have answered."""
        whole = all(mine.height == its.height for mine, its in (
            (self.persons, part.persons), (self.facts, part.facts), (self.credits, part.credits)))  # fmt: skip
        return self if whole else part


def in_months(facts: pl.DataFrame, *, from_next: bool = False, until_next: bool = True) -> pl.DataFrame:
    """Dated facts as months (TIMES).

    ``from_next``: the first month is the one after the first day. ``until_next``: the last
    month is that of the last day (the span ends with it); otherwise the month before.
    """
    start = month_number("holds_from") + int(from_next)
    # Some write the end of time into an open end: it is cut to the last month there is.
    end = (month_number("holds_until") + int(until_next)).fill_null(FOREVER).clip(upper_bound=FOREVER)
    return facts.select("person_id", start.cast(pl.Int32).alias("start"), end.cast(pl.Int32).alias("end"))


def in_days(facts: pl.DataFrame) -> pl.DataFrame:
    """Dated facts as days (TIMES), both ends included in the fact."""
    end = (day_number("holds_until") + 1).fill_null(LAST_DAY).clip(upper_bound=LAST_DAY)
    return facts.select("person_id", day_number("holds_from").alias("start"), end.cast(pl.Int32).alias("end"))


def within(times: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """The part of spans (TIMES) from one month or day until another."""
    cut = times.with_columns(pl.col("start").clip(lower_bound=first).cast(pl.Int32), pl.col("end").clip(upper_bound=last).cast(pl.Int32))
    return cut.filter(pl.col("start") < pl.col("end"))


def day_of(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def months_of_year(days: pl.DataFrame, year: int) -> pl.DataFrame:
    """The months of a year in which a person has a day of spans (TIMES in days): ``person_id, month``, each once."""
    parts = [pl.DataFrame(schema={"person_id": pl.Int64, "month": pl.Int32})]
    for month in range(month_of(year, 1), month_of(year, 12) + 1):
        inside = days.filter((pl.col("start") <= day_of(last_day(month))) & (pl.col("end") > day_of(first_day(month))))
        parts.append(inside.select(pl.col("person_id").unique()).with_columns(pl.lit(month, pl.Int32).alias("month")))
    return pl.concat(parts)
