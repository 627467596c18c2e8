"""People in places where no column of names or numbers stands: one cell, a table on its side, a comment, an unknown column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from yingbao.formats.rosters import RosterReading, read_roster
from yingbao.formats.rosters.write_back import write_back


def told(reading: RosterReading) -> list[tuple[str | None, str, list[str]]]:
    people = [record for record in reading.records if record.is_person]
    return [(one.fields.name, one.fields.id.reveal()[-4:] if one.fields.id else "", one.codes) for one in people]


@pytest.mark.parametrize("heading", ["姓名", "姓名及身份证号码"])
@pytest.mark.parametrize("written", ["王一 {}", "王一{}", "王一（{}）", "王一：身份证号{}", "{}王一", "{} 王一", "王一／{}"])
def test_name_and_number_in_one_cell_are_one_person(book: Any, ids: list[str], heading: str, written: str) -> None:
    reading = read_roster(book("农村低保201811.xlsx", {"a": [["序号", heading, "村"], ["1", written.format(ids[0]), "杨洲居"]]}))
    assert told(reading) == [("王一", ids[0][-4:], [])]


def test_two_people_in_one_cell_are_asked(book: Any, ids: list[str]) -> None:
    rows = [["序号", "姓名", "村"], ["1", f"王一{ids[0]}、王二{ids[1]}", "杨洲居"]]
    (_, number, codes), = told(read_roster(book("农村低保201811.xlsx", {"a": rows})))  # fmt: skip
    assert not number
    assert codes


def test_a_table_on_its_side_has_a_person_in_each_column(book: Any, ids: list[str]) -> None:
    rows = [["特困人员名册"], ["姓名", "赵一", "赵二", ""], ["身份证号", ids[0], ids[1], ids[2]], ["村", "杨洲居", "杨洲居", "二案居"]]
    reading = read_roster(book("特困201811.xlsx", {"a": rows}))
    assert told(reading) == [("赵一", ids[0][-4:], []), ("赵二", ids[1][-4:], []), (None, ids[2][-4:], ["name_missing"])]
    assert [record.problems[0].address for record in reading.records if record.problems and record.is_person] == ["D2"]


@pytest.mark.parametrize(("heading", "rows"), [("同户人", [["王二、王三"], [""]]), ("补充", [["赵大"], ["钱小二"], ["孙娟"]])])
def test_names_alone_in_an_unknown_column_are_asked(
    book: Any, ids: list[str], tmp_path: Path, heading: str, rows: list[list[str]]
) -> None:
    lines = [["李" + "甲乙丙"[place], ids[place], *row] for place, row in enumerate(rows)]
    reading = read_roster(book("农村低保201811.xlsx", {"a": [["户主姓名", "身份证号", heading], *lines]}))
    assert [codes for *_, codes in told(reading)] == [["name_not_read"] if row[0] else [] for row in rows]
    back = write_back(reading, tmp_path)
    assert back is not None
    assert len(told(read_roster(back))) == sum(bool(row[0]) for row in rows)


@pytest.mark.parametrize("heading", ["帮扶责任人", "网格员姓名", "村干部", "自然村"])
def test_officers_and_places_are_nobody_of_the_list(book: Any, ids: list[str], heading: str) -> None:
    helpers = ["江安", "白蒲", "石庄"] if heading == "自然村" else ["赵大", "钱小二", "孙娟"]
    rows = [["李" + "甲乙丙"[place], ids[place], one] for place, one in enumerate(helpers)]
    reading = read_roster(book("农村低保201811.xlsx", {"a": [["姓名", "身份证号", heading], *rows]}))
    assert [codes for *_, codes in told(reading)] == [[], [], []]


def test_a_comment_pinned_to_a_cell_is_a_remark_of_that_person(tmp_path: Path, ids: list[str]) -> None:
    path = tmp_path / "农村低保201811.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("a")
        for row, line in enumerate([["户主姓名", "身份证号", "成员甲", "身份证"], ["王一", ids[0], "王二", ids[1]], ["李一", ids[2]]]):
            sheet.write_row(row, 0, line)
        sheet.write_comment("C2", "已死亡")
        sheet.write_comment("A3", "10月起停发")
    reading = read_roster(path)
    assert [codes for *_, codes in told(reading)] == [[], [], ["allowance_stopped"]]
    assert [record.fields.hints for record in reading.records if record.is_person] == [(), ("suspected_death",), ()]


def test_a_plain_state_of_the_poverty_register_is_heard(book: Any, ids: list[str]) -> None:
    states = ["已脱贫", "稳定脱贫", "脱贫（享受政策）", "未脱贫", "正常", "已核销", "自然减少"]
    rows = [["水" + "一二三四五六七"[place], ids[place], state] for place, state in enumerate(states)]
    reading = read_roster(book("建档立卡201811.xlsx", {"a": [["姓名", "身份证号", "状态"], *rows]}))
    people = [record for record in reading.records if record.is_person]
    assert [one.fields.poverty_exit_flag for one in people] == [True, True, True, False, None, None, None]
    assert [one.codes for one in people] == [[]] * 5 + [["allowance_stopped"]] * 2


@pytest.mark.parametrize(("year", "amount", "codes"), [
    (2018, 100, []), (2108, 100, ["date_ambiguous"]), (2019, 100, ["payment_wrong_year"]), ("2098", "100", ["payment_wrong_year"]),
    (2018, 100.005, ["amount_unclear"]), (2018, "100.005", ["amount_unclear"]),
])  # fmt: skip
def test_a_payment_of_a_year_to_come_or_of_half_a_fen_is_asked(book: Any, ids: list[str], year: Any, amount: Any, codes: list[str]) -> None:
    rows = [["姓名", "身份证号", "缴费年度", "缴费金额", "缴费时间"], ["王一", ids[0], year, amount, "2018-11-03"]]
    assert [found for *_, found in told(read_roster(book("居保缴费明细201811.xlsx", {"a": rows})))] == [codes]


def test_a_total_spelled_in_characters_is_no_person(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号"], ["赵一", ids[0]], ["共计壹人"]]
    assert [record.codes for record in read_roster(book("特困201811.xlsx", {"a": rows})).records][2:] == [["row_total"]]
