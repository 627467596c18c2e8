"""Small made-up files, written as the bureaux write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from yingbao.formats.rosters.gallery import made_up_id

Book = Callable[..., Path]


@pytest.fixture
def ids() -> list[str]:
    """Forty good numbers of people born in 1970."""
    return [made_up_id("19700102", number) for number in range(100, 140)]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """``book(name, {sheet: rows}, merges={sheet: [(r0, c0, r1, c1)]}, hidden_rows={sheet: [n]})`` writes an xlsx."""

    def write(name: str, sheets: dict[str, list[list[Any]]], **how: Any) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as workbook:
            for sheet, rows in sheets.items():
                target = workbook.add_worksheet(sheet)
                for row, values in enumerate(rows):
                    for column, value in enumerate(values):
                        _write(target, row, column, value)
                for top, left, bottom, right in how.get("merges", {}).get(sheet, []):
                    target.merge_range(top, left, bottom, right, rows[top][left])
                for row in how.get("hidden_rows", {}).get(sheet, []):
                    target.set_row(row, None, None, {"hidden": True})
                if sheet in how.get("hidden_sheets", ()):
                    target.hide()
        return path

    return write


def _write(target: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, tuple):
        target.write_formula(row, column, value[0], None, value[1])
    elif isinstance(value, str):
        target.write_string(row, column, value) if value else None
    elif value is not None:
        target.write_number(row, column, value)
