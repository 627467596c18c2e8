"""Ways in which a return file goes wrong, by purpose and always the same."""

from __future__ import annotations

from yingbao.formats.bank import AnswerHead, AnswerLine, Profile, read_return_file, return_bytes
from yingbao.formats.bank.digest import digest_hex
from yingbao.values.money import yuan_plain


def spoiled(profile: Profile, content: bytes, deed: str, batch: str) -> bytes:
    """The file as it arrives after a misdeed of :data:`yingbao.bank_mock.script.MISDEEDS`."""
    end = profile.line_end.encode()
    rows = content.split(end)[:-1]
    if deed == "truncated":
        return b"".join(row + end for row in rows[: max(1, len(rows) // 2)])
    if deed == "flipped_digest" and profile.digest:
        swapped = b"0" if rows[-1][-1:] != b"0" else b"1"
        return b"".join(row + end for row in [*rows[:-1], rows[-1][:-1] + swapped])
    if deed == "other_batch":
        return _sealed(profile, content.replace(batch.encode(), f"{batch}X".encode()))
    if deed == "missing_line":
        return _without_last(profile, content, rows)
    if deed == "wrong_total" and profile.answer.header:
        return _sealed(profile, _fen_more(profile, content, rows))
    return content[: len(content) // 2]


def _sealed(profile: Profile, content: bytes) -> bytes:
    """With a digest that is right for the changed bytes."""
    if not profile.digest:
        return content
    end = profile.line_end.encode()
    trailer = content.split(end)[-2]
    body = content[: len(content) - len(trailer) - len(end)]
    size = len(digest_hex(profile.digest, b""))
    return body + trailer[:-size] + digest_hex(profile.digest, body).encode() + end


def _without_last(profile: Profile, content: bytes, rows: list[bytes]) -> bytes:
    """A file that is whole in itself but does not answer the last line."""
    if not profile.answer.header:
        return b"".join(row + profile.line_end.encode() for row in rows[:-1])
    reading = read_return_file(profile, content)
    kept: list[AnswerLine] = list(reading.lines[:-1])
    return return_bytes(profile, AnswerHead(reading.batch_number, 1, reading.head.answered_on), kept)


def _fen_more(profile: Profile, content: bytes, rows: list[bytes]) -> bytes:
    """The header's total a fen too high."""
    separator = (profile.separator or "|").encode()
    cells = rows[0].split(separator)
    place = [field.source for field in profile.answer.header].index("total")
    fen = int(cells[place].replace(b".", b"")) + 1
    cells[place] = yuan_plain(fen).encode()
    return content.replace(rows[0], separator.join(cells), 1)
