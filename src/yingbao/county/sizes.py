"""How many of each there are at county size; a town is one twenty-fourth of it.

335,600 payers, 316,200 pensioners, 11,472 proxied in 2018 and 3,229 by November are the city
bulletin's. The division among rosters is made up: rural 低保 dominates, as in the county's
neighbour Tongzhou in 2008 (89 % of 低保 rural, 1.41 persons a household).
"""

from __future__ import annotations

from dataclasses import dataclass

# A hamlet is for the examples and for tests: few people, and among them many poor.
COUNTY_SHARE = {"county": 1.0, "town": 14_000 / 335_600, "hamlet": 0.00025}
POOR_SHARE = {"county": 1.0, "town": 14_000 / 335_600, "hamlet": 0.007}
PAYERS = 335_600
PENSIONERS = 316_200
OUTSIDERS = {"county": 30_000, "town": 2_600, "hamlet": 20}  # not on the register, not poor


@dataclass(frozen=True, slots=True)
class Poor:
    """A group of the poor: roster pattern → persons at county size.

    Patterns: R rural 低保, U urban 低保, D 特困, P poverty register unflagged, F flagged out, PR both.
    ``ages`` in whole years on 2018-11-30, both included. ``enrolled`` per thousand are payers already.
    """

    name: str
    ages: tuple[int, int]
    patterns: tuple[tuple[str, int], ...]
    enrolled: int = 0
    in_payment: bool = False
    excluded: str = ""


# The first group is what the treasury pays for; one row in seventy is held back by dirt, and some come later,
# so it is a little larger than the bulletin's 11,472 (and those not rural-only than its 3,229).
POOR: tuple[Poor, ...] = (
    Poor("eligible", (16, 59), (("R", 8610), ("PR", 1030), ("P", 1180), ("U", 660), ("D", 505)), 850),
    Poor("elder", (60, 92), (("R", 250), ("PR", 60), ("P", 40), ("F", 30), ("U", 20), ("D", 50)), 0),
    Poor("in_payment", (60, 92), (("R", 130), ("P", 20), ("D", 30)), in_payment=True),
    Poor("child", (1, 15), (("R", 95), ("P", 20), ("D", 45))),
    Poor("flagged_out", (18, 59), (("F", 250),), 900),
    Poor("student", (16, 21), (("R", 60), ("P", 30)), excluded="student"),
    Poor("employee", (22, 58), (("R", 70), ("P", 40)), 300, excluded="employee"),
    Poor("retired_employee", (60, 75), (("R", 15), ("P", 5)), excluded="retired_employee"),
    Poor("civil", (25, 58), (("R", 8), ("P", 4)), excluded="civil"),
    Poor("soldier", (18, 24), (("R", 4), ("P", 2)), excluded="soldier"),
    Poor("prisoner", (20, 58), (("R", 15), ("P", 5)), 500, excluded="prisoner"),
    Poor("dead", (40, 90), (("R", 20), ("P", 5), ("D", 5)), 200, excluded="dead"),
    Poor("moved", (20, 58), (("R", 10), ("P", 5)), 800, excluded="moved"),
)


def at_share(count: int, share: float) -> int:
    """``count`` of the county at another size, half up, at least one."""
    return max(1, int(count * share + 0.5))
