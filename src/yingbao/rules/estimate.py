"""What an account would come to, for estimates only: n equal yearly payments as an annuity due. Never booked.

Σ c(1+r)^k for k = 1 … n: exact whole numbers all the way, rounded once at the end. account/estimate_method;
project-choices 估算-1.
"""

from __future__ import annotations

from dataclasses import dataclass

from yingbao.rules.benefits import DIVISOR
from yingbao.rules.law import Law, whole
from yingbao.rules.rounding import Rounding, rounding_of
from yingbao.values.errors import YingbaoError
from yingbao.values.money import Fen, divide_half_up, round_one

METHOD = "account/estimate_method"
ANNUITY_DUE = "annuity_due"
BASIS = 10_000
MOST_YEARS = 60


class NoEstimate(YingbaoError):
    """The figures to estimate from cannot be."""

    zh = "不能估算：{why}。年缴和补贴不得为负，年数 1 至 60，年利率 0 至 100%。"
    en = "No estimate: {why}. Payments must not be negative, years 1 to 60, the rate 0 to 100 %."


@dataclass(frozen=True)
class Estimate:
    """``balance_fen`` rounded half up to the fen; ``monthly_fen`` rounded by the law from the exact sum, not from that."""

    yearly_fen: Fen
    subsidy_fen: Fen
    years: int
    rate: int
    balance_fen: Fen
    monthly_fen: Fen
    divisor: int
    rounding: Rounding


def estimate(law: Law, yearly_fen: Fen, subsidy_fen: Fen, years: int, rate: int) -> Estimate:
    """The account after ``years`` payments at ``rate`` basis points a year, and the pension from it. Raises NoEstimate."""
    law.word(METHOD, ANNUITY_DUE)
    if yearly_fen < 0 or subsidy_fen < 0 or not 1 <= years <= MOST_YEARS or not 0 <= rate <= BASIS:
        raise NoEstimate(why=f"年缴 {yearly_fen} 分、补贴 {subsidy_fen} 分、{years} 年、利率 {rate} 基点")
    common: int = BASIS**years
    exact = (yearly_fen + subsidy_fen) * sum((BASIS + rate) ** k * BASIS ** (years - k) for k in range(1, years + 1))
    month = law.until - 1
    divisor, rounding = whole(law.latest(DIVISOR)), rounding_of(law, month)
    monthly = round_one(exact, common * divisor, rounding.mode, rounding.unit)
    return Estimate(yearly_fen, subsidy_fen, years, rate, divide_half_up(exact, common), monthly, divisor, rounding)
