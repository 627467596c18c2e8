"""The year's statements on paper: 基金收支情况表, 个人账户情况表, 应保尽保情况表, 特殊身份重新认定名单."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from yingbao.formats.forms.notes import MADE_AND_CHECKED, OFFICE, note_illustrative
from yingbao.formats.forms.paper import Column, ListSheet, save_sheets
from yingbao.values.money import yuan

Rows = Iterable[Mapping[str, Any]]
_MADE_BY = f"编制单位：{OFFICE}    单位：元    "
_NAME, _FEN, _COUNT = Column("项目", 40), Column("金额（元）", 18, right=True), Column("人数", 12, right=True)


def write_year_end(
    path: Path, *, year: int, made_on: date, fund: Rows, cash: Rows, accounts: Rows, account_persons: int, coverage: Rows,
    roster_persons: int, illustrative: Sequence[str] = (),
) -> Path:  # fmt: skip
    """Three sheets of a year. Rows as reports.year_end gives them; amounts in fen."""
    below = [MADE_AND_CHECKED, *note_illustrative(illustrative)]
    sheets = [_fund(year, list(fund), list(cash), below), _accounts(year, list(accounts), account_persons, below),
              _coverage(year, list(coverage), roster_persons, below)]  # fmt: skip
    return save_sheets(path, sheets, made_on=made_on)


def _fund(year: int, fund: list[Mapping[str, Any]], cash: list[Mapping[str, Any]], below: Sequence[str]) -> ListSheet:
    sums = {kind: sum(row["fen"] for row in fund if row["class"] == kind) for kind in ("income", "expense")}
    rows = []
    for kind, word in (("income", "收入"), ("expense", "支出")):
        rows += [[word, f"{row['account']} {row['zh']}", yuan(row["fen"])] for row in fund if row["class"] == kind]
        rows.append([word, f"{word}合计", yuan(sums[kind])])
    for row in cash:
        rows += [["存款", f"{row['zh']} {word}", yuan(row[name])] for name, word in (
            ("before_fen", "年初"), ("in_fen", "本年存入"), ("out_fen", "本年付出"), ("after_fen", "年末"))]  # fmt: skip
    total = ["结余", "本年收支结余", yuan(sums["income"] - sums["expense"])]
    return ListSheet("基金收支", f"{year}年度基金收支情况表", [Column("类", 8), _NAME, _FEN], rows,
                     [f"{_MADE_BY}按记账日期；以后年度补记的列入补记的年度。"], total, below, landscape=False)  # fmt: skip


_MOVES = (
    ("before_fen", "年初"), ("credited_fen", "本年记入"), ("interest_fen", "本年利息"), ("charged_fen", "本年支出"),
    ("after_fen", "年末"),
)  # fmt: skip


def _accounts(year: int, rows: list[Mapping[str, Any]], persons: int, below: Sequence[str]) -> ListSheet:
    columns = [Column("资金来源", 14), *(Column(f"{word}（元）", 18, right=True) for _, word in _MOVES)]
    body = [[row["zh"], *(yuan(row[name]) for name, _ in _MOVES)] for row in rows]
    total = ["合计", *(yuan(sum(row[name] for row in rows)) for name, _ in _MOVES)]
    above = [f"{_MADE_BY}个人账户 {persons:,} 个，按所属年度。"]
    return ListSheet("个人账户", f"{year}年度个人账户情况表", columns, body, above, total, below)


def _coverage(year: int, rows: list[Mapping[str, Any]], roster: int, below: Sequence[str]) -> ListSheet:
    body = [[row["category_zh"], row["box_zh"], f"{row['count']:,}"] for row in rows]
    total = ["合计", "", f"{sum(row['count'] for row in rows):,}"]
    return ListSheet("应保尽保", f"{year}年度应保尽保情况表", [Column("人员类别", 22), Column("归类", 30), _COUNT], body,
                     [f"编制单位：{OFFICE}    截至 {year}-12-31    名册人数 {roster:,}"], total, below, landscape=False)  # fmt: skip


def write_identities(path: Path, rows: Rows, *, year: int, made_on: date) -> Path:
    """Who was in a category last year and is not confirmed this year, category by category."""
    columns = [Column("序号", 7, right=True), Column("人员类别", 20), Column("镇（区、街道）", 13), Column("村（居）", 13),
               Column("姓名", 10), Column("公民身份号码", 20), Column("情况", 14)]  # fmt: skip
    body = [[str(place), row["category_zh"], row["town_name"], row["village_name"], row["name"], row["masked_id"], row["state_zh"]]
            for place, row in enumerate(rows, 1)]  # fmt: skip
    sheet = ListSheet("名单", f"{year}年度特殊身份重新认定名单", columns, body, [f"截至 {made_on.isoformat()}，共 {len(body):,} 人次"],
                      (), [MADE_AND_CHECKED])  # fmt: skip
    return save_sheets(path, [sheet], made_on=made_on)
