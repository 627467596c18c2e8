"""What a fen is for: a person, an item and a period. Carried by due, done, gap, line, posting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from yingbao.values.month import Month, show_month


class Item(IntEnum):
    """The kinds of money. The number is what the store keeps; add at the end, never renumber."""

    PROXY_CONTRIBUTION = 1
    BASE_PENSION = 2
    ACCOUNT_PENSION = 3
    COUNTY_TOP_UP = 4

    @property
    def key(self) -> str:
        """``base_pension``: the word in documents and exports."""
        return self.name.lower()

    @property
    def zh(self) -> str:
        """The word on screens."""
        return _ZH[self]

    @property
    def yearly(self) -> bool:
        """A one-off of a calendar year: its period is the month January of that year."""
        return self is Item.PROXY_CONTRIBUTION


_ZH = {
    Item.PROXY_CONTRIBUTION: "政府代缴",
    Item.BASE_PENSION: "基础养老金",
    Item.ACCOUNT_PENSION: "个人账户养老金",
    Item.COUNTY_TOP_UP: "县加发基础养老金",
}

ITEM_BY_KEY = {item.key: item for item in Item}


@dataclass(frozen=True, slots=True, order=True)
class Purpose:
    """The person (number in the store), the item and the period (half-open months)."""

    person_id: int
    item: Item
    from_month: Month
    until_month: Month

    def __str__(self) -> str:
        if self.item.yearly:
            return f"{self.item.zh} {self.from_month // 12}"
        return f"{self.item.zh} {show_month(self.from_month)}–{show_month(self.until_month - 1)}"
