"""The people behind a bank file: accounts and ID numbers opened only here, line by line of the batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from yingbao.formats.bank.records import PaymentBatch
from yingbao.ledger import postings
from yingbao.ledger.chart import RECEIVABLE
from yingbao.store import bulk, relations, sealed
from yingbao.store.models import BankAnswer, BankBatch, BankLine, Person, Posting, Run
from yingbao.values.errors import YingbaoError
from yingbao.values.money import Fen, yuan
from yingbao.values.month import month_of_date, show_month

if TYPE_CHECKING:
    from yingbao.formats.bank.records import AnswerLine, PaymentLine, ReturnReading


class NothingToRecover(YingbaoError):
    """More came back than is outstanding."""

    zh = "编号 {person} 待追回 {open} 元，本次登记 {fen} 元，超出应追回数。本次没有写入任何数据。"
    en = "Person {person} owes {open} yuan; {fen} is more than that. Nothing was written."


class NoAccountLeft(YingbaoError):
    """Between booking and the bank file, somebody's account ended: nobody is left out of a file in silence."""

    zh = "批次 {run} 中 {count} 人记账后账户已终止：{shown}。请登记新账户后再报盘。没有写出任何文件，也没有写入任何数据。"
    en = "Run {run}: the accounts of {count} persons have ended since it was booked: {shown}. Register new ones first. Nothing was written."


@dataclass(frozen=True, slots=True)
class Payee:
    """One bank line with what the bank must see. The account and the ID number are in clear: never log one."""

    line: int
    person_id: int
    account_fact_id: int
    account: str
    name: str
    id_number: str
    amount_fen: Fen

    def for_bank(self, summary: str) -> PaymentLine | tuple[Any, ...]:
        """The tuple of formats.bank.PaymentLine."""
        return (self.line, self.account, self.name, self.id_number, self.amount_fen, summary, str(self.person_id), "")

    def __repr__(self) -> str:
        return f"Payee({self.line}, #{self.person_id})"


def payment_batch(run: Run, place: int) -> PaymentBatch:
    """The head of a run's bank file. Its number is unique for ever: pool, run and place of the file within the run."""
    number = f"{run.pool:06d}{run.pk:06d}{place:02d}"
    return PaymentBatch(number, run.on, payer_account="", summary=f"养老金{show_month(run.period)}")


def payment_lines(run: Run, payments: pl.DataFrame, day: date, known_act: int | None = None) -> list[Payee]:
    """The payees of disbursement payments (``bank_line, person_id, amount_fen``), in line order.

    Their accounts are those of the day, as an act of number ``known_act`` saw them (None: as told by now).
    Raises NoAccountLeft.
    """
    people = payments["person_id"].to_list()
    chosen = None if len(people) > _MANY else people
    told = relations.accounts(run.pool, day, known_act, person_ids=chosen)
    if (gone := payments.join(told, on="person_id", how="anti")["person_id"]).len():
        shown = "、".join(f"#{one}" for one in gone.head(_SHOWN))
        raise NoAccountLeft(run=run.pk, count=gone.len(), shown=shown + ("…" if gone.len() > _SHOWN else ""))
    persons = bulk.read(Person.objects.filter(pool=run.pool).values_list("id", "name", "id_cipher")).rename(
        {"id": "person_id"})  # fmt: skip
    joined = payments.join(told, on="person_id").join(persons, on="person_id").sort("bank_line")
    numbers = joined["person_id"].to_list()
    accounts = sealed.open_accounts(joined["secret"].to_list(), numbers)
    ids = sealed.open_ids(joined["id_cipher"].to_list(), numbers)
    # The bank pays the holder of the account; the ID number of an heir or another office is not kept here.
    names = joined["holder"].fill_null(joined["name"])
    ids = ["" if holder else number for holder, number in zip(joined["holder"], ids, strict=True)]
    columns = (joined["bank_line"], numbers, joined["fact_id"], accounts, names, ids, joined["amount_fen"])
    return [Payee(*row) for row in zip(*columns, strict=True)]


_SHOWN = 5  # persons named in an error
_MANY = 5_000  # past this, reading everybody's accounts is cheaper than naming them


def keep_lines(batch: BankBatch, lines: Sequence[Payee]) -> None:
    """Keep what was sent; the account as the number of its fact."""
    bulk.write(BankLine, pl.DataFrame({
        "batch_id": pl.Series([batch.pk] * len(lines), dtype=pl.Int64),
        "line": pl.Series([one.line for one in lines], dtype=pl.Int32),
        "pool": pl.Series([batch.pool] * len(lines), dtype=pl.Int32),
        "person_id": pl.Series([one.person_id for one in lines], dtype=pl.Int64),
        "account_fact_id": pl.Series([one.account_fact_id for one in lines], dtype=pl.Int64),
        "name": pl.Series([one.name for one in lines], dtype=pl.String),
        "amount_fen": pl.Series([one.amount_fen for one in lines], dtype=pl.Int64),
    }))  # fmt: skip


def keep_answers(batch: BankBatch, lines: Sequence[AnswerLine], reading: ReturnReading, act: Any) -> None:
    """Keep what the bank said of each line."""
    count = len(lines)
    bulk.write(BankAnswer, pl.DataFrame({
        "pool": pl.Series([batch.pool] * count, dtype=pl.Int32),
        "batch_id": pl.Series([batch.pk] * count, dtype=pl.Int64),
        "line": pl.Series([one.line for one in lines], dtype=pl.Int32),
        "outcome": [one.outcome for one in lines],
        "code": [one.code for one in lines],
        "message": [one.message for one in lines],
        "bank_serial": [one.serial for one in lines],
        "on": pl.Series([act.on] * count, dtype=pl.Date),
        "return_sha256": [reading.sha256] * count,
        "act_seq": pl.Series([act.seq] * count, dtype=pl.Int64),
    }))  # fmt: skip


def lines_sent(batch: BankBatch) -> tuple[dict[int, Fen], dict[int, int]]:
    """What a batch asked the bank for: line → fen, and line → person."""
    sent = bulk.read(BankLine.objects.filter(batch_id=batch.pk).values_list("line", "amount_fen", "person_id"))
    numbers = sent["line"].to_list()
    return (dict(zip(numbers, sent["amount_fen"].to_list(), strict=True)),
            dict(zip(numbers, sent["person_id"].to_list(), strict=True)))  # fmt: skip


def post_repayment(pool: int, person_id: int, fen: Fen, entry_id: int, on: date) -> None:
    """Book money that came back, against the person's receivable. Raises NothingToRecover."""
    owed = relations.balance_of(pool, person_id, RECEIVABLE)
    if fen > owed:
        raise NothingToRecover(person=person_id, open=yuan(owed), fen=yuan(fen))
    debit, credit = next(iter(postings.REPAY.sides.values()))
    bulk.write(Posting, postings.posting(debit, credit, fen, month=month_of_date(on), entry_id=entry_id,
                                       pool=pool, person_id=person_id))  # fmt: skip

