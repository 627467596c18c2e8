"""One identity, its two sides, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SHOWN = 5  # examples named in a failed check; the count is always whole


@dataclass(frozen=True)
class Check:
    """``id``: the identity of the handbook (I1 to I12, ROWS, MONEY); ``key`` names the check among those of an id.

    ``left`` and ``right`` are what must be equal, as plain numbers or text; ``detail`` names what differs;
    ``detail_en`` where it is a sentence.
    """

    id: str
    key: str
    zh: str
    en: str
    ok: bool
    left: Any = 0
    right: Any = 0
    detail: str = ""
    detail_en: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return dict(vars(self))


def equal(id_: str, key: str, zh: str, en: str, left: Any, right: Any, detail: str = "") -> Check:
    """Both sides are the same."""
    same = left == right
    return Check(id_, key, zh, en, same, left, right, "" if same else detail)


def none_of(id_: str, key: str, zh: str, en: str, found: Iterable[object], among: int) -> Check:
    """Nothing of ``among`` examined is wrong; ``found`` names what is."""
    wrong = [str(one) for one in found]
    more = "" if len(wrong) <= SHOWN else f" … 共 {len(wrong)} 处"
    return Check(id_, key, zh, en, not wrong, among - len(wrong) if among >= len(wrong) else 0, among,
                 "；".join(wrong[:SHOWN]) + more)  # fmt: skip


def differing(left: Mapping[Any, Any], right: Mapping[Any, Any]) -> list[str]:
    """Where two tables of figures differ: ``key: left ≠ right``."""
    keys = sorted({*left, *right}, key=str)
    return [f"{key}: {left.get(key, 0)} ≠ {right.get(key, 0)}" for key in keys if left.get(key, 0) != right.get(key, 0)]
