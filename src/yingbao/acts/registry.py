"""Facts about people: tell, end, withdraw, correct. A fact is never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

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


def told_before(
    act: Act,
    person_id: int,
    kind: FactKind,
    holds_from: date,
    *,
    holds_until: date | None = None,
    value: str | None = None,
    number: int | None = None,
) -> Fact | None:
    """The very same fact, if an officer told it and it stands unchanged. What a roster tells goes with the roster."""
    same = Fact.objects.filter(
        pool=act.pool, person_id=person_id, kind=int(kind), holds_from=holds_from, holds_until=holds_until, value=value,
        number=number, source_file_id=None,
    )  # fmt: skip
    return next((one for one in same.order_by("-pk") if not FactChange.objects.filter(fact_id=one.pk).exists()), None)


def keep_once(act: Act, person_id: int, kind: FactKind, holds_from: date, **told: Any) -> Fact:
    """As :func:`keep`; what stands word for word already is not told twice: then the act has no effect."""
    known = told_before(act, person_id, kind, holds_from, **told)
    if known is None:
        return keep(act, person_id, kind, holds_from, **told)
    act.nothing_done()
    return known


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


def refuse_second_death(act: Act, person_id: int, day: date) -> None:
    """Raise BadFact where another day of death stands: only the earliest would count, in silence."""
    told = Fact.objects.filter(pool=act.pool, person_id=person_id, kind=int(FactKind.DEATH)).exclude(holds_from=day)
    for other in told:
        if not FactChange.objects.filter(fact_id=other.pk, change="withdrawn").exists():
            raise BadFact(
                kind=FactKind.DEATH.key, why=f"已登记于 {other.holds_from} 死亡（事实 {other.pk}），要改日期请先撤销它",
                why_en=f"fact {other.pk} says {other.holds_from}; withdraw it first",
            )  # fmt: skip


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
    """Record a fact about a person, e.g. a death, a hold, a prison term; word for word again: no effect.

    Bank accounts have their own act.
    """
    person_of(act.pool, person_id)
    if kind in MONEY_IN:
        raise PaymentsHaveTheirOwnAct(kind=kind.key)
    refuse_unsound(kind, holds_from, holds_until, value, act.on)
    refuse_miscounted(kind, value, number)
    if kind is FactKind.DEATH:
        refuse_second_death(act, person_id, holds_from)
    made = keep_once(act, person_id, kind, holds_from, holds_until=holds_until, value=value, number=number)
    act.about(f"person {person_id}", fact=made.pk, kind=kind.key, holds_from=holds_from)
    return made


@act("fact.end", needs=Role.MAKER)
def end(act: Act, fact_id: int, holds_until: date, reason: str) -> None:
    """Say that a fact held only until a day, that day included. The same day again: no effect."""
    fact = standing_fact(act.pool, fact_id)
    last = FactChange.objects.filter(fact_id=fact_id).order_by("-pk").first()
    if last is not None and last.holds_until == holds_until:
        act.nothing_done()
        return
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
    """Replace the birth date by another, from the papers. Dues move by themselves. The date that stands: no effect."""
    person_of(act.pool, person_id)
    gone = set(FactChange.objects.filter(pool=act.pool, change="withdrawn").values_list("fact_id", flat=True))
    told = Fact.objects.filter(pool=act.pool, person_id=person_id, kind=int(FactKind.BIRTH)).order_by("pk")
    standing = [one for one in told if one.pk not in gone]
    number = birth.year * 10000 + birth.month * 100 + birth.day
    if [one.number for one in standing] == [number]:
        act.nothing_done()
        return standing[0]
    for old in standing:
        unsay(act, old, reason)
    made = keep(act, person_id, FactKind.BIRTH, birth, number=number)
    act.about(f"person {person_id}", fact=made.pk, reason=reason)
    return made


@act("person.bank_account", needs=Role.MAKER)
def set_bank_account(act: Act, person_id: int, account: AccountNumber, bank: str, holds_from: date | None = None) -> Fact:
    """Register the account that pensions go to. Also ends the wait after a refusal by the bank. Again: no effect."""
    return keep_account(act, person_id, FactKind.BANK_ACCOUNT, account, bank, holds_from or act.on)


def keep_account(act: Act, person_id: int, kind: FactKind, account: AccountNumber, value: str, holds_from: date) -> Fact:
    """Write an account, sealed. The newest of its kind once more has no effect, unless the bank has refused it since."""
    person_of(act.pool, person_id)
    index = sealed.index_of_account(account)
    known = _account_before(act, person_id, kind, index, value, holds_from)
    if known is not None:
        act.nothing_done()
        return known
    act.wrote(fact=1)
    made = Fact.objects.create(
        pool=act.pool, person_id=person_id, kind=int(kind), value=value, secret=sealed.seal_account(account, person_id),
        secret_index=index, holds_from=holds_from, told_at=act.on, act_seq=act.seq,
    )  # fmt: skip
    act.about(f"person {person_id}", fact=made.pk, kind=kind.key)
    return made


def _account_before(act: Act, person_id: int, kind: FactKind, index: str, value: str, holds_from: date) -> Fact | None:
    """The newest account of a kind, if it is this very one, stands, and no bank has refused it since."""
    newest = Fact.objects.filter(pool=act.pool, person_id=person_id, kind=int(kind)).order_by("-pk").first()
    if newest is None or (newest.secret_index, newest.value, newest.holds_from) != (index, value, holds_from):
        return None
    refused = Fact.objects.filter(pool=act.pool, person_id=person_id, kind=int(FactKind.ACCOUNT_REFUSED), act_seq__gt=newest.act_seq)
    return None if refused.exists() or FactChange.objects.filter(fact_id=newest.pk).exists() else newest
