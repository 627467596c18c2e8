"""村组核查表: each village has its own sheet, pages, heading and signatures, and what it fills in is read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from yingbao.formats.certificates import read_certificates
from yingbao.formats.forms.certificates import VisitRow, write_visit_list
from yingbao.formats.forms.waiver import Waiver, write_waiver
from yingbao.values.identity import IdNumber, check_digit

DAY = date(2019, 11, 1)


def person(village: str, town: str = "长江镇", place: int = 0) -> VisitRow:
    body = f"320682194001{place:02d}001"
    return VisitRow(town, village, f"老人{place}", IdNumber(body + check_digit(body)), "上门", date(2019, 11, 30), "首次提醒")


def visits(folder: Path) -> openpyxl.Workbook:
    rows = [person("杨洲居", place=1), person("杨洲居", place=2), person("四圩村", "九华镇", 3), person("四圩村", "长江/镇", 4)]
    return openpyxl.load_workbook(write_visit_list(folder / "核查表.xlsx", rows, as_of=DAY, whole_ids=True))


def test_each_village_has_its_own_sheet_that_begins_at_page_one_with_its_heading_on_each_page(tmp_path: Path) -> None:
    book = visits(tmp_path)
    assert book.sheetnames == ["001 杨洲居", "002 四圩村", "003 四圩村"]
    for sheet in book:
        assert sheet.page_setup.useFirstPageNumber  # of its own: the first is one if no other is written
        assert sheet.page_setup.firstPageNumber in (None, 1)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.oddFooter.center.text == "第 &P 页"
        assert "村（居）负责人：" in sheet.cell(sheet.max_row, 1).value
    assert [sheet["A4"].value for sheet in book] == ["1", "1", "1"]
    assert "九华镇四圩村" in book["002 四圩村"]["A1"].value
    assert "本村（居）共 2 人" in book["001 杨洲居"]["A2"].value


def test_what_the_villages_filled_in_is_read_back_from_all_sheets(tmp_path: Path) -> None:
    book = visits(tmp_path)
    for sheet in book:
        sheet["G4"], sheet["H4"] = "2019-11-05", "上门"
    book.save(tmp_path / "填好.xlsx")
    found = read_certificates(tmp_path / "填好.xlsx")
    assert [row.sheet for row in found.rows if row.day == date(2019, 11, 5) and row.way == "village_visit"] == book.sheetnames


def test_where_nobody_is_to_be_visited_the_paper_says_so(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_visit_list(tmp_path / "无.xlsx", [], as_of=DAY))
    assert "（无）" in [cell.value for row in book["核查表"] for cell in row]


def test_what_an_elder_signs_is_printed_in_large_letters(tmp_path: Path) -> None:
    form = Waiver("陈桂兰", "320622********0001", "长江镇", "", "农村低保", "all", ["每年由政府代缴 100.00 元"], "", DAY, "v1")
    page = openpyxl.load_workbook(write_waiver(tmp_path / "放弃.xlsx", form))["放弃意向书"]
    told = next(cell for row in page for cell in row if "政府代缴 100" in str(cell.value))
    assert told.font.size == 14
