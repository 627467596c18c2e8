"""Lists with other words, states and codes than the examples: nobody takes on a meaning his row does not have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yingbao.formats.rosters import RosterReading, read_roster
from yingbao.formats.rosters.context import months_in
from yingbao.formats.rosters.errors import KindAmbiguous
from yingbao.values.month import month_of, show_month


def facts(reading: RosterReading) -> list[tuple[str | None, str | None]]:
    return [(record.fields.fact_kind, record.fields.fact_value) for record in reading.records if record.is_person]


def verdicts(reading: RosterReading) -> list[tuple[str | None, list[str]]]:
    return [(record.fields.category, record.codes) for record in reading.records if record.is_person]


def test_the_system_list_of_civil_affairs_is_no_poverty_register(book: Any, ids: list[str]) -> None:
    labels = ["地区", "户主姓名", "身份证号", "低保证号", "主要致贫原因", "家庭人口数", "保障人口数", "保障金额（元）", "救助对象类型"]
    rows = [["如皋市长江镇杨洲居", "冯一", ids[0], "D1", "因病", 1, 1, "560", "02"],
            ["如皋市长江镇杨洲居", "冯二", ids[1], "D2", "因残", 1, 1, "560", "02"],
            ["如皋市如城街道宏坝社区", "冯三", ids[2], "D3", "因病", 1, 1, "610", "01"]]  # fmt: skip
    reading = read_roster(book("低保系统导出201811.xlsx", {"Sheet0": [labels, *rows]}))
    assert reading.kind == "civil_affairs_groups"
    assert [category for category, _ in verdicts(reading)] == ["subsistence_rural", "subsistence_rural", "subsistence_urban"]


def test_a_row_that_says_allowance_is_not_destitute(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "困难类别"], ["曹一", ids[0], "低保户"], ["曹二", ids[1], "特困"]]
    assert verdicts(read_roster(book("民政困难群众201811.xlsx", {"a": rows}))) == [
        (None, ["category_unknown"]), ("destitute", [])]  # fmt: skip


def test_a_register_of_residents_without_a_state_moves_nobody_out(book: Any, ids: list[str]) -> None:
    plain = [["姓名", "身份证号", "户籍地址"], ["吴一", ids[0], "如皋市长江镇杨洲居"]]
    refused = read_roster(book("公安户籍人口201811.xlsx", {"a": plain})).refusals
    assert [problem.code for problem in refused] == ["register_state_missing"]
    assert read_roster(book("户籍迁出201811.xlsx", {"a": plain})).refusals == []


def test_a_code_of_the_police_without_its_name_is_asked(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "管理状态代码"], ["吴一", ids[0], "1"], ["吴二", ids[1], "2"]]
    reading = read_roster(book("公安户籍人口201811.xlsx", {"a": rows}))
    assert [record.codes for record in reading.records if record.is_person] == [["status_unknown"], ["status_unknown"]]


def test_a_cancelled_registration_asks_for_its_reason(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "管理状态名称"], ["韩一", ids[0], "正常"], ["韩二", ids[1], "注销"], ["韩三", ids[2], "迁出"]]
    reading = read_roster(book("公安户籍201811.xlsx", {"a": rows}))
    assert [record.codes for record in reading.records if record.is_person] == [[], ["register_cancelled"], []]


def test_whoever_is_stopped_needs_the_month_it_ended(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "状态", "截止保障年月"], ["沈一", ids[0], "正常", ""], ["沈二", ids[1], "停保", "2018-10"],
            ["沈三", ids[2], "停保", ""], ["沈四", ids[3], "死亡", ""]]  # fmt: skip
    reading = read_roster(book("农村低保201811.xlsx", {"a": rows}))
    assert [codes for _, codes in verdicts(reading)] == [[], [], ["allowance_stopped"], []]
    assert "suspected_death" in reading.records[-1].fields.hints


def test_one_comparison_list_may_hold_several_schemes(book: Any, ids: list[str]) -> None:
    rows = [["数据类别", "姓名", "证件号码", "行政区划名称", "险种类型"],
            ["职保参保", "吕一", ids[0], "如皋市", "城镇职工基本养老保险"],
            ["职保待遇领取", "吕二", ids[1], "海安市", "企业职工基本养老保险"],
            ["机关保参保", "吕三", ids[2], "如皋市", "机关事业单位养老保险"],
            ["居保参保", "吕四", ids[3], "如皋市", "城乡居民基本养老保险"]]  # fmt: skip
    assert [*facts(read_roster(book("省集中比对反馈2018-11.xlsx", {"a": rows})))] == [
        ("other_scheme", "employee"), ("other_pension", "employee"), ("other_scheme", "civil_service"), (None, "employee")]  # fmt: skip


def test_a_sheet_of_the_retired_says_that_they_draw_a_pension(book: Any, ids: list[str]) -> None:
    sheets = {"在职": [["身份证号", "姓名"], [ids[0], "何一"]], "退休": [["身份证号", "姓名"], [ids[1], "何二"]]}
    found = facts(read_roster(book("机关保201811.xlsx", sheets)))
    assert found == [("other_scheme", "civil_service"), ("other_pension", "civil_service")]


def test_a_remark_says_who_draws_a_pension_where_no_column_does(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "证件号码", "备注"], ["吕一", ids[0], "2015年退休"], ["吕二", ids[1], "未退休"]]
    found = facts(read_roster(book("职保比对201811.xlsx", {"a": rows})))
    assert [kind for kind, _ in found] == ["other_pension", "other_scheme"]


def test_a_list_of_the_health_insurance_is_none_of_ours(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "证件号码", "参保地", "缴费年度"], ["葛一", ids[0], "如皋", "2018"]]
    with pytest.raises(KindAmbiguous):
        read_roster(book("医保参保201811.xlsx", {"a": rows}))


def test_a_name_that_hides_its_end_is_asked(book: Any, ids: list[str]) -> None:
    reading = read_roster(book("特困201811.xlsx", {"a": [["姓名", "身份证号"], ["王*", ids[0]], ["王五*", ids[1]]]}))
    assert [codes for _, codes in verdicts(reading)] == [["name_not_a_name"], []]


def test_a_number_wrapped_as_a_formula_in_a_csv_is_the_number(tmp_path: Path, ids: list[str]) -> None:
    path = tmp_path / "农村低保201811.csv"
    path.write_bytes(f'姓名,身份证号码\r\n陈一,"=""{ids[0]}"""\r\n'.encode("gb18030"))
    assert verdicts(read_roster(path)) == [("subsistence_rural", [])]


def test_the_month_of_most_rows_is_the_month_of_a_list_that_names_none(book: Any, ids: list[str]) -> None:
    rows = [["数据年月", "姓名", "身份证号"], ["201811", "潘一", ids[0]], ["201811", "潘二", ids[1]], ["201810", "潘三", ids[2]]]
    reading = read_roster(book("特困人员.xlsx", {"a": rows}))
    assert reading.data_month == month_of(2018, 11)
    assert [codes for _, codes in verdicts(reading)] == [[], [], ["row_of_another_month"]]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("贫困人口信息导出2018年11月", ["2018-11"]), ("导出20181105", []), ("填报日期：2018年12月3日", []),
        ("2018年12月5日", []), ("（截至2018年11月底） 2018年12月5日", ["2018-11"]), ("2018年11月第1页", ["2018-11"]),
        ("截至2018年11月30日", ["2018-11"]), ("制表2018年12月3日 2018年11月", ["2018-11"]), ("特困2018.11", ["2018-11"]),
    ],
)  # fmt: skip
def test_a_title_tells_the_month_and_a_day_of_making_does_not(text: str, months: list[str]) -> None:
    assert [show_month(month) for month in months_in(text)] == months


@pytest.mark.parametrize(("state", "flagged"), [("正常脱贫", True), ("脱贫不稳定", True), ("未脱贫", False), ("返贫", False)])
def test_words_of_the_poverty_register_are_known(book: Any, ids: list[str], state: str, flagged: bool) -> None:
    rows = [["姓名", "证件号码", "脱贫状态"], ["水一", ids[0], state]]
    reading = read_roster(book("建档立卡201811.xlsx", {"a": rows}))
    assert reading.records[-1].fields.poverty_exit_flag is flagged


@pytest.mark.parametrize("labels", [["name", "id", "town", "village"], ["姓　名", "（身份证号码）", "户籍地（镇）", "户籍地（村）"]])
def test_headings_in_english_and_with_brackets_are_known(book: Any, ids: list[str], labels: list[str]) -> None:
    reading = read_roster(book("特困201811.xlsx", {"a": [labels, ["范一", ids[0], "长江镇", "杨洲居"]]}))
    fields = reading.records[-1].fields
    assert (fields.name, fields.town, fields.village) == ("范一", "长江镇", "杨洲居")
