"""The acts of a run one after the other, each a row of the table; and what posting is measured against."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from bench import floor
from bench.measure import Row, taken

POST_RATIO = 4
_Made = TypeVar("_Made")


class Steps:
    """The rows of one item on one database. ``by``: as ``county.opened`` gives it."""

    def __init__(self, item: str, vendor: str, by: Callable[[str, date], dict[str, Any]]) -> None:
        """Nothing is measured yet."""
        self.item, self.vendor, self.by = item, vendor, by
        self.rows: list[Row] = []

    def take(self, what: str, act: Callable[[], _Made]) -> _Made:
        """Do an act and keep its time."""
        with taken() as one:
            result = act()
        self.rows.append(Row(self.item, what, self.vendor, one.seconds, one.cpu_seconds, one.peak_gb))
        return result

    def through(self, word: str, drafted: Any, on: date) -> int:
        """Submit and approve a draft; its number."""
        from yingbao.acts import runs  # noqa: PLC0415

        number = int(drafted.run.pk)
        self.take(f"{word}: submit", lambda: runs.submit(number, **self.by("jingban", on)))
        self.take(f"{word}: approve (derived again)", lambda: runs.approve(number, **self.by("fuhe", on)))
        return number

    def post(self, word: str, number: int, on: date, at_most: float | None = None) -> None:
        """Post an approved run, and set beside it the floor: the rows that were posted, written barely."""
        from yingbao.acts import runs  # noqa: PLC0415

        with _writing() as written:
            self.take(f"{word}: post", lambda: runs.post(number, **self.by("caiwu", on)))
        _against_floor(self.rows[-1], number, written)
        if self.vendor == "postgresql":
            self.rows[-1].ratio_at_most = at_most

    def whole(self, what: str, seconds_at_most: float) -> list[Row]:
        """All rows and their sum."""
        work, peak = sum(row.cpu_seconds or 0 for row in self.rows), max(row.peak_gb or 0 for row in self.rows)
        seconds = sum(row.seconds for row in self.rows)
        return [*self.rows, Row(self.item, what, self.vendor, seconds, work, peak, seconds_at_most=seconds_at_most)]


@contextmanager
def _writing() -> Iterator[list[float]]:
    """The seconds of each bulk write inside the block: of an act, the part that the floor is a floor of."""
    from yingbao.store import bulk  # noqa: PLC0415

    whole, seconds = bulk.write, []

    def timed(*args: Any) -> int:
        began = time.perf_counter()
        count = whole(*args)
        seconds.append(time.perf_counter() - began)
        return count

    bulk.write = timed  # type: ignore[assignment]  # the same, and timed
    try:
        yield seconds
    finally:
        bulk.write = whole


def _against_floor(row: Row, run_id: int, written: list[float]) -> None:
    """Name the floor of the posting. ``written``: seconds of our own writing."""
    from django.db import connection  # noqa: PLC0415

    from yingbao.store import bulk  # noqa: PLC0415
    from yingbao.store.models import JournalEntry, Posting  # noqa: PLC0415

    entries = list(JournalEntry.objects.filter(run_id=run_id).values_list("pk", flat=True))
    posted = bulk.read(Posting.objects.filter(entry_id__in=entries).values_list(*bulk.schema(Posting)))
    row.peer = f"{floor.NAME[connection.vendor]}, {posted.height:,} postings"
    row.peer_seconds = floor.write("postings", posted)
    writing = sum(written)
    row.note = f"of it writing {writing:.2f} s, ×{writing / row.peer_seconds:.1f}; the rest reads back what was approved"
