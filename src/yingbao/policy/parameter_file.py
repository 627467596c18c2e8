"""One YAML file → one parameter. Every slip of the pen is an error that names file and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from yingbao.policy.errors import (
    ArticleNotQuoted,
    BadValue,
    FallingDates,
    MissingKey,
    MissingLabel,
    NoSource,
    PolicyFileError,
    StatusNotHonest,
    UnknownKey,
    UnknownSource,
)
from yingbao.policy.parameter import Entry, Parameter, Reference, Status, Value
from yingbao.policy.sources import Source
from yingbao.policy.text_yaml import read_text_yaml
from yingbao.policy.units import UNITS, NotOfThisUnit, read_value
from yingbao.values.errors import NotADate
from yingbao.values.month import date_from_text

TOP_KEYS = ("description", "metadata", "values", "brackets")
METADATA_KEYS = (
    "unit",
    "period",
    "threshold_unit",
    "amount_unit",
    "type",
    "rounding",
    "reference",
    "status",
    "announced",
    "last_value_still_valid_on",
)
PERIODS = ("month", "year", "day", "eternity")
ROUNDINGS = ("half_up_fen",)

# 基础养老金 (base pension), yuan a person a month
_DESCRIPTION = re.compile(r"[^()\s]*[\u4e00-\u9fff][^()]* \([^()]+\).*", re.DOTALL)


class _File:
    """A file being read: its raw mapping and the name it has in errors."""

    def __init__(self, shown: str, raw: dict[str, Any]) -> None:
        self.shown = shown
        self.raw = raw
        self.metadata: dict[str, Any] = raw.get("metadata") or {}

    def fail(self, error: type[PolicyFileError], key: str, zh: str, en: str | None = None) -> PolicyFileError:
        return error(file=self.shown, key=key, why=zh, why_en=en)


def read_parameter(path: Path, name: str, layer: str, sources: Mapping[str, Source], shown: str) -> Parameter:
    """The parameter in a file. ``shown`` names the file in errors. Raises PolicyFileError."""
    file = _File(shown, read_text_yaml(path, shown))
    _check_keys(file)
    _check_label(file)
    unit, status = _unit(file), _status(file)
    references = _references(file, sources, status)
    values = _brackets(file) if "brackets" in file.raw else _values(file, "values", file.raw["values"], unit)
    announced = _announced(file, values)
    entries = tuple(
        Entry(start, value, _reference_of(file, references, start), layer, status, announced.get(start))
        for start, value in values.items()
    )
    _check_no_reference_left(file, references, values)
    return Parameter(
        name=name,
        description=" ".join(file.raw["description"].split()),
        unit=unit,
        status=status,
        entries=entries,
        last_value_still_valid_on=_validity(file, entries),
        period=_one_of(file, "period", PERIODS),
        threshold_unit=file.metadata.get("threshold_unit"),
        rounding=_one_of(file, "rounding", ROUNDINGS),
        layers=(layer,),
        files=(shown,),
    )


def _check_keys(file: _File) -> None:
    for key in file.raw:
        if key not in TOP_KEYS:
            raise file.fail(UnknownKey, key, ", ".join(TOP_KEYS))
    if not isinstance(file.metadata, dict) or not file.metadata:
        raise file.fail(MissingKey, "metadata", "单位、状态、依据都在其中", "unit, status and reference live there")
    for key in file.metadata:
        if key not in METADATA_KEYS:
            raise file.fail(UnknownKey, f"metadata/{key}", ", ".join(METADATA_KEYS))
    if ("values" in file.raw) == ("brackets" in file.raw):
        raise file.fail(MissingKey, "values", "values 与 brackets 必须且只能有一个", "exactly one of values, brackets")


def _check_label(file: _File) -> None:
    text = file.raw.get("description")
    if not isinstance(text, str) or not _DESCRIPTION.fullmatch(text):
        raise file.fail(MissingLabel, "description", "")


def _unit(file: _File) -> str:
    key = "amount_unit" if "brackets" in file.raw else "unit"
    unit = file.metadata.get(key)
    if not unit:
        raise file.fail(MissingKey, f"metadata/{key}", "没有单位的数字不能使用", "a number without a unit")
    if unit not in UNITS:
        raise file.fail(BadValue, f"metadata/{key}", f"“{unit}”不在 {', '.join(UNITS)} 中", f"'{unit}' is no unit")
    return str(unit)


def _status(file: _File) -> Status:
    text = file.metadata.get("status")
    if not text:
        raise file.fail(MissingKey, "metadata/status", "published | secondary | illustrative")
    try:
        return Status(text)
    except ValueError as error:
        raise file.fail(BadValue, "metadata/status", f"“{text}”", f"'{text}'") from error


def _one_of(file: _File, key: str, allowed: tuple[str, ...]) -> str | None:
    text = file.metadata.get(key)
    if text is not None and text not in allowed:
        raise file.fail(BadValue, f"metadata/{key}", f"“{text}”不在 {', '.join(allowed)} 中", f"'{text}'")
    return text


def _day(file: _File, key: str, text: Any) -> date:
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date_from_text(text)
        except NotADate:
            pass
    raise file.fail(BadValue, key, f"“{text}”不是 2018-01-01 这样的日期", f"'{text}' is not a date like 2018-01-01")


def _dated(file: _File, key: str, raw: Any) -> dict[date, Any]:
    """A mapping by date whose dates rise down the file."""
    if not isinstance(raw, dict) or not raw:
        raise file.fail(BadValue, key, "应为“日期: 值”", "must be date: value")
    found = {_day(file, f"{key}/{text}", text): inner for text, inner in raw.items()}
    days = list(found)
    for earlier, later in pairwise(days):
        if later < earlier:
            raise file.fail(FallingDates, key, f"{earlier} → {later}")
    return found


def _values(file: _File, key: str, raw: Any, unit: str) -> dict[date, Value | None]:
    return {day: _scalar(file, f"{key}/{day}", inner, unit) for day, inner in _dated(file, key, raw).items()}


def _scalar(file: _File, key: str, raw: Any, unit: str) -> Value | None:
    if isinstance(raw, dict):
        for inner in raw:
            if inner != "value":
                raise file.fail(UnknownKey, f"{key}/{inner}", "value")
        raw = raw.get("value")
    try:
        return read_value("" if raw is None else raw, unit)
    except NotOfThisUnit as error:
        raise file.fail(BadValue, key, error.zh, error.en) from error


def _brackets(file: _File) -> dict[date, Value | None]:
    """Step tables: at each date the (threshold, amount) pairs then in force, rising."""
    if file.metadata.get("type") != "single_amount":
        raise file.fail(MissingKey, "metadata/type", "brackets 须为 single_amount", "brackets need single_amount")
    threshold_unit = file.metadata.get("threshold_unit")
    if threshold_unit not in UNITS:
        raise file.fail(MissingKey, "metadata/threshold_unit", "没有门槛的单位", "the thresholds have no unit")
    raw = file.raw["brackets"]
    if not isinstance(raw, list) or not raw:
        raise file.fail(BadValue, "brackets", "应为列表", "must be a list")
    steps = [_bracket(file, place, step, threshold_unit) for place, step in enumerate(raw)]
    days = sorted({day for pair in steps for column in pair for day in column})
    table: dict[date, Value | None] = {}
    for day in days:
        pairs = [(_held(thresholds, day), _held(amounts, day)) for thresholds, amounts in steps]
        whole = [(threshold, amount) for threshold, amount in pairs if threshold is not None and amount is not None]
        if any(later[0] <= earlier[0] for earlier, later in pairwise(whole)):
            raise file.fail(BadValue, f"brackets/{day}", "门槛没有递增", "the thresholds do not rise")
        table[day] = tuple(whole) or None
    return table


def _bracket(file: _File, place: int, raw: Any, threshold_unit: str) -> tuple[dict[date, int | None], ...]:
    key = f"brackets[{place}]"
    if not isinstance(raw, dict) or set(raw) != {"threshold", "amount"}:
        raise file.fail(UnknownKey, key, "threshold, amount")
    thresholds = _values(file, f"{key}/threshold", raw["threshold"], threshold_unit)
    amounts = _values(file, f"{key}/amount", raw["amount"], file.metadata["amount_unit"])
    columns: list[dict[date, int | None]] = []
    for column in (thresholds, amounts):
        if not all(value is None or type(value) is int for value in column.values()):
            raise file.fail(BadValue, key, "门槛和金额须为数字", "thresholds and amounts must be numbers")
        columns.append({day: value for day, value in column.items() if value is None or type(value) is int})
    return tuple(columns)


def _held(column: Mapping[date, int | None], day: date) -> int | None:
    starts = [start for start in column if start <= day]
    return column[max(starts)] if starts else None


def _references(file: _File, sources: Mapping[str, Source], status: Status) -> dict[date, tuple[Reference, ...]]:
    raw = file.metadata.get("reference")
    if not raw:
        raise file.fail(NoSource, "metadata/reference", "全部日期", "all dates")
    found: dict[date, tuple[Reference, ...]] = {}
    for day, items in _dated(file, "metadata/reference", raw).items():
        key = f"metadata/reference/{day}"
        if not isinstance(items, list) or not items:
            raise file.fail(NoSource, key, "来源和条款", "source and article")
        found[day] = tuple(_reference(file, key, item, sources, status) for item in items)
    return found


def _reference(file: _File, key: str, item: Any, sources: Mapping[str, Source], status: Status) -> Reference:
    if not isinstance(item, dict) or set(item) != {"title", "href"}:
        raise file.fail(UnknownKey, key, "title (article), href (source id)")
    source = sources.get(item["href"])
    if source is None:
        raise file.fail(UnknownSource, key, item["href"])
    article = source.articles.get(item["title"])
    if article is None:
        raise file.fail(ArticleNotQuoted, key, f"{source.id} {item['title']}")
    if status is Status.PUBLISHED and article.kind != "quote":
        raise file.fail(StatusNotHonest, key, "published 须引用原文", "published needs the instrument's own words")
    if status is Status.SECONDARY and article.kind == "choice":
        raise file.fail(StatusNotHonest, key, "自定取值只能是 illustrative", "a choice of ours is illustrative")
    return Reference(source.id, article.id)


def _reference_of(file: _File, references: Mapping[date, tuple[Reference, ...]], day: date) -> tuple[Reference, ...]:
    if day not in references:
        raise file.fail(NoSource, f"metadata/reference/{day}", str(day))
    return references[day]


def _check_no_reference_left(file: _File, references: Iterable[date], values: Mapping[date, object]) -> None:
    for day in references:
        if day not in values:
            raise file.fail(BadValue, f"metadata/reference/{day}", "没有同日期的值", "no value has this date")


def _announced(file: _File, values: Mapping[date, object]) -> dict[date, date]:
    if "announced" not in file.metadata:
        return {}
    found: dict[date, date] = {}
    for day, text in _dated(file, "metadata/announced", file.metadata["announced"]).items():
        if day not in values:
            raise file.fail(BadValue, f"metadata/announced/{day}", "没有同日期的值", "no value has this date")
        found[day] = _day(file, f"metadata/announced/{day}", text)
    return found


def _validity(file: _File, entries: tuple[Entry, ...]) -> date:
    key = "metadata/last_value_still_valid_on"
    text = file.metadata.get("last_value_still_valid_on")
    if not text:
        raise file.fail(MissingKey, key, "没有核对截止日的值不能使用", "a value without an end of validity")
    day = _day(file, key, text)
    if day < entries[-1].start:
        raise file.fail(BadValue, key, f"早于最后一个值 {entries[-1].start}", "before the last value")
    return day
