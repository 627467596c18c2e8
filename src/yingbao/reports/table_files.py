"""A table as a file for whoever gets it without us: CSV for spreadsheets or Parquet for programs, its notes beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from yingbao.formats.whole import whole_file

FORMATS = ("csv", "parquet")
# A cell that begins so would be run as a formula by a spreadsheet.
_FORMULA = r"^[=+\-@\t\r＝＋－＠]"


def write_table(frame: pl.DataFrame, path: Path, basis: Mapping[str, object], notes: str) -> Path:
    """Write a table to ``path`` (its ending is one of FORMATS) and its notes beside it, whose path is returned.

    A Parquet file has the basis inside as well. Each file is whole or not there.
    """
    beside = whole_file(path.with_suffix(f"{path.suffix}.说明.txt"), lambda out: out.write_bytes(notes.encode()))
    told = {name: json.dumps(value, ensure_ascii=False) for name, value in basis.items()}
    parquet = path.suffix == ".parquet"
    whole_file(path, lambda out: frame.write_parquet(out, metadata=told) if parquet else out.write_bytes(_csv(frame)))
    return beside


def _csv(frame: pl.DataFrame) -> bytes:
    return b"\xef\xbb\xbf" + _harmless(frame).write_csv().encode()


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    cell = pl.col(texts)
    return frame.with_columns(pl.when(cell.str.contains(_FORMULA)).then("'" + cell).otherwise(cell).name.keep())
