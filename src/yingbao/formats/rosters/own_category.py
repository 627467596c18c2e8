"""The category that a row of civil affairs' lists says of itself, in one column or in several together."""

from __future__ import annotations

import re

from yingbao.formats.rosters.clean_status import category_of
from yingbao.formats.rosters.grid import Value, letter, text_of
from yingbao.formats.rosters.kinds import CIVIL_AFFAIRS, CIVIL_ROSTERS, WATCH_LIST, Kind
from yingbao.formats.rosters.records import Fields, Problem
from yingbao.formats.rosters.slots import Column
from yingbao.formats.rosters.watched import watched_group

_NOT_DESTITUTE = re.compile(r"低保|最低生活|边缘|建档立卡|贫困|低收入")
_ASKS = ("救助", "低保", "保障")
# 救助对象类型 of civil affairs' own system.
_CODES = {"01": "城市低保", "02": "农村低保", "03": "特困"}


def spelled(text: str, label: str) -> str:
    """A code of the column 救助对象类型 as its words; any other text as it is."""
    return _CODES.get(text.strip().zfill(2), text) if "救助对象" in label else text


class OwnCategory:
    """Reads the columns that say what a row is. ``columns``: those of the field ``category``, in their order."""

    def __init__(self, kind: Kind, columns: list[Column]) -> None:
        self.kind = kind
        self.columns = [(column.index, column.own_label) for column in columns
                        if kind.name in CIVIL_ROSTERS or kind.name == WATCH_LIST]  # fmt: skip

    def read(self, fields: Fields, row: int, values: list[Value]) -> Problem | None:
        """Set category and allowance; what is wrong with the words, or None. Words that contradict each other are asked."""
        said = [(column, label, text) for column, label in self.columns
                if column < len(values) and (text := text_of(values[column]).strip())]  # fmt: skip
        if not said:
            return None
        if self.kind.name == WATCH_LIST:
            return self._watched(fields, row, said)
        found = [category_of(spelled(text, label)) for _, label, text in said]
        fields.allowance = next((allowance for _, allowance, _ in found if allowance), None)
        keys = {key for key, _, _ in found if key in CIVIL_AFFAIRS} or self._together([text for _, _, text in said])
        if len(keys) == 1:
            fields.category = keys.pop()
            return None
        column, label, text = said[-1] if keys else said[0]
        known = found[0][2] and not (self.kind.name == "destitute" and _NOT_DESTITUTE.search(text))
        if keys or (not known and (self.kind.name == "destitute" or any(word in label for word in _ASKS))):
            return Problem("category_unknown", letter(column), f"{letter(column)}{row + 1}", text)
        return None

    @staticmethod
    def _watched(fields: Fields, row: int, said: list[tuple[int, str, str]]) -> Problem | None:
        """The group of a list against falling back into poverty. Two groups, or words that name none and none around, are asked."""
        groups = {group for _, _, text in said if (group := watched_group(text))}
        if len(groups) == 1 or (not groups and fields.category):
            fields.category = groups.pop() if groups else fields.category
            return None
        column, _, text = said[0]
        return Problem("category_unknown", letter(column), f"{letter(column)}{row + 1}", text)

    @staticmethod
    def _together(texts: list[str]) -> set[str]:
        """城市 in one column and 低保 in another."""
        joined = {category_of(one + other)[0] for one in texts for other in texts if one != other}
        return {key for key in joined if key in CIVIL_AFFAIRS}
