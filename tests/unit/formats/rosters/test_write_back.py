"""Rejected rows go back as the same file, and come in again mended without a new error."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from yingbao.formats.rosters import read_roster, write_back
from yingbao.formats.rosters.gallery import GALLERY_KIND, GALLERY_MONTH, made_up_id, write_gallery


def wrong_roster(ids: list[str]) -> list[list[Any]]:
    return [
        ["2018年11月特困人员（共3人）"],
        ["序号", "姓名", "身份证号", "备注"],
        [1, "王一", ids[1], ""],
        [2, "王?", ids[2], "=1+1"],
        [3, "王三", float(ids[3][:15] + "000"), ""],
        ["合计", "3人"],
    ]


def test_only_rejected_rows_go_back_in_the_same_layout(book: Any, tmp_path: Path, ids: list[str]) -> None:
    path = book("特困.xlsx", {"江安镇": wrong_roster(ids)}, merges={"江安镇": [(0, 0, 0, 3)]})
    back = write_back(read_roster(path), tmp_path)
    assert back is not None
    sheet = openpyxl.load_workbook(back)["江安镇"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1] == ["序号", "姓名", "身份证号", "备注", "退回原因", "单元格"]
    assert [row[1] for row in rows[2:]] == ["王?", "王三"]
    assert [row[5] for row in rows[2:]] == ["B4", "C5"]
    assert rows[2][2] == ids[2]
    assert rows[2][3] == "=1+1"
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)


def test_an_unmended_number_cell_is_rejected_again(book: Any, tmp_path: Path, ids: list[str]) -> None:
    back = write_back(read_roster(book("特困.xlsx", {"a": wrong_roster(ids)})), tmp_path)
    assert back is not None
    again = read_roster(back)
    assert [record.codes for record in again.records[2:]] == [["name_unknown_character"], ["id_in_numeric_cell"]]


def test_a_mended_file_makes_no_new_error(book: Any, tmp_path: Path, ids: list[str]) -> None:
    back = write_back(read_roster(book("特困.xlsx", {"a": wrong_roster(ids)})), tmp_path)
    assert back is not None
    workbook = openpyxl.load_workbook(back)
    workbook["a"]["B3"], workbook["a"]["C4"] = "王二", ids[3]
    workbook.save(back)
    again = read_roster(back)
    assert again.is_return
    assert again.problems == []
    assert [record.disposition for record in again.records[2:]] == ["stored", "stored"]


def test_a_csv_goes_back_in_its_encoding_and_delimiter(tmp_path: Path, ids: list[str]) -> None:
    path = tmp_path / "特困.csv"
    path.write_bytes(f"姓名;身份证号\r\n龚䶮;{ids[1]}\r\n王?;{ids[2]}\r\n".encode("gb18030"))
    back = write_back(read_roster(path), tmp_path)
    assert back is not None
    with back.open(encoding="gb18030", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0] == ["姓名", "身份证号", "退回原因", "单元格"]
    assert [row[0] for row in rows[1:]] == ["王?"]


def test_a_file_without_errors_gives_nothing_back(book: Any, tmp_path: Path, ids: list[str]) -> None:
    assert write_back(read_roster(book("特困.xlsx", {"a": [["姓名", "身份证号"], ["王一", ids[1]]]})), tmp_path) is None


def test_the_gallery_goes_back_and_is_judged_alike(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    write_gallery(path)
    reading = read_roster(path, kind=GALLERY_KIND, data_month=GALLERY_MONTH)
    back = write_back(reading, tmp_path)
    assert back is not None
    again = read_roster(back, kind=GALLERY_KIND, data_month=GALLERY_MONTH)
    # Formula and hiding end with the copy: those two rows count as confirmed by whoever sends them again.
    ended = {"cell_formula", "row_hidden"}
    first = [r.codes for r in reading.records if r.disposition == "quarantined" and not ended & set(r.codes)]
    second = [r.codes for r in again.records if r.disposition == "quarantined"]
    assert second == first


@pytest.mark.parametrize("name", ["=cmd()", "+1", "@x", "-2"])
def test_a_cell_that_looks_like_a_formula_goes_back_as_text(book: Any, tmp_path: Path, name: str) -> None:
    rows = [["姓名", "身份证号", "备注"], ["王一", made_up_id("19700101", 1)[:-1] + "?", name]]
    back = write_back(read_roster(book("特困.xlsx", {"a": rows})), tmp_path)
    assert back is not None
    cell = openpyxl.load_workbook(back)["a"]["C2"]
    assert (cell.value, cell.data_type) == (name, "s")
