"""What a bank file says, free of any layout: the batch, its lines, and the bank's answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from yingbao.values.identity import AccountNumber, IdNumber
from yingbao.values.money import Fen


@dataclass(frozen=True, slots=True)
class PaymentBatch:
    """The head of a payment file. ``number`` is unique for ever and is part of the file name."""

    number: str
    pay_on: date
    agreement: str = ""
    payer_account: str | AccountNumber = ""
    currency: str = "CNY"
    summary: str = ""


class PaymentLine(NamedTuple):
    """One payment. A plain tuple of this order does as well; text in place of a Secret too."""

    line: int
    account: str | AccountNumber
    account_name: str
    id_number: str | IdNumber
    amount_fen: Fen
    line_summary: str = ""
    person: str = ""
    spare: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that is safely on disk. ``total_fen``: the sum of its lines (settled lines for a return file)."""

    path: Path
    sha256: str
    count: int
    total_fen: Fen


class AnswerLine(NamedTuple):
    """The bank's answer to one line.

    ``row`` is the row in the file, from 1. ``outcome`` is ``settled | curable | do_not_resend | unknown``.
    ``paid_fen`` is what the bank says it paid (None: its layout does not say); ``asked_fen`` what it read in our file.
    """

    line: int
    result: str
    code: str = ""
    message: str = ""
    serial: str = ""
    booked_on: date | None = None
    paid_fen: Fen | None = None
    asked_fen: Fen | None = None
    outcome: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """The head of a return file. ``sequence`` 1 answers every line; 2 and later the lines left in process."""

    number: str
    sequence: int = 1
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnReading:
    """A return file that was read whole. ``sha256`` is of the file's bytes: the same file twice has the same."""

    head: AnswerHead
    lines: tuple[AnswerLine, ...]
    sha256: str
    file: str

    @property
    def batch_number(self) -> str:
        """The batch the file answers."""
        return self.head.number

    def counts(self) -> dict[str, int]:
        """Lines by outcome, every outcome named."""
        found = {"settled": 0, "curable": 0, "do_not_resend": 0, "unknown": 0}
        for line in self.lines:
            found[line.outcome] += 1
        return found
