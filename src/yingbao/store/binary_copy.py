"""PostgreSQL's binary COPY format, built from frames by NumPy a column at a time.

Each row is a 16-bit field count, then for each field a 32-bit length (-1: null) and its bytes,
all big-endian. Rows of plain numbers have one shape and are one NumPy record array; rows with
text or nulls are laid out by scattering each column to its offsets.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

# PostgreSQL counts days from 2000-01-01, Polars from 1970-01-01.
_DAYS_BETWEEN_EPOCHS = 10_957

_WIDTHS = {pl.Int64: 8, pl.Int32: 4, pl.Int16: 2, pl.Boolean: 1, pl.Date: 4}

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]


def encode(frame: pl.DataFrame, json_columns: frozenset[str] = frozenset()) -> bytes:
    """The rows of a frame, without header and trailer. ``json_columns`` are text bound for jsonb."""
    if all(dtype in _WIDTHS for dtype in frame.dtypes) and not any(frame.null_count().row(0)):
        return _fixed(frame)
    return _scattered(frame, json_columns)


def _numbers(column: pl.Series) -> npt.NDArray[Any]:
    """A column's values as big-endian integers of its width (nulls as 0)."""
    width = _WIDTHS[type(column.dtype)]
    if column.dtype == pl.Date:
        column = column.to_physical() - _DAYS_BETWEEN_EPOCHS
    if column.dtype == pl.Boolean:
        column = column.cast(pl.Int8)
    values: npt.NDArray[Any] = column.fill_null(0).to_numpy()
    return values.astype(f">i{width}", copy=False)


def _fixed(frame: pl.DataFrame) -> bytes:
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for place, dtype in enumerate(frame.dtypes):
        layout += [(f"length{place}", ">i4"), (f"value{place}", f">i{_WIDTHS[type(dtype)]}")]
    rows = np.empty(frame.height, dtype=layout)
    rows["fields"] = frame.width
    for place, column in enumerate(frame.iter_columns()):
        rows[f"length{place}"] = _WIDTHS[type(column.dtype)]
        rows[f"value{place}"] = _numbers(column)
    return rows.tobytes()


def _cells(column: pl.Series, *, json: bool) -> tuple[Offsets, Bytes]:
    """The byte length of each cell (-1: null) and the bytes of all cells one after the other."""
    if column.dtype == pl.String:
        # jsonb has a version byte before its text.
        text = pl.select(pl.lit("\x01") + column).to_series() if json else column
        lengths = text.str.len_bytes().fill_null(-1).cast(pl.Int64).to_numpy().copy()
        return lengths, np.frombuffer("".join(text.drop_nulls().to_list()).encode(), dtype=np.uint8)
    width = _WIDTHS[type(column.dtype)]
    lengths = np.full(len(column), width, dtype=np.int64)
    data = _numbers(column).view(np.uint8).reshape(len(column), width)
    if column.null_count():
        absent = column.is_null().to_numpy()
        lengths[absent] = -1
        data = data[~absent]
    return lengths, data.reshape(-1)


def _scattered(frame: pl.DataFrame, json_columns: frozenset[str]) -> bytes:
    cells = [_cells(column, json=column.name in json_columns) for column in frame.iter_columns()]
    sizes = [np.maximum(lengths, 0) for lengths, _ in cells]
    row_sizes = 2 + 4 * frame.width + np.sum(sizes, axis=0, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(row_sizes)])
    out = np.empty(int(starts[-1]), dtype=np.uint8)
    at = starts[:-1].copy()
    _put_fixed(out, at, np.full(frame.height, frame.width, dtype=">i2"))
    at += 2
    for (lengths, data), size in zip(cells, sizes, strict=True):
        _put_fixed(out, at, lengths.astype(">i4"))
        at += 4
        _put_bytes(out, at, size, data)
        at += size
    return out.tobytes()


def _put_fixed(out: Bytes, at: Offsets, values: npt.NDArray[Any]) -> None:
    """Write each value's bytes at its offset."""
    digits = values.view(np.uint8).reshape(len(values), values.dtype.itemsize)
    for place in range(values.dtype.itemsize):
        out[at + place] = digits[:, place]


def _put_bytes(out: Bytes, at: Offsets, size: Offsets, data: Bytes) -> None:
    """Write cell *i*, the next ``size[i]`` bytes of ``data``, at ``at[i]``."""
    if len(data):
        before = np.cumsum(size) - size
        out[np.repeat(at - before, size) + np.arange(len(data))] = data
