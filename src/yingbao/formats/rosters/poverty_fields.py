"""The columns of the poverty register that say whether somebody is flagged out of poverty, and since when."""

from __future__ import annotations

import re
from datetime import date

from yingbao.formats.rosters.clean_status import poverty_exit, poverty_flag
from yingbao.formats.rosters.clean_values import CleanDate, clean_date
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.formats.rosters.records import Fields
from yingbao.formats.rosters.remarks import says_left_poverty

UNCLEAR = "poverty_flag_unclear"
_OFF = re.compile(r"(?<!未)(核销|自然减少|清退|剔除|删除|销户)")


def read_flag(fields: Fields, value: Value, label: str, on: date | None) -> str | None:
    """是否脱贫, 脱贫属性. ``on``: the last day of the data month."""
    flag = poverty_flag(value, label)
    if flag is None:
        return UNCLEAR if text_of(value).strip() else None
    fields.poverty_exit_flag = flag
    when = clean_date(value)
    if flag and when:
        fields.poverty_exit_date = _told_by(when, on)
    return None


def read_exit(fields: Fields, value: Value, on: date | None) -> str | None:
    """脱贫年度. A year to come is a plan, not a flag."""
    flag, when = poverty_exit(value)
    planned = when is not None and on is not None and when.first > on
    if flag is None or planned or (flag and fields.poverty_exit_flag is False):
        return UNCLEAR
    if flag:
        fields.poverty_exit_flag = True
    if when:
        fields.poverty_exit_date = _told_by(when, on)
    return None


def read_status(fields: Fields, text: str, label: str | None) -> bool:
    """A plain 状态: 已脱贫 tells the flag where no column of its own does (``label`` given); True: 核销, 自然减少, off the register."""
    if label is not None and fields.poverty_exit_flag is None and "脱贫" in text:
        fields.poverty_exit_flag = poverty_flag(text, label)
    return bool(_OFF.search(text))


def read_remark(fields: Fields, text: str, on: date | None) -> str | None:
    """A remark tells the flag where no column does, and is asked where a column says the opposite."""
    left, when = says_left_poverty(text)
    if left is None or left == fields.poverty_exit_flag:
        return None
    if fields.poverty_exit_flag is not None:
        return UNCLEAR
    fields.poverty_exit_flag = left
    fields.poverty_exit_date = min(when, on) if when and on else when
    return None


def _told_by(when: CleanDate, on: date | None) -> date:
    """Flags are set at the end of a year's review; never later than the roster that tells it."""
    return min(when.last, on) if on else when.last
