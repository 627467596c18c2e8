"""Rosters in: a load is one transaction, and every record of the file is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from yingbao.acts import collecting, matching, membership
from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import FileRefused, OlderThanFollowed
from yingbao.acts.membership import Claim
from yingbao.formats.rosters import KINDS, Record, RosterReading
from yingbao.rules.payments import PAYING
from yingbao.store import people, sealed, sources
from yingbao.store.models import SourceFile
from yingbao.store.people import NewFact
from yingbao.store.sources import KeptRecord
from yingbao.values.identity import hide_numbers
from yingbao.values.month import Month, show_month

# Reading says what a row is worth by itself; these say what it is worth beside the register.
WAITING = "waiting"
PAYMENTS = "own_payments"


@dataclass
class Loaded:
    """What a load did. ``counts`` by disposition of records; ``moves``: joined, stayed, left, changed."""

    file_id: int
    file: str
    kind: str
    data_month: Month
    counts: dict[str, int]
    moves: dict[str, int] = field(default_factory=dict)
    new_people: int = 0
    cases: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    repeated: bool = False
    same_as: str | None = None  # the month that the same bytes were loaded for before


def refuse_unsound(reading: RosterReading, data_month: Month | None) -> Month:
    """The month a file speaks of. Raises FileRefused for a file that must not be loaded as a whole."""
    if reading.refusals:
        why = "；".join(dict.fromkeys(problem.text() for problem in reading.refusals))
        raise FileRefused(file=reading.file, why=why)
    month = data_month if data_month is not None else reading.data_month
    if month is None:
        raise FileRefused(file=reading.file, why="看不出是哪个月份的名册，请用 --month 指定。")
    return month


@act("roster.load", needs=Role.MAKER)
def load_roster(
    act: Act,
    reading: RosterReading,
    *,
    data_month: Month | None = None,
    partial: bool = False,
    confirm_changes: bool = False,
    leaving: int | None = None,
) -> Loaded:
    """Keep a checked roster: facts of its good rows, questions of its doubtful ones, everything in its raw form.

    The same file again has no effect; the same bytes for a later month say that everybody stayed.
    ``partial`` (always so for a returned correction): nobody leaves because he is not on it. Where many leave, ``leaving``
    names how many the office has verified; ``confirm_changes`` says so of any number.

    Raises FileRefused, OlderThanFollowed, TooManyChanges, OtherNumberLeaves.
    """
    return keep(act, reading, data_month=data_month, partial=partial, confirm_changes=confirm_changes,
                leaving=leaving)  # fmt: skip


def keep(act: Act, reading: RosterReading, *, data_month: Month | None, partial: bool, confirm_changes: bool = False,
         leaving: int | None = None) -> Loaded:  # fmt: skip
    """As :func:`load_roster`, inside an act."""
    month = refuse_unsound(reading, data_month)
    known = sources.loaded(act.pool, reading.sha256, reading.kind, month)
    if known is not None:
        act.nothing_done()
        return Loaded(known.pk, reading.file, reading.kind, month, dict(known.counts["records"]), repeated=True)
    newest = sources.newest_month(act.pool, reading.kind)
    if newest is not None and month < newest and reading.kind != PAYMENTS:  # money told late is taken late
        raise OlderThanFollowed(file=reading.file, kind=KINDS[reading.kind].zh, month=show_month(month),
                                newest=show_month(newest))  # fmt: skip
    return _Load(act, reading, month, partial or reading.is_return, confirm_changes, leaving).run()


@dataclass
class _Load:
    """One load in progress."""

    act: Act
    reading: RosterReading
    month: Month
    partial: bool
    confirm_changes: bool
    leaving: int | None
    kept: list[KeptRecord] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    newcomers: list[NewFact] = field(default_factory=list)
    cases: list[tuple[int, matching.Found]] = field(default_factory=list)
    accounts: dict[int, tuple[Any, str, int]] = field(default_factory=dict)
    paying: list[tuple[KeptRecord, Claim]] = field(default_factory=list)

    def run(self) -> Loaded:
        before = sources.loaded(self.act.pool, self.reading.sha256, self.reading.kind)
        new_people = self._place_records()
        self._judge_payments()
        file = self._keep_file()
        people.add_facts(self.act.pool, self.act.seq, self.act.on, self.newcomers, file.pk)
        self.act.wrote(fact=len(self.newcomers))
        moves = membership.apply(self.act, file, self.claims, self._watch(), self.month,
                                 partial=self.partial, confirm_changes=self.confirm_changes, leaving=self.leaving)  # fmt: skip
        self.act.wrote(fact=people.tell_accounts(self.act.pool, self.act.seq, self.act.on, self.accounts, file.pk))
        sources.keep_records(file, self.kept)
        cases = matching.open_cases(self.act, file, self.cases)
        if self.reading.is_return:
            matching.close_mended(self.act, file, self.kept)
        result = Loaded(file.pk, self.reading.file, self.reading.kind, self.month, dict(file.counts["records"]), moves,
                        new_people, cases, _reasons(self.kept), same_as=show_month(before.data_month) if before else None)  # fmt: skip
        self.act.about(f"file {file.pk}", kind=file.kind, month=show_month(self.month), moves=moves,
                       new_people=new_people, cases=cases, **result.counts)  # fmt: skip
        return result

    def _place_records(self) -> int:
        """Decide every record: whose it is, or why it waits. Adds the people nobody knew. Their count."""
        good = [record for record in self.reading.records if record.disposition == "stored"]
        indexes = dict(zip(map(id, good), sealed.indexes_of_ids([_clear(record) for record in good]), strict=True))
        placed = matching.place(self.act.pool, good, indexes)
        fresh: dict[str, Record] = {}
        for record in good:
            found = placed[id(record)]
            if found.level == matching.NEW:
                fresh.setdefault(indexes[id(record)], record)
        numbers = dict(zip(fresh, people.add(self.act.pool, self.act.seq, [
            (record.fields.name or "", record.fields.id, index) for index, record in fresh.items() if record.fields.id
        ]), strict=True))  # fmt: skip
        for place, record in enumerate(self.reading.records, start=1):
            self._place(place, record, placed.get(id(record)), indexes.get(id(record)), numbers)
        self.act.wrote(person=len(fresh))
        self.newcomers = [fact for index, record in fresh.items()
                          for fact in membership.facts_of_new(numbers[index], record, self.act.pool)]  # fmt: skip
        return len(fresh)

    def _place(
        self, place: int, record: Record, found: matching.Found | None, index: str | None, numbers: dict[str, int]
    ) -> None:
        reasons, disposition, person_id = list(record.codes), record.disposition, None
        cells: Any = record.line
        if found is not None and index is not None:
            if found.level == matching.NEW:
                person_id = numbers[index]
            elif found.level == matching.EQUAL:
                person_id = found.person_id
            else:
                disposition = WAITING
                reasons.append(found.code)
                self.cases.append((place, found))
                claims = [one.kept() for one in membership.claims_of(record, 0, self.month)]
                cells = {"cells": record.line, "claims": claims, "id": _clear(record), "name": record.fields.name}
        told = [] if person_id is None else membership.claims_of(record, person_id, self.month)
        self.claims += [one for one in told if one.kind not in PAYING]
        if person_id is not None and record.fields.account is not None:
            self.accounts[person_id] = (record.fields.account, record.fields.bank_name or "", record.row)
        reasons += [note.code for note in record.notes if note.code not in reasons]
        self.kept.append(KeptRecord(
            record.sheet, record.row, record.part, disposition, ",".join(reasons), person_id, index,
            record.fields.name, membership.village_of(record, self.act.pool), cells,
        ))  # fmt: skip
        self.paying += [(self.kept[-1], one) for one in told if one.kind in PAYING]

    def _judge_payments(self) -> None:
        """A payment is told once, and only of an amount that the law knows; the others wait with their reason."""
        judged = collecting.judge(self.act, [membership.coming_of(one) for _, one in self.paying])
        for (kept, claim), said in zip(self.paying, judged, strict=True):
            if not said.why:
                self.claims.append(replace(claim, reference=said.reference))
                continue
            kept.disposition = "ignored" if said.why == collecting.KNOWN else "quarantined"
            kept.reasons = ",".join(filter(None, [kept.reasons, said.why]))

    def _watch(self) -> membership.Watch:
        """Who stands on the roster but could not be placed, by name and by number: they have not left."""
        unplaced = [one for one in self.kept if one.person_id is None and one.disposition in ("quarantined", WAITING)]
        bad = [record.fields.id.reveal() for record in self.reading.records
               if record.disposition == "quarantined" and record.fields.id]  # fmt: skip
        indexes = {*sealed.indexes_of_ids(bad), *(one.id_index for one in unplaced if one.id_index)}
        return membership.Watch({one.name for one in unplaced if one.name}, indexes)

    def _keep_file(self) -> SourceFile:
        counts = Counter(one.disposition for one in self.kept)
        records = {"read": len(self.kept), **{name: counts[name] for name in ("stored", "quarantined", "ignored", WAITING)}}
        rows = vars_of(self.reading.row_account)
        return SourceFile.objects.create(
            pool=self.act.pool, bureau=KINDS[self.reading.kind].bureau, kind=self.reading.kind, data_month=self.month,
            sha256=self.reading.sha256, name=hide_numbers(Path(self.reading.file).name), told_at=self.act.on,
            counts={"sheets": len(self.reading.sheets), "rows": rows, "records": records,
                    "profile": self.reading.profile.as_dict()},
            control_totals={hide_numbers(f"{one.sheet}!{one.row} {one.label}"): [one.stated, one.found]
                            for one in self.reading.control_totals},
            act_seq=self.act.seq,
        )  # fmt: skip


def vars_of(account: Any) -> dict[str, int]:
    """An account of rows as plain numbers."""
    return {name: getattr(account, name) for name in ("read", "stored", "quarantined", "ignored")}


def _clear(record: Record) -> str:
    return record.fields.id.reveal() if record.fields.id else ""


def _reasons(kept: list[KeptRecord]) -> dict[str, int]:
    return dict(Counter(code for one in kept for code in one.reasons.split(",") if code).most_common())


