"""From the text of a scalar to a value in its unit, whole or refused. No float, ever."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from yingbao.policy.parameter import Value
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import CATEGORY_BY_KEY
from yingbao.values.money import fen_of_yuan
from yingbao.values.month import date_from_text

_NEVER_NEGATIVE = ("currency-CNY", "basis-points", "year", "month", "person")
_ALL = 10_000  # basis points of a whole


class NotOfThisUnit(Exception):
    """Why a raw value cannot be read: ``zh`` and ``en``."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


def read_value(raw: object, unit: str) -> Value | None:
    """The raw scalar or list as written in YAML, in its unit; ``null`` is None. Raises NotOfThisUnit."""
    if raw is None or raw == "null":
        return None
    if isinstance(raw, float):
        raise NotOfThisUnit(f"{raw} 已成为浮点数，请按文字读取", f"{raw} is a float; read it as text")
    reader = _READERS[unit]
    if isinstance(raw, bool) and unit == "bool":
        return raw
    if isinstance(raw, date) and unit == "date":
        return raw
    if isinstance(raw, (list, tuple)) and unit == "list-of-text":
        return _list(raw)
    if isinstance(raw, bool) or not isinstance(raw, (str, int)):
        raise NotOfThisUnit(f"“{raw}”不是{unit}", f"'{raw}' is not {unit}")
    value = reader(str(raw).strip())
    if unit in _NEVER_NEGATIVE and type(value) is int and value < 0:
        raise NotOfThisUnit(f"“{raw}”是负数", f"'{raw}' is negative")
    return value


def _fen(text: str) -> int:
    try:
        return fen_of_yuan(text)
    except YingbaoError as error:
        raise NotOfThisUnit(f"“{text}”不是整分的金额", f"'{text}' is not whole fen") from error


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,12}", text, re.ASCII):
        raise NotOfThisUnit(f"“{text}”不是整数", f"'{text}' is not a whole number")
    return int(text)


def _share(text: str) -> int:
    """Basis points of a whole, as such (5000) or as percent (50%)."""
    points = _scaled(text[:-1].strip(), 2) if text.endswith("%") else _whole(text)
    if points > _ALL:
        raise NotOfThisUnit(f"“{text}”超过 100%（10000 基点）", f"'{text}' is more than 100 % (10000 basis points)")
    return points


def _scaled(text: str, places: int) -> int:
    """A decimal times ten to the ``places``, whole: 1.5 percent is 150 basis points."""
    found = re.fullmatch(r"(-?)(\d{1,9})(?:\.(\d+))?", text, re.ASCII)
    if not found:
        raise NotOfThisUnit(f"“{text}”不是数字", f"'{text}' is not a number")
    fraction = (found[3] or "").rstrip("0")
    if len(fraction) > places:
        raise NotOfThisUnit(f"“{text}”不是整基点", f"'{text}' is not whole basis points")
    size = int(found[2] + fraction.ljust(places, "0"))
    return -size if found[1] else size


def _bool(text: str) -> bool:
    if text not in ("true", "false"):
        raise NotOfThisUnit(f"“{text}”不是 true 或 false", f"'{text}' is not true or false")
    return text == "true"


def _text(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise NotOfThisUnit(f"“{text}”不是小写英文标识", f"'{text}' is not a lower-case word")
    return text


def _list(raw: list[object] | tuple[object, ...]) -> tuple[str, ...]:
    words = tuple(_text(str(item)) for item in raw)
    if len(set(words)) < len(words):
        raise NotOfThisUnit("列表中有重复项", "the list names something twice")
    return words


def _date(text: str) -> date:
    try:
        return date_from_text(text)
    except YingbaoError as error:
        raise NotOfThisUnit(f"“{text}”不是日期", f"'{text}' is not a date") from error


def _category(text: str) -> int:
    """The word of a category; kept as its number, so that a table goes by it."""
    if text not in CATEGORY_BY_KEY:
        known = "、".join(CATEGORY_BY_KEY)
        raise NotOfThisUnit(f"“{text}”不是类别，可用 {known}", f"'{text}' is no category ({known})")
    return int(CATEGORY_BY_KEY[text])


def _no_scalar(text: str) -> Value:
    raise NotOfThisUnit(f"“{text}”不是列表", f"'{text}' is not a list")


_READERS: dict[str, Callable[[str], Value]] = {
    "currency-CNY": _fen,
    "basis-points": _share,
    "percent": lambda text: _scaled(text, 2),
    "/1": lambda text: _scaled(text, 4),
    "year": _whole,
    "month": _whole,
    "day": _whole,
    "person": _whole,
    "bool": _bool,
    "text": _text,
    "list-of-text": _no_scalar,
    "date": _date,
    "category": _category,
}

UNITS = tuple(_READERS)
