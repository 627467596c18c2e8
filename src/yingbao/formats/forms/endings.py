"""Letters of endings: 多领待遇退还通知书, and the 关系转移 letter with the account by money source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.capital import in_words
from yingbao.formats.forms.notes import OFFICE, SIGNED_BELOW, note_illustrative
from yingbao.formats.forms.paper import LARGE, FormSheet, save_sheets, shown_id
from yingbao.values.identity import Secret
from yingbao.values.money import Fen, yuan


@dataclass(frozen=True, slots=True)
class RecoveryLetter:
    """多领待遇退还通知书. ``lines``: item and months, fen, one a line; ``fen``: what is still open and asked back."""

    letter: str
    name: str
    id_number: str | Secret
    on: date
    lines: Sequence[tuple[str, Fen]]
    fen: Fen
    why: str
    days: int = 30
    illustrative: Sequence[str] = ()


def write_recovery_letter(path: Path, form: RecoveryLetter, *, whole_ids: bool = False) -> Path:
    """Write 多领待遇退还通知书 as ``.xlsx``."""
    pairs = [
        [("文书号", form.letter), ("日期", form.on.isoformat())],
        [("姓名", form.name), ("公民身份号码", shown_id(form.id_number, whole=whole_ids))],
        *[[(what, f"{yuan(fen)} 元")] for what, fen in form.lines],
        [("应退还（小写）", f"¥{yuan(form.fen)}"), ("应退还（大写）", in_words(form.fen))],
    ]
    blocks = [
        ("原因", form.why, 48.0),
        ("如何退还", (f"请自收到本通知之日起{form.days}日内退还；一次退还有困难的，可以与本处签订分期还款协议，从以后的养老金中按月抵扣。"
                 "对金额有异议的，可以申请复核。"), 64.0),
        ("退款账户", "户名：                              开户行：\n账号：", 44.0),
        ("送达人", "\n签字：                    日期：", 48.0),
        ("收件人签收", "\n签字（指纹）：                    日期：", 56.0),
    ]  # fmt: skip
    below = [f"{OFFICE}（盖章）", *note_illustrative(form.illustrative)]
    sheet = FormSheet("退还通知书", "多领城乡居民基本养老保险待遇退还通知书", pairs, blocks=blocks, below=below, points=LARGE)
    return save_sheets(path, [sheet], made_on=form.on)


@dataclass(frozen=True, slots=True)
class OfficeLetter:
    """协助抵扣函: to the office that pays the other pension. ``owed_fen``: what is open; ``fen``: what it is asked to take."""

    letter: str
    scheme: str
    name: str
    id_number: str | Secret
    on: date
    lines: Sequence[tuple[str, Fen]]
    owed_fen: Fen
    fen: Fen
    illustrative: Sequence[str] = ()


def write_office_letter(path: Path, form: OfficeLetter, *, whole_ids: bool = False) -> Path:
    """Write 协助抵扣函 as ``.xlsx``."""
    pairs = [
        [("文书号", form.letter), ("日期", form.on.isoformat())],
        [("姓名", form.name), ("公民身份号码", shown_id(form.id_number, whole=whole_ids))],
        *[[(what, f"{yuan(fen)} 元")] for what, fen in form.lines],
        [("尚未退还", f"{yuan(form.owed_fen)} 元"), ("居保账户、丧葬补助可抵扣", f"{yuan(form.owed_fen - form.fen)} 元")],
        [("请协助抵扣（小写）", f"¥{yuan(form.fen)}"), ("请协助抵扣（大写）", in_words(form.fen))],
    ]
    why = (f"该同志同时领取{form.scheme}待遇和城乡居民基本养老保险待遇，居保关系已终止，重复领取的居保待遇没有退还。"
           "按《城乡养老保险制度衔接暂行办法》，请从其养老金中抵扣，并转入下列账户；抵扣的方式和每月金额由贵处与本人商定。")  # fmt: skip
    blocks = [
        ("事由", why, 80.0),
        ("收款账户", "户名：                              开户行：\n账号：", 44.0),
        ("发函单位", f"{OFFICE}{SIGNED_BELOW}", 84.0),
        ("回执", f"已收到，抵扣方式：                    每月：            元，自        年    月起{SIGNED_BELOW}", 84.0),
    ]
    sheet = FormSheet("协助抵扣函", "协助抵扣重复领取养老保险待遇的函", pairs, blocks=blocks, below=note_illustrative(form.illustrative))
    return save_sheets(path, [sheet], made_on=form.on)


@dataclass(frozen=True, slots=True)
class TransferLetter:
    """城乡居民基本养老保险关系转移函. ``sources``: the account by money source; ``years``: full years paid."""

    name: str
    id_number: str | Secret
    to_office: str
    on: date
    moved_on: date
    years: int
    sources: Sequence[tuple[str, Fen]]
    illustrative: Sequence[str] = ()

    @property
    def total_fen(self) -> Fen:
        """All sources together."""
        return sum(fen for _, fen in self.sources)


def write_transfer_letter(path: Path, form: TransferLetter, *, whole_ids: bool = False) -> Path:
    """Write 养老保险关系转移函 as ``.xlsx``: the whole account, source by source."""
    pairs = [
        [("姓名", form.name), ("公民身份号码", shown_id(form.id_number, whole=whole_ids))],
        [("转入地经办机构", form.to_office), ("转出日期", form.moved_on.isoformat())],
        [("累计缴费年限", f"{form.years} 年"), ("制表日期", form.on.isoformat())],
        *[[(f"个人账户（{source}）", f"{yuan(fen)} 元")] for source, fen in form.sources],
        [("转移资金（小写）", f"¥{yuan(form.total_fen)}"), ("转移资金（大写）", in_words(form.total_fen))],
    ]
    blocks = [("经办、复核", "\n经办：                    复核：", 48.0), ("转出地经办机构", f"{OFFICE}{SIGNED_BELOW}", 84.0),
              ("转入地回执", f"以上关系和资金已收到，到账日期：{SIGNED_BELOW}", 84.0)]  # fmt: skip
    sheet = FormSheet("转移函", "城乡居民基本养老保险关系转移函", pairs, blocks=blocks, below=note_illustrative(form.illustrative))
    return save_sheets(path, [sheet], made_on=form.on)
