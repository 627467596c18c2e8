"""待比对: rows of rosters that may be somebody already known, as a clerk needs them to answer: who, where, which candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from yingbao.store.models import MatchCase, MatchDecision, Person, SourceFile, SourceRecord

LEVEL_ZH = {
    "L2": "号码相同、姓名不同", "L3": "号码差一位、姓名生日相同", "L4": "姓名、生日、村相同",
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """Somebody the row may be. ``score`` 0 to 100."""

    person_id: int
    name: str
    score: int
    why: str


@dataclass(frozen=True)
class Waiting:
    """A row that waits for an answer: ``yingbao match accept|reject CASE``."""

    case: int
    level: str
    file: str
    sheet: str
    row: int
    name: str
    candidates: tuple[Candidate, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**vars(self), "candidates": [vars(one) for one in self.candidates]}


def waiting(pool: int, file: int | None = None) -> list[Waiting]:
    """The rows without an answer, by file and row; of one file (its number) if named."""
    last: dict[int, str] = dict(
        MatchDecision.objects.filter(pool=pool).order_by("pk").values_list("case_id", "decision"))  # fmt: skip
    asked = MatchCase.objects.filter(pool=pool).order_by("source_file_id", "number")
    if file is not None:
        asked = asked.filter(source_file_id=file)
    cases = [one for one in asked if last.get(one.pk, "undo") == "undo"]
    files = dict(SourceFile.objects.filter(pool=pool).values_list("pk", "name"))
    records = _records(cases)
    ids = {int(one["person_id"]) for case in cases for one in case.candidates}
    names = dict(Person.objects.filter(pool=pool, pk__in=ids).values_list("pk", "name"))
    found = []
    for case in cases:
        sheet, row, name = records[case.source_file_id, case.number]
        candidates = tuple(
            Candidate(int(one["person_id"]), names.get(int(one["person_id"]), ""), int(one["score"]), str(one["why"]))
            for one in case.candidates
        )
        found.append(Waiting(case.pk, case.level, files.get(case.source_file_id, ""), sheet, row, name, candidates))
    return found


def _records(cases: list[MatchCase]) -> dict[tuple[int, int], tuple[str, int, str]]:
    """Sheet, row and name of each case's record."""
    by_file: dict[int, list[int]] = {}
    for case in cases:
        by_file.setdefault(case.source_file_id, []).append(case.number)
    wanted = Q(pk__in=[])
    for file, numbers in by_file.items():
        wanted |= Q(source_file_id=file, number__in=numbers)
    rows = SourceRecord.objects.filter(wanted).values_list("source_file_id", "number", "sheet", "row", "name")
    return {(file, number): (sheet, row, name or "") for file, number, sheet, row, name in rows}
