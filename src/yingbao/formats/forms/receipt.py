"""缴费凭证 and 政府代缴证明: what a person paid, or what the county paid for him, for a year; numbered, the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.capital import in_words
from yingbao.formats.forms.notes import MADE_AND_CHECKED, OFFICE, note_illustrative
from yingbao.formats.forms.paper import LARGE, FormSheet, save_sheets, shown_id
from yingbao.values.identity import Secret
from yingbao.values.money import Fen, yuan


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """One receipt or proof. ``paid_on``: the day of payment, or that on which the county's part was booked.

    ``by_county``: no cash receipt, a proof that the county paid. ``state``: what became of the money by the day of printing.
    """

    number: str
    name: str
    id_number: str | Secret
    year: int
    what: str
    fen: Fen
    paid_on: date
    channel: str
    state: str
    by_county: bool = False


def write_receipts(
    path: Path, forms: Sequence[ReceiptForm], *, on: date, illustrative: Sequence[str] = (), whole_ids: bool = False
) -> Path:
    """Write the receipts of a person, a sheet each, as ``.xlsx``. The same on the same day gives the same bytes."""
    sheets = [_sheet(one, on, illustrative, whole=whole_ids) for one in forms]
    return save_sheets(path, sheets, made_on=on)


def _sheet(form: ReceiptForm, on: date, illustrative: Sequence[str], *, whole: bool) -> FormSheet:
    title = "城乡居民基本养老保险" + ("政府代缴证明" if form.by_county else "缴费凭证")
    pairs = [
        [("编号", form.number), ("打印日期", on.isoformat())],
        [("姓名", form.name), ("公民身份号码", shown_id(form.id_number, whole=whole))],
        [("缴费年度", str(form.year)), ("款项", form.what)],
        [("记账日期" if form.by_county else "缴费日期", form.paid_on.isoformat()), ("渠道、流水号", form.channel)],
        [("金额（小写）", f"¥{yuan(form.fen)}"), ("金额（大写）", in_words(form.fen))],
        [("状态", form.state)],
    ]
    told = ("本证明由财政为困难群体代缴，本人没有缴纳现金，不作报销凭证。" if form.by_county
            else "凭证可以补印，编号不变；同一编号只算一笔缴费。")  # fmt: skip
    below = [told, f"{OFFICE}（盖章）", MADE_AND_CHECKED, *note_illustrative(illustrative)]
    return FormSheet(form.number, title, pairs, below=below, own_pages=True, points=LARGE)
