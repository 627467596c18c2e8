"""Replacing values: for case documents that must not hang on the shipped law, and for reforms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from yingbao.policy.errors import BadOverride, UnknownParameter
from yingbao.policy.parameter import Entry, Parameter, Value
from yingbao.policy.units import NotOfThisUnit, read_value
from yingbao.values.errors import NotADate
from yingbao.values.month import date_from_text

LAYER = "override"


def overridden(
    parameters: Mapping[str, Parameter], overrides: Mapping[str, Mapping[object, object]]
) -> Mapping[str, Parameter]:
    """The parameters with the named ones replaced whole: all values, no end, no announcement.

    Raises UnknownParameter and BadOverride.
    """
    if not overrides:
        return parameters
    replaced = dict(parameters)
    for name, dated in overrides.items():
        if name not in parameters:
            raise UnknownParameter(name=name)
        replaced[name] = _replace(parameters[name], dated)
    return replaced


def overlaid(
    parameters: Mapping[str, Parameter], overlay: Mapping[str, Mapping[object, object]]
) -> Mapping[str, Parameter]:
    """The parameters with dated values of a reform on top: before its first day the law in force still holds.

    From that day on only the overlay speaks, without end. Days between the last checked one and that day stay unchecked.
    Raises UnknownParameter and BadOverride.
    """
    changed = dict(parameters)
    for name, replaced in overridden(parameters, overlay).items():
        if name not in overlay:
            continue
        law, first = parameters[name], replaced.entries[0].start
        before = tuple(entry for entry in law.entries if entry.start < first)
        files = law.files if before else ()
        layers = (*law.layers, LAYER) if before else (LAYER,)
        changed[name] = replace(replaced, entries=before + replaced.entries, files=files, layers=layers,
                                unchecked=_unchecked(law, first) if before else None)  # fmt: skip
    return changed


def _unchecked(law: Parameter, first: date) -> tuple[date, date] | None:
    """The days before a reform's first one that the law it lies upon has not been checked for."""
    if law.unchecked is not None:
        start, end = law.unchecked[0], min(law.unchecked[1], first)
    elif law.last_value_still_valid_on is not None:
        start, end = law.last_value_still_valid_on + timedelta(days=1), first
    else:
        return None
    return (start, end) if start < end else None


def _replace(parameter: Parameter, dated: Mapping[object, object]) -> Parameter:
    name = parameter.name
    if not isinstance(dated, Mapping) or not dated:
        raise BadOverride(name=name, why="应为“日期: 值”", why_en="must be date: value")
    entries = tuple(_entry(parameter, day, raw) for day, raw in dated.items())
    for earlier, later in pairwise(entries):
        if later.start == earlier.start:
            raise BadOverride(name=name, why="同一日期有两个值", why_en="one day has two values")
        if later.start < earlier.start:
            raise BadOverride(name=name, why=f"日期没有从早到晚排列（{earlier.start} → {later.start}）",
                              why_en=f"the dates do not rise ({earlier.start}, then {later.start})")  # fmt: skip
    return replace(parameter, entries=entries, last_value_still_valid_on=None, layers=(LAYER,), files=(), unchecked=None)


def _entry(parameter: Parameter, day: object, raw: object) -> Entry:
    if isinstance(raw, Mapping) and set(raw) == {"value"}:  # as the files of the law write it
        raw = raw["value"]
    try:
        start = day if isinstance(day, date) else date_from_text(str(day))
        value = read_value(raw, parameter.unit) if parameter.threshold_unit is None else _table(parameter, raw)
    except NotADate as error:
        raise BadOverride(name=parameter.name, why=f"“{day}”不是日期", why_en=f"'{day}' is not a date") from error
    except NotOfThisUnit as error:
        raise BadOverride(name=parameter.name, why=error.zh, why_en=error.en) from error
    return Entry(start, value, (), LAYER, parameter.status)


def _table(parameter: Parameter, raw: object) -> Value | None:
    """A step table written as ``threshold: amount``; ``null`` and an empty one are a sunset."""
    if raw is None or raw == "null":
        return None
    if not isinstance(raw, Mapping):
        raise BadOverride(name=parameter.name, why="分档表应为“门槛: 金额”", why_en="a step table is threshold: amount")
    read = {read_value(str(one), parameter.threshold_unit or ""): read_value(two, parameter.unit) for one, two in raw.items()}
    steps = tuple(sorted((one, two) for one, two in read.items() if type(one) is int and type(two) is int))
    if len(steps) < len(raw):
        raise BadOverride(name=parameter.name, why="分档表的门槛重复或金额为空", why_en="a threshold twice, or no amount")
    return steps or None
