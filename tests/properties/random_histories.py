"""Made-up lives: what is true of people, and how an office comes to hear of it, late, doubled and wrong.

One person's life is a list of truths. From the same random source come the tellings: each truth on some
day, perhaps twice, perhaps first without its end; beside them falsehoods, told and later withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from yingbao.values.facts import Category, FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Bucket, Item

FIRST_DAY = date(2018, 7, 1)
LAST_DAY = date(2020, 6, 30)
DAYS = (LAST_DAY - FIRST_DAY).days
OPENING_MONTH = month_of(2018, 7)
STATEMENT_FROM = month_of(2018, 4)
THREE = ("destitute", "subsistence_urban", "subsistence_rural", "registered_low_income")
# Most are of the three classes of the bulletin, as in life.
CATEGORIES = (*THREE, *THREE, *(one.key for one in Category if one.key not in THREE))


class Truth(NamedTuple):
    """A fact as FACTS has it, without its number."""

    person_id: int
    kind: FactKind
    value: str | None
    number: int | None
    holds_from: date
    holds_until: date | None


class Telling(NamedTuple):
    """A fact told on a day; ``ends`` and ``withdrawn``: what is said of it later."""

    told: date
    truth: Truth
    ends: tuple[tuple[date, date | None], ...] = ()
    withdrawn: date | None = None


@dataclass
class Life:
    """A person: the truths, the tellings, and a balance credited before everything."""

    person_id: int
    balance_fen: int = 0
    truths: list[Truth] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)


def some_day(rng: Random, first: date = FIRST_DAY, last: date = LAST_DAY) -> date:
    """A day of the two years, or of the span."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def span(rng: Random, first: date, last: date, *, open_share: float) -> tuple[date, date | None]:
    """A first and a last day in order; open with the given share."""
    start = some_day(rng, first, last)
    return start, None if rng.random() < open_share else some_day(rng, start, last)


def birth_of(rng: Random) -> tuple[str, date]:
    """A kind of person and a birth date that suits it."""
    kind, first, last = rng.choice((
        ("elder", date(1928, 1, 1), date(1958, 6, 30)),
        ("near", date(1958, 7, 1), date(1960, 6, 30)),
        ("near", date(1958, 7, 1), date(1960, 6, 30)),
        ("worker", date(1962, 1, 1), date(2001, 12, 31)),
        ("teen", date(2002, 1, 1), date(2005, 6, 30)),
        ("stated", date(1930, 1, 1), date(1957, 12, 31)),
        ("regular", date(1945, 1, 1), date(1960, 3, 31)),
    ))  # fmt: skip
    return kind, some_day(rng, first, last)


def truths_of(rng: Random, person_id: int) -> list[Truth]:
    """A whole life: birth, groups, an account, and now and then everything that may befall a person."""
    kind, birth = birth_of(rng)
    early = date(2016, 1, 1)
    found = [born(person_id, birth)] if rng.random() > 0.02 else []

    def add(what: FactKind, value: str | None, days: tuple[date, date | None], number: int | None = None) -> None:
        found.append(Truth(person_id, what, value, number, *days))

    add(FactKind.BANK_ACCOUNT, None, (early, None))
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        held = span(rng, early, LAST_DAY, open_share=0.6)
        add(FactKind.CATEGORY, rng.choice(CATEGORIES), held, rng.choice((None, 1, 2)))
    if kind == "stated":
        since = some_day(rng, date(2005, 1, 1), date(2018, 3, 31))
        add(FactKind.PENSION_IN_PAYMENT, Item.BASE_PENSION.key, (since, None), 12_500)
        add(FactKind.PENSION_IN_PAYMENT, Item.ACCOUNT_PENSION.key, (since, None), rng.randint(1, 9_000))
    if kind == "regular":
        add(FactKind.ENROLMENT, None, (date(2010, 1, 1), None))
        add(FactKind.PAID_YEARS, None, (early, None), rng.choice((13, 14, 15, 22)))
    found += paid_by(rng, person_id)
    for what, values, numbers, share in TOLD_OF_SOME:
        if rng.random() < share:
            add(what, rng.choice(values), (some_day(rng, date(2018, 3, 1)), None), rng.choice(numbers))
    for what, value, share, open_share in BEFALLS:
        if rng.random() < share:
            add(what, value, span(rng, date(2018, 3, 1), LAST_DAY - timedelta(days=1), open_share=open_share))
    return [_until_stood(rng, one) for one in found]


def _until_stood(rng: Random, truth: Truth) -> Truth:
    """At double receipt the office writes down the last month whose account pension stays paid, or does not."""
    if truth.value != "double_receipt" or rng.random() < 0.5:
        return truth
    last = truth.holds_from + timedelta(days=rng.randint(0, 120))
    return truth._replace(number=last.year * 100 + last.month)


# Dated facts with a value and a number of some: kind, values, numbers, share of people.
TOLD_OF_SOME = (
    (FactKind.HOUSEHOLD_REGISTRATION, ("320682001001", "320682103002"), (None,), 0.3),
    (FactKind.YEARS_TRANSFERRED, (None,), (1, 2, 4), 0.15),
    (FactKind.TRANSFER_IN, tuple(one.key for one in Bucket), (5_001, 100_000, 777_777), 0.06),
    (FactKind.RECOVERY_PLAN, (None,), (2_000, 6_000, 100_000), 0.15),
    (FactKind.PAYEE_ACCOUNT, ("继承人", "接收单位"), (None,), 0.25),
    (FactKind.APPLICATION, (None,), (None,), 0.3),
)
PAYMENTS = (FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.COLLECTIVE_AID)
# Told once: the channel's own serial number keeps the store from taking a payment twice.
TOLD_ONCE = (*PAYMENTS, FactKind.YEARS_TRANSFERRED, FactKind.TRANSFER_IN)
AMOUNTS = (10_000, 10_000, 20_000, 50_000, 60_000, 200_000, 12_345)


def paid_by(rng: Random, person_id: int) -> list[Truth]:
    """Money that people and collectives pay: tiers and amounts that are none, now and then twice, for missed years, ahead."""
    found = []
    for year in (2018, 2019, 2020):
        first, last = max(FIRST_DAY, date(year, 1, 1)), min(LAST_DAY, date(year, 12, 31))
        for kind, share in ((FactKind.OWN_PAYMENT, 0.3), (FactKind.OWN_PAYMENT, 0.08), (FactKind.COLLECTIVE_AID, 0.08),
                            (FactKind.MAKEUP_PAYMENT, 0.06)):  # fmt: skip
            if rng.random() < share:
                of = year - rng.randint(1, 3) if kind is FactKind.MAKEUP_PAYMENT else year
                found.append(Truth(person_id, kind, str(of), rng.choice(AMOUNTS), some_day(rng, first, last), None))
    if rng.random() < 0.06:  # before the books began: it is in the balance that the register states
        day = some_day(rng, date(2018, 1, 1), FIRST_DAY - timedelta(days=1))
        found.append(Truth(person_id, FactKind.OWN_PAYMENT, "2018", rng.choice(AMOUNTS), day, None))
    # Which of two payments of one day came first is told by their serial numbers, which these have not.
    return list({truth.holds_from: truth for truth in found}.values())


BEFALLS = (
    (FactKind.DEATH, None, 0.12, 1.0),
    (FactKind.PRISONER, None, 0.08, 0.3),
    (FactKind.OTHER_PENSION, "employee", 0.06, 0.7),
    (FactKind.OTHER_SCHEME, "employee", 0.05, 0.5),
    (FactKind.MOVED_OUT, None, 0.05, 0.8),
    (FactKind.ABROAD, None, 0.03, 0.8),
    (FactKind.STUDENT, None, 0.08, 0.5),
    (FactKind.SOLDIER, None, 0.08, 0.5),
    (FactKind.ENROLMENT, None, 0.1, 0.9),
    (FactKind.WAIVER, "proxy_contribution", 0.04, 0.4),
    (FactKind.WAIVER, "all", 0.08, 0.4),
    (FactKind.WAIVER, "benefit", 0.04, 0.3),
    (FactKind.POVERTY_EXIT_FLAG, None, 0.25, 1.0),
    (FactKind.OTHER_COUNTY, None, 0.07, 0.5),
    (FactKind.RELATION_ENDED, "joined_employee", 0.02, 1.0),
    (FactKind.RELATION_ENDED, "transferred_out", 0.02, 1.0),
    (FactKind.RELATION_ENDED, "abroad", 0.01, 1.0),
    (FactKind.RELATION_ENDED, "double_receipt", 0.02, 1.0),
    (FactKind.RELATION_ENDED, "other", 0.01, 0.8),
    # Holds end by the last day: money that still waits is not yet comparable.
    (FactKind.HOLD, "life_certificate_lapsed", 0.12, 0.0),
    (FactKind.SUSPECTED_DEATH, None, 0.05, 0.0),
)


def born(person_id: int, birth: date) -> Truth:
    """A birth date as a fact."""
    return Truth(person_id, FactKind.BIRTH, None, int(birth.strftime("%Y%m%d")), birth, None)


def tellings_of(rng: Random, truth: Truth) -> list[Telling]:
    """How the office hears of a truth: once or twice, early or late, at once or first without its end."""
    times = 2 if rng.random() < 0.2 and truth.kind not in TOLD_ONCE else 1
    if truth.kind is FactKind.PENSION_IN_PAYMENT:  # the register is there when the books open
        return [Telling(FIRST_DAY, truth)] * times
    found = []
    for _ in range(times):
        told = some_day(rng)
        if rng.random() < 0.5:
            told = max(FIRST_DAY, min(LAST_DAY, truth.holds_from + timedelta(days=rng.randint(0, 40))))
        if truth.holds_until is None and rng.random() > 0.1:
            found.append(Telling(told, truth))
            continue
        if truth.holds_until is not None and rng.random() < 0.5:
            found.append(Telling(told, truth))
            continue
        # First told open, or with a wrong last day; the last word is the truth.
        first = truth._replace(holds_until=None if rng.random() < 0.5 else some_day(rng, truth.holds_from, LAST_DAY))
        days = sorted(some_day(rng, told, LAST_DAY) for _ in range(2))
        wrong = some_day(rng, truth.holds_from, max(truth.holds_from, LAST_DAY))
        found.append(Telling(told, first, ((days[0], wrong), (days[1], truth.holds_until))))
    return found


LIES = (
    (FactKind.DEATH, None, None, 0.2), (FactKind.CATEGORY, "destitute", None, 0.2), (FactKind.PRISONER, None, None, 0.1),
    (FactKind.OTHER_PENSION, "employee", None, 0.1), (FactKind.WAIVER, "all", None, 0.05),
    (FactKind.CATEGORY, "subsistence_rural", 2, 0.1), (FactKind.RELATION_ENDED, "double_receipt", None, 0.05),
    (FactKind.RELATION_ENDED, "transferred_out", None, 0.05), (FactKind.OTHER_SCHEME, "employee", None, 0.08),
    (FactKind.TRANSFER_IN, "own", 33_333, 0.04), (FactKind.YEARS_TRANSFERRED, None, 3, 0.03),
    (FactKind.PAID_YEARS, None, 16, 0.05), (FactKind.ENROLMENT, None, None, 0.05), (FactKind.SOLDIER, None, None, 0.05),
    (FactKind.STUDENT, None, None, 0.03), (FactKind.ABROAD, None, None, 0.04), (FactKind.MOVED_OUT, None, None, 0.04),
    (FactKind.OTHER_COUNTY, None, None, 0.04), (FactKind.POVERTY_EXIT_FLAG, None, None, 0.05),
    (FactKind.RECOVERY_PLAN, None, 4_000, 0.05), (FactKind.PAYEE_ACCOUNT, "继承人", None, 0.04),
    (FactKind.APPLICATION, None, None, 0.05), (FactKind.HOLD, "life_certificate_lapsed", None, 0.04),
    (FactKind.SUSPECTED_DEATH, None, None, 0.05), (FactKind.HOUSEHOLD_REGISTRATION, "320682116001", None, 0.05),
)  # fmt: skip


def falsehoods(rng: Random, person_id: int) -> list[Telling]:
    """What was never so: told, and withdrawn some day."""
    lies = [born(person_id, birth_of(rng)[1])] if rng.random() < 0.25 else []
    for kind, value, number, share in LIES:
        if rng.random() < share:
            lies.append(Truth(person_id, kind, value, number, *span(rng, date(2017, 1, 1), LAST_DAY, open_share=0.7)))
    lies += [one._replace(number=one.number or 0) for one in paid_by(rng, person_id) if rng.random() < 0.3]
    found = []
    for lie in lies:
        told = some_day(rng)
        found.append(Telling(told, lie, withdrawn=some_day(rng, told, LAST_DAY)))
    return found


def life(rng: Random, person_id: int) -> Life:
    """One made-up person with everything that is told of them, in no order."""
    made = Life(person_id, rng.choice((0, 0, 10_000, 9_661, 1_390_000)), truths_of(rng, person_id))
    for truth in made.truths:
        made.tellings += tellings_of(rng, truth)
    made.tellings += falsehoods(rng, person_id)
    rng.shuffle(made.tellings)
    return made
