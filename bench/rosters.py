"""A roster of 50,000 rows: judged, and loaded. The floor is reading the same cells, or writing as many rows, barely."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from bench import floor
from bench.county import opened, roster_path
from bench.measure import Row, taken
from yingbao.values.month import month_from_text

ITEM = "1 roster"
_MONTH = month_from_text("2018-12")
_TOLD_ON = date(2018, 12, 10)


def check(folder: Path) -> list[Row]:
    """Read and judge every row; nothing is stored."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    from yingbao.formats.rosters import read_roster  # noqa: PLC0415

    path = roster_path(folder)
    with taken() as bare:
        rows = sum(len(CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python())
                   for name in CalamineWorkbook.from_path(str(path)).sheet_names)  # fmt: skip
    with taken() as judged:
        reading = read_roster(path, kind="poverty_register", data_month=_MONTH, accept_hidden=True)
    account = reading.row_account
    what = f"check {account.read:,} rows × 30 columns"
    return [Row(ITEM, what, "—", judged.seconds, judged.cpu_seconds, judged.peak_gb,
                f"bare read of {rows:,} rows with python-calamine", bare.seconds)]  # fmt: skip


def load(vendor: str, address: str, folder: Path) -> list[Row]:
    """Load the judged roster as the office does: match, facts, questions, raw cells."""
    from yingbao.formats.rosters import read_roster  # noqa: PLC0415

    reading = read_roster(roster_path(folder), kind="poverty_register", data_month=_MONTH, accept_hidden=True)
    with opened(address) as by:
        from yingbao.acts.intake import load_roster  # noqa: PLC0415
        from yingbao.store import bulk  # noqa: PLC0415
        from yingbao.store.models import SourceRecord  # noqa: PLC0415

        with taken() as kept:
            done = load_roster(reading, **by("jingban", _TOLD_ON))
        records = bulk.read(SourceRecord.objects.filter(source_file_id=done.file_id).values_list(
            *bulk.schema(SourceRecord)))  # fmt: skip
        bare = floor.write("records", records.with_columns(pl.col(pl.Boolean).cast(pl.Int8)))
        facts = sum(done.moves.values())
        what = f"load {records.height:,} records: {done.new_people:,} new people, {facts:,} moves"
        beside = f"{floor.NAME[vendor]} of the {records.height:,} record rows alone"
        return [Row(ITEM, what, vendor, kept.seconds, kept.cpu_seconds, kept.peak_gb, beside, bare)]
