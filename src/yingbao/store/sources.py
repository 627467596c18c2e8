"""What came in: files, records with their disposition, and the raw cells, kept for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from yingbao.store import bulk, sealed
from yingbao.store.models import SourceBlock, SourceFile, SourceRecord
from yingbao.values.identity import hide_numbers

BLOCK = 1_000  # records whose raw cells are sealed together


@dataclass(slots=True)
class KeptRecord:
    """A record as it is kept. ``cells``: the raw texts, sealed in blocks.

    Of a record that waits for a match: ``{"cells", "claims", "id", "name"}``, sealed as well.
    """

    sheet: str
    row: int
    part: int
    disposition: str
    reasons: str
    person_id: int | None
    id_index: str | None
    name: str | None
    village: str | None
    cells: Any


def loaded(pool: int, sha256: str, kind: str, month: int | None = None) -> SourceFile | None:
    """The newest file of these bytes, if they were loaded before; with ``month``, only as that month's."""
    files = SourceFile.objects.filter(pool=pool, sha256=sha256, kind=kind)
    return (files if month is None else files.filter(data_month=month)).order_by("-pk").first()


def newest_month(pool: int, kind: str) -> int | None:
    """The data month of the newest loaded roster of a kind."""
    newest = SourceFile.objects.filter(pool=pool, kind=kind).order_by("-data_month").first()
    return None if newest is None else int(newest.data_month)


def keep_records(file: SourceFile, records: Sequence[KeptRecord]) -> None:
    """Keep every record of a file, numbered from 1, and their raw cells sealed."""
    count = len(records)
    if not count:
        return
    bulk.write(SourceRecord, pl.DataFrame({
        "source_file_id": pl.Series([file.pk] * count, dtype=pl.Int64),
        "number": pl.Series(range(1, count + 1), dtype=pl.Int32),
        "pool": pl.Series([file.pool] * count, dtype=pl.Int32),
        "sheet": [hide_numbers(one.sheet) for one in records],
        "row": pl.Series([one.row for one in records], dtype=pl.Int32),
        "part": pl.Series([one.part for one in records], dtype=pl.Int16),
        "disposition": [one.disposition for one in records],
        "reasons": [one.reasons for one in records],
        "person_id": pl.Series([one.person_id for one in records], dtype=pl.Int64),
        "id_index": pl.Series([one.id_index for one in records], dtype=pl.String),
        "name": pl.Series([one.name for one in records], dtype=pl.String),
        "village": pl.Series([one.village for one in records], dtype=pl.String),
    }))  # fmt: skip
    _keep_cells(file, [one.cells for one in records])


def _keep_cells(file: SourceFile, cells: Sequence[Any]) -> None:
    rows: list[tuple[Any, ...]] = []
    for first in range(0, len(cells), BLOCK):
        part = list(cells[first : first + BLOCK])
        rows.append((file.pk, first + 1, first + len(part), sealed.seal_cells(part, file.pk)))
    bulk.write(SourceBlock, pl.DataFrame(
        rows, orient="row",
        schema={"source_file_id": pl.Int64, "first_number": pl.Int32, "last_number": pl.Int32,
                "cipher": pl.String},
    ))  # fmt: skip


def cells_of(file_id: int, number: int) -> Any:
    """The raw cells of one record, opened."""
    block = SourceBlock.objects.get(source_file_id=file_id, first_number__lte=number, last_number__gte=number)
    return sealed.open_cells(block.cipher, file_id)[number - block.first_number]
