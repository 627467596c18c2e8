"""A list of deaths to try, in any form a roster may have: a person's number or ID number, and the day of death."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.plain_list import PlainList, PlainRow, read_plain_list
from yingbao.formats.rosters.clean_id import clean_id
from yingbao.formats.rosters.clean_name import clean_name
from yingbao.formats.rosters.clean_values import clean_date
from yingbao.formats.rosters.dirt import REASONS
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.values.errors import YingbaoError
from yingbao.values.identity import IdNumber

_WORDS = {
    "person": ("编号", "人员编号", "个人编号", "person"),
    "id": ("身份证号", "公民身份号码", "证件号码", "id_number"),
    "death_date": ("死亡日期", "死亡时间", "died_on"),
    "name": ("姓名",),
}
_NEEDED = ({"death_date"}, {"person", "id"})
_EXACT = 2**53  # from here on a spreadsheet no longer keeps the digits of a number apart


class NoDeathList(YingbaoError):
    """A file that is no list of deaths."""

    zh = "文件 {file} 不是死亡名单：{why}。须有“死亡日期”一列，和“人员编号”或“身份证号”一列。没有试算。"
    en = "The file {file} is no list of deaths: {why}. It needs the day of death and a person's number or ID number."


@dataclass(frozen=True, slots=True)
class DeathRow:
    """A row as read: ``person_id`` or ``id_number``, the day, the name if told; ``problem`` says why it cannot be tried."""

    row: int
    sheet: str
    person_id: int | None
    id_number: IdNumber | None
    day: date | None
    problem: str = ""
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DeathList:
    """A list as read: all its rows, the bad ones with their problem."""

    rows: list[DeathRow]
    source: PlainList

    def write_back(self, why: Sequence[tuple[str, int, str]], folder: Path) -> Path | None:
        """Rows that cannot be tried (sheet, row, why) as the same file, with why and where; None when there are none."""
        return self.source.write_back([(sheet, row, f"{said.rstrip('。')}。", _cell(said)) for sheet, row, said in why], folder)


def _cell(said: str) -> str:
    """A sentence begins with its cell, where it speaks of one."""
    first = said.split(" ", 1)[0]
    return first if first.isascii() and first[-1:].isdecimal() else ""


def read_death_list(path: Path) -> DeathList:
    """Read a list. Raises NoDeathList, and RosterRefused for a file that cannot be opened."""
    found = read_plain_list(path, _WORDS, _NEEDED, lambda why: NoDeathList(file=path.name, why=why))
    return DeathList([_row(one) for one in found.rows], found)


def _whole(value: Value) -> str:
    """A person's number as text; a spreadsheet keeps fifteen digits of a number."""
    exact = isinstance(value, int | float) and value == int(value) and value < _EXACT
    return str(int(value)) if isinstance(value, int | float) and exact else text_of(value).strip()


def _row(one: PlainRow) -> DeathRow:
    def bad(why: str, name: str) -> DeathRow:
        return DeathRow(one.row, one.sheet, None, None, None, f"{one.address(name)} {why}".strip())

    if one.problems:
        return bad(REASONS[one.problems[0]].zh, "")
    told = text_of(one.cell("death_date")).strip()
    when = clean_date(one.cell("death_date"))
    if when is None or when.exact != "day":
        return bad(f"死亡日期“{told}”读不懂", "death_date")
    name = clean_name(text_of(one.cell("name"))).name
    number = _whole(one.cell("person"))
    if number:
        return DeathRow(one.row, one.sheet, int(number), None, when.first, name=name) if number.isdecimal() else bad(
            f"人员编号“{number}”不是数字", "person")  # fmt: skip
    cleaned = clean_id(one.cell("id") or None)
    if cleaned.number is None:
        return bad(f"身份证号读不懂：{REASONS[cleaned.problem or 'id_missing'].zh}", "id")
    return DeathRow(one.row, one.sheet, None, cleaned.number, when.first, name=name)
