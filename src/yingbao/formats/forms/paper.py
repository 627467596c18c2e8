"""Sheets that are printed: A4, headings repeated, pages numbered, every cell text.

Every cell is written as text: no formula can come in with a name, and no ID number loses its end.
The same content gives the same bytes, so the day of making is an argument. Rows are as high as their words need:
a spreadsheet does not see to that itself where cells are merged.
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

from yingbao.formats.measure import height_of, lines_of
from yingbao.formats.whole import whole_file
from yingbao.values.identity import Secret, mask_id

_A4 = 9
_FONT = "SimSun"
_ROW_LIMIT = 1_048_576
_TITLE_POINTS = 16
_FORM_POINTS = 12
LARGE = 14  # of a form that one person reads at home, who may be eighty
_LABEL_WIDTH, _TEXT_WIDTH = 23, 25  # of a form, in characters
_NOTE = "注："  # what begins so is in small letters


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
    row_points: float = 18.0  # least height of a row; more where something is to be written by hand
    own_pages: bool = False  # one of many that go to different hands: its pages are numbered from one


@dataclass(frozen=True)
class FormSheet:
    """A sheet of one form: pairs of label and text, in one or two pairs a row, and blocks for words and signatures."""

    name: str
    title: str
    pairs: Sequence[Sequence[tuple[str, str]]]
    above: Sequence[str] = ()
    blocks: Sequence[tuple[str, str, float]] = field(default_factory=tuple)  # label, text, least height in points
    below: Sequence[str] = ()
    own_pages: bool = False  # as of a list
    points: int = _FORM_POINTS


def shown_id(number: Secret | str, *, whole: bool) -> str:
    """An ID number for a sheet: its mask, unless whole numbers are asked for."""
    if isinstance(number, Secret):
        return number.reveal() if whole else str(number)
    return number if whole else mask_id(number)


def save_sheets(path: Path, sheets: Sequence[ListSheet | FormSheet], *, made_on: date) -> Path:
    """Write the sheets as one ``.xlsx``: whole or not at all. Returns the path."""
    content = sheet_bytes(sheets, made_on=made_on)
    return whole_file(path, lambda out: out.write_bytes(content))


def sheet_bytes(sheets: Sequence[ListSheet | FormSheet], *, made_on: date) -> bytes:
    """The ``.xlsx`` of the sheets. The same sheets and day give the same bytes."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.combine(made_on, time(), UTC)})
    paper = _Paper(book, made_on)
    for sheet in sheets:
        if isinstance(sheet, ListSheet):
            paper.list(sheet)
        else:
            paper.form(sheet)
    book.close()
    return out.getvalue()


class _Paper:
    """A workbook with the few looks that the office's papers have."""

    def __init__(self, book: Workbook, made_on: date) -> None:
        self.book, self.made_on = book, made_on
        base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", "num_format": "@", "text_wrap": True}
        cell = base | {"border": 1}
        self.title = book.add_format(base | {"font_size": _TITLE_POINTS, "bold": True, "align": "center"})
        self.lines = {size: book.add_format(base | {"font_size": size}) for size in (10, LARGE - 2)}
        self.note = book.add_format(base | {"font_size": 9, "font_color": "#404040"})
        self.head = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#EDEDED"})
        self.cell = book.add_format(cell)
        self.right = book.add_format(cell | {"align": "right"})
        self.total = book.add_format(cell | {"bold": True})
        self.total_right = book.add_format(cell | {"bold": True, "align": "right"})
        self.forms = {size: _FormLooks(book, cell | {"font_size": size}) for size in (_FORM_POINTS, LARGE)}

    def list(self, sheet: ListSheet) -> None:
        page = self._page(sheet, landscape=sheet.landscape)
        widths = [column.width for column in sheet.columns]
        last = len(widths) - 1
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        row = self._top(page, sheet.title, sheet.above, widths)
        headings = [column.heading for column in sheet.columns]
        self._row(page, row, headings, [self.head] * len(headings), widths, 18.0)
        page.repeat_rows(row)
        page.freeze_panes(row + 1, 0)
        row += 1
        first = row
        looks = [self.right if column.right else self.cell for column in sheet.columns]
        for cells in sheet.rows:
            self._row(page, row, cells, looks, widths, sheet.row_points)
            row += 1
        if row == first:
            self._across(page, row, (0, last), "（无）", self.cell)
            row += 1
        if sheet.total:
            totals = [self.total_right if column.right else self.total for column in sheet.columns]
            self._row(page, row, sheet.total, totals, widths, sheet.row_points)
            row += 1
        page.ignore_errors({"number_stored_as_text": f"A{first + 1}:XFD{_ROW_LIMIT}"})
        row = self._words(page, row, sheet.below, widths)
        page.print_area(0, 0, row - 1, last)

    def form(self, sheet: FormSheet) -> None:
        page = self._page(sheet, landscape=False)
        wide = 2 * max(len(pairs) for pairs in sheet.pairs) - 1
        widths = [float(_LABEL_WIDTH if place % 2 == 0 else _TEXT_WIDTH) for place in range(wide + 1)]
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        row = self._top(page, sheet.title, sheet.above, widths)
        size, looks = sheet.points, self.forms[sheet.points]
        for pairs in sheet.pairs:
            self._pairs(page, row, pairs, widths, size)
            row += 1
        for label, text, height in sheet.blocks:
            page.set_row(row, max(height, _height(text, sum(widths[1:]), size), _height(label, _LABEL_WIDTH, size)))
            page.write_string(row, 0, label, looks.label)
            self._across(page, row, (1, wide), text, looks.block)
            row += 1
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{_ROW_LIMIT}"})
        row = self._words(page, row, sheet.below, widths, size - 2)
        page.print_area(0, 0, row - 1, wide)

    def _pairs(self, page: Worksheet, row: int, pairs: Sequence[tuple[str, str]], widths: Sequence[float], size: int) -> None:
        """Labels and texts side by side; the last text goes to the edge."""
        wide, height, looks = len(widths) - 1, 28.0, self.forms[size]
        for place, (label, text) in enumerate(pairs):
            end = wide if place == len(pairs) - 1 else 2 * place + 1
            height = max(height, _height(label, _LABEL_WIDTH, size), _height(text, sum(widths[2 * place + 1 : end + 1]), size))
            page.write_string(row, 2 * place, label, looks.label)
            self._across(page, row, (2 * place + 1, end), text, looks.text)
        page.set_row(row, height)

    def _page(self, sheet: ListSheet | FormSheet, *, landscape: bool) -> Worksheet:
        page: Worksheet = self.book.add_worksheet(sheet.name)
        page.set_paper(_A4)
        if landscape:
            page.set_landscape()
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        # A page that has lost its first one still says what it is of. A program counts all pages of a file, not of a sheet.
        pages = "第 &P 页" if sheet.own_pages else "第 &P 页，共 &N 页"
        if sheet.own_pages:
            page.set_start_page(1)
        page.set_footer(f"&L&8 {sheet.title.replace('&', '&&')}&C&9 {pages}&R&8 制表 {self.made_on.isoformat()}")
        return page

    def _top(self, page: Worksheet, title: str, above: Sequence[str], widths: Sequence[float]) -> int:
        lines = lines_of(title, sum(widths), _TITLE_POINTS)
        page.set_row(0, height_of(lines, _TITLE_POINTS) + 4)
        self._across(page, 0, (0, len(widths) - 1), title, self.title)
        return self._words(page, 1, above, widths)

    def _words(self, page: Worksheet, row: int, lines: Sequence[str], widths: Sequence[float], points: int = 10) -> int:
        """Lines over the whole width, each as high as it needs; notes are in small letters. The row after them."""
        for line in lines:
            size, look = (9, self.note) if line.startswith(_NOTE) else (points, self.lines[points])
            page.set_row(row, height_of(lines_of(line, sum(widths), size), size))
            self._across(page, row, (0, len(widths) - 1), line, look)
            row += 1
        return row

    def _row(
        self, page: Worksheet, row: int, cells: Sequence[str], looks: Sequence[Format], widths: Sequence[float], least: float
    ) -> None:
        lines = 1
        for place, (text, look, width) in enumerate(zip(cells, looks, widths, strict=True)):
            page.write_string(row, place, text, look)
            lines = max(lines, lines_of(text, width))
        page.set_row(row, max(least, height_of(lines)))

    def _across(self, page: Worksheet, row: int, span: tuple[int, int], text: str, look: Format) -> None:
        """Text over several columns; one column cannot be merged."""
        first, last = span
        if last > first:
            page.merge_range(row, first, row, last, "", look)
        page.write_string(row, first, text, look)


class _FormLooks:
    """Labels, texts and blocks of a form in one size of letters."""

    def __init__(self, book: Workbook, cell: dict[str, object]) -> None:
        self.label = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#EDEDED"})
        self.text = book.add_format(cell)
        self.block = book.add_format(cell | {"valign": "top"})


def _height(text: str, room: float, size: int) -> float:
    """Points of height that words of a form need."""
    return height_of(lines_of(text, room, size), size)
