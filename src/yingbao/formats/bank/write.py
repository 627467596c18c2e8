"""The payment file (报盘) for the bank. Same lines, same bytes; refused rather than guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from yingbao.formats.bank.errors import PaymentFileRefused, Problem
from yingbao.formats.bank.outfile import ReadyFile, assemble, file_name
from yingbao.formats.bank.profile import Profile
from yingbao.formats.bank.records import PaymentBatch, PaymentLine, WrittenFile
from yingbao.formats.bank.table import INVISIBLE, date_text, join_rows, too_long
from yingbao.values.identity import Secret
from yingbao.values.money import LIMIT_FEN, Fen, yuan_plain

_ACCOUNTS = re.compile(r"(?:\d{8,32}\n)+", re.ASCII)
_ACCOUNT = re.compile(r"\d{8,32}", re.ASCII)
_DAMAGED = re.compile("[?？\ufffd]")

Line = PaymentLine | tuple[Any, ...]


def payment_file(profile: Profile, batch: PaymentBatch, lines: Iterable[Line]) -> ReadyFile:
    """The payment file of a batch, ready to be saved: nothing is on disk yet.

    ``lines``: PaymentLine or plain tuples of that order, ascending by line number. Secrets are revealed here.
    Raises PaymentFileRefused with every problem found. A name that the encoding cannot write is one of them, by name:
    it is never written as ``?``.
    """
    name = file_name(profile.payment, batch.number)
    columns, amounts = _columns(lines)
    head = _head(profile, batch, len(amounts), sum(amounts))
    problems = _problems(profile, columns, amounts)
    problems += [p for values in head.values() for p in _forbidden(profile, values)]
    if not problems:
        count = len(amounts)
        columns |= {"batch": [batch.number] * count}
        problems = too_long(profile, profile.payment.detail, columns) + too_long(profile, profile.payment.header, head)
    if problems:
        raise PaymentFileRefused(name, problems)
    rows = join_rows(profile, profile.payment.header, head, 1) if profile.payment.header else []
    if profile.payment.titles:
        rows.append((profile.separator or "").join(field.name for field in profile.payment.detail))
    rows += join_rows(profile, profile.payment.detail, columns, len(amounts))
    return ReadyFile(name, assemble(profile, profile.payment, rows, head), len(amounts), sum(amounts))


def write_payment_file(profile: Profile, batch: PaymentBatch, lines: Iterable[Line], folder: Path) -> WrittenFile:
    """Write the payment file of a batch into ``folder``: where it is, its sha256, count and total. See :func:`payment_file`."""
    return payment_file(profile, batch, lines).save(folder)


def payment_files(profile: Profile, parts: Iterable[tuple[PaymentBatch, Iterable[Line]]]) -> list[ReadyFile]:
    """The files of several batches. Raises PaymentFileRefused with the problems of all of them: then no file goes out."""
    ready: list[ReadyFile] = []
    refused: list[PaymentFileRefused] = []
    for batch, lines in parts:
        try:
            ready.append(payment_file(profile, batch, lines))
        except PaymentFileRefused as problem:
            refused.append(problem)
    if refused:
        raise PaymentFileRefused("、".join(one.file for one in refused), [found for one in refused for found in one.problems])
    return ready


def line_ranges(profile: Profile, count: int) -> list[tuple[int, int]]:
    """Half-open places into which ``count`` lines are cut so that each file keeps the bank's limit."""
    size = profile.max_lines
    return [(start, min(start + size, count)) for start in range(0, count, size)]


def unwritable_names(profile: Profile, names: Iterable[str]) -> list[str]:
    """The names (each once, sorted) this bank cannot be sent, to hold them before a run is approved."""
    return sorted({name for name in set(names) if _name_problem(profile, name)})


def _columns(lines: Iterable[Line]) -> tuple[dict[str, list[str]], list[Fen]]:
    """The lines as columns of text by source, and the amounts. Secrets turn into clear text here."""
    turned: list[tuple[Any, ...]] = list(zip(*lines, strict=True))
    if not turned:
        return {source: [] for source in PaymentLine._fields}, []
    defaults = list(PaymentLine(0, "", "", "", 0))
    count = len(turned[0])
    raw: dict[str, list[Any]] = {
        source: list(turned[place]) if place < len(turned) else [defaults[place]] * count
        for place, source in enumerate(PaymentLine._fields)
    }
    amounts = [int(amount) for amount in raw.pop("amount_fen")]
    columns = {source: _clear(values) for source, values in raw.items()}
    columns["amount"] = [yuan_plain(amount) for amount in amounts]
    return columns, amounts


def _clear(values: Sequence[object]) -> list[str]:
    return [v if isinstance(v, str) else v.reveal() if isinstance(v, Secret) else str(v) for v in values]


def _head(profile: Profile, batch: PaymentBatch, count: int, total: Fen) -> dict[str, list[str]]:
    payer = batch.payer_account
    values = {
        "batch": batch.number,
        "pay_on": date_text(profile, batch.pay_on),
        "agreement": batch.agreement,
        "payer_account": payer.reveal() if isinstance(payer, Secret) else payer,
        "count": str(count),
        "total": yuan_plain(total),
        "currency": batch.currency,
        "summary": batch.summary,
    }
    return {source: [value] for source, value in values.items()}


def _problems(profile: Profile, columns: dict[str, list[str]], amounts: list[Fen]) -> list[Problem]:
    """Everything that the bank could misread. The fast test of a whole column comes first."""
    numbers = columns["line"]
    if not numbers:
        return [Problem("no_lines")]
    problems: list[Problem] = []
    if len(numbers) > profile.max_lines:
        problems.append(Problem("too_many", what=str(profile.max_lines)))
    values = [int(number) for number in numbers]
    unordered = [after for before, after in pairwise([0, *values]) if after <= before]
    if unordered:
        problems.append(Problem("order", what=str(unordered[0])))
    if min(amounts) <= 0 or sum(amounts) > LIMIT_FEN:
        problems += [Problem("not_positive", what=n) for n, fen in zip(numbers, amounts, strict=True) if fen <= 0]
    if sum(amounts) > LIMIT_FEN:
        problems.append(Problem("total", what=yuan_plain(sum(amounts))))
    if not _ACCOUNTS.fullmatch("\n".join(columns["account"]) + "\n"):
        bad_accounts = [n for n, a in zip(numbers, columns["account"], strict=True) if not _ACCOUNT.fullmatch(a)]
        problems += [Problem("account", what=number) for number in bad_accounts]
    for name in dict.fromkeys(columns["account_name"]) if _suspect(profile, columns["account_name"]) else ():
        if code := _name_problem(profile, name):
            problems.append(Problem(code, what=_printable(name)))
    for source in ("id_number", "line_summary", "person", "spare"):
        problems += _forbidden(profile, columns[source])
    return problems


def _suspect(profile: Profile, values: Sequence[str]) -> bool:
    """Whether any of the values may be unwritable: one test for the whole column."""
    different = set(values)
    if not all(map(str.strip, different)):
        return True
    together = "".join(different)
    return _text_problem(profile, together) is not None or _DAMAGED.search(together) is not None


def _name_problem(profile: Profile, name: str) -> str | None:
    if _DAMAGED.search(name) or not name.strip():
        return "damaged"
    return _text_problem(profile, name)


def _text_problem(profile: Profile, text: str) -> str | None:
    """``forbidden``, ``unwritable`` or None. Reading back must give the same text."""
    if INVISIBLE.search(text) or (profile.separator and profile.separator in text):
        return "forbidden"
    try:
        same = text.encode(profile.encoding).decode(profile.encoding) == text
    except UnicodeError:
        return "unwritable"
    return None if same else "unwritable"


def _forbidden(profile: Profile, values: Sequence[str]) -> list[Problem]:
    """Problems of the other texts; what they hold may be an ID number, so it is not shown."""
    if _text_problem(profile, "".join(values)) is None:
        return []
    return [Problem("forbidden", what="***") for value in values if _text_problem(profile, value)]


def _printable(name: str) -> str:
    """The name as it can be printed: a code point in place of what no screen shows."""
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in name)
    return shown or "（空）"
