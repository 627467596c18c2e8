"""Months are integers; spans of them are half-open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbao.values.errors import NotADate, NotAMonth
from yingbao.values.month import (
    date_from_text,
    first_day,
    last_day,
    month_from_text,
    month_of,
    month_of_date,
    show_month,
)


@pytest.mark.parametrize("text", ["2018-12", "201812", "2018年12月", "2018.12"])
def test_a_month_is_read_as_offices_write_it(text: str) -> None:
    assert month_from_text(text) == month_of(2018, 12)


@pytest.mark.parametrize("text", ["2018-13", "18-12", "", "2018-00"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotAMonth):
        month_from_text(text)


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(NotADate):
        date_from_text("2018-02-30")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_between_the_first_and_last_of_its_month(day: date) -> None:
    month = month_of_date(day)
    assert first_day(month) <= day <= last_day(month)
    assert month_from_text(show_month(month)) == month
