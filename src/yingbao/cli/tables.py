"""A table as lines of text: side by side while there is room, else the widest columns below each row.

No word is cut: a file name that one reads on the screen can be copied, and found by ``grep``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

_GAP = "  "
_INDENT = "    "


def lines_of_table(headings: Sequence[str], body: Sequence[Sequence[str]], room: int | None, colon: str) -> list[str]:
    """The table for a screen of ``room`` characters; None: however wide it is."""
    cells = [[" ".join(cell.split()) for cell in row] for row in body]
    widths = [max(cell_len(text) for text in (heading, *(row[place] for row in cells))) for place, heading in enumerate(headings)]
    right = [_are_numbers([row[place] for row in cells]) for place in range(len(headings))]
    beside = _beside(widths, right, room)
    below = [place for place in range(len(headings)) if place not in beside]

    def line(texts: Sequence[str]) -> str:
        return _GAP.join(_padded(texts[place], widths[place], right=right[place]) for place in beside).rstrip()

    found = [line(headings), _GAP.join("─" * widths[place] for place in beside)]
    for row in cells:
        found.append(line(row))
        told = [f"{headings[place]}{colon}{row[place]}" for place in below if row[place]]
        found += wrapped(_INDENT, told, _GAP, room) if told else []
    return found


def wrapped(head: str, parts: Iterable[str], joint: str, room: int | None) -> list[str]:
    """Words after a head, on as many lines as they need, broken only between the words."""
    found, empty = [head], True
    for part in parts:
        longer = found[-1] + ("" if empty else joint) + part
        if empty or room is None or cell_len(longer) <= room:
            found[-1] = longer
        else:
            found[-1] += joint.rstrip()
            found.append(_INDENT + part)
        empty = False
    return found


def _beside(widths: Sequence[int], right: Sequence[bool], room: int | None) -> list[int]:
    """The columns that stand side by side: the widest leave first, never the first one nor a number."""
    beside = list(range(len(widths)))
    while room is not None and sum(widths[place] + len(_GAP) for place in beside) - len(_GAP) > room:
        movable = [place for place in beside[1:] if not right[place]]
        if not movable:
            break
        beside.remove(max(movable, key=lambda place: widths[place]))
    return beside


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def _are_numbers(column: Sequence[str]) -> bool:
    """Numbers all of them, but for cells that are blank."""
    told = [text for text in column if text]
    return bool(told) and all(_is_number(text) for text in told)


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("-", "").isdigit()
