"""What reports refuse."""

from __future__ import annotations

from yingbao.policy.errors import NotChecked
from yingbao.values.errors import YingbaoError


class UnknownChoice(YingbaoError):
    """A word that is none of those a report knows."""

    zh = "没有“{what}”。可以写：{known}。"
    en = "There is no '{what}'. Known: {known}."


class UnknownExport(YingbaoError):
    """No such table or format."""

    zh = "不能导出“{what}”（格式 {fmt}）。可以导出：{known}；格式：{formats}。没有写任何文件。"
    en = "Cannot export '{what}' as {fmt}. Tables: {known}; formats: {formats}. Nothing was written."


class NothingToSimulate(YingbaoError):
    """Months that are none, or of before the books."""

    zh = "{since} 至 {through} 不能模拟：须先后有序，且不早于对账起始月 {first}。没有写入任何数据。"
    en = "Cannot simulate {since} to {through}: in order, and not before the statement begins ({first}). Nothing was written."


class NotCheckedToSimulate(NotChecked):
    """A month that the law has not been checked for, in a what-if: there the asker may assume. Details as NotChecked."""

    zh = ("{month} 的“{label}”（{name}）尚未核对（已核对至 {checked}），不能测算。可以缩短月份；在方案的 assume 里写出它今后的值；"
          "或加 --assume-last-values，凡未核对的都沿用最后一个值（结果逐个点名）。没有写入任何数据。")  # fmt: skip
    en = ("'{name}' of {month} has not been checked (checked to {checked}). Take fewer months, give its values under 'assume' "
          "in the overlay, or add --assume-last-values: every last value goes on, and is named. Nothing was written.")  # fmt: skip


class NoAccountYear(YingbaoError):
    """A year of an account that has not begun, or is of before the books."""

    zh = "没有 {year} 年的个人账户明细（按 {on}）：这一年还没有开始，或在建账之前。没有写入任何数据。"
    en = "There is no account statement of {year} (as of {on}): the year has not begun, or is before the books."


class NotAwarded(YingbaoError):
    """No pension is granted by that month, so there is nothing to reckon."""

    zh = "编号 {person} 到 {month} 还没有可核定的养老金：{why}。没有出计算表。"
    en = "Person {person} has no pension to determine by {month}: {why}. No sheet was made."


class NothingToPrint(YingbaoError):
    """A letter about nothing."""

    zh = "编号 {person} 没有{what}，不需要这份文书。"
    en = "There is nothing to print for person {person} ({what})."
