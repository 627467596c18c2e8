"""The year's statements: the fund's income and expense, individual accounts by source, coverage. What a closing proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Sum

from yingbao.ledger.chart import dotted, load_chart
from yingbao.ledger.checks import trial_balance
from yingbao.reports.coverage import Coverage, coverage
from yingbao.reports.words import category_zh
from yingbao.rules.boxes import BOX_BY_ID
from yingbao.store import footing, journal
from yingbao.store.models import JournalEntry, Posting
from yingbao.store.relations import CREDITING
from yingbao.values.purpose import BUCKET_BY_KEY, CHARGES, Item

FLOWS = {
    "entry_id": pl.Int64, "kind": pl.String, "on": pl.Date, "debit": pl.Int64, "credit": pl.Int64, "item": pl.Int64,
    "year": pl.Int64, "amount_fen": pl.Int64,
}  # fmt: skip
CASH = (100201, 100301, 100401)


@dataclass(frozen=True)
class YearEnd:
    """``fund``: ``account, zh, class, fen``; ``cash``: ``account, zh, before_fen, in_fen, out_fen, after_fen``.

    ``accounts``: ``bucket, zh, before_fen, credited_fen, interest_fen, charged_fen, after_fen`` by the year each item is for.
    The fund goes by the day of booking, so what is booked later for the year is in the later year's statement.
    """

    pool: int
    year: int
    through_entry: int
    trial: pl.DataFrame
    fund: pl.DataFrame
    cash: pl.DataFrame
    accounts: pl.DataFrame
    account_persons: int
    covered: Coverage
    rests_on: list[str]

    @property
    def last_day(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)

    def coverage_rows(self) -> list[dict[str, Any]]:
        """Persons by category and box."""
        return [{**row, "category_zh": category_zh(row["category"]), "box_zh": BOX_BY_ID[row["box"]].zh}
                for row in self.covered.by("category", "box").to_dicts()]  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Plain values, the same for the same books and facts: what two officers agree on. Amounts in fen."""
        return {
            "pool": self.pool, "year": self.year, "through_entry": self.through_entry,
            "trial_balance": self.trial.to_dicts(), "fund": self.fund.to_dicts(), "cash": self.cash.to_dicts(),
            "accounts": self.accounts.to_dicts(), "account_persons": self.account_persons,
            "coverage": self.covered.totals.select("box", "count").to_dicts(),
            "coverage_by_category": self.covered.by("category", "box").to_dicts(),
            "coverage_sound": self.covered.sound, "roster_persons": self.covered.roster_persons,
            footing.KEY: self.rests_on,
        }  # fmt: skip


def year_end(pool: int, year: int) -> YearEnd:
    """The statements of a year from all that is booked by now. Raises NotOpened, NotChecked past the checked law."""
    last = date(year, 12, 31)
    found = flows(pool)
    by_then = found.filter(pl.col("on") <= last)
    covered = coverage(pool, last)
    return YearEnd(
        pool, year, journal.last_entry(pool), trial_balance(by_then), _fund(by_then, year), _cash(by_then, year),
        _accounts(found, year), _account_persons(pool), covered, _names(pool, last, covered),
    )  # fmt: skip


def _names(pool: int, last: date, covered: Coverage) -> list[str]:
    """Of all that was booked by the end of the year, and of the boxes."""
    named = covered.basis[footing.KEY]
    booked = footing.of_booked(pool, "proxy", "account", *footing.PENSIONS, until=last)
    return sorted({*booked, *(named if isinstance(named, list) else [])})


def flows(pool: int) -> pl.DataFrame:
    """All postings summed by the database: FLOWS, ``year`` that of the item's period in entries that move accounts, else 0."""
    entries = {number: (kind, on) for number, kind, on in JournalEntry.objects.filter(pool=pool).values_list("pk", "kind", "on")}
    crediting = [number for number, (kind, _) in entries.items() if kind in CREDITING]
    rows = []
    for numbers, months in ((crediting, ["from_month"]), ([one for one in entries if one not in set(crediting)], [])):
        of = Posting.objects.filter(entry_id__in=numbers).order_by()
        summed = of.values_list("entry_id", "debit", "credit", "item", *months).annotate(fen=Sum("amount_fen"))
        rows += [(one[0], *entries[one[0]], *one[1:4], one[4] // 12 if months else 0, one[-1]) for one in summed]
    return pl.DataFrame(sorted(rows), schema=FLOWS, orient="row")


def _net(found: pl.DataFrame) -> dict[int, int]:
    """Credit less debit by account."""
    return {row["account"]: -row["balance_fen"] for row in trial_balance(found).iter_rows(named=True)}


def _fund(by_then: pl.DataFrame, year: int) -> pl.DataFrame:
    """Income and expense accounts of the year, by the day of booking. Income above zero, expense above zero."""
    chart, net = load_chart(), _net(by_then.filter(pl.col("on").dt.year() == year))
    rows = [(dotted(number), one.zh, one.class_, fen if one.class_ == "income" else -fen)
            for number, one in sorted(chart.accounts.items())
            if one.class_ in ("income", "expense") and (fen := net.get(number, 0))]  # fmt: skip
    return pl.DataFrame(rows, schema={"account": pl.String, "zh": pl.String, "class": pl.String, "fen": pl.Int64}, orient="row")


def _cash(by_then: pl.DataFrame, year: int) -> pl.DataFrame:
    chart, rows = load_chart(), []
    for number in CASH:
        touched = by_then.filter((pl.col("debit") == number) | (pl.col("credit") == number))
        now = touched.filter(pl.col("on").dt.year() == year)
        paid_in, paid_out = (int(now.filter(pl.col(side) == number)["amount_fen"].sum()) for side in ("debit", "credit"))
        after = -_net(touched).get(number, 0)
        rows.append((dotted(number), chart.accounts[number].zh, after - paid_in + paid_out, paid_in, paid_out, after))
    names = ("before_fen", "in_fen", "out_fen", "after_fen")
    return pl.DataFrame(rows, schema={"account": pl.String, "zh": pl.String, **dict.fromkeys(names, pl.Int64)}, orient="row")


def _accounts(found: pl.DataFrame, year: int) -> pl.DataFrame:
    """Individual accounts by money source. What the opening states stood before everything."""
    buckets = {number: account.bucket for number, account in load_chart().accounts.items() if account.bucket}
    moves = pl.concat([
        found.filter(pl.col(side).is_in(sorted(buckets)) & pl.col("kind").is_in(CREDITING)).select(
            pl.col(side).replace_strict(buckets, return_dtype=pl.String).alias("bucket"), "item",
            pl.when(pl.col("kind") == CREDITING[0]).then(0).otherwise("year").alias("year"), pl.col("amount_fen") * sign)
        for side, sign in (("credit", 1), ("debit", -1))
    ]).filter(pl.col("year") <= year)  # fmt: skip
    this, charges = pl.col("year") == year, pl.col("item").is_in([int(one) for one in CHARGES])
    interest = pl.col("item") == int(Item.INTEREST)
    sums = {"before_fen": ~this, "credited_fen": this & ~charges & ~interest, "interest_fen": this & interest,
            "charged_fen": this & charges}  # fmt: skip
    rows = []
    for key, bucket in BUCKET_BY_KEY.items():
        mine = moves.filter(pl.col("bucket") == key)
        parts = [int(mine.filter(which)["amount_fen"].sum()) for which in sums.values()]
        rows.append((key, bucket.zh, *parts, sum(parts)))
    schema = {"bucket": pl.String, "zh": pl.String, **dict.fromkeys([*sums, "after_fen"], pl.Int64)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _account_persons(pool: int) -> int:
    entries = list(JournalEntry.objects.filter(pool=pool, kind__in=CREDITING).values_list("pk", flat=True))
    return Posting.objects.filter(entry_id__in=entries).order_by().values("person_id").distinct().count()
