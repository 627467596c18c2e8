"""What moved the receivable: few entries of many, read whole."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yingbao.rules.recovery import LOWERS, MOVES, RAISES
from yingbao.store.done import entries, postings


def receivable_moves(pool: int, through_entry: int | None = None, person_ids: Sequence[int] | None = None) -> pl.DataFrame:
    """The postings that made, set off, collected or gave up receivables: MOVES with ``entry_id``, in order of entries."""
    of = entries(pool, through_entry=through_entry).filter(pl.col("kind").is_in([*RAISES, *LOWERS]))
    found = postings(pool, through_entry=through_entry, entry_ids=of["entry_id"].to_list(), person_ids=person_ids)
    return found.select("entry_id", *(pl.col(name).cast(kind) for name, kind in MOVES.items()))
