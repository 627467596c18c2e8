"""Rows of a large file, a sheet at a time, without holding the whole file as cells."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yingbao.formats.rosters import grid_csv
from yingbao.formats.rosters.grid import Sheet, Value, letter, read_grid
from yingbao.formats.rosters.guard import Limits, inspect
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.records import SheetReading


@dataclass(slots=True)
class SourceSheet:
    """One sheet to be read once from its beginning."""

    name: str
    rows: Iterator[list[Value]]
    sheet: Sheet | None = None
    count: int = 0

    def reading(self, headings: Headings | None) -> SheetReading:
        """How it was understood, for the report."""
        sheet = self.sheet
        return SheetReading(
            name=self.name,
            kind="opening_register" if headings else None,
            hidden=bool(sheet and sheet.hidden),
            heading_rows=(headings.first + 1, headings.last + 1) if headings else None,
            mapping=headings.mapping if headings else {},
            labels={letter(c.index): c.label for c in headings.columns if c.label} if headings else {},
            rows=self.count,
            hidden_rows=len(sheet.hidden_rows) if sheet else 0,
            hidden_columns=len(sheet.hidden_columns) if sheet else 0,
        )


@dataclass(slots=True)
class Source:
    """A large file, opened."""

    name: str
    form: str
    sha256: str
    encoding: str | None
    sheets: list[SourceSheet] = field(default_factory=list)


def open_source(path: Path, limits: Limits) -> Source:
    """Guard, then open. A csv is decoded whole and split as it is read."""
    form, data = inspect(path, limits)
    if form != "csv":
        grid = read_grid(path, limits)
        sheets = [SourceSheet(sheet.name, iter(sheet.rows), sheet) for sheet in grid.sheets if sheet.rows]
        return Source(path.name, form, grid.sha256, None, sheets)
    text, encoding = grid_csv.decode(path.name, data)
    delimiter = grid_csv.sniff_delimiter(text)
    reader: Iterator[Any] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return Source(path.name, form, hashlib.sha256(data).hexdigest(), encoding, [SourceSheet(path.stem, reader)])
