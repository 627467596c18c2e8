"""The instruments: one YAML each under ``policy/sources/``, with the articles that are cited.

An article is ``quote`` (the instrument's own words), ``paraphrase`` (what a public text says of an
instrument that was not read) or ``choice`` (ours, where no text decides). A number (文号) that
nobody verified stays null, with the reason beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yingbao.policy.errors import BadValue, MissingKey, UnknownKey
from yingbao.policy.text_yaml import read_text_yaml
from yingbao.values.errors import NotADate
from yingbao.values.month import date_from_text

_REQUIRED = ("title", "number", "issuer", "issued_on", "verified", "articles")
_OPTIONAL = ("short", "number_unknown_because", "issued_on_unknown_because", "effective_on", "note")
_KINDS = {"quote": "原文", "paraphrase": "转述，未读到原文", "choice": "没有文件，本项目的取值"}


@dataclass(frozen=True, slots=True)
class Article:
    """A passage. ``kind`` is quote, paraphrase or choice; only a quote carries a published value."""

    id: str
    kind: str
    text: str

    @property
    def kind_zh(self) -> str:
        """Whose words these are."""
        return _KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument: number (文号) or None, issuers, dates, how verified, articles by id; ``short``: what people call it."""

    id: str
    title: str
    number: str | None
    number_unknown_because: str | None
    issuer: tuple[str, ...]
    issued_on: date | None
    effective_on: date | None
    verified: str
    note: str | None
    articles: dict[str, Article]
    short: str | None = None

    @property
    def called(self) -> str:
        """What a reader knows it by: its short name, else its number, else its title."""
        return self.short or self.number or f"《{self.title}》"


def load_sources(folder: Path, shown: str = "sources") -> dict[str, Source]:
    """Every ``*.yaml`` of a folder by id (the file's name). Raises PolicyFileError."""
    paths = sorted(folder.glob("*.yaml"))
    return {path.stem: _read(path, f"{shown}/{path.name}") for path in paths}


def _read(path: Path, shown: str) -> Source:
    raw = read_text_yaml(path, shown)
    for key in raw:
        if key not in _REQUIRED + _OPTIONAL:
            raise UnknownKey(file=shown, key=key, why=", ".join(_REQUIRED + _OPTIONAL))
    for key in _REQUIRED:
        if not raw.get(key):
            raise MissingKey(file=shown, key=key, why="来源文件必填", why_en="every source has it")
    for key in ("number", "issued_on"):
        if raw[key] == "null" and not raw.get(f"{key}_unknown_because"):
            raise MissingKey(
                file=shown, key=f"{key}_unknown_because", why="为空须说明原因", why_en="a null needs its reason"
            )
    issuer = raw["issuer"] if isinstance(raw["issuer"], list) else [raw["issuer"]]
    return Source(
        id=path.stem,
        title=raw["title"],
        number=_nullable(raw["number"]),
        number_unknown_because=raw.get("number_unknown_because"),
        issuer=tuple(issuer),
        issued_on=_date(raw, "issued_on", shown),
        effective_on=_date(raw, "effective_on", shown),
        verified=raw["verified"],
        note=raw.get("note"),
        articles=_articles(raw["articles"], shown),
        short=raw.get("short"),
    )


def _articles(raw: Any, shown: str) -> dict[str, Article]:
    if not isinstance(raw, dict):
        raise BadValue(file=shown, key="articles", why="应为“条款: 摘录”", why_en="must be article: passage")
    found: dict[str, Article] = {}
    for name, passage in raw.items():
        if not isinstance(passage, dict) or len(passage) != 1 or next(iter(passage)) not in _KINDS:
            raise UnknownKey(file=shown, key=f"articles/{name}", why=" | ".join(_KINDS))
        kind, text = next(iter(passage.items()))
        if not isinstance(text, str) or not text.strip():
            raise MissingKey(file=shown, key=f"articles/{name}/{kind}", why="摘录为空", why_en="the passage is empty")
        found[name] = Article(name, kind, text.strip())
    return found


def _nullable(text: str) -> str | None:
    return None if text == "null" else text


def _date(raw: dict[str, Any], key: str, shown: str) -> date | None:
    text = raw.get(key, "null")
    if text == "null":
        return None
    try:
        return date_from_text(text)
    except NotADate as error:
        raise BadValue(file=shown, key=key, why=f"“{text}”不是日期", why_en=f"'{text}' is not a date") from error
