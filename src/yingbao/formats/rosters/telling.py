"""What the cells of a sheet tell about the whole of it: its kind and its month."""

from __future__ import annotations

from collections import Counter

from yingbao.formats.rosters.clean_status import category_of
from yingbao.formats.rosters.clean_values import clean_date
from yingbao.formats.rosters.context import title_of
from yingbao.formats.rosters.grid import Sheet, Value, text_of
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.kinds import KINDS, Signs
from yingbao.values.month import Month, month_of_date

_SAMPLE = 200
_TELLING = ("category", "scheme", "data_class")
# 救助对象类型 of civil affairs' own system.
_CODES = {"01": "城市低保", "02": "农村低保", "03": "特困"}
_CIVIL_AFFAIRS = frozenset({"subsistence_urban", "subsistence_rural", "destitute"})


def signs_of(file: str, sheet: Sheet, headings: Headings) -> Signs:
    """What can tell the kind of a sheet."""
    words: set[str] = set()
    for column in headings.columns:
        if column.field in _TELLING:
            words |= {_word(text, column.label) for text in map(text_of, _cells(sheet, headings, column.index)[:_SAMPLE])}
    return Signs(
        file,
        sheet.name,
        title_of(sheet, headings),
        tuple(column.label for column in headings.columns),
        frozenset(column.field for column in headings.columns if column.field),
        " ".join(sorted(words)[:20]),
    )


def _cells(sheet: Sheet, headings: Headings, column: int) -> list[Value]:
    rows = sheet.rows[headings.last + 1 :]
    return [row[column] for row in rows if column < len(row) and row[column] not in (None, "")]


def _word(text: str, label: str) -> str:
    return _CODES.get(text.strip().zfill(2), text) if "救助对象" in label else text


def most_of_mixed(guesses: list[str], sheet: Sheet, headings: Headings) -> str | None:
    """The kind of most rows, where one list holds several groups or schemes and each row says its own."""
    schemes = [name for name in ("employee_scheme", "civil_service_scheme") if name in guesses]
    if schemes and any(column.field in ("scheme", "data_class") for column in headings.columns):
        return schemes[0]
    column = headings.column("category")
    if column is None or not guesses or not set(guesses) <= _CIVIL_AFFAIRS:
        return None
    told = Counter(category_of(text_of(value).strip())[0] for value in _cells(sheet, headings, column))
    known = {name: told[name] for name in KINDS if name in _CIVIL_AFFAIRS and told[name]}
    return max(known, key=lambda name: known[name]) if len(known) > 1 else None


def month_of_rows(sheet: Sheet, headings: Headings) -> Month | None:
    """The month that most rows of a column 数据年月 state, if no name or title does."""
    column = headings.column("data_month")
    if column is None:
        return None
    dates = [clean_date(value) for value in _cells(sheet, headings, column)]
    months = Counter(month_of_date(when.first) for when in dates if when and when.exact != "year")
    if not months:
        return None
    month, count = months.most_common(1)[0]
    return month if count * 2 > len(dates) else None
