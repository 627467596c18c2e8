"""How much room words take on a sheet, in characters of the column widths and in points of height."""

from __future__ import annotations

import unicodedata
from math import ceil

LINE_POINTS = 14.0  # a line of ten points with its space
# A column of so many characters is that many digits of the sheet's own font and a margin; our letters are a little narrower.
_ROOM, _MARGIN = 1.05, 0.4


def width_of(text: str) -> int:
    """Characters a line takes: a Chinese one counts two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def lines_of(text: str, room: float, size: float = 10) -> int:
    """How many lines a text takes in so many characters of width, its own breaks counted; ``size`` in points."""
    usable = max((room * _ROOM - _MARGIN) * 10 / size, 2.0)
    # Most cells fit whatever they are made of: a county has a million of them.
    return sum(1 if 2 * len(part) <= usable else ceil(width_of(part) / usable) for part in text.split("\n"))


def height_of(lines: int, size: float = 10) -> float:
    """Points of height for so many lines."""
    return lines * LINE_POINTS * size / 10 + 4
