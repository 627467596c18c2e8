"""ID and account numbers: checked, masked, never leaked."""

from __future__ import annotations

import json
import pickle

import pytest

from yingbao.values.errors import BadAccountNumber, BadIdNumber
from yingbao.values.identity import AccountNumber, IdNumber, Secret, upgrade_15, why_not_id

GOOD = "32068219600229003X"  # made up: a leap-day birthday


def test_a_good_number_gives_birth_and_sex() -> None:
    number = IdNumber(GOOD)
    assert (number.birth.isoformat(), number.sex) == ("1960-02-29", "male")


@pytest.mark.parametrize(
    ("text", "why"),
    [("3206821960022900", "length"), ("32068219600229003x", "characters"), ("320682196002300039", "date"),
     ("320682196002290031", "check_digit")],
)  # fmt: skip
def test_a_bad_number_says_why(text: str, why: str) -> None:
    assert why_not_id(text) == why


@pytest.mark.parametrize("prefix", ["320622", "329016", "320682", "110105"])
def test_the_area_prefix_is_never_a_test(prefix: str) -> None:
    fifteen = f"{prefix}450101001"
    assert why_not_id(upgrade_15(fifteen)) is None


def test_an_old_number_is_upgraded_with_its_check_digit() -> None:
    assert upgrade_15("320622450101001") == "320622194501010017"


def test_text_of_a_number_is_its_mask_also_in_errors() -> None:
    shown = f"{IdNumber(GOOD)} {IdNumber(GOOD)!r} {AccountNumber('6223001234567890')}"
    with pytest.raises(BadIdNumber) as refused:
        IdNumber("320682196002290031")
    assert "0229" not in shown
    assert "0229" not in str(refused.value)


@pytest.mark.parametrize("text", ["1234567", "62230012a4567890", "6" * 33])
def test_an_account_is_8_to_32_digits(text: str) -> None:
    with pytest.raises(BadAccountNumber):
        AccountNumber(text)


def test_a_secret_is_neither_pickled_nor_made_json() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret("x"))
    with pytest.raises(TypeError):
        json.dumps(Secret("x"))
