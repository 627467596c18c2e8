"""Totals at the foot of the register, compared with its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from yingbao.formats.rosters import register_columns as columns
from yingbao.formats.rosters.clean_values import clean_amount, clean_count
from yingbao.formats.rosters.grid import Value, letter, text_of
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.records import ControlTotal
from yingbao.formats.rosters.register_columns import AMOUNTS

_PERSONS = re.compile(r"(\d[\d,]*)\s*(?:人|名)")


@dataclass(slots=True)
class Sums:
    """What a stretch of rows gives. ``fen``: column → the sum, None where a cell is unclear."""

    persons: int = 0
    fen: dict[int, int | None] = field(default_factory=dict)

    def add(self, persons: pl.DataFrame, places: Mapping[str, int]) -> None:
        """Count person rows: all cells as text, columns named by letter."""
        self.persons += persons.height
        for name in AMOUNTS:
            if name not in places:
                continue
            column = places[name]
            text = pl.col(letter(column)).str.strip_chars()
            cells = persons.select(pl.when(text.str.len_bytes() > 0).then(text).alias("text")).drop_nulls()
            parsed = cells.with_columns(columns.fen("text").alias("fen"))
            unlike = [clean_amount(one)[0] for one in parsed.filter(pl.col("fen").is_null())["text"]]
            before, good = self.fen.get(column, 0), [one for one in unlike if one is not None]
            whole = before is not None and len(good) == len(unlike)
            self.fen[column] = (before or 0) + int(parsed["fen"].sum() or 0) + sum(good) if whole else None

    def over(self, before: Sums) -> Sums:
        """Both stretches together."""
        whole = Sums(self.persons + before.persons)
        for column in {*self.fen, *before.fen}:
            parts = (self.fen.get(column, 0), before.fen.get(column, 0))
            whole.fen[column] = None if None in parts else sum(one or 0 for one in parts)
        return whole


def register_totals(
    sheet: str, headings: Headings, stated: Sequence[tuple[int, list[Value], Sequence[Sums]]]
) -> list[ControlTotal]:
    """Each stated count and amount of the total rows (row from 1, cells) with what the rows give.

    A total may mean the rows since the one before, or all rows so far: the ``Sums`` of each, the whole last.
    """
    found: list[ControlTotal] = []
    amounts = {column.index for column in headings.columns if column.field in AMOUNTS}
    counts = {column.index for column in headings.columns if column.field in ("name", "id", "village", "town", "sex")}
    for row, values, choices in stated:
        label = next((text_of(value).strip() for value in values if text_of(value).strip()), "")[:12]
        persons = [one.persons for one in choices]
        for column, value in enumerate(values):
            text = text_of(value)
            if told := _PERSONS.search(text):
                found.append(_total(sheet, row, f"{label}人数", int(told[1].replace(",", "")), persons))
            elif column in amounts and None not in (sums := [one.fen.get(column) for one in choices]):
                fen = clean_amount(value)[0] if text.strip() else None
                if fen is not None:
                    found.append(_total(sheet, row, f"{label}金额", fen, [one or 0 for one in sums]))
            elif column in counts and (count := clean_count(value) if text.strip() else None) is not None:
                found.append(_total(sheet, row, f"{label}人数", count, persons))
    return found


def _total(sheet: str, row: int, label: str, stated: int, options: list[int]) -> ControlTotal:
    return ControlTotal(sheet, row, label, stated, stated if stated in options else options[-1])
