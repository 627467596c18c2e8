"""应保尽保名单 on paper: everybody in one box, why, and who owes the next step by when."""

from __future__ import annotations

from pathlib import Path

from yingbao.formats.forms.coverage import CoverageRow, write_coverage_list
from yingbao.reports.coverage import Coverage, of_year
from yingbao.reports.words import category_zh
from yingbao.rules.boxes import BOX_BY_ID
from yingbao.store import footing, sealed, tables
from yingbao.values.identity import IdNumber


def write_list(found: Coverage, folder: Path, *, whole_ids: bool = False) -> Path:
    """The list and its count by box as ``.xlsx``; ID numbers masked unless whole ones are asked for."""
    people = tables.people(int(str(found.basis["pool"])), found.people["person_id"].to_list())
    numbers = people["person_id"].to_list()
    clear = dict(zip(numbers, sealed.open_ids(people["id_cipher"].to_list(), numbers), strict=True))
    rows = [
        CoverageRow(
            town=one["town_name"] or "", village=one["village_name"] or "", name=one["name"] or "",
            id_number=IdNumber(number) if (number := clear.get(one["person_id"])) else "",
            category=category_zh(one["category"] or ""), box=of_year(BOX_BY_ID[one["box"]], found.day), why=one["why"] or "",
            owner=one["owner"] or "", due_by=one["due_by"],
        )
        for one in found.rows.iter_rows(named=True)
    ]  # fmt: skip
    names = found.basis[footing.KEY]
    return write_coverage_list(
        folder / f"应保尽保名单-{found.day}.xlsx", rows, as_of=found.day, whole_ids=whole_ids,
        roster_persons=found.roster_persons + found.roster_rows,
        illustrative=[str(one) for one in names] if isinstance(names, list) else [])  # fmt: skip
