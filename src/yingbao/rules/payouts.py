"""What account pensions and refunds take out of individual accounts, source by source, and what is then left.

Each month's account pension is taken from all sources in proportion to what is left of them, by the largest remainder.
An account that is used up pays no more: the pension goes on for life, from government funds. 国发〔2014〕8号 待遇计发.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from yingbao.rules.account import BALANCES, INTEREST, Accounts, one_by_one
from yingbao.rules.benefits import Opening
from yingbao.rules.interest import MONTHLY, RATE
from yingbao.rules.law import Law, whole
from yingbao.rules.relations import SPANS, empty
from yingbao.values.money import FenArray, divide_half_up_all, multiplied, share_columns_by_weight
from yingbao.values.month import FOREVER, Month, month_of, year_of
from yingbao.values.purpose import Bucket
from yingbao.values.steps import add_steps, to_steps

IN_PAYMENT = "account/interest_while_in_payment"
CHARGED = {"person_id": pl.Int64, "bucket": pl.Int8, "year": pl.Int32, "fen": pl.Int64}


@dataclass(frozen=True)
class Payouts:
    """What pensions took out of accounts through the last month of the law.

    ``charges``: CHARGED, every month counted, also those of a year that is not over; ``interest``: INTEREST, while in
    payment; ``left``: BALANCES, of everybody, before refunds.
    """

    charges: pl.DataFrame
    interest: pl.DataFrame
    left: pl.DataFrame


def payouts(
    found: Accounts, pensions: pl.DataFrame, granted: pl.DataFrame, ended: pl.DataFrame, law: Law,
    opening: Opening | None = None, over_until: Month | None = None, later: pl.DataFrame | None = None,
) -> Payouts:  # fmt: skip
    """Pay the account pensions (SPANS of :func:`from_opening`) month by month out of the accounts ``found``.

    ``granted``: ``entitlement.grants``; ``ended``: ``person_id, end_month``; ``over_until``: the first month that is not
    over (default: the end of ``law``). ``later``: ``after_award.ADDED``, what of the accounts came in only after the award.
    """
    bears = [year for year in _years(granted, law) if law.of_year(IN_PAYMENT, year)]
    concerned = (granted if bears else pensions).select("person_id").unique()
    mine = found.balances.join(concerned, on="person_id", how="semi")
    if later is not None:  # a source of which nothing is left needs its place all the same
        mine = pl.concat([mine, later.join(mine, on="person_id", how="semi").select("person_id", "bucket", pl.col("fen") * 0)])
    if mine.is_empty():
        return Payouts(empty(CHARGED), empty(INTEREST), found.balances)
    purses = _Purses.of(mine, granted, ended, opening, found.away)
    if later is not None:
        purses.take_out(later.join(mine, on="person_id", how="semi"))
    _pay(purses, pensions, law, bears, law.until if over_until is None else over_until)
    rest = found.balances.join(concerned, on="person_id", how="anti")
    left = pl.concat([rest, purses.left_frame()])
    return Payouts(_frame(purses.charged, CHARGED), _frame(purses.earned, INTEREST), left)


def _frame(parts: list[pl.DataFrame], schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    return pl.concat([empty(schema), *parts])


def _years(granted: pl.DataFrame, law: Law) -> range:
    """The years in which somebody is in payment, as far as the law goes."""
    if granted.is_empty():
        return range(0)
    first = max(int(granted["granted_from"].min()), law.since)  # type: ignore[arg-type]
    return range(year_of(first), year_of(law.until - 1) + 1)


def from_opening(pensions: pl.DataFrame, granted: pl.DataFrame, opening: Opening | None) -> pl.DataFrame:
    """The account pensions that are taken from accounts: SPANS.

    A pension that the opening register states takes from the stated balance, so only from the opening month on.
    """
    if opening is None:
        return pensions
    stated = granted.filter(pl.col("route") == "stated").select("person_id", pl.lit(value=True).alias("stated"))
    marked = pensions.join(stated, on="person_id", how="left")
    later = pl.col("from_month").clip(lower_bound=opening.opening_month)
    start = pl.when(pl.col("stated").fill_null(value=False)).then(later).otherwise(pl.col("from_month"))
    cut = marked.with_columns(start.cast(pl.Int32).alias("from_month"))
    return cut.filter(pl.col("from_month") < pl.col("until_month")).select(*SPANS)


@dataclass
class _Purses:
    """The accounts of people in payment: ``left`` and ``paid`` are sources × people; ``buckets``: the sources there are."""

    ids: FenArray
    buckets: FenArray
    left: FenArray
    since: FenArray
    last: FenArray
    paid: FenArray
    stood: FenArray
    away: list[tuple[FenArray, FenArray]]
    charged: list[pl.DataFrame] = field(default_factory=list)
    earned: list[pl.DataFrame] = field(default_factory=list)
    coming: list[tuple[Month, FenArray]] = field(default_factory=list)

    @classmethod
    def of(
        cls, balances: pl.DataFrame, granted: pl.DataFrame, ended: pl.DataFrame, opening: Opening | None, away: pl.DataFrame,
    ) -> _Purses:  # fmt: skip
        people = balances.select("person_id").unique().sort("person_id")
        ids = people["person_id"].to_numpy()
        # Interest may come into an account that has none yet.
        buckets = np.unique([*balances["bucket"].unique().to_list(), int(Bucket.INTEREST)])
        left = np.zeros((len(buckets), len(ids)), np.int64)
        place = np.searchsorted(ids, balances["person_id"].to_numpy())
        np.add.at(left, (np.searchsorted(buckets, balances["bucket"].to_numpy()), place), balances["fen"].to_numpy())
        times = people.join(granted, on="person_id", how="left", maintain_order="left").join(
            ended.select("person_id", "end_month"), on="person_id", how="left", maintain_order="left")  # fmt: skip
        since = times["granted_from"].fill_null(FOREVER).to_numpy().astype(np.int64)
        if opening is not None:
            stated = (times["route"] == "stated").fill_null(value=False).to_numpy()
            since = np.where(stated, np.maximum(since, opening.opening_month), since)
        last = times["end_month"].fill_null(FOREVER).to_numpy().astype(np.int64)
        return cls(ids, buckets, left, since, last, np.zeros_like(left), np.zeros(len(ids), np.int64), one_by_one(people, away))

    def take_out(self, later: pl.DataFrame) -> None:
        """Take out what comes in later (``after_award.ADDED``), to be put in when its month has come."""
        for (month,), part in later.sort("month").partition_by("month", as_dict=True, maintain_order=True).items():
            more = np.zeros_like(self.left)
            place = np.searchsorted(self.ids, part["person_id"].to_numpy())
            np.add.at(more, (np.searchsorted(self.buckets, part["bucket"].to_numpy()), place), part["fen"].to_numpy())
            self.left -= more
            self.coming.append((int(month), more))

    def put_in(self, until: Month) -> None:
        """Put in what has come in by a month, that month included."""
        while self.coming and self.coming[0][0] <= until:
            self.left += self.coming.pop(0)[1]

    def charge(self, owed: FenArray) -> None:
        """Take a month's pensions out of what is left, in proportion to it."""
        weights = np.maximum(self.left, 0)
        parts = share_columns_by_weight(np.minimum(owed, weights.sum(axis=0)), weights)
        self.left -= parts
        self.paid += parts

    def close_year(self, year: int) -> None:
        """Keep what was charged in a year, and begin the next."""
        charged = self._frame(self.paid).with_columns(pl.lit(year, pl.Int32).alias("year"))
        self.charged.append(charged.select(pl.col(name).cast(kind) for name, kind in CHARGED.items()))
        self.paid = np.zeros_like(self.paid)  # not cleared: the frame above may still look at it

    def _frame(self, amounts: FenArray) -> pl.DataFrame:
        """Sources × people as BALANCES, zeros left out."""
        parts = [pl.DataFrame({"person_id": self.ids, "fen": row}).select("person_id", pl.lit(int(bucket), pl.Int8).alias("bucket"), "fen")
                 for bucket, row in zip(self.buckets, amounts, strict=True) if row.any()]  # fmt: skip
        return pl.concat([empty(BALANCES), *parts]).filter(pl.col("fen") != 0)

    def stand(self, month: Month) -> None:
        """Count what is left after a month's payment, for the interest of the year."""
        bearing = (self.since <= month) & (month <= self.last)
        for begins, ends in self.away:
            bearing &= (month < begins) | (month >= ends)
        self.stood += np.where(bearing, self.left.sum(axis=0), 0)

    def credit(self, year: int, rate: int, month: Month, *, of_everybody: bool) -> None:
        """The interest of a year: of everybody when it is over, before that only of relations that end with the month."""
        now = (self.stood > 0) if of_everybody else (self.last == month) & (self.stood > 0)
        made = np.where(now, divide_half_up_all(multiplied(self.stood, rate), MONTHLY), 0)
        self.stood[now] = 0
        place = np.flatnonzero(made)
        self.left[np.searchsorted(self.buckets, int(Bucket.INTEREST))] += made
        self.earned.append(pl.DataFrame({
            "person_id": self.ids[place], "year": np.full(len(place), year), "fen": made[place],
        }).select(pl.col(name).cast(kind) for name, kind in INTEREST.items()))  # fmt: skip

    def left_frame(self) -> pl.DataFrame:
        """What is left: BALANCES."""
        return self._frame(self.left)


def _pay(purses: _Purses, spans: pl.DataFrame, law: Law, bears: list[int], over: Month) -> None:
    """Month by month from the first payment, or the first month that bears interest, to the end of the law."""
    moves = _moves(purses, spans)
    starts = [int(month) for month in moves if month < law.until]
    if bears:
        starts.append(max(int(purses.since.min()), month_of(bears[0], 1)))
    owed = np.zeros(len(purses.ids), np.int64)
    for month in range(min(starts, default=law.until), law.until):
        year = year_of(month)
        if month in moves:
            place, fen = moves[month]
            np.add.at(owed, place, fen)
        purses.put_in(month)
        purses.charge(owed)
        if year in bears:
            purses.stand(month)
            year_over = month == month_of(year, 12) and month < over
            purses.credit(year, whole(law.of_year(RATE, year)), month, of_everybody=year_over)
        if month in (month_of(year, 12), law.until - 1):
            purses.close_year(year)
    purses.put_in(FOREVER)


def _moves(purses: _Purses, spans: pl.DataFrame) -> dict[int, tuple[FenArray, FenArray]]:
    """Where the pensions change, by month: places of people, fen a month more or less."""
    known = pl.DataFrame({"person_id": purses.ids, "place": np.arange(len(purses.ids))})
    steps = to_steps(spans, ["person_id"], "monthly_fen").join(known, on="person_id").sort("month")
    parts = steps.partition_by("month", as_dict=True, maintain_order=True)
    return {int(month): (part["place"].to_numpy(), part["monthly_fen"].to_numpy()) for (month,), part in parts.items()}


def of_refunds(by_source: pl.DataFrame) -> pl.DataFrame:
    """Refunds and transfers by money source (``endings.BY_SOURCE``) as what they take out of accounts: CHARGED."""
    year = pl.col("month").floordiv(12).alias("year")
    return by_source.select("person_id", "bucket", year, "fen").select(pl.col(name).cast(kind) for name, kind in CHARGED.items())


def charges_due(
    paid: Payouts, refunded: pl.DataFrame, ended: pl.DataFrame, law: Law, over_until: Month | None = None
) -> pl.DataFrame:
    """What account pensions and refunds take out of each money source, by year: SPANS of the CHARGE items.

    ``refunded``: ``endings.BY_SOURCE``. Of years that are over (``over_until`` as in :func:`payouts`), and of accounts that have ended.
    """
    until = law.until if over_until is None else min(over_until, law.until)
    over = paid.charges.filter(pl.col("year") * 12 + 11 < until)
    gone = ended.filter(pl.col("end_month") < law.until)
    early = paid.charges.filter(pl.col("year") * 12 + 11 >= until).join(gone, on="person_id", how="semi")
    back = pl.concat([early, of_refunds(refunded)])
    summed = add_steps([over, back], ["person_id", "bucket"], "fen", at="year") if back.height else over
    item = (pl.col("bucket").cast(pl.Int16) + (int(Bucket.OWN.charge) - int(Bucket.OWN))).alias("item")
    start = (pl.col("year") * 12).cast(pl.Int32)
    return summed.select(
        "person_id", item, start.alias("from_month"), (start + 1).alias("until_month"), pl.col("fen").alias("monthly_fen"),
    ).select(pl.col(name).cast(kind) for name, kind in SPANS.items())  # fmt: skip
