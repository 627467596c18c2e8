"""What the books and the bank say of one person: read by the front of each key, however large the county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from yingbao.store.models import BankBatch, BankLine
from yingbao.values.month import Month
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps, to_spans

KEYS = ("person_id", "item")
# The literal in the condition lets SQLite use the index of final answers; a bound value would not.
_FINAL_ANSWER = (
    'SELECT outcome, code, message, "on" FROM store_bankanswer '
    "WHERE batch_id = %s AND line = %s AND NOT (outcome = 'unknown')"
)


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


def person_books(pool: int, person_id: int) -> PersonBooks:
    """Read one person's postings and bank lines."""
    of = entries(pool).select("entry_id", "run_id", "on", "reason", "citation")
    moves = postings(pool, person_ids=[person_id]).join(of, on="entry_id", how="left")
    runs = moves.filter(pl.col("kind") == "instruct")["run_id"].unique().sort().to_list()
    payments = [one for run in runs if (one := _payment(run, person_id)) is not None]
    return PersonBooks(person_id, moves, tuple(payments))


def _payment(run_id: int, person_id: int) -> BankPayment | None:
    batch = _batch_of(list(BankBatch.objects.filter(run_id=run_id).order_by("pk")), person_id)
    line = None if batch is None else _line_of(batch, person_id)
    if batch is None or line is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_FINAL_ANSWER, [batch.pk, line.line])
        answer = cursor.fetchone()
    outcome, code, message, on = answer or ("in_transit", "", "", None)
    answered = date.fromisoformat(on) if isinstance(on, str) else on
    return BankPayment(run_id, batch.number, line.line, line.amount_fen, batch.on, outcome, message or code, answered)


def _batch_of(batches: Sequence[BankBatch], person_id: int) -> BankBatch | None:
    """The file of a run in which a person would stand: people are in order through all files of a run."""
    low, high = 0, len(batches)
    while high - low > 1:
        middle = (low + high) // 2
        first = BankLine.objects.filter(batch_id=batches[middle].pk).order_by("line").first()
        low, high = (middle, high) if first is not None and first.person_id <= person_id else (low, middle)
    return batches[low] if batches else None


def _line_of(batch: BankBatch, person_id: int) -> BankLine | None:
    """The line of a person in a file, by halving: there is no index by person, and none is worth its cost."""
    lines = BankLine.objects.filter(batch_id=batch.pk).order_by("line")
    first, last = lines.first(), lines.last()
    if first is None or last is None:
        return None
    low, high = first.line, last.line
    while low <= high:
        middle = (low + high) // 2
        at = lines.filter(line__gte=middle).first()
        if at is None or at.person_id > person_id:
            high = middle - 1
        elif at.person_id < person_id:
            low = at.line + 1
        else:
            return at
    return None


def in_month(spans: pl.DataFrame, month: Month) -> dict[int, int]:
    """Fen of each item in one month of spans (SPANS)."""
    of = spans.filter((pl.col("from_month") <= month) & (pl.col("until_month") > month))
    return fen_by_item(of, pl.col("monthly_fen"))
