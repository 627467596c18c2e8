"""People whom a row names beside the list's own: relatives on a list of single persons, numbers that nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from yingbao.formats.rosters.grid import Value
from yingbao.formats.rosters.headings import Headings, fold
from yingbao.formats.rosters.kinds import CIVIL_ROSTERS, WATCH_LIST, Kind
from yingbao.formats.rosters.records import Record
from yingbao.formats.rosters.slots import RELATIVES, Column, assign_slots
from yingbao.formats.rosters.synonyms import NOT_OURS, PERSON_FIELDS
from yingbao.values.errors import BadIdNumber
from yingbao.values.identity import IdNumber

# On these a row may be a household; on every other list it is one person, whoever else is named beside him.
_HOUSEHOLD_LISTS = (CIVIL_ROSTERS - {"destitute"}) | {"poverty_register", WATCH_LIST}
_RELATIVE = re.compile(RELATIVES)
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_SHORTEST = 18


def without_relatives(headings: Headings, kind: Kind) -> Headings:
    """On a list of single persons the parents of a student and the wife of a card holder are not on the list."""
    if kind.name in _HOUSEHOLD_LISTS or headings.tables:
        return headings
    relatives = {column.index for column in headings.columns if column.field in PERSON_FIELDS and _RELATIVE.search(column.label)}
    left = [replace(column, slot=None) for column in headings.columns if column.index not in relatives]
    if not relatives or not any(column.field == "name" for column in left):
        return headings
    others = [replace(column, field=None, slot=None) for column in headings.columns if column.index in relatives]
    return replace(headings, columns=sorted([*assign_slots(left), *others], key=lambda column: column.index))


def unread_columns(columns: Iterable[Column], kind: Kind) -> list[int]:
    """The columns that nobody reads and that may hold somebody: not those of guardians, officers, payees."""
    if not kind.is_assistance:
        return []
    single = kind.name not in _HOUSEHOLD_LISTS
    return [
        column.index for column in columns
        if column.field is None and not NOT_OURS.search(fold(column.label)) and not (single and _RELATIVE.search(column.label))
    ]  # fmt: skip


def unread_number(values: list[Value], unread: list[int], records: Iterable[Record]) -> int | None:
    """The column in which a good number stands that is none of those read from the row."""
    for column in unread:
        value = values[column] if column < len(values) else None
        if type(value) is not str or len(value) < _SHORTEST:  # nearly every cell
            continue
        read = {record.fields.id.reveal() for record in records if record.fields.id}
        if any(text not in read and _is_number(text) for text in map(str.upper, _NUMBER.findall(value))):
            return column
    return None


def _is_number(text: str) -> bool:
    try:
        IdNumber(text)
    except BadIdNumber:
        return False
    return True
