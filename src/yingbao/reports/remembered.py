"""How a bureau's headings were read the last time: the first guess for its next file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yingbao.formats.rosters import Profile, RosterReading, read_roster
from yingbao.formats.rosters.errors import HeadingsNotFound
from yingbao.formats.rosters.kinds import named_kinds
from yingbao.store.models import SourceFile
from yingbao.values.month import show_month


@dataclass(frozen=True, slots=True)
class Remembered:
    """The headings of the newest loaded file of a kind. ``of``: its name and month, for the reader."""

    profile: Profile
    of: str


def remembered(pool: int) -> dict[str, Remembered]:
    """Roster kind → its bureau's headings, as the newest file with people read them."""
    found: dict[str, Remembered] = {}
    for name, month, counts in SourceFile.objects.filter(pool=pool).order_by("pk").values_list("name", "data_month", "counts"):
        kept = Profile.from_dict(counts.get("profile", {}))
        if kept.columns:
            before = found.get(kept.kind)
            # A file that came back mended has the same headings; what a clerk once named stays known.
            columns = {**(before.profile.columns if before else {}), **kept.columns}
            found[kept.kind] = Remembered(replace(kept, columns=columns), f"{name}（{show_month(month)}）")
    return found


def read_as_before(
    path: Path, memory: Mapping[str, Remembered], *, kind: str | None, columns: Mapping[str, str], **how: Any
) -> tuple[RosterReading, Remembered | None]:
    """Read a roster by its own headings, what a clerk says of them (``columns``: heading → field), and memory.

    Returns the reading, and what was remembered where it made a difference. Raises RosterRefused.
    """
    given = Profile.from_dict({"columns": columns}) if columns else None
    try:
        reading = read_roster(path, kind=kind, profile=given, **how)
    except HeadingsNotFound:
        known = memory.get(kind or next(iter(named_kinds(path.stem)), ""))
        if known is None:
            raise
        return read_roster(path, kind=known.profile.kind, profile=_with(known.profile.columns, given), **how), known
    known = memory.get(reading.kind)
    unread = known.profile.unread(list(reading.headings.values())) if known else {}
    if known is None or not unread:
        return reading, None
    return read_roster(path, kind=kind, profile=_with(unread, given), **how), known


def _with(columns: Mapping[str, str], given: Profile | None) -> Profile:
    """What a clerk says now goes before what is remembered."""
    return Profile("", {**columns, **(given.columns if given else {})})
