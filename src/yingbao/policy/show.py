"""What ``yingbao law`` shows: plain dicts of text and numbers, ready for a table or JSON."""

from __future__ import annotations

from datetime import date

from yingbao.policy.errors import UnknownParameter
from yingbao.policy.parameter import Entry, Parameter, Value
from yingbao.policy.tree import PolicyTree
from yingbao.values.facts import Category
from yingbao.values.money import yuan_plain
from yingbao.values.month import Month, month_of_date, show_month

Shown = dict[str, object]


def show_parameter(tree: PolicyTree, name: str, month: Month, known_on: date | None = None) -> Shown:
    """One parameter in a month: value, from, until, unit, status, validity, citations with their passages.

    ``from`` and ``until`` are months, both included; ``until`` is the last month checked or before the
    next value known then. Raises UnknownParameter, NotChecked, NotInForce.
    """
    law = tree.in_force(known_on)
    value = law.value(name, month)
    parameter = tree.parameters[name]
    known = [entry for entry in parameter.entries if entry.known_on(known_on)]
    place = max(place for place, entry in enumerate(known) if entry.from_month <= month)
    entry = known[place]
    last = parameter.last_value_still_valid_on
    until = known[place + 1].from_month - 1 if place + 1 < len(known) else month_of_date(last) if last else None
    return {
        **_head(tree, parameter),
        "month": show_month(month),
        "value": plain_value(value),
        "text": value_text(value, parameter),
        "from": show_month(entry.from_month),
        "until": None if until is None else show_month(until),
        "layer": entry.layer,
        "status": entry.status.value,
        "status_zh": entry.status.zh,
        "announced": None if entry.announced_on is None else entry.announced_on.isoformat(),
        "known_on": None if known_on is None else known_on.isoformat(),
        "citations": _citations(tree, entry),
    }


def list_parameters(tree: PolicyTree) -> list[Shown]:
    """Every parameter with all its dated values, by name."""
    return [
        {
            **_head(tree, parameter),
            "values": [
                {
                    "from": entry.start.isoformat(),
                    "value": None if entry.value is None else plain_value(entry.value),
                    "text": "—" if entry.value is None else value_text(entry.value, parameter),
                    "layer": entry.layer,
                    "status": entry.status.value,
                    "citation": entry.citation,
                    "announced": None if entry.announced_on is None else entry.announced_on.isoformat(),
                }
                for entry in parameter.entries
            ],
        }
        for parameter in tree.parameters.values()
    ]


def parameter_of(tree: PolicyTree, name: str) -> Parameter:
    """The parameter of that path, or of that last word where only one ends so. Raises UnknownParameter."""
    if name in tree.parameters:
        return tree.parameters[name]
    ending = [one for path, one in tree.parameters.items() if path.rsplit("/", 1)[-1] == name]
    if len(ending) != 1:
        raise UnknownParameter(name=name)
    return ending[0]


def plain_value(value: Value) -> object:
    """A value for JSON: fen, basis points and counts as int, a date as text, a tuple as list."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [list(item) if isinstance(item, tuple) else item for item in value]
    return value


def value_text(value: Value, parameter: Parameter) -> str:
    """A value for a clerk: ``148.00元``, ``50%``, ``60年``."""
    unit = parameter.unit
    if isinstance(value, tuple):
        return "、".join(_item_text(item, parameter) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        text = _number_text(value, unit)
        return f"{value}周岁" if unit == "year" and parameter.name.startswith("age/") else text
    return value.isoformat() if isinstance(value, date) else value


def _item_text(item: str | tuple[int, int], parameter: Parameter) -> str:
    if isinstance(item, str):
        return item
    unit = parameter.threshold_unit or parameter.unit
    if unit == parameter.unit and item[0] == item[1]:
        return _number_text(item[1], parameter.unit)  # a list of amounts, as of tiers
    if unit == "category":
        return f"{Category(item[0]).zh} {_number_text(item[1], parameter.unit)}"
    threshold = f"满{item[0]}周岁" if unit == "year" else _number_text(item[0], unit)
    return f"{threshold}起 {_number_text(item[1], parameter.unit)}"


def _number_text(value: int, unit: str) -> str:
    if unit == "currency-CNY":
        return f"{yuan_plain(value)}元"
    if unit in ("basis-points", "percent", "/1"):
        whole, part = divmod(abs(value), 100)
        sign = "-" if value < 0 else ""
        return f"{sign}{whole}.{part:02d}%" if part else f"{sign}{whole}%"
    return f"{value}{ {'year': '年', 'month': '个月', 'day': '天', 'person': '人'}.get(unit, '') }"


def _head(tree: PolicyTree, parameter: Parameter) -> Shown:
    last = parameter.last_value_still_valid_on
    return {
        "name": parameter.name,
        "label_zh": parameter.label_zh,
        "label_en": parameter.label_en,
        "description": parameter.description,
        "unit": parameter.unit,
        "period": parameter.period,
        "status": parameter.status.value,
        "status_zh": parameter.status.zh,
        "layers": list(parameter.layers),
        "last_value_still_valid_on": None if last is None else last.isoformat(),
        "region": tree.region.id,
        "policy_version": tree.version,
    }


def _citations(tree: PolicyTree, entry: Entry) -> list[Shown]:
    shown: list[Shown] = []
    for reference in entry.references:
        source = tree.sources[reference.source]
        article = source.articles[reference.article]
        shown.append(
            {
                "source": source.id,
                "title": source.title,
                "number": source.number,
                "number_unknown_because": source.number_unknown_because,
                "issuer": list(source.issuer),
                "issued_on": None if source.issued_on is None else source.issued_on.isoformat(),
                "verified": source.verified,
                "note": source.note,
                "article": article.id,
                "kind": article.kind,
                "text": article.text,
            }
        )
    return shown
