"""Dated facts by the switch of the law that was in force when they happened."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from yingbao.rules.law import Law, one_of
from yingbao.rules.relations import month_number


def by_word(events: pl.DataFrame, law: Law, name: str, *known: str, on: str = "holds_from") -> Iterator[tuple[str, pl.DataFrame]]:
    """The facts by the word in force in the month of their first (or last) day; what has no such day counts as latest.

    Raises UnknownChoice for a word that is not ``known``, whether or not anything happened under it.
    """
    for value, part in _by_value(events, law, name, on):
        yield one_of(name, value, known), part


def where_on(events: pl.DataFrame, law: Law, name: str, on: str = "holds_from") -> pl.DataFrame:
    """The facts in whose month a yes-or-no switch says yes."""
    kept = [part for value, part in _by_value(events, law, name, on) if value]
    return pl.concat(kept) if kept else events.clear()


def _by_value(events: pl.DataFrame, law: Law, name: str, on: str) -> Iterator[tuple[object, pl.DataFrame]]:
    month = month_number(on).fill_null(law.until - 1)
    for start, end, value in law.everywhere(name):
        yield value, events.filter((month >= start) & (month < end))


def without_made_up(times: pl.DataFrame, until: int) -> pl.DataFrame:
    """Spans (TIMES) that are not over before ``until``: where they are made up afterwards, only those still fail."""
    return times.filter(pl.col("end") >= until)
