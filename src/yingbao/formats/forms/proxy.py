"""Papers of the contributions paid by the treasury: 资金请拨单(代缴) and 代缴花名册 with its 汇总页."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.capital import in_words
from yingbao.formats.forms.notes import SIGNED_BELOW, note_illustrative
from yingbao.formats.forms.paper import Column, FormSheet, ListSheet, save_sheets, shown_id
from yingbao.values.identity import AccountNumber, Secret
from yingbao.values.money import Fen, yuan

_SIGNED = "经办：                复核：                单位负责人：                财政审核：                （签章）"


@dataclass(frozen=True, slots=True)
class FundingApplication:
    """资金请拨单(代缴): the office asks the treasury for the money of a batch. Amounts in fen.

    ``illustrative``: names of parameters the figures rest on that no public source gives; they are printed.
    """

    applicant: str
    on: date
    reason: str
    basis: Sequence[str]
    year: int
    batch: str
    persons: int
    standards: Sequence[tuple[int, Fen]]  # so many persons at so much a year, the highest amount first
    amount_fen: Fen
    payee: str
    payee_bank: str
    payee_account: str | AccountNumber
    attachments: int
    made_by: str = ""
    checked_by: str = ""
    illustrative: Sequence[str] = ()
    as_of: str = ""  # the day on which it was asked who is owed it


@dataclass(frozen=True, slots=True)
class ProxyRosterRow:
    """A person of 代缴花名册. ``id_number`` is masked unless the sheet is asked for whole numbers."""

    town: str
    village: str
    name: str
    id_number: str | Secret
    category: str
    amount_fen: Fen
    group: str = ""
    head_of_household: str = ""
    sex: str = ""
    certificate: str = ""
    data_month: str = ""
    basis: str = ""
    state: str = ""
    tier_fen: Fen = 0
    source: str = ""
    remark: str = ""


_COLUMNS = (
    Column("序号", 6, right=True),
    Column("镇（区、街道）", 12),
    Column("村（居）", 12),
    Column("组", 6),
    Column("户主姓名", 9),
    Column("姓名", 9),
    Column("性别", 5),
    Column("公民身份号码", 20),
    Column("人员类别", 14),
    Column("类别证号", 10),
    Column("数据月份", 9),
    Column("认定依据文件", 14),
    Column("参保状态", 9),
    Column("缴费年度", 9),
    Column("代缴档次", 9, right=True),
    Column("代缴金额", 10, right=True),
    Column("资金来源", 10),
    Column("备注", 10),
)


def write_funding_application(path: Path, form: FundingApplication) -> Path:
    """Write 资金请拨单(代缴) as ``.xlsx``. The account is masked if it is an AccountNumber."""
    pairs = [
        [("申请单位", form.applicant), ("申请日期", form.on.isoformat())],
        [("缴费年度", str(form.year)), ("批次", form.batch)],
        [("认定日", form.as_of), ("标准（元/人·年）", "、".join(yuan(fen) for _, fen in form.standards))],
        [("人数", f"{form.persons:,}"), ("算式", " + ".join(f"{count:,} 人 × {yuan(fen)} 元" for count, fen in form.standards))],
        [("金额（小写）", f"¥{yuan(form.amount_fen)}")],
        [("金额（大写）", in_words(form.amount_fen))],
        [("收款户名", form.payee), ("开户行", form.payee_bank)],
        [("收款账号", str(form.payee_account)), ("附件张数", str(form.attachments))],
        [("经办人", form.made_by), ("复核人", form.checked_by)],
    ]
    blocks = [
        ("事由", form.reason, 48.0),
        ("依据文件", "\n".join(form.basis), 48.0),
        ("单位负责人意见", SIGNED_BELOW, 84.0),
        ("财政意见", SIGNED_BELOW, 84.0),
    ]
    title = "城乡居民基本养老保险困难群体代缴资金请拨单"
    sheet = FormSheet("资金请拨单", title, pairs, blocks=blocks, below=note_illustrative(form.illustrative))
    return save_sheets(path, [sheet], made_on=form.on)


def write_proxy_roster(
    path: Path,
    rows: Iterable[ProxyRosterRow],
    *,
    title: str,
    year: int,
    made_on: date,
    whole_ids: bool = False,
    illustrative: Sequence[str] = (),
) -> Path:
    """Write 代缴花名册: the summary by town and category first, then every person. Both have the same totals."""
    kept = list(rows)
    total = sum(row.amount_fen for row in kept)
    above = [f"缴费年度：{year}    制表日期：{made_on.isoformat()}    单位：元"]
    below = ["", _SIGNED, *note_illustrative(illustrative)]
    lines = [_roster_line(place, row, year, whole_ids=whole_ids) for place, row in enumerate(kept, 1)]
    sums = ["合计", *[""] * 4, f"{len(kept):,} 人", *[""] * 9, yuan(total), "", ""]
    roster = ListSheet("花名册", title, _COLUMNS, lines, above, sums, below)
    return save_sheets(path, [_summary(kept, title, above, below), roster], made_on=made_on)


def _roster_line(place: int, row: ProxyRosterRow, year: int, *, whole_ids: bool) -> list[str]:
    return [
        str(place),
        row.town,
        row.village,
        row.group,
        row.head_of_household,
        row.name,
        row.sex,
        shown_id(row.id_number, whole=whole_ids),
        row.category,
        row.certificate,
        row.data_month,
        row.basis,
        row.state,
        str(year),
        yuan(row.tier_fen or row.amount_fen),
        yuan(row.amount_fen),
        row.source,
        row.remark,
    ]


def _summary(rows: Sequence[ProxyRosterRow], title: str, above: Sequence[str], below: Sequence[str]) -> ListSheet:
    """汇总页: town by category, persons and amounts, with sums both ways."""
    categories = sorted({row.category for row in rows})
    cells: dict[tuple[str | None, str | None], tuple[int, Fen]] = {}  # None: all towns, all categories
    for row in rows:
        for town in (row.town, None):
            for category in (row.category, None):
                count, fen = cells.get((town, category), (0, 0))
                cells[town, category] = (count + 1, fen + row.amount_fen)
    columns = [Column("镇（区、街道）", 16)]
    for category in [*(one or "类别不明" for one in categories), "合计"]:
        wide = max(14, 2 * len(category) + 2)
        columns += [Column(f"{category}人数", wide, right=True), Column(f"{category}金额", wide, right=True)]

    def line(label: str, town: str | None) -> list[str]:
        told = [cells.get((town, category), (0, 0)) for category in [*categories, None]]
        return [label, *(text for count, fen in told for text in (f"{count:,}", yuan(fen)))]

    towns = list(dict.fromkeys(row.town for row in rows))
    lines = [line(town, town) for town in towns]
    whole = sum(row.amount_fen for row in rows)
    words = [f"金额合计（大写）：{in_words(whole)}"]
    return ListSheet("汇总", f"{title}汇总表", columns, lines, above, line("合计", None), [*words, *below])
