"""Headings, orders and layouts as the bureaux send them."""

from __future__ import annotations

from typing import Any

import pytest

from yingbao.formats.rosters import RosterReading, read_roster
from yingbao.formats.rosters.errors import HeadingsNotFound, KindAmbiguous, KindUnknown
from yingbao.values.month import month_of


def people(reading: RosterReading) -> list[tuple[str | None, int, str]]:
    return [(r.fields.name, r.part, r.disposition) for r in reading.records if r.is_person]


def test_the_national_poverty_export_gives_flag_and_year(book: Any, ids: list[str]) -> None:
    labels = ["行政县", "乡镇", "行政村", "户编号", "人编号", "姓名",
              "证件号码", "人数", "与户主关系", "脱贫属性", "脱贫年度", "贫困户属性"]  # fmt: skip
    rows = [
        ["如皋市", "长江镇", "杨洲居", "32001", "1", "柳康杰", ids[0], 2, "户主", "未脱贫", None, "低保贫困户"],
        ["如皋市", "长江镇", "杨洲居", "32001", "2", "王芳", ids[1], 2, "配偶", "已脱贫", 2017, "一般贫困户"],
    ]
    reading = read_roster(book("扶贫系统导出.xlsx", {"Sheet1": [labels, *rows]}))
    first, second = (record.fields for record in reading.records[1:])
    assert reading.kind == "poverty_register"
    assert (first.poverty_exit_flag, first.role, first.category) == (False, "head", "registered_low_income")
    assert (second.poverty_exit_flag, str(second.poverty_exit_date)) == (True, "2017-12-31")


def test_title_rows_above_the_headings_are_passed(book: Any, ids: list[str]) -> None:
    rows = [["江苏省低收入农户花名册"], ["单位：江安镇", "2018年11月"], ["户主", "证件号码", "标注脱贫年度"], ["李四", ids[0], ""]]
    reading = read_roster(book("低收入户.xlsx", {"江安镇": rows}))
    assert reading.sheets[0].heading_rows == (3, 3)
    assert reading.data_month == month_of(2018, 11)
    assert reading.records[-1].fields.town == "江安镇"
    assert reading.records[-1].fields.poverty_exit_flag is False


def test_two_level_merged_headings_name_the_members(book: Any, ids: list[str]) -> None:
    rows = [
        ["镇", "村", "户主", None, "成员1", None],
        [None, None, "姓名", "身份证号", "姓名", "身份证号"],
        ["长江镇", "杨洲居", "王一", ids[0], "王二", ids[1]],
    ]
    merges = {"农村低保": [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]}
    reading = read_roster(book("a.xlsx", {"农村低保": rows}, merges=merges))
    assert people(reading) == [("王一", 0, "stored"), ("王二", 1, "stored")]


def test_household_wide_rows_keep_position_over_a_gap(book: Any, ids: list[str]) -> None:
    labels = ["镇", "村", "地址", "救助类型", "户主姓名", None, "身份证", "姓名", "身份证", "姓名", "身份证"]
    rows = [labels, ["长江镇", "杨洲居", "", "全额救助", "王一", None, ids[0], None, None, "王三", ids[2]]]
    reading = read_roster(book("农保名册.xlsx", {"Sheet1": rows}))
    assert people(reading) == [("王一", 0, "stored"), ("王三", 2, "stored")]
    assert [r.fields.role for r in reading.records[1:]] == ["head", "member"]
    assert reading.records[1].fields.allowance == "full"


def test_a_list_of_persons_with_the_head_beside_each_is_not_household_wide(book: Any, ids: list[str]) -> None:
    labels = ["户号", "户主姓名", "户主身份证号", "姓名", "身份证号", "与户主关系"]
    rows = [labels, ["1", "王一", ids[0], "王一", ids[0], "本人"], ["1", "王一", ids[0], "王三", ids[2], "子"]]
    reading = read_roster(book("农村低保.xlsx", {"Sheet1": rows}))
    assert people(reading) == [("王一", 0, "stored"), ("王三", 0, "stored")]


def test_the_file_name_tells_urban_from_rural(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号"], ["王一", ids[0]]]
    assert read_roster(book("城保名册.xlsx", {"Sheet1": rows})).kind == "subsistence_urban"
    assert read_roster(book("农保名册.xlsx", {"Sheet1": rows})).kind == "subsistence_rural"


def test_a_workbook_of_two_lists_gives_each_person_its_own_category(book: Any, ids: list[str]) -> None:
    labels = ["姓名", "身份证号"]
    sheets = {"农村低保": [labels, ["王一", ids[0]]], "城市低保": [labels, ["王二", ids[1]]], "说明": [["请按要求填写"]]}
    reading = read_roster(book("低保.xlsx", sheets))
    found = {r.fields.name: r.fields.category for r in reading.records if r.is_person}
    assert found == {"王一": "subsistence_rural", "王二": "subsistence_urban"}
    assert reading.records[-1].codes == ["sheet_without_people"]


def test_the_unit_is_only_in_the_sheet_name(book: Any, ids: list[str]) -> None:
    reading = read_roster(book("机关保.xlsx", {"市教育局": [["序号", "身份证", "姓名"], [1, ids[0], "张三"]]}))
    fields = reading.records[1].fields
    assert (fields.unit, fields.fact_kind, fields.fact_value) == ("市教育局", "other_scheme", "civil_service")


def test_a_village_named_on_a_row_of_its_own_holds_for_the_rows_below(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "救助类型"], ["杨洲村"], ["王一", ids[0], "全额"], ["田桥村"], ["王二", ids[1], "差额"]]
    rows = [[None, *row] if len(row) > 1 else row for row in rows]
    reading = read_roster(book("农村低保.xlsx", {"Sheet1": rows}))
    assert [r.fields.village for r in reading.records if r.is_person] == ["杨洲村", "田桥村"]


def test_unknown_headings_are_told_by_their_contents(book: Any, ids: list[str]) -> None:
    reading = read_roster(book("特困.xlsx", {"Sheet1": [["编号", "称呼", "号码"], [1, "王一", ids[0]], [2, "李二", ids[1]]]}))
    assert people(reading) == [("王一", 0, "stored"), ("李二", 0, "stored")]
    assert [note.code for note in reading.sheets[0].notes] == ["column_by_content"] * 2


def test_a_payout_sheet_without_numbers_asks_for_each_number(book: Any) -> None:
    rows = [["序号", "姓名", "保障人数", "领取金额"], [1, "王兰", 1, 300]]
    reading = read_roster(book("城保名册.xlsx", {"Sheet1": rows}))
    assert reading.records[1].codes == ["id_missing"]


def test_a_guardians_number_is_not_the_persons(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "监护人", "监护人身份证号", "身份证号"], ["王一", "王二", ids[1], ids[0]]]
    reading = read_roster(book("特困.xlsx", {"Sheet1": rows}))
    assert people(reading) == [("王一", 0, "stored")]
    assert reading.records[1].fields.id is not None
    assert reading.records[1].fields.id.reveal() == ids[0]


@pytest.mark.parametrize(
    ("status", "fact", "disposition"),
    [
        ("1", "other_scheme", "stored"),
        ("2 正常待遇", "other_pension", "stored"),
        ("参保暂停", None, "stored"),
        ("9", None, "quarantined"),
    ],
)
def test_a_scheme_status_says_which_fact(book: Any, ids: list[str], status: str, fact: str, disposition: str) -> None:
    rows = [["证件号码", "姓名", "职保领取时间", "职保状态"], [ids[0], "张三", None, status]]
    record = read_roster(book("职保比对.xlsx", {"Sheet1": rows})).records[1]
    assert (record.fields.fact_kind, record.disposition) == (fact, disposition)


def test_a_death_without_its_day_is_a_suspicion(book: Any, ids: list[str]) -> None:
    rows = [["证件号码", "姓名", "死亡日期"], [ids[0], "王一", 20180906], [ids[1], "王二", None]]
    reading = read_roster(book("死亡人员.xlsx", {"Sheet1": rows}))
    assert [r.fields.fact_kind for r in reading.records[1:]] == ["death", "suspected_death"]
    assert str(reading.records[1].fields.death_date) == "2018-09-06"


def test_a_sheet_of_people_without_headings_is_refused(book: Any, ids: list[str]) -> None:
    with pytest.raises(HeadingsNotFound):
        read_roster(book("特困.xlsx", {"Sheet1": [["王一", ids[0]]]}))


def test_a_list_that_could_be_any_is_refused(book: Any, ids: list[str]) -> None:
    with pytest.raises(KindAmbiguous):
        read_roster(book("名单.xlsx", {"Sheet1": [["姓名", "身份证号"], ["王一", ids[0]]]}))


def test_a_kind_that_does_not_exist_is_refused(book: Any, ids: list[str]) -> None:
    with pytest.raises(KindUnknown):
        read_roster(book("名单.xlsx", {"Sheet1": [["姓名", "身份证号"], ["王一", ids[0]]]}), kind="pets")


def test_hidden_rows_and_sheets_wait_until_somebody_confirms(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号"], ["王一", ids[0]], ["王二", ids[1]]]
    path = book("特困.xlsx", {"a": rows[:2], "b": rows[:1] + rows[2:]}, hidden_rows={"a": [1]}, hidden_sheets=["b"])
    reading = read_roster(path)
    assert [disposition for _, _, disposition in people(reading)] == ["quarantined"] * 2
    assert sum(sheet.hidden_rows for sheet in reading.sheets) == 3
    confirmed = read_roster(path, accept_hidden=True)
    assert [disposition for _, _, disposition in people(confirmed)] == ["stored"] * 2


def test_a_head_under_two_words_and_numbers_behind_the_members(book: Any, ids: list[str]) -> None:
    labels = ["户主/申请人", "身份证号码（18位）", "成员姓名1", "成员身份证1", "镇"]
    reading = read_roster(book("城市低保.xlsx", {"a": [labels, ["王一", ids[0], "王二", ids[1], "如城街道"]]}))
    assert people(reading) == [("王一", 0, "stored"), ("王二", 1, "stored")]


def test_a_sheet_without_a_column_of_names_stores_nobody(book: Any, ids: list[str]) -> None:
    reading = read_roster(book("特困.xlsx", {"a": [["身份证号", "镇"], [ids[0], "长江镇"]]}))
    assert reading.records[1].codes == ["name_missing"]


def test_a_table_that_begins_lower_and_further_right_is_found(book: Any, ids: list[str]) -> None:
    rows = [[], [None, None, "残疾人花名册"], [None, "残疾人姓名", "身份证\n号码", "级别"], [None, "王一", ids[0], "二级"]]
    record = read_roster(book("残联.xlsx", {"a": rows})).records[-1]
    assert (record.row, record.disposition, record.fields.category) == (4, "stored", "severe_disability")


def test_a_formula_in_a_cell_of_the_household_asks_all_its_members(book: Any, ids: list[str]) -> None:
    labels = ["救助类型", "户主姓名", "身份证号", "成员1姓名", "身份证号"]
    rows = [labels, [('="全"&"额"', "全额"), "王一", ids[0], "王二", ids[1]]]
    reading = read_roster(book("农村低保.xlsx", {"a": rows}))
    assert [record.codes for record in reading.records[1:]] == [["cell_formula"], ["cell_formula"]]


def test_only_levels_one_and_two_count_as_severely_disabled(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "残疾证号", "残疾等级"], ["王一", ids[0] + "42", "二级"], ["王二", ids[1] + "43", "三级"]]
    reading = read_roster(book("残联.xlsx", {"a": rows}))
    assert [r.fields.category for r in reading.records[1:]] == ["severe_disability", None]
