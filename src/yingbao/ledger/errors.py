"""Refusals of the books."""

from __future__ import annotations

from yingbao.values.errors import YingbaoError


class BadChart(YingbaoError):
    """The chart of accounts has a mistake."""

    zh = "科目表不能使用：{why}。请改正科目表。"
    en = "The chart of accounts cannot be used: {why}. Correct the chart."


class UnknownAccount(YingbaoError):
    """A code that the chart does not have, or not on that day."""

    zh = "科目 {account} 在 {on} 不存在。请核对科目表。本次没有写入任何数据。"
    en = "There is no account {account} on {on}. Check the chart of accounts. Nothing was written."


class DoesNotBalance(YingbaoError):
    """An entry that cannot be built: nothing, less than a fen, one account on both sides, months that do not fit."""

    zh = "分录不平或不完整：{why}。本次没有写入任何数据。"
    en = "The entry does not balance or is not complete: {why}. Nothing was written."


class NotThisWay(YingbaoError):
    """An item that this kind of posting does not take, e.g. a contribution as a benefit."""

    zh = "款项“{item}”不能按“{kind}”入账。本次没有写入任何数据。"
    en = "The item '{item}' cannot be posted as '{kind}'. Nothing was written."
