"""The end of a year at county size: interest and charges of every account booked, and everybody's statement as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bench.county import opened
from bench.measure import Row
from bench.places import POOL
from bench.steps import Steps

ITEM = "5 year end"
# The first whole year of the opened county's accounts; the month before it is booked first, and not measured.
YEAR, BEFORE = date(2019, 12, 31), date(2018, 12, 31)
SECONDS = 60


def end(vendor: str, address: str, folder: Path) -> list[Row]:
    """Draft, submit, approve and post the account run; then the statements of all accounts in a Parquet file."""
    with opened(address) as by:
        from yingbao.reports.export import export  # noqa: PLC0415

        _booked(Steps(ITEM, vendor, by), BEFORE)
        steps = Steps(ITEM, vendor, by)
        lines, accounts = _booked(steps, YEAR)
        made = steps.take("statements as Parquet", lambda: export(POOL, "statements", folder / f"year-{vendor}", "parquet", day=YEAR))
        return steps.whole(f"the year whole: {lines:,} lines of {accounts:,} accounts, {made.rows:,} statement rows", SECONDS)


def _booked(steps: Steps, on: date) -> tuple[int, int]:
    """The account run of a year; its lines and its people."""
    from yingbao.acts import runs  # noqa: PLC0415
    from yingbao.store.models import RunLine  # noqa: PLC0415

    drafted = steps.take("accounts: draft", lambda: runs.draft_account(on.year, **steps.by("jingban", on)))
    number = steps.through("accounts", drafted, on)
    steps.post("accounts", number, on)
    return drafted.figures["lines"], RunLine.objects.filter(run_id=number).order_by().values("person_id").distinct().count()
