"""A roster against the one before it, and the answers a matching queue needs. Pure: takes what it compares.

The acts hold the register; these functions say what the register's answers mean (kinds 17, 18, 35, 36).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yingbao.formats.rosters.clean_id import one_edit_candidates
from yingbao.formats.rosters.clean_name import name_key, name_similarity
from yingbao.formats.rosters.records import STORED, Problem, RosterReading
from yingbao.values.month import Month, show_month

# A register moves by a few per cent a month; past this share it is another file (kind 36).
CHANGED_SHARE_BP = 3000
_FEW = 20  # a list of a handful may change wholly
_WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A roster against the last: keys (any hashable person key) joined, left, stayed the same, and changed."""

    joined: frozenset[object]
    left: frozenset[object]
    same: frozenset[object]
    changed: frozenset[object]

    @property
    def moved_bp(self) -> int:
        """Joined, left and changed as basis points of everybody on either list."""
        moved = len(self.joined) + len(self.left) + len(self.changed)
        whole = moved + len(self.same)
        return moved * _WHOLE_BP // whole if whole else 0


def compare(before: Mapping[object, object], now: Mapping[object, object]) -> Difference:
    """Person key → what money depends on, for the last roster and this one."""
    both = before.keys() & now.keys()
    changed = frozenset(key for key in both if before[key] != now[key])
    return Difference(
        joined=frozenset(now.keys() - before.keys()),
        left=frozenset(before.keys() - now.keys()),
        same=frozenset(both) - changed,
        changed=changed,
    )


def stale(
    difference: Difference, *, month: Month, previous_month: Month | None, limit_bp: int = CHANGED_SHARE_BP
) -> Problem | None:
    """``roster_stale`` when the month is not after the last one's, or too much moved; None otherwise."""
    if previous_month is not None and month < previous_month:
        why = f"数据月份{show_month(month)}早于已导入的{show_month(previous_month)}"
        return Problem("roster_stale", details=(("why", why),))
    people = len(difference.same) + len(difference.changed) + len(difference.left)
    if people >= _FEW and difference.moved_bp > limit_bp:
        why = f"新增{len(difference.joined)}、减少{len(difference.left)}、变化{len(difference.changed)}，共{difference.moved_bp // 100}%"
        return Problem("roster_stale", details=(("why", why),))
    return None


def substance_by_id(reading: RosterReading) -> dict[object, object]:
    """The stored persons of a reading by ID number, with what money depends on, for :func:`compare`."""
    found: dict[object, object] = {}
    for record in reading.records:
        fields = record.fields
        if record.disposition == STORED and fields.id is not None:
            found[fields.id] = (fields.category, fields.allowance, fields.poverty_exit_flag)
    return found


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a roster person is to one of the register. ``level`` L1 to L4, ``score`` 0 to 100, ``why`` code."""

    level: str
    score: int
    why: str


def likeness(
    *, name: str, id_text: str, birth: object, village: str | None,
    other_names: Iterable[str], other_id_text: str, other_birth: object, other_village: str | None,
) -> Likeness | None:
    """The matching level of two persons, or None.

    L1: ID and name equal. L2: ID equal, name near or not. L3: ID one edit away, same name and birthday.
    L4: same name, birthday and village with another ID. ``other_names`` are all the register's spellings.
    ID texts are clear 18-character numbers: they stay inside this call.
    """  # fmt: skip
    key = name_key(name)
    same_name = any(name_key(other) == key for other in other_names)
    if id_text and id_text == other_id_text:
        if same_name:
            return Likeness("L1", 100, "id_and_name_equal")
        score = max((name_similarity(name, other) for other in other_names), default=0)
        return Likeness("L2", score, "same_id_different_names")
    if not same_name or birth is None or birth != other_birth:
        return None
    if id_text and other_id_text in one_edit_candidates(id_text):
        return Likeness("L3", 90, "id_one_edit_away")
    if village and village == other_village:
        return Likeness("L4", 70, "same_name_different_ids")
    return None
