"""Cards of one person each: a label and beside it what it says (姓名 | 王一 | 身份证号 | …), one card a sheet or many down a sheet.

A sheet of cards becomes a table of one card a row, its labels the headings; problems still name the cells of the cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yingbao.formats.rosters.by_content import is_number
from yingbao.formats.rosters.grid import Sheet, Value, letter, text_of
from yingbao.formats.rosters.headings import fold, known_field, known_slot
from yingbao.formats.rosters.records import Record

_IN_ONE = re.compile(r"\s*([^:：]{1,12})[:：]\s*(\S.*)", re.DOTALL)  # 姓名：王一
_SEARCHED = 40  # rows; in a table of persons no number stands behind its heading

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cards:
    """The table, and where each of its cells stood."""

    table: Sheet
    places: dict[str, str]

    def point(self, record: Record) -> None:
        """Let the problems of a record name the cells of the card."""
        for problem in [*record.problems, *record.notes]:
            problem.address = self.places.get(problem.address, problem.address)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label with its value, and the cell of the value."""

    label: str
    field: str
    value: Value
    place: Place


def cards_of(sheet: Sheet) -> Cards | None:
    """The cards of a sheet as a table; None for any other sheet, and for cards that are not all of one make."""
    head = range(min(_SEARCHED, len(sheet.rows)))
    if not any(pair.field == "id" and is_number(text_of(pair.value)) for row in head for pair in _pairs(sheet, row)):
        return None
    cards = list(_across(sheet)) or _one_by_one(sheet)
    read = {pair.place for card in cards for pair in card}
    if any(is_number(text_of(value)) for place, value in _cells(sheet) if place not in read):
        return None  # somebody stands beside the cards
    for card in cards:
        labels = [pair.label for pair in card]
        fields = [pair.field for pair in card]
        if len(labels) != len(set(labels)) or (fields.count("name"), fields.count("id")) != (1, 1):
            return None  # somebody else stands on the card as well, or it lacks a name: not for us to guess
    return _table(sheet, cards)


def _one_by_one(sheet: Sheet) -> list[list[_Pair]]:
    """A card begins where the first label comes again."""
    pairs = [pair for place in range(len(sheet.rows)) for pair in _pairs(sheet, place)]
    cards: list[list[_Pair]] = []
    for pair in pairs:
        if pair.label == pairs[0].label:
            cards.append([])
        cards[-1].append(pair)
    return cards


def _across(sheet: Sheet) -> Iterator[list[_Pair]]:
    """A table that lies on its side: the labels go down one column, and each column to the right is a person."""
    wide = [row for row in range(len(sheet.rows)) if len(list(_numbers(sheet, row))) > 1]
    if len(wide) != 1:
        return
    at = next(column for column in range(sheet.width) if sheet.text(wide[0], column).strip())
    labels = [(row, text) for row in range(len(sheet.rows)) if (text := sheet.text(row, at).strip())]
    if _field(dict(labels)[wide[0]]) != "id":
        return
    first = next((row for row, text in labels if _field(text)), 0)
    for column in range(at + 1, sheet.width):
        card = [_Pair(fold(text), _field(text) or "", _value(sheet, row, column), (row, column)) for row, text in labels if row >= first]
        if any(text_of(pair.value).strip() for pair in card):
            yield card


def _numbers(sheet: Sheet, row: int) -> Iterator[int]:
    return (column for column, value in enumerate(sheet.rows[row]) if is_number(text_of(value)))


def _cells(sheet: Sheet) -> Iterator[tuple[Place, Value]]:
    return (((row, column), value) for row, values in enumerate(sheet.rows) for column, value in enumerate(values) if value)


def _value(sheet: Sheet, row: int, column: int) -> Value:
    return sheet.rows[row][column] if column < len(sheet.rows[row]) else None


def _field(text: str) -> str | None:
    """What a label says; 户主姓名 names the person of the card."""
    slot = known_slot(text)
    return known_field(text, loose=False) or (slot[0] if slot and slot[1] == 0 else None)


def _pairs(sheet: Sheet, row: int) -> Iterator[_Pair]:
    cells = [(column, value) for column, value in enumerate(sheet.rows[row]) if text_of(value).strip()]
    waiting: tuple[str, str, int] | None = None
    for column, value in cells:
        text = text_of(value)
        if waiting is None and (both := _IN_ONE.fullmatch(text)) and (name := _field(both[1])):
            yield _Pair(fold(both[1]), name, both[2], (row, column))
        elif name := _field(text):
            if waiting:
                yield _Pair(waiting[0], waiting[1], None, (row, waiting[2]))
            waiting = (fold(text), name, column + 1)
        elif waiting:
            yield _Pair(waiting[0], waiting[1], value, (row, column))
            waiting = None
    if waiting:
        yield _Pair(waiting[0], waiting[1], None, (row, waiting[2]))


def _table(sheet: Sheet, cards: list[list[_Pair]]) -> Cards:
    labels = list(dict.fromkeys(pair.label for card in cards for pair in card))
    above = sheet.rows[: cards[0][0].place[0]]
    places: dict[str, str] = {}
    table = replace(sheet, rows=[*above, list(labels)], merged=[], formulas=set(), errors={}, hidden_rows=set())
    for card in cards:
        row = len(table.rows)
        line: list[Value] = [None] * len(labels)
        for pair in card:
            column = labels.index(pair.label)
            line[column] = pair.value
            places[f"{letter(column)}{row + 1}"] = f"{letter(pair.place[1])}{pair.place[0] + 1}"
            if pair.place in sheet.formulas:
                table.formulas.add((row, column))
            if pair.place in sheet.errors:
                table.errors[row, column] = sheet.errors[pair.place]
            if pair.place[0] in sheet.hidden_rows:
                table.hidden_rows.add(row)
        table.rows.append(line)
    return Cards(table, places)
