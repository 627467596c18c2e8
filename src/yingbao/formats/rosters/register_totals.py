"""Totals at the foot of the register, compared with its rows."""

from __future__ import annotations

import re

from yingbao.formats.rosters.clean_values import clean_amount, clean_count
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.records import ControlTotal
from yingbao.formats.rosters.register_columns import AMOUNTS

_PERSONS = re.compile(r"(\d[\d,]*)\s*(?:人|名)")


def register_totals(
    sheet: str, headings: Headings, rows: list[tuple[int, list[Value]]], sums: dict[int, int | None], persons: int
) -> list[ControlTotal]:
    """Each stated count and amount of the total ``rows`` (row from 1, cells) with what the rows give.

    ``sums``: column → fen of all person rows, None where a cell was unclear.
    """
    found: list[ControlTotal] = []
    amounts = {column.index for column in headings.columns if column.field in AMOUNTS}
    counts = {column.index for column in headings.columns if column.field in ("name", "id", "village", "town", "sex")}
    for row, values in rows:
        label = next((text_of(value).strip() for value in values if text_of(value).strip()), "")[:12]
        for column, value in enumerate(values):
            text = text_of(value)
            if stated := _PERSONS.search(text):
                found.append(ControlTotal(sheet, row, f"{label}人数", int(stated[1].replace(",", "")), persons))
            elif column in amounts and (total := sums.get(column)) is not None:
                fen = clean_amount(value)[0] if text.strip() else None
                if fen is not None:
                    found.append(ControlTotal(sheet, row, f"{label}金额", fen, total))
            elif column in counts and (count := clean_count(value) if text.strip() else None) is not None:
                found.append(ControlTotal(sheet, row, f"{label}人数", count, persons))
    return found
