"""Month after month: who joined a roster, stayed, left or changed, as dated facts. Leaving is an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from yingbao.acts import collecting
from yingbao.acts.act import Act
from yingbao.acts.collecting import Coming
from yingbao.acts.errors import OtherNumberLeaves, TooManyChanges
from yingbao.formats.rosters import KINDS, Record
from yingbao.formats.rosters.kinds import CIVIL_AFFAIRS, CIVIL_ROSTERS, OF_EACH_ROW, WATCH_LIST
from yingbao.policy.address import AddressReader
from yingbao.policy.divisions import load_divisions
from yingbao.policy.errors import BadDivisions
from yingbao.rules.collecting import Asked
from yingbao.rules.payments import PAYING
from yingbao.store import people
from yingbao.store.models import SourceFile
from yingbao.store.people import NewFact, Standing
from yingbao.values.facts import FACT_KIND_BY_KEY, FactKind
from yingbao.values.identity import IdNumber
from yingbao.values.month import Month, first_day, last_day

# Being on these lists lasts until a later list no longer has the person; the others tell of events.
SNAPSHOTS = {
    FactKind.CATEGORY, FactKind.POVERTY_EXIT_FLAG, FactKind.OTHER_SCHEME, FactKind.OTHER_PENSION, FactKind.STUDENT,
    FactKind.SOLDIER, FactKind.PRISONER,
}  # fmt: skip
LEAVING_LIMIT_PERCENT = 20  # an office's alarm, not a number of the law
_Key = tuple[int, int, str | None]  # what makes two claims the same: person, kind of fact, value
_FEW = 2  # so few may leave without asking, unless they are more than half of the list


@dataclass(frozen=True, slots=True)
class Watch:
    """People on a file who could not be placed: names, and blind indexes of their ID numbers."""

    names: set[str]
    indexes: set[str]


NOBODY = Watch(set(), set())


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of a person. ``event``: does not end by being absent from a later list."""

    person_id: int
    kind: FactKind
    holds_from: date
    holds_until: date | None
    value: str | None
    number: int | None
    row: int
    event: bool = False
    reference: str | None = None

    @property
    def key(self) -> tuple[int, int, str | None]:
        """What makes two claims the same claim."""
        return (self.person_id, int(self.kind), self.reference or self.value)

    def kept(self) -> dict[str, object]:
        """As plain values, for a record that waits. Without the person: that is the question."""
        until = self.holds_until.isoformat() if self.holds_until else None
        return {"kind": int(self.kind), "from": self.holds_from.isoformat(), "until": until, "value": self.value,
                "number": self.number, "row": self.row, "event": self.event, "reference": self.reference}  # fmt: skip


def claim_from(kept: dict[str, Any], person_id: int) -> Claim:
    """A kept claim, now of a person."""
    until = date.fromisoformat(kept["until"]) if kept["until"] else None
    return Claim(person_id, FactKind(kept["kind"]), date.fromisoformat(kept["from"]), until, kept["value"],
                 kept["number"], kept["row"], event=kept["event"], reference=kept.get("reference"))  # fmt: skip


def birth_claim(person_id: int, number: IdNumber, row: int) -> Claim:
    """The birth date inside an ID number."""
    day = number.birth
    return Claim(person_id, FactKind.BIRTH, day, None, None, day.year * 10000 + day.month * 100 + day.day, row, event=True)


def facts_of_new(person_id: int, record: Record, pool: int) -> list[NewFact]:
    """Birth and registration of somebody nobody knew, from the number and the roster."""
    if record.fields.id is None:
        return []
    found = [_fact(birth_claim(person_id, record.fields.id, record.row))]
    if village := village_of(record, pool):
        found.append(NewFact(person_id, FactKind.HOUSEHOLD_REGISTRATION, date(1900, 1, 1), value=village, source_row=record.row))
    return found


@lru_cache(maxsize=4)
def _reader(pool: int) -> AddressReader | None:
    """The county's addresses; None for a county whose divisions are not kept here."""
    try:
        return AddressReader(load_divisions(pool=pool))
    except BadDivisions:
        return None


@lru_cache(maxsize=20_000)
def village_code(pool: int, town: str, village: str, address: str) -> str | None:
    """The 12-digit code of a village named by town and village columns, or by an address; None if it cannot be told."""
    reader = _reader(pool)
    if reader is None:
        return None
    code = reader.town_code(town) if town else None
    for text in (village, address, f"{town}{village}"):
        if text and (found := reader.place(text, code).village):
            return found
    return None


def village_of(record: Record, pool: int) -> str | None:
    """The 12-digit village code a row names, by its code or by its words."""
    fields = record.fields
    if fields.division_code and len(fields.division_code) == 12:  # noqa: PLR2004 - digits of a village code
        return fields.division_code
    return village_code(pool, fields.town or "", fields.village or "", fields.address or "")


def coming_of(claim: Claim) -> Coming:
    """The payment that a row claims. Without a serial number: what makes two payments the same stands in its place."""
    one = Asked(claim.person_id, claim.kind, int(claim.value or 0), claim.number or 0, claim.holds_from)
    told = claim.reference or collecting.reference_of(None, None)
    return Coming(one, f"{told}{one.person_id}/{one.year}/{one.day:%Y%m%d}/{one.fen}" if told.endswith(":") else told)


def claims_of(record: Record, person_id: int, month: Month) -> list[Claim]:
    """The facts a good row claims of a person, on a roster of a month."""
    fields, found = record.fields, []
    begins = fields.holds_from or first_day(month)
    if fields.category:
        allowance = {"full": 1, "partial": 2}.get(fields.allowance or "")
        found.append(Claim(person_id, FactKind.CATEGORY, min(begins, last_day(month)), fields.holds_until,
                           fields.category, allowance, record.row))  # fmt: skip
    if fields.poverty_exit_flag:
        found.append(Claim(person_id, FactKind.POVERTY_EXIT_FLAG, fields.poverty_exit_date or first_day(month), None,
                           None, None, record.row))  # fmt: skip
    if fields.fact_kind:
        found += _comparison(record, person_id, month)
    found += [
        Claim(person_id, FactKind.SUSPECTED_DEATH, first_day(month), None, None, None, record.row, event=True)
        for hint in fields.hints if hint in ("death", "suspected_death")
    ]  # fmt: skip
    return found


def _comparison(record: Record, person_id: int, month: Month) -> list[Claim]:
    fields = record.fields
    kind = FACT_KIND_BY_KEY[str(fields.fact_kind)]
    if kind is FactKind.DEATH:
        day = fields.death_date or fields.holds_from or last_day(month)
        return [Claim(person_id, kind, day, None, None, None, record.row, event=True)]
    if kind in PAYING:
        day = fields.holds_from or first_day(month)
        return [Claim(person_id, kind, day, None, str(fields.year or month // 12), fields.amount_fen, record.row, event=True,
                      reference=collecting.reference_of(fields.channel, fields.serial))]  # fmt: skip
    begins = fields.holds_from or first_day(month)
    return [Claim(person_id, kind, begins, fields.holds_until, fields.fact_value, None, record.row,
                  event=kind not in SNAPSHOTS)]  # fmt: skip


def apply(
    act: Act,
    file: SourceFile,
    claims: Sequence[Claim],
    watch: Watch,
    month: Month,
    *,
    partial: bool,
    confirm_changes: bool,
    leaving: int | None = None,
) -> dict[str, int]:
    """Write what is new, end what is gone; counts of people who joined, stayed, left and changed.

    ``watch``: who is on the file but could not be placed; nobody of such a name or number has left.
    ``leaving``: how many people the office has verified to leave. Raises TooManyChanges, OtherNumberLeaves.
    """
    kinds = sorted({claim.kind for claim in claims} | _kinds_of(file.kind))
    standing = people.standing(act.pool, kinds, (claim.person_id for claim in claims), () if partial else _speaks_for(file.kind))
    gone: dict[tuple[int, int, str | None], Standing] = {}
    new: dict[tuple[int, int, str | None], NewFact] = {}
    ends: list[tuple[int, date]] = []
    told: set[tuple[int, int, str | None]] = set()
    for claim in claims:
        told.add(claim.key)
        if claim.key in new:
            continue
        old = _standing_of(claim, standing)
        if old is None:
            new[claim.key] = _fact(claim)
        elif _changed(claim, old):
            ends.append((old.fact_id, max(old.holds_from, first_day(month) - timedelta(days=1))))
            new[claim.key] = _fact(claim, begins=max(claim.holds_from, first_day(month)))
    if not partial:
        spoken_for = _spoken_for(file.kind, standing, claims)
        gone = _gone(act.pool, spoken_for, told, watch)
        _refuse_too_many(file, gone, spoken_for, told, confirm_changes=confirm_changes, leaving=leaving)
        ends += [(old.fact_id, max(old.holds_from, first_day(month) - timedelta(days=1))) for old in gone.values()]
    people.end_facts(act.pool, act.seq, act.on, ends, f"{KINDS[file.kind].zh}名册变化")
    people.add_facts(act.pool, act.seq, act.on, list(new.values()), file.pk)
    act.wrote(fact=len(new), fact_change=len(ends))
    paid = [claim for claim in new.values() if claim.kind in PAYING]
    if paid:
        collecting.collect(act, paid, f"收缴 {file.name}")
    return _moves(claims, standing, gone, {*new, *gone})


# What a row tells besides being on the roster: of somebody nobody knew.
_BY_THE_WAY = (FactKind.BIRTH, FactKind.HOUSEHOLD_REGISTRATION)


def _moves(
    claims: Sequence[Claim], standing: dict[tuple[int, int, str | None], Standing],
    gone: dict[tuple[int, int, str | None], Standing], touched: set[tuple[int, int, str | None]],
) -> dict[str, int]:  # fmt: skip
    """People, not facts: on the roster before or not, now or not, and whether anything of them moved."""
    told = {claim.key for claim in claims if claim.kind not in _BY_THE_WAY}
    now = {key[0] for key in told}
    before = {key[0] for key in standing if key in told} | {key[0] for key in gone}
    moved = {key[0] for key in touched if FactKind(key[1]) not in _BY_THE_WAY}
    both = now & before
    return {"joined": len(now - before), "stayed": len(both - moved), "left": len(before - now), "changed": len(both & moved)}


def _kinds_of(roster: str) -> set[FactKind]:
    kind = KINDS[roster]
    found = {FactKind.CATEGORY} if kind.is_assistance else set()
    if kind.name == "poverty_register":
        found.add(FactKind.POVERTY_EXIT_FLAG)
    if kind.fact_kind:
        found.add(FACT_KIND_BY_KEY[kind.fact_kind])
    if kind.fact_kind == FactKind.OTHER_SCHEME.key:
        found.add(FactKind.OTHER_PENSION)
    return found


def _standing_of(claim: Claim, standing: dict[tuple[int, int, str | None], Standing]) -> Standing | None:
    return standing.get(claim.key)


def _changed(claim: Claim, old: Standing) -> bool:
    """Another allowance, or another known end. A death told again with another day keeps the first."""
    if claim.event:
        return False
    return claim.number != old.number or claim.holds_until != old.holds_until


def _fact(claim: Claim, begins: date | None = None) -> NewFact:
    return NewFact(claim.person_id, claim.kind, begins or claim.holds_from, claim.holds_until, claim.value,
                   claim.number, claim.row, claim.reference)  # fmt: skip


def _speaks_for(roster: str) -> set[str]:
    """The kinds of roster that a list may continue: its own; a list of all groups of civil affairs and those of one group."""
    if roster == OF_EACH_ROW:
        return set(CIVIL_ROSTERS)
    return {roster, OF_EACH_ROW} if roster in CIVIL_AFFAIRS else {roster}


def _spoken_for(
    roster: str, standing: dict[tuple[int, int, str | None], Standing], claims: Sequence[Claim]
) -> dict[tuple[int, int, str | None], Standing]:
    """The standing facts that a whole list tells again or ends: those of its kind, and of the groups it holds."""
    told = {claim.value for claim in claims if claim.kind is FactKind.CATEGORY}
    if roster == WATCH_LIST:  # one may hold a single group: it then says nothing of the others, but for people who moved
        here = {claim.person_id for claim in claims}
        return {key: old for key, old in standing.items()
                if old.roster == roster and FactKind(key[1]) in SNAPSHOTS and (old.value in told or key[0] in here)}  # fmt: skip
    groups = told if roster == OF_EACH_ROW else {roster}
    others = _speaks_for(roster) - {roster}
    return {
        key: old for key, old in standing.items()
        if FactKind(key[1]) in SNAPSHOTS and (old.roster == roster or (old.roster in others and old.value in groups))
    }  # fmt: skip


def _gone(
    pool: int, spoken_for: dict[tuple[int, int, str | None], Standing], told: set[tuple[int, int, str | None]], watch: Watch
) -> dict[tuple[int, int, str | None], Standing]:
    """The standing facts that this roster no longer tells."""
    missing = {key: old for key, old in spoken_for.items() if key not in told}
    if not missing:
        return {}
    unplaced = {known.person_id for group in people.namesakes(pool, watch.names).values() for known in group}
    unplaced |= {known.person_id for known in people.by_index(pool, watch.indexes).values()}
    return {key: old for key, old in missing.items() if key[0] not in unplaced}


def _refuse_too_many(
    file: SourceFile, gone: Iterable[_Key], spoken_for: Iterable[_Key], told: Iterable[_Key], *, confirm_changes: bool,
    leaving: int | None,
) -> None:  # fmt: skip
    """People, not facts; whoever is on the list in another group has not left.

    A small list asks as a big one does: the almost empty file of a hamlet ends a hamlet.
    """
    still = {key[:2] for key in told}
    left, before = len({key[0] for key in gone if key[:2] not in still}), len({key[0] for key in spoken_for})
    if leaving is not None and leaving != left:
        raise OtherNumberLeaves(file=file.name, left=left, before=before, leaving=leaving)
    many = left * 100 > before * LEAVING_LIMIT_PERCENT and (left > _FEW or left * 2 > before)
    if many and leaving is None and not confirm_changes:
        raise TooManyChanges(file=file.name, left=left, before=before, limit=LEAVING_LIMIT_PERCENT)
