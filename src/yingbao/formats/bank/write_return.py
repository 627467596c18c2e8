"""Writing a return file as the bank does: for the mock bank and for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from yingbao.formats.bank.outfile import assemble, file_name, save
from yingbao.formats.bank.profile import SETTLED, Profile
from yingbao.formats.bank.records import AnswerHead, AnswerLine, PaymentLine, WrittenFile
from yingbao.formats.bank.table import date_text, join_rows
from yingbao.values.identity import Secret
from yingbao.values.money import yuan_plain


def return_bytes(
    profile: Profile, head: AnswerHead, answers: Sequence[AnswerLine], asked: Mapping[int, PaymentLine] | None = None
) -> bytes:
    """The bytes of a return file. ``asked``: line → what was asked, for layouts that repeat the request."""
    settled = [a for a in answers if profile.outcome(a.result, a.code) == SETTLED]
    total = sum(answer.paid_fen or 0 for answer in settled)
    top = {
        "batch": head.number,
        "sequence": str(head.sequence),
        "answered_on": date_text(profile, head.answered_on),
        "count": str(len(answers)),
        "settled_count": str(len(settled)),
        "total": yuan_plain(total),
    }
    header = {source: [value] for source, value in top.items()}
    columns = _columns(profile, head, answers, asked or {})
    rows = join_rows(profile, profile.answer.header, header, 1) if profile.answer.header else []
    if profile.answer.titles:
        rows.append((profile.separator or "").join(field.name for field in profile.answer.detail))
    rows += join_rows(profile, profile.answer.detail, columns, len(answers))
    return assemble(profile, profile.answer, rows, header)


def write_return_file(
    profile: Profile,
    head: AnswerHead,
    answers: Sequence[AnswerLine],
    folder: Path,
    asked: Mapping[int, PaymentLine] | None = None,
) -> WrittenFile:
    """Write a return file into ``folder``. ``total_fen`` of the result is of the settled lines."""
    path = folder / file_name(profile.answer, head.number, head.sequence)
    sha256 = save(path, return_bytes(profile, head, answers, asked))
    paid = sum(a.paid_fen or 0 for a in answers if profile.outcome(a.result, a.code) == SETTLED)
    return WrittenFile(path, sha256, len(answers), paid)


def _columns(
    profile: Profile, head: AnswerHead, answers: Sequence[AnswerLine], asked: Mapping[int, PaymentLine]
) -> dict[str, list[str]]:
    count = len(answers)
    columns = {
        "batch": [head.number] * count,
        "line": [str(answer.line) for answer in answers],
        "result": [answer.result for answer in answers],
        "code": [answer.code for answer in answers],
        "message": [answer.message for answer in answers],
        "serial": [answer.serial for answer in answers],
        "booked_on": [date_text(profile, answer.booked_on) for answer in answers],
        "paid": [yuan_plain(answer.paid_fen or 0) for answer in answers],
    }
    if any(field.source not in columns for field in profile.answer.detail):
        lines = [PaymentLine._make(asked[answer.line]) for answer in answers]
        columns["amount"] = [yuan_plain(line.amount_fen) for line in lines]
        for source in ("account", "account_name", "id_number", "line_summary", "person", "spare"):
            values = [getattr(line, source) for line in lines]
            columns[source] = [v.reveal() if isinstance(v, Secret) else v for v in values]
    return columns
