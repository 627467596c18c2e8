"""I1, I4, I5, I12: the books balance, agree with what was typed, and their pictures are the books."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from yingbao.ledger import checks as ledger
from yingbao.ledger.chart import OPENING_BUCKET, load_chart
from yingbao.policy.tree import load
from yingbao.reports.checks.check import Check, differing, equal, none_of
from yingbao.reports.evidence import Evidence
from yingbao.reports.reading import read
from yingbao.rules.law import Law
from yingbao.rules.proxy_amounts import all_amounts
from yingbao.store.bases import region_of
from yingbao.store.books import Book
from yingbao.store.done import STEPS, steps_of
from yingbao.store.models import DoneGeneration, DoneStep, OpeningTotal, Posting
from yingbao.values.month import year_of
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps

KEYS = ("person_id", "item")
RECEIVED = ("proxy_money_arrived", "contribute")


def check(evidence: Evidence) -> Iterator[Check]:
    """The journal by itself, then against the accounts, the control totals and the compact picture of done."""
    yield from _balance(evidence)
    yield from _accounts(evidence)
    yield from _opening(evidence)
    yield from _done(evidence)
    yield _once_a_year(evidence)


def _balance(evidence: Evidence) -> Iterator[Check]:
    broken = ledger.broken_postings(evidence.postings, load_chart())
    yield none_of("I1", "postings_balance", "每笔分录借贷相等、金额为正、科目在册", "every posting balances",
                  [f"凭证 {row['entry_id']} #{row['person_id']} {row['why']}" for row in broken.head(99).iter_rows(named=True)],
                  evidence.postings.height)  # fmt: skip
    trial = ledger.trial_balance(evidence.postings)
    yield equal("I1", "trial_balance", "试算平衡：借方合计 = 贷方合计（分）", "all debits = all credits, fen",
                int(trial["debit_fen"].sum()), int(trial["credit_fen"].sum()))  # fmt: skip
    booked = set(evidence.by_entry)
    orphans = [f"凭证 {one} 不存在" for one in sorted(booked - set(evidence.entries))]
    empty = [f"凭证 {number} 没有分录" for number, one in evidence.entries.items()
             if number not in booked and not one.kind.startswith("opening")]  # fmt: skip
    yield none_of("I1", "entries_have_postings", "每张凭证都有分录，每笔分录都有凭证", "entries and postings belong together",
                  orphans + empty, len(evidence.entries))  # fmt: skip
    elsewhere = Posting.objects.exclude(pool=evidence.pool).filter(entry_id__in=list(evidence.entries)).count()
    yield equal("I1", "one_pool", "凭证与其分录同属一个统筹区", "entries and postings are of one pool", elsewhere, 0)


def _accounts(evidence: Evidence) -> Iterator[Check]:
    """The sub-ledger by person against the control accounts; nobody's account is negative."""
    chart = load_chart()
    sub = ledger.individual_accounts(evidence.postings, chart)
    differences = ledger.control_differences(sub, evidence.postings, chart)
    yield none_of("I5", "sub_ledger", "个人账户合计 = 总账控制科目，逐来源", "individual accounts = control accounts by source",
                  [f"{b}: {left} ≠ {right}" for b, left, right in differences.iter_rows()], len(OPENING_BUCKET))  # fmt: skip
    negative = sub.filter(pl.col("amount_fen") < 0)["person_id"].to_list()
    yield none_of("I5", "no_negative_account", "没有负的个人账户", "no individual account is negative",
                  [f"#{one}" for one in negative], sub.height)  # fmt: skip
    transit = ledger.negative_in_transit(evidence.postings).filter(pl.col("person_id") != 0).height
    received = evidence.postings.filter(pl.col("kind").is_in(RECEIVED))
    by_run = _received(evidence, received)
    short = [f"批次 {run}: {fen} 分" for run, fen in by_run.items() if fen < 0]
    yield none_of("I5", "contributions_funded", "代缴入账不超过到账资金，逐批次", "contributions never exceed the money arrived",
                  short, len(by_run))  # fmt: skip
    yield equal("I6", "transit_not_negative", "没有人的在途为负", "nobody's transit is negative", transit, 0)


def _received(evidence: Evidence, received: pl.DataFrame) -> dict[int, int]:
    """Contribution money that arrived less what was booked, by run, in fen."""
    left: dict[int, int] = {}
    sign = pl.when(pl.col("kind") == "contribute").then(-1).otherwise(1)
    turned = pl.when((pl.col("kind") == "contribute") & (pl.col("credit") != _PROXY_INCOME)).then(-1).otherwise(1)
    summed = received.group_by("entry_id").agg((pl.col("amount_fen") * sign * turned).sum())
    for entry, fen in summed.iter_rows():
        run = evidence.entries[entry].run_id if entry in evidence.entries else None
        if run is not None:
            left[run] = left.get(run, 0) + fen
    return left


_PROXY_INCOME = 410_103


def _opening(evidence: Evidence) -> Iterator[Check]:
    """What the office typed in at the opening against what the opening entries hold."""
    kept = {one.name: one.value for one in OpeningTotal.objects.filter(pool=evidence.pool)}
    booked = {"opening_month", "statement_from"} <= set(kept)
    yield Check("I5", "opened", "期初已建立，起始月份在册", "the opening is kept", booked or not evidence.entries,
                len(kept), len(kept) if booked else 2)  # fmt: skip
    accounts = evidence.postings.filter(pl.col("kind") == "opening_accounts")
    number_of = {number: f"account_{bucket}_fen" for bucket, number in OPENING_BUCKET.items()}
    have = {number_of[credit]: fen for credit, fen in accounts.group_by("credit").agg(pl.col("amount_fen").sum()).iter_rows()}
    told = {name: kept[name] for name in number_of.values() if kept.get(name)}
    yield none_of("I5", "opening_accounts", "期初个人账户 = 期初控制数，逐来源", "opening accounts = control totals by source",
                  differing(have, told), len(number_of))  # fmt: skip
    sides = {}
    for kind in ("opening_recognised", "opening_disbursed"):
        part = evidence.postings.filter(pl.col("kind") == kind)
        sides[kind] = (part.height, int(part["amount_fen"].sum()))
    yield equal("I5", "opening_statement", "期初应发与期初已发笔数、金额相等（旧系统对账单）", "stated due = stated paid",
                sides["opening_recognised"], sides["opening_disbursed"])  # fmt: skip


def _done(evidence: Evidence) -> Iterator[Check]:
    """The compact picture against the journal up to its entry, summed afresh; nothing below zero in the whole."""
    newest = DoneGeneration.objects.filter(pool=evidence.pool).order_by("-through_entry", "-id").first()
    through, number = (newest.through_entry, newest.pk) if newest else (0, 0)
    picture = read(DoneStep.objects.filter(generation_id=number).values_list("book", *STEPS))
    pictures = set(DoneGeneration.objects.values_list("pk", flat=True))
    stray = set(DoneStep.objects.order_by().values_list("generation_id", flat=True).distinct()) - pictures
    yield none_of("I12", "done_has_its_entry", "已发汇总都有其版本", "every compact picture says which entry it is of", stray, 1)
    before = evidence.postings.filter(pl.col("entry_id") <= through)
    for book, zh, en in ((Book.RECOGNISED, "已确认", "recognised"), (Book.DISBURSED, "已支付", "disbursed")):
        kept = picture.filter(pl.col("book") == int(book)).select(*STEPS)
        afresh = add_steps([steps_of(before, book)], KEYS, "monthly_fen").select(*STEPS)
        differ = kept.join(afresh, on=["person_id", "item", "month", "monthly_fen"], how="anti").height
        differ += afresh.join(kept, on=["person_id", "item", "month", "monthly_fen"], how="anti").height
        yield none_of("I12", f"done_{en}", f"{zh}汇总 = 由分录重新汇总", f"{en} steps = recomputed from the journal",
                      range(differ), max(kept.height, afresh.height))  # fmt: skip
        whole = add_steps([steps_of(evidence.postings, book)], KEYS, "monthly_fen")
        running = whole.sort(*KEYS, "month").with_columns(pl.col("monthly_fen").cum_sum().alias("level"))
        below = running.filter(pl.col("level") < 0)
        yield none_of("I3", f"never_negative_{en}", f"{zh}金额逐人逐月不为负", f"{en} is never below zero for a person-month",
                      [f"#{row['person_id']} {row['item']} {row['month']}" for row in below.head(99).iter_rows(named=True)],
                      running.height)  # fmt: skip


def _once_a_year(evidence: Evidence) -> Check:
    """The contribution of a person and year, net, is one amount of the law at most, and not negative."""
    item = int(Item.PROXY_CONTRIBUTION)
    steps = steps_of(evidence.postings.filter(pl.col("item") == item), Book.RECOGNISED)
    net = steps.group_by("person_id", "month").agg(pl.col("monthly_fen").sum()).sort("person_id", "month")
    levels = net.with_columns(pl.col("monthly_fen").cum_sum().over("person_id").alias("level")).filter(pl.col("level") != 0)
    months = levels["month"].unique().to_list()
    in_force = load(region=region_of(evidence.pool)).in_force()
    evidence.laws.append(in_force)
    amounts = {month: max(all_amounts(Law(in_force, month, month + 12), year_of(month))) for month in months}
    allowed = pl.col("month").replace_strict(amounts, default=0, return_dtype=pl.Int64)
    wrong = levels.filter((pl.col("level") < 0) | (pl.col("level") > allowed))
    return none_of("I4", "one_contribution_a_year", "每人每年至多一笔代缴", "one contribution a person and year",
                   [f"#{row['person_id']} {row['month'] // 12}: {row['level']}" for row in wrong.head(99).iter_rows(named=True)],
                   levels.height)  # fmt: skip
