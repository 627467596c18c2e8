"""No tier above what a flexible worker pays a year: asked of the law as shipped, overridden and reformed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yingbao.policy.consistency import LIMIT, TIERS
from yingbao.policy.errors import BadOverride, NotPositive, TierAboveLimit
from yingbao.policy.tree import load, policy_root, read_afresh

TREE = load(region="rugao")


@pytest.mark.parametrize(("dated", "refused"), [
    ({"2014-07-01": 2000}, False), ({"2014-07-01": "1999.99"}, True), ({"2014-07-01": None}, False),
    ({"2014-07-01": 5000, "2019-07-01": 1500}, True), ({"2014-07-01": 1500, "2015-01-01": None}, True),
])  # fmt: skip
def test_a_tier_may_reach_the_limit_of_its_time_and_not_pass_it(dated: dict[str, object], refused: bool) -> None:
    if not refused:
        assert TREE.in_force(None, {LIMIT: dated}) is not None
        return
    with pytest.raises(TierAboveLimit, match=TIERS):
        TREE.in_force(None, {LIMIT: dated})


def test_tiers_added_later_are_held_against_the_limit_of_then() -> None:
    limit = {LIMIT: {"2014-07-01": 2000, "2019-01-01": 3000}}
    TREE.reformed(None, limit, {TIERS: {"2019-01-01": {100: 100, 3000: 3000}}})
    with pytest.raises(TierAboveLimit) as caught:
        TREE.reformed(None, limit, {TIERS: {"2018-01-01": {100: 100, 3000: 3000}}})
    assert ("2018-01-01" in str(caught.value), "3,000.00" in str(caught.value)) == (True, True)


def test_a_folder_of_the_law_with_a_tier_above_the_limit_is_not_loaded(tmp_path: Path) -> None:
    root = tmp_path / "policy"
    shutil.copytree(policy_root(), root)
    file = root / "national" / f"{LIMIT}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{value: null}", "{value: 1500}"), encoding="utf-8")
    with pytest.raises(TierAboveLimit):
        read_afresh(root, "rugao")


@pytest.mark.parametrize("name", ["benefit/annuity_divisor", "hold/life_certificate_months"])
def test_no_months_are_refused_where_months_are_needed(name: str) -> None:
    with pytest.raises(NotPositive, match=name):
        TREE.reformed(None, {name: {"2019-01-01": 0}})


@pytest.mark.parametrize(("name", "raw"), [
    ("benefit/base_pension", -5), ("benefit/central_share", 10_001), ("benefit/central_share", "100.01%"),
])
def test_no_amount_is_negative_and_no_share_more_than_the_whole(name: str, raw: object) -> None:
    with pytest.raises(BadOverride, match=name):
        TREE.reformed(None, {name: {"2019-01-01": raw}})


def test_a_share_may_be_written_as_percent_and_a_value_as_in_the_files_of_the_law() -> None:
    law = TREE.reformed(None, {"benefit/central_share": {"2019-01-01": "62.5%"}, "benefit/base_pension": {"2019-01-01": {"value": "168"}}})
    assert (law.value("benefit/central_share", 2019 * 12), law.value("benefit/base_pension", 2019 * 12)) == (6250, 16_800)
