"""The sentence that names what is only assumed: parameters of a figure for which no public document could be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yingbao.policy.tree import load
from yingbao.values.errors import YingbaoError

ZH, EN = "下列参数为示例值，尚无文件依据：", "These parameters are illustrative, no public document could be read for them: "
# What the folders of the law are called, in the order in which a note names them.
FOLDERS = {
    "age": ("年龄", "age"), "contribution": ("缴费", "contributions"), "entry": ("代缴", "proxy contributions"),
    "account": ("个人账户", "individual accounts"), "benefit": ("待遇", "benefits"), "exit": ("困难老人", "the over-age poor"),
    "hold": ("认证与暂停", "certificates and holds"), "disentitlement": ("停发", "disentitlement"), "refund": ("退还", "refunds"),
    "recovery": ("追回", "recoveries"), "transfer": ("转移", "transfers"), "income": ("不计收入", "income disregard"),
    "waiver": ("放弃", "waivers"), "": ("其他", "other"),
}  # fmt: skip


def labels(names: Iterable[str], lang: str = "zh") -> list[str]:
    """The parameters as a reader calls them, each once; a name that the law does not know stays as it is."""
    return list(dict.fromkeys(called(names, lang).values()))


def called(names: Iterable[str], lang: str = "zh") -> dict[str, str]:
    """Name → what a reader calls it."""
    wanted = list(names)
    if not wanted:  # the law need not be read to say nothing
        return {}
    try:
        known = load().parameters
    except YingbaoError:  # another county's law may have no such region: the names still say what they are
        known = {}
    return {name: name if name not in known else known[name].label_en if lang == "en" else known[name].label_zh for name in wanted}


def sentence(names: Iterable[str], lang: str = "zh") -> str:
    """``下列参数为示例值，尚无文件依据：计息方法、舍入办法。``; empty where there are none."""
    told = labels(names, lang)
    if not told:
        return ""
    return f"{EN}{'; '.join(told)}." if lang == "en" else f"{ZH}{'、'.join(told)}。"


def by_folder(told: Mapping[str, str], lang: str = "zh") -> list[tuple[str, list[str]]]:
    """What names are called, each once, by what they are about: ``[("缴费", ["缴费补贴", …]), …]``."""
    found: dict[str, dict[str, None]] = {folder: {} for folder in FOLDERS}
    for name, text in told.items():
        folder = name.split("/")[0]
        found[folder if folder in FOLDERS else ""][text] = None
    return [(FOLDERS[folder][lang == "en"], list(texts)) for folder, texts in found.items() if texts]
