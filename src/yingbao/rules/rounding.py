"""取整: how computed amounts of a pension become whole money. One policy, dated: unit, way, and what it applies to.

Only what is computed is rounded (the account pension, shares of the base pension); an amount that the law itself fixes
stands as it is. benefit/pension_rounding and benefit/pension_rounding_applies_to; project-choices 取整-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from yingbao.rules.law import Law, one_of
from yingbao.values.money import FenArray, round_all
from yingbao.values.month import Month

ROUNDING = "benefit/pension_rounding"
APPLIES_TO = "benefit/pension_rounding_applies_to"
COMPONENT, TOTAL = "component", "total"
_UNITS = {"fen": (1, "分"), "jiao": (10, "角"), "yuan": (100, "元")}
_WAYS = {"half_up": "四舍五入到", "floor": "舍去不足", "ceil": "不足进为"}
_KNOWN = {f"{way}_{unit}": (way, *_UNITS[unit]) for way in _WAYS for unit in _UNITS}


@dataclass(frozen=True)
class Rounding:
    """``mode``: half_up, floor or ceil; ``unit``: fen in a unit (1, 10, 100); ``of_total``: all components together, once."""

    mode: str
    unit: int
    of_total: bool
    zh: str

    def component(self, fen: FenArray, divisor: int) -> FenArray:
        """``fen / divisor`` as one component: by the policy, or to the fen where only the total is rounded by it."""
        return round_all(fen, divisor, "half_up", 1) if self.of_total else round_all(fen, divisor, self.mode, self.unit)

    def up_to_total(self, fen: FenArray, divisor: int, others: FenArray) -> FenArray:
        """The component ``fen / divisor`` that brings the total with ``others`` (whole fen) to the rounded amount.

        Never below nothing.
        """
        total = round_all(fen + divisor * others, divisor, self.mode, self.unit)
        found: FenArray = (total - others).clip(min=0)
        return found


def rounding_of(law: Law, month: Month) -> Rounding:
    """The policy in force in a month. Raises UnknownChoice."""
    mode, unit, zh = _KNOWN[one_of(ROUNDING, law.in_force.value(ROUNDING, month), tuple(_KNOWN))]
    of_total = law.word(APPLIES_TO, COMPONENT, TOTAL, month=month) == TOTAL
    return Rounding(mode, unit, of_total, f"{'合计' if of_total else '各项'}{_WAYS[mode]}{zh}")


def roundings(law: Law) -> list[tuple[Month, Month, Rounding]]:
    """The policies of the months of this derivation in which there is one: (from, until, policy)."""
    both = [[one.from_month for one in law.spans(name)] for name in (ROUNDING, APPLIES_TO)]
    if not all(both):
        return []
    begins = max(starts[0] for starts in both)
    edges = [*sorted({begins, *(start for starts in both for start in starts if start > begins)}), law.until]
    return [(start, end, rounding_of(law, start)) for start, end in pairwise(edges)]
