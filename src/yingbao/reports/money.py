"""应发 = 已到账 + 在途 + 暂停 + 待发 − 待追回, in fen, item by item, over the whole history.

The left side is derived from facts and law as the last posted runs knew them; the right side is
read from what was booked, sent and answered. They share nothing but the people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.ledger.chart import PAYABLE, PAYOUT_BANK, RECEIVABLE, WRITTEN_OFF
from yingbao.ledger.postings import CREDIT_ACCOUNT, signed_amount
from yingbao.ledger.run_lines import LineClass
from yingbao.reports.account_dues import account_dues
from yingbao.reports.bank_lines import bank_lines
from yingbao.reports.evidence import BOOKED, Evidence
from yingbao.reports.moment import Moment, moment_of
from yingbao.rules.certificates import first_pensions
from yingbao.rules.contributions import proxy_due
from yingbao.rules.due import READS, payable_due
from yingbao.rules.gap import due_steps, gap_of_steps
from yingbao.rules.holds import held_on
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, STEPS
from yingbao.store.bases import basis_of, opening_of, snapshots_of
from yingbao.store.books import Book
from yingbao.store.done import steps_of
from yingbao.store.models import Run
from yingbao.values.month import month_of, show_month
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps

KEYS = ("person_id", "item")
COLUMNS = ("due_fen", "stated_fen", "settled_fen", "in_transit_fen", "held_fen", "open_fen", "overpaid_fen", "to_recover_fen")
COLUMNS_ZH = {
    "due_fen": "应发", "stated_fen": "期初已发（旧系统）", "settled_fen": "已到账", "in_transit_fen": "在途",
    "held_fen": "暂停待发", "open_fen": "待发", "overpaid_fen": "多确认、待转追回", "to_recover_fen": "已转追回（含已收回）",
}  # fmt: skip


@dataclass(frozen=True)
class Money:
    """``items``: one row an item with COLUMNS.

    Of all ``to_recover_fen``, ``recovered_fen`` has come back and ``written_off_fen`` was given up. ``over``: what is
    recognised above what is due for some person and month, which must be nothing.
    """

    items: pl.DataFrame
    recovered_fen: int
    written_off_fen: int
    outstanding_fen: int
    over: pl.DataFrame
    basis: dict[str, object]

    def difference(self, row: dict[str, Any]) -> int:
        """Due less everything on the other side, in fen: zero."""
        return int(
            row["due_fen"] - row["stated_fen"] - row["settled_fen"] - row["in_transit_fen"] - row["held_fen"]
            - row["open_fen"] + row["overpaid_fen"] + row["to_recover_fen"]
        )  # fmt: skip

    @property
    def total(self) -> dict[str, int]:
        """All items together."""
        return {name: int(self.items[name].sum()) for name in COLUMNS}

    @property
    def sound(self) -> bool:
        """No fen is missing: every item agrees, what is to be recovered too, and nobody is paid too much."""
        rows = [*self.items.iter_rows(named=True), self.total]
        return (
            not any(self.difference(row) for row in rows)
            and self.total["to_recover_fen"] == self.recovered_fen + self.written_off_fen + self.outstanding_fen
            and self.over.is_empty()
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in fen."""
        rows = [{**row, "difference_fen": self.difference(row)} for row in self.items.iter_rows(named=True)]
        return {
            "basis": self.basis, "items": rows, "total": {**self.total, "difference_fen": self.difference(self.total)},
            "recovered_fen": self.recovered_fen, "written_off_fen": self.written_off_fen,
            "outstanding_fen": self.outstanding_fen,
            "person_months_above_due": self.over.height, "sound": self.sound,
        }  # fmt: skip


def money(pool: int, day: date) -> Money:
    """The identity over all that is booked. Raises NotOpened, NotChecked."""
    return money_of(Evidence(pool, day))


def money_of(evidence: Evidence) -> Money:
    """As :func:`money`, over evidence already read."""
    recognised, due = _steps(evidence, Book.RECOGNISED), due_of_last_runs(evidence)
    sums = {
        "due_fen": fen_by_item(due, amounts()), "stated_fen": _stated(evidence), **_sent(evidence),
        **_payable(evidence, recognised), "to_recover_fen": _reclassed(evidence),
    }  # fmt: skip
    rows = [(int(item), item.key, item.zh, *(sums[name].get(int(item), 0) for name in COLUMNS)) for item in Item]
    schema = {"item": pl.Int16, "key": pl.String, "zh": pl.String, **dict.fromkeys(COLUMNS, pl.Int64)}
    evidence.let_go("told", "now")  # they have said what is due; beside both histories they would be too much at once
    over = gap_of_steps(due_steps(due), recognised).filter(pl.col("monthly_fen") < 0)
    return Money(pl.DataFrame(rows, schema=schema, orient="row"), _taken(evidence, PAYOUT_BANK),
                 _taken(evidence, WRITTEN_OFF), _outstanding(evidence), over, _basis(evidence))  # fmt: skip


def amounts() -> pl.Expr:
    """The amount of a span in all."""
    return pl.col("monthly_fen") * (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)


def fen_by_item(spans: pl.DataFrame, amount: pl.Expr) -> dict[int, int]:
    """Fen of each item that is there."""
    return dict(spans.group_by("item").agg(amount.sum()).iter_rows())


def _steps(evidence: Evidence, book: Book) -> pl.DataFrame:
    return add_steps([steps_of(evidence.postings, book)], KEYS, "monthly_fen").select(*STEPS)


def _moment_of(evidence: Evidence, run: Run) -> Moment:
    return evidence.moment(run.known_on, run.known_act, READS)


def due_of_last_runs(evidence: Evidence) -> pl.DataFrame:
    """What the last posted payroll and contribution runs derived as due, derived again: SPANS.

    Before the first payroll: the months that the opening states.
    """
    parts = [pl.DataFrame(schema=SPANS), _payable_of(evidence), _proxied_of(evidence)]
    parts += [one.moves for one in account_dues(evidence)]
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in SPANS.items()) for part in parts])


def _payable_of(evidence: Evidence) -> pl.DataFrame:
    """What the last payroll derived as payable: SPANS. Each derivation's facts are let go with it: they are large."""
    opening, payroll = opening_of(evidence.pool), evidence.newest("payroll")
    if payroll is not None:
        known = _moment_of(evidence, payroll)
        law = Law(known.in_force, opening.statement_from, payroll.period + 1)
        return payable_due(known.facts, law, opening, snapshots_of(basis_of(payroll)))
    stated = [one for one in evidence.entries.values() if one.kind == "opening_recognised"]
    if stated:  # as it was known then: what is told since waits for the first payroll, which books the difference
        known = evidence.moment(stated[-1].on, stated[-1].act_seq)
        return payable_due(known.facts, Law(known.in_force, opening.statement_from, opening.opening_month), opening)
    return pl.DataFrame(schema=SPANS)


def _proxied_of(evidence: Evidence) -> pl.DataFrame:
    """What the last contribution run derived: SPANS."""
    proxy = evidence.newest("proxy")
    if proxy is None:
        return pl.DataFrame(schema=SPANS)
    known, snapshots = _moment_of(evidence, proxy), snapshots_of(basis_of(proxy))
    last = max(one.year for one in snapshots)
    law = Law(known.in_force, opening_of(evidence.pool).statement_from, month_of(last, 12) + 1)
    return proxy_due(known.facts, law, snapshots)


def _stated(evidence: Evidence) -> dict[int, int]:
    return fen_by_item(evidence.postings.filter(pl.col("kind") == "opening_disbursed"), pl.col("amount_fen"))


def _sent(evidence: Evidence) -> dict[str, dict[int, int]]:
    """Settled and in transit by item: the bank's answers, line by line, over the purposes behind each line.

    What moves an individual account is settled when it is booked: its money came first.
    """
    contributed = evidence.postings.filter(pl.col("kind") == "contribute")
    sign = pl.when(pl.col("credit") == CONTRIBUTION_INCOME).then(1).otherwise(-1)
    credited = evidence.postings.filter(pl.col("kind") == CREDIT_ACCOUNT.name)
    settled = fen_by_item(contributed, pl.col("amount_fen") * sign) | fen_by_item(credited, signed_amount(CREDIT_ACCOUNT))
    transit: dict[int, int] = {}
    for run in evidence.runs:
        if run.kind != "disbursement" or run.state not in BOOKED:
            continue
        pay = evidence.lines(run).filter(pl.col("line_class") == int(LineClass.PAY))
        _, sent = bank_lines(run)
        answered = pay.join(sent.select(pl.col("line").alias("bank_line"), "outcome"), on="bank_line", how="left")
        for wanted, into in ((pl.col("outcome") == "settled", settled), (pl.col("outcome").is_null(), transit)):
            for item, fen in fen_by_item(answered.filter(wanted), pl.col("amount_fen")).items():
                into[item] = into.get(item, 0) + fen
    return {"settled_fen": settled, "in_transit_fen": transit}


CONTRIBUTION_INCOME = 410_103


def _payable(evidence: Evidence, recognised: pl.DataFrame) -> dict[str, dict[int, int]]:
    """What is recognised and not sent: waiting by a hold, open, or recognised below what was sent."""
    pensions = [int(item) for item in Item if not item.yearly]
    left = gap_of_steps(recognised.filter(pl.col("item").is_in(pensions)), _steps(evidence, Book.DISBURSED))
    positive = left.filter(pl.col("monthly_fen") > 0)
    people = positive.select("person_id").unique().join(first_pensions(recognised), on="person_id", how="left")
    opening, known = opening_of(evidence.pool), moment_of(evidence.pool, evidence.facts(people=people))
    payroll = evidence.newest("payroll")
    law = known.law((opening.opening_month if payroll is None else payroll.period) + 1)
    held = held_on(known.facts, people, evidence.day, law, opening).select("person_id")
    return {
        "held_fen": fen_by_item(positive.join(held, on="person_id", how="semi"), amounts()),
        "open_fen": fen_by_item(positive.join(held, on="person_id", how="anti"), amounts()),
        "overpaid_fen": fen_by_item(left.filter(pl.col("monthly_fen") < 0), -amounts()),
    }


def _reclassed(evidence: Evidence) -> dict[int, int]:
    """Moved from payable to receivable, less what was set off, by item."""
    moved = evidence.postings.filter(
        ((pl.col("debit") == RECEIVABLE) & (pl.col("credit") == PAYABLE))
        | ((pl.col("debit") == PAYABLE) & (pl.col("credit") == RECEIVABLE)))  # fmt: skip
    sign = pl.when(pl.col("debit") == RECEIVABLE).then(1).otherwise(-1)
    return fen_by_item(moved, pl.col("amount_fen") * sign)


def _taken(evidence: Evidence, debit: int) -> int:
    """What left the receivable account for another one and did not come back to it: back in cash, or given up."""
    pairs = ((debit, RECEIVABLE), (RECEIVABLE, debit))
    left, back = (int(evidence.postings.filter((pl.col("debit") == one) & (pl.col("credit") == other))["amount_fen"].sum())
                  for one, other in pairs)  # fmt: skip
    return left - back


def _outstanding(evidence: Evidence) -> int:
    """The balance of the receivable account."""
    sides = (pl.col("debit") == RECEIVABLE, pl.col("credit") == RECEIVABLE)
    debit, credit = (int(evidence.postings.filter(side)["amount_fen"].sum()) for side in sides)
    return debit - credit


def _basis(evidence: Evidence) -> dict[str, object]:
    payroll, proxy = evidence.newest("payroll"), evidence.newest("proxy")
    return {
        "pool": evidence.pool, "as_of": evidence.day.isoformat(),
        "through_month": show_month(payroll.period) if payroll else None,
        "payroll_run": payroll.pk if payroll else None, "payroll_known_on": payroll.known_on.isoformat() if payroll else None,
        "proxy_run": proxy.pk if proxy else None, "proxy_known_on": proxy.known_on.isoformat() if proxy else None,
    }  # fmt: skip
