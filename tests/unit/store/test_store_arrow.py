"""The reading process: types that do not hang on the first rows, and failures that are heard of."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import polars as pl
import pytest

from yingbao.store import arrow_reader

ROWS = 300_000  # more than two batches
COUNT = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS - 1}) "


@pytest.fixture
def path(tmp_path: Path) -> str:
    opened = sqlite3.connect(tmp_path / "some.sqlite3")
    opened.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, word TEXT)")
    opened.execute(f"{COUNT} INSERT INTO told SELECT i, CASE WHEN i >= {ROWS - 2} THEN 'late' END FROM n")
    opened.commit()
    opened.close()
    return str(tmp_path / "some.sqlite3")


def _read(path: str, sql: str) -> pl.DataFrame:
    return arrow_reader.read(path, sql, [], [0, ""], lambda frame: frame.rename({"0": "id", "1": "word"}))


def test_a_text_column_that_begins_with_many_nulls_is_text(path: str) -> None:
    found = _read(path, "SELECT id, word FROM told").sort("id")
    assert found.height == ROWS
    assert found["word"].to_list()[-3:] == [None, "late", "late"]


def test_no_rows_are_a_frame_with_the_columns(path: str) -> None:
    found = _read(path, "SELECT id, word FROM told WHERE id < 0")
    assert found.schema == {"id": pl.Int64, "word": pl.String}
    assert found.is_empty()


def test_a_statement_that_cannot_be_read_says_why_and_the_next_is_answered(path: str) -> None:
    with pytest.raises(arrow_reader.ArrowChildFailed, match="no such table"):
        _read(path, "SELECT id, word FROM nowhere")
    assert _read(path, "SELECT id, word FROM told WHERE id = 7")["id"].to_list() == [7]


def test_a_reading_that_breaks_off_in_the_middle_is_no_answer(path: str) -> None:
    """abs() of the least integer is an error, and here the last row asks for it."""
    broken = f"SELECT abs(CASE id WHEN {ROWS - 1} THEN -9223372036854775807 - 1 ELSE id END), word FROM told"
    with pytest.raises(arrow_reader.ArrowChildFailed, match="overflow"):
        _read(path, broken)
    assert _read(path, "SELECT id, word FROM told").height == ROWS
