"""放弃意向书: a waiver is dated, scoped and can be taken back; the paper says what the person gives up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.notes import SIGNED_BELOW, note_illustrative
from yingbao.formats.forms.paper import LARGE, FormSheet, save_sheets, shown_id
from yingbao.values.identity import Secret

SCOPES = {"proxy_contribution": "政府代缴", "benefit": "领取养老金", "all": "参加城乡居民基本养老保险（含代缴和领取）"}


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's 放弃意向书. ``scope``: a key of SCOPES. ``told``: the rights explained, with figures of the day."""

    name: str
    id_number: str | Secret
    address: str
    telephone: str
    category: str
    scope: str
    told: Sequence[str]
    reason: str
    on: date
    text_number: str = ""  # version and fingerprint of the text, kept with the act
    how_to_withdraw: str = "本人随时可以书面或到镇（街道）社保所口头撤回，撤回不影响以后申请。"
    illustrative: Sequence[str] = ()


def write_waiver(path: Path, form: Waiver, *, whole_ids: bool = False) -> Path:
    """Write 放弃意向书 as ``.xlsx``, with room for the person, two witnesses, village and town."""
    pairs = [
        [("姓名", form.name), ("公民身份号码", shown_id(form.id_number, whole=whole_ids))],
        [("住址", form.address), ("联系电话", form.telephone)],
        [("人员类别", form.category), ("日期", form.on.isoformat())],
        [("放弃事项", SCOPES[form.scope])],
    ]
    told = "\n".join(f"{place}. {line}" for place, line in enumerate(form.told, 1))
    blocks = [
        ("已告知的权益", told, 28.0 + 16 * len(form.told)),
        ("放弃的原因", form.reason, 48.0),
        ("可否撤回", form.how_to_withdraw, 36.0),
        ("本人确认", "本人已听取工作人员的说明和劝导，仍自愿放弃上述事项。\n\n签字（指纹）：                    日期：", 72.0),
        ("见证人", "\n见证人一：                              见证人二：", 48.0),
        ("村（居）意见", SIGNED_BELOW, 72.0),
        ("镇（街道）意见", SIGNED_BELOW, 72.0),
    ]
    below = [*([f"劝导文本编号：{form.text_number}"] if form.text_number else []), *note_illustrative(form.illustrative)]
    return save_sheets(path, [FormSheet("放弃意向书", "放弃意向书", pairs, blocks=blocks, below=below, points=LARGE)], made_on=form.on)
