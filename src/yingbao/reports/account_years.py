"""个人账户年度记账 for everybody: what each account held, earned and paid out in a year, by money source, as one table."""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.reports.errors import NoAccountYear
from yingbao.reports.moment import Moment
from yingbao.rules.account_on import AccountsOn, accounts_on
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.books import Book
from yingbao.store.done import done
from yingbao.values.month import Month, month_of, month_of_date
from yingbao.values.purpose import CHARGES, Bucket, Item
from yingbao.values.steps import to_spans

KEYS = ("person_id", "bucket")
MOVES = ("opening_fen", "credited_fen", "interest_fen", "charged_fen")
# closing = opening + credited + interest − charged.
YEARS = {"person_id": pl.Int64, "bucket": pl.Int64, **dict.fromkeys((*MOVES, "closing_fen"), pl.Int64)}


def through_of(known: Moment, year: int, on: date) -> Month:
    """The last month of a year that its statement counts, on a day. Raises NoAccountYear before it began or before the opening."""
    through = min(month_of(year, 12), month_of_date(on))
    if through < month_of(year, 1) or (known.opening and year < known.opening.opening_month // 12):
        raise NoAccountYear(year=year, on=on.isoformat())
    return through


def view_of(known: Moment, year: int, through: Month, on: date) -> AccountsOn:
    """The accounts of a moment's people when ``through`` is over."""
    basis = Basis(known.pool, "account", month_of(year, 1), on, known.known_act or 2**62)
    return accounts_on(known.facts, known.law(through + 1), through, snapshots_of(basis), known.opening, over_until=basis.over_until)


def years_of(view: AccountsOn, year: int) -> pl.DataFrame:
    """A year of accounts by source: YEARS, without sources that stayed empty. A balance of the opening register came in on its day."""
    came = view.credits.select(*KEYS, pl.col("day").dt.year().alias("year"), "fen")
    earned = view.interest.select("person_id", pl.lit(int(Bucket.INTEREST)).alias("bucket"), "year", "fen")
    parts = [_moves(came, year, "credited_fen"), _moves(earned, year, "interest_fen"), _moves(view.charges, year, "charged_fen", -1)]
    moved = pl.concat(parts, how="diagonal").group_by(KEYS).agg(pl.col(*MOVES).sum())
    closing = pl.col("opening_fen") + pl.col("credited_fen") + pl.col("interest_fen") - pl.col("charged_fen")
    return moved.with_columns(closing.alias("closing_fen")).select(*YEARS).filter(pl.any_horizontal(pl.col(*MOVES) != 0)).sort(KEYS)


def _moves(found: pl.DataFrame, year: int, name: str, sign: int = 1) -> pl.DataFrame:
    """One kind of move (``year, fen``): before the year in the opening, in the year under its own name."""
    earlier, fen = pl.col("year") < year, pl.col("fen")
    by_then = found.filter(pl.col("year") <= year)
    return by_then.select(
        pl.col("person_id"), pl.col("bucket").cast(pl.Int64),
        pl.when(earlier).then(fen * sign).otherwise(0).alias("opening_fen"), pl.when(earlier).then(0).otherwise(fen).alias(name),
    )  # fmt: skip


def account_years(known: Moment, on: date) -> pl.DataFrame:
    """The statements of the year of ``on`` for everybody: YEARS with what of it is booked, by source in words.

    ``interest_booked_fen`` and ``charged_booked_fen``: what runs have booked for the year; the rest is derived and not booked yet.
    Raises NoAccountYear, NotChecked.
    """
    through = through_of(known, on.year, on)
    found = years_of(view_of(known, on.year, through, known.known_on or on), on.year)
    booked = _booked(known.pool, on.year)
    words = {int(one): one for one in Bucket}
    return (
        found.join(booked, on=KEYS, how="full", coalesce=True)
        .with_columns(pl.col(*MOVES, "closing_fen", "interest_booked_fen", "charged_booked_fen").fill_null(0))
        .sort(KEYS)
        .select(
            "person_id", pl.lit(on.year).alias("year"),
            pl.col("bucket").replace_strict({key: one.key for key, one in words.items()}, return_dtype=pl.String),
            pl.col("bucket").replace_strict({key: one.zh for key, one in words.items()}, return_dtype=pl.String).alias("bucket_zh"),
            *MOVES, "closing_fen", "interest_booked_fen", "charged_booked_fen")
    )  # fmt: skip


def _booked(pool: int, year: int) -> pl.DataFrame:
    """Interest and charges of the year as the books have them, by person and source."""
    source = {int(one.charge): int(one) for one in Bucket} | {int(Item.INTEREST): int(Bucket.INTEREST)}
    steps = done(pool, Book.RECOGNISED, items=list(source))
    mine = to_spans(steps, ("person_id", "item"), "monthly_fen").filter(pl.col("from_month") == month_of(year, 1))
    charge = pl.col("item").is_in([int(one) for one in CHARGES])
    fen = pl.col("monthly_fen")
    return mine.group_by("person_id", pl.col("item").cast(pl.Int64).replace_strict(source, return_dtype=pl.Int64).alias("bucket")).agg(
        fen.filter(~charge).sum().alias("interest_booked_fen"), fen.filter(charge).sum().alias("charged_booked_fen"))  # fmt: skip
