"""The estimate of an account: an annuity due in exact numbers, rounded once at the end."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbao.policy.tree import load
from yingbao.reports.account_estimate import account_estimate
from yingbao.rules.estimate import NoEstimate, estimate
from yingbao.rules.law import Law, UnknownChoice
from yingbao.values.month import month_of


def law(**overrides: str) -> Law:
    told = {f"benefit/{name}": {"2010-01-01": value} for name, value in overrides.items()}
    return Law(load(region="rugao").in_force(None, told), month_of(2019, 12), month_of(2020, 1))


def test_a_hundred_and_thirty_a_year_for_fifteen_years_at_two_and_a_half_percent() -> None:
    found = estimate(law(), 10_000, 3_000, 15, 250)
    assert (found.balance_fen, found.monthly_fen) == (238_943, 1_719)


def test_without_interest_an_estimate_is_what_was_paid() -> None:
    assert estimate(law(), 10_000, 3_000, 15, 0).balance_fen == 15 * 13_000


def test_the_pension_is_rounded_by_the_law_from_the_exact_sum() -> None:
    # 17.19013…: every way of rounding shows.
    found = {word: estimate(law(pension_rounding=word), 10_000, 3_000, 15, 250).monthly_fen
             for word in ("floor_fen", "ceil_fen", "ceil_jiao", "floor_yuan")}  # fmt: skip
    assert found == {"floor_fen": 1_719, "ceil_fen": 1_720, "ceil_jiao": 1_720, "floor_yuan": 1_700}


@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(0, 2_000))
def test_an_estimate_is_within_half_a_fen_of_the_formula(yearly: int, years: int, rate: int) -> None:
    exact = sum(yearly * (1 + Fraction(rate, 10_000)) ** k for k in range(1, years + 1))
    assert abs(estimate(law(), yearly, 0, years, rate).balance_fen - exact) * 2 <= 1


@pytest.mark.parametrize(("yearly", "subsidy", "years", "rate"), [(-1, 0, 15, 250), (1, -1, 15, 250), (1, 0, 0, 250), (1, 0, 61, 250),
                                                                  (1, 0, 15, -1), (1, 0, 15, 10_001)])  # fmt: skip
def test_figures_that_cannot_be_are_refused(yearly: int, subsidy: int, years: int, rate: int) -> None:
    with pytest.raises(NoEstimate):
        estimate(law(), yearly, subsidy, years, rate)


def test_another_method_of_estimating_is_refused_by_name() -> None:
    under = Law(load(region="rugao").in_force(None, {"account/estimate_method": {"2010-01-01": "by_thumb"}}),
                month_of(2019, 12), month_of(2020, 1))  # fmt: skip
    with pytest.raises(UnknownChoice, match="account/estimate_method"):
        estimate(under, 10_000, 0, 15, 250)


def test_an_estimate_says_that_it_is_one_and_what_it_rests_on() -> None:
    found = account_estimate("rugao", 10_000, 3_000, 15, 250)
    assert "仅供估算" in found.text()
    assert found.rests_on == ("account/estimate_method", "benefit/pension_rounding", "benefit/pension_rounding_applies_to")
