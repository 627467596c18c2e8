"""Facts about people: tell, end, withdraw, correct. A fact is never edited."""

from __future__ import annotations

from datetime import date

from yingbao.acts import collecting
from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import BadFact, PaymentsHaveTheirOwnAct, UnknownFact, UnknownPerson
from yingbao.rules.payments import MONEY_IN
from yingbao.rules.stated_years import years_named
from yingbao.store import people, sealed
from yingbao.store.models import Fact, FactChange, Person
from yingbao.values.facts import CATEGORY_BY_KEY, FactKind
from yingbao.values.identity import AccountNumber, IdNumber


def person_of(pool: int, person_id: int) -> Person:
    """A person of a pool. Raises UnknownPerson."""
    found = Person.objects.filter(pool=pool, pk=person_id).first()
    if found is None:
        raise UnknownPerson(pool=pool, shown=f"编号 {person_id}")
    return found


def person_by_id(pool: int, number: IdNumber) -> Person:
    """The person of an ID number, through the blind index. Raises UnknownPerson."""
    found = Person.objects.filter(pool=pool, id_index=sealed.index_of_id(number)).first()
    if found is None:
        raise UnknownPerson(pool=pool, shown=str(number))
    return found


def standing_fact(pool: int, fact_id: int) -> Fact:
    """A fact that is not withdrawn. Raises UnknownFact."""
    found = Fact.objects.filter(pool=pool, pk=fact_id).first()
    if found is None or FactChange.objects.filter(fact_id=fact_id, change="withdrawn").exists():
        raise UnknownFact(fact=fact_id)
    return found


def keep(
    act: Act,
    person_id: int,
    kind: FactKind,
    holds_from: date,
    *,
    holds_until: date | None = None,
    value: str | None = None,
    number: int | None = None,
) -> Fact:
    """Write one fact, told on the act's business date."""
    act.wrote(fact=1)
    return Fact.objects.create(
        pool=act.pool, person_id=person_id, kind=int(kind), value=value, number=number, holds_from=holds_from,
        holds_until=holds_until, told_at=act.on, act_seq=act.seq,
    )  # fmt: skip


@act("person.add", needs=Role.MAKER)
def add_person(act: Act, name: str, number: IdNumber) -> int:
    """Register somebody who comes to the counter before any list names him. Known already: his number."""
    index = sealed.index_of_id(number)
    known = Person.objects.filter(pool=act.pool, id_index=index).first()
    if known is not None:
        act.nothing_done()
        return int(known.pk)
    made = people.add(act.pool, act.seq, [(name, number, index)])[0]
    act.wrote(person=1)
    birth = number.birth
    keep(act, made, FactKind.BIRTH, birth, number=birth.year * 10000 + birth.month * 100 + birth.day)
    act.about(f"person {made}")
    return made


# Kinds of fact whose value is one of a few words.
VALUES: dict[FactKind, tuple[str, ...]] = {
    FactKind.CATEGORY: tuple(CATEGORY_BY_KEY), FactKind.OTHER_PENSION: ("employee", "civil_service"),
    FactKind.OTHER_SCHEME: ("employee", "civil_service"),
}  # fmt: skip


def refuse_unsound(kind: FactKind, holds_from: date, holds_until: date | None, value: str | None, on: date) -> None:
    """Raise BadFact for a day or a value that cannot be: a death to come, an end before the beginning."""
    if kind is FactKind.DEATH and holds_from > on:
        raise BadFact(kind=kind.key, why=f"死亡日期 {holds_from} 晚于业务日期 {on}", why_en=f"died {holds_from}, after {on}")
    if holds_until is not None and holds_until < holds_from:
        raise BadFact(kind=kind.key, why=f"止期 {holds_until} 早于起期 {holds_from}", why_en=f"ends {holds_until} before {holds_from}")
    if kind in VALUES and value not in VALUES[kind]:
        known = " ".join(VALUES[kind])
        raise BadFact(kind=kind.key, why=f"--value 应为其中之一：{known}", why_en=f"--value must be one of {known}")


def refuse_miscounted(kind: FactKind, value: str | None, number: int | None) -> None:
    """Raise BadFact for a number of paid years that is not that of the years named with it."""
    if kind is FactKind.PAID_YEARS and value is not None and len(years_named(value) or ()) != number:
        raise BadFact(kind=kind.key, why=f"写明的年度“{value}”不是 {number} 年（写法：2011-2013 2016）",
                      why_en=f"the years {value} are not {number} (write 2011-2013 2016)")  # fmt: skip


@act("fact.tell", needs=Role.MAKER)
def tell(
    act: Act,
    person_id: int,
    kind: FactKind,
    holds_from: date,
    *,
    holds_until: date | None = None,
    value: str | None = None,
    number: int | None = None,
) -> Fact:
    """Record a fact about a person, e.g. a death, a hold, a prison term. Bank accounts have their own act."""
    person_of(act.pool, person_id)
    if kind in MONEY_IN:
        raise PaymentsHaveTheirOwnAct(kind=kind.key)
    refuse_unsound(kind, holds_from, holds_until, value, act.on)
    refuse_miscounted(kind, value, number)
    made = keep(act, person_id, kind, holds_from, holds_until=holds_until, value=value, number=number)
    act.about(f"person {person_id}", fact=made.pk, kind=kind.key, holds_from=holds_from)
    return made


@act("fact.end", needs=Role.MAKER)
def end(act: Act, fact_id: int, holds_until: date, reason: str) -> None:
    """Say that a fact held only until a day, that day included."""
    fact = standing_fact(act.pool, fact_id)
    act.wrote(fact_change=1)
    FactChange.objects.create(
        pool=act.pool, fact_id=fact_id, change="ended", holds_until=holds_until, told_at=act.on, act_seq=act.seq,
        reason=reason,
    )  # fmt: skip
    act.about(f"person {fact.person_id}", fact=fact_id, holds_until=holds_until, reason=reason)


@act("fact.withdraw", needs=Role.MAKER)
def withdraw(act: Act, fact_id: int, reason: str) -> None:
    """Take back a fact that never was so. What was known before stays readable with --known-on."""
    fact = standing_fact(act.pool, fact_id)
    unsay(act, fact, reason)
    act.about(f"person {fact.person_id}", fact=fact_id, reason=reason)


def unsay(act: Act, fact: Fact, reason: str) -> None:
    """Write the withdrawal of a fact; of a payment, what it brought in as well."""
    collecting.uncollect(act, fact, reason)
    act.wrote(fact_change=1)
    FactChange.objects.create(
        pool=act.pool, fact_id=fact.pk, change="withdrawn", holds_until=None, told_at=act.on, act_seq=act.seq,
        reason=reason,
    )  # fmt: skip


@act("person.correct_birth", needs=Role.MAKER)
def correct_birth(act: Act, person_id: int, birth: date, reason: str) -> Fact:
    """Replace the birth date by another, from the papers. Dues move by themselves."""
    person_of(act.pool, person_id)
    gone = set(FactChange.objects.filter(pool=act.pool, change="withdrawn").values_list("fact_id", flat=True))
    for old in Fact.objects.filter(pool=act.pool, person_id=person_id, kind=int(FactKind.BIRTH)):
        if old.pk not in gone:
            unsay(act, old, reason)
    number = birth.year * 10000 + birth.month * 100 + birth.day
    made = keep(act, person_id, FactKind.BIRTH, birth, number=number)
    act.about(f"person {person_id}", fact=made.pk, reason=reason)
    return made


@act("person.bank_account", needs=Role.MAKER)
def set_bank_account(act: Act, person_id: int, account: AccountNumber, bank: str, holds_from: date | None = None) -> Fact:
    """Register the account that pensions go to. Also ends the wait after a refusal by the bank."""
    person_of(act.pool, person_id)
    act.wrote(fact=1)
    made = Fact.objects.create(
        pool=act.pool, person_id=person_id, kind=int(FactKind.BANK_ACCOUNT), value=bank,
        secret=sealed.seal_account(account, person_id), secret_index=sealed.index_of_account(account),
        holds_from=holds_from or act.on, told_at=act.on, act_seq=act.seq,
    )  # fmt: skip
    act.about(f"person {person_id}", fact=made.pk, kind="bank_account")
    return made
