"""I5: contributions collected = credited + returned + still open; subsidies credited = arrived + still to come."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from yingbao.ledger.chart import COLLECTED
from yingbao.reports.checks.check import Check, differing, equal, none_of
from yingbao.reports.collected import CREDITED, LEVEL_ZH, collected_of
from yingbao.reports.evidence import Evidence
from yingbao.rules.payments import MONEY_IN
from yingbao.rules.relations import month_number
from yingbao.store.bases import opening_of
from yingbao.store.models import OpeningTotal
from yingbao.values.purpose import Item

MONEY_CODES = [int(kind) for kind in MONEY_IN]


def check(evidence: Evidence) -> Iterator[Check]:
    """The money against the facts, act by act; the whole; each person; each level of government."""
    if not OpeningTotal.objects.filter(pool=evidence.pool, name="opening_month").exists():
        return
    yield _as_told(evidence)
    found = collected_of(evidence)
    right = found.credited_fen + found.returned_fen + found.open_fen
    yield equal("I5", "collected", "已收缴费 = 已记账 + 已退还 + 待记账（分）", "collected = credited + returned + still open, fen",
                found.collected_fen, right)  # fmt: skip
    yield _by_person(evidence)
    for level, one in found.subsidies.items():
        yield equal("I5", f"subsidy_{level}", f"{LEVEL_ZH[level]}缴费补贴：已记账 = 已到账 + 应收（分）",
                    f"{level} subsidies: credited = arrived + receivable, fen", one["credited_fen"],
                    one["arrived_fen"] + one["receivable_fen"])  # fmt: skip


def _in_books(evidence: Evidence) -> pl.DataFrame:
    """Every payment ever told of a day since the books began."""
    opened = opening_of(evidence.pool).opening_month
    return evidence.told.filter(pl.col("kind").is_in(MONEY_CODES) & (month_number("holds_from") >= opened))


def _as_told(evidence: Evidence) -> Check:
    """What each act told of payments, and took back, is what it booked as collected."""
    told = _in_books(evidence)
    gone = evidence.changes.filter(pl.col("change") == "withdrawn").select("fact_id", pl.col("act_seq").alias("act"))
    back = told.join(gone, on="fact_id").select(pl.col("act").alias("act_seq"), (-pl.col("number").fill_null(0)).alias("number"))
    facts = pl.concat([told.select("act_seq", pl.col("number").fill_null(0)), back])
    left = {seq: fen for seq, fen in facts.group_by("act_seq").agg(pl.col("number").sum()).iter_rows() if fen}
    acts = {number: one.act_seq for number, one in evidence.entries.items()
            if one.kind in ("contributions_collected", "contributions_uncollected")}  # fmt: skip
    right: dict[int, int] = {}
    for entry, credit, fen in evidence.of_entries(acts).select("entry_id", "credit", "amount_fen").iter_rows():
        right[acts[entry]] = right.get(acts[entry], 0) + (fen if credit == COLLECTED else -fen)
    right = {seq: fen for seq, fen in right.items() if fen}
    return none_of("I5", "collected_as_told", "每次办理登记的缴费 = 记入暂收款的金额",
                   "payments told = money booked as collected, act by act", differing(left, right), max(len(left), len(right)))  # fmt: skip


def _by_person(evidence: Evidence) -> Check:
    """Nobody is credited or paid back more than he, his collective or another office ever brought in."""
    brought = _in_books(evidence).group_by("person_id").agg(pl.col("number").fill_null(0).sum().alias("fen"))
    items = [int(item) for item in (*CREDITED, Item.CONTRIBUTION_REFUND)]
    mine = evidence.postings.filter(pl.col("item").is_in(items))
    sign = pl.when(pl.col("debit") == COLLECTED).then(1).when(pl.col("credit") == COLLECTED).then(-1).otherwise(0)
    used = mine.group_by("person_id").agg((pl.col("amount_fen") * sign).sum().alias("used"))
    both = used.join(brought, on="person_id", how="left").with_columns(pl.col("fen").fill_null(0))
    over = both.filter(pl.col("used") > pl.col("fen")).sort("person_id")
    wrong = [f"#{person}: {mine} > {fen}" for person, mine, fen in over.select("person_id", "used", "fen").head(99).iter_rows()]
    return none_of("I5", "nobody_above_paid", "每个人已记账与已退还之和不超过其缴入的钱",
                   "nobody is credited and returned more than was paid in", wrong, both.height)  # fmt: skip
