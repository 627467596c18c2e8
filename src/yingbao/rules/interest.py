"""The named methods of interest crediting (结息): how much of a year's interest money earns that came in during it.

Money that stood at the start of the year earns the months of the year up to the stop. A method only decides the
weight of what came in. law: 劳办发〔1997〕116号 (the template); the choice is account/interest_method.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from yingbao.rules.law import Law, whole
from yingbao.values.money import FenArray, divide_half_up_all, multiplied
from yingbao.values.month import first_day, month_of

METHOD = "account/interest_method"
FACTOR = "account/annual_factor"
LINES = "account/interest_lines"
RATE = "account/crediting_rate"
LATE_RATE = "account/late_rate"
BASIS = 10_000
MONTHS, DAYS = 12, 365
MONTHLY = MONTHS * BASIS  # what a sum of fen times months times basis points is divided by
SEPARATELY, TOGETHER = "separately", "together"
REDECIDES, STANDS = "redecides", "last_published_stands"

# (month of the year 1–12, day since 1970, months that earn 0–12, last days of those months) → weight
Weigh = Callable[[FenArray, FenArray, FenArray, FenArray], FenArray]


@dataclass(frozen=True)
class Method:
    """How money earns in the year in which it came in: its weight, and what fen × weight × rate is divided by."""

    name: str
    zh: str
    weigh: Weigh
    divisor: int

    def weight(self, year: int, month: FenArray, day: FenArray, earning: FenArray) -> FenArray:
        """The weights of credits of a year. ``month``: month numbers; ``day``: days since 1970; ``earning``: 0 to 12.

        What comes in after the last month that earns weighs nothing, whatever the method.
        """
        number = month - month_of(year, 1) + 1
        found = self.weigh(number, day, earning, _last_days(year)[earning])
        return np.where(number <= earning, np.maximum(found, 0), 0)


def _last_days(year: int) -> FenArray:
    """The day before the year, and the last day of each of its months, as days since 1970."""
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    return np.array([(one - timedelta(days=1)).toordinal() - date(1970, 1, 1).toordinal() for one in firsts], np.int64)


def _from_next_month(month: FenArray, _day: FenArray, earning: FenArray, _last: FenArray) -> FenArray:
    return earning - month


def _from_same_month(month: FenArray, _day: FenArray, earning: FenArray, _last: FenArray) -> FenArray:
    return earning - month + 1


def _days(_month: FenArray, day: FenArray, _earning: FenArray, last: FenArray) -> FenArray:
    """Days from the day of crediting to the last day that earns, of 365 in every year."""
    return last - day


def _whole_year(_month: FenArray, _day: FenArray, earning: FenArray, _last: FenArray) -> FenArray:
    return earning


def _nothing(month: FenArray, _day: FenArray, _earning: FenArray, _last: FenArray) -> FenArray:
    return np.zeros_like(month)


_WEIGHTS: dict[str, tuple[str, Weigh, int]] = {
    "month_product_next_month": ("月积数法（入账次月起息）", _from_next_month, MONTHLY),
    "month_product_same_month": ("月积数法（入账当月起息）", _from_same_month, MONTHLY),
    "actual_days": ("按实际天数（365天）", _days, DAYS * BASIS),
    "annual_factor": ("年度计算法（系数）", _whole_year, MONTHLY),
    "next_year_only": ("入账当年不计息", _nothing, MONTHLY),
    "estimate_annuity_due": ("估算：当年缴费计满一年", _whole_year, MONTHLY),
}
LINES_ZH = {SEPARATELY: "期初与当年分别四舍五入到分", TOGETHER: "期初与当年合计后四舍五入到分"}


def method_of(law: Law, year: int) -> Method:
    """The method in force in a year. Raises UnknownChoice."""
    name = law.switch_of_year(METHOD, year, tuple(_WEIGHTS))
    zh, weigh, divisor = _WEIGHTS[name]
    if name != "annual_factor":
        return Method(name, zh, weigh, divisor)
    # interest = amount × rate × factor / 2, the factor in basis points; a part of the year earns its months.
    factor = whole(law.of_year(FACTOR, year))
    return Method(name, zh, lambda month, day, earning, last: factor * weigh(month, day, earning, last), divisor * BASIS * 2)


@dataclass(frozen=True)
class YearRules:
    """How a year's interest is reckoned: method, rounding of lines, the rate in force."""

    year: int
    method: Method
    lines: str
    rate: int
    late_rate: str

    def interest(self, standing: FenArray, incoming: FenArray, rates: FenArray) -> FenArray:
        """The interest of a year, person by person, in fen.

        ``standing``: fen × months of what stood; ``incoming``: fen × weight of what came in; ``rates``: basis points.
        Both lines are rounded half up to the fen, or their sum is.
        """
        if self.lines == SEPARATELY:
            of_standing = divide_half_up_all(multiplied(standing, rates), MONTHLY)
            return of_standing + divide_half_up_all(multiplied(incoming, rates), self.method.divisor)
        common = math.lcm(MONTHLY, self.method.divisor)
        joint = multiplied(standing, common // MONTHLY) + multiplied(incoming, common // self.method.divisor)
        return divide_half_up_all(multiplied(joint, rates), common)


def rules_of(law: Law, year: int) -> YearRules:
    """The rules of a year's interest. Raises UnknownChoice, ChangesWithinYear, NotInForce, NotChecked."""
    lines = law.switch_of_year(LINES, year, tuple(LINES_ZH))
    late = law.switch_of_year(LATE_RATE, year, (REDECIDES, STANDS))
    return YearRules(year, method_of(law, year), lines, whole(law.of_year(RATE, year)), late)


def rates_of(law: Law, rules: YearRules, stop: FenArray) -> FenArray:
    """The rate of a year for accounts that stop bearing interest in the months ``stop``, in basis points.

    Under ``last_published_stands`` an account is settled with what was published by the day before it stopped: a rate
    announced later decides only about accounts that still bear interest then. law.md 5 "Settlement timing".
    """
    rates = np.full(len(stop), rules.rate, np.int64)
    if rules.late_rate == REDECIDES:
        return rates
    january = month_of(rules.year, 1)
    announced = [day for day in law.in_force.parameter(RATE).announced.values() if day >= first_day(january)]
    if not announced:
        return rates
    near = (stop > january) & (stop <= month_of(max(announced).year, max(announced).month))
    for month in np.unique(stop[near]):
        before = first_day(int(month)) - timedelta(days=1)
        as_known = Law(law.in_force.earlier(before), law.since, law.until)
        rates[stop == month] = whole(as_known.of_year(RATE, rules.year))
    return rates

