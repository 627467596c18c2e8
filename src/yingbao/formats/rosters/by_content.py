"""When a heading is not known: the column whose cells look like ID numbers, or like names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from yingbao.formats.rosters.clean_status import category_of
from yingbao.formats.rosters.grid import Sheet, Value, text_of
from yingbao.formats.rosters.headings import Headings, find_headings, known_field, known_slot
from yingbao.formats.rosters.kinds import CIVIL_AFFAIRS
from yingbao.formats.rosters.slots import Column, assign_slots

_SAMPLE = 200
_SEARCHED = 40  # rows of titles above the headings
_ENOUGH = 0.6
_ID = re.compile(r"\s*'?\d{17}[\dXx]\s*|\s*\d{15}\s*|\d{18}\d{2}|\d\.\d+E\+\d+")
_STATE = re.compile(r"(正常|在保|在册|新增|增加|继续|保留|停保|停发|取消|退出|减少|核减|清退|死亡|迁出|注销|终止)(保障|救助|享受|人员)?")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符"
    "舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫"
    "米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)


def is_number(text: str) -> bool:
    """The text looks like an ID number, a damaged one included."""
    return bool(_ID.fullmatch(text))


def has_people(sheet: Sheet) -> bool:
    """Some cell of the sheet looks like an ID number."""
    return any(_ID.fullmatch(text_of(value)) for row in sheet.rows[:_SAMPLE] for value in row if value)


def first_people(sheet: Sheet) -> int | None:
    """The first row with an ID number and something beside it."""
    for row, values in enumerate(sheet.rows[:_SAMPLE]):
        filled = [text for value in values if (text := text_of(value).strip())]
        if len(filled) > 1 and any(_ID.fullmatch(text) for text in filled):
            return row
    return None


def headings_of(sheet: Sheet, known: Mapping[str, str] | None) -> Headings | None:
    """The headings above the first people; None where there are none. A table further down never counts as the first."""
    people = first_people(sheet)
    if people == 0:
        return None
    found = find_headings(sheet, known=known, rows=range(min(people, _SEARCHED)) if people else None)
    return complete(sheet, found) if found else None


def complete(sheet: Sheet, headings: Headings) -> Headings:
    """Add the ID or name column that the headings do not name, told by its cells."""
    have = {column.field for column in headings.columns}
    rows = sheet.rows[headings.last + 1 : headings.last + 1 + _SAMPLE]
    columns = list(headings.columns)
    if not have & {"id", "disability_card"}:
        _take(columns, rows, "id", headings, lambda text: bool(_ID.fullmatch(text)))
    if "category" not in have:
        _take(columns, rows, "category", headings, lambda text: category_of(text)[0] in CIVIL_AFFAIRS)
    if "status" not in have:
        _take(columns, rows, "status", headings, lambda text: bool(_STATE.fullmatch(text)))
    if "name" not in have:
        number = next((c.index for c in columns if c.field in ("id", "disability_card")), None)
        people = [row for row in rows if number is None or (number < len(row) and _ID.fullmatch(text_of(row[number])))]
        _take(columns, people, "name", headings, is_name)
    return replace_columns(headings, columns)


def replace_columns(headings: Headings, columns: list[Column]) -> Headings:
    """The same block with other columns."""
    return replace(headings, columns=columns)


def is_name(text: str) -> bool:
    """The text looks like one Chinese name: a common surname and one to three signs."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text)) and text[0] in _SURNAMES


def _take(
    columns: list[Column], rows: list[list[Value]], name: str, headings: Headings, test: Callable[[str], bool]
) -> None:
    best, best_share = None, _ENOUGH
    for place, column in enumerate(columns):
        if column.field not in (None, "seq", "certificate", *(["account_name"] if name == "name" else [])):
            continue
        cells = [text_of(row[column.index]).strip() for row in rows if column.index < len(row)]
        filled = [cell for cell in cells if cell]
        share = sum(test(cell) for cell in filled) / len(filled) if filled else 0.0
        if share > best_share:
            best, best_share = place, share
    if best is not None:
        headings.notes.append(columns[best].label or "（无表头）")
        columns[best] = replace(columns[best], field=name)


def headings_above_people(sheet: Sheet) -> Headings | None:
    """The row above the first ID number, when no row of headings was recognised."""
    for row, values in enumerate(sheet.rows[:_SAMPLE]):
        if any(_ID.fullmatch(text_of(value)) for value in values if value):
            above = next((r for r in range(row - 1, -1, -1) if any(text_of(v).strip() for v in sheet.rows[r])), None)
            if above is None:
                return None
            columns = []
            for index in range(sheet.width):
                label = sheet.text(above, index).strip()
                slot = known_slot(label)
                columns.append(Column(index, label, slot[0] if slot else known_field(label), slot[1] if slot else None))
            found = complete(sheet, Headings(above, above, columns))
            names = {column.field for column in found.columns}
            if "name" in names and names & {"id", "disability_card"}:
                return replace_columns(found, assign_slots(found.columns))
            return None
    return None
