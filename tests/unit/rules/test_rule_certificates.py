"""A certificate is good to the end of the same month a period later; the ways and the first period."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from crowd import one_person

from yingbao.policy.tree import load
from yingbao.rules.benefits import Opening
from yingbao.rules.certificates import PENSIONS, first_pensions, good_until
from yingbao.rules.holds import held_on
from yingbao.rules.law import Law, UnknownChoice
from yingbao.rules.relations import STEPS
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Item

OPENED = Opening(month_of(2018, 12), month_of(2018, 1))
SINCE_2012 = pl.DataFrame({"person_id": [1], "pension_from": [month_of(2012, 1)]}, schema=PENSIONS)
BORN = date(1940, 1, 1)


def law(**overrides: Any) -> Law:
    dated = {name.replace("__", "/"): value for name, value in overrides.items()}
    return Law(load(region="rugao").in_force(None, dated), month_of(2018, 1), month_of(2020, 1))


def ends(*facts: tuple[FactKind, str | None, date, date | None], on: date, under: Law | None = None) -> tuple[str | None, date | None]:
    found = good_until(one_person(BORN, *facts), SINCE_2012, on, under or law(), OPENED)
    return found["way"][0], found["good_until"][0]


def test_in_payment_at_the_opening_is_good_for_a_period_from_the_opening_month() -> None:
    assert ends(on=date(2019, 1, 1)) == ("presumed", date(2019, 12, 31))


def test_a_certificate_after_the_day_does_not_count_yet() -> None:
    later = (FactKind.LIFE_CERTIFICATE, "kiosk", date(2019, 6, 2), None)
    assert ends(later, on=date(2019, 6, 1)) == ("presumed", date(2019, 12, 31))
    assert ends(later, on=date(2019, 6, 2)) == ("kiosk", date(2020, 6, 30))


def test_who_applies_in_person_has_shown_that_he_lives() -> None:
    applied = (FactKind.APPLICATION, None, date(2019, 3, 2), None)
    assert ends(applied, on=date(2019, 6, 1)) == ("application", date(2020, 3, 31))


def test_a_certificate_is_as_long_as_the_law_of_its_month_says() -> None:
    changing = law(hold__life_certificate_months={"2010-01-01": "12", "2019-06-01": "6"})
    before, after = ((FactKind.LIFE_CERTIFICATE, "phone", date(2019, month, 10), None) for month in (5, 6))
    assert ends(before, on=date(2019, 12, 1), under=changing) == ("phone", date(2020, 5, 31))
    assert ends(after, on=date(2019, 12, 1), under=changing) == ("phone", date(2019, 12, 31))


def test_a_pension_begins_in_the_first_month_booked_whatever_the_one_offs() -> None:
    rows = [(1, int(Item.ACCOUNT_REFUND), 5, 100), (1, int(Item.BASE_PENSION), 9, 100), (1, int(Item.BASE_PENSION), 8, -100),
            (1, int(Item.ACCOUNT_PENSION), 11, 100)]  # fmt: skip
    found = first_pensions(pl.DataFrame(rows, schema=STEPS, orient="row"))
    assert found.rows() == [(1, 9)]


def test_a_reason_that_no_rule_knows_is_refused_by_name() -> None:
    misspelt = law(hold__reasons={"2010-01-01": ["suspect_death"]})
    with pytest.raises(UnknownChoice, match=r"hold/reasons.*suspect_death"):
        held_on(one_person(BORN), SINCE_2012, date(2019, 1, 1), misspelt, OPENED)
