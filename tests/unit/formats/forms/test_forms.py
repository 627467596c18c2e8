"""The office's papers: what is on them, and what must never be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from yingbao.formats.forms import (
    ApprovalLine,
    CoverageRow,
    FailedPayment,
    FundingApplication,
    PaymentApproval,
    ProxyRosterRow,
    Waiver,
    write_coverage_list,
    write_failed_payments,
    write_funding_application,
    write_payment_approval,
    write_proxy_roster,
    write_waiver,
)
from yingbao.values.identity import AccountNumber, IdNumber
from yingbao.values.month import month_of

ID = "32068219500101002X"
DAY = date(2018, 12, 10)
ROWS = [
    ProxyRosterRow("长江镇", "杨洲居", "陈桂兰", IdNumber(ID), "农村低保", 10000, sex="女"),
    ProxyRosterRow("长江镇", "杨洲居", "=1+1", ID, "特困人员", 10000, sex="男"),
    ProxyRosterRow("九华镇", "四圩村", "王桂兰", ID, "农村低保", 10000, sex="女"),
]


def cells(path: Path, sheet: str) -> list[list[str]]:
    page = openpyxl.load_workbook(path)[sheet]
    return [[cell for cell in row if cell not in (None, "")] for row in page.iter_rows(values_only=True)]


def roster(folder: Path, name: str = "roster.xlsx", **more) -> Path:
    return write_proxy_roster(folder / name, ROWS, title="2018年度代缴花名册", year=2018, made_on=DAY, **more)


def application(folder: Path) -> Path:
    form = FundingApplication(
        "如皋市居保中心", DAY, "为困难群体代缴保费", ["精准扶贫工作的意见"],
        2018, "P201812", 12000, [(12000, 10000)], 120000000,
        "如皋市财政专户", "江苏如皋农商行", AccountNumber("3206820100001234"), 2, "张三", "李四", ["age/x"],
    )  # fmt: skip
    return write_funding_application(folder / "apply.xlsx", form)


def test_the_application_asks_for_the_amount_in_figures_and_words(tmp_path: Path) -> None:
    text = str(cells(application(tmp_path), "资金请拨单"))
    assert "¥1,200,000.00" in text
    assert "人民币壹佰贰拾万元整" in text


def test_the_application_counts_people_by_the_amount_of_their_category(tmp_path: Path) -> None:
    form = FundingApplication("居保中心", DAY, "代缴", [], 2018, "P1", 3, [(1, 10000), (2, 7000)], 24000, "专户", "", "", 1)
    text = str(cells(write_funding_application(tmp_path / "two.xlsx", form), "资金请拨单"))
    assert "1 人 × 100.00 元 + 2 人 × 70.00 元" in text


def test_the_application_names_what_is_illustrative(tmp_path: Path) -> None:
    assert "age/x" in str(cells(application(tmp_path), "资金请拨单"))


def test_the_application_masks_the_account(tmp_path: Path) -> None:
    text = str(cells(application(tmp_path), "资金请拨单"))
    assert "****1234" in text
    assert "3206820100001234" not in text


def test_the_summary_counts_towns_by_category(tmp_path: Path) -> None:
    rows = cells(roster(tmp_path), "汇总")
    assert ["长江镇", "1", "100.00", "1", "100.00", "2", "200.00"] in rows
    assert ["九华镇", "1", "100.00", "0", "0.00", "1", "100.00"] in rows
    assert ["合计", "2", "200.00", "1", "100.00", "3", "300.00"] in rows


def test_the_roster_adds_up_to_its_summary(tmp_path: Path) -> None:
    rows = cells(roster(tmp_path), "花名册")
    assert ["合计", "3 人", "300.00"] in rows


def test_id_numbers_are_masked_unless_asked_for(tmp_path: Path) -> None:
    assert ID not in str(cells(roster(tmp_path), "花名册"))
    assert str(cells(roster(tmp_path, whole_ids=True), "花名册")).count(ID) == 3


def test_every_cell_is_text_and_no_name_is_a_formula(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(roster(tmp_path))
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_a_roster_prints_on_a4_with_its_heading_on_each_page(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(roster(tmp_path))["花名册"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.print_title_rows == "$3:$3"
    assert page.cell(3, 1).value == "序号"
    assert "&P" in page.oddFooter.center.text
    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_the_same_roster_gives_the_same_bytes(tmp_path: Path) -> None:
    assert roster(tmp_path, "a.xlsx").read_bytes() == roster(tmp_path, "b.xlsx").read_bytes()


def test_nothing_is_left_beside_a_paper(tmp_path: Path) -> None:
    roster(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["roster.xlsx"]


def test_the_approval_adds_its_lines(tmp_path: Path) -> None:
    lines = [ApprovalLine("基础养老金", 10, 148000), ApprovalLine("补发 2019-01 至 2019-02", 10, 26000)]
    form = PaymentApproval("如皋市居保中心", month_of(2019, 3), DAY, "R201903", 10, lines, "ab12")
    text = str(cells(write_payment_approval(tmp_path / "a.xlsx", form), "支付审批表"))
    assert "¥1,740.00" in text
    assert "人民币壹仟柒佰肆拾元整" in text
    assert "2019-03" in text


@pytest.mark.parametrize(
    ("outcome", "step"), [("curable", "自动补发"), ("do_not_resend", "暂不重发"), ("unknown", "不得重发")]
)
def test_a_failed_payment_says_what_to_do(outcome: str, step: str, tmp_path: Path) -> None:
    row = FailedPayment("长江镇", "杨洲居", "陈桂兰", IdNumber(ID), "B1", 7, 13500, outcome, "3031", "账号户名不符")
    path = write_failed_payments(tmp_path / "f.xlsx", [row], month=month_of(2018, 12), made_on=DAY)
    assert step in str(cells(path, "支付失败名单"))


def test_the_waiver_says_what_is_given_up_and_that_it_can_be_taken_back(tmp_path: Path) -> None:
    told = ["每年由财政代缴100元", "60周岁起每月领取基础养老金148元"]
    form = Waiver("张奶奶", IdNumber(ID), "长江镇", "", "特困人员", "proxy_contribution", told, "", DAY)
    text = str(cells(write_waiver(tmp_path / "w.xlsx", form), "放弃意向书"))
    assert "政府代缴" in text
    assert "撤回" in text
    assert "2. 60周岁起" in text


def test_the_coverage_list_shows_a_missing_person(tmp_path: Path) -> None:
    row = CoverageRow("长江镇", "杨洲居", "陈桂兰", ID, "农村低保", "领取待遇", "已满60周岁", "", None)
    path = write_coverage_list(tmp_path / "c.xlsx", [row], as_of=DAY, roster_persons=2)
    assert "相差 1" in str(cells(path, "汇总"))
    assert ID not in str(cells(path, "名单"))
