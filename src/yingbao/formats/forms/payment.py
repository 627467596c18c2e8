"""Papers of the payroll: 基金支付审批表 (用款申请) and 支付失败名单."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.capital import in_words
from yingbao.formats.forms.notes import MADE_AND_CHECKED, SIGNED_BELOW, note_illustrative
from yingbao.formats.forms.paper import Column, FormSheet, ListSheet, save_sheets, shown_id
from yingbao.values.identity import Secret
from yingbao.values.money import Fen, yuan
from yingbao.values.month import Month, show_month


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """An item of the approval: its name, how many persons, the amount in fen (arrears on a line of their own)."""

    name: str
    persons: int
    amount_fen: Fen


@dataclass(frozen=True, slots=True)
class PaymentApproval:
    """城乡居民基本养老保险基金支付审批表 of a month. ``persons``: different people, not the sum of the lines."""

    applicant: str
    month: Month
    on: date
    run: str
    persons: int
    lines: Sequence[ApprovalLine]
    content_hash: str = ""
    made_by: str = ""
    checked_by: str = ""
    illustrative: Sequence[str] = ()
    levels: Sequence[tuple[str, Fen]] = ()  # who bears the base pensions in it: 中央、省级 …

    @property
    def total_fen(self) -> Fen:
        """The sum of the lines."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class FailedPayment:
    """A payment that did not arrive. ``outcome``: curable | do_not_resend | unknown, as the bank answered."""

    town: str
    village: str
    name: str
    id_number: str | Secret
    batch: str
    line: int
    amount_fen: Fen
    outcome: str
    code: str
    reason: str


NEXT_STEP = {
    "curable": "更正账户后，下一批自动补发",
    "do_not_resend": "暂不重发，先核查本人情况",
    "unknown": "银行未答复，不得重发，等待结果",
}


def write_payment_approval(path: Path, form: PaymentApproval) -> Path:
    """Write 支付审批表 as ``.xlsx``."""
    items = [[(line.name, f"{line.persons:,} 人"), ("金额（元）", yuan(line.amount_fen))] for line in form.lines]
    pairs = [
        [("申请单位", form.applicant), ("申请日期", form.on.isoformat())],
        [("费款所属月份", show_month(form.month)), ("批次", form.run)],
        *items,
        *[[(f"其中{name}负担", f"{yuan(fen)} 元")] for name, fen in form.levels],
        [("发放人数", f"{form.persons:,}"), ("合计（小写）", f"¥{yuan(form.total_fen)}")],
        [("合计（大写）", in_words(form.total_fen))],
        [("经办人", form.made_by), ("复核人", form.checked_by)],
    ]
    blocks = [("单位负责人审批", SIGNED_BELOW, 84.0), ("财政审核意见", SIGNED_BELOW, 84.0)]
    mark = [f"批次内容校验值：{form.content_hash}"] if form.content_hash else []
    title = "城乡居民基本养老保险基金支付审批表"
    below = [*mark, *note_illustrative(form.illustrative)]
    return save_sheets(path, [FormSheet("支付审批表", title, pairs, blocks=blocks, below=below)], made_on=form.on)


_FAILED = (
    Column("序号", 6, right=True),
    Column("镇（区、街道）", 13),
    Column("村（社区）", 13),
    Column("姓名", 10),
    Column("公民身份号码", 20),
    Column("批次号", 16),
    Column("明细序号", 9, right=True),
    Column("金额（元）", 12, right=True),
    Column("返回码", 8),
    Column("原因", 20),
    Column("应对", 26),
)


def write_failed_payments(
    path: Path,
    rows: Iterable[FailedPayment],
    *,
    month: Month,
    made_on: date,
    whole_ids: bool = False,
    illustrative: Sequence[str] = (),
) -> Path:
    """Write 支付失败名单, in the order of town and village, with what each needs next."""
    kept = sorted(rows, key=lambda row: (row.town, row.village, row.batch, row.line))
    lines = [
        [
            str(place),
            row.town,
            row.village,
            row.name,
            shown_id(row.id_number, whole=whole_ids),
            row.batch,
            str(row.line),
            yuan(row.amount_fen),
            row.code,
            row.reason,
            NEXT_STEP[row.outcome],
        ]
        for place, row in enumerate(kept, 1)
    ]
    total = ["合计", "", "", f"{len(kept):,} 笔", "", "", "", yuan(sum(row.amount_fen for row in kept)), "", "", ""]
    above = [f"所属月份：{show_month(month)}    制表日期：{made_on.isoformat()}"]
    sheet = ListSheet("支付失败名单", "城乡居民基本养老保险待遇支付失败名单", _FAILED, lines, above, total,
                      [MADE_AND_CHECKED, *note_illustrative(illustrative)])  # fmt: skip
    return save_sheets(path, [sheet], made_on=made_on)
