"""Papers of an award: 到龄人员名单, 待遇领取通知表, 养老金计算表 with 待遇核定表."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.notes import MADE_AND_CHECKED, SIGNED_BELOW, note_illustrative
from yingbao.formats.forms.paper import LARGE, Column, FormSheet, ListSheet, save_sheets, shown_id
from yingbao.values.identity import Secret
from yingbao.values.money import Fen, yuan
from yingbao.values.month import Month, show_month

PAPERS_TO_BRING = "居民身份证、户口簿、社会保障卡（或本人银行卡）"


@dataclass(frozen=True, slots=True)
class Reaching:
    """Somebody who reaches the pension age. ``makeup_fen``: None where the price of a year is not known."""

    town: str
    village: str
    name: str
    sex: str
    id_number: str | Secret
    birth: date
    reaches: Month
    first_month: Month | None
    paid_years: int
    years_short: int
    makeup_fen: Fen | None
    account_fen: Fen
    missing: Sequence[str]

    @property
    def makeup(self) -> str:
        """What is to be made up, in words."""
        if not self.years_short:
            return "无"
        cost = "金额按当年档次" if self.makeup_fen is None else f"按最低档 {yuan(self.makeup_fen)} 元"
        return f"差 {self.years_short} 年，{cost}"


_REACHING = (
    Column("序号", 6, right=True), Column("镇（区、街道）", 13), Column("村（居）", 13), Column("姓名", 10), Column("性别", 6),
    Column("公民身份号码", 20), Column("到龄年月", 10), Column("首发月", 10), Column("缴费年限", 9, right=True),
    Column("欠缴", 22), Column("个人账户（元）", 13, right=True), Column("还差什么", 36),
)  # fmt: skip


def write_reaching_list(
    path: Path, rows: Iterable[Reaching], *, since: Month, through: Month, made_on: date, illustrative: Sequence[str] = ()
) -> Path:
    """Write 到龄人员名单, in the order given: those with nothing missing can be awarded as they are."""
    kept = list(rows)
    lines = [
        [str(place), one.town, one.village, one.name, one.sex, shown_id(one.id_number, whole=False), show_month(one.reaches),
         show_month(one.first_month) if one.first_month is not None else "待定", str(one.paid_years), one.makeup,
         yuan(one.account_fen), "；".join(one.missing) or "无"]
        for place, one in enumerate(kept, 1)
    ]  # fmt: skip
    ready = sum(1 for one in kept if not one.missing)
    months = f"{show_month(since)} 至 {show_month(through)} 到龄"
    above = [f"{months}  共 {len(kept):,} 人，资料齐全 {ready:,} 人  制表日期：{made_on.isoformat()}"]
    sheet = ListSheet("到龄人员", "城乡居民基本养老保险到龄人员名单", _REACHING, lines, above, (),
                      [MADE_AND_CHECKED, *note_illustrative(illustrative)])  # fmt: skip
    return save_sheets(path, [sheet], made_on=made_on)


def write_notices(
    path: Path, rows: Iterable[Reaching], *, made_on: date, whole_ids: bool = False, illustrative: Sequence[str] = ()
) -> Path:
    """Write 待遇领取通知表, a sheet a person, for the helper of a village to hand over and have signed."""
    below = note_illustrative(illustrative)
    sheets = [_notice(place, one, made_on, whole_ids, below) for place, one in enumerate(rows, 1)]
    return save_sheets(path, sheets, made_on=made_on)


def _notice(place: int, one: Reaching, made_on: date, whole_ids: bool, below: Sequence[str]) -> FormSheet:
    pairs = [
        [("姓名", one.name), ("公民身份号码", shown_id(one.id_number, whole=whole_ids))],
        [("出生日期", one.birth.isoformat()), ("到龄年月", show_month(one.reaches))],
        [("累计缴费年限", f"{one.paid_years} 年"), ("个人账户储存额", f"{yuan(one.account_fen)} 元")],
        [("欠缴年限及补缴金额", one.makeup)],
        [("首发月", show_month(one.first_month) if one.first_month is not None else "补齐下列事项后确定")],
        [("村（居）", f"{one.town}{one.village}"), ("通知日期", made_on.isoformat())],
    ]
    blocks = [
        ("尚需办理", "；".join(one.missing) or "无，请按期到村（居）或镇（街道）社保所确认", 64.0),
        ("需带材料", PAPERS_TO_BRING, 32.0),
        ("办理期限", f"请在 {show_month(one.reaches)} 月底前办理；以后办理的，应发的养老金从应领之月补发，不会少。", 40.0),
        ("送达人", "", 36.0),
        ("本人签收", "\n签字（指纹）：                    日期：", 56.0),
    ]
    return FormSheet(f"{place:03d}", "城乡居民基本养老保险待遇领取通知表", pairs, blocks=blocks, below=below,
                     own_pages=True, points=LARGE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calculation:
    """养老金计算表 of one person. Amounts: label and fen, whole and in parts, in the order in which they are shown."""

    name: str
    sex: str
    id_number: str | Secret
    category: str
    village: str
    village_code: str
    enrolled: str
    paid_years: int
    account: Sequence[tuple[str, Fen]]
    account_fen: Fen
    first_month: Month
    month: Month
    route: str
    pension: Sequence[tuple[str, Fen]]
    pension_fen: Fen
    how: Sequence[str]
    holder: str
    bank: str
    account_number: str
    printed_on: date
    illustrative: Sequence[str] = ()


def write_calculation(path: Path, form: Calculation, *, whole_ids: bool = False) -> Path:
    """Write 养老金计算表 and, on a sheet of its own, 待遇核定表 with room for the three opinions."""
    who = [
        [("姓名", form.name), ("性别", form.sex)],
        [("公民身份号码", shown_id(form.id_number, whole=whole_ids)), ("困难级别", form.category or "无")],
        [("户籍所在地", form.village), ("行政区划编码", form.village_code)],
    ]
    paid = [[("参保日期", form.enrolled), ("累计缴费年限", f"{form.paid_years} 年")],
            [("个人账户储存额", f"{yuan(form.account_fen)} 元")], *_paired(form.account)]  # fmt: skip
    owed = [[("领取起始时间", show_month(form.first_month)), ("领取方式", form.route)],
            [(f"{show_month(form.month)} 养老金", f"{yuan(form.pension_fen)} 元")], *_paired(form.pension)]  # fmt: skip
    bank = [[("户名", form.holder), ("开户行", form.bank)], [("账号", form.account_number), ("打印时间", form.printed_on.isoformat())]]
    below = note_illustrative(form.illustrative)
    sheets = [
        FormSheet("养老金计算表", "城乡居民基本养老保险养老金计算表", [*who, *paid, *owed, *bank],
                  blocks=[("怎么算的", "\n".join(form.how), 20.0 + 16 * len(form.how))], below=below, own_pages=True),
        FormSheet("待遇核定表", "城乡居民基本养老保险待遇核定表", [*who, *owed, *bank], below=below, own_pages=True, blocks=[
            ("本人确认", "签字（指纹）：                    日期：", 44.0), ("村（居）意见", SIGNED_BELOW, 72.0),
            ("镇（街道）初审意见", SIGNED_BELOW, 72.0), ("县（市）复核意见", SIGNED_BELOW, 72.0)]),
    ]  # fmt: skip
    return save_sheets(path, sheets, made_on=form.printed_on)


def _paired(amounts: Sequence[tuple[str, Fen]]) -> list[list[tuple[str, str]]]:
    """Amounts two a row."""
    shown = [(label, f"{yuan(fen)} 元") for label, fen in amounts]
    return [shown[place : place + 2] for place in range(0, len(shown), 2)]
