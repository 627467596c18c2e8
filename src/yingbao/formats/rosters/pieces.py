"""The tables of one sheet: one below another with headings of its own, or side by side. Each is read by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from yingbao.formats.rosters.context import lines_of
from yingbao.formats.rosters.foot import Foot
from yingbao.formats.rosters.grid import Sheet, Value, is_blank_row
from yingbao.formats.rosters.groups import Group, group_of
from yingbao.formats.rosters.headings import Headings, find_headings, fold, known_field, known_slot
from yingbao.formats.rosters.kinds import OF_EACH_ROW, Kind
from yingbao.formats.rosters.slots import only

PART = 100  # the members of a second table's rows are numbered from here, so that no two of a row are the same
_FEW = 2
_IDS = ("id", "disability_card")
# No heading of a number is without one of these: the quick way past the rows of a list whose numbers are all damaged.
_OF_A_NUMBER = re.compile(r"证|身份|号码|保障号|^\W*(id|sfz|aac)", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """One table: its rows from ``start`` to before ``end``, what stands above it, and its place beside others."""

    sheet: Sheet
    headings: Headings
    start: int
    end: int
    lines: list[str]
    whole: Headings  # of all tables beside each other
    place: int = 0
    said: Group = field(default_factory=Group)


def stretches(sheet: Sheet, headings: Headings, known: Mapping[str, str]) -> list[Headings]:
    """The headings of the sheet, and those further down whose columns stand otherwise."""
    found = [headings]
    numbers = _numbers(headings)
    for row in range(headings.last + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        # The fast no: a long number stands where numbers belong.
        if any(column < len(cells) and type(cells[column]) is str and len(cells[column]) > 14 and cells[column][:14].isdigit()  # type: ignore[arg-type, index] # noqa: PLR2004
               for column in numbers):  # fmt: skip
            continue
        now = found[-1]
        if row > now.last and _may_be_headings(cells) and (other := _other(sheet, row, now, known)):
            found.append(other)
            numbers = _numbers(other)
    return found


def _numbers(headings: Headings) -> list[int]:
    return [column.index for column in headings.columns if column.field in _IDS]


def _may_be_headings(cells: list[Value]) -> bool:
    """The words of headings are there, a name and a number among them."""
    texts = [value for value in cells if isinstance(value, str) and value.strip()]
    if len(texts) < _FEW or not any(map(_OF_A_NUMBER.search, texts)):
        return False
    fields = [slot[0] if (slot := known_slot(text)) else known_field(text) for text in texts]
    told = sum(name is not None for name in fields)
    return bool({*_IDS} & {*fields}) and "name" in fields and told * 3 >= len(texts) * 2


def _other(sheet: Sheet, row: int, now: Headings, known: Mapping[str, str]) -> Headings | None:
    """The headings at a row, if they are not the same again."""
    labels = {column.index: fold(column.own_label) for column in now.columns if column.label}
    here = {column: fold(text) for column in range(len(sheet.rows[row])) if (text := sheet.text(row, column)).strip()}
    if all(labels.get(column) == text for column, text in here.items()):
        return None
    first = row - 1 if row - 1 > now.last else row
    found = find_headings(sheet, known=known, rows=range(first, row + 1))
    return found if found and found.first <= row <= found.last else None


def pieces_of(sheet: Sheet, all_headings: list[Headings], kind: Kind) -> Iterator[Piece]:
    """The tables of the sheet, from the first row to the last, those beside each other one after the other."""
    starts = [0]
    for before, now in pairwise(all_headings):
        starts.append(_begins(sheet, before, now.first, kind))
    for headings, start, end in zip(all_headings, starts, [*starts[1:], len(sheet.rows)], strict=True):
        lines = lines_of(sheet, start, headings.first)
        said = _said(lines, kind) if start or kind.name == OF_EACH_ROW else Group()
        if not headings.tables:
            yield Piece(sheet, headings, start, end, lines, headings, 0, said)
            continue
        for place, columns in enumerate(headings.tables):
            view = only(sheet, columns, headings.columns)
            own = group_of(next((column.group for column in reversed(columns) if column.group), ""), kind)
            yield Piece(view, Headings(headings.first, headings.last, columns), start, end, lines, headings, place, own or said)


def _begins(sheet: Sheet, before: Headings, first: int, kind: Kind) -> int:
    """The first of the lines that stand above headings further down: blank ones and titles."""
    foot = Foot(sheet, before, kind)
    row = first
    while row - 1 > before.last:
        above = row - 1
        one_text = len({text.strip() for text in lines_of(sheet, above, row)}) == 1
        if not (is_blank_row(sheet.rows[above]) or (one_text and foot.code(above) in (None, "row_title", "row_note"))):
            break
        row = above
    return row


def _said(lines: list[str], kind: Kind) -> Group:
    """What the titles of a further table say together."""
    found = Group()
    for line in lines:
        found = group_of(line, kind).over(found)
    return found

