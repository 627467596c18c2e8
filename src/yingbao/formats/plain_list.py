"""A list of one line a person with a few columns, in any of the file forms a roster may have, on one sheet or several.

Title rows, empty rows, totals and signatures are told apart as on rosters; every row is given back, kept or ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yingbao.formats.rosters.by_content import has_people
from yingbao.formats.rosters.clean_values import folded
from yingbao.formats.rosters.foot import Foot
from yingbao.formats.rosters.grid import Grid, Sheet, Value, is_blank_row, letter, read_grid
from yingbao.formats.rosters.guard import Limits
from yingbao.formats.rosters.headings import Headings, known_field
from yingbao.formats.rosters.slots import Column
from yingbao.formats.rosters.write_back import GoingBack, write_rows
from yingbao.values.errors import YingbaoError

_SEARCHED_ROWS = 40
_ADDED = ("return_reason", "return_cell")  # of a file of ours that came back


@dataclass(slots=True)
class PlainRow:
    """A row: its sheet, its number from 1, its cells, and the column of each field. ``problems`` are codes."""

    sheet: str
    row: int
    cells: list[Value]
    places: Mapping[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def cell(self, name: str) -> Value:
        """The cell of a field; None where there is none."""
        place = self.places.get(name)
        return self.cells[place] if place is not None and place < len(self.cells) else None

    def address(self, name: str) -> str:
        """``C7``."""
        return f"{letter(self.places[name])}{self.row}" if name in self.places else ""


@dataclass(frozen=True, slots=True)
class PlainList:
    """What was read: rows of persons, and the rows that are none, both in order."""

    name: str
    grid: Grid
    headings: Mapping[str, Headings]
    sha256: str
    sheets: int
    rows: tuple[PlainRow, ...]
    ignored: tuple[PlainRow, ...]

    def write_back(self, why: Sequence[tuple[str, int, str, str]], folder: Path) -> Path | None:
        """The rows refused, as the same file with why and where. ``why``: sheet, row (from 1), sentence and cell."""
        told: dict[str, dict[int, tuple[str, str]]] = {}
        for sheet, row, sentence, cell in why:
            told.setdefault(sheet, {})[row - 1] = (sentence, cell or f"第{row}行")
        return write_rows(GoingBack(self.name, self.grid, self.headings, told), folder)


def read_plain_list(
    path: Path, words: Mapping[str, Sequence[str]], needed: Sequence[set[str]], refusal: Callable[[str], YingbaoError]
) -> PlainList:
    """Read a list. ``words``: field → its headings, beside those that rosters know; ``needed``: sets of fields, one of each.

    Raises what ``refusal`` makes of a reason, and RosterRefused for a file that cannot be opened.
    """
    grid = read_grid(path, Limits())
    rows: list[PlainRow] = []
    ignored: list[PlainRow] = []
    found: dict[str, Headings] = {}
    for sheet in grid.sheets:
        headings = _headings(sheet, words, needed)
        if headings is None and has_people(sheet):
            raise refusal(f"工作表“{sheet.name}”里有人，却找不到标题行")
        if headings:
            found[sheet.name] = headings
        _sort(sheet, headings, rows, ignored)
    if not found:
        raise refusal("找不到标题行")
    return PlainList(path.name, grid, found, grid.sha256, len(grid.sheets), tuple(rows), tuple(ignored))


def _headings(sheet: Sheet, words: Mapping[str, Sequence[str]], needed: Sequence[set[str]]) -> Headings | None:
    by_word = {folded(word): name for name, known in words.items() for word in known}
    for number in range(min(_SEARCHED_ROWS, len(sheet.rows))):
        taken: set[str] = set()
        columns = []
        for place in range(len(sheet.rows[number])):
            label = sheet.text(number, place)
            name = by_word.get(folded(label)) or known_field(label)
            known = name if name in (*words, *_ADDED) and name not in taken else None
            columns.append(Column(place, label, known))
            if known:
                taken.add(known)
        if all(taken & one for one in needed):
            return Headings(number, number, columns)
    return None


def _sort(sheet: Sheet, headings: Headings | None, rows: list[PlainRow], ignored: list[PlainRow]) -> None:
    foot = Foot(sheet, headings) if headings else None
    places = {c.field: c.index for c in headings.columns if c.field and c.field not in _ADDED} if headings else {}
    for number, cells in enumerate(sheet.rows):
        one = PlainRow(sheet.name, number + 1, cells, places)
        if foot is None or headings is None or number <= headings.last or is_blank_row(cells) or foot.code(number):
            ignored.append(one)
            continue
        if sheet.hidden or number in sheet.hidden_rows:
            one.problems.append("row_hidden")
        for place in places.values():
            if (number, place) in sheet.errors:
                one.problems.append("cell_error")
            elif (number, place) in sheet.formulas:
                one.problems.append("cell_formula")
        one.problems = list(dict.fromkeys(one.problems))
        rows.append(one)
