"""The columns that are taken as they are written, whatever the list: codes, counts, the bank."""

from __future__ import annotations

from collections.abc import Callable

from yingbao.formats.rosters.clean_values import clean_count, whole_text
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.formats.rosters.records import Fields


def _division(fields: Fields, value: Value) -> str | None:
    fields.division_code = whole_text(value) or None
    return None


def _household_key(fields: Fields, value: Value) -> str | None:
    fields.household_key = whole_text(value) or None
    return None


def _household_size(fields: Fields, value: Value) -> str | None:
    fields.household_size = clean_count(value)
    return None


def _protected_count(fields: Fields, value: Value) -> str | None:
    fields.protected_count = clean_count(value)
    return "number_unclear" if fields.protected_count is None and text_of(value).strip() else None


def _bank_name(fields: Fields, value: Value) -> str | None:
    fields.bank_name = text_of(value).strip() or None
    return None


READERS: dict[str, Callable[[Fields, Value], str | None]] = {
    "division_code": _division, "household_key": _household_key, "household_size": _household_size,
    "protected_count": _protected_count, "bank_name": _bank_name,
}  # fmt: skip
