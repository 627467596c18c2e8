"""不计入家庭收入证明: what a household received of pensions in a month, and how much of it does not count as income."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.notes import MADE_AND_CHECKED, note_illustrative
from yingbao.formats.forms.paper import Column, ListSheet, save_sheets
from yingbao.values.money import yuan


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """One receipt of one member: fen received, left out and counted."""

    name: str
    source: str
    period: str
    fen: int
    disregarded_fen: int
    counted_fen: int


def write_income_certificate(
    path: Path, rows: Sequence[IncomeRow], *, household: str, register: str, month: str, basis: Sequence[str],
    made_on: date, illustrative: Sequence[str] = (),
) -> Path:  # fmt: skip
    """Write the certificate to civil affairs for one household and month. ``basis``: the rule, with its source."""
    columns = [Column("姓名", 12), Column("收入", 24), Column("所属期", 20), Column("金额（元）", 14, right=True),
               Column("不计入（元）", 14, right=True), Column("计入（元）", 14, right=True)]  # fmt: skip
    cells = [[row.name, row.source, row.period, yuan(row.fen), yuan(row.disregarded_fen), yuan(row.counted_fen)] for row in rows]
    sums = [yuan(sum(getattr(row, name) for row in rows)) for name in ("fen", "disregarded_fen", "counted_fen")]
    above = [f"家庭：{household}    月份：{month}    用于：{register}的认定",
             "按照只叠加、不扣减、不冲销的原则，不计入的金额不得计入家庭收入，也不得冲抵其他救助。"]  # fmt: skip
    below = [*(f"依据：{line}" for line in basis), MADE_AND_CHECKED, *note_illustrative(illustrative)]
    title, totals = "城乡居民基本养老保险待遇不计入家庭收入证明", ["合计", "", "", *sums]
    sheet = ListSheet("证明", title, columns, cells, above, totals, below, landscape=False)
    return save_sheets(path, [sheet], made_on=made_on)
