"""A sheet as rows of values with what a value alone does not say: formulas, errors, hiding, merging."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from yingbao.formats.rosters.errors import FileEmpty, FileUnreadable, RosterRefused, TooManyRows
from yingbao.formats.rosters.guard import Limits, inspect

Value = str | int | float | bool | date | datetime | time | timedelta | None

_ERROR_TEXTS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "Err:502", "Err:508"})
# From here on a spreadsheet shows a number as 1.2E+11.
_SHOWN_WHOLE = 10**11


@dataclass(slots=True)
class Sheet:
    """One sheet. Rows and columns count from 0 here; people see row + 1 and letters."""

    name: str
    hidden: bool
    rows: list[list[Value]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, last row, first col, last col
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """The number of columns in use."""
        return max((len(row) for row in self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        cells = self.rows[row]
        return text_of(cells[column]) if column < len(cells) else ""


@dataclass(slots=True)
class Grid:
    """A whole file, read. ``form`` is xlsx, xls, ods or csv; ``encoding`` only for csv."""

    path: Path
    form: str
    sha256: str
    sheets: list[Sheet]
    encoding: str | None = None
    delimiter: str | None = None


def letter(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def text_of(value: Value) -> str:
    """A value as a clerk sees it. A number too long for a spreadsheet stays visibly a damaged number.

    So a damaged ID that is written back as text never looks like a good one.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return f"{value:.14E}" if abs(value) >= _SHOWN_WHOLE else str(value)
    if isinstance(value, float):
        if abs(value) >= _SHOWN_WHOLE:
            return f"{value:.14E}"
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def is_error(text: str) -> bool:
    """The text of an error cell: #N/A, #REF! …; also after it was copied as text."""
    return text in _ERROR_TEXTS


def read_grid(path: Path, limits: Limits) -> Grid:
    """Guard, then read. Raises a subclass of RosterRefused; a parser's own failure is FileUnreadable."""
    form, data = inspect(path, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        grid = _read(path, form, data, sha256)
    except RosterRefused:
        raise
    except Exception as error:  # three foreign parsers, each with its own failures
        raise FileUnreadable(file=path.name, why=type(error).__name__) from error
    for sheet in grid.sheets:
        _show_errors(sheet)
        _trim(sheet)
        if len(sheet.rows) > limits.rows or sheet.width > limits.columns:
            raise TooManyRows(file=path.name, sheet=sheet.name, rows=len(sheet.rows), columns=sheet.width)
    if not any(sheet.rows for sheet in grid.sheets):
        raise FileEmpty(file=path.name)
    return grid


def _read(path: Path, form: str, data: bytes, sha256: str) -> Grid:
    # Imported here: a check of a csv needs no spreadsheet parser.
    from yingbao.formats.rosters import grid_csv, grid_ods, grid_xls, grid_xlsx  # noqa: PLC0415

    if form == "csv":
        text, encoding, delimiter, rows = grid_csv.read(path.name, data)
        del text
        return Grid(path, form, sha256, [Sheet(path.stem, False, rows)], encoding, delimiter)
    reader = {"xlsx": grid_xlsx.read, "xls": grid_xls.read, "ods": grid_ods.read}[form]
    return Grid(path, form, sha256, reader(path.name, data))


def _blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def is_blank_row(row: list[Value]) -> bool:
    """No cell of the row says anything."""
    return all(_blank(value) for value in row)


def _trim(sheet: Sheet) -> None:
    """Drop the blank rows below the last one with content: formats reach down to the sheet's end."""
    while sheet.rows and is_blank_row(sheet.rows[-1]):
        sheet.rows.pop()


def _show_errors(sheet: Sheet) -> None:
    """An error cell shows its error: the parsers leave it blank."""
    for (row, column), text in sheet.errors.items():
        while len(sheet.rows) <= row:
            sheet.rows.append([])
        cells = sheet.rows[row]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = text
