"""OpenDocument sheets in one pass over content.xml: values, formulas, errors, hiding and merging."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from yingbao.formats.rosters.grid import Sheet, Value
from yingbao.formats.rosters.grid_xlsx import _local, _walk

_MAX_COLUMNS = 1024
_MAX_REPEATED_ROWS = 100_000


def read(name: str, data: bytes) -> list[Sheet]:
    """All tables in their order."""
    del name
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("content.xml")
    reader = _Reader()
    _walk(xml, reader.start, reader.text, reader.end)
    return reader.sheets


class _Reader:
    """Holds the place in the document while the pass runs."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.column = 0
        self.row: list[Value] = []
        self.row_times = 1
        self.cell: dict[str, str] | None = None
        self.covered = False
        self.paragraphs: list[str] = []
        self.in_text = 0
        self.in_note = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        plain = {_local(key): value for key, value in attributes.items()}
        if local in ("table-cell", "covered-table-cell"):
            self.cell, self.covered, self.paragraphs = plain, local != "table-cell", []
        elif local == "annotation":
            self.in_note += 1
        elif local in ("p", "h") and not self.in_note:
            self.paragraphs.append("")
            self.in_text += 1
        elif local == "s" and self.in_text:
            self.paragraphs[-1] += " " * int(plain.get("c", 1))
        elif local == "table-row":
            self.row, self.row_times = [], int(plain.get("number-rows-repeated", 1))
            if plain.get("visibility") in ("collapse", "filter") and self.sheets:
                first = len(self.sheets[-1].rows)
                self.sheets[-1].hidden_rows.update(range(first, first + min(self.row_times, _MAX_REPEATED_ROWS)))
        elif local == "table-column":
            self._column(plain)
        elif local == "table" and "name" in plain:
            hidden = plain.get("style-name", "") in self.hidden_styles
            self.sheets.append(Sheet(plain["name"], hidden, []))
            self.column = 0
        elif local == "style":
            self.style = plain.get("name", "")
        elif local == "table-properties" and plain.get("display") == "false":
            self.hidden_styles.add(self.style)

    def text(self, text: str) -> None:
        if self.in_text and not self.in_note:
            self.paragraphs[-1] += text

    def end(self, tag: str) -> None:
        local = _local(tag)
        if local in ("p", "h") and not self.in_note:
            self.in_text -= 1
        elif local == "annotation":
            self.in_note -= 1
        elif local in ("table-cell", "covered-table-cell"):
            self._cell()
        elif local == "table-row" and self.sheets:
            self._row()

    def _column(self, plain: dict[str, str]) -> None:
        times = int(plain.get("number-columns-repeated", 1))
        if plain.get("visibility") in ("collapse", "filter") and self.sheets:
            self.sheets[-1].hidden_columns.update(range(self.column, min(self.column + times, _MAX_COLUMNS)))
        self.column += times

    def _cell(self) -> None:
        plain, self.cell = self.cell or {}, None
        times = int(plain.get("number-columns-repeated", 1))
        value = None if self.covered else _value(plain, "\n".join(self.paragraphs))
        row, column = len(self.sheets[-1].rows), len(self.row)
        if plain.get("formula"):
            self.sheets[-1].formulas.add((row, column))
        if isinstance(value, str) and value.startswith("#") and value.rstrip("!?").isupper():
            self.sheets[-1].errors[row, column] = value
        rows, columns = int(plain.get("number-rows-spanned", 1)), int(plain.get("number-columns-spanned", 1))
        if rows > 1 or columns > 1:
            self.sheets[-1].merged.append((row, row + rows - 1, column, column + columns - 1))
        self.row += [value] * min(times, _MAX_COLUMNS - len(self.row))

    def _row(self) -> None:
        while self.row and self.row[-1] in (None, ""):
            self.row.pop()
        times = min(self.row_times, _MAX_REPEATED_ROWS)
        self.sheets[-1].rows += [list(self.row) for _ in range(times)]


def _value(plain: dict[str, str], text: str) -> Value:
    kind = plain.get("value-type")
    if kind in ("float", "currency", "percentage") and "value" in plain:
        return float(plain["value"])
    if kind == "date" and "date-value" in plain:
        stamp = plain["date-value"]
        return date.fromisoformat(stamp) if len(stamp) == 10 else datetime.fromisoformat(stamp)  # noqa: PLR2004
    if kind == "boolean":
        return plain.get("boolean-value") == "true"
    return text or None
