"""What only shows when the rows of a file are seen together (kinds 1, 16, 17, 18, 34, 35, 38)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from yingbao.formats.rosters.clean_name import name_key
from yingbao.formats.rosters.kinds import Kind
from yingbao.formats.rosters.records import IGNORED, Fields, Problem, Record

_ZEROS_SHARE = 5  # one in five numbers ending in 000 is no chance: one in a thousand would be
_ZEROS_LEAST = 3
_ROW_RUN = 3
_TOLD_LATER = timedelta(days=62)  # a list comes after its month and may tell what happened since


def crosscheck(records: list[Record], kind: Kind, *, text_only: bool, on: date | None = None) -> None:
    """Add what the rows say of each other, then settle each record again. ``text_only``: a csv; ``on``: the end of the data month."""
    last = on + _TOLD_LATER if on else None
    persons = [record for record in records if record.disposition != IGNORED]
    if text_only:
        _numbers_saved_as_text(persons)
    by_id: dict[str, list[Record]] = defaultdict(list)
    for record in persons:
        if record.fields.id is not None:
            by_id[record.fields.id.reveal()].append(record)
    households: dict[tuple[str, str], list[Record]] | None = None
    for group in by_id.values():
        if len(group) > 1:
            if households is None:
                households = _households(persons)
            _same_id(group, kind, households)
    if kind.category:
        _same_person_other_id(persons)
    for record in persons:
        _day_of_death(record, last)
        record.settle()


def _day_of_death(record: Record, last: date | None) -> None:
    """A day before the birth or long after the month of the list has a wrong year."""
    fields = record.fields
    day = fields.death_date
    if day and ((fields.id and day < fields.id.birth) or (last and day > last)):
        record.problems.append(Problem("date_impossible", details=(("text", day.isoformat()),)))


def household_of(record: Record) -> tuple[str, str]:
    """The household of a record: by its key and village, else its row."""
    fields = record.fields
    if fields.household_key:
        return record.sheet, f"{fields.town or ''}/{fields.village or ''}/{fields.household_key}"
    return record.sheet, str(record.row)


def _households(persons: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in persons:
        found[household_of(record)].append(record)
    return found


def _numbers_saved_as_text(persons: list[Record]) -> None:
    """A csv saved from a sheet of numbers: many IDs end in 000, and some pass the check digit (kind 1)."""
    numbered = [record for record in persons if _id_text(record)]
    ending = [record for record in numbered if _id_text(record).endswith("000")]
    if len(ending) < _ZEROS_LEAST or len(ending) * _ZEROS_SHARE < len(numbered):
        return
    for record in ending:
        record.fields.id = None
        record.problems = [problem for problem in record.problems if problem.code != "id_check_digit"]
        record.problems.append(Problem("id_in_numeric_cell"))


def _id_text(record: Record) -> str:
    if record.fields.id is not None:
        return record.fields.id.reveal()
    if any(problem.code in ("id_check_digit", "id_impossible_date") for problem in record.problems):
        return next((text for text in record.line if re.fullmatch(r"\d{18}", text.strip())), "")
    return ""


def _same_id(group: list[Record], kind: Kind, households: dict[tuple[str, str], list[Record]]) -> None:
    """Several records of one number: one person twice, a head's number for all, or two names."""
    keys = {name_key(record.fields.name) for record in group if record.fields.name}
    if len(keys) > 1:
        homes = {household_of(record) for record in group}
        if len(homes) < len(group) or _is_run(group):
            for home in homes:
                _add_to_all(households[home], "id_of_head_repeated")
            _add_to_all(group, "id_of_head_repeated")
        else:
            _add_to_all(group, "same_id_different_names")
        return
    if kind.category:
        _same_person(group)


def _is_run(group: list[Record]) -> bool:
    rows = [record.row for record in group]
    run = rows == list(range(rows[0], rows[0] + len(rows)))
    return len(group) >= _ROW_RUN and len({record.sheet for record in group}) == 1 and run


def _add_to_all(records: Iterable[Record], code: str) -> None:
    for record in records:
        if code not in record.codes:
            record.problems.append(Problem(code))


def _same_person(group: list[Record]) -> None:
    first = group[0]
    if len({record.fields.category for record in group}) > 1:
        for record in group:
            record.notes.append(Problem("person_in_several_categories"))
        return
    places = {(record.fields.town, record.fields.village) for record in group}
    if len(places) > 1:
        for record in group:
            record.notes.append(Problem("person_in_two_places"))
        return
    if len({_substance(record.fields) for record in group}) > 1:
        _add_to_all(group, "row_duplicate_conflict")
        return
    for record in group[1:]:
        if not any(problem.reason.quarantines for problem in first.problems):
            record.ignore("row_duplicate")


def _substance(fields: Fields) -> tuple[object, ...]:
    """What money depends on."""
    return (
        fields.allowance, fields.poverty_exit_flag, fields.poverty_exit_date, fields.disability_level,
        fields.holds_from, fields.holds_until, fields.death_date,
    )  # fmt: skip


def _same_person_other_id(persons: list[Record]) -> None:
    """Kind 18 inside one file: same name, birthday and village, another number."""
    seen: dict[tuple[str, object, str], list[Record]] = defaultdict(list)
    for record in persons:
        fields = record.fields
        if fields.id is not None and fields.name and fields.village:
            seen[fields.name, fields.birth, fields.village].append(record)
    for group in seen.values():
        if len(group) > 1 and len({record.fields.id for record in group}) > 1:
            _add_to_all(group, "same_name_different_ids")
