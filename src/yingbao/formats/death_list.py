"""A list of deaths to try: a CSV with a person's number or ID number and the day of death."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.values.errors import YingbaoError
from yingbao.values.identity import IdNumber
from yingbao.values.month import date_from_text

PERSON = ("编号", "人员编号", "个人编号", "person")
NUMBER = ("身份证号", "公民身份号码", "证件号码", "id_number")
DAY = ("死亡日期", "死亡时间", "died_on")


class NoDeathList(YingbaoError):
    """A file that is no list of deaths."""

    zh = "文件 {file} 不是死亡名单：{why}。须有“死亡日期”一列，和“人员编号”或“身份证号”一列。没有试算。"
    en = "The file {file} is no list of deaths: {why}. It needs the day of death and a person's number or ID number."


@dataclass(frozen=True, slots=True)
class DeathRow:
    """A row as read: ``person_id`` or ``id_number``, and the day; ``problem`` says why it cannot be tried, else empty."""

    row: int
    person_id: int | None
    id_number: IdNumber | None
    day: date | None
    problem: str = ""


def read_death_list(path: Path) -> list[DeathRow]:
    """All rows, the bad ones with their problem. Raises NoDeathList."""
    try:
        text = _text(path)
    except OSError as error:
        raise NoDeathList(file=path.name, why="读不到文件") from error
    rows = list(csv.reader(text.splitlines()))
    if not rows:
        raise NoDeathList(file=path.name, why="文件是空的")
    heads = [cell.strip() for cell in rows[0]]
    person, number, day = (next((heads.index(one) for one in names if one in heads), None) for names in (PERSON, NUMBER, DAY))
    if day is None or (person is None and number is None):
        raise NoDeathList(file=path.name, why=f"表头为 {'、'.join(heads)}")
    return [_row(place, row, person, number, day) for place, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _row(place: int, row: list[str], person: int | None, number: int | None, day: int) -> DeathRow:
    def cell(at: int | None) -> str:
        return row[at].strip() if at is not None and at < len(row) else ""

    try:
        died = date_from_text(cell(day).replace("/", "-"))
    except (ValueError, YingbaoError):
        return DeathRow(place, None, None, None, f"死亡日期“{cell(day)}”读不懂")
    if cell(person):
        if not cell(person).isdigit():
            return DeathRow(place, None, None, died, f"人员编号“{cell(person)}”不是数字")
        return DeathRow(place, int(cell(person)), None, died)
    try:
        return DeathRow(place, None, IdNumber(cell(number).upper()), died)
    except (ValueError, YingbaoError):
        return DeathRow(place, None, None, died, "身份证号读不懂")
