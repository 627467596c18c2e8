"""不计收入: what of a pension counts where a household's income is tested. 只叠加、不扣减、不冲销 (bulletin-2018 优先-1).

The base pension, arrears included, does not count in the month in which it is received; the account pension counts like
any other income. Whole (``full_base``) or up to the central minimum of each month it is for (``central_minimum``), and
only for the registers that the law names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yingbao.rules.law import one_of, whole
from yingbao.values.facts import CATEGORY_BY_KEY
from yingbao.values.money import Fen
from yingbao.values.month import Month
from yingbao.values.purpose import Item

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce

RULE = "income/disregard"
SCOPE = "income/disregard_scope"
COMPONENT = "income/base_component"
CENTRAL_MINIMUM = "benefit/central_minimum_base_pension"
PARAMETERS = (RULE, SCOPE, COMPONENT)
MAY_BE_BASE = tuple(item.key for item in (
    Item.BASE_PENSION, Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT, Item.AGE_SUPPLEMENT))  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    """Money that somebody received in a month. ``source``: the key of an Item, or any other word (wages, gifts).

    ``monthly_fen`` for each of the half-open months ``from_month`` to ``until_month`` that it is for: arrears of two
    months are one receipt of two months.
    """

    person: str
    source: str
    received: Month
    from_month: Month
    until_month: Month
    monthly_fen: Fen

    @property
    def fen(self) -> Fen:
        """All of it."""
        return self.monthly_fen * (self.until_month - self.from_month)


@dataclass(frozen=True)
class Judged:
    """A receipt and how much of it does not count."""

    receipt: Receipt
    disregarded_fen: Fen

    @property
    def counted_fen(self) -> Fen:
        """What counts, never below zero."""
        return max(self.receipt.fen - self.disregarded_fen, 0)


def counted(receipts: Iterable[Receipt], month: Month, register: str, law: InForce) -> list[Judged]:
    """The receipts of a month, each with what of it does not count for a register.

    Receipts of earlier months only tell what of a month's central minimum was used already. The law is that of the
    month of receipt. Raises UnknownChoice, and NotChecked past the checked law.
    """
    one_of("register", register, tuple(CATEGORY_BY_KEY))
    in_order = sorted(receipts, key=lambda one: (one.received, one.from_month))
    used: defaultdict[tuple[str, Month], Fen] = defaultdict(int)
    found = []
    for one in in_order:
        if one.received > month:
            break
        free = _disregarded(one, register, law, used)
        if one.received == month:
            found.append(Judged(one, free))
    return found


def _disregarded(one: Receipt, register: str, law: InForce, used: dict[tuple[str, Month], Fen]) -> Fen:
    """What of a receipt does not count; ``used`` keeps what was left out already, by person and month it is for."""
    scope = _words(law, SCOPE, one.received, tuple(CATEGORY_BY_KEY))
    if register not in scope or one.source not in _words(law, COMPONENT, one.received, MAY_BE_BASE) or one.fen <= 0:
        return 0
    rule = one_of(RULE, law.value(RULE, one.received), ("full_base", "central_minimum"))
    if rule == "full_base":
        return one.fen
    free = 0
    for month in range(one.from_month, one.until_month):
        key = (one.person, month)
        part = min(one.monthly_fen, max(whole(law.value(CENTRAL_MINIMUM, month)) - used[key], 0))
        used[key] += part
        free += part
    return free


def _words(law: InForce, name: str, month: Month, known: tuple[str, ...]) -> tuple[str, ...]:
    value = law.value(name, month)
    return tuple(one_of(name, word, known) for word in (value if isinstance(value, tuple) else (value,)))
