"""Profiles: layout is data, and bad data does not load."""

from __future__ import annotations

import pytest
from bank_samples import FIXED_WIDTH, rural

from yingbao.formats.bank import BadBankProfile, UnknownBankProfile, load_profile, profile_from_text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: 定长", "titel: 定长"),
        ("digest: sha256", "digest: md5"),
        ("{name: 结果, from: result, width: 1}", "{name: 结果, from: resultt, width: 1}"),
        ("{name: 明细序号, from: line, width: 8}", "{name: 明细序号, from: spare, width: 8}"),
        ("width: 1}", "widht: 1}"),
        ('"1": failed', '"1": lost'),
        ("outcome: curable", "outcome: fine"),
        ("from: account_name, width: 20", "from: account_name"),
        ("payment:", "payment: ["),
    ],
)
def test_a_profile_with_a_mistake_does_not_load(before: str, after: str) -> None:
    assert before in FIXED_WIDTH
    with pytest.raises(BadBankProfile):
        profile_from_text("x", FIXED_WIDTH.replace(before, after, 1))


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(UnknownBankProfile, match="rural_bank_text"):
        load_profile("icbc")


def test_no_code_can_turn_a_failure_into_a_success() -> None:
    assert {rural().outcome("1", code) for code in [*rural().codes, "", "0000", "?"]} == {
        "curable", "do_not_resend", "unknown",
    }  # fmt: skip
