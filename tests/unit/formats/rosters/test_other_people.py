"""A row may name people who are not of the list: officers, payees, relatives. None of them is taken for the person."""

from __future__ import annotations

from typing import Any

import pytest

from yingbao.formats.rosters import Profile, RosterReading, read_roster


def told(reading: RosterReading) -> list[tuple[str | None, str | None, list[str]]]:
    assert reading.row_account.balances
    return [(r.fields.name, r.fields.id.reveal()[-4:] if r.fields.id else None, r.codes) for r in reading.records if r.is_person]


@pytest.mark.parametrize("who", ["代领人", "委托人", "持卡人", "开户人", "监护人", "经办人", "联系人"])
def test_whoever_stands_before_the_person_with_another_part_is_not_he(book: Any, ids: list[str], who: str) -> None:
    rows = [[f"{who}姓名", f"{who}身份证号", "姓名", "身份证号"], ["李二", ids[1], "王一", ids[0]]]
    assert told(read_roster(book("特困201811.xlsx", {"a": rows}))) == [("王一", ids[0][-4:], [])]


def test_a_name_told_only_by_its_ending_gives_way_to_the_plain_word(book: Any, ids: list[str]) -> None:
    rows = [["网格员姓名", "包村干部姓名", "姓名", "证件号码", "脱贫属性"], ["李二", "赵三", "王一", ids[0], "未脱贫"]]
    assert told(read_roster(book("建档立卡201811.xlsx", {"a": rows}))) == [("王一", ids[0][-4:], [])]


@pytest.mark.parametrize(
    ("file", "labels"),
    [
        ("在校学生201811.xlsx", ["姓名", "身份证号", "父亲姓名", "父亲身份证号"]),
        ("学籍201811.xlsx", ["学生姓名", "学生身份证件号", "家长姓名", "家长身份证号"]),
        ("火化人员201811.xlsx", ["逝者姓名", "逝者身份证号", "家属姓名", "家属身份证号"]),
        ("死亡注销201811.xlsx", ["姓名", "公民身份号码", "申报人姓名", "申报人身份证号"]),
        ("残疾人201811.xlsx", ["姓名", "身份证号", "配偶姓名", "配偶身份证号"]),
        ("特困201811.xlsx", ["被监护人姓名", "被监护人身份证号", "监护人姓名", "监护人身份证号"]),
    ],
)
def test_relatives_are_not_on_a_list_of_single_persons(book: Any, ids: list[str], file: str, labels: list[str]) -> None:
    rows = [labels, ["王一", ids[0], "李二", ids[1]]]
    assert told(read_roster(book(file, {"a": rows}))) == [("王一", ids[0][-4:], [])]


def test_names_before_numbers_find_their_own(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "配偶姓名", "身份证号", "配偶身份证号"], ["王一", "李二", ids[0], ids[1]], ["赵三", None, ids[2]]]
    found = told(read_roster(book("城市低保201811.xlsx", {"a": rows})))
    assert found == [("王一", ids[0][-4:], []), ("李二", ids[1][-4:], []), ("赵三", ids[2][-4:], [])]


def test_somebody_in_a_column_that_nobody_reads_is_asked_until_a_clerk_says_that_it_is_not_used(book: Any, ids: list[str]) -> None:
    rows = [["户主姓名", "身份证号", "家中情况"], ["王一", ids[0], f"李二{ids[1]}；赵三{ids[2]}"], ["钱四", ids[3], "独居"]]
    path = book("农村低保201811.xlsx", {"a": rows})
    assert [codes for *_, codes in told(read_roster(path))] == [["person_not_read"], []]
    said = Profile.from_dict({"columns": {"家中情况": ""}})
    assert [codes for *_, codes in told(read_roster(path, profile=said))] == [[], []]
