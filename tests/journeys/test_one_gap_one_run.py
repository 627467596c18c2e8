"""The same gap is never in two open runs, and a payroll never goes back in time."""

from __future__ import annotations

from datetime import date

import pytest
import world as worlds

from yingbao.acts import runs
from yingbao.acts.errors import LaterMonthBooked, RunAlreadyOpen
from yingbao.reports.checks import run_checks
from yingbao.values.month import month_from_text

DECEMBER, JANUARY = month_from_text("2018-12"), month_from_text("2019-01")
DAY = date(2019, 1, 14)


def test_a_payroll_of_another_month_waits_until_the_open_one_is_booked(world):
    runs.draft_payroll(DECEMBER, **world.by("maker", DAY))
    with pytest.raises(RunAlreadyOpen):
        runs.draft_payroll(JANUARY, **world.by("maker", DAY))


def test_a_payroll_of_an_earlier_month_is_refused_after_a_later_one(world):
    world.recognise("2019-01")
    with pytest.raises(LaterMonthBooked):
        runs.draft_payroll(DECEMBER, **world.by("maker", DAY))


def test_two_months_booked_one_after_the_other_pay_nobody_twice(world):
    world.recognise("2018-12")
    world.recognise("2019-01")
    assert [one for one in run_checks(worlds.POOL, DAY) if not one.ok] == []
