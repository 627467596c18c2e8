"""Sheets that are printed: A4, headings repeated, pages numbered, every cell text.

Every cell is written as text: no formula can come in with a name, and no ID number loses its end.
The same content gives the same bytes, so the day of making is an argument.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yingbao.values.identity import Secret, mask_id

_A4 = 9
_FONT = "SimSun"
_ROW_LIMIT = 1_048_576
_HEADING_HEIGHT = 30


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: heading, width in characters, and whether it is ranged right (amounts, counts)."""

    heading: str
    width: float = 10
    right: bool = False


@dataclass(frozen=True)
class ListSheet:
    """A sheet with a list: title, lines under it, columns, rows of text, a total row, lines for signatures."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    above: Sequence[str] = ()
    total: Sequence[str] = ()
    below: Sequence[str] = ()
    landscape: bool = True


@dataclass(frozen=True)
class FormSheet:
    """A sheet of one form: pairs of label and text, in one or two pairs a row, and blocks for words and signatures."""

    name: str
    title: str
    pairs: Sequence[Sequence[tuple[str, str]]]
    above: Sequence[str] = ()
    blocks: Sequence[tuple[str, str, float]] = field(default_factory=tuple)  # label, text, height in points
    below: Sequence[str] = ()


def shown_id(number: Secret | str, *, whole: bool) -> str:
    """An ID number for a sheet: its mask, unless whole numbers are asked for."""
    if isinstance(number, Secret):
        return number.reveal() if whole else str(number)
    return number if whole else mask_id(number)


def save_sheets(path: Path, sheets: Sequence[ListSheet | FormSheet], *, made_on: date) -> Path:
    """Write the sheets as one ``.xlsx``: whole or not at all. Returns the path."""
    content = sheet_bytes(sheets, made_on=made_on)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def sheet_bytes(sheets: Sequence[ListSheet | FormSheet], *, made_on: date) -> bytes:
    """The ``.xlsx`` of the sheets. The same sheets and day give the same bytes."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.combine(made_on, time(), UTC)})
    paper = _Paper(book)
    for sheet in sheets:
        if isinstance(sheet, ListSheet):
            paper.list(sheet)
        else:
            paper.form(sheet)
    book.close()
    return out.getvalue()


class _Paper:
    """A workbook with the few looks that the office's papers have."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", "num_format": "@"}
        cell = base | {"border": 1, "text_wrap": True}
        self.title = book.add_format(base | {"font_size": 16, "bold": True, "align": "center"})
        self.line = book.add_format(base)
        self.head = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#EDEDED"})
        self.cell = book.add_format(cell)
        self.right = book.add_format(cell | {"align": "right"})
        self.total = book.add_format(cell | {"bold": True})
        self.total_right = book.add_format(cell | {"bold": True, "align": "right"})
        self.block = book.add_format(cell | {"valign": "top"})

    def list(self, sheet: ListSheet) -> None:
        page = self._page(sheet.name, landscape=sheet.landscape)
        last = len(sheet.columns) - 1
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width)
        row = self._top(page, sheet.title, sheet.above, last)
        page.set_row(row, _HEADING_HEIGHT)
        for place, column in enumerate(sheet.columns):
            page.write_string(row, place, column.heading, self.head)
        page.repeat_rows(row)
        page.freeze_panes(row + 1, 0)
        row += 1
        first = row
        looks = [self.right if column.right else self.cell for column in sheet.columns]
        for cells in sheet.rows:
            self._row(page, row, cells, looks)
            row += 1
        if sheet.total:
            totals = [self.total_right if column.right else self.total for column in sheet.columns]
            self._row(page, row, sheet.total, totals)
            row += 1
        page.ignore_errors({"number_stored_as_text": f"A{first + 1}:XFD{_ROW_LIMIT}"})
        row = self._bottom(page, row, sheet.below)
        page.print_area(0, 0, row, last)

    def form(self, sheet: FormSheet) -> None:
        page = self._page(sheet.name, landscape=False)
        wide = 2 * max(len(pairs) for pairs in sheet.pairs) - 1
        for place in range(wide + 1):
            page.set_column(place, place, 16 if place % 2 == 0 else 28)
        row = self._top(page, sheet.title, sheet.above, wide)
        for pairs in sheet.pairs:
            page.set_row(row, 26)
            for place, (label, text) in enumerate(pairs):
                page.write_string(row, 2 * place, label, self.head)
                end = wide if place == len(pairs) - 1 else 2 * place + 1
                self._across(page, row, (2 * place + 1, end), text, self.cell)
            row += 1
        for label, text, height in sheet.blocks:
            page.set_row(row, height)
            page.write_string(row, 0, label, self.head)
            self._across(page, row, (1, wide), text, self.block)
            row += 1
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{_ROW_LIMIT}"})
        row = self._bottom(page, row, sheet.below)
        page.print_area(0, 0, row, wide)

    def _page(self, name: str, *, landscape: bool) -> Worksheet:
        page: Worksheet = self.book.add_worksheet(name)
        page.set_paper(_A4)
        if landscape:
            page.set_landscape()
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.set_footer("&C第 &P 页，共 &N 页")
        return page

    def _top(self, page: Worksheet, title: str, above: Sequence[str], last: int) -> int:
        page.set_row(0, 30)
        self._across(page, 0, (0, last), title, self.title)
        for row, line in enumerate(above, 1):
            self._across(page, row, (0, last), line, self.line)
        return 1 + len(above)

    def _bottom(self, page: Worksheet, row: int, below: Sequence[str]) -> int:
        for line in below:
            page.write_string(row, 0, line, self.line)
            row += 1
        return row

    def _row(self, page: Worksheet, row: int, cells: Sequence[str], looks: Sequence[Format]) -> None:
        for place, (text, look) in enumerate(zip(cells, looks, strict=True)):
            page.write_string(row, place, text, look)

    def _across(self, page: Worksheet, row: int, span: tuple[int, int], text: str, look: Format) -> None:
        """Text over several columns; one column cannot be merged."""
        first, last = span
        if last > first:
            page.merge_range(row, first, row, last, "", look)
        page.write_string(row, first, text, look)
