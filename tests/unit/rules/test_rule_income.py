"""The base pension stacks on the allowance: it never counts, it is never deducted, and the account pension does count."""

from __future__ import annotations

from typing import Any

import pytest

from yingbao.policy.errors import NotChecked
from yingbao.policy.in_force import InForce
from yingbao.policy.tree import load
from yingbao.rules.income import Receipt, counted
from yingbao.rules.law import UnknownChoice
from yingbao.values.month import month_of

MARCH_2019, MARCH_2021 = month_of(2019, 3), month_of(2021, 3)
RURAL = "subsistence_rural"


def law(**overrides: Any) -> InForce:
    return load(region="rugao").in_force(None, {f"income/{name}": {"2018-01-01": value} for name, value in overrides.items()})


def receipt(source: str, fen: int, month: int = MARCH_2019, of: tuple[int, int] | None = None) -> Receipt:
    first, until = of or (month, month + 1)
    return Receipt("王桂兰", source, month, first, until, fen)


def counts(receipts: list[Receipt], month: int = MARCH_2019, register: str = RURAL, under: InForce | None = None) -> int:
    return sum(one.counted_fen for one in counted(receipts, month, register, under or law()))


ARREARS = receipt("base_pension", 1_300, of=(month_of(2019, 1), MARCH_2019))


def test_the_base_pension_and_its_arrears_do_not_count_and_the_account_pension_does() -> None:
    received = [receipt("base_pension", 14_800), ARREARS, receipt("account_pension", 2_000), receipt("务工", 30_000)]
    assert ARREARS.fen == 2_600
    assert counts(received) == 32_000


def test_arrears_count_in_the_month_they_are_received_in_not_in_those_they_are_for() -> None:
    assert counted([ARREARS], month_of(2019, 1), RURAL, law()) == []
    assert [one.disregarded_fen for one in counted([ARREARS], MARCH_2019, RURAL, law())] == [2_600]


@pytest.mark.parametrize(("register", "fen"), [
    (RURAL, 0), ("registered_low_income", 0), ("subsistence_urban", 14_800), ("destitute", 14_800)])  # fmt: skip
def test_only_the_registers_of_disregard_scope_leave_it_out(register: str, fen: int) -> None:
    assert counts([receipt("base_pension", 14_800)], register=register) == fen


def test_the_urban_allowance_leaves_it_out_where_disregard_scope_names_it() -> None:
    assert counts([receipt("base_pension", 14_800)], register="subsistence_urban", under=law(disregard_scope=["subsistence_urban"])) == 0


def test_from_2021_only_the_central_minimum_of_each_month_is_left_out() -> None:
    assert counts([receipt("base_pension", 17_300, MARCH_2021)], MARCH_2021) == 17_300 - 9_300
    both = [receipt("base_pension", 8_000, MARCH_2021), receipt("base_pension", 2_000, MARCH_2021 + 1, of=(MARCH_2021, MARCH_2021 + 1))]
    assert counts(both, MARCH_2021) == 0
    assert counts(both, MARCH_2021 + 1) == 2_000 - 1_300


@pytest.mark.parametrize(("choice", "fen"), [("full_base", 0), ("central_minimum", 14_800 - 8_800)])
def test_every_way_to_disregard_is_obeyed(choice: str, fen: int) -> None:
    assert counts([receipt("base_pension", 14_800)], under=law(disregard=choice)) == fen


@pytest.mark.parametrize(("items", "fen"), [
    (["base_pension", "county_top_up", "long_pay_supplement", "age_supplement"], 0), (["base_pension"], 3 * 500)])  # fmt: skip
def test_base_component_says_whether_the_supplements_belong_to_the_base_pension(items: list[str], fen: int) -> None:
    received = [receipt("base_pension", 14_800), *(receipt(one, 500) for one in ("county_top_up", "long_pay_supplement", "age_supplement"))]
    assert counts(received, under=law(base_component=items)) == fen


@pytest.mark.parametrize(("name", "bad"), [
    ("disregard", "half_base"), ("disregard_scope", ["everybody"]), ("base_component", ["account_pension"])])  # fmt: skip
def test_a_word_that_no_rule_knows_is_refused(name: str, bad: Any) -> None:
    with pytest.raises(UnknownChoice, match=f"income/{name}"):
        counts([receipt("base_pension", 14_800)], under=law(**{name: bad}))


def test_nothing_counts_below_zero_and_an_unchecked_year_is_refused() -> None:
    assert counts([receipt("base_pension", 0), receipt("退回", -500)]) == 0
    with pytest.raises(NotChecked):
        counts([receipt("base_pension", 14_800, month_of(2026, 1))], month_of(2026, 1))
