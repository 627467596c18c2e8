"""The incomes of households, as civil affairs gives them for the income test: a small YAML file.

``households`` is a list; each has ``household``, ``members`` (``name``, ``person`` where the office knows him, and
``incomes``), and, for the report of those who left, ``standard`` (yuan a person a month). An income has ``source`` (the
key or Chinese name of a pension item, or any other word), ``yuan``, and for arrears ``for: 2019-01..2019-02``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yingbao.policy.errors import BadYaml, Overlap
from yingbao.policy.text_yaml import read_text_yaml
from yingbao.rules.income import Receipt
from yingbao.values.errors import YingbaoError
from yingbao.values.money import divide_half_up, fen_of_yuan
from yingbao.values.month import Month, month_from_text
from yingbao.values.purpose import Item

_FILE_KEYS = {"month", "register", "households"}
_HOUSEHOLD_KEYS = {"household", "standard", "members"}
_MEMBER_KEYS = {"name", "person", "incomes"}
_INCOME_KEYS = {"source", "yuan", "for"}
_ITEM_BY_WORD = {word: item.key for item in Item for word in (item.key, item.zh)}


class HouseholdsRefused(YingbaoError):
    """A file of household incomes that cannot be read as one."""

    zh = "家庭收入文件 {file} 不能使用：{why}。请对照说明（docs/guides/income.md）改正。本次没有写入任何数据。"
    en = "The file of household incomes {file} cannot be used: {why}. Nothing was written."


@dataclass(frozen=True)
class Member:
    """``person``: his number in the register, None where he has none; his pension is then read from the books."""

    name: str
    person: int | None
    incomes: tuple[Receipt, ...]


@dataclass(frozen=True)
class Household:
    """``standard_fen``: the limit a person a month; None where it is not told."""

    name: str
    standard_fen: int | None
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Households:
    """``register``: for whose test; ``month``: of which month."""

    month: Month
    register: str
    households: tuple[Household, ...]


def read_households(path: Path) -> Households:
    """Read a file of household incomes. Raises HouseholdsRefused, naming the household."""
    try:
        return _read(path.name, read_text_yaml(path))
    except (BadYaml, Overlap) as error:
        raise HouseholdsRefused(file=path.name, why=f"{error.details['key']} {error.details['why']}") from error


def _read(file: str, raw: Mapping[str, Any]) -> Households:
    _known(file, "文件", raw, _FILE_KEYS)
    if missing := sorted(_FILE_KEYS - set(raw)):
        raise HouseholdsRefused(file=file, why=f"缺少 {', '.join(missing)}")
    month = _value(file, "month", month_from_text, raw["month"])
    found = tuple(_household(file, f"第 {place} 户", one, month)
                  for place, one in enumerate(_several(file, "households", raw["households"]), start=1))  # fmt: skip
    if twice := [name for name, times in Counter(one.name for one in found).items() if times > 1]:
        raise HouseholdsRefused(file=file, why=f"{twice[0]} 出现两次")
    return Households(month, _text(file, "register", raw["register"]), found)


def _known(file: str, where: str, found: Any, keys: set[str]) -> None:
    if not isinstance(found, Mapping):
        raise HouseholdsRefused(file=file, why=f"{where} 应为“键: 值”")
    if strange := sorted(set(found) - keys):
        raise HouseholdsRefused(file=file, why=f"{where} 有不认识的字段 {', '.join(strange)}")


def _several(file: str, where: str, found: Any) -> list[Any]:
    if found in (None, ""):
        return []
    if not isinstance(found, list):
        raise HouseholdsRefused(file=file, why=f"{where} 应为一列，每项以“- ”开头")
    return found


def _text(file: str, where: str, found: Any) -> str:
    if not isinstance(found, str) or not found.strip():
        raise HouseholdsRefused(file=file, why=f"{where} 没有填写")
    return found.strip()


def _value(file: str, where: str, read: Callable[[str], int], found: Any) -> int:
    """A month, an amount, a number: what cannot be read is named with its place."""
    text = _text(file, where, found)
    try:
        return read(text)
    except (YingbaoError, ValueError) as error:
        raise HouseholdsRefused(file=file, why=f"{where} 的“{text}”读不懂") from error


def _household(file: str, where: str, raw: Any, month: Month) -> Household:
    _known(file, where, raw, _HOUSEHOLD_KEYS)
    name = _text(file, f"{where}的 household", raw.get("household"))
    standard = _value(file, f"{name} 的 standard", fen_of_yuan, raw["standard"]) if raw.get("standard") else None
    members = tuple(_member(file, name, one, month) for one in _several(file, f"{name} 的 members", raw.get("members")))
    numbers = [one.person for one in members if one.person is not None]
    if len(numbers) != len(set(numbers)):
        raise HouseholdsRefused(file=file, why=f"{name} 有两名成员写了同一个编号")
    return Household(name, standard, members)


def _member(file: str, household: str, raw: Any, month: Month) -> Member:
    _known(file, f"{household} 的成员", raw, _MEMBER_KEYS)
    name = _text(file, f"{household} 的成员 name", raw.get("name"))
    whose = f"{household} {name}"
    incomes = tuple(_income(file, whose, one, month) for one in _several(file, f"{whose} 的 incomes", raw.get("incomes")))
    return Member(name, _value(file, f"{whose} 的 person", int, raw["person"]) if raw.get("person") else None, incomes)


def _income(file: str, whose: str, raw: Any, month: Month) -> Receipt:
    _known(file, f"{whose} 的收入", raw, _INCOME_KEYS)
    source = _text(file, f"{whose} 的收入 source", raw.get("source"))
    first, _, last = _text(file, f"{whose} 的 {source} for", raw["for"]).partition("..") if raw.get("for") else ("", "", "")
    start = _value(file, f"{whose} 的 {source} for", month_from_text, first) if first else month
    until = _value(file, f"{whose} 的 {source} for", month_from_text, last) + 1 if last else start + 1
    fen, months = _value(file, f"{whose} 的 {source} yuan", fen_of_yuan, raw.get("yuan")), until - start
    if fen < 0 or months < 1:
        raise HouseholdsRefused(file=file, why=f"{whose} 的 {source} 金额或期间有误")
    each = divide_half_up(fen, months)
    if each * months != fen:
        raise HouseholdsRefused(file=file, why=f"{whose} 的 {source} {raw['yuan']} 元不能按 {months} 个月平分；请逐月写")
    return Receipt(whose.rpartition(" ")[2], _ITEM_BY_WORD.get(source, source), month, start, until, each)
