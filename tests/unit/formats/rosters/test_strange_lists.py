"""Lists as strangers sent them, each of which was once misread: headings, states, months, and what goes back and comes again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yingbao.formats.rosters import RosterReading, read_roster, write_back
from yingbao.formats.rosters.context import months_in
from yingbao.formats.rosters.errors import KindAmbiguous
from yingbao.formats.rosters.records import QUARANTINED, Problem
from yingbao.values.month import show_month


def stored(reading: RosterReading) -> list[str | None]:
    assert reading.row_account.balances
    return [record.fields.name for record in reading.records if record.disposition == "stored"]


def codes(reading: RosterReading) -> list[str]:
    return [code for record in reading.records if record.is_person for code in record.codes]


@pytest.mark.parametrize("label", ["村、社区", "村（居、社区）", "行政村（社区）", "村级", "户籍村居", "社区（村）名称", "村/居"])
def test_a_village_has_many_headings(book: Any, ids: list[str], label: str) -> None:
    rows = [["镇、街道", label, "姓名", "身份证号"], ["长江镇", "杨洲村", "王一", ids[0]]]
    fields = read_roster(book("特困201811.xlsx", {"a": rows})).records[-1].fields
    assert (fields.town, fields.village) == ("长江镇", "杨洲村")


def test_a_year_of_leaving_poverty_that_is_planned_flags_nobody(book: Any, ids: list[str]) -> None:
    planned = [["姓名", "证件号码", "拟脱贫年度"], ["王一", ids[0], "2019"]]
    assert read_roster(book("建档立卡201811.xlsx", {"a": planned})).records[-1].fields.poverty_exit_flag is None
    to_come = [["姓名", "证件号码", "脱贫年度"], ["王一", ids[0], "2019"], ["王二", ids[1], "2017"]]
    reading = read_roster(book("建档立卡201811.xlsx", {"a": to_come}))
    assert (codes(reading), stored(reading)) == (["poverty_flag_unclear"], ["王二"])


def test_an_old_number_beside_the_present_one_is_not_read(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "原身份证号", "现身份证号"], ["王一", ids[1], ids[0]]]
    reading = read_roster(book("特困201811.xlsx", {"a": rows}))
    assert [r.fields.id.reveal() for r in reading.records if r.fields.id] == [ids[0]]


def test_a_head_without_a_number_before_each_person_is_no_second_person(book: Any, ids: list[str]) -> None:
    rows = [["户主姓名", "家庭成员姓名", "身份证号码", "与户主关系"], ["王一", "王一", ids[0], "户主"], ["王一", "李二", ids[1], "配偶"]]
    reading = read_roster(book("农村低保201811.xlsx", {"a": rows}))
    assert (stored(reading), codes(reading)) == (["王一", "李二"], [])


def test_a_number_under_the_head_alone_is_the_persons(book: Any, ids: list[str]) -> None:
    reading = read_roster(book("农村低保201811.xlsx", {"a": [["姓名", "户主身份证"], ["王一", ids[0]]]}))
    assert stored(reading) == ["王一"]


def leavers(book: Any, ids: list[str]) -> list[RosterReading]:
    heads, one, two = ["姓名", "身份证号"], ["王一", ids[0]], ["王二", ids[1]]
    return [
        read_roster(book("特困201811.xlsx", {"a": [["新增人员"], heads, one, ["减少人员"], heads, two]})),
        read_roster(book("特困201811.xlsx", {"特困人员": [heads, one], "本月退出": [heads, two]})),
        read_roster(book("特困201811.xlsx", {"a": [[*heads, "变动情况"], [*one, "新增"], [*two, "取消"]]})),
        read_roster(book("特困201811.xlsx", {"a": [[*heads, "保障状态"], [*one, "在保"], [*two, "停保"]]})),
        read_roster(book("特困201811.xlsx", {"a": [[*heads, "情况三"], [*one, "在保"], [*two, "停发"]]})),
    ]


def test_whoever_is_listed_as_having_left_is_asked_wherever_it_is_said(book: Any, ids: list[str]) -> None:
    for reading in leavers(book, ids):
        assert (stored(reading), codes(reading)) == (["王一"], ["allowance_stopped"])


def test_groups_told_by_several_columns_of_yes_and_no_are_refused(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "是否低保", "是否特困"], ["王一", ids[0], "是", "否"], ["王二", ids[1], "否", "是"]]
    with pytest.raises(KindAmbiguous):
        read_roster(book("困难群众201811.xlsx", {"a": rows}))


def test_a_column_without_a_known_heading_is_told_to_say_the_group_by_its_cells(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "项目"], ["王一", ids[0], "城市低保"], ["王二", ids[1], "特困供养"]]
    reading = read_roster(book("社会救助201811.xlsx", {"a": rows}))
    assert [r.fields.category for r in reading.records[1:]] == ["subsistence_urban", "destitute"]


def test_sheets_named_town_and_country_of_a_file_of_the_allowance(book: Any, ids: list[str]) -> None:
    sheets = {"城市": [["姓名", "身份证号"], ["王一", ids[0]]], "农村": [["姓名", "身份证号"], ["王二", ids[1]]]}
    reading = read_roster(book("低保201811.xlsx", sheets))
    assert [r.fields.category for r in reading.records if r.is_person] == ["subsistence_urban", "subsistence_rural"]
    assert reading.kind == "civil_affairs_groups"


def test_blanks_written_out_are_blank(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "村"], ["王一", ids[0], "杨洲村"], ["——", "——", "/"], ["以下空白"], ["（此页无正文）"]]
    assert (codes(read_roster(book("特困201811.xlsx", {"a": rows}))), rows[0][0]) == ([], "姓名")


def test_a_bad_row_is_never_taken_for_a_note_or_a_signature(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "村", "备注"], ["*王一", "不详", "杨洲村", "老人"],
            ["阿依古丽·买买提", "不详", "杨洲村", "联系人：村主任"]]  # fmt: skip
    reading = read_roster(book("特困201811.xlsx", {"a": rows}))
    assert [record.disposition for record in reading.records[1:]] == ["quarantined"] * 2


def test_a_very_wide_sheet_is_read(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", *(f"备用{n}" for n in range(298))], ["王一", ids[0], *["x"] * 298]]
    assert stored(read_roster(book("特困201811.xlsx", {"a": rows}))) == ["王一"]


@pytest.mark.parametrize(
    ("text", "months"),
    [("二〇一八年十一月特困", ["2018-11"]), ("二○一八年十二月", ["2018-12"]), ("2018年度11月份", ["2018-11"]),
     ("2018年10月至11月", ["2018-10", "2018-11"]),
     ("2018年10-11月", ["2018-10", "2018-11"])],
)  # fmt: skip
def test_a_month_is_spelled_in_many_ways_and_a_span_is_no_month(text: str, months: list[str]) -> None:
    assert [show_month(month) for month in sorted(months_in(text))] == months


def layouts(ids: list[str]) -> dict[str, dict[str, list[list[Any]]]]:
    side = ["村", "姓名", "身份证号"]
    return {
        "宽户": {"a": [["镇", "户主姓名", "身份证号", "成员1姓名", "身份证号"], ["长江镇", "王一", ids[0], "王二", ids[1]]]},
        "两层": {"a": [["镇", "户主", None, "金额", None], [None, "姓名", "身份证号", "月保障金额", "备注"],
                     ["长江镇", "王一", ids[0], 300, "x"]]},
        "并排": {"a": [["杨洲村", None, None, "田桥村"], ["序号", "姓名", "身份证号"] * 2, [1, "王一", ids[0], 1, "王二", ids[1]]]},
        "并排村": {"a": [side * 2, ["杨洲村", "王一", ids[0], "田桥村", "王二", ids[1]]]},
        "上下": {"a": [["杨洲村名单"], ["姓名", "身份证号"], ["王一", ids[0]], ["田桥村名单"], ["身份证号", "姓名"], [ids[1], "王二"]]},
        "多表": {"杨洲村": [["姓名", "身份证号"], ["王一", ids[0]]], "田桥村": [["身份证号", "姓名"], [ids[1], "王二"]]},
    }


@pytest.mark.parametrize("layout", ["宽户", "两层", "并排", "并排村", "上下", "多表"])
def test_whatever_the_layout_rows_sent_back_are_read_as_they_were(book: Any, tmp_path: Path, ids: list[str], layout: str) -> None:
    reading = read_roster(book("农村低保201811.xlsx", layouts(ids)[layout]))
    people = [record for record in reading.records if record.disposition == "stored"]
    before = [record.fields for record in people]
    assert before
    for record in people:
        record.problems, record.disposition = [Problem("name_missing")], QUARANTINED
    back = write_back(reading, tmp_path)
    assert back is not None
    again = read_roster(back, kind=reading.kind, data_month=reading.data_month)
    assert (again.is_return, again.problems, codes(again)) == (True, [], [])
    assert [record.fields for record in again.records if record.is_person] == before


def test_a_title_that_names_another_group_counts_before_the_kind_asked_for(book: Any, ids: list[str]) -> None:
    rows = [["农村低保花名册"], ["姓名", "身份证号"], ["王一", ids[0]]]
    reading = read_roster(book("名单201811.xlsx", {"a": rows}), kind="subsistence_urban")
    assert [record.fields.category for record in reading.records if record.is_person] == ["subsistence_rural"]
    assert [problem.code for problem in reading.problems] == ["kind_differs"]
