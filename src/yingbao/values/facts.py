"""The kinds of fact an office is told, and the assisted categories.

A fact holds from a day until a day (both included; no end: still holds), and was told on a day.
"""

from __future__ import annotations

from enum import IntEnum


class FactKind(IntEnum):
    """What a fact says. The number is what the store keeps; add at the end, never renumber.

    ``value`` and ``number`` of a fact mean, by kind, what the comment beside it says.
    """

    BIRTH = 1  # number: yyyymmdd
    HOUSEHOLD_REGISTRATION = 2  # value: village code, 12 digits
    CATEGORY = 3  # value: a Category key; number: 1 full / 2 partial allowance, if told
    POVERTY_EXIT_FLAG = 4  # flagged out of poverty from this day (标注脱贫)
    ENROLMENT = 5  # enrolled in the resident scheme from this day
    # number: full years paid, as stated on this day; value: which they are, if told (2011-2013 2016), else none
    PAID_YEARS = 6
    PENSION_IN_PAYMENT = 7  # value: an Item key; number: fen a month stated; in payment from this day
    BANK_ACCOUNT = 8  # secret: account number; value: bank name
    ACCOUNT_REFUSED = 9  # the bank refused the account held on this day; value: bank's code
    OTHER_PENSION = 10  # draws a pension of another state scheme; value: employee | civil_service
    OTHER_SCHEME = 11  # insured in another state scheme; value: employee | civil_service
    STUDENT = 12
    SOLDIER = 13
    PRISONER = 14
    ABROAD = 15
    MOVED_OUT = 16
    DEATH = 17  # holds from the day of death
    SUSPECTED_DEATH = 18
    HOLD = 19  # value: a reason why money waits, e.g. life_certificate_lapsed
    WAIVER = 20  # value: all | proxy_contribution | benefit; from the day of signature
    OWN_PAYMENT = 21  # number: fen paid by the person; value: year; reference: channel and its serial
    OTHER_COUNTY = 22  # insured or paid in another county's resident scheme
    MAKEUP_PAYMENT = 23  # number: fen paid for a year that was missed; value: year; reference as above
    COLLECTIVE_AID = 24  # number: fen given by the collective; value: year; reference as above
    LIFE_CERTIFICATE = 25  # certified to live on this day; value: counter | phone | kiosk | village_visit | data_trace
    PAYEE_ACCOUNT = 26  # secret: account that money goes to instead; value: its holder (an heir, another office)
    # value: double_receipt | joined_employee | abroad | transferred_out | other. At double receipt from the first day of
    # the double months; number: the last month (yyyymm) whose account pension was paid and stays paid.
    RELATION_ENDED = 27
    TRANSFER_IN = 28  # number: fen that came with the person; value: a Bucket key, "transferred" where no source was stated
    YEARS_TRANSFERRED = 29  # number: full years that came with the person
    APPLICATION = 30  # applied for the pension on this day
    RECOVERY_NOTICE = 31  # number: fen asked back; value: number of the letter
    RECOVERY_PLAN = 32  # number: fen a month that may be set off against later pensions, by agreement
    WRITE_OFF = 33  # number: fen of what is owed back that is to be given up; value: why

    @property
    def key(self) -> str:
        """``household_registration``: the word in documents."""
        return self.name.lower()


FACT_KIND_BY_KEY = {kind.key: kind for kind in FactKind}


class Category(IntEnum):
    """The groups that the bureaux name."""

    DESTITUTE = 1
    SUBSISTENCE_URBAN = 2
    SUBSISTENCE_RURAL = 3
    REGISTERED_LOW_INCOME = 4
    SEVERE_DISABILITY = 5
    # After 2020, when no registered household was left in poverty: who fell back, and who is watched lest he does.
    FALLEN_INTO_POVERTY = 6
    MONITORED_UNSTABLE = 7
    MONITORED_MARGINAL = 8
    MONITORED_HARDSHIP = 9

    @property
    def key(self) -> str:
        """``subsistence_rural``: the word in documents and in the store."""
        return self.name.lower()

    @property
    def zh(self) -> str:
        """The word on screens."""
        return _CATEGORY_ZH[self]


_CATEGORY_ZH = {
    Category.DESTITUTE: "特困人员",
    Category.SUBSISTENCE_URBAN: "城市低保",
    Category.SUBSISTENCE_RURAL: "农村低保",
    Category.REGISTERED_LOW_INCOME: "建档立卡低收入人口",
    Category.SEVERE_DISABILITY: "重度残疾人",
    Category.FALLEN_INTO_POVERTY: "返贫致贫人口",
    Category.MONITORED_UNSTABLE: "脱贫不稳定人口",
    Category.MONITORED_MARGINAL: "边缘易致贫人口",
    Category.MONITORED_HARDSHIP: "突发严重困难人口",
}

CATEGORY_BY_KEY = {category.key: category for category in Category}
# The groups of the lists against falling back into poverty (防止返贫监测): one list may hold them all.
WATCHED = (
    Category.FALLEN_INTO_POVERTY, Category.MONITORED_UNSTABLE, Category.MONITORED_MARGINAL, Category.MONITORED_HARDSHIP,
)  # fmt: skip
