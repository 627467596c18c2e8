"""The four file forms give the same records, and damaged text is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from yingbao.formats.rosters import RosterReading, read_roster, write_back
from yingbao.formats.rosters.errors import EncodingDamaged, RosterRefused
from yingbao.formats.rosters.grid import read_grid, text_of
from yingbao.formats.rosters.guard import Limits


def rows_of(ids: list[str]) -> list[list[Any]]:
    return [
        ["农村低保名册", None, None],
        ["姓名", "身份证号", "保障金额"],
        ["王一", ids[0], 500.5],
        ["王二", 320682197001021034.0, 300],
    ]


def codes(reading: RosterReading) -> list[list[str]]:
    assert reading.row_account.balances
    return [record.codes for record in reading.records]


EXPECTED = [["row_title"], ["row_heading"], [], ["id_in_numeric_cell"]]


def test_an_xlsx_is_read(book: Any, ids: list[str]) -> None:
    assert codes(read_roster(book("农村低保.xlsx", {"a": rows_of(ids)}))) == EXPECTED


def test_an_xls_is_read_with_formulas_merges_and_hidden_rows(tmp_path: Path, ids: list[str]) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("a")
    for row, values in enumerate(rows_of(ids)):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
    sheet.write(4, 0, xlwt.Formula('"周"'))
    sheet.write_merge(5, 6, 2, 2, 7)
    sheet.row(3).hidden = True
    path = tmp_path / "农村低保.xls"
    workbook.save(str(path))
    grid = read_grid(path, Limits()).sheets[0]
    assert (4, 0) in grid.formulas
    assert grid.merged == [(5, 6, 2, 2)]
    assert grid.hidden_rows == {3}
    assert codes(read_roster(path, accept_hidden=True))[:4] == EXPECTED


def test_an_ods_is_read(tmp_path: Path, ids: list[str]) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="a")
    for values in rows_of(ids):
        row = TableRow()
        for value in values:
            cell = TableCell() if value is None else _cell(value)
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    path = tmp_path / "农村低保.ods"
    document.save(str(path))
    assert codes(read_roster(path)) == EXPECTED


def _cell(value: Any) -> Any:
    text = isinstance(value, str)
    cell = TableCell(valuetype="string") if text else TableCell(valuetype="float", value=str(value))
    cell.addElement(P(text=str(value)))
    return cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_in_its_encoding_and_delimiter(tmp_path: Path, ids: list[str], encoding: str, mark: str) -> None:
    path = tmp_path / "农村低保.csv"
    lines = [mark.join(["姓名", "身份证号", "村"]), mark.join(["龚䶮", ids[0], "杨洲居"]), mark.join(["王二", "3.20682E+17", ""])]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert codes(read_roster(path)) == [["row_heading"], [], ["id_in_numeric_cell"]]


def test_numbers_that_a_csv_saved_from_a_sheet_lost_are_found_together(tmp_path: Path, ids: list[str]) -> None:
    path = tmp_path / "特困.csv"
    damaged = [f"王{sign},3206821949{number:02d}080000" for number, sign in enumerate("一二三四五六七八九", 1)]
    path.write_text("\n".join(["姓名,身份证号", *damaged, f"李一,{ids[1]}"]), encoding="utf-8")
    assert codes(read_roster(path)) == [["row_heading"], *[["id_in_numeric_cell"]] * 9, []]


@pytest.mark.parametrize("text", ["姓名,身份证号\n锟斤拷锟斤拷锟斤拷,1", "姓名,身份证号\n王\ufffd,1"])
def test_garbled_text_is_refused_with_its_row(tmp_path: Path, text: str) -> None:
    path = tmp_path / "特困.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EncodingDamaged, match="第2行"):
        read_roster(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "特困.csv"
    path.write_bytes("姓名,身份证号\n王".encode("gb18030") + b"\xff\xff\n")
    with pytest.raises(EncodingDamaged):
        read_roster(path)


def test_a_long_number_never_shows_as_a_good_id() -> None:
    assert text_of(320682197001021034.0) == "3.20682197001021E+17"
    assert text_of(148.0) == "148"


def test_error_cells_and_formulas_of_an_xlsx_are_marked(book: Any) -> None:
    path = book("特困.xlsx", {"a": [["姓名"], [("=NA()", "#N/A")], [('="王"', "王")]]})
    sheet = read_grid(path, Limits()).sheets[0]
    assert sheet.errors == {(1, 0): "#N/A"}
    assert sheet.formulas == {(1, 0), (2, 0)}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_goes_back_with_one(tmp_path: Path, ids: list[str], encoding: str) -> None:
    path = tmp_path / "特困201811.csv"
    path.write_bytes(f"姓名\t身份证号\t地址\r\n龚䶮一\t{ids[0]}\t一组\r\n王?\t{ids[1]}\t二组\r\n".encode(encoding))
    reading = read_roster(path)
    assert [r.disposition for r in reading.records[1:]] == ["stored", "quarantined"]
    back = write_back(reading, tmp_path)
    assert back is not None
    assert back.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert [r.codes for r in read_roster(back).records[1:]] == [["name_unknown_character"]]


def test_bytes_that_are_text_in_no_one_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "特困201811.csv"
    path.write_bytes("姓名,身份证号\r\n王一,1\r\n".encode("utf-16-le")[1:])
    with pytest.raises(RosterRefused):
        read_roster(path)
