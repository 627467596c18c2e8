"""Dates, months, amounts and the small code lists: typed parsers that ask rather than guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from yingbao.formats.rosters.grid import Value, text_of
from yingbao.values.errors import AmountOutOfBounds, NotWholeFen
from yingbao.values.money import Fen, fen_of_yuan
from yingbao.values.month import first_day, last_day, month_of

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})[-./年\s](\d{1,2})[-./月\s](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})(?:\.0)?")
_YEAR = re.compile(r"(\d{4})(年|年度|\.0)?")
# 二〇一八年九月, 十一月二十三日
_SPELLED = re.compile(
    r"(?:一九|二[〇○零oO0])[〇○零oO0一二三四五六七八九]{2}(?=年)|(?<=[年月])(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日号])"
)
_CHINESE_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIAL_FIRST, _SERIAL_LAST = 7000, 55000  # 1919 to 2050
_FIRST_YEAR, _LAST_YEAR = 1880, 2100


@dataclass(frozen=True, slots=True)
class CleanDate:
    """A date and how exact it was written: ``day``, ``month`` or ``year``. ``reformed``: not ISO in the file."""

    first: date
    last: date
    exact: str
    reformed: bool = False


def clean_date(value: Value) -> CleanDate | None:
    """Read a date cell; None when it cannot be told (two-digit years, a missing century, 2018-13-01)."""
    if isinstance(value, str):
        return _date_of_text(value)
    if isinstance(value, datetime):
        return _exact(value.date(), reformed=False)
    if isinstance(value, date):
        return _exact(value, reformed=False)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_of_number(value)
    return None


def _exact(day: date, *, reformed: bool) -> CleanDate | None:
    return CleanDate(day, day, "day", reformed) if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


@lru_cache(maxsize=65536)
def _date_of_text(raw: str) -> CleanDate | None:
    if found := _ISO.fullmatch(raw):
        return _day(found, reformed=False)
    if found := _ISO_MONTH.fullmatch(raw):
        when = _month(int(found[1]), int(found[2]))
        return replace(when, reformed=False) if when else None
    text = unicodedata.normalize("NFKC", raw).strip().strip("'").replace("。", ".")
    text = spelled_in_digits(re.sub(r"\s*([-./、年月日])\s*", r"\1", text)).replace("、", ".").replace("月份", "月")
    text = re.sub(r"(?<=\d)号", "日", text).rstrip("起止始.")
    if found := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return _day(found, reformed=True)
    if found := _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    if found := _YEAR.fullmatch(text):
        return _year(int(found[1]))
    return _date_of_number(float(text)) if re.fullmatch(r"\d{5}(\.\d+)?", text) else None


def spelled_in_digits(text: str) -> str:
    """二〇一八年十一月 as 2018年11月."""
    return _SPELLED.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    tens, ten, ones = found[0].translate(_CHINESE_DIGITS).partition("十")
    return f"{tens or 1}{ones or 0}" if ten else tens


def _date_of_number(number: float) -> CleanDate | None:
    whole = int(number)
    if _SERIAL_FIRST <= whole <= _SERIAL_LAST:
        return _exact(_SERIAL_EPOCH + timedelta(days=whole), reformed=True)
    text = str(whole)
    if whole != number:
        # 2018.9 typed as a number: whether .1 is January or October cannot be told.
        found = re.fullmatch(r"(\d{4})\.([2-9]|0[1-9]|1[12])", text_of(number))
        return _month(int(found[1]), int(found[2])) if found else None
    if found := _COMPACT_DAY.fullmatch(text):
        return _day(found, reformed=True)
    if found := _COMPACT_MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    return _year(whole)


def _day(found: re.Match[str], *, reformed: bool) -> CleanDate | None:
    try:
        return _exact(date(int(found[1]), int(found[2]), int(found[3])), reformed=reformed)
    except ValueError:
        return None


def _month(year: int, number: int) -> CleanDate | None:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= number <= 12):  # noqa: PLR2004 - months of a year
        return None
    month = month_of(year, number)
    return CleanDate(first_day(month), last_day(month), "month", reformed=True)


def _year(year: int) -> CleanDate | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return CleanDate(date(year, 1, 1), date(year, 12, 31), "year", reformed=True)


_AMOUNT = re.compile(r"[¥￥]?\s*([+-]?\d+(?:\.\d+)?|[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?)\s*元?(?:/月)?整?")


@lru_cache(maxsize=4096, typed=True)
def clean_amount(value: Value) -> tuple[Fen | None, bool]:
    """Yuan of a cell as fen, and whether it was reformed; None when it cannot be told."""
    if isinstance(value, bool) or value is None:
        return None, False
    if isinstance(value, int | float):
        # Two decimals of a spreadsheet's binary number: 148.05 is stored as 148.05000000000001.
        text = repr(round(value, 2)) if abs(value - round(value, 2)) < 1e-6 else repr(value)  # noqa: PLR2004
    elif isinstance(value, str):
        found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", value).strip())
        if not found:
            return None, False
        text = found[1].replace(",", "")
    else:
        return None, False
    try:
        return fen_of_yuan(text), isinstance(value, str) and value.strip() != text
    except (NotWholeFen, AmountOutOfBounds):
        return None, False


@lru_cache(maxsize=4096, typed=True)
def clean_count(value: Value) -> int | None:
    """A whole number of persons: ``3``, ``3人``; None otherwise."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if value == int(value) and value >= 0 else None
    found = re.fullmatch(r"(\d{1,7})\s*(人|口|户|个|年|月|个月)?", unicodedata.normalize("NFKC", text_of(value)).strip())
    return int(found[1]) if found else None


_SEX = {"男": "male", "女": "female", "男性": "male", "女性": "female", "1": "male", "2": "female", "m": "male",
        "f": "female", "male": "male", "female": "female", "01": "male", "02": "female"}  # fmt: skip
_YES = frozenset({"是", "有", "1", "y", "yes", "true", "√", "✓", "v", "享受", "保障", "在保", "保障对象", "1.0", "t"})
_NO = frozenset({"否", "无", "0", "n", "no", "false", "×", "x", "不享受", "非保障", "未保障", "非保障对象", "不保障", "0.0", "不是", "f"})
_LEVELS = {"一": 1, "二": 2, "三": 3, "四": 4, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "1": 1, "2": 2, "3": 3, "4": 4,
           "i": 1, "ii": 2, "iii": 3, "iv": 4}  # fmt: skip
_DISABILITIES = {"视力": 1, "听力": 2, "言语": 3, "语言": 3, "肢体": 4, "智力": 5, "精神": 6, "多重": 7}


def whole_text(value: Value) -> str:
    """A code as text: a spreadsheet keeps 320682111023 as a number with a point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else text_of(value).strip()


def folded(value: Value) -> str:
    """A short code as it is compared: NFKC, no blanks, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text_of(value))).lower()


@lru_cache(maxsize=1024, typed=True)
def clean_sex(value: Value) -> str | None:
    """``male``, ``female`` or None."""
    return _SEX.get(folded(value))


def clean_yes(value: Value) -> bool | None:
    """A yes, a no, or None."""
    text = folded(value)
    return True if text in _YES else False if text in _NO else None


@lru_cache(maxsize=1024, typed=True)
def clean_level(value: Value) -> int | None:
    """Disability level 1 to 4, of 一级, 1级, 贰级, 二级残疾; None otherwise."""
    text = re.sub(r"(残疾)?(等级|级别)?[:：]?", "", folded(value))
    if len(said := re.findall(r"[一二三四1-4](?=级)", text)) == 1:
        return _LEVELS[said[0]]
    found = re.fullmatch(r"(?:[\u4e00-\u9fff]*?(?:力|体|语|神|重))?([一二三四壹贰叁肆1-4]|i{1,3}|iv)(\.0)?级?(残疾|残)?", text)
    return _LEVELS[found[1]] if found else None


def clean_disability(value: Value) -> int | None:
    """Disability type 1 to 7 (GB/T 26341); None when not known."""
    text = folded(value)
    if text in "1234567" and len(text) == 1:
        return int(text)
    found = {number for word, number in _DISABILITIES.items() if word in text}
    if len(found) > 1:
        return 7
    return found.pop() if found else None
