"""The dirt gallery: one workbook with a row (or a group of rows) for each of the 44 kinds of dirt.

All people are made up. ``python -m yingbao.formats.rosters.gallery examples/dirt-gallery.xlsx`` writes it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from yingbao.values.identity import check_digit
from yingbao.values.month import Month, month_of

GALLERY_KIND = "subsistence_rural"
GALLERY_MONTH: Month = month_of(2018, 11)
RURAL, URBAN = "农村低保", "长江镇城市低保"
FIXED, ASKED = "stored", "quarantined"

LABELS = (
    "脏数据编号", "镇(区、街道)", "村(居)", "户编号", "姓名", "公民身份号码", "性别", "出生日期", "救助类型", "残疾等级",
    "家庭人口", "保障人口", "保障金额(元)", "起始保障年月", "死亡日期", "管理状态", "数据月份", "备注",
)  # fmt: skip
_GROUPS = (("", 0, 0), ("基本情况", 1, 7), ("保障情况", 8, 13), ("核对情况", 14, 17))
_FIRST_ROW = 4


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reading must say: the kind, where, the code on the record (or its sheet), and the disposition."""

    kind: int
    sheet: str
    row: int
    part: int
    code: str
    disposition: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of the gallery: its kind, code and disposition, and the cells that differ from a clean row."""

    kind: int
    code: str
    disposition: str
    cells: dict[str, Any]


def made_up_id(birth: str, sequence: int, area: str = "320682") -> str:
    """A made-up number with a good check digit. ``birth`` yyyymmdd."""
    body = f"{area}{birth}{sequence:03d}"
    return body + check_digit(body)


def _x_id(birth: str) -> str:
    return next(text for n in range(1, 400, 2) if (text := made_up_id(birth, n)).endswith("X"))


def _numeric_id() -> float:
    return float(made_up_id("19660304", 117))


def _broken(text: str) -> str:
    return text[:-1] + ("0" if text[-1] != "0" else "1")





def _numbers() -> list[Sample]:
    """Kinds 1 to 15: the ID."""
    good = made_up_id("19661020", 245)
    return [
        Sample(1, "id_in_numeric_cell", ASKED, {"公民身份号码": _numeric_id()}),
        Sample(2, "id_blanks", FIXED, {"公民身份号码": f"{good[:6]} {good[6:14]}\u00a0{good[14:]}\n"}),
        Sample(3, "id_full_width", FIXED, {"公民身份号码": _full_width(_x_id("19670203"))}),
        Sample(4, "id_apostrophe", FIXED, {"公民身份号码": "'" + made_up_id("19670311", 21)}),
        Sample(5, "id_lower_x", FIXED, {"公民身份号码": _x_id("19670412").lower()}),
        Sample(6, "id_x_lookalike", FIXED, {"公民身份号码": _x_id("19670513")[:-1] + "×"}),
        Sample(7, "id_letter_for_digit", ASKED, {"公民身份号码": made_up_id("19670614", 33).replace("0", "O", 1)}),
        Sample(8, "id_15_digits", FIXED, {"公民身份号码": "320622671009002"}),
        Sample(9, "id_check_digit", ASKED, {"公民身份号码": _broken(made_up_id("19670715", 35))}),
        Sample(10, "id_impossible_date", ASKED, {"公民身份号码": "320682194902300025"}),
        Sample(11, "id_future_or_over_115", ASKED, {"公民身份号码": made_up_id("19010101", 7)}),
        Sample(12, "birth_differs_from_id", ASKED, {"公民身份号码": made_up_id("19670908", 41), "出生日期": "1967-08-09"}),
        Sample(13, "sex_differs_from_id", FIXED, {"公民身份号码": made_up_id("19671001", 42), "性别": "男"}),
        Sample(14, "disability_card_in_id", FIXED, {"公民身份号码": made_up_id("19671102", 43) + "43", "残疾等级": "三级"}),
        Sample(14, "disability_level_differs", ASKED, {"公民身份号码": made_up_id("19671103", 44) + "43", "残疾等级": "一级"}),
        Sample(15, "id_two_in_cell", ASKED, {"公民身份号码": f"{made_up_id('19671104', 45)}/320622671104015"}),
    ]


def _the_rest() -> list[Sample]:
    """Kinds 17 to 44: names, layout, dates, money and what happened to people."""
    shared, twice = made_up_id("19680712", 323), made_up_id("19690505", 401)
    return [
        Sample(17, "same_id_different_names", ASKED, {"姓名": "柳康杰", "公民身份号码": shared}),
        Sample(17, "same_id_different_names", ASKED, {"姓名": "柳康洁", "公民身份号码": shared}),
        Sample(18, "same_name_different_ids", ASKED, {"姓名": "沈桂芳", "公民身份号码": made_up_id("19680101", 51)}),
        Sample(18, "same_name_different_ids", ASKED, {"姓名": "沈桂芳", "公民身份号码": made_up_id("19680101", 53, "320622")}),
        Sample(19, "name_blanks", FIXED, {"姓名": "王　芳"}),
        Sample(20, "name_middle_dot", FIXED, {"姓名": "阿依古丽•买买提"}),
        Sample(21, "name_unknown_character", ASKED, {"姓名": "王?"}),
        Sample(22, "name_has_remark", FIXED, {"姓名": "李四(已故)"}),
        Sample(23, "name_traditional_form", FIXED, {"姓名": "陳國華"}),
        Sample(24, "name_former", FIXED, {"姓名": "王兰英（曾用名王小兰）"}),
        Sample(29, "layout_merged_down", FIXED, {"村(居)": "杨洲居", "户编号": "H29"}),
        Sample(29, "layout_merged_down", FIXED, {"村(居)": None, "户编号": None}),
        Sample(30, "row_hidden", ASKED, {}),
        Sample(31, "cell_error", ASKED, {"姓名": ("=VLOOKUP(1,1:2,9,0)", "#N/A")}),
        Sample(31, "cell_formula", ASKED, {"姓名": ('="周"&"小英"', "周小英")}),
        Sample(32, "date_reformed", FIXED, {"起始保障年月": "2018.9"}),
        Sample(32, "date_ambiguous", ASKED, {"起始保障年月": "18.9.6"}),
        Sample(33, "amount_reformed", FIXED, {"保障金额(元)": "1,000元"}),
        Sample(33, "amount_unclear", ASKED, {"保障金额(元)": "1,00元"}),
        Sample(34, "person_in_several_categories", FIXED, {"姓名": "钱多多", "公民身份号码": BOTH_LISTS}),
        Sample(35, "person_in_two_places", FIXED, {"姓名": "孙美华", "公民身份号码": twice, "村(居)": "杨洲居"}),
        Sample(35, "person_in_two_places", FIXED, {"姓名": "孙美华", "公民身份号码": twice, "村(居)": "田桥村"}),
        Sample(36, "row_of_another_month", ASKED, {"数据月份": "2017-11"}),
        Sample(37, "text_garbled", ASKED, {"姓名": "ÍõÐ¡"}),
        Sample(38, "household_not_all_protected", ASKED, {"家庭人口": 4, "保障人口": 2}),
        Sample(39, "person_died", FIXED, {"死亡日期": "2018-09-06"}),
        Sample(40, "person_moved_out", ASKED, {"管理状态": "迁出"}),
        Sample(40, "place_abolished", ASKED, {"镇(区、街道)": "（原）高明镇"}),
        Sample(41, "person_in_other_scheme", FIXED, {"备注": "已参加职工养老保险"}),
        Sample(42, "person_studying_serving_or_jailed", FIXED, {"备注": "在校学生"}),
        Sample(43, "age_outside_proxy", FIXED, {"公民身份号码": made_up_id("20101203", 61)}),
        Sample(44, "already_paid", FIXED, {"备注": "3月已自行缴费100元"}),
    ]


def samples() -> list[Sample]:
    """The rows of the rural sheet, in order. Kinds 16, 25 to 28 and 30 live in the layout."""
    return [*_numbers(), *_the_rest()]


BOTH_LISTS = made_up_id("19690606", 501)


def _full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def _clean_row(sample: Sample, place: int) -> list[Any]:
    """A clean made-up person, then the cells that make the kind."""
    birth = f"19{60 + place % 20}{place % 12 + 1:02d}{place % 27 + 1:02d}"
    values: dict[str, Any] = {
        "脏数据编号": sample.kind, "镇(区、街道)": "长江镇", "村(居)": "杨洲居", "户编号": f"H{place:03d}",
        "姓名": "吴周郑冯"[place % 4] + "春夏秋冬东西南北"[place % 8] + "松竹梅兰菊"[place % 5],
        "公民身份号码": made_up_id(birth, 600 + place), "救助类型": "全额", "家庭人口": 1, "保障人口": 1,
        "保障金额(元)": 500, "起始保障年月": "2016-05", "数据月份": "2018-11",
    }  # fmt: skip
    values.update(sample.cells)
    return [values.get(label) for label in LABELS]


def write_gallery(path: Path) -> list[Expected]:
    """Write the workbook; gives what a reading of it (kind and month above) must say."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(2018, 12, 1)})  # noqa: DTZ001 - the same bytes every time
        return [*_rural(book.add_worksheet(RURAL), book), *_urban(book.add_worksheet(URBAN))]


def _rural(sheet: Any, book: Any) -> list[Expected]:
    centred = book.add_format({"align": "center", "bold": True})
    sheet.merge_range(0, 0, 0, len(LABELS) - 1, "农村居民最低生活保障花名册（脏数据样例）", centred)
    sheet.write_string(1, 0, "填报单位：长江镇    2018年11月")
    for label, left, right in _GROUPS:
        if label:
            sheet.merge_range(2, left, 2, right, label, centred)
    sheet.write_row(3, 0, LABELS)
    expected = [Expected(25, RURAL, 1, 0, "row_title", "ignored")]
    rows = samples()
    for place, sample in enumerate(rows):
        row = _FIRST_ROW + place
        for column, value in enumerate(_clean_row(sample, place)):
            _write(sheet, row, column, value)
        if sample.kind == 30:  # noqa: PLR2004 - kind 30: a hidden row
            sheet.set_row(row, None, None, {"hidden": True})
        first_of_merge = sample.kind == 29 and sample.cells["村(居)"]  # noqa: PLR2004 - kind 29
        if first_of_merge:
            sheet.merge_range(row, 2, row + 1, 2, "杨洲居")
            sheet.merge_range(row, 3, row + 1, 3, "H29")
        else:
            expected.append(Expected(sample.kind, RURAL, row + 1, 0, sample.code, sample.disposition))
    foot = _FIRST_ROW + len(rows)
    sheet.write_string(foot, 0, "合计")
    sheet.write_string(foot, 4, f"{len(rows)}人")
    sheet.write_string(foot + 1, 0, "制表人：某某    审核人：某某")
    return [
        *expected,
        Expected(27, RURAL, foot + 1, 0, "row_total", "ignored"),
        Expected(27, RURAL, foot + 2, 0, "row_signature", "ignored"),
    ]


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, tuple):
        sheet.write_formula(row, column, value[0], None, value[1])
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _urban(sheet: Any) -> list[Expected]:
    """One household a row; the town only in the sheet's name; a head's number repeated."""
    labels = ["脏数据编号", "村(居)", "救助类型", "户主姓名", "身份证号", "成员1姓名", "身份证号", "成员2姓名", "身份证号"]
    sheet.write_row(0, 0, labels)
    head = made_up_id("19700101", 11)
    rows = [
        [16, "长江社区", "差额", "顾大明", head, "顾小明", head, "顾小红", head],
        [28, "长江社区", "全额", "严志强", made_up_id("19710203", 13), "田秀珍", made_up_id("19720304", 22),
         "严小军", made_up_id("19990405", 15)],
        [34, "长江社区", "差额", "钱多多", BOTH_LISTS],
    ]  # fmt: skip
    for place, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            _write(sheet, place, column, value)
    return [
        Expected(26, URBAN, 0, 0, "layout_meaning_in_name", "sheet"),
        Expected(28, URBAN, 0, 0, "layout_household_wide", "sheet"),
        *[Expected(16, URBAN, 2, part, "id_of_head_repeated", ASKED) for part in range(3)],
        *[Expected(28, URBAN, 3, part, "", FIXED) for part in range(3)],
        Expected(34, URBAN, 4, 0, "person_in_several_categories", FIXED),
    ]


if __name__ == "__main__":
    write_gallery(Path(sys.argv[1]))
