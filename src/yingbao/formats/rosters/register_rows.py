"""One row of the register that is not plainly written: the same cleaners as every roster, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yingbao.formats.rosters.clean_id import clean_id, shown_id
from yingbao.formats.rosters.clean_name import clean_name
from yingbao.formats.rosters.clean_status import account_text
from yingbao.formats.rosters.clean_values import CleanDate, clean_amount, clean_count, clean_date, clean_sex
from yingbao.formats.rosters.grid import Value, letter, text_of
from yingbao.formats.rosters.records import STORED, Fields, Problem, Record
from yingbao.formats.rosters.register_columns import AMOUNTS, TEXTS, register_state_of
from yingbao.values.errors import BadAccountNumber
from yingbao.values.identity import AccountNumber
from yingbao.values.month import month_of_date

_MONTHS_A_YEAR = 12


def plain_text(value: Value) -> str:
    """Text of a cell; whole numbers in full (codes and accounts of up to 15 digits come as numbers)."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return text_of(value)


class _Row:
    """The cells of a row by field, and what is found about them."""

    def __init__(self, places: Mapping[str, int], values: list[Value], record: Record) -> None:
        self.places, self.values, self.record = places, values, record

    def get(self, name: str) -> Value:
        place = self.places.get(name)
        value = self.values[place] if place is not None and place < len(self.values) else None
        return None if isinstance(value, str) and not value.strip() else value

    def problem(self, code: str, name: str) -> None:
        self.record.problems.append(self._at(code, name))

    def note(self, code: str, name: str) -> None:
        self.record.notes.append(self._at(code, name))

    def _at(self, code: str, name: str) -> Problem:
        column = letter(self.places[name]) if name in self.places else ""
        shown = text_of(self.get(name))
        secret = name in ("id", "account")
        return Problem(code, column, f"{column}{self.record.row}" if column else "", shown_id(shown) if secret else shown)

    def date(self, name: str) -> CleanDate | None:
        value = self.get(name)
        if value is None:
            return None
        when = clean_date(value)
        if when is None:
            self.problem("date_ambiguous", name)
        elif when.reformed:
            self.note("date_reformed", name)
        return when


def clean_row(
    places: Mapping[str, int], values: list[Value], *, sheet: str, row: int, on: date | None, hidden: bool
) -> tuple[dict[str, object], Record]:
    """The cleaned row in the columns of SCHEMA, and its record with problems, settled. ``row`` counts from 1."""
    record = Record(sheet, row, 0, STORED, Fields(), values)
    cells = _Row(places, values, record)
    found: dict[str, object] = {"sheet": sheet, "row": row}
    if hidden:
        record.problems.append(Problem("row_hidden"))
    _person(cells, found, on)
    for name in TEXTS:
        text = plain_text(cells.get(name)).strip()
        found[name] = text or None
    enrolled = cells.date("enrolled_on")
    start = cells.date("pension_from")
    found["enrolled_on"] = enrolled.first if enrolled else None
    found["pension_from_month"] = month_of_date(start.first) if start else None
    for name in AMOUNTS:
        found[f"{name}_fen"] = _amount(cells, name)
    found["paid_years"] = _paid_years(cells)
    status, payment = plain_text(cells.get("status")), plain_text(cells.get("payment_state"))
    found["state"] = register_state_of(status, payment, has_pension=start is not None)
    if found["state"] is None:
        cells.problem("status_unknown", "status" if status else "payment_state")
    found["account"] = _account(cells)
    remark = [text_of(cells.get("remark")).strip(), record.fields.remark or ""]
    found["remark"] = "；".join(filter(None, remark)) or None
    found["notes"] = ",".join(dict.fromkeys(note.code for note in record.notes)) or None
    record.settle()
    return found, record


def _person(cells: _Row, found: dict[str, object], on: date | None) -> None:
    fields = cells.record.fields
    name = clean_name(text_of(cells.get("name")))
    for code in name.fixes:
        cells.note(code, "name")
    if name.problem:
        cells.problem(name.problem, "name")
    number = clean_id(cells.get("id"), on)
    for code in number.fixes:
        cells.note(code, "id")
    if number.problem:
        cells.problem(number.problem, "id")
    fields.name, fields.remark, fields.id = name.name, name.remark, number.number
    fields.alias_15, fields.id_candidates = number.alias_15, number.candidates
    found["name"], found["id"] = name.name, number.number.reveal() if number.number else None
    found["alias_15"] = number.alias_15.reveal() if number.alias_15 else None
    birth = cells.date("birth")
    if number.number and birth and not birth.first <= number.number.birth <= birth.last:
        cells.problem("birth_differs_from_id", "birth")
    sex = clean_sex(cells.get("sex")) if cells.get("sex") is not None else None
    if number.number and sex and sex != number.number.sex:
        cells.problem("sex_differs_from_id", "sex")
    found["birth"] = number.number.birth if number.number else None
    found["sex"] = number.number.sex if number.number else sex


def _amount(cells: _Row, name: str) -> int | None:
    value = cells.get(name)
    if value is None:
        return None
    fen, reformed = clean_amount(value)
    if fen is None:
        cells.problem("amount_unclear", name)
    elif reformed:
        cells.note("amount_reformed", name)
    return fen


def _paid_years(cells: _Row) -> int | None:
    for name, divisor in (("paid_years", 1), ("paid_months", _MONTHS_A_YEAR)):
        value = cells.get(name)
        if value is None:
            continue
        count = clean_count(value)
        if count is None:
            cells.problem("number_unclear", name)
            return None
        return count // divisor
    return None


def _account(cells: _Row) -> str | None:
    value = cells.get("account")
    if value is None:
        return None
    try:
        return AccountNumber(account_text(value) or "").reveal()
    except BadAccountNumber:
        cells.problem("account_number_bad", "account")
        return None
