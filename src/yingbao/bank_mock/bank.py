"""The made-up bank at work, a round at a time: take new files, pay, answer what is due."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from yingbao.bank_mock.books import Books, TakenBatch, TakenLine
from yingbao.bank_mock.misdeeds import spoiled
from yingbao.bank_mock.script import CHANCES, Script
from yingbao.formats.bank import (
    AnswerHead,
    AnswerLine,
    BankFileRefused,
    PaymentBatch,
    PaymentLine,
    Profile,
    read_payment_file,
    return_bytes,
)
from yingbao.formats.bank.outfile import file_name, save

_LATE = {"truncated", "flipped_digest", "other_batch", "missing_line", "wrong_total"}


@dataclass(frozen=True)
class Bank:
    """One bank: its layout, its script, its seed and its books."""

    profile: Profile
    script: Script
    seed: int
    books: Books


@dataclass
class Round:
    """What a round did: batches taken, files refused, files sent (names)."""

    number: int
    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)


def work(bank: Bank, inbox: Path, outbox: Path) -> Round:
    """One round. Kill it anywhere and run it again: no line is paid twice."""
    done = Round(bank.books.next_round())
    for path in sorted(inbox.glob("*")):
        if path.is_file() and not path.name.startswith("."):
            _take(bank, path, done)
    for batch in bank.books.batches():
        _answer(bank, batch, inbox, outbox, done)
    return done


def _take(bank: Bank, path: Path, done: Round) -> None:
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if bank.books.knows(sha256):
        return
    try:
        batch, lines = read_payment_file(bank.profile, content, name=path.name)
    except BankFileRefused as error:
        bank.books.refuse(path.name, sha256, error.code)
        done.refused.append(path.name)
        return
    if bank.books.has_batch(batch.number):
        bank.books.refuse(path.name, sha256, "batch number taken before")
        done.refused.append(path.name)
        return
    taken = TakenBatch(batch.number, path.name, batch.pay_on.isoformat(), done.number, None, None, None)
    bank.books.take(taken, sha256, _decide(bank, batch, lines), (str(line.account) for line in lines))
    done.taken.append(batch.number)


def _decide(bank: Bank, batch: PaymentBatch, lines: list[PaymentLine]) -> list[TakenLine]:
    """What happens to each line: by script, else by the dice of the seed and the batch."""
    script = bank.script
    dice = random.Random(f"{bank.seed}:{batch.number}")  # noqa: S311 - a test bank, repeatable by seed
    codes = {outcome: bank.profile.code_for(outcome) for outcome in ("curable", "do_not_resend", "unknown")}
    bounds = (script.settled, script.settled + script.curable, CHANCES - script.unknown)
    decided = []
    for line in lines:
        throw, second = dice.randrange(CHANCES), dice.randrange(CHANCES)
        unknown = "unknown_paid" if second < script.unknown_paid else "unknown_unpaid"
        thrown = next((fate for fate, end in zip(_THROWN, bounds, strict=True) if throw < end), unknown)
        fate = script.lines.get(line.line) or script.names.get(line.account_name) or thrown
        # An unpaid unknown turns out to be a failure that can be mended.
        told = codes["curable" if fate == "unknown_unpaid" else fate] if fate in _FAILING else [""]
        serial = f"{batch.number}-{line.line:07d}"
        decided.append(TakenLine(line.line, fate, told[second % len(told)], serial, line.amount_fen))
    return decided


_THROWN = ("settled", "curable", "do_not_resend")
_FAILING = ("curable", "do_not_resend", "unknown_unpaid")


def _answer(bank: Bank, batch: TakenBatch, inbox: Path, outbox: Path, done: Round) -> None:
    """Send what is due of a batch in this round: a wrong file, the first answer, or the last."""
    if batch.last_round is not None:
        return
    deeds = bank.script.misdeeds(batch.number)
    if "late" in deeds and done.number == batch.received_round:
        return
    lines = bank.books.lines(batch.number)
    first, last = (outbox / file_name(bank.profile.answer, batch.number, sequence) for sequence in (1, 2))
    if batch.first_round is None:
        wrong = next((deed for deed in deeds if deed in _LATE), None)
        content = _content(bank, batch, lines, inbox, last=False)
        if wrong and batch.wrong_round is None:
            _send(first, spoiled(bank.profile, content, wrong, batch.number), done)
            bank.books.note(batch.number, "wrong_round", done.number)
            return
        _send(first, content, done, again="duplicate" in deeds)
        bank.books.note(batch.number, "first_round", done.number)
        if not any(line.fate.startswith("unknown") for line in lines):
            bank.books.note(batch.number, "last_round", done.number)
    elif done.number >= batch.first_round + bank.script.unknown_rounds:
        _send(last, _content(bank, batch, lines, inbox, last=True), done)
        bank.books.note(batch.number, "last_round", done.number)


def _send(path: Path, content: bytes, done: Round, *, again: bool = False) -> None:
    names = [path.stem] if not path.exists() else [f"{path.stem}_r{done.number}"]
    if again:
        names.append(f"{names[0]}_again")
    for name in names:
        save(path.with_name(name + path.suffix), content)
        done.sent.append(name + path.suffix)


def _content(bank: Bank, batch: TakenBatch, lines: list[TakenLine], inbox: Path, *, last: bool) -> bytes:
    """The bytes of the first answer (every line) or the last (the lines that were unknown)."""
    pay_on = date.fromisoformat(batch.pay_on)
    told = [line for line in lines if not last or line.fate.startswith("unknown")]
    answers = [_line(bank.profile, line, pay_on, last=last) for line in told]
    days = bank.script.answer_days * (2 if last else 1)
    head = AnswerHead(batch.number, 2 if last else 1, pay_on + timedelta(days=days))
    asked = None
    if any(one.source == "account" for one in bank.profile.answer.detail):
        asked = {line.line: line for line in read_payment_file(bank.profile, inbox / batch.file)[1]}
    return return_bytes(bank.profile, head, answers, asked)


def _line(profile: Profile, line: TakenLine, pay_on: date, *, last: bool) -> AnswerLine:
    """What the bank says of a line: of an unknown nothing certain, until the last answer."""
    if line.fate.startswith("unknown") and not last:
        code = profile.code_for("unknown")[-1]
        result = profile.result_for("unknown") or profile.result_for("failed") or ""
        return AnswerLine(line.line, result, code, profile.codes[code].zh)
    if line.paid:
        result = profile.result_for("settled") or ""
        return AnswerLine(line.line, result, "", "", line.serial, pay_on, line.amount_fen)
    return AnswerLine(line.line, profile.result_for("failed") or "", line.code, profile.codes[line.code].zh)
