"""Reading the fields of a case document: a slip of the pen is refused with its file, line, key and the nearest word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

from yingbao.policy.text_yaml import TextMapping
from yingbao.values.errors import YingbaoError
from yingbao.values.money import fen_of_yuan
from yingbao.values.month import Month, date_from_text, month_from_text

T = TypeVar("T")
# A field left empty, or said to be empty, is a field left out.
NOTHING = ("", "null", "~")
# Words further apart than this are no slip of the pen.
NEAR = 0.6
EVER = date(1900, 1, 1)  # a fact without a first day has always held


class CaseError(YingbaoError):
    """A case document that cannot be read as one. ``place``: file and line, or a name where it comes from no file."""

    zh = "案例文档 {place}：{why}。请对照案例格式说明（docs/guides/cases.md）改正。没有进行推算。"
    en = "The case document cannot be used at {place}: {why}. See docs/guides/cases.md. Nothing was derived."


def refused(at: object, key: str | None, why: str) -> CaseError:
    """The refusal of a field of a mapping of the document."""
    return CaseError(place=_place(at, key), why=why)


def _place(at: object, key: str | None) -> str:
    if isinstance(at, TextMapping):
        return at.place(key)
    names = [at[one] for one in ("case", "name", "person", "kind") if one in at] if isinstance(at, Mapping) else []
    return f"“{names[0] if names else '?'}”"


def unknown_word(at: object, key: str, what: str, word: str, known: Iterable[str]) -> CaseError:
    """The refusal of a word that is none of the known ones: it names the nearest, or all."""
    words = [*known]
    near = get_close_matches(word, words, n=1, cutoff=NEAR)
    hint = f"是不是“{near[0]}”" if near else f"可用：{'、'.join(words)}"
    return refused(at, key, f"不认识的{what}“{word}”，{hint}")


def refuse_strange(at: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    """Raise CaseError for a field that nobody reads: what it says would be lost silently."""
    words = sorted(known)
    for key in at:
        if key not in words:
            raise unknown_word(at, key, f"字段（{where}）", str(key), words)


def has(at: Mapping[str, Any], key: str) -> bool:
    """Whether a field is there and says something."""
    return key in at and at[key] is not None and (not isinstance(at[key], str) or at[key].strip() not in NOTHING)


def text_at(at: Mapping[str, Any], key: str) -> str:
    """The text of a field that must be there. Raises CaseError."""
    if not has(at, key):
        raise refused(at, None, f"缺少字段 {key}")
    if isinstance(at[key], (Mapping, list, tuple)):
        raise refused(at, key, f"{key} 应为一个值")
    return str(at[key]).strip()


def word_at(at: Mapping[str, Any], key: str, what: str, known: Iterable[str]) -> str:
    """A field that is one of the known words. Raises CaseError."""
    word, words = text_at(at, key), [*known]
    if word not in words:
        raise unknown_word(at, key, what, word, words)
    return word


def day_at(at: Mapping[str, Any], key: str) -> date | None:
    """A field that is a day; None where it is left out. Raises CaseError."""
    return day_in(at, key, text_at(at, key)) if has(at, key) else None


def _parsed(at: Mapping[str, Any], key: str, text: str, read: Callable[[str], T], wanted: str) -> T:
    """A text as ``read`` understands it. Raises CaseError, which says what it should be."""
    try:
        return read(text)
    except YingbaoError as error:
        raise refused(at, key, f"{key} 的“{text}”不是{wanted}") from error


def day_in(at: Mapping[str, Any], key: str, text: str) -> date:
    """A day written in a field. Raises CaseError."""
    return _parsed(at, key, text, date_from_text, "日期（应写成 2018-12-01）")


def month_at(at: Mapping[str, Any], key: str) -> Month:
    """A field that is a month. Raises CaseError."""
    return _parsed(at, key, text_at(at, key), month_from_text, "月份（应写成 2018-12）")


def fen_at(at: Mapping[str, Any], key: str) -> int:
    """A field in yuan, as fen; never below zero. Raises CaseError."""
    fen = signed_fen_at(at, key)
    if fen < 0:
        raise refused(at, key, f"{key} 的“{text_at(at, key)}”小于零")
    return fen


def signed_fen_at(at: Mapping[str, Any], key: str) -> int:
    """A field in yuan, as fen, below zero for what is taken back. Raises CaseError."""
    return _parsed(at, key, text_at(at, key), fen_of_yuan, "金额（元，最多两位小数）")


def count_at(at: Mapping[str, Any], key: str) -> int:
    """A field that is a whole number. Raises CaseError."""
    text = text_at(at, key)
    if not (text.isascii() and text.isdigit()):
        raise refused(at, key, f"{key} 的“{text}”不是整数")
    return int(text)


def words_at(at: Mapping[str, Any], key: str) -> list[str]:
    """A field that is a list of words, or a single one; empty where it is left out. Raises CaseError."""
    found = at.get(key) if has(at, key) else []
    listed = found if isinstance(found, (list, tuple)) else [found]
    if any(isinstance(one, (Mapping, list, tuple)) for one in listed):
        raise refused(at, key, f"{key} 应为一个一个的值")
    return [str(one) for one in listed]


def mappings_at(at: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """A field that is a list of mappings; empty where it is left out. Raises CaseError."""
    found = at.get(key) if has(at, key) else []
    if not (isinstance(found, list) and all(isinstance(each, Mapping) for each in found)):
        raise refused(at, key, f"{key} 应为一条一条的“键: 值”")
    return found
