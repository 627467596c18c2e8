"""The bank's return file (回盘): read whole, or refused whole with every problem named.

Matching is by (batch number, line number) and by nothing else: two people may share an account,
and one account may be part of another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import cast

from yingbao.formats.bank.errors import BankFileRefused, Problem
from yingbao.formats.bank.outfile import load
from yingbao.formats.bank.profile import SETTLED, Profile
from yingbao.formats.bank.read_frame import Parsed, check_head, parse
from yingbao.formats.bank.records import AnswerHead, AnswerLine, ReturnReading
from yingbao.values.money import Fen

_LISTED = 5


def read_return_file(profile: Profile, source: Path | bytes, *, name: str = "") -> ReturnReading:
    """Read a return file. Raises BankFileRefused (exit code 2) with every problem found, and then nothing is believed.

    ``name`` is shown in messages in place of the path's own. Whether the batch is ours and complete
    is asked of :func:`verify_against`.
    """
    content, shown = load(source, name, profile.max_lines)
    parsed = parse(profile, profile.answer, content, shown)
    number = str(parsed.header.get("batch", parsed.columns.get("batch", [""])[0]))
    lines = _lines(profile, parsed)
    settled = [line for line in lines if line.outcome == SETTLED]
    total = sum((line.paid_fen if line.paid_fen is not None else line.asked_fen) or 0 for line in settled)
    problems = check_head(parsed, number, len(settled), total, "settled_count")
    problems += _cell_problems(profile, lines)
    if problems:
        raise BankFileRefused(shown, sorted(problems, key=lambda problem: problem.row))
    sequence = cast("int", parsed.header.get("sequence", 1))
    head = AnswerHead(number, sequence, cast("date | None", parsed.header.get("answered_on")))
    return ReturnReading(head, tuple(lines), hashlib.sha256(content).hexdigest(), shown)


def _lines(profile: Profile, parsed: Parsed) -> list[AnswerLine]:
    """The lines with their outcome. Columns that the layout lacks are empty."""
    empty: list[object] = [None] * parsed.count
    text: list[object] = [""] * parsed.count
    columns = parsed.columns
    results = columns.get("result", text)
    codes = columns.get("code", text)
    known: dict[tuple[object, object], str] = {}
    outcomes = []
    for pair in zip(results, codes, strict=True):
        if pair not in known:
            known[pair] = profile.outcome(str(pair[0]), str(pair[1]))
        outcomes.append(known[pair])
    together = zip(
        columns["line"],
        results,
        codes,
        columns.get("message", text),
        columns.get("serial", text),
        columns.get("booked_on", empty),
        columns.get("paid", empty),
        columns.get("amount", empty),
        outcomes,
        range(parsed.first_row, parsed.first_row + parsed.count),
        strict=True,
    )
    return cast("list[AnswerLine]", list(map(AnswerLine._make, together)))


def _cell_problems(profile: Profile, lines: Iterable[AnswerLine]) -> list[Problem]:
    dated = any(field.source == "booked_on" for field in profile.answer.detail)
    problems = []
    for line in lines:
        if line.result not in profile.results:
            problems.append(Problem("result", line.row, line.result))
        if line.outcome == SETTLED:
            if dated and line.booked_on is None:
                problems.append(Problem("not_booked", line.row, str(line.line)))
        elif line.paid_fen:
            # Money that a failed or unfinished line is said to have moved: nobody may guess which is true.
            problems.append(Problem("amount", line.row, str(line.line)))
    return problems


def verify_against(
    reading: ReturnReading,
    *,
    batch_number: str,
    expected: Mapping[int, Fen],
    answered: Mapping[int, str] | None = None,
    complete: bool | None = None,
    newest: int = 0,
) -> list[Problem]:
    """What is wrong with a reading for the batch it should answer; empty: every row may be booked.

    ``expected``: line → fen of *every* line sent in the batch. ``answered``: line → final outcome told before.
    ``newest``: the highest sequence booked for the batch; an older file is an old file.
    ``complete``: whether every line without a final answer must be there (default: in the first file of a batch).
    """
    if reading.batch_number != batch_number:
        return [Problem("other_batch", 1, reading.batch_number)]
    if reading.head.sequence < newest:
        return [Problem("older", 1, str(reading.head.sequence))]
    before = answered or {}
    problems = []
    for line in reading.lines:
        sent = expected.get(line.line)
        if sent is None:
            problems.append(Problem("unknown_line", line.row, str(line.line)))
            continue
        paid = sent if line.outcome == SETTLED else 0
        if (line.paid_fen is not None and line.paid_fen != paid) or (line.asked_fen not in (None, sent)):
            problems.append(Problem("amount", line.row, str(line.line)))
        if before.get(line.line, line.outcome) != line.outcome:
            problems.append(Problem("contradicts", line.row, str(line.line)))
    if complete if complete is not None else reading.head.sequence == 1:
        told = {line.line for line in reading.lines}
        if missing := [line for line in expected if line not in told and line not in before]:
            problems.append(Problem("missing_lines", 0, _listed(missing)))
    return problems


def refuse_unless_verified(reading: ReturnReading, problems: list[Problem]) -> None:
    """Raise BankFileRefused with the problems of :func:`verify_against`, if there are any."""
    if problems:
        raise BankFileRefused(reading.file, problems)


def _listed(lines: list[int]) -> str:
    shown = "、".join(str(line) for line in sorted(lines)[:_LISTED])
    return f"{shown} 等共 {len(lines)} 笔" if len(lines) > _LISTED else f"{shown}（共 {len(lines)} 笔）"
