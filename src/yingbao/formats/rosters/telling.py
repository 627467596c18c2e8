"""What the cells of a sheet tell about the whole of it: its kind and its month."""

from __future__ import annotations

from collections import Counter

from yingbao.formats.rosters.clean_status import category_of
from yingbao.formats.rosters.clean_values import clean_date
from yingbao.formats.rosters.context import title_of
from yingbao.formats.rosters.grid import Sheet, Value, text_of
from yingbao.formats.rosters.groups import group_of
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.kinds import CIVIL_AFFAIRS, KINDS, OF_EACH_ROW, Signs
from yingbao.formats.rosters.own_category import spelled
from yingbao.values.month import Month, month_of_date

_SAMPLE = 200
_TELLING = ("category", "scheme", "data_class")


def signs_of(file: str, sheet: Sheet, headings: Headings) -> Signs:
    """What can tell the kind of a sheet."""
    words: set[str] = set()
    for column in headings.columns:
        if column.field in _TELLING:
            words |= {spelled(text, column.own_label) for text in map(text_of, _cells(sheet, headings, column.index)[:_SAMPLE])}
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


def scheme_of_mixed(guesses: list[str], headings: Headings) -> str | None:
    """The kind of a comparison list that holds several schemes, each row saying its own."""
    schemes = [name for name in ("employee_scheme", "civil_service_scheme") if name in guesses]
    return schemes[0] if schemes and any(column.field in ("scheme", "data_class") for column in headings.columns) else None


def groups_told(sheet: Sheet, headings: Headings) -> set[str]:
    """The groups of civil affairs that the rows of a list say of themselves."""
    columns = [column for column in headings.columns if column.field == "category"]
    told = {
        category_of(spelled(text_of(value).strip(), column.own_label))[0]
        for column in columns
        for value in _cells(sheet, headings, column.index)
    }
    return {key for key in told if key in CIVIL_AFFAIRS}


def lines_told(sheet: Sheet, headings: Headings) -> set[str]:
    """The groups that lines of their own between the rows speak of."""
    told = set()
    for row in sheet.rows[: headings.first] + sheet.rows[headings.last + 1 :]:
        texts = {text for value in row if (text := text_of(value).strip())}
        if len(texts) == 1:
            told.add(group_of(texts.pop(), KINDS[OF_EACH_ROW]).category)
    return {key for key in told if key}


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
