"""认证进度表 by village, and 村组核查表: whom a village visits, with room for what was seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.notes import MADE_AND_CHECKED, note_illustrative
from yingbao.formats.forms.paper import Column, ListSheet, save_sheets, shown_id
from yingbao.values.identity import Secret

_VISIT_TITLE = "待遇领取资格村（居）核查表"
_VISIT_COLUMNS = (
    Column("序号", 6, right=True), Column("姓名", 11), Column("公民身份号码", 21), Column("最近一次认证", 13), Column("有效至", 12),
    Column("情况", 14), Column("认证日期", 14), Column("认证方式", 14), Column("本人（照护人）签字", 18),
)  # fmt: skip
_VISIT_NOTE = "过期只是暂停发放，见到本人即可恢复并补发；疑似死亡请另行上报"
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A village: pensioners in payment, and how many in each state."""

    town: str
    village: str
    in_payment: int
    good: int
    first_warning: int
    second_warning: int
    last_warning: int
    lapsed: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """Somebody to be visited. ``good_until``: the last day of the present certificate; none if there never was one."""

    town: str
    village: str
    name: str
    id_number: str | Secret
    way: str
    good_until: date | None
    state: str


def write_progress(path: Path, rows: Sequence[ProgressRow], *, as_of: date, illustrative: Sequence[str] = ()) -> Path:
    """Write 认证进度表: villages, and the county's sum."""
    columns = [Column("镇（区、街道）", 16), Column("村（居）", 16),
               *(Column(word, 10, right=True) for word in ("在领人数", "有效", "首次提醒", "再次提醒", "末次提醒", "已过期"))]  # fmt: skip
    cells = [[row.town, row.village, *(f"{count:,}" for count in astuple(row)[2:])] for row in rows]
    sums = [sum(astuple(row)[place] for row in rows) for place in range(2, 8)]
    sheet = ListSheet(
        "认证进度", "待遇领取资格认证进度表", columns, cells, [f"截至 {as_of.isoformat()}"],
        ["合计", "", *(f"{count:,}" for count in sums)],
        [MADE_AND_CHECKED, *note_illustrative(illustrative)],
    )  # fmt: skip
    return save_sheets(path, [sheet], made_on=as_of)


def write_visit_list(
    path: Path, rows: Sequence[VisitRow], *, as_of: date, whole_ids: bool = False, illustrative: Sequence[str] = ()
) -> Path:
    """Write 村组核查表: a sheet a village, with pages and signatures of its own.

    Its columns 公民身份号码, 认证日期 and 认证方式 are those that ``certify load`` reads back, from all sheets.
    """
    villages: dict[tuple[str, str], list[VisitRow]] = {}
    for row in rows:
        villages.setdefault((row.town, row.village), []).append(row)
    below = ["核查人：                    村（居）负责人：                    日期：", *note_illustrative(illustrative)]
    sheets = [_visits(place, *one, as_of, below, whole_ids=whole_ids) for place, one in enumerate(villages.items(), 1)]
    nobody = ListSheet("核查表", _VISIT_TITLE, _VISIT_COLUMNS, [], [f"截至 {as_of.isoformat()}    共 0 人"], (), below)
    return save_sheets(path, sheets or [nobody], made_on=as_of)


def _visits(
    place: int, village: tuple[str, str], rows: Sequence[VisitRow], as_of: date, below: Sequence[str], *, whole_ids: bool
) -> ListSheet:
    name = "".join(village)
    cells = [
        [str(number), row.name, shown_id(row.id_number, whole=whole_ids), row.way,
         row.good_until.isoformat() if row.good_until else "从未认证", row.state, "", "", ""]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    above = [f"{name}    截至 {as_of.isoformat()}    本村（居）共 {len(rows):,} 人    {_VISIT_NOTE}"]
    tab = f"{place:03d} {_NOT_IN_A_TAB.sub('', village[1])}"[:31]
    return ListSheet(tab, f"{_VISIT_TITLE}（{name}）", _VISIT_COLUMNS, cells, above, (), below, row_points=28.0, own_pages=True)
