"""资格认证 and suspected deaths: told by the counter or by a file, confirmed or cleared. A missing one only holds money."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import CertificateNotSound, NoSuspicion
from yingbao.acts.registry import keep, keep_once, person_of, refuse_second_death
from yingbao.formats.certificates import CertificateFile, CertificateRow
from yingbao.formats.rosters.clean_name import name_key
from yingbao.formats.rosters.grid import text_of
from yingbao.rules.certificates import WAYS
from yingbao.store import people as store_people
from yingbao.store import sealed, sources, tally
from yingbao.store.models import Fact, FactChange, SourceFile, SourceRecord
from yingbao.store.sources import KeptRecord
from yingbao.values.facts import FactKind
from yingbao.values.identity import hide_numbers
from yingbao.values.month import month_of_date

FILE_KIND = "life_certificates"


@dataclass(frozen=True)
class LoadedCertificates:
    """What a file of results did: rows by disposition, and the reasons of those refused."""

    file_id: int
    counts: dict[str, int]
    refused: list[tuple[str, int, str, str]]  # sheet, row, name, codes
    repeated: bool = False


@act("certificate.record", needs=Role.MAKER)
def record(act: Act, person_id: int, way: str, day: date | None = None) -> Fact:
    """Somebody was seen to live, on a day (default: the business date). A hold for want of it ends by itself.

    The same day and way again: no effect.
    Raises UnknownPerson, CertificateNotSound.
    """
    person_of(act.pool, person_id)
    seen = day or act.on
    if way not in WAYS:
        raise CertificateNotSound(why=f"认证方式“{way}”不在 {'、'.join(WAYS)} 之中")
    if seen > act.on:
        raise CertificateNotSound(why=f"认证日期 {seen} 在业务日期 {act.on} 之后")
    made = keep_once(act, person_id, FactKind.LIFE_CERTIFICATE, seen, value=way)
    act.about(f"person {person_id}", fact=made.pk, way=way, day=seen)
    return made


@act("certificate.load", needs=Role.MAKER)
def load(act: Act, reading: CertificateFile) -> LoadedCertificates:
    """A file of results: a certificate for each good row, the others kept with their reason. Again: no effect."""
    known = sources.loaded(act.pool, reading.sha256, FILE_KIND)
    if known is not None:
        act.nothing_done()
        return LoadedCertificates(known.pk, dict(known.counts["records"]), _refused(known), repeated=True)
    people = _people(act.pool, reading)
    standing = _certified(act.pool, list(people.values()))
    kept, good = [], []
    names = store_people.names(act.pool, people.values())
    for row in reading.rows:
        person_id = people.get(row.number.reveal()) if row.number else None
        if row.name and person_id is not None and name_key(row.name) != name_key(names[person_id]):
            row.problems.append("same_id_different_names")
        _judge(act, row, person_id, standing)
        kept.append(_kept(row, "quarantined" if row.problems else "stored", person_id))
        if not row.problems and person_id is not None:
            good.append((person_id, row))
    kept += [_kept(row, "ignored", None) for row in reading.ignored]
    file = _keep_file(act, reading, kept)
    sources.keep_records(file, kept)
    tally.create_all(Fact, [
        Fact(pool=act.pool, person_id=person_id, kind=int(FactKind.LIFE_CERTIFICATE), value=row.way, holds_from=row.day,
             told_at=act.on, act_seq=act.seq, source_file_id=file.pk, source_row=row.row)
        for person_id, row in good
    ])  # fmt: skip
    act.wrote(fact=len(good))
    act.about(f"file {file.pk}", **file.counts["records"])
    return LoadedCertificates(file.pk, dict(file.counts["records"]), _refused(file))


def _refused(file: SourceFile) -> list[tuple[str, int, str, str]]:
    """The rows refused, as they are kept: told again when the file comes again, so that they can still be sent back."""
    kept = SourceRecord.objects.filter(source_file_id=file.pk, disposition="quarantined").order_by("number")
    return [(sheet, row, name or "", reasons) for sheet, row, name, reasons in kept.values_list("sheet", "row", "name", "reasons")]


def _people(pool: int, reading: CertificateFile) -> dict[str, int]:
    """ID number in clear → person, of those who are known, by the present number or by one that was replaced."""
    numbers = sorted({row.number.reveal() for row in reading.rows if row.number})
    of_index = dict(zip(sealed.indexes_of_ids(numbers), numbers, strict=True))
    return {of_index[index]: known.person_id for index, known in store_people.by_index(pool, of_index).items()}


def _certified(pool: int, person_ids: list[int]) -> set[tuple[int, date]]:
    """Who is certified on which day already."""
    found: set[tuple[int, date]] = set()
    for first in range(0, len(person_ids), 500):
        part = Fact.objects.filter(pool=pool, kind=int(FactKind.LIFE_CERTIFICATE), person_id__in=person_ids[first : first + 500])
        found |= set(part.values_list("person_id", "holds_from"))
    return found


def _judge(act: Act, row: CertificateRow, person_id: int | None, standing: set[tuple[int, date]]) -> None:
    """Add what only the office can know about a row: an unknown person, a day to come, a certificate told already."""
    if row.number is not None and person_id is None:
        row.problems.append("certificate_person_unknown")
    if row.day is not None and row.day > act.on:
        row.problems.append("certificate_in_future")
    if person_id is not None and row.day is not None and not row.problems:
        if (person_id, row.day) in standing:
            row.problems.append("certificate_told_twice")
        standing.add((person_id, row.day))


def _kept(row: CertificateRow, disposition: str, person_id: int | None) -> KeptRecord:
    index = sealed.index_of_id(row.number) if row.number else None
    return KeptRecord(row.sheet, row.row, 1 if disposition != "ignored" else 0, disposition, ",".join(row.problems), person_id,
                      index, row.name, None, [text_of(cell) for cell in row.cells])  # fmt: skip


def _keep_file(act: Act, reading: CertificateFile, kept: list[KeptRecord]) -> SourceFile:
    of = Counter(one.disposition for one in kept)
    counts = {"read": len(kept), **{name: of[name] for name in ("stored", "quarantined", "ignored", "waiting")}}
    return SourceFile.objects.create(
        pool=act.pool, bureau="social_insurance", kind=FILE_KIND, data_month=month_of_date(act.on), sha256=reading.sha256,
        name=hide_numbers(reading.name), told_at=act.on, act_seq=act.seq,
        counts={"sheets": reading.sheets, "rows": counts, "records": counts},
    )  # fmt: skip


@act("death.suspect", needs=Role.MAKER)
def suspect(act: Act, person_id: int, evidence: str) -> Fact:
    """Something says that a person may be dead: the money waits until it is confirmed or cleared; nothing else moves.

    The same evidence again, on the same day: no effect.
    """
    person_of(act.pool, person_id)
    if not evidence.strip():
        raise CertificateNotSound(why="没有写明依据")
    made = keep_once(act, person_id, FactKind.SUSPECTED_DEATH, act.on, value=evidence.strip())
    act.about(f"person {person_id}", fact=made.pk)
    return made


@act("death.confirm", needs=Role.MAKER)
def confirm_death(act: Act, person_id: int, died_on: date) -> Fact:
    """The suspicion was right: the death is a fact, and the suspicion ends. Dues after its month become a recovery.

    Raises NoSuspicion, CertificateNotSound for a day to come, BadFact where another day of death stands.
    """
    if died_on > act.on:
        raise CertificateNotSound(why=f"死亡日期 {died_on} 在业务日期 {act.on} 之后")
    refuse_second_death(act, person_id, died_on)
    ended = _end_suspicions(act, person_id, "核实已死亡")
    made = keep(act, person_id, FactKind.DEATH, died_on)
    act.about(f"person {person_id}", fact=made.pk, died_on=died_on, ended=ended)
    return made


@act("death.clear", needs=Role.MAKER)
def clear(act: Act, person_id: int, way: str, reason: str) -> Fact:
    """The person lives: the suspicion ends, and having been seen counts as a certificate. What waited flows.

    Raises NoSuspicion, CertificateNotSound.
    """
    if way not in WAYS:
        raise CertificateNotSound(why=f"认证方式“{way}”不在 {'、'.join(WAYS)} 之中")
    ended = _end_suspicions(act, person_id, reason)
    made = keep(act, person_id, FactKind.LIFE_CERTIFICATE, act.on, value=way)
    act.about(f"person {person_id}", fact=made.pk, way=way, ended=ended)
    return made


def _end_suspicions(act: Act, person_id: int, reason: str) -> list[int]:
    """End every standing suspicion on the day before, so that money may flow on the day itself."""
    person_of(act.pool, person_id)
    found = list(Fact.objects.filter(pool=act.pool, person_id=person_id, kind=int(FactKind.SUSPECTED_DEATH)))
    over: dict[int, Any] = {one.fact_id: one for one in FactChange.objects.filter(
        pool=act.pool, fact_id__in=[one.pk for one in found]).order_by("pk")}  # fmt: skip
    standing = [one for one in found if one.pk not in over and (one.holds_until is None or one.holds_until >= act.on)]
    if not standing:
        raise NoSuspicion(person=person_id)
    for one in standing:
        FactChange.objects.create(
            pool=act.pool, fact_id=one.pk, change="ended", holds_until=max(one.holds_from, act.on) - timedelta(days=1),
            told_at=act.on, act_seq=act.seq, reason=reason,
        )  # fmt: skip
    act.wrote(fact_change=len(standing))
    return [one.pk for one in standing]
