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
    OWN_CONTRIBUTION = 5
    MAKEUP_CONTRIBUTION = 6
    COLLECTIVE_AID = 7
    SUBSIDY_PROVINCE = 8
    SUBSIDY_CITY = 9
    SUBSIDY_COUNTY = 10
    INTEREST = 11
    LONG_PAY_SUPPLEMENT = 12
    AGE_SUPPLEMENT = 13
    FUNERAL_GRANT = 14
    ACCOUNT_REFUND = 15
    CONTRIBUTION_REFUND = 16
    TRANSFER_OUT = 17
    TRANSFER_IN = 18
    # What a paid account pension or refund takes out of the account, by money source: one item a bucket.
    CHARGE_OWN = 201
    CHARGE_PROVINCE = 202
    CHARGE_CITY = 203
    CHARGE_COUNTY = 204
    CHARGE_COLLECTIVE = 205
    CHARGE_PROXY = 206
    CHARGE_INTEREST = 207
    CHARGE_TRANSFERRED = 208
    # What came from another office, by money source; TRANSFER_IN itself is what came without one.
    TRANSFER_IN_OWN = 211
    TRANSFER_IN_PROVINCE = 212
    TRANSFER_IN_CITY = 213
    TRANSFER_IN_COUNTY = 214
    TRANSFER_IN_COLLECTIVE = 215
    TRANSFER_IN_PROXY = 216
    TRANSFER_IN_INTEREST = 217

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
        return self in _CREDITED or self in CHARGES

    @property
    def once(self) -> bool:
        """Paid once, in the month in which it becomes due."""
        return self in _ONCE

    @property
    def paid(self) -> bool:
        """Money that goes out through the bank: a monthly benefit or a one-off."""
        return not self.yearly


_ZH = {
    Item.PROXY_CONTRIBUTION: "政府代缴",
    Item.BASE_PENSION: "基础养老金",
    Item.ACCOUNT_PENSION: "个人账户养老金",
    Item.COUNTY_TOP_UP: "县加发基础养老金",
    Item.OWN_CONTRIBUTION: "个人缴费",
    Item.MAKEUP_CONTRIBUTION: "补缴",
    Item.COLLECTIVE_AID: "集体补助",
    Item.SUBSIDY_PROVINCE: "省级缴费补贴",
    Item.SUBSIDY_CITY: "市级缴费补贴",
    Item.SUBSIDY_COUNTY: "县级缴费补贴",
    Item.INTEREST: "个人账户利息",
    Item.LONG_PAY_SUPPLEMENT: "缴费年限养老金",
    Item.AGE_SUPPLEMENT: "高龄加发",
    Item.FUNERAL_GRANT: "丧葬补助金",
    Item.ACCOUNT_REFUND: "个人账户一次性退还",
    Item.CONTRIBUTION_REFUND: "缴费退还",
    Item.TRANSFER_OUT: "转移支出",
    Item.TRANSFER_IN: "转移收入",
    Item.CHARGE_OWN: "账户支出（个人缴费）",
    Item.CHARGE_PROVINCE: "账户支出（省级补贴）",
    Item.CHARGE_CITY: "账户支出（市级补贴）",
    Item.CHARGE_COUNTY: "账户支出（县级补贴）",
    Item.CHARGE_COLLECTIVE: "账户支出（集体补助）",
    Item.CHARGE_PROXY: "账户支出（政府代缴）",
    Item.CHARGE_INTEREST: "账户支出（利息）",
    Item.CHARGE_TRANSFERRED: "账户支出（转入）",
    Item.TRANSFER_IN_OWN: "转移收入（个人缴费）",
    Item.TRANSFER_IN_PROVINCE: "转移收入（省级补贴）",
    Item.TRANSFER_IN_CITY: "转移收入（市级补贴）",
    Item.TRANSFER_IN_COUNTY: "转移收入（县级补贴）",
    Item.TRANSFER_IN_COLLECTIVE: "转移收入（集体补助）",
    Item.TRANSFER_IN_PROXY: "转移收入（政府代缴）",
    Item.TRANSFER_IN_INTEREST: "转移收入（利息）",
}


class Bucket(IntEnum):
    """The money sources of an individual account. The number is what the books keep; never renumber."""

    OWN = 1
    PROVINCE = 2
    CITY = 3
    COUNTY = 4
    COLLECTIVE = 5
    PROXY = 6
    INTEREST = 7
    TRANSFERRED = 8

    @property
    def key(self) -> str:
        """``own``: the word in the chart and in documents."""
        return self.name.lower()

    @property
    def zh(self) -> str:
        """The word on statements."""
        return _BUCKET_ZH[self]

    @property
    def subsidy(self) -> bool:
        """Government money that is kept back where only own money is refunded."""
        return self in (Bucket.PROVINCE, Bucket.CITY, Bucket.COUNTY, Bucket.PROXY)

    @property
    def charge(self) -> Item:
        """The item of what is taken out of this source."""
        return Item(_CHARGE_BASE + int(self))

    @property
    def transfer(self) -> Item:
        """The item of what came into this source from another office."""
        return Item.TRANSFER_IN if self is Bucket.TRANSFERRED else Item(_TRANSFER_BASE + int(self))


_BUCKET_ZH = {
    Bucket.OWN: "个人缴费", Bucket.PROVINCE: "省级补贴", Bucket.CITY: "市级补贴", Bucket.COUNTY: "县级补贴",
    Bucket.COLLECTIVE: "集体补助", Bucket.PROXY: "政府代缴", Bucket.INTEREST: "利息", Bucket.TRANSFERRED: "转入",
}  # fmt: skip
_CHARGE_BASE = 200  # 101 to 108 are the opening balances of the accounts
_TRANSFER_BASE = 210

# What fills an account, and into which money source.
BUCKET_OF = {
    Item.OWN_CONTRIBUTION: Bucket.OWN,
    Item.MAKEUP_CONTRIBUTION: Bucket.OWN,
    Item.COLLECTIVE_AID: Bucket.COLLECTIVE,
    Item.SUBSIDY_PROVINCE: Bucket.PROVINCE,
    Item.SUBSIDY_CITY: Bucket.CITY,
    Item.SUBSIDY_COUNTY: Bucket.COUNTY,
    Item.INTEREST: Bucket.INTEREST,
    Item.PROXY_CONTRIBUTION: Bucket.PROXY,
    **{bucket.transfer: bucket for bucket in Bucket},
}
CHARGES = tuple(bucket.charge for bucket in Bucket)
TRANSFERS_IN = tuple(bucket.transfer for bucket in Bucket)
_CREDITED = tuple(BUCKET_OF)
_ONCE = (Item.FUNERAL_GRANT, Item.ACCOUNT_REFUND, Item.CONTRIBUTION_REFUND, Item.TRANSFER_OUT)
# The items that an account run books; a proxy run books the contributions that the county pays.
ACCOUNT_ITEMS = (*(item for item in BUCKET_OF if item is not Item.PROXY_CONTRIBUTION), *CHARGES)
MONTHLY = tuple(item for item in Item if not item.yearly and not item.once)
PAID = tuple(item for item in Item if item.paid)

ITEM_BY_KEY = {item.key: item for item in Item}
BUCKET_BY_KEY = {bucket.key: bucket for bucket in Bucket}


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
