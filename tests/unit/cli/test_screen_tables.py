"""Tables and notes on a screen of any width: every word whole, nothing lost."""

from __future__ import annotations

from yingbao.cli.tables import lines_of_table, wrapped
from yingbao.policy.assumed import by_folder

HEADINGS = ["编号", "文件", "种类", "月份", "读入"]
LONG = "建档立卡低收入人口信息2018年11月（第二次报送）.xlsx"
ROWS = [["1", LONG, "建档立卡低收入人口", "2018-11", "1,041"], ["2", "城保.xlsx", "", "2018-12", "7"]]


def test_with_room_all_columns_stand_side_by_side():
    lines = lines_of_table(HEADINGS, ROWS, None, "：")
    assert len(lines) == 2 + len(ROWS)
    assert lines[2].split() == ROWS[0]


def test_without_room_the_widest_column_goes_below_its_row_and_no_name_is_broken():
    lines = lines_of_table(HEADINGS, ROWS, 60, "：")
    assert f"    文件：{LONG}" in lines
    assert "建档立卡低收入人口" in lines[2]


def test_what_is_empty_is_not_told_below():
    lines = lines_of_table(HEADINGS, ROWS, 40, "：")
    assert [line for line in lines if "种类：" in line and "城保" in line] == []
    assert [cell for row in ROWS for cell in row if not any(cell in line for line in lines)] == []


def test_numbers_are_ranged_right_and_stay_in_their_row():
    lines = lines_of_table(HEADINGS, ROWS, 30, "：")
    rows = [line for line in lines if line.endswith(("1,041", "    7"))]
    assert (len(rows), len(rows[0]), rows[0]) == (2, len(rows[1]), lines[2])


def test_words_are_broken_only_between_them():
    assert wrapped("  待遇：", ["养老金取整", "高龄加发", "制度开始日"], "、", 24) == ["  待遇：养老金取整、", "    高龄加发、制度开始日"]


def test_names_are_told_by_what_they_are_about():
    told = {"benefit/a": "甲", "account/b": "乙", "benefit/c": "甲", "unheard": "丙"}
    assert by_folder(told) == [("个人账户", ["乙"]), ("待遇", ["甲"]), ("其他", ["丙"])]
    assert by_folder(told, "en")[0][0] == "individual accounts"


def test_amounts_stay_right_where_one_is_blank():
    lines = lines_of_table(["月份", "元"], [["十一月", "1.00"], ["十二月", ""], ["一月份", "12.00"]], None, "：")
    assert lines[2:] == ["十一月   1.00", "十二月", "一月份  12.00"]
