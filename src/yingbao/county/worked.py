"""Hand-worked individual accounts as spreadsheets with formulas: what an accountant can open and check.

``python -m yingbao.county.worked`` writes them into ``examples/worked``. The program's own rules are not used here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

from yingbao.county.formulas import Sheet
from yingbao.values.money import yuan_plain

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "worked"
HEAD_ROWS = 3  # title, a sentence, headings
DIVISOR = "139"
# What was paid in the uneven account: year, own, month, subsidy, month, rate in percent.
UNEVEN = [
    (2005, 100, 5, 30, 11, "2.25"), (2006, 100, 12, 30, 12, "2.52"), (2007, 200, 3, 30, 11, "4.14"), (2008, 200, 1, 30, 6, "2.25"),
    (2009, 300, 7, 40, 11, "2.25"), (2010, 500, 9, 60, 11, "2.75"), (2011, 500, 2, 60, 11, "3.50"), (2012, 500, 4, 60, 11, "3.00"),
    (2013, 500, 6, 60, 11, "3.00"), (2014, 600, 8, 60, 11, "2.75"), (2015, 600, 10, 60, 11, "1.50"), (2016, 800, 11, 60, 12, "1.50"),
    (2017, 800, 3, 60, 11, "1.50"), (2018, 1000, 3, 60, 11, "1.50"), (2019, 1000, 5, 60, 12, "2.12"),
]  # fmt: skip
EVEN = [(year, 100, 11, 30, 11, "1.5") for year in range(2011, 2026)]


@dataclass
class Worked:
    """One spreadsheet: file, title, a sentence under it, headings, rows of text (numbers, words, formulas)."""

    name: str
    title: str
    sentence: str
    headings: Sequence[str]
    rows: list[list[str]] = field(default_factory=list)

    def sheet(self) -> Sheet:
        """Its cells, to ask for values."""
        return Sheet({f"{chr(65 + column)}{HEAD_ROWS + 1 + row}": text
                      for row, cells in enumerate(self.rows) for column, text in enumerate(cells)})  # fmt: skip

    @property
    def last(self) -> int:
        """The number of the last row."""
        return HEAD_ROWS + len(self.rows)


_FIFTEEN = ("年度", "年初余额", "个人缴费或代缴", "入账月", "补贴", "入账月", "年利率%", "年初余额利息", "当年入账利息", "年末余额")


def fifteen_years(name: str, zh: str, paid: Sequence[tuple[int, int, int, int, int, str]], more: int) -> Worked:
    """Fifteen years with interest by month products. ``more``: 0 from the next month, 1 from the same month."""
    sentence = f"{zh}：当年入账利息＝金额×年利率×计息月数÷12，计息月数＝{12 + more}−入账月；两项利息分别四舍五入到分，年末结息。"
    made = Worked(name, f"个人账户十五年（{zh}）", sentence, _FIFTEEN)
    for place, (year, own, own_month, subsidy, subsidy_month, rate) in enumerate(paid):
        row = HEAD_ROWS + 1 + place
        opening = "0.00" if place == 0 else f"=J{row - 1}"
        mine = f"=ROUND((C{row}*({12 + more}-D{row})+E{row}*({12 + more}-F{row}))/12*G{row}/100,2)"
        made.rows.append([str(year), opening, f"{own}.00", str(own_month), f"{subsidy}.00", str(subsidy_month), rate,
                          f"=ROUND(B{row}*G{row}/100,2)", mine, f"=B{row}+C{row}+E{row}+H{row}+I{row}"])  # fmt: skip
    end = made.last
    made.rows.append(["合计", "", f"=SUM(C{HEAD_ROWS + 1}:C{end})", "", f"=SUM(E{HEAD_ROWS + 1}:E{end})", "", "",
                      f"=SUM(H{HEAD_ROWS + 1}:H{end})", f"=SUM(I{HEAD_ROWS + 1}:I{end})",
                      f"=C{end + 1}+E{end + 1}+H{end + 1}+I{end + 1}"])  # fmt: skip
    made.rows.append(["计发月数", "", "", "", "", "", "", "", "", DIVISOR])
    made.rows.append(["月养老金", "", "", "", "", "", "", "", "", f"=ROUND(J{end}/J{end + 2},2)"])
    return made


def five_methods() -> Worked:
    """One year under five methods: 1,000.00 standing, 500.00 on 15 March, 60.00 on 20 November, 1.5 %."""
    headings = ("方法", "年初余额", "入账一", "权数一", "入账二", "权数二", "权数之分母", "年利率%", *_FIFTEEN[-3:])
    sentence = "年初余额1000元；3月15日入账500元，11月20日补贴60元；年利率1.5%。"
    made = Worked("一年五种结息方法.xlsx", "一年五种结息方法", sentence, headings)
    for name, first, second, of in (
        ("当月起息", "10", "2", "12"), ("次月起息", "9", "1", "12"), ("实际天数", "291", "41", "365"), ("当年不计息", "0", "0", "12"),
        ("年度计算法", "1.083", "1.083", "2"),
    ):  # fmt: skip
        row = made.last + 1
        made.rows.append([
            name, "1000.00", "500.00", first, "60.00", second, of, "1.5", f"=ROUND(B{row}*H{row}/100,2)",
            f"=ROUND((C{row}*D{row}+E{row}*F{row})/G{row}*H{row}/100,2)", f"=B{row}+C{row}+E{row}+I{row}+J{row}",
        ])  # fmt: skip
    return made


def used_up() -> Worked:
    """13,900.00 paid out at 100.00 a month: used up after 139 payments, and paid on by the treasury."""
    made = Worked("领取至用完以后.xlsx", "账户13900元，每月100元", "每月先从账户列支，账户用完后由财政负担；139个月用完，养老金照发。",
                  ("第几个月", "月初余额", "个人账户养老金", "账户列支", "财政负担", "月末余额"))  # fmt: skip
    for number in range(1, 145):
        row = made.last + 1
        opening = "13900.00" if number == 1 else f"=F{row - 1}"
        pension = "=ROUND(13900/139,2)" if number == 1 else f"=C{row - 1}"
        made.rows.append([str(number), opening, pension, f"=MIN(B{row},C{row})", f"=C{row}-D{row}", f"=B{row}-D{row}"])
    first, end = HEAD_ROWS + 1, made.last
    made.rows.append(["合计", "", *(f"=SUM({column}{first}:{column}{end})" for column in "CDE"), ""])
    return made


def all_worked() -> list[Worked]:
    """Every spreadsheet, in the order of the page."""
    return [
        fifteen_years("十五年-次月起息.xlsx", "月积数法，入账次月起息", EVEN, 0),
        fifteen_years("十五年-当月起息.xlsx", "月积数法，入账当月起息", EVEN, 1),
        fifteen_years("十五年-档次利率逐年不同.xlsx", "月积数法，入账次月起息", UNEVEN, 0),
        five_methods(),
        used_up(),
    ]


def workbook(worked: Worked) -> bytes:
    """The ``.xlsx``: formulas in the cells, with the values they have. The same bytes every time."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 1, tzinfo=UTC)})
    page, sheet = book.add_worksheet("手算"), worked.sheet()
    title, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "border": 1, "text_wrap": True})
    money, plain = book.add_format({"num_format": "0.00", "border": 1}), book.add_format({"border": 1})
    page.write_string(0, 0, worked.title, title)
    page.write_string(1, 0, worked.sentence)
    page.set_column(0, len(worked.headings) - 1, 13)
    for column, heading in enumerate(worked.headings):
        page.write_string(HEAD_ROWS - 1, column, heading, head)
    for row, cells in enumerate(worked.rows, HEAD_ROWS):
        for column, text in enumerate(cells):
            if text.startswith("="):
                found = sheet.value(f"{chr(65 + column)}{row + 1}")
                page.write_formula(row, column, text, money, float(yuan_plain(int(found * 100))))
            elif text.replace(".", "").isdigit():
                page.write_number(row, column, float(text), money if text.endswith((".00", ".0")) else plain)
            else:
                page.write_string(row, column, text, plain)
    page.freeze_panes(HEAD_ROWS, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


_PAGE = """# 手算的个人账户 · Accounts worked by hand

单元格里是公式，可以用任何表格软件打开、改数、重算。数字是虚构的。由 `python -m yingbao.county.worked` 生成，不用本程序的结息规则；
测试另用十进制小数再算一遍，并与规则推算的结果比较，一分不差。

Formulas in cells, to be opened and changed. Written without the program's own rules; a test works them out again and
compares all three to the fen.

| 文件 file | 说明 what it works out |
|---|---|
"""


def write_worked(folder: Path) -> None:
    """Write all spreadsheets and their page."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in all_worked():
        (folder / one.name).write_bytes(workbook(one))
    lines = [f"| `{one.name}` | {one.title}。{one.sentence} |" for one in all_worked()]
    (folder / "README.md").write_text(_PAGE + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_worked(FOLDER)
