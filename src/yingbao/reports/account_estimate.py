"""What an account would come to, told by the law of a region: for estimates only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yingbao.policy.tree import load
from yingbao.rules.benefits import DIVISOR
from yingbao.rules.estimate import METHOD, Estimate, estimate
from yingbao.rules.law import Law
from yingbao.rules.rounding import APPLIES_TO, ROUNDING
from yingbao.values.money import yuan
from yingbao.values.month import Month, show_month


@dataclass(frozen=True)
class EstimateReport:
    """An estimate, and what it rests on."""

    found: Estimate
    month: Month
    rests_on: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen."""
        one = self.found
        return {
            "yearly_fen": one.yearly_fen, "subsidy_fen": one.subsidy_fen, "years": one.years, "rate_basis_points": one.rate,
            "method": "annuity_due", "balance_fen": one.balance_fen, "divisor": one.divisor, "monthly_fen": one.monthly_fen,
            "rounding": one.rounding.zh, "law_of": show_month(self.month), "rests_on_illustrative": list(self.rests_on),
        }  # fmt: skip

    def text(self) -> str:
        """Plain Chinese."""
        one = self.found
        whole, part = divmod(one.rate, 100)
        return (f"每年缴 {yuan(one.yearly_fen)} 元、补贴 {yuan(one.subsidy_fen)} 元，{one.years} 年，年利率 {whole}.{part:02d}%："
                f"账户约 {yuan(one.balance_fen)} 元，除以 {one.divisor}，每月约 {yuan(one.monthly_fen)} 元（{one.rounding.zh}）。"
                f"仅供估算：每次缴费当年按计满一年算，实际按各年公布的利率和结息方法。")  # fmt: skip


def account_estimate(region: str, yearly_fen: int, subsidy_fen: int, years: int, rate: int, month: Month | None = None) -> EstimateReport:
    """Under the law of a month (default: the last month that was checked). Raises NoEstimate, NotChecked."""
    in_force = load(region=region).in_force()
    ends = [end for name in (METHOD, DIVISOR, ROUNDING, APPLIES_TO) if (end := in_force.parameter(name).end_month) is not None]
    of = min(ends) - 1 if month is None else month
    found = estimate(Law(in_force, of, of + 1), yearly_fen, subsidy_fen, years, rate)
    return EstimateReport(found, of, tuple(in_force.illustrative()))
