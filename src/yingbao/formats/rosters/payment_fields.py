"""The columns that only a list of payments has: the channel, its serial number, and what the payment is for."""

from __future__ import annotations

import re
from collections.abc import Callable

from yingbao.formats.rosters.clean_values import whole_text
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.formats.rosters.records import Fields
from yingbao.values.facts import FactKind

CHANNELS = {"bank": "银行", "tax": "税务", "counter": "柜台", "app": "手机应用"}
# The first that fits: 手机银行 is an application, not a bank's counter.
_CHANNELS = (
    (re.compile(r"手机|app|掌上|网上|微信|支付宝|公众号", re.IGNORECASE), "app"),
    (re.compile(r"税|tax", re.IGNORECASE), "tax"),
    (re.compile(r"柜|窗口|大厅|现金|社保所|counter", re.IGNORECASE), "counter"),
    (re.compile(r"银行|代扣|批扣|扣款|bank", re.IGNORECASE), "bank"),
)
_TYPES = (
    (re.compile(r"补缴|补交|31"), FactKind.MAKEUP_PAYMENT),
    (re.compile(r"集体"), FactKind.COLLECTIVE_AID),
    (re.compile(r"正常|当年|个人|自缴|普通|10"), FactKind.OWN_PAYMENT),
)


def _serial(fields: Fields, value: Value) -> str | None:
    fields.serial = re.sub(r"\s", "", whole_text(value)) or None
    return None


def _channel(fields: Fields, value: Value) -> str | None:
    text = text_of(value).strip()
    fields.channel = next((name for pattern, name in _CHANNELS if pattern.search(text)), None)
    return "payment_channel_unknown" if text and fields.channel is None else None


def _type(fields: Fields, value: Value) -> str | None:
    text = text_of(value).strip()
    found = next((kind for pattern, kind in _TYPES if pattern.search(text)), None)
    if text and found is None:
        return "payment_type_unknown"
    fields.fact_kind = found.key if found else fields.fact_kind
    return None


READERS: dict[str, Callable[[Fields, Value], str | None]] = {
    "serial": _serial, "channel": _channel, "payment_type": _type,
}  # fmt: skip
