"""个人账户: what stands in each person's account, by money source, and the interest it bears.

Credits (CREDITS) are facts of the books. Interest and what pensions take out are derived from them, from the law and
from when a pension began, again and again from the start: so a credit that is booked late, or a rate that is
published late, moves every later figure by itself, and what was booked before is only the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.endings import absences
from yingbao.rules.interest import YearRules, rates_of, rules_of
from yingbao.rules.law import Law, one_of
from yingbao.rules.relations import FIXED_BALANCE, SPANS, STATED_BALANCE, TIMES, Facts, day_number, empty, month_number
from yingbao.values.money import FenArray
from yingbao.values.month import FOREVER, Month, month_of, year_of
from yingbao.values.purpose import Bucket, Item
from yingbao.values.steps import add_steps

AWARD_YEAR = "account/interest_in_year_of_award"
OPENING_BEARS = "account/opening_balance_bears_from"
TO_MONTH_BEFORE, NONE = "to_month_before_first_payment", "none"
STOPS = {"person_id": pl.Int64, "stop_month": pl.Int32, "awarded": pl.Boolean}
INTEREST = {"person_id": pl.Int64, "year": pl.Int32, "fen": pl.Int64}
BALANCES = {"person_id": pl.Int64, "bucket": pl.Int8, "fen": pl.Int64}


@dataclass(frozen=True)
class Accounts:
    """Accounts as derived, before anything is paid out. ``interest``: INTEREST; ``balances``: BALANCES; ``stops``: STOPS.

    ``away``: the months (TIMES) between endings and returns, in which nothing is earned.
    """

    interest: pl.DataFrame
    balances: pl.DataFrame
    stops: pl.DataFrame
    away: pl.DataFrame = field(default_factory=lambda: empty(TIMES))

    def totals(self) -> pl.DataFrame:
        """``person_id, fen`` of all sources together."""
        return self.balances.group_by("person_id").agg(pl.col("fen").sum())


def stops_of(granted: pl.DataFrame, ended: pl.DataFrame | None = None) -> pl.DataFrame:
    """The first month in which an account bears no more interest, and whether an award stopped it: STOPS.

    The first pension month, or the month after the relation ended (``ended``: ``person_id, end_month``), whichever is earlier.
    """
    def stop(frame: pl.DataFrame, month: pl.Expr, *, awarded: bool) -> pl.DataFrame:
        return frame.select("person_id", month.cast(pl.Int32).alias("stop_month"), pl.lit(awarded).alias("awarded"))

    parts = [stop(granted, pl.col("granted_from"), awarded=True)]
    if ended is not None:
        parts.append(stop(ended, pl.col("end_month") + 1, awarded=False))
    return pl.concat(parts).sort("person_id", "stop_month", "awarded").unique("person_id", keep="first", maintain_order=True)


def accounts(
    facts: Facts, law: Law, stops: pl.DataFrame, opening: Opening | None = None, over_until: Month | None = None,
    bears: pl.DataFrame | None = None,
) -> Accounts:  # fmt: skip
    """Every account through the last month of ``law``: interest of the years that are over, and of the months before a stop.

    The months between an ending and a return earn nothing.
    An account that the opening register states for a pension in payment bears none (its stop is before the books).
    The method, the rate and how lines are rounded are the law's (account/interest_method, crediting_rate, interest_lines).
    ``over_until``: the first month that is not over, if that is before the end of ``law``. ``bears``: the credits as they
    bear interest (``taken_back.bearing``), where that is not each from its day.
    """
    over = law.until if over_until is None else min(over_until, law.until)
    bearing = (facts.credits if bears is None else bears).filter(pl.col("item") != FIXED_BALANCE)
    away, interest = absences(facts), pl.DataFrame(schema=INTEREST)
    if bearing.height:
        interest = _interest(_Bearing.of(bearing, law, stops, away, opening), law, over)
    earned = interest.select("person_id", pl.lit(int(Bucket.INTEREST), pl.Int8).alias("bucket"), "fen")
    balances = add_steps([facts.credits.select(*BALANCES), earned], ["person_id"], "fen", at="bucket")
    return Accounts(interest, balances, stops, away)


def interest_due(*parts: pl.DataFrame) -> pl.DataFrame:
    """Interest (INTEREST, several parts) to be credited: SPANS, one yearly span a person and year."""
    summed = add_steps(parts, ["person_id"], "fen", at="year")
    start = (pl.col("year") * 12).cast(pl.Int32)
    return summed.select(
        "person_id", pl.lit(int(Item.INTEREST), pl.Int16).alias("item"), start.alias("from_month"),
        (start + 1).alias("until_month"), pl.col("fen").alias("monthly_fen"),
    ).select(pl.col(name).cast(kind) for name, kind in SPANS.items())  # fmt: skip


@dataclass(frozen=True)
class _Bearing:
    """Credits that bear interest, in arrays: people (``ids``, ``stop``, ``awarded``), and credits with their person's ``place``.

    ``since``: the month from which a balance of the opening register bears as money that stands; -1 for what came in on
    a day. ``away``: months (from, until) in which people had left the scheme, once for each of several times.
    """

    ids: FenArray
    stop: FenArray
    awarded: FenArray
    place: FenArray
    fen: FenArray
    month: FenArray
    day: FenArray
    since: FenArray
    away: list[tuple[FenArray, FenArray]]

    @classmethod
    def of(cls, bearing: pl.DataFrame, law: Law, stops: pl.DataFrame, away: pl.DataFrame, opening: Opening | None) -> _Bearing:
        people = bearing.select("person_id").unique().sort("person_id")
        standing = people.join(stops, on="person_id", how="left", maintain_order="left")
        ids = people["person_id"].to_numpy()
        # The sources of a credit are no matter for its interest: what came in on a day is one amount.
        stated = pl.lit(value=False) if opening is None else (
            (pl.col("item") == STATED_BALANCE) & (month_number("day") == opening.opening_month - 1))  # fmt: skip
        told = bearing.select("person_id", day_number("day").alias("day"), stated.cast(pl.Int8).alias("stated"), "fen")
        timed = add_steps([told], ["person_id", "stated"], "fen", at="day").with_columns(pl.col("day").cast(pl.Date).alias("date"))
        month = timed.select(month_number("date"))["date"].to_numpy().astype(np.int64)
        since = np.full(len(month), -1, np.int64)
        if opening is not None:
            since[timed["stated"].to_numpy() == 1] = opening_bears_from(law, opening)
        return cls(
            ids, standing["stop_month"].fill_null(FOREVER).to_numpy().astype(np.int64),
            standing["awarded"].fill_null(value=False).to_numpy(), np.searchsorted(ids, timed["person_id"].to_numpy()),
            timed["fen"].to_numpy(), month, timed["day"].to_numpy().astype(np.int64), since, one_by_one(people, away),
        )  # fmt: skip

    def earning(self, law: Law, year: int, over: Month) -> FenArray:
        """How many months of a year each person's account bears interest, 0 to 12; 0 while the year is not over.

        An unfinished year is credited only where the account has stopped.
        """
        months = np.clip(self.stop - month_of(year, 1), 0, 12)
        if month_of(year, 12) >= over:
            months = np.where(self.stop <= law.until, months, 0)
        stopped_by_award = self.awarded & (months > 0) & (self.stop <= month_of(year, 12))
        if stopped_by_award.any() and law.switch_of_year(AWARD_YEAR, year, (TO_MONTH_BEFORE, NONE)) == NONE:
            months = np.where(stopped_by_award, 0, months)
        return months

    def present(self, year: int, months: FenArray) -> FenArray:
        """Of the first ``months`` of a year those in which people were in the scheme."""
        return self._while_present(year, months, lambda upto: upto)

    def standing(self, year: int, months: FenArray) -> FenArray:
        """Fen × months of what stood at the start of a year or counts as standing, person by person."""
        january, stated = month_of(year, 1), self.since >= 0

        def earned(upto: FenArray) -> FenArray:
            mine = upto[self.place]
            of_day = np.where(self.month < january, mine, 0)
            of_stated = np.maximum(january + mine - np.maximum(self.since, january), 0)
            return self._summed(self.fen * np.where(stated, of_stated, of_day))

        return self._while_present(year, months, earned)

    def incoming(self, rules: YearRules, months: FenArray) -> FenArray:
        """Fen × weight of what came in during a year, person by person."""
        january = month_of(rules.year, 1)
        inside = (self.month >= january) & (self.month < january + 12) & (self.since < 0)
        place = self.place[inside]

        def earned(upto: FenArray) -> FenArray:
            weight = rules.method.weight(rules.year, self.month[inside], self.day[inside], upto[place])
            found = np.zeros(len(self.ids), np.int64)
            np.add.at(found, place, self.fen[inside] * weight)
            return found

        return self._while_present(rules.year, months, earned)

    def _while_present(self, year: int, months: FenArray, earned: Callable[[FenArray], FenArray]) -> FenArray:
        """What the first ``months`` of a year earn, less what those would earn in which people had left the scheme.

        ``earned``: what so many months of the year earn, person by person.
        """
        found = earned(months)
        for begins, ends in self.away:
            low, high = (np.clip(one - month_of(year, 1), 0, months) for one in (begins, ends))
            if (low < high).any():
                found = found - (earned(high) - earned(low))
        return found

    def _summed(self, weighted: FenArray) -> FenArray:
        found = np.zeros(len(self.ids), np.int64)
        np.add.at(found, self.place, weighted)
        return found


def one_by_one(people: pl.DataFrame, away: pl.DataFrame) -> list[tuple[FenArray, FenArray]]:
    """Spans of months (TIMES) as arrays along ``people``: the first of each person, then the second, and so on."""
    numbered = away.join(people, on="person_id", how="semi").with_columns(
        pl.int_range(pl.len()).over("person_id", order_by="start").alias("turn"))  # fmt: skip
    found = []
    for turn in sorted(numbered["turn"].unique().to_list()):
        of = people.join(numbered.filter(pl.col("turn") == turn), on="person_id", how="left", maintain_order="left")
        begins, ends = (of[name].fill_null(FOREVER).to_numpy().astype(np.int64) for name in ("start", "end"))
        found.append((begins, ends))
    return found


def opening_bears_from(law: Law, opening: Opening) -> Month:
    """The month from which balances of the opening register bear interest, as money that stands.

    The register gives no days within its year, so it is a choice (account/opening_balance_bears_from): the January of
    the year in which the books began, the month in which they began, or the January after.
    """
    january = month_of(year_of(opening.opening_month), 1)
    known = {"start_of_year": january, "opening_month": opening.opening_month, "next_year": january + 12}
    choice = one_of(OPENING_BEARS, law.in_force.value(OPENING_BEARS, opening.opening_month), tuple(known))
    return known[choice]


def _interest(credited: _Bearing, law: Law, over: Month) -> pl.DataFrame:
    """Year by year, for interest bears interest."""
    if not len(credited.fen):  # what came in was taken back on the same day
        return pl.DataFrame(schema=INTEREST)
    first, last = year_of(int(credited.month.min())), year_of(law.until - 1)
    earned = np.zeros(len(credited.ids), np.int64)
    parts = []
    for year in range(first, last + 1):
        months = credited.earning(law, year, over)
        standing, moved = credited.standing(year, months) + earned * credited.present(year, months), months.any()
        if not moved or not (standing.any() or (credited.month >= month_of(year, 1)).any()):
            continue
        rules = rules_of(law, year)
        made = rules.interest(standing, credited.incoming(rules, months), rates_of(law, rules, credited.stop))
        earned += made
        parts.append(pl.DataFrame({"person_id": credited.ids, "year": np.full(len(made), year, np.int32), "fen": made}))
    found = pl.concat(parts) if parts else pl.DataFrame(schema=INTEREST)
    return found.filter(pl.col("fen") != 0).sort("person_id", "year").select(
        pl.col(name).cast(kind) for name, kind in INTEREST.items())  # fmt: skip
