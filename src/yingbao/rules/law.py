"""The law as the rules see it: the parameters in force, over the months a derivation is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yingbao.values.errors import YingbaoError
from yingbao.values.month import BEGINNING, FOREVER, Month, month_of

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce
    from yingbao.policy.parameter import DatedValue


class ChangesWithinYear(YingbaoError):
    """A parameter that is one value a calendar year has two in it."""

    zh = "参数“{name}”在 {year} 年中间变了；它按日历年取一个值。请政策管理员改成从1月1日起的值。没有推算。"
    en = "The parameter '{name}' changes within {year}, but holds by calendar year. Let its values begin on 1 January."


class UnknownChoice(YingbaoError):
    """A switch of the law has a value that the program does not know."""

    zh = "参数“{name}”的值“{value}”不认识。可用：{known}。请政策管理员改正。没有推算。"
    en = "The value '{value}' of the parameter '{name}' is unknown (known: {known}). Correct it; nothing was derived."


def one_of(name: str, value: object, known: Sequence[str]) -> str:
    """The value of a switch, if it is one the program knows. Raises UnknownChoice, never another value in its place."""
    if value not in known:
        raise UnknownChoice(name=name, value=value, known="、".join(known))
    return str(value)


def whole(value: object) -> int:
    """A number of the law: fen, basis points, years or months. Anything else is a slip of the program."""
    if not isinstance(value, int):
        raise TypeError(value)
    return value


@dataclass(frozen=True)
class Law:
    """Parameters for the months ``since`` (included) to ``until`` (not included).

    A month past a parameter's checked validity raises NotChecked from the policy: a rule
    never guesses and never returns 0 in its place.
    """

    in_force: InForce
    since: Month
    until: Month

    def spans(self, name: str) -> list[DatedValue]:
        """The dated values of a parameter over the months of this derivation."""
        return list(self.in_force.spans(name, self.since, self.until))

    def everywhere(self, name: str) -> list[tuple[Month, Month, object]]:
        """The same as ``(from, until, value)``, the first and last stretched to all time.

        For what decides about months far from the ones derived, such as an age or the month of an award.
        """
        found: list[tuple[Month, Month, object]] = [(one.from_month, one.until_month, one.value) for one in self.spans(name)]
        if not found:
            return [(BEGINNING, FOREVER, self.latest(name))]
        found[0] = (BEGINNING, *found[0][1:])
        found[-1] = (found[-1][0], FOREVER, found[-1][2])
        return found

    def reaching(self, name: str) -> list[tuple[Month, Month, int]]:
        """:meth:`everywhere` of a number."""
        return [(start, end, whole(value)) for start, end, value in self.everywhere(name)]

    def lists(self, name: str, known: Sequence[str]) -> list[tuple[Month, Month, tuple[str, ...]]]:
        """:meth:`everywhere` of a list of text, each word one of ``known``. Raises UnknownChoice."""
        return [(start, end, tuple(one_of(name, word, known) for word in (value if isinstance(value, (tuple, list)) else (value,))))
                for start, end, value in self.everywhere(name)]  # fmt: skip

    def of_year(self, name: str, year: int) -> object:
        """The value of a calendar year, as far as this derivation goes into it.

        Raises ChangesWithinYear, and NotInForce or NotChecked from the policy.
        """
        end = min(month_of(year, 12) + 1, max(self.until, month_of(year, 1) + 1))
        values = [one.value for one in self.in_force.spans(name, month_of(year, 1), end, whole=True)]
        if any(value != values[0] for value in values):
            raise ChangesWithinYear(name=name, year=year)
        return values[0]

    def switch_of_year(self, name: str, year: int, known: Sequence[str]) -> str:
        """A switch of a calendar year: one of ``known``, else UnknownChoice."""
        return one_of(name, self.of_year(name, year), known)

    def latest(self, name: str) -> object:
        """The value in the last month of this derivation: for switches that hold as a whole."""
        return self.in_force.value(name, self.until - 1)

    def words(self, name: str) -> tuple[str, ...]:
        """A list-of-text parameter in the last month of this derivation."""
        value = self.latest(name)
        return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)

    def word(self, name: str, *known: str, month: Month | None = None) -> str:
        """A switch with named values, in a month (default: the last of this derivation). Raises UnknownChoice."""
        return one_of(name, self.latest(name) if month is None else self.in_force.value(name, month), known)

    def nearest(self, name: str, month: Month) -> Month:
        """A month by which a switch is asked about something booked or told: not before the derivation, nor unchecked.

        What happens after the last checked month goes by the rule of that month, so that years before it can be derived.
        """
        end = self.in_force.parameter(name).end_month
        return max(month if end is None else min(month, end - 1), self.since)

    def words_among(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """As :meth:`words`, each one of ``known``. Raises UnknownChoice."""
        return tuple(one_of(name, word, known) for word in self.words(name))

    def is_on(self, name: str) -> bool:
        """A switch of yes or no, in the last month of this derivation."""
        value = self.latest(name)
        if not isinstance(value, bool):
            raise TypeError(value)
        return value
