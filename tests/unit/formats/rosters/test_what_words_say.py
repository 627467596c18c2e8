"""What remarks, states, dates and totals of a list mean, wherever and however they are written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yingbao.formats.rosters import RosterReading, read_register, read_roster
from yingbao.formats.rosters.clean_name import hints_of
from yingbao.formats.rosters.clean_values import clean_date
from yingbao.formats.rosters.remarks import both_ends


def codes(reading: RosterReading) -> list[list[str]]:
    assert reading.row_account.balances
    return [record.codes for record in reading.records if record.is_person]


REMARKS = {"10月起停发": ["allowance_stopped"], "已取消": ["allowance_stopped"], "不再享受": ["allowance_stopped"],
           "2018年10月退出特困": ["allowance_stopped"], "停保后已恢复": [], "户口注销": ["register_cancelled"], "取消独居": []}  # fmt: skip


def test_a_remark_that_the_allowance_ended_is_asked(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "备注"], *(["王一", ids[n], text] for n, text in enumerate(REMARKS))]
    assert codes(read_roster(book("特困201811.xlsx", {"a": rows}))) == list(REMARKS.values())


@pytest.mark.parametrize("text", ["丈夫已故", "父母双亡", "儿子在服刑", "子女在校", "核实仍健在", "未迁出"])
def test_a_remark_of_somebody_else_says_nothing_of_the_person(text: str) -> None:
    assert hints_of(text) == ()
    assert hints_of(f"{text}，本人已死亡") == ("suspected_death",)


def test_a_remark_flags_out_of_poverty_only_where_no_column_says_otherwise(book: Any, ids: list[str]) -> None:
    texts = {"2017年脱贫": True, "已脱贫": True, "未脱贫": False, "预计2019年脱贫": None, "老人": None}
    rows = [["姓名", "证件号码", "备注"], *(["王一", ids[n], text] for n, text in enumerate(texts))]
    reading = read_roster(book("建档立卡201811.xlsx", {"a": rows}))
    assert [r.fields.poverty_exit_flag for r in reading.records[1:]] == list(texts.values())
    assert reading.records[1].fields.poverty_exit_date == date(2017, 12, 31)
    rows = [["姓名", "证件号码", "是否脱贫", "备注"], ["王一", ids[0], "否", "已脱贫"], ["王二", ids[1], "否", "预计明年脱贫"]]
    assert codes(read_roster(book("建档立卡201811.xlsx", {"a": rows}))) == [["poverty_flag_unclear"], []]


def test_the_day_of_death_counts_before_that_of_the_cremation(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "火化日期", "死亡日期"], ["王一", ids[0], "20181107", "20181105"], ["王二", ids[1], "20181108", ""]]
    reading = read_roster(book("死亡名单201811.xlsx", {"a": rows}))
    assert [r.fields.death_date for r in reading.records[1:]] == [date(2018, 11, 5), date(2018, 11, 8)]


def test_the_class_of_a_person_says_who_draws_another_pension(book: Any, ids: list[str]) -> None:
    rows = [["身份证号", "姓名", "人员类别"], [ids[0], "王一", "在编"], [ids[1], "王二", "退休人员"]]
    reading = read_roster(book("机关保201811.xlsx", {"如皋中学": rows}))
    assert [r.fields.fact_kind for r in reading.records[1:]] == ["other_scheme", "other_pension"]


@pytest.mark.parametrize("text", ["2016-03-01至2021-02-28", "2016.3.1-2021.2.28", "2016年3月1日—2021年2月28日", "20160301~20210228"])
def test_both_ends_may_stand_in_one_cell(text: str) -> None:
    found = both_ends(text)
    assert found is not None
    assert (found[0].first, found[1].last) == (date(2016, 3, 1), date(2021, 2, 28))
    assert (both_ends("2016-03-01"), both_ends("三年")) == (None, None)


@pytest.mark.parametrize("text", ["二〇一八年九月", "2018、9", "2018年9月份", "2018.09.", "二○一八年九月起"])
def test_a_month_of_a_cell_is_spelled_in_many_ways(text: str) -> None:
    found = clean_date(text)
    assert found is not None
    assert (found.first, found.exact) == (date(2018, 9, 1), "month")


def test_totals_may_stand_above_their_rows(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "金额"], ["合计", "3人", 600], ["杨洲村小计", "2人", 300], ["王一", ids[0], 100], ["王二", ids[1], 200],
            ["田桥村小计", "1人", 300], ["李一", ids[2], 300]]  # fmt: skip
    assert read_roster(book("农村低保201811.xlsx", {"a": rows})).refusals == []
    rows[2][1] = "9人"
    assert [one.code for one in read_roster(book("农村低保201811b.xlsx", {"a": rows})).refusals] == ["control_total_mismatch"]


def test_a_sheet_of_town_or_country_takes_the_allowance_from_the_name_of_the_file(book: Any, ids: list[str]) -> None:
    sheets = {"城镇": [["姓名", "身份证号"], ["王一", ids[0]]], "农村": [["姓名", "身份证号"], ["王二", ids[1]]]}
    reading = read_roster(book("长江镇低保对象201811.xlsx", sheets))
    assert [r.fields.category for r in reading.records if r.is_person] == ["subsistence_urban", "subsistence_rural"]


def test_questions_answered_yes_or_no_say_what_a_remark_would(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "是否健在", "是否迁出", "是否参加职保", "备注1", "备注2"], ["王一", ids[0], "是", "否", "否"],
            ["王二", ids[1], "否", "否", "否"], ["王三", ids[2], "是", "是", "否"], ["王四", ids[3], "是", "否", "是"],
            ["王五", ids[4], "是", "否", "说不清"], ["王六", ids[5], "是", "否", "否", "外出", "已故"]]  # fmt: skip
    reading = read_roster(book("特困201811.xlsx", {"a": rows}))
    assert codes(reading) == [[], [], ["person_moved_out"], [], ["answer_unclear"], []]
    assert [r.fields.hints for r in reading.records[1:]] == [
        (), ("suspected_death",), ("moved_out",), ("other_scheme",), (), ("suspected_death",)]  # fmt: skip


def test_what_a_list_calls_itself_counts_before_columns_that_others_have_too(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "死亡时间"], ["王一", ids[0], ""], ["王二", ids[1], "2018-10-03"]]
    reading = read_roster(book("农村低保201811.xlsx", {"a": rows}))
    assert (reading.kind, reading.records[2].fields.hints) == ("subsistence_rural", ("suspected_death",))


def test_a_member_without_a_heading_of_his_name_is_named_beside_his_number(book: Any, ids: list[str]) -> None:
    rows = [["户主", "身份证号", "成员", "成员身份证号"], ["王一", ids[0], "李二", ids[1]]]
    reading = read_roster(book("城保201811.xlsx", {"a": rows}))
    assert [(r.fields.name, r.disposition) for r in reading.records[1:]] == [("王一", "stored"), ("李二", "stored")]


def test_a_register_may_have_subtotals_and_amounts_with_commas(book: Any, ids: list[str]) -> None:
    rows = [["村", "姓名", "公民身份号码", "账户个人缴费"], ["杨洲村", "王一", ids[0], "1,700.00"], ["小计", "1人", "", "1700"],
            ["田桥村", "王二", ids[1], "300"], ["小计", "1人", "", "300元"], ["合计", "2人", "", "2,000.00"]]  # fmt: skip
    reading = read_register(book("参保登记.xlsx", {"a": rows}))
    assert ([one.matches for one in reading.control_totals], reading.refusals) == ([True] * 6, [])
    rows[4][3] = "301"
    assert [one.code for one in read_register(book("参保登记二.xlsx", {"a": rows})).refusals] == ["control_total_mismatch"]


def test_a_day_of_death_before_the_birth_or_long_after_the_list_is_asked(book: Any, ids: list[str]) -> None:
    days = ["2028-11-05", "1918-11-05", "2018-12-03", "2018年11月5号"]
    rows = [["姓名", "身份证号", "死亡日期"], *(["王一", ids[n], day] for n, day in enumerate(days))]
    assert codes(read_roster(book("死亡名单201811.xlsx", {"a": rows}))) == [["date_impossible"], ["date_impossible"], [], []]


@pytest.mark.parametrize(("labels", "cells"), [
    (["镇村"], ["长江镇 杨洲村"]), (["镇", "村组"], ["长江镇", "杨洲村3组"]), (["村"], ["长江镇杨洲村"]),
    (["镇", "村"], ["长江镇", "杨洲村第十二村民小组"]),
])  # fmt: skip
def test_a_village_is_told_from_its_town_and_its_group(book: Any, ids: list[str], labels: list[str], cells: list[str]) -> None:
    rows = [[*labels, "姓名", "身份证号"], [*cells, "王一", ids[0]]]
    fields = read_roster(book("特困201811.xlsx", {"a": rows})).records[1].fields
    assert (fields.town, fields.village) == ("长江镇", "杨洲村")


def test_years_of_school_and_ends_of_an_allowance_are_known_by_their_headings(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "入学年份", "预计毕业年份"], ["王一", ids[0], 2017, 2020]]
    fields = read_roster(book("学籍201811.xlsx", {"a": rows})).records[1].fields
    assert (fields.holds_from, fields.holds_until) == (date(2017, 1, 1), date(2020, 12, 31))
    rows = [["姓名", "身份证号", "停发时间"], ["王一", ids[0], "2018-10"]]
    assert read_roster(book("特困201811.xlsx", {"a": rows})).records[1].fields.holds_until == date(2018, 10, 31)


def test_money_taken_back_in_a_list_of_payments_is_returned_with_its_cell(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "缴费年度", "金额"], ["王一", ids[1], 2018, 100], ["王二", ids[2], 2018, -100], ["王三", ids[3], 2018, ""]]
    found = [record.problems for record in read_roster(book("居保收费明细201811.xlsx", {"a": rows})).records]
    told = [[(problem.code, problem.address, problem.shown) for problem in problems] for problems in found[1:]]
    assert told == [[], [("amount_unclear", "D3", "-100")], [("amount_unclear", "", "")]]
