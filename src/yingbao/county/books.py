"""Write spreadsheets and text tables as offices send them: .xlsx, .ods, and .csv in GB18030.

Nothing in the bytes depends on the clock.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

# A document property without a zone, the same in every file.
_WRITTEN = datetime(2018, 11, 1)  # noqa: DTZ001


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value that the sheet keeps of it."""

    text: str
    cached: str | int


Cell = str | int | float | date | Formula | None
Row = list[Cell]


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of cells, and what a hand does to it. Rows and columns count from 0."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, first column, last row, last column
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    filtered: tuple[int, int, int, int] | None = None

    def add(self, row: Sequence[Cell]) -> int:
        """Append a row; give its place, counted from 0."""
        self.rows.append(list(row))
        return len(self.rows) - 1


def write_book(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write by the ending of the name: .xlsx, .ods or .csv (the first sheet only)."""
    writer = {".xlsx": _write_xlsx, ".ods": _write_ods, ".csv": _write_csv}[path.suffix]
    writer(path, sheets)
    return path


def _write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    # Rows are kept until the end where cells are merged down; the plain lists stream.
    stream = not any(sheet.merges for sheet in sheets)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": stream})
    book.set_properties({"created": _WRITTEN})
    day, text = book.add_format({"num_format": "yyyy/m/d"}), book.add_format({"num_format": "@"})
    wide = book.add_format({"align": "center", "valign": "vcenter"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for column in sheet.hidden_columns:
            page.set_column(column, column, None, None, {"hidden": True})
        for number, row in enumerate(sheet.rows):
            if number in sheet.hidden_rows:
                page.set_row(number, None, None, {"hidden": True})
            for column, cell in enumerate(row):
                _write_cell(page, number, column, cell, day, text)
        for first_row, first, last_row, last in sheet.merges:
            shown = sheet.rows[first_row][first]
            page.merge_range(first_row, first, last_row, last, "" if shown is None else str(shown), wide)
        if sheet.filtered:
            page.autofilter(*sheet.filtered)
        if sheet.hidden:
            page.hide()
    book.close()


def _write_cell(
    page: xlsxwriter.workbook.Worksheet, row: int, column: int, cell: Cell,
    day: xlsxwriter.format.Format, text: xlsxwriter.format.Format,
) -> None:  # fmt: skip
    """One cell by its type; text stays text, so that an ID number keeps its digits."""
    if cell is None or cell == "":
        return
    if isinstance(cell, Formula):
        page.write_formula(row, column, cell.text, None, cell.cached)
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a day
    elif isinstance(cell, str):
        page.write_string(row, column, cell, text)
    else:
        page.write_number(row, column, cell)


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _ods_value(kind: str, shown: str) -> str:
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, Formula):
        cell = cell.cached
    if isinstance(cell, date):
        return _ods_value(f'office:value-type="date" office:date-value="{cell}"', str(cell))
    if isinstance(cell, str):
        return _ods_value('office:value-type="string"', escape(cell))
    return _ods_value(f'office:value-type="float" office:value="{cell!r}"', str(cell))


def _write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    """A plain OpenDocument sheet; the merges of the page are left out."""
    parts = [_ODS_HEAD]
    for sheet in sheets:
        parts.append(f'<table:table table:name="{escape(sheet.name)}">')
        parts.extend(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in sheet.rows)
        parts.append("</table:table>")
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    contents = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": _ODS_MANIFEST,
        "content.xml": "".join(parts),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in contents.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            pack.writestr(zipfile.ZipInfo(name, (2018, 11, 1, 0, 0, 0)), content, kind)


def _write_csv(path: Path, sheets: Sequence[Sheet]) -> None:
    """GB18030 with Windows line ends, as the bank and the police export."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        ["" if cell is None else cell for cell in row] for row in sheets[0].rows
    )
    path.write_bytes(text.getvalue().encode("gb18030"))
