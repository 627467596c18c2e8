"""Totals at the foot are compared with the rows; a month must be the month wanted."""

from __future__ import annotations

from typing import Any

from yingbao.formats.rosters import read_roster
from yingbao.values.month import month_of

LABELS = ["序号", "姓名", "身份证号", "保障金额(元)"]


def roster(ids: list[str], *foot: list[Any]) -> list[list[Any]]:
    return [LABELS, [1, "王一", ids[0], 300], [2, "王二", ids[1], "1,200.50"], *foot]


def refusals(path: Any, **how: Any) -> list[str]:
    return [problem.code for problem in read_roster(path, **how).refusals]


def test_a_total_that_matches_passes(book: Any, ids: list[str]) -> None:
    assert refusals(book("特困.xlsx", {"a": roster(ids, ["合计", "2人", None, 1500.5], ["制表人：某某"])})) == []


def test_a_total_of_persons_that_does_not_match_refuses_the_file(book: Any, ids: list[str]) -> None:
    assert refusals(book("特困.xlsx", {"a": roster(ids, ["合计", "3人"])})) == ["control_total_mismatch"]


def test_a_total_of_money_that_does_not_match_refuses_the_file(book: Any, ids: list[str]) -> None:
    path = book("特困.xlsx", {"a": roster(ids, ["合计", None, None, 1500])})
    assert refusals(path) == ["control_total_mismatch"]
    assert "1500" in read_roster(path).refusals[0].text()


def test_subtotals_count_the_rows_above_them(book: Any, ids: list[str]) -> None:
    more = [["小计", "2人"], [3, "王三", ids[2], 1], ["小计", "1人"], ["总计", "3人"]]
    assert refusals(book("特困.xlsx", {"a": roster(ids, *more)})) == []


def test_a_count_in_the_title_is_a_total(book: Any, ids: list[str]) -> None:
    assert refusals(book("特困.xlsx", {"a": [["特困人员名册（共5人）"], *roster(ids)]})) == ["control_total_mismatch"]


def test_a_roster_of_another_month_is_refused(book: Any, ids: list[str]) -> None:
    path = book("特困201711.xlsx", {"a": roster(ids)})
    assert refusals(path, data_month=month_of(2018, 11)) == ["wrong_month"]
    assert refusals(path, data_month=month_of(2017, 11)) == []


def test_the_day_a_list_was_made_is_not_its_month(book: Any, ids: list[str]) -> None:
    path = book("特困.xlsx", {"a": [["2018年11月特困人员", "制表日期：2018年12月3日"], *roster(ids)]})
    assert read_roster(path).data_month == month_of(2018, 11)
    assert refusals(path, data_month=month_of(2018, 11)) == []
