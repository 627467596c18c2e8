"""One month's payroll at county size, from the draft to the bank files, act by act as the office does it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench import floor
from bench.county import OPENING, opened
from bench.measure import Row, taken

ITEM = "3 payroll month"
_ON = date(2018, 12, 13)
WHOLE_MONTH_SECONDS = 45
POST_RATIO = 4


def month(vendor: str, address: str, folder: Path) -> list[Row]:
    """Draft, submit, approve, post; then the payment of it: the same, and the bank files."""
    with opened(address) as by:
        from yingbao.acts import funds, payments, runs  # noqa: PLC0415
        from yingbao.formats.bank import load_profile  # noqa: PLC0415

        rows: list[Row] = []

        def step(what: str, act: Any) -> Any:
            with taken() as one:
                result = act()
            rows.append(Row(ITEM, what, vendor, one.seconds, one.cpu_seconds, one.peak_gb))
            return result

        def through(word: str, drafted: Any) -> int:
            number = int(drafted.run.pk)
            step(f"{word}: submit", lambda: runs.submit(number, **by("jingban", _ON)))
            step(f"{word}: approve (derived again)", lambda: runs.approve(number, **by("fuhe", _ON)))
            return number

        def posted(word: str, number: int) -> None:
            with _writing() as written:
                step(f"{word}: post", lambda: runs.post(number, **by("caiwu", _ON)))
            _against_floor(rows[-1], number, written)

        payroll = step("payroll: draft", lambda: runs.draft_payroll(OPENING, **by("jingban", _ON)))
        posted("payroll", through("payroll", payroll))
        paid = step("payment: draft", lambda: runs.draft_disbursement(OPENING, **by("jingban", _ON)))
        needed = paid.figures["pay_fen"]
        funds.benefit_arrived(needed, "b", **by("caiwu", _ON))
        funds.draw(needed, "d", **by("caiwu", _ON))
        number = through("payment", paid)
        posted("payment", number)
        out = folder / f"bank-{vendor}"
        out.mkdir()
        files = step("payment: instruct (bank files)",
                     lambda: payments.instruct(number, profile=load_profile(), folder=out, **by("caiwu", _ON)))  # fmt: skip
        lines = sum(one.count for one in files)
        whole = sum(row.seconds for row in rows)
        rows.append(Row(ITEM, f"the month whole: {payroll.figures['lines']:,} lines, {lines:,} paid, {len(files)} bank files",
                        vendor, whole, sum(row.cpu_seconds or 0 for row in rows), max(row.peak_gb or 0 for row in rows),
                        seconds_at_most=WHOLE_MONTH_SECONDS))  # fmt: skip
        return rows


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

    bulk.write = timed
    try:
        yield seconds
    finally:
        bulk.write = whole


def _against_floor(row: Row, run_id: int, written: list[float]) -> None:
    """Name the floor of the posting: the rows that were posted, written barely. ``written``: seconds of our own writing."""
    from django.db import connection  # noqa: PLC0415

    from yingbao.store import bulk  # noqa: PLC0415
    from yingbao.store.models import JournalEntry, Posting  # noqa: PLC0415

    entries = list(JournalEntry.objects.filter(run_id=run_id).values_list("pk", flat=True))
    posted = bulk.read(Posting.objects.filter(entry_id__in=entries).values_list(*bulk.schema(Posting)))
    row.peer = f"{floor.NAME[connection.vendor]}, {posted.height:,} postings"
    row.peer_seconds = floor.write("postings", posted)
    writing = sum(written)
    row.note = f"of it writing {writing:.2f} s, ×{writing / row.peer_seconds:.1f}; the rest reads back what was approved"
    if connection.vendor == "postgresql":
        row.ratio_at_most = POST_RATIO
