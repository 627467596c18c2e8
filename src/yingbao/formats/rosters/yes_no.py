"""Columns that ask one thing of each person and are answered yes or no: 是否死亡, 是否健在, 是否迁出, 是否参加职保."""

from __future__ import annotations

import re

from yingbao.formats.rosters.clean_values import clean_yes
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.formats.rosters.records import Fields
from yingbao.values.facts import FactKind

# Field → what a yes hints at, and whether it is the no that does.
_HINTS = {
    "is_dead": (FactKind.SUSPECTED_DEATH.key, False),
    "is_alive": (FactKind.SUSPECTED_DEATH.key, True),
    "is_moved": (FactKind.MOVED_OUT.key, False),
    "is_elsewhere": (FactKind.OTHER_SCHEME.key, False),
}
FIELDS = tuple(_HINTS)
_SAID_NO = re.compile(r"^(未|没|不|无)")


def read_answer(field: str, fields: Fields, value: Value) -> str | None:
    """Add the hint of an answer. An answer that is neither yes nor no is asked."""
    text = text_of(value).strip()
    if not text.strip("/-—"):
        return None
    hint, turned = _HINTS[field]
    yes = clean_yes(value)
    if yes is None:
        yes = False if _SAID_NO.match(text) else None
    if yes is None:
        return "answer_unclear"
    if yes != turned and hint not in fields.hints:
        fields.hints = (*fields.hints, hint)
    return None
