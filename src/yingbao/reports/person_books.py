"""What the books and the bank say of one person: read by the front of each key, however large the county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.db import connection

from yingbao.ledger.chart import PAYABLE, PAYOUT_BANK, RECEIVABLE
from yingbao.reports.money import amounts, fen_by_item
from yingbao.rules.gap import gap_of_steps
from yingbao.rules.relations import STEPS
from yingbao.store.books import Book
from yingbao.store.done import entries, postings, steps_of
from yingbao.values.month import Month
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps, to_spans

KEYS = ("person_id", "item")
# A person's line in each file of some runs and its final answer. There is no index of bank lines by person, and none is worth its
# cost: lines are numbered without gaps in the order of persons, so the database halves each file, all files in one question.
# The literal in the last join lets SQLite use the index of final answers; a bound value would not.
_BANK_LINES = """
WITH RECURSIVE files(batch_id, low, high) AS (
    SELECT id, (SELECT MIN(line) FROM store_bankline WHERE batch_id = store_bankbatch.id),
               (SELECT MAX(line) FROM store_bankline WHERE batch_id = store_bankbatch.id)
    FROM store_bankbatch WHERE run_id IN ({runs})
), halved(batch_id, low, high) AS (
    SELECT batch_id, low, high FROM files
    UNION ALL
    SELECT halved.batch_id, CASE WHEN middle.person_id < %s THEN middle.line + 1 ELSE halved.low END,
                            CASE WHEN middle.person_id < %s THEN halved.high ELSE middle.line END
    FROM halved JOIN store_bankline AS middle
      ON middle.batch_id = halved.batch_id AND middle.line = (halved.low + halved.high) / 2
    WHERE halved.low < halved.high
)
SELECT batch.run_id, batch.number, sent.line, sent.amount_fen, batch."on",
       answer.outcome, answer.code, answer.message, answer."on"
FROM halved
JOIN store_bankline AS sent ON sent.batch_id = halved.batch_id AND sent.line = halved.low AND sent.person_id = %s
JOIN store_bankbatch AS batch ON batch.id = halved.batch_id
LEFT JOIN store_bankanswer AS answer
  ON answer.batch_id = sent.batch_id AND answer.line = sent.line AND NOT (answer.outcome = 'unknown')
WHERE halved.low = halved.high
ORDER BY batch.run_id, batch.id
"""


@dataclass(frozen=True)
class BankPayment:
    """One line of a bank file: ``outcome`` settled, curable, do_not_resend, or in_transit before a final answer."""

    run_id: int
    batch: str
    line: int
    fen: int
    sent_on: date
    outcome: str
    message: str
    answered_on: date | None


@dataclass(frozen=True)
class PersonBooks:
    """``moves``: the person's postings with their entry's ``run_id, kind, on, reason, citation``, in order."""

    person_id: int
    moves: pl.DataFrame
    payments: tuple[BankPayment, ...]

    def _steps(self, book: Book) -> pl.DataFrame:
        """Done as steps (STEPS)."""
        return add_steps([steps_of(self.moves, book)], KEYS, "monthly_fen").select(*STEPS)

    @cached_property
    def _recognised(self) -> pl.DataFrame:
        return self._steps(Book.RECOGNISED)

    @cached_property
    def recognised(self) -> pl.DataFrame:
        """Recognised, as spans (SPANS)."""
        return to_spans(self._recognised, KEYS, "monthly_fen")

    @cached_property
    def payable(self) -> list[tuple[int, int]]:
        """Item and fen of each span recognised and not sent (above zero), or sent and not recognised (below)."""
        left = gap_of_steps(self._recognised, self._steps(Book.DISBURSED))
        return list(left.select("item", amounts()).iter_rows())

    def outcome_of(self, run_id: int) -> BankPayment | None:
        """The bank line of a run, if the person was in its file."""
        return next((one for one in self.payments if one.run_id == run_id), None)

    @cached_property
    def by_item(self) -> dict[Item, dict[str, int]]:
        """Fen by item: recognised, stated, settled, in transit, payable (open or held), overpaid, to recover."""
        moves: dict[int, list[dict[str, Any]]] = {}
        for row in self.moves.iter_rows(named=True):
            moves.setdefault(row["item"], []).append(row)
        recognised = fen_by_item(self.recognised, amounts())
        return {item: self._of_item(item, moves.get(int(item), []), recognised.get(int(item), 0)) for item in Item}

    def _of_item(self, item: Item, mine: list[dict[str, Any]], recognised: int) -> dict[str, int]:
        sent = {"settled": 0, "in_transit": 0}
        for row in mine:
            if row["kind"] == "instruct":
                line = self.outcome_of(row["run_id"])
                outcome = "in_transit" if line is None else line.outcome
                if outcome in sent:
                    sent[outcome] += row["amount_fen"]
        if item.yearly:  # a contribution is settled when it is booked: its money came first
            sent["settled"] = recognised
        left = [] if item.yearly else [fen for of, fen in self.payable if of == int(item)]
        return {
            "recognised_fen": recognised,
            "stated_fen": sum(row["amount_fen"] for row in mine if row["kind"] == "opening_disbursed"),
            "settled_fen": sent["settled"],
            "in_transit_fen": sent["in_transit"],
            "payable_fen": sum(fen for fen in left if fen > 0),
            "overpaid_fen": -sum(fen for fen in left if fen < 0),
            "to_recover_fen": _moved(mine, RECEIVABLE, PAYABLE) - _moved(mine, PAYABLE, RECEIVABLE),
        }

    @property
    def recovered_fen(self) -> int:
        """What the person has paid back."""
        return _moved(self.moves.iter_rows(named=True), PAYOUT_BANK, RECEIVABLE)


def _moved(rows: Iterable[dict[str, Any]], debit: int, credit: int) -> int:
    return sum(row["amount_fen"] for row in rows if (row["debit"], row["credit"]) == (debit, credit))


def person_books(pool: int, person_id: int, until: date | None = None) -> PersonBooks:
    """Read one person's postings and bank lines; ``until``: as they stood at the end of that day.

    An entry is known on the day it is dated, an answer of the bank on the day it was taken.
    """
    of = entries(pool).select("entry_id", "run_id", "on", "reason", "citation")
    moves = postings(pool, person_ids=[person_id]).join(of, on="entry_id", how="left")
    if until is not None:
        moves = moves.filter(pl.col("on") <= until)
    runs = moves.filter(pl.col("kind") == "instruct")["run_id"].unique().sort().to_list()
    sent = bank_payments(runs, person_id)
    return PersonBooks(person_id, moves, tuple(sent if until is None else _by(sent, until)))


def _by(sent: Iterable[BankPayment], until: date) -> Iterator[BankPayment]:
    """What was sent by a day; what the bank answered later is still on its way."""
    for one in sent:
        if one.sent_on <= until:
            late = one.answered_on is not None and one.answered_on > until
            yield replace(one, outcome="in_transit", message="", answered_on=None) if late else one


def bank_payments(runs: Sequence[int], person_id: int) -> Iterator[BankPayment]:
    """What the bank was sent for a person by some runs, in order."""
    if not runs:
        return
    with connection.cursor() as cursor:
        question = _BANK_LINES.format(runs=", ".join(["%s"] * len(runs)))
        cursor.execute(question, [*runs, person_id, person_id, person_id])
        for run, number, line, fen, sent_on, outcome, code, message, answered_on in cursor.fetchall():
            yield BankPayment(run, number, line, fen, _date(sent_on), outcome or "in_transit", message or code or "",
                              None if answered_on is None else _date(answered_on))  # fmt: skip


def _date(told: date | str) -> date:
    """A day as the database tells it: SQLite's driver knows it as text."""
    return date.fromisoformat(told) if isinstance(told, str) else told


def in_month(spans: pl.DataFrame, month: Month) -> dict[int, int]:
    """Fen of each item in one month of spans (SPANS)."""
    of = spans.filter((pl.col("from_month") <= month) & (pl.col("until_month") > month))
    return fen_by_item(of, pl.col("monthly_fen"))
