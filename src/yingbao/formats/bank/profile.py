"""A bank's file layout as data: which fields, in which order, in which encoding, and what its codes mean.

One YAML a bank in ``profiles/``. A new bank is a new file; no code changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from yingbao.formats.bank.errors import BadBankProfile, UnknownBankProfile

PROFILES = Path(__file__).parent / "profiles"
DEFAULT_PROFILE = "rural_bank_text"

SETTLED: Final = "settled"
CURABLE: Final = "curable"
DO_NOT_RESEND: Final = "do_not_resend"
UNKNOWN: Final = "unknown"
FAILED: Final = "failed"  # only in `results`: the code then says which failure

# What a field can carry, and how it is written.
SOURCES: dict[str, str] = {
    "batch": "text",
    "pay_on": "date",
    "agreement": "text",
    "payer_account": "text",
    "count": "integer",
    "total": "money",
    "currency": "text",
    "summary": "text",
    "digest": "text",
    "sequence": "integer",
    "answered_on": "date",
    "settled_count": "integer",
    "line": "integer",
    "account": "text",
    "account_name": "text",
    "id_number": "text",
    "amount": "money",
    "line_summary": "text",
    "person": "text",
    "spare": "text",
    "result": "text",
    "code": "text",
    "message": "text",
    "serial": "text",
    "booked_on": "date",
    "paid": "money",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. ``width``: bytes, for files of fixed width. ``source`` empty: the constant."""

    name: str
    source: str
    constant: str = ""
    width: int | None = None
    optional: bool = False  # the last field, left out when empty

    @property
    def kind(self) -> str:
        """``text``, ``integer``, ``money`` or ``date``."""
        return SOURCES.get(self.source, "text")


@dataclass(frozen=True, slots=True)
class Layout:
    """The records of one file. ``titles``: the first row is the names of the detail fields."""

    file_name: str
    header: tuple[Field, ...]
    detail: tuple[Field, ...]
    trailer: tuple[Field, ...]
    titles: bool

    @property
    def top_rows(self) -> int:
        """How many rows stand above the first line."""
        return int(bool(self.header)) + int(self.titles)


@dataclass(frozen=True, slots=True)
class Code:
    """What a return code means: an outcome, and the words for the clerk."""

    outcome: str
    zh: str


@dataclass(frozen=True)
class Profile:
    """A bank's layout both ways. ``separator`` None: fixed width. ``digest`` None: the bank gives none."""

    name: str
    title: str
    status: str
    source: str
    encoding: str
    separator: str | None
    line_end: str
    digest: str | None
    date_format: str
    max_lines: int
    payment: Layout
    answer: Layout
    results: Mapping[str, str]
    codes: Mapping[str, Code]

    def outcome(self, result: str, code: str) -> str:
        """``settled | curable | do_not_resend | unknown``. A code nobody agreed on is unknown, never failed."""
        class_ = self.results.get(result, UNKNOWN)
        if class_ != FAILED:
            return class_
        told = self.codes.get(code)
        return told.outcome if told else UNKNOWN

    def code_for(self, outcome: str) -> list[str]:
        """The codes of an outcome, as the mock bank picks them."""
        return [code for code, told in self.codes.items() if told.outcome == outcome]

    def result_for(self, class_: str) -> str | None:
        """The result sign of ``settled``, ``failed`` or ``unknown``; None if the bank has none."""
        return next((sign for sign, told in self.results.items() if told == class_), None)


_KEYS = {
    "title", "status", "source", "encoding", "separator", "line_end", "digest", "date_format",
    "max_lines", "payment", "answer", "results", "codes",
}  # fmt: skip
_FIELD_KEYS = {"name", "from", "constant", "width", "optional"}
_LAYOUT_KEYS = {"file_name", "header", "detail", "trailer", "titles"}


def profile_from_text(name: str, text: str) -> Profile:
    """Read a profile from YAML text. Raises BadBankProfile."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadBankProfile(profile=name, why="YAML") from error
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        odd = sorted(set(raw) ^ _KEYS) if isinstance(raw, dict) else ["?"]
        raise BadBankProfile(profile=name, why=f"缺少或多出 {', '.join(odd)}")
    profile = Profile(
        name=name,
        payment=_layout(name, raw["payment"]),
        answer=_layout(name, raw["answer"]),
        results={str(sign): str(told) for sign, told in raw["results"].items()},
        codes={str(code): Code(str(told["outcome"]), str(told["zh"])) for code, told in raw["codes"].items()},
        max_lines=int(raw["max_lines"]),
        **{key: raw[key] for key in ("title", "status", "source", "encoding", "separator", "line_end", "digest")},
        date_format=raw["date_format"],
    )
    _check(profile)
    return profile


def _layout(name: str, raw: Mapping[str, object]) -> Layout:
    if odd := sorted(set(raw) - _LAYOUT_KEYS):
        raise BadBankProfile(profile=name, why=f"多出 {', '.join(odd)}")
    return Layout(
        file_name=str(raw["file_name"]),
        header=_fields(name, raw.get("header", [])),
        detail=_fields(name, raw["detail"]),
        trailer=_fields(name, raw.get("trailer", [])),
        titles=bool(raw.get("titles", False)),
    )


def _fields(name: str, raw: object) -> tuple[Field, ...]:
    fields = []
    for one in raw if isinstance(raw, list) else []:
        if odd := sorted(set(one) - _FIELD_KEYS):
            raise BadBankProfile(profile=name, why=f"字段多出 {', '.join(odd)}")
        source = str(one.get("from", ""))
        if source not in SOURCES and (source or "constant" not in one):
            raise BadBankProfile(profile=name, why=f"字段来源 {source} 没有约定")
        constant = str(one.get("constant", ""))
        fields.append(Field(str(one["name"]), source, constant, one.get("width"), bool(one.get("optional", False))))
    return tuple(fields)


def _check(profile: Profile) -> None:
    """What every layout must have, else matching by (batch, line) is impossible."""
    why = ""
    for layout in (profile.payment, profile.answer):
        sources = {field.source for field in layout.detail}
        if "line" not in sources or "batch" not in sources | {field.source for field in layout.header}:
            why = "没有批次号或明细序号"
        if any(field.optional for field in layout.detail[:-1]):
            why = "只有最后一个字段可以省略"
        if profile.separator is None and any(f.width is None for f in layout.header + layout.detail + layout.trailer):
            why = "定长文件的字段没有长度"
        if (profile.digest is not None) != any(field.source == "digest" for field in layout.trailer):
            why = "校验算法与结尾行不一致"
    if not set(profile.results.values()) <= {SETTLED, FAILED, UNKNOWN}:
        why = "结果含义没有约定"
    if not {code.outcome for code in profile.codes.values()} <= {CURABLE, DO_NOT_RESEND, UNKNOWN}:
        why = "返回码含义没有约定"
    if profile.digest not in (None, "sm3", "sha256"):
        why = f"校验算法 {profile.digest}"
    if why:
        raise BadBankProfile(profile=profile.name, why=why)


def profile_names() -> list[str]:
    """The names of the profiles that come with the program."""
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))


@cache
def load_profile(name: str = DEFAULT_PROFILE) -> Profile:
    """The profile of that name. Raises UnknownBankProfile, BadBankProfile."""
    if name not in profile_names():
        raise UnknownBankProfile(profile=name, known="、".join(profile_names()))
    return profile_from_text(name, (PROFILES / f"{name}.yaml").read_text(encoding="utf-8"))
