"""Finding the heading rows under title rows, and which column holds what.

One to three heading rows, merged or not, in any order of columns. A label is looked up joined
with the label above it, alone, and by pattern; the first that is known counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from yingbao.formats.rosters.grid import Sheet, letter
from yingbao.formats.rosters.slots import RELATIVES, Column, assign_slots, side_by_side
from yingbao.formats.rosters.synonyms import FIELD_BY_WORD, NOT_OURS, PATTERNS, PERSON_FIELDS, REGISTER_WORDS

_SEARCHED_ROWS = 40
_DEPTHS = (1, 2, 3)
_LONG_LABEL = 24

UNUSED = "unused"  # a clerk said that a column is not to be read

_SLOT = re.compile(
    r"(?P<who>户主|申请人|持证人|(共同生活)?家庭成员|(共同生活|保障)?成员|" + RELATIVES
    + r"|人员|姓名|身份证号码|身份证号|身份证|公民身份号码|证件号码)"
    r"(?:第)?(?P<number>\d{1,2}|[一二三四五六七八九十甲乙丙丁戊己庚辛])?(?P<rest>.*)"
)
_HEADS = ("户主", "申请人", "持证人")
_CHINESE_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)} | {
    character: number for number, character in enumerate("甲乙丙丁戊己庚辛", 1)  # 成员甲
}
_BARE_MEMBER = re.compile(r"((共同生活)?家庭|共同生活|保障)?成员")
_MEMBERS = re.compile(r"(共同生活)?家庭成员|(共同生活|保障)?成员|人员|" + RELATIVES)


@dataclass(slots=True)
class Headings:
    """The heading rows of a sheet (from 0, both included) and its columns."""

    first: int
    last: int
    columns: list[Column]
    notes: list[str] = field(default_factory=list)
    tables: list[list[Column]] = field(default_factory=list)  # of tables side by side, each with its own columns

    @property
    def mapping(self) -> dict[str, str]:
        """Field → column letter; a member's field as ``name.1``."""
        return {
            (column.field if column.slot is None else f"{column.field}.{column.slot}"): letter(column.index)
            for column in self.columns
            if column.field and column.field != UNUSED
        }

    @property
    def slots(self) -> list[int]:
        """The member positions of a household-wide sheet; empty for one person a row."""
        return sorted({column.slot for column in self.columns if column.slot is not None})

    def column(self, name: str, slot: int | None = None) -> int | None:
        """The index of the column of a field."""
        for column in self.columns:
            if column.field == name and column.slot == slot:
                return column.index
        return None

    @property
    def is_return(self) -> bool:
        """The file is one of ours that came back mended."""
        return any(column.field == "return_reason" for column in self.columns)


@lru_cache(maxsize=4096)
def fold(label: str) -> str:
    """A label as it is compared: NFKC, no blanks, no colons, stars or quotes."""
    return re.sub(r"[\s:*'\"“”。.]+", "", unicodedata.normalize("NFKC", label)).lower()


@lru_cache(maxsize=4096)
def known_field(label: str, *, register: bool = False, loose: bool = True) -> str | None:
    """The field a label names, or None. ``loose`` also tries the patterns."""
    whole = fold(label)
    if not whole or len(whole) > _LONG_LABEL:
        return None
    bare = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>", "", whole)
    flat = re.sub(r"[()\[\]【】<>]", "", whole)
    joined = re.sub(r"[-_—–/|·]+", "", flat)  # 个人账户-个人缴费
    tail = re.sub(r"^(个人账户|个账|账户)", "", joined) if register else joined
    squeezed = re.sub(r"[、,/及或和]+", "", flat)  # 镇、街道
    unnumbered = re.sub(r"^\(?\d{1,2}\)?、?(?=[\u4e00-\u9fff])", "", whole)  # 3、村
    for text in (whole, flat, bare, joined, tail, squeezed, unnumbered):
        if register and text in REGISTER_WORDS:
            return REGISTER_WORDS[text]
        if text in FIELD_BY_WORD:
            return FIELD_BY_WORD[text]
    if not loose or NOT_OURS.search(whole):
        return None
    return next((name for pattern, name in PATTERNS if pattern.search(squeezed)), None)


def known_slot(label: str) -> tuple[str, int] | None:
    """``("name", 0)`` for 户主姓名, ``("id", 2)`` for 成员2身份证号; None for other labels.

    The number -1 stands for a member without a number.
    """
    text = re.sub(r"[()\[\]_、/\-]|或", "", fold(label))
    found = _SLOT.fullmatch(text)
    if not found:
        return None
    who, number, rest = found["who"], found["number"], found["rest"]
    if number is None and (tail := re.fullmatch(r"(\D+)(\d{1,2}|[一二三四五六七八九十])", rest)):
        rest, number = tail[1], tail[2]  # 成员姓名1
    if who in _HEADS and number is None:
        rest = re.sub("|".join(_HEADS), "", rest)  # 户主/申请人
    if who in _HEADS and number is None:
        head_field = known_field(rest) if rest else "name"
        return (head_field, 0) if head_field in PERSON_FIELDS else None
    place = (_CHINESE_DIGITS.get(number) or int(number)) if number else -1
    if _MEMBERS.fullmatch(who) and (number or who != "人员"):
        member_field = known_field(rest) if rest else "name"
        return (member_field, place) if member_field in PERSON_FIELDS and (number or rest or who == "配偶") else None
    if number and not rest:  # 姓名1, 身份证2
        return ("name" if who == "姓名" else "id", place)
    return None


def find_headings(
    sheet: Sheet, *, register: bool = False, known: Mapping[str, str] | None = None, rows: range | None = None
) -> Headings | None:
    """The heading block with the most known columns, or None. ``known``: label → field of a profile; ``rows``: where to begin."""
    best: tuple[float, Headings] | None = None
    for first in rows or range(min(_SEARCHED_ROWS, len(sheet.rows))):
        for depth in _DEPTHS:
            if first + depth > len(sheet.rows) or any(_is_data(sheet, row) for row in range(first, first + depth)):
                break
            levels = [_labels(sheet, row, first, depth) for row in range(first, first + depth)]
            columns = _columns(levels, register=register, known=known or {})
            score = _score(columns, levels, known or {})
            if score > 0 and (best is None or score > best[0]):
                best = (score, Headings(first, first + depth - 1, columns))
    if best is None:
        return None
    return settled(sheet, best[1])


def settled(sheet: Sheet, headings: Headings) -> Headings:
    """The same block with every column in its place: of a household, of a table beside another, or of the row."""
    columns = _with_members(_known_before_loose(_with_groups(sheet, headings)))
    tables = [assign_slots(table) for table in side_by_side(columns)]
    if not tables:
        return replace(headings, columns=assign_slots(columns))
    beside = {column.index: place for place, table in enumerate(tables) for column in table}
    left = {column.index for column in tables[0]} & {column.index for column in tables[1]}
    shown = [
        replace(column, slot=None if column.index in left or column.field is None else beside[column.index]) for column in columns
    ]
    return replace(headings, columns=shown, tables=tables)


def _known_before_loose(columns: list[Column]) -> list[Column]:
    """网格员姓名 beside 姓名 is somebody else: where a known word names the person, what only ends alike does not."""
    known = {column.field for column in columns if column.field in ("name", "id") and column.slot is None and not column.loose}
    return [replace(column, field=None) if column.loose and column.field in known else column for column in columns]


def _with_members(columns: list[Column]) -> list[Column]:
    """成员 alone may hold anything; beside 成员身份证号 it is the member's name."""
    numbers = {column.slot for column in columns if column.field == "id" and column.slot not in (None, 0)}
    names = {column.slot for column in columns if column.field == "name" and column.slot is not None}
    bare = [column for column in columns if column.field is None and _BARE_MEMBER.fullmatch(fold(column.own_label))]
    if numbers != {-1} or names - {0} or len(bare) != 1:
        return columns
    return [replace(column, field="name", slot=-1) if column is bare[0] else column for column in columns]


def _with_groups(sheet: Sheet, headings: Headings) -> list[Column]:
    """The heading above each column's own: of the same block, else of the row above it where that says several things."""
    above = _labels(sheet, headings.first - 1, headings.first - 1, 1) if headings.first else []
    if len({text.strip() for text in above if text.strip()}) < 2 or _is_data(sheet, headings.first - 1):  # noqa: PLR2004
        return headings.columns
    columns, carried = [], ""
    for column in headings.columns:
        carried = above[column.index].strip() or carried
        columns.append(column if column.group else replace(column, group=carried))
    return columns


def _labels(sheet: Sheet, row: int, first: int, depth: int) -> list[str]:
    """The labels of one heading row; merged cells filled to the right and down inside the block."""
    labels = [sheet.text(row, column) for column in range(sheet.width)]
    for top, bottom, left, right in sheet.merged:
        if top <= row <= bottom and first <= top and bottom < first + depth + 1:
            text = sheet.text(top, left) if top < len(sheet.rows) else ""
            for column in range(left, min(right + 1, len(labels))):
                labels[column] = text
    return labels


def _is_data(sheet: Sheet, row: int) -> bool:
    """A row with an ID number, or mostly numbers, is no heading."""
    texts = [sheet.text(row, column).strip() for column in range(len(sheet.rows[row]))]
    filled = [text for text in texts if text]
    if any(re.search(r"\d{14}", text) or re.fullmatch(r"\d\.\d+E\+\d+", text) for text in filled):
        return True
    return bool(filled) and sum(text.replace(".", "").isdigit() for text in filled) * 2 > len(filled)


def _columns(levels: list[list[str]], *, register: bool, known: Mapping[str, str]) -> list[Column]:
    columns = []
    upper_left = ""  # a group label that was not merged reaches right over blanks
    for index in range(len(levels[0])):
        parts = [level[index].strip() for level in levels]
        if len(levels) > 1:
            upper_left = parts[0] or upper_left
        distinct: list[str] = []
        for part in parts:
            if part and part not in distinct:
                distinct.append(part)
        label = "/".join(distinct)
        found = _meaning(distinct, upper_left if len(levels) > 1 else "", register=register, known=known)
        group = "/".join(distinct[:-1]) or (upper_left if len(levels) > 1 and upper_left not in distinct else "")
        name, slot, loose = found or (None, None, False)
        columns.append(Column(index, label, name, slot, group, loose))
    return columns


def _meaning(
    parts: list[str], upper: str, *, register: bool, known: Mapping[str, str]
) -> tuple[str, int | None, bool] | None:
    """Field, position, and whether only a pattern tells it."""
    if not parts:
        return None
    joined, lowest = "".join(parts), parts[-1]
    label = fold("/".join(parts))
    if label in known:
        told, _, slot = known[label].partition(".")
        return (told or UNUSED, int(slot) if slot else None, False)
    candidates = [joined, lowest] if len(parts) > 1 else [upper + lowest, lowest] if upper != lowest else [lowest]
    for text in candidates:
        if NOT_OURS.search(fold(text)) and fold(text) not in FIELD_BY_WORD:
            if text == joined:
                return None
            continue
        if slot_found := known_slot(text):
            return (*slot_found, False)
        if name := known_field(text, register=register, loose=False):
            return name, None, False
    name = known_field(lowest, register=register)
    return (name, None, True) if name else None


def _score(columns: list[Column], levels: list[list[str]], profile: Mapping[str, str]) -> float:
    """More different known fields are better; a name or an ID there must be; fewer rows win a tie."""
    names = {column.field for column in columns if column.field}
    if not names & {"name", "id"} or len(names) < 2:  # noqa: PLR2004 - a single word is a title
        return 0
    for level in levels:
        filled = {label.strip() for label in level if label.strip()}
        known = {label for label in filled if known_field(label) or known_slot(label) or fold(label) in profile}
        # A title is one long label; a lower level must say something of its own.
        if not filled or (len(levels) > 1 and len(filled) == 1) or (level is levels[-1] and not known):
            return 0
    slots = {(column.field, column.slot) for column in columns if column.field}
    return len(names) * 3 + len(slots) - 0.5 * len(levels)

