"""Cards of one person each are read card by card; what is not plainly one person a card is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from yingbao.formats.rosters import read_roster, write_back
from yingbao.formats.rosters.errors import HeadingsNotFound


def card(name: str, number: str, kind: str = "全额") -> list[list[str]]:
    return [["姓名", name, "联系电话", ""], ["身份证号", number, "救助类型", kind], ["家庭住址", "长江镇杨洲村3组"], []]


def test_many_cards_down_a_sheet_are_read_and_a_bad_one_names_its_cell(book: Any, tmp_path: Path, ids: list[str]) -> None:
    rows = [["农村低保登记卡（2018年11月）"], *card("王一", ids[0]), *card("王?", ids[1], "差额")]
    reading = read_roster(book("登记卡.xlsx", {"a": rows}))
    assert reading.row_account.balances
    good, bad = (record for record in reading.records if record.is_person)
    assert (good.fields.name, good.fields.village, good.fields.allowance) == ("王一", "杨洲村", "full")
    assert [(one.code, one.address) for one in bad.problems] == [("name_unknown_character", "B6")]
    assert "layout_cards" in [note.code for note in reading.sheets[0].notes]
    back = write_back(reading, tmp_path)
    assert back is not None
    mended = openpyxl.load_workbook(back)
    mended["a"]["A3"] = "王二"
    mended.save(back)
    again = read_roster(back, kind=reading.kind)
    assert [(r.fields.name, r.fields.allowance, r.codes) for r in again.records if r.is_person] == [("王二", "partial", [])]


@pytest.mark.parametrize("rows", [
    [["身份证号", "{id}"], ["户主姓名", "{name}"], ["村", "杨洲村"]],
    [["姓名：{name}", "身份证号：{id}"], ["村：杨洲村"], ["签字："]],
    [["姓名", "{name}", "身份证号", "{id}", "村", "杨洲村"]],
])  # fmt: skip
def test_a_card_a_sheet_in_any_arrangement(book: Any, ids: list[str], rows: list[list[str]]) -> None:
    sheets = {f"第{n}张": [[cell.format(id=ids[n], name="王李"[n] + "一") for cell in row] for row in rows] for n in range(2)}
    people = [record for record in read_roster(book("特困201811.xlsx", sheets)).records if record.is_person]
    assert [(r.sheet, r.fields.name, r.fields.village, r.disposition) for r in people] == [
        ("第0张", "王一", "杨洲村", "stored"), ("第1张", "李一", "杨洲村", "stored")]  # fmt: skip
    assert [r.fields.id.reveal() for r in people if r.fields.id] == ids[:2]


def test_a_card_with_somebody_else_on_it_is_refused(book: Any, ids: list[str]) -> None:
    rows = [["户主姓名", "王一", "身份证号", ids[0]], ["成员姓名", "王二", "身份证号", ids[1]]]
    with pytest.raises(HeadingsNotFound):
        read_roster(book("农村低保201811.xlsx", {"a": rows}))
