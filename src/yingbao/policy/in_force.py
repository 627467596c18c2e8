"""The law as an office could know it on a day. Rules ask it for values by month and for spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from yingbao.policy.errors import NotChecked, NotInForce, UnknownParameter
from yingbao.policy.parameter import DatedValue, Entry, Parameter, Status, Value
from yingbao.values.month import FOREVER, Month, month_of_date, show_month


class InForce:
    """Values of the law as known on a day. Remembers which names were read, for the run's record.

    A value governs a month whole: one that starts on the 21st governs from the next month
    (:meth:`value_on` is exact to the day).
    """

    def __init__(self, parameters: Mapping[str, Parameter], known_on: date | None = None, *, carry: bool = False) -> None:
        """``carry``: for a what-if only, past its checked validity the last value of a parameter is taken to go on."""
        self._parameters = parameters
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._read: set[str] = set()
        self._carry = carry
        self._carried: set[str] = set()
        self.known_on = known_on

    def parameter(self, name: str) -> Parameter:
        """All that is written about a parameter, known or not. Raises UnknownParameter."""
        if name not in self._parameters:
            raise UnknownParameter(name=name)
        return self._parameters[name]

    def names(self) -> list[str]:
        """Every parameter's name, sorted."""
        return sorted(self._parameters)

    def value(self, name: str, month: Month) -> Value:
        """The value that governs a month. Raises NotChecked, NotInForce, UnknownParameter."""
        parameter = self._asked(name)
        if parameter.not_checked(month, month + 1) is not None:
            self._past_checked(parameter, month)
        held = [entry for entry in self._entries(name) if entry.from_month <= month]
        if not held or held[-1].value is None:
            raise NotInForce(name=name, label=parameter.label_zh, when=show_month(month))
        return held[-1].value

    def value_on(self, name: str, day: date) -> Value:
        """The value that holds on a day. Raises as :meth:`value`."""
        parameter = self._asked(name)
        if parameter.not_checked_on(day):
            self._past_checked(parameter, month_of_date(day), day.isoformat())
        held = [entry for entry in self._entries(name) if entry.start <= day]
        if not held or held[-1].value is None:
            raise NotInForce(name=name, label=parameter.label_zh, when=day.isoformat())
        return held[-1].value

    def spans(self, name: str, from_month: Month, until_month: Month, *, whole: bool = False) -> list[DatedValue]:
        """The values that govern the half-open months, cut to them, in order; equal neighbours stay apart.

        Months before the first value, and months of a sunset, have no span; with ``whole`` they raise
        NotInForce. Raises NotChecked if the range reaches months that have not been checked.
        """
        parameter = self._asked(name)
        first = parameter.not_checked(from_month, until_month)
        if first is not None:
            self._past_checked(parameter, first)
        found = [
            replace(span, from_month=max(span.from_month, from_month), until_month=min(span.until_month, until_month))
            for span in self._all_spans(name)
            if span.from_month < until_month and span.until_month > from_month
        ]
        if whole:
            self._check_whole(parameter, found, from_month, until_month)
        return found

    def names_read(self) -> set[str]:
        """The names asked for so far, by any method that gives a value."""
        return set(self._read)

    def names_carried(self) -> set[str]:
        """The names whose last value was taken to go on past its checked validity."""
        return set(self._carried)

    def illustrative(self, names: Iterable[str] | None = None) -> list[str]:
        """Those of the names (None: of the names read) that are not verified, sorted.

        An overridden parameter is the asker's own and is not named.
        """
        asked = self._read if names is None else names
        return sorted(name for name in asked if _rests_on_nothing(self.parameter(name)))

    def earlier(self, day: date) -> InForce:
        """The same law as it was known on an earlier day. What is asked of it counts as read here."""
        known_on = day if self.known_on is None else min(day, self.known_on)
        before = InForce(self._parameters, known_on, carry=self._carry)
        before._read, before._carried = self._read, self._carried
        return before

    def _past_checked(self, parameter: Parameter, month: Month, shown: str | None = None) -> None:
        """Refuse a month that has not been checked; under ``carry`` remember that the last value goes on."""
        if not self._carry:
            raise _not_checked(parameter, month, shown)
        self._carried.add(parameter.name)

    def _asked(self, name: str) -> Parameter:
        parameter = self.parameter(name)
        self._read.add(name)
        return parameter

    def _entries(self, name: str) -> tuple[Entry, ...]:
        if name not in self._known:
            entries = self._parameters[name].entries
            self._known[name] = tuple(entry for entry in entries if entry.known_on(self.known_on))
        return self._known[name]

    def _all_spans(self, name: str) -> list[DatedValue]:
        entries = self._entries(name)
        ends = [entry.from_month for entry in entries[1:]] + [FOREVER]
        return [
            DatedValue(entry.from_month, until, entry.value, entry.citation)
            for entry, until in zip(entries, ends, strict=True)
            if entry.value is not None and entry.from_month < until
        ]

    @staticmethod
    def _check_whole(parameter: Parameter, found: list[DatedValue], from_month: Month, until_month: Month) -> None:
        reached = from_month
        for span in found:
            if span.from_month > reached:
                break
            reached = span.until_month
        if reached < until_month:
            raise NotInForce(name=parameter.name, label=parameter.label_zh, when=show_month(reached))


def _rests_on_nothing(parameter: Parameter) -> bool:
    overridden = not parameter.files
    return not overridden and any(entry.status is Status.ILLUSTRATIVE for entry in parameter.entries)


def _not_checked(parameter: Parameter, month: Month, shown: str | None) -> NotChecked:
    end = parameter.end_month
    checked = "" if end is None else show_month(end - 1)
    return NotChecked(name=parameter.name, label=parameter.label_zh, month=shown or show_month(month), checked=checked)
