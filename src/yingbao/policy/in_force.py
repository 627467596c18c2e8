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

    def __init__(self, parameters: Mapping[str, Parameter], known_on: date | None = None) -> None:
        self._parameters = parameters
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._read: set[str] = set()
        self.known_on = known_on

    def parameter(self, name: str) -> Parameter:
        """All that is written about a parameter, known or not. Raises UnknownParameter."""
        if name not in self._parameters:
            raise UnknownParameter(name=name)
        return self._parameters[name]

    def names(self) -> list[str]:
        """Every parameter's name, sorted."""
        return sorted(name for name in asked if _rests_on_nothing(self.parameter(name)))

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


def _not_checked(parameter: Parameter, month: Month, shown: str | None = None) -> NotChecked:
    last = parameter.last_value_still_valid_on
    checked = "" if last is None else show_month(month_of_date(last))
    return NotChecked(name=parameter.name, label=parameter.label_zh, month=shown or show_month(month), checked=checked)
