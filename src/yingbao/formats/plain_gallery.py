"""The dirt of lists of a few columns: a workbook of results of certification and one of deaths to try, a row a fault.

All people are made up. ``python -m yingbao.formats.plain_gallery examples`` writes both. What the office alone can know (an
unknown person, a day to come, a result told twice) is no fault of the file and not in here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import xlsxwriter

from yingbao.formats.rosters.gallery import made_up_id

CERTIFICATES, DEATHS = "dirt-certificates.xlsx", "dirt-deaths.xlsx"
_DAY, _DIED = "2020-01-08", "2018-12-05"
_HIDDEN = "row_hidden"


def _id(place: int) -> str:
    return made_up_id("19450607", 200 + place)


def _x_id() -> str:
    return next(text for place in range(400) if (text := made_up_id("19450608", place)).endswith("X"))


def _numbers() -> list[tuple[Any, str]]:
    """Number cells: fixed (an empty code) or refused."""
    good = _id(1)
    return [
        (_id(0), ""), (f"{good[:6]} {good[6:14]}\u00a0{good[14:]}", ""), (f"'{_id(2)}", ""), (_x_id().lower(), ""),
        ("320622450609003", ""), (float(_id(3)[:15] + "000"), "id_in_numeric_cell"),
        (_id(4)[:-1] + ("0" if _id(4)[-1] != "0" else "1"), "id_check_digit"), ("320682194502300017", "id_impossible_date"),
        (_id(5).replace("0", "O", 1), "id_letter_for_digit"), (f"{_id(6)}/{_id(7)}", "id_two_in_cell"), (_id(8)[:17], "id_length"),
        ("不详", "id_length"), (None, "id_missing"),
    ]  # fmt: skip


def _days() -> list[tuple[Any, bool]]:
    """Day cells, and whether the day is clear."""
    return [("2020/1/8", True), ("2020年1月8日", True), (20200108, True), (43838, True), ("二〇二〇年一月八日", True),
            ("2020-01", False), ("20.1.8", False), ("2020-02-30", False), ("去年", False), (None, False)]  # fmt: skip


def certificates() -> list[tuple[list[Any], str]]:
    """Rows of the workbook (name, number, day, way) and the code of each; empty for a good row."""
    rows: list[tuple[list[Any], str]] = [(["王一", number, _DAY, "上门"], code) for number, code in _numbers()]
    rows += [(["李二", _id(20 + n), day, "窗口"], "" if clear else "certificate_day_unclear") for n, (day, clear) in enumerate(_days())]
    ways = {"手机认证": "", "自助机": "", "数据比对": "", "打电话": "certificate_way_unknown", "": "certificate_way_unknown"}
    rows += [(["赵三", _id(40 + n), _DAY, way], code) for n, (way, code) in enumerate(ways.items())]
    rows += [(["钱四", _id(50), ("=TODAY()", 43838), "上门"], "cell_formula"), (["周六", _id(52), _DAY, "上门"], _HIDDEN),
             (["孙五", _id(51), ("=NA()", "#N/A"), "上门"], "cell_error,certificate_day_unclear")]  # fmt: skip
    return rows


def deaths() -> list[tuple[list[Any], str]]:
    """Rows of the workbook (name, number, day of death) and the code, or the word of the day, for which each is refused."""
    rows: list[tuple[list[Any], str]] = [(["王一", number, _DIED], code) for number, code in _numbers()]
    rows += [(["李二", _id(20 + n), day], "" if clear else "死亡日期") for n, (day, clear) in enumerate(_days())]
    rows += [(["钱四", _id(50), ("=TODAY()", 43439)], "cell_formula"), (["周六", _id(52), _DIED], _HIDDEN)]
    return rows


def write_galleries(folder: Path) -> None:
    """Write both workbooks."""
    _write(folder / CERTIFICATES, ["资格认证结果（每行一种毛病）"], ["姓名", "身份证号码", "核查日期", "核查方式"], certificates())
    _write(folder / DEATHS, ["死亡人员名单（每行一种毛病）"], ["姓名", "身份证号", "死亡时间"], deaths())


def _write(path: Path, title: list[str], labels: list[str], rows: list[tuple[list[Any], str]]) -> None:
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        foot = [["合计", f"{len(rows)}人"], ["填表人：某某", "审核人：某某"]]
        for row, cells in enumerate([title, labels, *(cells for cells, _ in rows), *foot]):
            for column, value in enumerate(cells):
                if isinstance(value, tuple):
                    sheet.write_formula(row, column, value[0], None, value[1])
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
        for row, (_, code) in enumerate(rows, start=2):
            if code == _HIDDEN:
                sheet.set_row(row, None, None, {"hidden": True})


if __name__ == "__main__":
    write_galleries(Path(sys.argv[1]))
