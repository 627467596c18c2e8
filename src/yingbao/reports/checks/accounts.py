"""I5: every fen that came into an individual account is in it, or was paid out as pension, or refunded."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from yingbao.ledger import checks as ledger
from yingbao.ledger.chart import load_chart
from yingbao.reports.account_dues import AccountDue, account_dues
from yingbao.reports.checks.check import Check, differing, none_of
from yingbao.reports.evidence import Evidence
from yingbao.store.books import Book
from yingbao.store.done import steps_of
from yingbao.store.models import OpeningTotal
from yingbao.values.month import Month
from yingbao.values.purpose import CHARGES, Bucket, Item


def check(evidence: Evidence) -> Iterator[Check]:
    """Sources by two routes, then person by person what was taken out against the pensions and refunds owed."""
    if not OpeningTotal.objects.filter(pool=evidence.pool).exists() and not evidence.entries:
        return
    booked = _booked(evidence)
    yield _sources(evidence, booked)
    yield _paid(evidence, booked)


def _booked(evidence: Evidence) -> pl.DataFrame:
    """Interest and charges as booked: ``person_id, item, month, fen``, net."""
    items = [int(Item.INTEREST), *(int(item) for item in CHARGES)]
    steps = steps_of(evidence.postings.filter(pl.col("item").is_in(items)), Book.RECOGNISED)
    # A yearly purpose rises in its month and falls in the next: each rise is the year's amount.
    rises = steps.filter(pl.col("month") % 12 == 0)
    return rises.group_by("person_id", "item", "month").agg(pl.col("monthly_fen").sum().alias("fen"))


def _by(frame: pl.DataFrame, column: str) -> dict[int, int]:
    return dict(frame.group_by(column).agg(pl.col("fen").sum()).iter_rows())


def _sources(evidence: Evidence, booked: pl.DataFrame) -> Check:
    """Account = credits + interest − charges, by source: the sub-ledger against the journal's happenings."""
    stands = ledger.individual_accounts(evidence.postings, load_chart()).group_by("bucket").agg(pl.col("amount_fen").sum())
    credited, moved = _by(evidence.credits(), "bucket"), _by(booked, "item")
    wanted = {bucket.key: credited.get(int(bucket), 0) - moved.get(int(bucket.charge), 0) for bucket in Bucket}
    wanted[Bucket.INTEREST.key] += moved.get(int(Item.INTEREST), 0)
    return none_of("I5", "accounts_are_what_came_less_what_went", "个人账户 = 入账 + 利息 − 支出，逐来源",
                   "individual accounts = credits + interest - charges by source, fen",
                   differing(dict(stands.iter_rows()), wanted), len(Bucket))  # fmt: skip


def _paid(evidence: Evidence, booked: pl.DataFrame) -> Check:
    """What was taken out is what pensions and refunds came to, or all there was: plain sums, by person."""
    found = account_dues(evidence)
    wrong, among = [], 0
    if found:
        compared = _compared(found[0], booked.filter(pl.col("month") <= found[0].through))
        among = compared.height
        short = (pl.col("taken") < pl.col("owed")) & (pl.col("left") > pl.col("earned") + pl.col("late"))
        wrong = [f"#{row['person_id']}: {row['taken']} / {row['owed']}"
                 for row in compared.filter((pl.col("taken") > pl.col("owed")) | short).iter_rows(named=True)]  # fmt: skip
    return none_of("I5", "accounts_paid_what_was_owed", "账户支出 = 应发个人账户养老金 + 退还，用完为止，逐人",
                   "charges = account pensions and refunds owed, until the account is used up", wrong, among)  # fmt: skip


def _compared(of: AccountDue, booked: pl.DataFrame) -> pl.DataFrame:
    """``person_id, owed, taken, left, earned, late``: fen. ``earned``: interest in payment, credited after the last payment."""
    pensions = of.pensions.with_columns(pl.col("until_month").clip(upper_bound=_year_end(of)))
    gone = of.ended.with_columns(pl.lit(value=True).alias("gone"))
    whole = of.pensions.join(gone, on="person_id", how="semi")
    rest = pensions.filter(pl.col("from_month") < pl.col("until_month")).join(gone, on="person_id", how="anti")
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    refunds = of.refunds.filter(pl.col("item").is_in([int(Item.ACCOUNT_REFUND), int(Item.TRANSFER_OUT)]))
    owed = pl.concat([part.select("person_id", (pl.col("monthly_fen") * months).alias("owed")) for part in (whole, rest, refunds)])
    taken = booked.filter(pl.col("item") != int(Item.INTEREST)).select("person_id", pl.col("fen").alias("taken"))
    parts = [owed, taken, of.left.rename({"fen": "left"}), of.earned.rename({"fen": "earned"}), of.late.rename({"fen": "late"})]
    summed = pl.concat(parts, how="diagonal").group_by("person_id").sum().fill_null(0)
    return summed.sort("person_id")


def _year_end(of: AccountDue) -> Month:
    """The first month after the last year that is over."""
    until = of.through + 1 if of.over_until is None else min(of.through + 1, of.over_until)
    return until // 12 * 12
