"""A year that the county paid and that was found wrong afterwards: reversed whole, or by months."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from crowd import one_person

from yingbao.policy.tree import load
from yingbao.rules.contributions import Snapshot, proxied_years
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Bucket, Item

LEFT_IN_JUNE = (FactKind.CATEGORY, "subsistence_rural", date(2016, 1, 1), date(2018, 6, 30))
BATCH = Snapshot(2018, date(2018, 11, 30))


@pytest.mark.parametrize(("choice", "fen"), [("whole_year_reversed", []), ("by_months", [5_000])])
def test_who_had_left_before_the_snapshot_keeps_nothing_or_the_months_in_the_group(choice: str, fen: list[int]) -> None:
    told = one_person(date(1980, 1, 1), LEFT_IN_JUNE)
    booked = (1, int(Bucket.PROXY), int(Item.PROXY_CONTRIBUTION), 2018, date(2018, 12, 20), 10_000)
    facts = Facts(told.persons, told.facts, pl.DataFrame([booked], schema=CREDITS, orient="row"))
    in_force = load(region="rugao").in_force(None, {"entry/not_eligible_on_snapshot": {"2010-01-01": choice}})
    found = proxied_years(facts, Law(in_force, month_of(2018, 1), month_of(2019, 1)), [BATCH])
    assert found["fen"].to_list() == fen


def test_the_months_in_the_group_are_paid_at_the_share_of_that_group() -> None:
    told = one_person(date(1980, 1, 1), LEFT_IN_JUNE)
    booked = (1, int(Bucket.PROXY), int(Item.PROXY_CONTRIBUTION), 2018, date(2018, 12, 20), 10_000)
    facts = Facts(told.persons, told.facts, pl.DataFrame([booked], schema=CREDITS, orient="row"))
    in_force = load(region="rugao").in_force(None, {
        "entry/not_eligible_on_snapshot": {"2010-01-01": "by_months"},
        "entry/proxy_share_by_category": {"2010-01-01": {"subsistence_rural": 7_000}},
    })  # fmt: skip
    found = proxied_years(facts, Law(in_force, month_of(2018, 1), month_of(2019, 1)), [BATCH])
    assert found["fen"].to_list() == [3_500]
