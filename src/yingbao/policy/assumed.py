"""The sentence that names what is only assumed: parameters of a figure for which no public document could be read."""

from __future__ import annotations

from collections.abc import Iterable

from yingbao.policy.tree import load
from yingbao.values.errors import YingbaoError

ZH, EN = "下列参数为示例值，尚无文件依据：", "These parameters are illustrative, no public document could be read for them: "


def labels(names: Iterable[str], lang: str = "zh") -> list[str]:
    """The parameters as a reader calls them, each once; a name that the law does not know stays as it is."""
    wanted = list(names)
    if not wanted:  # the law need not be read to say nothing
        return []
    try:
        known = load().parameters
    except YingbaoError:  # another county's law may have no such region: the names still say what they are
        known = {}
    found = [name if name not in known else known[name].label_en if lang == "en" else known[name].label_zh for name in wanted]
    return list(dict.fromkeys(found))


def sentence(names: Iterable[str], lang: str = "zh") -> str:
    """``下列参数为示例值，尚无文件依据：计息方法、舍入办法。``; empty where there are none."""
    told = labels(names, lang)
    if not told:
        return ""
    return f"{EN}{'; '.join(told)}." if lang == "en" else f"{ZH}{'、'.join(told)}。"
