"""Rejected rows go back as the same file: same sheets, heading rows and cells, plus why and where.

Mended and read again such a file makes no new error: the two added columns are not read, and its
totals are not compared, because it holds only a part of the rows.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from yingbao.formats.measure import height_of, lines_of, width_of
from yingbao.formats.rosters.grid import Sheet, text_of
from yingbao.formats.rosters.records import QUARANTINED, Record, RosterReading
from yingbao.formats.whole import whole_file

REASON_LABEL, CELL_LABEL = "退回原因", "单元格"
_WIDEST = 40  # characters of a column


def write_back(reading: RosterReading, folder: Path, *, name: str | None = None) -> Path | None:
    """Write the rejected rows of ``reading`` into ``folder``; None when no row was rejected.

    ``name``: the file name without its ending; by default the original's and 退回. A csv stays a csv in its
    encoding; everything else becomes xlsx. Every cell is written as text, never as a formula.
    """
    rejected: dict[str, dict[int, list[Record]]] = {}
    for record in reading.records:
        if record.disposition == QUARANTINED:
            rejected.setdefault(record.sheet, {}).setdefault(record.row - 1, []).append(record)
    if not rejected:
        return None
    stem = name or f"{Path(reading.file).stem}-退回"
    if reading.form == "csv":
        path = folder / f"{stem}.csv"
        sheet = reading.grid.sheets[0]
        table = _table(reading, sheet, rejected[sheet.name])
        return whole_file(path, lambda out: _write_csv(out, table, reading))
    path = folder / f"{stem}.xlsx"
    return whole_file(path, lambda out: _write_book(out, reading, rejected))


def _write_book(path: Path, reading: RosterReading, rejected: dict[str, dict[int, list[Record]]]) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        text_format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        told_format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "bg_color": "#FFF2CC"})
        for sheet in reading.grid.sheets:
            if sheet.name not in rejected:
                continue
            target = book.add_worksheet(sheet.name)
            table = _table(reading, sheet, rejected[sheet.name])
            last = reading.headings[sheet.name].last
            told = [place for place, text in enumerate(table[last]) if text in (REASON_LABEL, CELL_LABEL)]
            widths = _widths(table, last)
            for row, line in enumerate(table):
                for column, text in enumerate(line):
                    if text:
                        target.write_string(row, column, text, told_format if column in told else text_format)
                if row >= last:
                    target.set_row(row, height_of(max(lines_of(text, width) for text, width in zip(line, widths, strict=True))))
            _merge_headings(reading, sheet, target)
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


def _table(reading: RosterReading, sheet: Sheet, rows: dict[int, list[Record]]) -> list[list[str]]:
    """Heading block, then the rejected rows, with the two columns at the right (or where they already are).

    Of a sheet with several tables each keeps its headings; a line that says something of the rows below it (a village, a
    category) comes back above them, or they would be read otherwise than before.
    """
    headings = reading.headings[sheet.name]
    reason_at, cell_at = headings.column("return_reason"), headings.column("return_cell")
    if reason_at is None or cell_at is None:
        reason_at, cell_at = sheet.width, sheet.width + 1
    width = max(sheet.width, cell_at + 1)
    lines = sorted(set(reading.lines.get(sheet.name, [])))
    table, written = [], -1
    stretches = reading.stretches.get(sheet.name, [(0, headings)])
    for place, (start, block) in enumerate(stretches):
        table += [_line(sheet, row, width) for row in range(start, block.last + 1)]
        table[-1][reason_at], table[-1][cell_at] = REASON_LABEL, CELL_LABEL
        end = next((later for later, _ in stretches[place + 1 :]), len(sheet.rows))
        for row in sorted(row for row in rows if block.last < row < end):
            for above in (one for one in lines if max(written, block.last) < one < row):
                table.append(_line(sheet, above, width))
            written = row
            line = _line(sheet, row, width)
            line[reason_at], line[cell_at] = _why(rows[row])
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


def _merge_headings(reading: RosterReading, sheet: Sheet, target: object) -> None:
    """Heading cells stay merged as they were."""
    headings = reading.headings[sheet.name]
    for top, bottom, left, right in sheet.merged:
        if bottom <= headings.last and top < len(sheet.rows):
            target.merge_range(top, left, bottom, right, sheet.text(top, left))  # type: ignore[attr-defined]


def _write_csv(path: Path, table: list[list[str]], reading: RosterReading) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=reading.grid.delimiter or ",", lineterminator="\r\n").writerows(table)
    path.write_bytes(buffer.getvalue().encode(reading.encoding or "utf-8-sig"))
