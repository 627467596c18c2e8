"""Whose row is it? L1 flows by itself; L2 to L4 wait for a person, with candidates and scores.

L1 ID and name equal · L2 ID equal, name near · L3 ID near (one edit), name and birthday equal ·
L4 name, birthday and village equal. A number nobody knows, with no candidate, is a new person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from yingbao.acts import collecting, membership
from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import UnknownCase
from yingbao.acts.membership import Claim
from yingbao.acts.registry import unsay
from yingbao.formats.rosters import REASONS, Record
from yingbao.formats.rosters.clean_name import name_key, name_similarity
from yingbao.rules.payments import PAYING
from yingbao.store import people, sealed, sources, tally
from yingbao.store.models import Fact, MatchCase, MatchDecision, RecordDecision, SourceFile, SourceRecord
from yingbao.store.people import Known
from yingbao.store.sources import KeptRecord
from yingbao.values.identity import IdNumber

EQUAL, NEW = "L1", "new"


@dataclass(slots=True)
class Found:
    """How a record was placed: its level, the person (L1), the candidates (L2–L4) and the reason code."""

    level: str
    person_id: int | None = None
    code: str = ""
    candidates: list[dict[str, object]] = field(default_factory=list)


def place(pool: int, records: Sequence[Record], indexes: dict[int, str]) -> dict[int, Found]:
    """Place good records (``id(record)`` → Found). ``indexes``: blind index of each record's ID number."""
    known = people.by_index(pool, indexes.values())
    placed: dict[int, Found] = {}
    unknown: list[Record] = []
    for record in records:
        who = known.get(indexes[id(record)])
        if who is None:
            unknown.append(record)
        else:
            placed[id(record)] = _by_number(record, who)
    placed.update(_by_name(pool, unknown))
    return placed


def _by_number(record: Record, who: Known) -> Found:
    name = record.fields.name or ""
    if name_key(name) == name_key(who.name):
        return Found(EQUAL, who.person_id)
    score = name_similarity(name, who.name)
    why = f"身份证号相同，姓名不同（{who.name}）"
    return Found("L2", None, "same_id_different_names", [_candidate(who.person_id, "L2", score, why)])


def _candidate(person_id: int, level: str, score: int, why: str) -> dict[str, object]:
    return {"person_id": person_id, "level": level, "score": score, "why": why}


def _by_name(pool: int, unknown: Sequence[Record]) -> dict[int, Found]:
    """New people, unless somebody of the same name and birthday has a near number or the same village."""
    same = people.namesakes(pool, [record.fields.name for record in unknown if record.fields.name])
    ids = [known.person_id for group in same.values() for known in group]
    births = people.births(pool, ids)
    placed, near = {}, []
    for record in unknown:
        number = record.fields.id
        birth = number.birth.year * 10000 + number.birth.month * 100 + number.birth.day if number else 0
        alike = [one for one in same.get(record.fields.name or "", []) if births.get(one.person_id) == birth]
        placed[id(record)] = Found(NEW)
        if alike:
            near.append((record, alike))
    if near:
        _compare(pool, near, placed)
    return placed


def _compare(pool: int, near: Sequence[tuple[Record, list[Known]]], placed: dict[int, Found]) -> None:
    numbers = [one.person_id for _, alike in near for one in alike]
    clear, villages = people.clear_ids(numbers), people.villages(pool, numbers)
    for record, alike in near:
        own = record.fields.id.reveal() if record.fields.id else ""
        village = membership.village_of(record, pool)
        candidates = []
        for one in alike:
            if _one_edit(own, clear[one.person_id]):
                candidates.append(_candidate(one.person_id, "L3", 90, "姓名、出生日期相同，身份证号只差一处"))
            elif village and villages.get(one.person_id) == village:
                candidates.append(_candidate(one.person_id, "L4", 70, "姓名、出生日期、村居相同，身份证号不同"))
        if candidates:
            level = min(str(one["level"]) for one in candidates)
            placed[id(record)] = Found(level, None, "same_name_different_ids", candidates)


def _one_edit(one: str, other: str) -> bool:
    """One wrong digit, or two neighbours swapped. The check digit follows any change, so it is left out."""
    differs = [place for place, (a, b) in enumerate(zip(one[:17], other[:17], strict=True)) if a != b]
    if len(differs) == 1:
        return True
    swapped = len(differs) == 2 and differs[1] == differs[0] + 1  # noqa: PLR2004 - a pair of neighbours
    return swapped and one[differs[0]] == other[differs[1]] and one[differs[1]] == other[differs[0]]


def open_cases(act: Act, file: SourceFile, cases: Sequence[tuple[int, Found]]) -> int:
    """Put doubtful records into the queue; how many."""
    tally.create_all(MatchCase, [
        MatchCase(pool=act.pool, source_file_id=file.pk, number=number, level=found.level,
                  candidates=found.candidates, act_seq=act.seq)
        for number, found in cases
    ])  # fmt: skip
    return len(cases)


def close_mended(act: Act, file: SourceFile, kept: Sequence[KeptRecord]) -> None:
    """A mended row answers the rejected one of the same name on the newest full roster of the kind."""
    earlier = SourceFile.objects.filter(pool=act.pool, kind=file.kind, data_month=file.data_month).exclude(pk=file.pk)
    open_rows: dict[str, list[SourceRecord]] = {}
    decided = set(RecordDecision.objects.filter(pool=act.pool).values_list("source_file_id", "number"))
    for one in SourceRecord.objects.filter(source_file_id__in=list(earlier.values_list("pk", flat=True)),
                                           disposition="quarantined").order_by("source_file_id", "number"):  # fmt: skip
        if (one.source_file_id, one.number) not in decided:
            open_rows.setdefault(one.name or "", []).append(one)
    for one in kept:
        rows = open_rows.get(one.name or "")
        if one.person_id is None or not rows:
            continue
        answered = rows.pop(0)
        RecordDecision.objects.create(
            pool=act.pool, source_file_id=answered.source_file_id, number=answered.number, disposition="stored",
            reasons=f"mended_by:{file.pk}:{one.row}", person_id=one.person_id, officer_id=act.by.pk, told_at=act.on,
            act_seq=act.seq,
        )  # fmt: skip
        act.wrote(record_decision=1)


def open_case(pool: int, case_id: int) -> tuple[MatchCase, MatchDecision | None]:
    """A case and its standing decision, if any. Raises UnknownCase."""
    case = MatchCase.objects.filter(pool=pool, pk=case_id).first()
    if case is None:
        raise UnknownCase(case=case_id, why="没有这一条")
    last = MatchDecision.objects.filter(case_id=case_id).order_by("-pk").first()
    return case, (None if last is None or last.decision == "undo" else last)


@act("match.accept", needs=Role.MAKER)
def accept(act: Act, case_id: int, person_id: int | None = None) -> int:
    """The record is this candidate: its facts are told of that person. The person's number."""
    case, decided = open_case(act.pool, case_id)
    if decided is not None:
        raise UnknownCase(case=case_id, why="已经处理，可先撤销")
    numbers = [int(one["person_id"]) for one in case.candidates]
    chosen = person_id if person_id is not None else (numbers[0] if len(numbers) == 1 else None)
    if chosen not in numbers:
        raise UnknownCase(case=case_id, why="请从候选人中指定一位")
    _decide(act, case, "accept", chosen)
    _tell(act, case, chosen)
    return chosen


@act("match.reject", needs=Role.MAKER)
def reject(act: Act, case_id: int) -> int | None:
    """The record is none of the candidates: a new person. None where its number is already another's (L2)."""
    case, decided = open_case(act.pool, case_id)
    if decided is not None:
        raise UnknownCase(case=case_id, why="已经处理，可先撤销")
    made = None
    if case.level != "L2":
        made = _new_person(act, case)
    _decide(act, case, "reject", made)
    if made is not None:
        _tell(act, case, made)
    return made


@act("match.undo", needs=Role.MAKER)
def undo(act: Act, case_id: int) -> None:
    """Take a decision back: the facts it told are withdrawn, the question is open again."""
    case, decided = open_case(act.pool, case_id)
    if decided is None:
        raise UnknownCase(case=case_id, why="还没有处理")
    for fact in Fact.objects.filter(pool=act.pool, act_seq=decided.act_seq):
        unsay(act, fact, f"撤销比对决定 {case_id}")
    MatchDecision.objects.create(pool=act.pool, case_id=case_id, decision="undo", person_id=None, officer_id=act.by.pk,
                                 told_at=act.on, act_seq=act.seq)  # fmt: skip
    RecordDecision.objects.create(
        pool=act.pool, source_file_id=case.source_file_id, number=case.number, disposition="waiting",
        reasons="match_undone", person_id=None, officer_id=act.by.pk, told_at=act.on, act_seq=act.seq)  # fmt: skip
    act.about(f"case {case_id}", decision="undo")


def _decide(act: Act, case: MatchCase, decision: str, person_id: int | None) -> None:
    MatchDecision.objects.create(pool=act.pool, case_id=case.pk, decision=decision, person_id=person_id,
                                 officer_id=act.by.pk, told_at=act.on, act_seq=act.seq)  # fmt: skip
    RecordDecision.objects.create(
        pool=act.pool, source_file_id=case.source_file_id, number=case.number,
        disposition="stored" if person_id else "quarantined", reasons=f"match_{decision}", person_id=person_id,
        officer_id=act.by.pk, told_at=act.on, act_seq=act.seq)  # fmt: skip
    act.about(f"case {case.pk}", decision=decision, person=person_id, level=case.level)


def _tell(act: Act, case: MatchCase, person_id: int) -> None:
    """Tell the claims of the waiting record, kept sealed with it, of the person it turned out to be."""
    file = SourceFile.objects.get(pk=case.source_file_id)
    claims = [membership.claim_from(one, person_id) for one in sources.cells_of(file.pk, case.number)["claims"]]
    membership.apply(act, file, _judged(act, case, claims), membership.NOBODY, file.data_month, partial=True,
                     confirm_changes=True)  # fmt: skip


def _judged(act: Act, case: MatchCase, claims: list[Claim]) -> list[Claim]:
    """The claims, payments among them judged as in a file. Raises UnknownCase for one that cannot be kept."""
    paying = [one for one in claims if one.kind in PAYING]
    found = [one for one in claims if one.kind not in PAYING]
    for one, said in zip(paying, collecting.judge(act, [membership.coming_of(one) for one in paying]), strict=True):
        if said.why:
            raise UnknownCase(case=case.pk, why=REASONS[said.why].zh)
        found.append(replace(one, reference=said.reference))
    return found


def _new_person(act: Act, case: MatchCase) -> int:
    kept = sources.cells_of(case.source_file_id, case.number)
    number = IdNumber(kept["id"])
    index = sealed.index_of_id(number)
    # Rejected before and undone: the person is there already, only the facts were taken back.
    known = people.by_index(act.pool, [index]).get(index)
    if known is None:
        act.wrote(person=1)
    made = known.person_id if known else people.add(act.pool, act.seq, [(kept["name"], number, index)])[0]
    file = SourceFile.objects.get(pk=case.source_file_id)
    birth = membership.birth_claim(made, number, 0)
    membership.apply(act, file, [birth], membership.NOBODY, file.data_month, partial=True, confirm_changes=True)
    return made
