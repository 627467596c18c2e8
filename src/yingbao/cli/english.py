"""``--lang en``: a line of the screen in English. Names of people, places and files stay as they are.

The program speaks Chinese; the English of a line is looked up by what the line says. What is not in the tables stays
Chinese, and a house test asks for every line that a command can print.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from yingbao.cli.english_errors import REASONS
from yingbao.cli.english_sentences import SENTENCES
from yingbao.cli.english_words import words

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_JOINED = (("；", "; "), ("，", ", "), ("、", ", "))


def english(text: str) -> str:
    """The text in English, line by line."""
    return "\n".join(_line(one) for one in text.split("\n"))


def _line(text: str) -> str:
    bare = text.strip()
    return text.replace(bare, said(bare)) if _CHINESE.search(bare) else text


@lru_cache(maxsize=10_000)
def said(text: str) -> str:
    """One line or word: whole, else by the sentence it is of, else part by part."""
    if not _CHINESE.search(text):
        return text
    if text in words():
        return words()[text]
    for pattern, english_form in _patterns():
        if found := pattern.fullmatch(text):
            return english_form.format(*(said(one) for one in found.groups()))
    for mark, joined in _JOINED:
        if mark in text:
            return joined.join(said(one) for one in text.split(mark))
    word, _, rest = text.partition(" ")  # 养老金发放 2019-03; a name after a word stays, as names do
    return f"{words()[word]} {rest}" if word in words() and not _CHINESE.search(rest) else text


def reason(text: str) -> str:
    """What a refusal gives as its reason, part by part."""
    if not _CHINESE.search(text):
        return text
    for pattern, english_form in _reasons():
        if found := pattern.fullmatch(text):
            return english_form.format(*(reason(one) for one in found.groups()))
    return "; ".join(reason(one) for one in text.split("；")) if "；" in text else english(text)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """The sentences of the screen."""
    return _compiled(SENTENCES)


@cache
def _reasons() -> list[tuple[re.Pattern[str], str]]:
    """The reasons of refusals."""
    return _compiled(REASONS)


def _compiled(sentences: Mapping[str, str]) -> list[tuple[re.Pattern[str], str]]:
    """Sentences as patterns, those with most words of their own first: the first that fits is taken."""
    ordered = sorted(sentences.items(), key=lambda one: -len(one[0].replace("{}", "")))
    return [(re.compile("(.*?)".join(re.escape(part) for part in zh.split("{}"))), en) for zh, en in ordered]
