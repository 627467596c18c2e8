"""Switches of the law: a word among the words a rule obeys, and nothing else."""

from __future__ import annotations

from yingbao.rules.law import Law
from yingbao.values.errors import YingbaoError


class UnknownWay(YingbaoError):
    """A switch is set to a word that no rule knows how to obey."""

    zh = "参数“{name}”取值“{value}”，没有这种做法（可用：{known}）。请政策管理员改正。本次没有写入任何数据。"
    en = "The parameter '{name}' says '{value}', which is no known way ({known}). Nothing was written."


class SharesNotWhole(YingbaoError):
    """Shares that must make a whole do not."""

    zh = "参数{names}在{year}年合计{sum}基点，应为10000。请政策管理员改正。本次没有写入任何数据。"
    en = "The parameters {names} sum to {sum} basis points in {year}, not 10000. Nothing was written."


def way(law: Law, name: str, *known: str) -> str:
    """The value of a switch in the last month of a derivation. Raises UnknownWay for one that is not among ``known``."""
    value = str(law.latest(name))
    if value not in known:
        raise UnknownWay(name=name, value=value, known="、".join(known))
    return value
