"""How the story ends: everybody in one box, every fen in one place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yingbao.cli.report_commands import show_checks, show_coverage_report
from yingbao.cli.show import note, say
from yingbao.reports.checks import checked
from yingbao.reports.coverage import coverage

if TYPE_CHECKING:
    from yingbao.cli.story import Tale

_POOL = 320682


def show_coverage(tale: Tale, on: date) -> None:
    """The boxes on a day."""
    found = coverage(_POOL, on)
    show_coverage_report(found)
    tale.facts.setdefault("coverage", {})[str(on)] = {
        one["box"]: one["count"] for one in found.totals.iter_rows(named=True) if one["count"]}


def prove(tale: Tale, on: date) -> None:
    """All identities; the last lines of the demo."""
    found = checked(_POOL, on)
    show_checks(found.rows)
    good = all(one.ok for one in found.rows)
    tale.facts["proved"] = good
    tale.facts.pop("_seen", None)
    tale.facts["rests_on_illustrative"] = found.rests_on
    note(found.rests_on)
    say("证明：全部成立。一人不漏，一分不差。" if good else "证明：不成立，见上。")
