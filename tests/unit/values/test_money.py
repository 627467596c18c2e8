"""Money: integer fen, rounded in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbao.values.errors import AmountOutOfBounds, NotWholeFen
from yingbao.values.money import LIMIT_FEN, divide_half_up, fen_of_yuan, share_by_weight, yuan, yuan_plain


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
