"""个人账户记账明细（权益单）: a person's account in a year, to print and to sign for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.notes import note_illustrative
from yingbao.formats.forms.paper import Column, ListSheet, save_sheets, shown_id
from yingbao.values.identity import Secret
from yingbao.values.money import Fen, yuan


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of the account: day (empty where it has none), words, money source, signed fen, booked or derived, where from."""

    day: str
    what: str
    source: str
    amount_fen: Fen
    state: str
    origin: str


@dataclass(frozen=True, slots=True)
class AccountForm:
    """The form. ``opening`` and ``closing``: money source → fen; ``terms``: rate, method and rounding of interest in words."""

    name: str
    id_number: str | Secret
    person: int
    year: int
    through: str
    opening: Sequence[tuple[str, Fen]]
    lines: Sequence[AccountLine]
    closing: Sequence[tuple[str, Fen]]
    terms: str
    waiting: Sequence[AccountLine] = ()
    illustrative: Sequence[str] = ()


_COLUMNS = (
    Column("日期", 12), Column("摘要", 26), Column("资金来源", 12), Column("金额（元）", 14, right=True), Column("记账", 16),
    Column("依据", 22),
)  # fmt: skip


def write_account_form(path: Path, form: AccountForm, *, made_on: date, whole_ids: bool = False) -> Path:
    """Write 个人账户记账明细（权益单） as ``.xlsx``."""
    above = [
        f"姓名：{form.name}    公民身份号码：{shown_id(form.id_number, whole=whole_ids)}    编号：{form.person}",
        f"年度：{form.year}    截至：{form.through}    按 {made_on.isoformat()} 所知    单位：元",
        f"计息：{form.terms}",
    ]
    rows = [["", "年初余额", source, yuan(fen), "", ""] for source, fen in form.opening]
    rows.append(["", "年初余额合计", "", yuan(sum(fen for _, fen in form.opening)), "", ""])
    rows += [[one.day, one.what, one.source, yuan(one.amount_fen), one.state, one.origin] for one in form.lines]
    rows += [["", "期末余额", source, yuan(fen), "", ""] for source, fen in form.closing]
    total = ["", "期末余额合计", "", yuan(sum(fen for _, fen in form.closing)), "", ""]
    waiting = [f"应记未记（不在余额内）：{one.what}（{one.source}） {yuan(one.amount_fen)} 元" for one in form.waiting]
    below = [*waiting, "“推算，尚未记账”的数在年终记账后生效；对记载有异议的，请到镇（街道）社保所核对。",
             "经办机构（盖章）：                    本人签收：                    日期：",
             *note_illustrative(form.illustrative)]  # fmt: skip
    title = f"城乡居民基本养老保险个人账户记账明细（{form.year}年权益单）"
    sheet = ListSheet("个人账户记账明细", title, _COLUMNS, rows, above, total, below, landscape=False)
    return save_sheets(path, [sheet], made_on=made_on)
