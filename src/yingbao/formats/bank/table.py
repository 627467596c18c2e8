"""Records to text and back, by layout. Column by column, for a county's file has 316,200 lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat

from yingbao.formats.bank.errors import Problem
from yingbao.formats.bank.profile import Field, Profile
from yingbao.values.money import LIMIT_FEN

# Control characters, invisible marks and line separators: a reader may break the line or the name at them.
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]")

_MONEY = re.compile(r"(0|[1-9]\d{0,12})\.\d\d", re.ASCII)
_INTEGER = re.compile(r"0|[1-9]\d{0,11}", re.ASCII)


def date_text(profile: Profile, day: date | None) -> str:
    """A date in the profile's form; empty for None."""
    return day.strftime(profile.date_format) if day else ""


def join_rows(profile: Profile, fields: Sequence[Field], columns: Mapping[str, Sequence[str]], count: int) -> list[str]:
    """Rows of text without line ends. ``columns``: source → the formatted cells."""
    cells: list[Iterable[str]] = []
    for field in fields:
        column = columns[field.source] if field.source else repeat(field.constant, count)
        cells.append([_padded(field, cell, profile.encoding) for cell in column] if field.width else column)
    separator = profile.separator or ""
    rows = list(map(separator.join, zip(*cells, strict=False)))
    if fields[-1].optional and profile.separator:
        rows = [row.removesuffix(separator) for row in rows]
    return rows


def _padded(field: Field, cell: str, encoding: str) -> str:
    """Numbers to the right behind zeros, text to the left before spaces; width counts bytes."""
    room = (field.width or 0) - len(cell.encode(encoding, "replace"))
    return "0" * room + cell if field.kind in ("integer", "money") else cell + " " * room


def too_long(profile: Profile, fields: Sequence[Field], columns: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Cells that do not fit the width of their field."""
    problems = []
    for field in fields:
        if field.width and field.source:
            for cell in columns[field.source]:
                if len(cell.encode(profile.encoding, "replace")) > field.width:
                    problems.append(Problem("too_long", what=field.name))
                    break
    return problems


def split_row(profile: Profile, fields: Sequence[Field], row: bytes) -> list[str] | None:
    """The cells of one row, or None when their number is wrong.

    Raises UnicodeDecodeError for bytes that are not of the profile's encoding.
    """
    if profile.separator is not None:
        cells = row.decode(profile.encoding).split(profile.separator)
        if len(cells) == len(fields) - 1 and fields[-1].optional:
            cells.append("")
        return cells if len(cells) == len(fields) else None
    if len(row) != sum(field.width or 0 for field in fields):
        return None
    cells, at = [], 0
    for field in fields:
        width = field.width or 0
        cell = row[at : at + width].decode(profile.encoding)
        at += width
        numeric = field.kind in ("integer", "money")
        cells.append((cell.lstrip("0") or "0") if numeric else cell.rstrip(" "))
        if numeric and cells[-1].startswith("."):
            cells[-1] = "0" + cells[-1]
    return cells


def parse_cell(profile: Profile, field: Field, cell: str) -> object:
    """The value of a cell: text, int (count), int (fen) or date. Raises ValueError."""
    if field.kind == "integer":
        return integer(cell)
    if field.kind == "money":
        return fen(cell)
    if field.kind == "date":
        return parse_date(profile.date_format, cell)
    return cell


def parse_column(profile: Profile, field: Field, cells: Sequence[str]) -> list[object]:
    """The values of a whole column, as :func:`parse_cell` gives them. Raises ValueError at the first bad cell."""
    if field.kind == "text":
        return list(cells)
    if field.kind == "integer":
        return list(map(integer, cells))
    if field.kind == "money":
        # A county has a handful of different pensions: read each text once.
        known = {cell: fen(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]
    return [parse_date(profile.date_format, cell) for cell in cells]


def integer(cell: str) -> int:
    """A whole number in its one right form. Raises ValueError."""
    if not _INTEGER.fullmatch(cell):
        raise ValueError(cell)
    return int(cell)


def fen(cell: str) -> int:
    """``135.00`` as 13500: two decimals, no sign, no separators. Raises ValueError."""
    if not _MONEY.fullmatch(cell):
        raise ValueError(cell)
    amount = int(cell.replace(".", ""))
    if amount > LIMIT_FEN:
        raise ValueError(cell)
    return amount


@lru_cache(maxsize=4096)
def parse_date(form: str, cell: str) -> date | None:
    """A date in the profile's form; None for an empty cell. Raises ValueError."""
    if not cell:
        return None
    day = datetime.strptime(cell, form).date()  # noqa: DTZ007 - a calendar day of the bank has no zone
    if day.strftime(form) != cell:
        raise ValueError(cell)
    return day
