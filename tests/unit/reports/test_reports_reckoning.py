"""Every item says how its amount comes about, by parameters that exist."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.reports.contribution_list import refusal_zh
from yingbao.reports.reckoning import ALSO, AMOUNT_PARAMETERS, HOW_ZH, sentence
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.makeup import BEYOND, TOO_LATE
from yingbao.rules.own_contributions import OF_THE_COUNTY, OVER_LIMIT, SAME_YEAR
from yingbao.rules.relations import FACTS, PERSONS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Item


@pytest.mark.parametrize("item", Item, ids=lambda item: item.key)
def test_every_item_has_a_sentence_and_parameters_that_the_law_has(item: Item) -> None:
    assert HOW_ZH[item]
    names = set(load(region="rugao").parameters)
    assert {*AMOUNT_PARAMETERS[item], *ALSO.get(item, ())} <= names


@pytest.mark.parametrize("why", [
    "deceased_on_day", "relation_ended_on_day", "under_contribution_age", "over_contribution_age", "duplicate", "not_a_tier",
    BEYOND, TOO_LATE, OF_THE_COUNTY, SAME_YEAR, OVER_LIMIT,
])  # fmt: skip
def test_every_reason_for_which_money_goes_back_has_words(why: str) -> None:
    assert refusal_zh(why) not in ("", why)


def test_money_that_goes_back_says_for_what_and_how_much() -> None:
    rows = [(1, int(FactKind.COLLECTIVE_AID), "2018", fen, date(2018, 12, day), None, day) for day, fen in ((3, 150_000), (5, 80_000))]
    facts = Facts(pl.DataFrame([(1, date(1980, 1, 1))], schema=PERSONS, orient="row"), pl.DataFrame(rows, schema=FACTS, orient="row"))
    law = Law(load(region="rugao").in_force(), month_of(2018, 1), month_of(2019, 1))
    found = sentence(Item.CONTRIBUTION_REFUND, 30_000, law, month_of(2018, 12), Due(facts, law), None)
    assert found == "集体补助超过当年最高缴费档次的部分（300.00 元）"
