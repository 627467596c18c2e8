"""A file on its way from a bureau to the office, and the truth about its rows that only tests read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yingbao.county import dirt
from yingbao.county.books import Cell, Sheet, write_book
from yingbao.county.dirt import Part
from yingbao.county.people import County
from yingbao.values.month import Month

Person = dict[str, object]

# Few people must still show many faults.
DIRTIER = {"county": 1, "town": 2, "hamlet": 6}


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands in one part of one row. ``row`` counts from 1 as on the screen; ``part`` from 0 (the head).

    ``kinds``: numbers of the dirt catalogue done to it, none for a clean part.
    """

    sheet: str
    row: int
    part: int
    number: int
    kinds: tuple[int, ...] = ()


@dataclass(slots=True)
class Delivery:
    """One file: who sent it, what roster, of which month, told to the office on which day."""

    name: str
    bureau: str
    kind: str
    month: Month
    told_on: date
    sheets: list[Sheet] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        """Write it into the folder; give the path."""
        return write_book(folder / self.name, self.sheets)


def cells_of(county: County, kind: str, month: Month, person: Person) -> tuple[Part, int]:
    """Name and number of a person as this roster has them, and the kind of fault (0: none)."""
    name, id18, number = str(person["name"]), str(person["id18"]), int(str(person["number"]))
    if person["group"] == "story":
        return Part(name, id18), 21 if "□" in name else 0
    fault = dirt.choose(county.seed, kind, number, name, id18, month, DIRTIER[county.size])
    return dirt.spoil(fault, name, id18, dirt.luck(county.seed, number)), fault


def title(sheet: Sheet, text: str, width: int) -> None:
    """A title over the whole width, in a merged cell."""
    row = sheet.add([text])
    sheet.merges.append((row, 0, row, width - 1))


def foot(sheet: Sheet, total: str, width: int, month: Month) -> None:
    """A total, an empty row, and the line to sign."""
    sheet.add(["合计", None, total])
    sheet.add([])
    line: list[Cell] = ["制表人：冒红梅", None, None, "审核人：", None, f"{month // 12}年{month % 12 + 1}月20日"]
    sheet.add(line[: max(width, 6)])
