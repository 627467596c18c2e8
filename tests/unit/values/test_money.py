"""Money: integer fen, rounded in one place."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbao.values.errors import AmountOutOfBounds, NotWholeFen
from yingbao.values.money import (
    LIMIT_FEN,
    divide_half_up,
    fen_of_yuan,
    multiplied,
    round_all,
    share_all_by_weight,
    share_by_weight,
    yuan,
    yuan_plain,
)


def test_yuan_is_read_to_the_fen() -> None:
    assert fen_of_yuan("1200000.00") == 120_000_000


@pytest.mark.parametrize("text", ["1.005", "1,000", "100元", "", "1e3", "一百", "NaN"])
def test_an_amount_that_is_not_plain_whole_fen_is_refused(text: str) -> None:
    with pytest.raises(NotWholeFen):
        fen_of_yuan(text)


def test_a_wrong_unit_is_out_of_bounds() -> None:
    with pytest.raises(AmountOutOfBounds):
        fen_of_yuan(str(LIMIT_FEN))


def test_amounts_are_shown_with_two_decimals_and_in_files_without_commas() -> None:
    assert (yuan(120_000_000), yuan(-5), yuan_plain(120_000_000)) == ("1,200,000.00", "-0.05", "1200000.00")


def test_half_a_fen_goes_up_away_from_zero() -> None:
    assert (divide_half_up(5, 2), divide_half_up(-5, 2), divide_half_up(217_135, 139)) == (3, -3, 1562)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_shares_add_up_to_the_fen(fen: int, weights: list[int]) -> None:
    assert sum(share_by_weight(fen, weights)) == fen


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4))
def test_division_is_within_half_of_the_divisor(fen: int, divisor: int) -> None:
    assert abs(divide_half_up(fen, divisor) * divisor - fen) * 2 <= divisor


ROWS = st.lists(st.tuples(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), min_size=4, max_size=4)), min_size=1, max_size=6)


@given(ROWS)
def test_a_county_is_shared_as_each_person_is(rows: list[tuple[int, list[int]]]) -> None:
    fen, weights = np.array([one for one, _ in rows]), np.array([one for _, one in rows])
    assert share_all_by_weight(fen, weights).tolist() == [share_by_weight(one, of) for one, of in rows]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1), st.integers(1, 10**4), st.sampled_from(["half_up", "floor", "ceil"]),
       st.sampled_from([1, 10, 100]))  # fmt: skip
def test_a_county_is_rounded_as_each_person_is(fen: list[int], divisor: int, mode: str, unit: int) -> None:
    found = round_all(np.array(fen), divisor, mode, unit).tolist()
    exact = [Decimal(one) / divisor / unit for one in fen]
    ways = {"half_up": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}
    assert found == [int(one.quantize(Decimal(1), ways[mode])) * unit for one in exact]


def test_a_product_that_could_wrap_is_refused() -> None:
    with pytest.raises(AmountOutOfBounds):
        multiplied(np.array([10**17]), np.array([10**3]))
