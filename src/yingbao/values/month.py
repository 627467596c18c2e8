"""A month is the integer ``year * 12 + month - 1``; spans of months are half-open."""

from __future__ import annotations

import re
from datetime import date

from yingbao.values.errors import NotADate, NotAMonth

Month = int

BEGINNING: Month = 0  # before every month of the scheme
FOREVER: Month = 9999 * 12  # an open end

_MONTH = re.compile(r"(\d{4})[-./年]?(\d{1,2})月?")


def month_of(year: int, number: int) -> Month:
    """The month ``number`` (1 to 12) of ``year``."""
    return year * 12 + number - 1


def month_from_text(text: str) -> Month:
    """Read 2018-12 (also 201812, 2018年12月, 2018.12). Raises NotAMonth."""
    found = _MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004
        raise NotAMonth(text=text)
    return month_of(int(found[1]), int(found[2]))


def month_of_date(day: date) -> Month:
    """The month a day lies in."""
    return day.year * 12 + day.month - 1


def year_of(month: Month) -> int:
    """The calendar year of a month."""
    return month // 12


def show_month(month: Month) -> str:
    """``2018-12``; the open ends show as empty text."""
    if month in (BEGINNING, FOREVER):
        return ""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def first_day(month: Month) -> date:
    """The first calendar day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: Month) -> date:
    """The last calendar day of a month."""
    return date.fromordinal(first_day(month + 1).toordinal() - 1)


def date_from_text(text: str) -> date:
    """Read an ISO date. Raises NotADate."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise NotADate(text=text) from error
