"""Every item says how its amount comes about, by parameters that exist."""

from __future__ import annotations

import pytest

from yingbao.policy.tree import load
from yingbao.reports.reckoning import AMOUNT_PARAMETERS, FUNDED_BY, HOW_ZH
from yingbao.values.purpose import Item


@pytest.mark.parametrize("item", Item, ids=lambda item: item.key)
def test_every_item_has_a_sentence_and_parameters_that_the_law_has(item: Item) -> None:
    assert HOW_ZH[item]
    names = set(load(region="rugao").parameters)
    assert {*AMOUNT_PARAMETERS[item], *FUNDED_BY.get(item, ())} <= names
