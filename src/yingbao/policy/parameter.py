"""What a parameter of the law is: dated values with unit, citation, status and end of validity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yingbao.values.month import Month, month_of_date

# fen, basis points and counts are int; a list is a tuple; a step table is a tuple of (threshold, amount).
Value = int | bool | str | date | tuple[str, ...] | tuple[tuple[int, int], ...]


class Status(StrEnum):
    """How well a parameter is founded."""

    PUBLISHED = "published"  # the instrument's own words are quoted in the source
    SECONDARY = "secondary"  # found in a public text that is not the instrument
    ILLUSTRATIVE = "illustrative"  # not verified, or a choice of ours: outputs that rest on it say so

    @property
    def zh(self) -> str:
        """The word on screens."""
        return {"published": "已公布", "secondary": "二手来源", "illustrative": "示意，未经核实"}[self.value]


@dataclass(frozen=True, slots=True)
class Reference:
    """The instrument (id of a file in ``sources/``) and the article in it that sets a value."""

    source: str
    article: str

    def __str__(self) -> str:
        return f"{self.source} {self.article}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a parameter: from this day this value holds. ``value`` None is a sunset."""

    start: date
    value: Value | None
    references: tuple[Reference, ...]
    layer: str
    status: Status
    announced_on: date | None = None  # None: known on its first day at the latest

    @property
    def from_month(self) -> Month:
        """The first month that the value governs whole: a value of the 21st governs the next month."""
        return month_of_date(self.start) + (0 if self.start.day == 1 else 1)

    @property
    def citation(self) -> str:
        """``bulletin-2018 出口-2``; several joined by ``; ``; ``overridden`` if replaced."""
        return "; ".join(str(reference) for reference in self.references) or "overridden"

    def known_on(self, day: date | None) -> bool:
        """Whether the office could know it on that day; no day: everything published is known."""
        return day is None or self.announced_on is None or self.announced_on <= day


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force over half-open months, with its citation ("overridden" if replaced)."""

    from_month: Month
    until_month: Month
    value: Value
    citation: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, switch or list of the law, with all its values.

    ``status`` is that of the nearest authority's file; every entry has its own.
    ``last_value_still_valid_on`` is None only for an overridden parameter, which has no end.
    """

    name: str
    description: str
    unit: str
    status: Status
    entries: tuple[Entry, ...]
    last_value_still_valid_on: date | None
    period: str | None = None
    threshold_unit: str | None = None
    rounding: str | None = None
    layers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def label_zh(self) -> str:
        """``基础养老金``."""
        return self.description.split(" (", 1)[0]

    @property
    def label_en(self) -> str:
        """``base pension``."""
        return self.description.split(" (", 1)[1].split(")", 1)[0]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources cited, sorted."""
        return tuple(sorted({reference.source for entry in self.entries for reference in entry.references}))

    @property
    def values(self) -> Mapping[date, Value | None]:
        """First day → value, all that are written, known or not."""
        return {entry.start: entry.value for entry in self.entries}

    @property
    def announced(self) -> Mapping[date, date]:
        """First day → day of publication, where that is later or told."""
        return {entry.start: entry.announced_on for entry in self.entries if entry.announced_on}

    @property
    def end_month(self) -> Month | None:
        """The first month that has not been checked; None: no end."""
        last = self.last_value_still_valid_on
        return None if last is None else month_of_date(last) + 1
