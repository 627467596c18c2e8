"""Rejected rows go back as the same file: same sheets, heading rows and cells, plus why and where.

Mended and read again such a file makes no new error: the two added columns are not read, and its
totals are not compared, because it holds only a part of the rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from yingbao.formats.measure import height_of, lines_of, width_of
from yingbao.formats.rosters.grid import Grid, Sheet, text_of
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.records import QUARANTINED, Record, RosterReading
from yingbao.formats.whole import whole_file

REASON_LABEL, CELL_LABEL = "退回原因", "单元格"
_WIDEST = 40  # characters of a column


@dataclass(frozen=True, slots=True)
class GoingBack:
    """Rows that go back, of any list of persons. ``why``: sheet → row (from 0) → the sentences, and the cells they speak of.

    ``stretches`` and ``lines`` as of a RosterReading; a list with one table has none.
    """

    file: str
    grid: Grid
    headings: Mapping[str, Headings]
    why: Mapping[str, Mapping[int, tuple[str, str]]]
    stretches: Mapping[str, list[tuple[int, Headings]]] = field(default_factory=dict)
    lines: Mapping[str, list[int]] = field(default_factory=dict)


def write_back(reading: RosterReading, folder: Path, *, name: str | None = None) -> Path | None:
    """Write the rejected rows of ``reading`` into ``folder``; None when no row was rejected. See :func:`write_rows`."""
    rejected: dict[str, dict[int, list[Record]]] = {}
    for record in reading.records:
        if record.disposition == QUARANTINED:
            rejected.setdefault(record.sheet, {}).setdefault(record.row - 1, []).append(record)
    why = {sheet: {row: _why(records) for row, records in rows.items()} for sheet, rows in rejected.items()}
    going = GoingBack(reading.file, reading.grid, reading.headings, why, reading.stretches, reading.lines)
    return write_rows(going, folder, name=name)


def write_rows(going: GoingBack, folder: Path, *, name: str | None = None) -> Path | None:
    """Write the rows of a list that go back into ``folder``; None when there are none.

    ``name``: the file name without its ending; by default the original's and 退回. A csv stays a csv in its
    encoding; everything else becomes xlsx. Every cell is written as text, never as a formula.
    """
    if not going.why:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    stem = name or f"{Path(going.file).stem}-退回"
    if going.grid.form == "csv":
        table = _table(going, going.grid.sheets[0])
        return whole_file(folder / f"{stem}.csv", lambda out: _write_csv(out, table, going.grid))
    return whole_file(folder / f"{stem}.xlsx", lambda out: _write_book(out, going))


def _write_book(path: Path, going: GoingBack) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        text_format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        told_format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "bg_color": "#FFF2CC"})
        for sheet in going.grid.sheets:
            if sheet.name not in going.why:
                continue
            target = book.add_worksheet(sheet.name)
            table = _table(going, sheet)
            last = going.headings[sheet.name].last
            told = [place for place, text in enumerate(table[last]) if text in (REASON_LABEL, CELL_LABEL)]
            widths = _widths(table, last)
            for row, line in enumerate(table):
                for column, text in enumerate(line):
                    if text:
                        target.write_string(row, column, text, told_format if column in told else text_format)
                if row >= last:
                    target.set_row(row, height_of(max(lines_of(text, width) for text, width in zip(line, widths, strict=True))))
            _merge_headings(going.headings[sheet.name], sheet, target)
            _lay_out(target, widths, last)


def _widths(table: list[list[str]], last: int) -> list[float]:
    """Columns as wide as what is in them; an empty one, or a long heading, takes little of the page."""
    widest = [max((width_of(part) for line in table[last + 1 :] for part in line[column].split("\n")), default=0)
              for column in range(len(table[last]))]  # fmt: skip
    return [float(min(max(one + 2, 6), _WIDEST)) for one in widest]


def _lay_out(target: Worksheet, widths: list[float], last: int) -> None:
    """To be read on a screen and printed on A4, the headings on each page."""
    for column, width in enumerate(widths):
        target.set_column(column, column, width)
    target.set_paper(9)
    target.set_landscape()
    target.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    target.hide_gridlines(0)  # lines between the cells on paper as on the screen
    target.fit_to_pages(1, 0)
    target.repeat_rows(0, last)
    target.freeze_panes(last + 1, 0)
    target.set_footer("&C第 &P 页，共 &N 页")


def _table(going: GoingBack, sheet: Sheet) -> list[list[str]]:
    """Heading block, then the rejected rows, with the two columns at the right (or where they already are).

    Of a sheet with several tables each keeps its headings; a line that says something of the rows below it (a village, a
    category) comes back above them, or they would be read otherwise than before.
    """
    headings, rows = going.headings[sheet.name], going.why[sheet.name]
    reason_at, cell_at = headings.column("return_reason"), headings.column("return_cell")
    if reason_at is None or cell_at is None:
        reason_at, cell_at = sheet.width, sheet.width + 1
    width = max(sheet.width, cell_at + 1)
    lines = sorted(set(going.lines.get(sheet.name, [])))
    table, written = [], -1
    stretches = going.stretches.get(sheet.name, [(0, headings)])
    for place, (start, block) in enumerate(stretches):
        table += [_line(sheet, row, width) for row in range(start, block.last + 1)]
        table[-1][reason_at], table[-1][cell_at] = REASON_LABEL, CELL_LABEL
        end = next((later for later, _ in stretches[place + 1 :]), len(sheet.rows))
        for row in sorted(row for row in rows if block.last < row < end):
            for above in (one for one in lines if max(written, block.last) < one < row):
                table.append(_line(sheet, above, width))
            written = row
            line = _line(sheet, row, width)
            line[reason_at], line[cell_at] = rows[row]
            table.append(line)
    return table


def _line(sheet: Sheet, row: int, width: int) -> list[str]:
    texts = [text_of(value) for value in sheet.rows[row]]
    return texts + [""] * (width - len(texts))


def _why(records: list[Record]) -> tuple[str, str]:
    """The sentences and the cell addresses of a row, each once."""
    sentences: dict[str, None] = {}
    cells: dict[str, None] = {}
    for record in records:
        for problem in record.problems:
            sentences[problem.text()] = None
            if problem.address:
                cells[problem.address] = None
    row = str(records[0].row)
    return "".join(sentences), "、".join(cells) or f"第{row}行"


def _merge_headings(headings: Headings, sheet: Sheet, target: object) -> None:
    """Heading cells stay merged as they were."""
    for top, bottom, left, right in sheet.merged:
        if bottom <= headings.last and top < len(sheet.rows):
            target.merge_range(top, left, bottom, right, sheet.text(top, left))  # type: ignore[attr-defined]


def _write_csv(path: Path, table: list[list[str]], grid: Grid) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=grid.delimiter or ",", lineterminator="\r\n").writerows(table)
    path.write_bytes(buffer.getvalue().encode(grid.encoding or "utf-8-sig"))
