"""应保尽保 list: every person of the rosters, the box each is in, why, and who does what by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingbao.formats.forms.notes import MADE_AND_CHECKED, note_illustrative
from yingbao.formats.forms.paper import Column, ListSheet, save_sheets, shown_id
from yingbao.values.identity import Secret


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A person's place on a day. ``box`` and ``why`` are the words for a clerk."""

    town: str
    village: str
    name: str
    id_number: str | Secret
    category: str
    box: str
    why: str
    owner: str = ""
    due_by: date | None = None


_COLUMNS = (
    Column("序号", 7, right=True),
    Column("镇（区、街道）", 14),
    Column("村（居）", 14),
    Column("姓名", 10),
    Column("公民身份号码", 20),
    Column("人员类别", 18),
    Column("所在类", 27),
    Column("原因", 34),
    Column("下一步由谁办", 22),
    Column("办理期限", 11),
)


def write_coverage_list(
    path: Path,
    rows: Iterable[CoverageRow],
    *,
    as_of: date,
    roster_persons: int,
    whole_ids: bool = False,
    illustrative: Sequence[str] = (),
) -> Path:
    """Write the list and its count by box. ``roster_persons`` is printed beside the sum, so a missing one shows."""
    kept = list(rows)
    lines = [
        [
            str(place),
            row.town,
            row.village,
            row.name,
            shown_id(row.id_number, whole=whole_ids),
            row.category,
            row.box,
            row.why,
            row.owner,
            row.due_by.isoformat() if row.due_by else "",
        ]
        for place, row in enumerate(kept, 1)
    ]
    above = [f"截至 {as_of.isoformat()}    名册人数 {roster_persons:,}    本表人数 {len(kept):,}"]
    counts: dict[str, int] = {}
    for row in kept:
        counts[row.box] = counts.get(row.box, 0) + 1
    boxes = [[box, f"{count:,}"] for box, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
    columns = [Column("所在类", 30), Column("人数", 14, right=True)]
    below = [f"名册人数 {roster_persons:,}，相差 {roster_persons - len(kept):,}", MADE_AND_CHECKED, *note_illustrative(illustrative)]
    summary = ListSheet(
        "汇总", "应保尽保情况汇总", columns, boxes, above, ["合计", f"{len(kept):,}"], below, landscape=False
    )
    whole = ListSheet("名单", "应保尽保情况名单", _COLUMNS, lines, above, (), note_illustrative(illustrative))
    return save_sheets(path, [summary, whole], made_on=as_of)
