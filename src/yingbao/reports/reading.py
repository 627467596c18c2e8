"""One way to read, whatever the size: few rows through the open connection, many over Arrow."""

from __future__ import annotations

from typing import Any

import polars as pl

from yingbao.store import bulk

FEW = 10_000  # rows past which another connection and columns pay


def read(queryset: Any) -> pl.DataFrame:
    """The rows of a ``values_list`` query as a frame, as ``store.bulk`` types them."""
    found = bulk.read_here(queryset[: FEW + 1])
    return found if found.height <= FEW else bulk.read(queryset)
