"""People whom a row names beside the list's own: relatives on a list of single persons, numbers that nobody reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from yingbao.formats.rosters.by_content import is_name
from yingbao.formats.rosters.grid import Sheet, Value, text_of
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
_BETWEEN = r"[\s:/、,;|()\[\]-]*(?:(?:公民)?身份证?号?码?)?[\s:/、,;|()\[\]-]*"
_TOGETHER = re.compile(rf"(?P<name>\D{{2,}}?){_BETWEEN}(?P<number>\d{{17}}[\dXx]|\d{{15}})[\s)\]]*")
_NUMBER_FIRST = re.compile(rf"\s*(?P<number>\d{{17}}[\dXx]|\d{{15}}){_BETWEEN}(?P<name>[^\dXx]\D+)")
_PEOPLE_SAID = re.compile(r"成员|同户|同住|家庭人|家人|保障人|共同生活|名单")
_OFFICE = re.compile(r"员(姓名|名字)?$|干部|书记|主任|[队组会]长|网格|包村|包户|结对|联户|走访|医生|教师|老师|户长")
_APART = re.compile(r"[\s、,，;；/和及]+")
_PLACE = re.compile(r"[镇乡村居组队庄区路号]$")
_MOST, _FEWEST, _SAMPLE = 0.8, 3, 200


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


def name_and_number(value: Value) -> tuple[str, str] | None:
    """The name and the number of one person who stands in one cell (王一 3206…); None for anything else."""
    if type(value) is not str or len(value) < _SHORTEST - 1:
        return None
    text = unicodedata.normalize("NFKC", value).strip()
    found = _TOGETHER.fullmatch(text) or _NUMBER_FIRST.fullmatch(text)
    return (found["name"].strip(), found["number"]) if found else None


def columns_of_names(sheet: Sheet, headings: Headings, unread: list[int], kind: Kind) -> list[int]:
    """The unread columns of a household list in which names stand: nearly every cell, hardly one twice.

    A heading that speaks of the household needs no more than one; 帮扶人, 联系人 are nobody of the list.
    """
    if kind.name not in _HOUSEHOLD_LISTS:
        return []
    labels = {column.index: fold(column.label) for column in headings.columns}
    rows = sheet.rows[headings.last + 1 : headings.last + 1 + _SAMPLE]
    found = []
    for column in (one for one in unread if not _OFFICE.search(labels.get(one, "").replace("成员", ""))):
        cells = [text for row in rows if column < len(row) and (text := text_of(row[column]).strip())]
        named = {text for text in cells if _names(text)}
        few = 1 if _PEOPLE_SAID.search(labels.get(column, "")) else _FEWEST
        if len(named) >= few and len(named) >= _MOST * len(cells):
            found.append(column)
    return found


def _names(text: str) -> list[str]:
    names = [one for one in _APART.split(text) if one]
    return names if all(is_name(one) and not _PLACE.search(one) for one in names) else []


def unread_name(values: list[Value], columns: list[int], records: Iterable[Record]) -> int | None:
    """The column in which somebody is named who is none of those read from the row."""
    for column in columns:
        named = _names(text_of(values[column])) if column < len(values) else []
        if named and set(named) - {record.fields.name for record in records}:
            return column
    return None


def _is_number(text: str) -> bool:
    try:
        IdNumber(text)
    except BadIdNumber:
        return False
    return True
