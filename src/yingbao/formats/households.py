"""The incomes of households, as civil affairs gives them for the income test: a small YAML file.

``households`` is a list; each has ``household``, ``members`` (``name``, ``person`` where the office knows him, and
``incomes``), and, for the report of those who left, ``standard`` (yuan a person a month). An income has ``source`` (the
key or Chinese name of a pension item, or any other word), ``yuan``, and for arrears ``for: 2019-01..2019-02``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """Read a file of household incomes. Raises HouseholdsRefused."""
    raw = read_text_yaml(path)
    _known(path.name, raw, _FILE_KEYS)
    if missing := sorted(_FILE_KEYS - set(raw)):
        raise HouseholdsRefused(file=path.name, why=f"缺少 {', '.join(missing)}")
    month = month_from_text(raw["month"])
    return Households(month, raw["register"], tuple(_household(path.name, one, month) for one in raw["households"]))


def _known(file: str, found: Mapping[str, Any], keys: set[str]) -> None:
    if strange := sorted(set(found) - keys):
        raise HouseholdsRefused(file=file, why=f"不认识的字段 {', '.join(strange)}")


def _household(file: str, raw: Mapping[str, Any], month: Month) -> Household:
    _known(file, raw, _HOUSEHOLD_KEYS)
    standard = fen_of_yuan(raw["standard"]) if raw.get("standard") else None
    return Household(raw["household"], standard, tuple(_member(file, one, month) for one in raw.get("members") or []))


def _member(file: str, raw: Mapping[str, Any], month: Month) -> Member:
    _known(file, raw, _MEMBER_KEYS)
    if not raw.get("name"):
        raise HouseholdsRefused(file=file, why="成员缺少 name")
    incomes = tuple(_income(file, raw["name"], one, month) for one in raw.get("incomes") or [])
    return Member(raw["name"], int(raw["person"]) if raw.get("person") else None, incomes)


def _income(file: str, name: str, raw: Mapping[str, Any], month: Month) -> Receipt:
    _known(file, raw, _INCOME_KEYS)
    first, _, last = str(raw.get("for") or "").partition("..")
    start = month_from_text(first) if first else month
    until = month_from_text(last) + 1 if last else start + 1
    fen, months = fen_of_yuan(raw["yuan"]), until - start
    if fen < 0 or months < 1:
        raise HouseholdsRefused(file=file, why=f"{name} 的 {raw['source']} 金额或期间有误")
    each = divide_half_up(fen, months)
    if each * months != fen:
        raise HouseholdsRefused(file=file, why=f"{name} 的 {raw['source']} {raw['yuan']} 元不能按 {months} 个月平分；请逐月写")
    return Receipt(name, _ITEM_BY_WORD.get(raw["source"], raw["source"]), month, start, until, each)
