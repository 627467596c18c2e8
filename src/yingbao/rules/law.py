"""The law as the rules see it: the parameters in force, over the months a derivation is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yingbao.values.month import BEGINNING, FOREVER, Month

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce
    from yingbao.policy.parameter import DatedValue


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

    def reaching(self, name: str) -> list[tuple[Month, Month, int]]:
        """The same as ``(from, until, value)``, the first and last stretched to all time.

        For numbers such as an age, which decide about months far from the ones derived.
        """
        found = [(one.from_month, one.until_month, whole(one.value)) for one in self.spans(name)]
        first, last = found[0], found[-1]
        found[0] = (BEGINNING, first[1], first[2])
        found[-1] = (found[-1][0], FOREVER, last[2])
        return found

    def latest(self, name: str) -> object:
        """The value in the last month of this derivation: for switches that hold as a whole."""
        return self.in_force.value(name, self.until - 1)

    def words(self, name: str) -> tuple[str, ...]:
        """A list-of-text parameter in the last month of this derivation."""
        value = self.latest(name)
        return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)
