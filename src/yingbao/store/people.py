"""Finding and adding people, and the facts that stand, by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import polars as pl
from django.db.models import Max

from yingbao.store import bulk, sealed, tables, tally
from yingbao.store.models import Fact, FactChange, Person, PersonAlias, SourceFile
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber, IdNumber

T = TypeVar("T")

# A person's number is the pool code and seven digits: pools never meet in one number.
PLACES = 10_000_000
_CHUNK = 900  # SQLite's old limit of variables in a statement, with room to spare


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody already kept."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact that stands: not withdrawn, not ended. ``roster``: the kind of roster that told it, or empty."""

    fact_id: int
    holds_from: date
    holds_until: date | None
    number: int | None
    value: str | None
    roster: str


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to write."""

    person_id: int
    kind: FactKind
    holds_from: date
    holds_until: date | None = None
    value: str | None = None
    number: int | None = None
    source_row: int | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the other side's number: ``base`` as the other side says it, ``turn`` how often it was told anew."""

    base: str
    turn: int
    kind: int
    person_id: int
    value: str
    number: int
    day: date
    withdrawn: bool


def references(pool: int, wanted: Iterable[str]) -> dict[tuple[int, str], Told]:
    """What is kept under the other side's numbers, by (kind, number): of one withdrawn and told anew, the last."""
    found: dict[tuple[int, str], Told] = {}
    asked, turn = set(wanted), 1
    while asked:
        names = {anew(base, turn): base for base in asked}
        asked = set()
        for part in _chunks(sorted(names)):
            rows = list(Fact.objects.filter(pool=pool, reference__in=part).values_list(
                "pk", "reference", "kind", "person_id", "value", "number", "holds_from"))  # fmt: skip
            gone = set(FactChange.objects.filter(fact_id__in=[row[0] for row in rows], change="withdrawn").values_list(
                "fact_id", flat=True))  # fmt: skip
            for number, reference, kind, person, value, amount, day in rows:
                base = names[reference]
                found[kind, base] = Told(base, turn, kind, person, value, amount, day, number in gone)
                asked |= {base} if number in gone else set()
        turn += 1
    return found


def anew(reference: str, turn: int) -> str:
    """A number told anew after its fact was withdrawn: facts are never edited, so it gets a mark behind it."""
    return reference if turn == 1 else f"{reference}~{turn}"


def _chunks(values: Iterable[T]) -> Iterable[list[T]]:
    whole = list(values)
    return (whole[start : start + _CHUNK] for start in range(0, len(whole), _CHUNK))


def by_index(pool: int, indexes: Iterable[str]) -> dict[str, Known]:
    """The people behind blind indexes of ID numbers, present ones and replaced ones (aliases)."""
    found: dict[str, Known] = {}
    for part in _chunks(sorted(set(indexes))):
        for number, name, index in Person.objects.filter(pool=pool, id_index__in=part).values_list("pk", "name", "id_index"):
            found[index] = Known(number, name)
        for number, index in PersonAlias.objects.filter(pool=pool, index__in=part, kind="replaced_id").values_list(
            "person_id", "index"
        ):
            found.setdefault(index, Known(number, Person.objects.get(pk=number).name))
    return found


def names(pool: int, person_ids: Iterable[int]) -> dict[int, str]:
    """The names of some people; whoever is not of the pool is left out."""
    found: dict[int, str] = {}
    for part in _chunks(sorted(set(person_ids))):
        found.update(Person.objects.filter(pool=pool, pk__in=part).values_list("pk", "name"))
    return found


def namesakes(pool: int, names: Iterable[str]) -> dict[str, list[Known]]:
    """The people of some names."""
    found: dict[str, list[Known]] = {}
    for part in _chunks(sorted(set(names))):
        of = Person.objects.filter(pool=pool, name__in=part)
        for number, name in of.order_by("id").values_list("id", "name"):
            found.setdefault(name, []).append(Known(number, name))
    return found


def clear_ids(person_ids: Iterable[int]) -> dict[int, str]:
    """The ID numbers of some people, opened to compare them. Never show or keep one."""
    found: dict[int, str] = {}
    for part in _chunks(sorted(set(person_ids))):
        rows = list(Person.objects.filter(pk__in=part).values_list("pk", "id_cipher"))
        opened = sealed.open_ids([cipher for _, cipher in rows], [number for number, _ in rows])
        found.update(zip([number for number, _ in rows], opened, strict=True))
    return found


def add(pool: int, act_seq: int, rows: Sequence[tuple[str, IdNumber, str]]) -> list[int]:
    """Add people ``(name, ID number, blind index)``; their new numbers in order."""
    if not rows:
        return []
    last = Person.objects.filter(pool=pool).aggregate(last=Max("pk"))["last"] or pool * PLACES
    numbers = list(range(last + 1, last + 1 + len(rows)))
    ciphers = sealed.seal_ids([one.reveal() for _, one, _ in rows], numbers)
    count = len(rows)
    bulk.write(Person, pl.DataFrame({
        "id": pl.Series(numbers, dtype=pl.Int64),
        "pool": pl.Series([pool] * count, dtype=pl.Int32),
        "name": [name for name, _, _ in rows],
        "id_cipher": ciphers,
        "id_index": [index for _, _, index in rows],
        "sex": [one.sex for _, one, _ in rows],
        "act_seq": pl.Series([act_seq] * count, dtype=pl.Int64),
    }))  # fmt: skip
    return numbers


def add_facts(pool: int, act_seq: int, told_at: date, facts: Sequence[NewFact], source_file_id: int | None) -> None:
    """Write facts in bulk. Bank accounts are not written here: they are sealed one by one or by column."""
    if not facts:
        return
    count = len(facts)
    bulk.write(Fact, pl.DataFrame({
        "pool": pl.Series([pool] * count, dtype=pl.Int32),
        "person_id": pl.Series([one.person_id for one in facts], dtype=pl.Int64),
        "kind": pl.Series([int(one.kind) for one in facts], dtype=pl.Int16),
        "value": pl.Series([one.value for one in facts], dtype=pl.String),
        "number": pl.Series([one.number for one in facts], dtype=pl.Int64),
        "holds_from": pl.Series([one.holds_from for one in facts], dtype=pl.Date),
        "holds_until": pl.Series([one.holds_until for one in facts], dtype=pl.Date),
        "told_at": pl.Series([told_at] * count, dtype=pl.Date),
        "act_seq": pl.Series([act_seq] * count, dtype=pl.Int64),
        "source_file_id": pl.Series([source_file_id] * count, dtype=pl.Int64),
        "source_row": pl.Series([one.source_row for one in facts], dtype=pl.Int32),
        "reference": pl.Series([one.reference for one in facts], dtype=pl.String),
    }))  # fmt: skip


def tell_accounts(
    pool: int, act_seq: int, told_at: date, accounts: dict[int, tuple[AccountNumber, str, int]], source_file_id: int
) -> int:
    """Write bank accounts ``person → (account, bank, row)`` of people who have none yet; how many.

    A roster's account never replaces one that the person registered.
    """
    numbers = sorted(accounts)
    have: set[int] = set()
    for part in _chunks(numbers):
        have |= set(Fact.objects.filter(pool=pool, person_id__in=part, kind=int(FactKind.BANK_ACCOUNT)).values_list(
            "person_id", flat=True))  # fmt: skip
    fresh = [number for number in numbers if number not in have]
    if not fresh:
        return 0
    clear = [accounts[number][0].reveal() for number in fresh]
    count = len(fresh)
    bulk.write(Fact, pl.DataFrame({
        "pool": pl.Series([pool] * count, dtype=pl.Int32),
        "person_id": pl.Series(fresh, dtype=pl.Int64),
        "kind": pl.Series([int(FactKind.BANK_ACCOUNT)] * count, dtype=pl.Int16),
        "value": [accounts[number][1] for number in fresh],
        "secret": sealed.seal_accounts(clear, fresh),
        "secret_index": sealed.indexes_of_accounts(clear),
        "holds_from": pl.Series([told_at] * count, dtype=pl.Date),
        "told_at": pl.Series([told_at] * count, dtype=pl.Date),
        "act_seq": pl.Series([act_seq] * count, dtype=pl.Int64),
        "source_file_id": pl.Series([source_file_id] * count, dtype=pl.Int64),
        "source_row": pl.Series([accounts[number][2] for number in fresh], dtype=pl.Int32),
    }))  # fmt: skip
    return count


def end_facts(
    pool: int, act_seq: int, told_at: date, ends: Sequence[tuple[int, date]], reason: str
) -> None:
    """Say of facts ``(number, last day)`` that they held only until then."""
    tally.create_all(
        FactChange,
        [
            FactChange(pool=pool, fact_id=number, change="ended", holds_until=until, told_at=told_at, act_seq=act_seq,
                       reason=reason)
            for number, until in ends
        ],
        batch_size=2_000,
    )  # fmt: skip


def standing(
    pool: int, kinds: Sequence[FactKind], person_ids: Iterable[int], told_by: Iterable[str]
) -> dict[tuple[int, int, str | None], Standing]:
    """The facts of some kinds that stand now, by (person, kind, value): of some people, and all that some kinds of roster told."""
    wanted = sorted(set(person_ids))
    rosters = dict(SourceFile.objects.filter(pool=pool).values_list("pk", "kind"))
    told = Fact.objects.filter(pool=pool, kind__in=[int(kind) for kind in kinds]).values_list(
        "id", "person_id", "kind", "value", "number", "holds_from", "holds_until", "source_file_id")  # fmt: skip
    names = set(told_by)
    if not names:
        found = tables.read(told, wanted)
    else:
        files = [number for number, kind in rosters.items() if kind in names]
        found = bulk.read(told).filter(pl.col("source_file_id").is_in(files) | pl.col("person_id").is_in(wanted))
    changed = set(FactChange.objects.filter(pool=pool).values_list("fact_id", flat=True))
    return {
        (person, kind, value): Standing(number, begins, until, figure, value, rosters.get(source, ""))
        for number, person, kind, value, figure, begins, until, source in found.sort("id").iter_rows()
        if number not in changed
    }


_MANY = 2_000  # people past which one pass over all births is cheaper than asking piece by piece


def births(pool: int, person_ids: Iterable[int]) -> dict[int, int]:
    """Birth dates (yyyymmdd) of some people, as they stand."""
    wanted = sorted(set(person_ids))
    gone = set(FactChange.objects.filter(pool=pool, change="withdrawn").values_list("fact_id", flat=True))
    told = Fact.objects.filter(pool=pool, kind=int(FactKind.BIRTH)).order_by("id").values_list("id", "person_id", "number")
    if len(wanted) > _MANY:
        people = pl.DataFrame({"person_id": pl.Series(wanted, dtype=pl.Int64)})
        rows: Iterable[tuple[int, int, int]] = bulk.read(told).join(people, on="person_id", how="semi").sort("id").iter_rows()
    else:
        rows = (row for part in _chunks(wanted) for row in told.filter(person_id__in=part))
    return {person: birth for number, person, birth in rows if number not in gone}


def villages(pool: int, person_ids: Iterable[int]) -> dict[int, str]:
    """Registered villages of some people."""
    found: dict[int, str] = {}
    for part in _chunks(sorted(set(person_ids))):
        found.update(Fact.objects.filter(
            pool=pool, person_id__in=part, kind=int(FactKind.HOUSEHOLD_REGISTRATION)
        ).order_by("pk").values_list("person_id", "value"))  # fmt: skip
    return found

