"""Amounts in words."""

from __future__ import annotations

import random

import pytest

from yingbao.formats.forms import in_words
from yingbao.values.errors import AmountOutOfBounds

# The first five are the examples of 支付结算办法 annex 1, in one of the two forms it allows.
EXAMPLES = {
    140950: "壹仟肆佰零玖元伍角整",
    600714: "陆仟零柒元壹角肆分",
    168032: "壹仟陆佰捌拾元叁角贰分",
    10700053: "壹拾万柒仟元伍角叁分",
    1640902: "壹万陆仟肆佰零玖元零贰分",
    0: "零元整",
    5: "伍分",
    50: "伍角整",
    1000: "壹拾元整",
    13500: "壹佰叁拾伍元整",
    120000000: "壹佰贰拾万元整",
    100000100: "壹佰万零壹元整",
    1000500000: "壹仟万伍仟元整",
    10000500000: "壹亿零伍仟元整",
    10001000000: "壹亿零壹万元整",
    10000000000000 - 1: "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("fen", "words"), EXAMPLES.items())
def test_an_amount_in_words(fen: int, words: str) -> None:
    assert in_words(fen) == f"人民币{words}"


def read_back(words: str) -> int:
    """The amount the words say, by another way: place values, zeros skipped."""
    digits = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = fen = 0
    for c in words.removeprefix("人民币").removesuffix("整"):
        if c in digits:
            digit = digits[c]
        elif c in units:
            group, digit = group + digit * units[c], 0
        elif c in "亿万元":
            total += (group + digit) * {"亿": 10**8, "万": 10**4, "元": 1}[c]
            group = digit = 0
        else:
            fen, digit = fen + digit * (10 if c == "角" else 1), 0
    return total * 100 + fen


def test_words_read_back_give_the_amount() -> None:
    dice = random.Random(1)
    for _ in range(3000):
        fen = dice.randrange(10 ** dice.randrange(1, 14))
        assert read_back(in_words(fen)) == fen
        assert "零零" not in in_words(fen)


def test_an_amount_below_zero_says_so() -> None:
    assert in_words(-13500) == "人民币负壹佰叁拾伍元整"


def test_an_amount_that_cannot_be_is_refused() -> None:
    with pytest.raises(AmountOutOfBounds):
        in_words(10**13 + 1)
