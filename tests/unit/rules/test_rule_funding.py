"""Who bears a base pension: the parts sum to the whole, and a rise costs only those who bear it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest

from yingbao.policy.in_force import InForce
from yingbao.policy.tree import load
from yingbao.rules.funding import Level, SharesAboveWhole, levels, split, totals, totals_of_change
from yingbao.rules.gap import due_steps
from yingbao.rules.relations import SPANS, STEPS
from yingbao.values.month import month_of
from yingbao.values.purpose import Item

JULY, DECEMBER, JANUARY, APRIL = month_of(2018, 7), month_of(2018, 12), month_of(2019, 1), month_of(2019, 4)
THIRDS = {"benefit/province_share_of_rest": {"2018-01-01": "3333"}, "benefit/city_share_of_rest": {"2018-01-01": "3333"}}


def law(overrides: Mapping[str, Mapping[object, object]] | None = None) -> InForce:
    return load(region="rugao").in_force(None, overrides)


def spans(*rows: tuple[int, int, int, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SPANS, orient="row")


BASE = int(Item.BASE_PENSION)


def test_the_centre_bears_half_of_its_minimum_and_the_county_the_rest() -> None:
    assert split(law(), DECEMBER, 13_500) == {Level.CENTRAL: 4_400, Level.COUNTY: 9_100}


@pytest.mark.parametrize("fen", [1, 4_399, 8_799, 8_801, 13_500, 14_800, -14_800])
def test_the_levels_sum_to_the_pension_whatever_the_shares(fen: int) -> None:
    parts = split(law(THIRDS), DECEMBER, fen)
    assert sum(parts.values()) == fen
    assert set(parts) <= {Level.CENTRAL, Level.PROVINCE, Level.CITY, Level.COUNTY}


def test_an_odd_fen_goes_to_the_largest_remainder() -> None:
    assert split(law(THIRDS), DECEMBER, 13_500) == {
        Level.CENTRAL: 4_400, Level.PROVINCE: 3_033, Level.CITY: 3_033, Level.COUNTY: 3_034}  # fmt: skip


def test_a_pension_below_the_central_minimum_costs_the_centre_no_more_than_its_share_of_it() -> None:
    assert split(law(), DECEMBER, 5_500) == {Level.CENTRAL: 2_750, Level.COUNTY: 2_750}


def test_months_before_the_first_central_minimum_are_not_divided_by_a_guess() -> None:
    assert split(law(), month_of(2017, 12), 12_500) == {Level.NOT_DIVIDED: 12_500}


def test_shares_above_the_whole_are_refused_by_their_names() -> None:
    greedy = {name: {"2018-01-01": "6000"} for name in THIRDS}
    with pytest.raises(SharesAboveWhole, match="benefit/province_share_of_rest"):
        split(law(greedy), DECEMBER, 13_500)


def test_a_span_is_cut_where_the_law_changes_and_what_is_added_stands_apart() -> None:
    later = {"benefit/central_minimum_base_pension": {"2018-01-01": "88", "2019-01-01": "98"}}
    found = levels(spans((1, BASE, DECEMBER, APRIL, 14_800), (1, int(Item.AGE_SUPPLEMENT), DECEMBER, APRIL, 500),
                         (1, int(Item.ACCOUNT_PENSION), DECEMBER, APRIL, 9_999)), law(later))  # fmt: skip
    shown = found.select("item", "from_month", "until_month", "central_fen", "county_fen", "extra_fen").rows()
    assert shown == [
        (BASE, DECEMBER, JANUARY, 4_400, 10_400, 0), (BASE, JANUARY, APRIL, 4_900, 9_900, 0),
        (int(Item.AGE_SUPPLEMENT), DECEMBER, JANUARY, 0, 0, 500), (int(Item.AGE_SUPPLEMENT), JANUARY, APRIL, 0, 0, 500),
    ]  # fmt: skip


def test_the_levels_of_many_months_sum_to_what_is_paid() -> None:
    paid = spans((1, BASE, DECEMBER, APRIL, 14_800), (2, BASE, JULY, APRIL, 13_500))
    assert totals(paid, law()) == {Level.CENTRAL: 13 * 4_400, Level.COUNTY: 4 * 10_400 + 9 * 9_100}


def test_a_rise_costs_the_centre_nothing_where_its_minimum_did_not_rise() -> None:
    before = due_steps(spans((1, BASE, JULY, APRIL, 13_500), (3, BASE, JULY, APRIL, 13_500)))
    lines = spans((1, BASE, JANUARY, APRIL, 1_300), (2, BASE, JANUARY, APRIL, 14_800))
    assert totals_of_change(lines, before, law()) == {
        Level.CENTRAL: 3 * 4_400, Level.COUNTY: 3 * 1_300 + 3 * 10_400}  # fmt: skip


def test_a_recovery_gives_back_to_those_who_bore_it() -> None:
    before = due_steps(spans((1, BASE, JULY, APRIL, 13_500)))
    lines = spans((1, BASE, DECEMBER, APRIL, -13_500))
    assert totals_of_change(lines, before, law()) == {Level.CENTRAL: -4 * 4_400, Level.COUNTY: -4 * 9_100}


def test_a_first_payroll_has_nothing_before_it() -> None:
    lines = spans((1, BASE, DECEMBER, JANUARY, 13_500))
    assert totals_of_change(lines, pl.DataFrame(schema=STEPS), law()) == {Level.CENTRAL: 4_400, Level.COUNTY: 9_100}
