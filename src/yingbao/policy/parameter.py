"""What a parameter of the law is: dated values with unit, citation, status and end of validity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yingbao.values.month import FOREVER, Month, month_of_date

# fen, basis points and counts are int; a list is a tuple; a step table is a tuple of (threshold, amount).
Value = int | bool | str | date | tuple[str, ...] | tuple[tuple[int, int], ...]


def first_whole_month(day: date) -> Month:
    """The first month that begins on a day or after it."""
    return month_of_date(day) + (0 if day.day == 1 else 1)


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
        return first_whole_month(self.start)

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
    ``last_value_still_valid_on`` is None only for an overridden parameter, which has no end. ``unchecked``: where a
    reform begins later than the law was checked, the days between: the first unchecked one and the reform's first.
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
    unchecked: tuple[date, date] | None = None

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
        if self.unchecked is not None:
            return month_of_date(self.unchecked[0] - timedelta(days=1)) + 1
        last = self.last_value_still_valid_on
        return None if last is None else month_of_date(last) + 1

    def not_checked(self, since: Month, until: Month) -> Month | None:
        """The first of some months that has not been checked; None: they all are."""
        end = self.end_month
        again = FOREVER if self.unchecked is None else first_whole_month(self.unchecked[1])
        first = since if end is None else max(end, since)
        return first if end is not None and first < min(until, again) else None

    def not_checked_on(self, day: date) -> bool:
        """Whether a day lies past the checked ones."""
        if self.unchecked is not None:
            return self.unchecked[0] <= day < self.unchecked[1]
        return self.last_value_still_valid_on is not None and day > self.last_value_still_valid_on
