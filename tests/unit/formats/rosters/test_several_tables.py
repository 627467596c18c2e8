"""Several tables on one sheet, side by side or below each other, and lines that hold for the rows below them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from yingbao.formats.rosters import RosterReading, read_register, read_roster, write_back
from yingbao.formats.rosters.errors import NotOnePersonARow

VILLAGE_HEADINGS = ["村", "姓名", "身份证号", "救助类型"]


def told(reading: RosterReading) -> list[tuple[str | None, str | None, str | None]]:
    assert reading.row_account.balances
    return [(r.fields.name, r.fields.village, r.fields.category) for r in reading.records if r.disposition == "stored"]


def codes(reading: RosterReading) -> list[str]:
    return [problem.code for problem in reading.refusals] + [c for r in reading.records if r.is_person for c in r.codes]


def test_tables_side_by_side_give_each_person_the_village_of_his_own_table(book: Any, ids: list[str]) -> None:
    rows = [[*VILLAGE_HEADINGS, None, *VILLAGE_HEADINGS],
            ["杨洲村", "王一", ids[0], "全额", None, "田桥村", "李一", ids[1], "差额"],
            ["杨洲村", "王二", ids[2], "全额", None, None, None, None, None],
            ["合计", "2人", None, None, None, "合计", "1人", None, None]]  # fmt: skip
    reading = read_roster(book("农村低保201811.xlsx", {"Sheet1": rows}))
    assert told(reading) == [(name, village, "subsistence_rural") for name, village in
                             (("王一", "杨洲村"), ("李一", "田桥村"), ("王二", "杨洲村"))]  # fmt: skip
    assert [(one.stated, one.found) for one in reading.control_totals] == [(2, 2), (1, 1)]
    assert all(record.fields.role is None for record in reading.records)
    assert "layout_side_by_side" in [note.code for note in reading.sheets[0].notes]


def test_the_heading_over_each_table_says_village_or_group(book: Any, ids: list[str]) -> None:
    rows = [["城乡低保名册（2018年11月）"], ["城市低保", None, None, "农村低保", None, None], ["序号", "姓名", "身份证号"] * 2,
            [1, "王一", ids[0], 1, "李一", ids[1]]]  # fmt: skip
    merges = {"a": [(1, 0, 1, 2), (1, 3, 1, 5)]}
    reading = read_roster(book("低保.xlsx", {"a": rows}, merges=merges), kind="subsistence_rural")
    assert told(reading) == [("王一", None, "subsistence_urban"), ("李一", None, "subsistence_rural")]
    rows[1] = ["杨洲村", None, None, "田桥村", None, None]
    assert [village for _, village, _ in told(read_roster(book("农村低保.xlsx", {"a": rows[1:]}, merges={})))] == ["杨洲村", "田桥村"]


def test_members_of_a_household_with_a_remark_each_are_no_tables_side_by_side(book: Any, ids: list[str]) -> None:
    rows = [["镇", "户主姓名", "身份证号", "备注", "成员1姓名", "身份证号", "备注"],
            ["长江镇", "王一", ids[0], None, "王二", ids[1], "已故"]]  # fmt: skip
    reading = read_roster(book("农村低保.xlsx", {"a": rows}))
    assert [(r.fields.name, r.fields.town, r.fields.remark, r.fields.role) for r in reading.records[1:]] == [
        ("王一", "长江镇", None, "head"), ("王二", "长江镇", "已故", "member")]  # fmt: skip


def test_a_table_below_with_its_columns_in_another_order_is_read_by_its_own_headings(book: Any, ids: list[str]) -> None:
    rows = [["杨洲村低保名单"], ["姓名", "身份证号", "镇"], ["王一", ids[0], "长江镇"], ["合计", "1人"], [],
            ["田桥村低保名单"], ["镇", "公民身份号码", "户主", "救助类型"], ["长江镇", ids[1], "李一", "差额"],
            ["总计", None, "2人"]]  # fmt: skip
    reading = read_roster(book("农村低保201811.xlsx", {"a": rows}))
    assert [(name, village) for name, village, _ in told(reading)] == [("王一", "杨洲村"), ("李一", "田桥村")]
    assert codes(reading) == []


def test_a_short_table_above_a_wider_one_loses_nobody(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号"], ["王一", ids[0]], ["镇", "村", "姓名", "身份证号", "性别", "备注"], ["长江镇", "田桥村", "李一", ids[1]]]
    assert [name for name, _, _ in told(read_roster(book("特困.xlsx", {"a": rows})))] == ["王一", "李一"]


def test_a_line_of_its_own_gives_the_rows_below_it_their_group(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号"], ["一、城市低保"], ["王一", ids[0]], ["二、农村低保（2户）"], ["村名：", "杨洲村"], ["李一", ids[1]],
            ["长江镇田桥村"], ["李二", ids[2]], ["三、特困人员"], ["赵一", ids[3]]]  # fmt: skip
    reading = read_roster(book("城乡低保201811.xlsx", {"a": rows}), kind="subsistence_urban")
    assert told(reading) == [("王一", None, "subsistence_urban"), ("李一", "杨洲村", "subsistence_rural"),
                             ("李二", "田桥村", "subsistence_rural"), ("赵一", "田桥村", "destitute")]  # fmt: skip


def test_rejected_rows_come_back_below_the_line_and_the_headings_that_hold_for_them(book: Any, tmp_path: Path, ids: list[str]) -> None:
    rows = [["姓名", "身份证号"], ["城市低保"], ["王一", ids[0]], ["农村低保"], ["李?", ids[1]],
            ["身份证号", "姓名", "村"], [ids[2], "赵?", "杨洲村"]]  # fmt: skip
    reading = read_roster(book("低保.xlsx", {"a": rows}), kind="subsistence_urban")
    back = write_back(reading, tmp_path)
    assert back is not None
    mended = openpyxl.load_workbook(back)
    for row in mended["a"].iter_rows():
        for cell in row:
            cell.value = {"李?": "李一", "赵?": "赵一"}.get(cell.value, cell.value)
    mended.save(back)
    again = read_roster(back, kind="subsistence_urban")
    assert (told(again)[0], told(again)[1][:2], codes(again)) == (("李一", None, "subsistence_rural"), ("赵一", "杨洲村"), [])


def test_tables_side_by_side_come_back_and_are_read_alike(book: Any, tmp_path: Path, ids: list[str]) -> None:
    rows = [[*VILLAGE_HEADINGS, *VILLAGE_HEADINGS], ["杨洲村", "王一", ids[0], "全额", "田桥村", "李?", ids[1], "差额"]]
    back = write_back(read_roster(book("农村低保.xlsx", {"a": rows})), tmp_path)
    assert back is not None
    mended = openpyxl.load_workbook(back)
    mended["a"]["F2"] = "李一"
    mended.save(back)
    again = read_roster(back)
    assert (again.is_return, codes(again), again.problems) == (True, [], [])
    assert [(name, village) for name, village, _ in told(again)] == [("王一", "杨洲村"), ("李一", "田桥村")]


def test_a_subtotal_may_count_the_rows_below_the_last_line(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号"], ["杨洲村"], ["王一", ids[0]], ["王二", ids[1]], ["田桥村"], ["李一", ids[2]],
            ["小计", "1人"], ["合计", "3人"]]  # fmt: skip
    reading = read_roster(book("农村低保201811.xlsx", {"a": rows}))
    assert (codes(reading), [one.matches for one in reading.control_totals]) == ([], [True, True])
    assert told(reading)[0][1:] == ("杨洲村", "subsistence_rural")


def test_headings_further_down_may_be_worded_otherwise(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "序号"], ["王一", ids[0], 1], ["序号", "姓名*", "有效身份证件号码（18位）"], [1, "李一", ids[1]]]
    assert [name for name, _, _ in told(read_roster(book("特困201811.xlsx", {"a": rows})))] == ["王一", "李一"]


# --- lists of several groups


def test_a_row_of_a_mixed_list_that_does_not_say_its_group_is_asked(book: Any, ids: list[str]) -> None:
    groups = ["农村低保", "农村低保", "农村低保", "城市低保", "特困供养", "", "全额", "低保"]
    rows = [["姓名", "身份证号", "救助类别"], *([f"王{'一二三四五六七八'[n]}", ids[n], group] for n, group in enumerate(groups))]
    reading = read_roster(book("民政名单201811.xlsx", {"a": rows}))
    assert reading.kind == "civil_affairs_groups"
    assert [category for _, _, category in told(reading)] == ["subsistence_rural"] * 3 + ["subsistence_urban", "destitute"]
    assert codes(reading) == ["category_unknown"] * 3


def test_a_group_may_be_said_by_two_columns_together_and_not_against_each_other(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "救助类别", "城乡类别"], ["王一", ids[0], "低保", "城市"], ["王二", ids[1], "低保", "农村"],
            ["王三", ids[2], "特困", "农村"], ["王四", ids[3], "农村低保", "城市低保"]]  # fmt: skip
    reading = read_roster(book("社会救助对象201811.xlsx", {"a": rows}))
    assert [category for _, _, category in told(reading)] == ["subsistence_urban", "subsistence_rural", "destitute"]
    assert codes(reading) == ["category_unknown"]


def test_a_yes_or_no_of_another_group_drops_nobody(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "证件号码", "脱贫属性", "是否低保户"], ["王一", ids[0], "未脱贫", "否"]]
    assert [name for name, _, _ in told(read_roster(book("建档立卡201811.xlsx", {"a": rows})))] == ["王一"]


def test_a_payout_sheet_of_names_side_by_side_asks_for_every_number(book: Any, ids: list[str]) -> None:
    rows = [["序号", "姓名", "领取金额"] * 2, [1, "王一", 300, 1, "李一", 300], [2, "王二", 300]]
    assert codes(read_roster(book("城保名册201811.xlsx", {"a": rows}))) == ["id_missing"] * 3


def test_a_second_name_without_a_number_is_asked_and_a_second_number_of_one_person_is_not(book: Any, ids: list[str]) -> None:
    two = read_roster(book("特困201811.xlsx", {"a": [["姓名", "身份证号", "姓名"], ["王一", ids[0], "王二"]]}))
    assert ([name for name, _, _ in told(two)], codes(two)) == (["王一"], ["id_missing"])
    one = read_roster(book("特困201811.xlsx", {"a": [["社会保障号码", "姓名", "公民身份号码"], ["12345", "王一", ids[0]]]}))
    assert ([name for name, _, _ in told(one)], codes(one)) == (["王一"], [])


@pytest.mark.parametrize("layout", [["姓名", "身份证号", "参保日期"] * 2, ["户主姓名", "身份证号", "成员1姓名", "身份证号", "参保日期"]])
def test_a_register_with_several_people_in_a_row_is_refused(book: Any, ids: list[str], layout: list[str]) -> None:
    row = [{"身份证号": ids[0], "参保日期": "2010-01-01"}.get(label, "王一") for label in layout]
    with pytest.raises(NotOnePersonARow, match="A1"):
        read_register(book("居保登记2018年11月.xlsx", {"a": [layout, row]}))
