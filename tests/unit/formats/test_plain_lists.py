"""Results of certification, lists of deaths and incomes of households, dirty as they come."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from yingbao.formats.certificates import CertificateFileRefused, read_certificates
from yingbao.formats.death_list import NoDeathList, read_death_list
from yingbao.formats.households import HouseholdsRefused, read_households
from yingbao.formats.rosters.errors import RosterRefused
from yingbao.formats.rosters.gallery import made_up_id
from yingbao.formats.rosters.grid import read_grid
from yingbao.formats.rosters.guard import Limits

IDS = [made_up_id("19450607", number) for number in range(100, 130)]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DAYS = ["2020-01-08", "2020/1/8", "2020.1.8", "2020年1月8日", "20200108", 20200108, 43838, "２０２０-１-８"]


def book(path: Path, sheets: dict[str, list[list[Any]]], hidden: tuple[int, ...] = ()) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, tuple):
                        sheet.write_formula(number, place, value[0], None, value[1])
                    elif isinstance(value, str):
                        sheet.write_string(number, place, value)
                    elif value is not None:
                        sheet.write_number(number, place, value)
            for number in hidden:
                sheet.set_row(number, None, None, {"hidden": True})
    return path


def test_results_are_read_below_titles_on_every_sheet_and_above_totals(tmp_path: Path) -> None:
    head = ["村", "老人姓名", "身份证号码", "核查日期", "核查方式"]
    sheets = {
        "杨洲村": [["2020年资格认证入户核查结果"], ["填报单位：长江镇"], head, *(["杨洲村", "王一", IDS[n], day, "入户"]
                                                                     for n, day in enumerate(DAYS)),
                [], ["合计", f"{len(DAYS)}人"], ["核查人：某某   日期：2020年1月9日"]],
        "田桥村": [[head[2], head[1], head[4], head[3]], [IDS[20].lower(), "李 一", "上门认证", "2020-1-8"]],
        "说明": [["请按要求填写"]],
    }  # fmt: skip
    found = read_certificates(book(tmp_path / "结果.xlsx", sheets))
    assert {(one.day, one.way, tuple(one.problems)) for one in found.rows} == {(date(2020, 1, 8), "village_visit", ())}
    assert [one.number.reveal() for one in found.rows if one.number] == [*IDS[: len(DAYS)], IDS[20]]
    assert (found.sheets, found.rows[-1].name, len(found.ignored)) == (3, "李一", 3 + 3 + 1 + 1)


def test_every_doubt_about_a_result_is_asked_by_its_row(tmp_path: Path) -> None:
    rows = [["身份证号", "认证日期", "认证方式"], [float(IDS[0][:15] + "000"), "2020-01-08", "上门"], [IDS[1], "2020-01", "上门"],
            [IDS[2], "20.1.8", "上门"], [IDS[3], "2020-01-08", "打电话"], [IDS[4][:-1] + "?", "2020-01-08", "上门"],
            [IDS[5], ("=TODAY()", 43838), "上门"], [IDS[6], "2020-01-08", "上门"], [None, "2020-01-08", "上门"]]  # fmt: skip
    found = read_certificates(book(tmp_path / "结果.xlsx", {"a": rows}, hidden=(7,)))
    assert [one.problems for one in found.rows] == [
        ["id_in_numeric_cell"], ["certificate_day_unclear"], ["certificate_day_unclear"], ["certificate_way_unknown"], ["id_characters"],
        ["cell_formula"], ["row_hidden"], ["id_missing"]]  # fmt: skip


def test_a_sheet_of_people_without_headings_refuses_the_file(tmp_path: Path) -> None:
    good = [["身份证号", "认证日期", "认证方式"], [IDS[0], "2020-01-08", "上门"]]
    path = book(tmp_path / "结果.xlsx", {"a": good, "b": [[IDS[1], "2020-01-08", "上门"]]})
    with pytest.raises(CertificateFileRefused, match="“b”"):
        read_certificates(path)
    with pytest.raises(NoDeathList, match="死亡名单"):
        read_death_list(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_death_list_comes_in_any_writing(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "名单.csv"
    lines = [["姓名", "身份证号", "死亡时间"], ["龚䶮", f"'{IDS[0]}", "2018年12月5日"], ["王二", "12345", "2018-12-05"],
             ["王三", IDS[1], "12月"]]  # fmt: skip
    path.write_bytes("\r\n".join([*(mark.join(line) for line in lines), mark * 2, ""]).encode(encoding))
    good, *bad = read_death_list(path).rows
    assert (good.row, good.name, good.day, good.problem) == (2, "龚䶮", date(2018, 12, 5), "")
    assert [(one.row, one.problem.split()[0]) for one in bad] == [(3, "B3"), (4, "C4")]


def test_a_death_list_may_be_a_workbook_of_numbers_of_persons(tmp_path: Path) -> None:
    rows = [["死亡人员名单"], ["人员编号", "死亡日期"], [320682000000101, 20181205], ["甲", "2018-12-05"], ["合计", "2人"]]
    found = read_death_list(book(tmp_path / "名单.xlsx", {"a": rows})).rows
    assert [(one.person_id, bool(one.problem)) for one in found] == [(320682000000101, False), (None, True)]


@pytest.mark.parametrize("name", ["名单.csv", "名单.xlsx"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", OLE, b"\xff\xff\xff", b"a,b\n1,2\n"])
def test_what_is_no_list_is_refused_by_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for reader in (read_certificates, read_death_list):
        with pytest.raises((RosterRefused, CertificateFileRefused, NoDeathList), match="名单"):
            reader(path)


GOOD = """month: 2019-03
register: 民政局
households:
  - household: 王家
    members:
      - name: 王一
        incomes:
          - {source: 工资, yuan: 300.00}
"""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("month: 2019-03", "month: 2019-13", "month"), ("month: 2019-03\n", "", "month"), ("register: 民政局", "register:", "register"),
        ("yuan: 300.00", "yuan: 三百", "王家 王一"), ("yuan: 300.00", "yuan: 300.001", "王家 王一"), (", yuan: 300.00", "", "yuan"),
        ("yuan: 300.00", "yuan: -300.00", "有误"), ("source: 工资, ", "", "source"), ("household: 王家", "household:", "第 1 户"),
        ("yuan: 300.00", "yuan: 300.00, for: 去年", "for"), ("name: 王一", "name: 王一\n        person: 甲", "person"),
        ("name: 王一", "nom: 王一", "nom"),
        ("  - household", "    household", "households"), ("      - name", "        name", "members"), ("month", "\tmonth", "第"),
        ("  - household: 王家", "  - 王家\n  - household: 王家", "第 1 户"), ("register", "month: 2019-03\nregister", "month"),
        ("        incomes:\n          - {source: 工资, yuan: 300.00}", "        incomes: 三百元", "incomes"),
    ],
)  # fmt: skip
def test_a_file_of_incomes_is_refused_at_the_place_that_is_wrong(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "收入.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_households(path).households[0].members[0].incomes[0].fen == 30_000
    assert before in GOOD
    path.write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(HouseholdsRefused, match=said) as caught:
        read_households(path)
    assert "收入.yaml" in str(caught.value)


def test_a_file_of_incomes_in_another_encoding_or_empty_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "收入.yaml"
    for content in (GOOD.encode("gb18030"), b"", b"- 1\n", GOOD.replace("households:", "households: 0 #").encode()):
        path.write_bytes(content)
        with pytest.raises(HouseholdsRefused, match="收入"):
            read_households(path)


@pytest.mark.parametrize("name", ["结果.csv", "结果.xlsx"])
def test_refused_results_go_back_as_the_same_file_and_mended_make_no_new_error(tmp_path: Path, name: str) -> None:
    rows = [["核查结果", "", "", ""], ["姓名", "身份证号", "认证日期", "认证方式"], ["王一", IDS[0], "去年", "上门"],
            ["王二", IDS[1], "2020-01-08", "打电话"], ["王三", IDS[2], "2020-01-08", "上门"], ["合计", "3人", "", ""]]  # fmt: skip
    path = tmp_path / name
    if name.endswith("csv"):
        path.write_bytes("\n".join(";".join(row) for row in rows).encode("gb18030"))
    else:
        book(path, {"a": rows})
    found = read_certificates(path)
    refused = [(one.sheet, one.row, one.name or "", ",".join(one.problems)) for one in found.rows if one.problems]
    back = found.write_back(refused, tmp_path / "退回")
    assert back is not None
    again = read_certificates(back)
    assert [one.problems for one in again.rows] == [["certificate_day_unclear"], ["certificate_way_unknown"]]
    grid = read_grid(back, Limits())
    assert grid.sheets[0].rows[1][4:6] == ["退回原因", "单元格"]
    assert [row[5] for row in grid.sheets[0].rows[2:]] == ["C3", "D4"]
    assert found.write_back([], tmp_path) is None


def test_deaths_that_cannot_be_tried_go_back_as_the_same_file(tmp_path: Path) -> None:
    path = book(tmp_path / "名单.xlsx", {"a": [["姓名", "身份证号", "死亡日期"], ["王一", IDS[0], "12月"], ["王二", IDS[1], "2018-12-05"]]})
    found = read_death_list(path)
    back = found.write_back([(one.sheet, one.row, one.problem) for one in found.rows if one.problem], tmp_path)
    assert back is not None
    assert read_grid(back, Limits()).sheets[0].rows[1][3:] == ["C2 死亡日期“12月”读不懂。", "C2"]
    assert [one.row for one in read_death_list(back).rows] == [2]
