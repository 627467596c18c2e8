"""What the county pays for a year (代缴金额): one amount and share for all, or another one for a category."""

from __future__ import annotations

import polars as pl

from yingbao.rules.entitlement import CATEGORY_KEYS
from yingbao.rules.law import Law, whole
from yingbao.values.facts import Category
from yingbao.values.money import Fen, divide_half_up
from yingbao.values.month import month_of

AMOUNT, AMOUNT_BY_CATEGORY = "entry/proxy_amount", "entry/proxy_amount_by_category"
SHARE, SHARE_BY_CATEGORY = "entry/proxy_share", "entry/proxy_share_by_category"
PRECEDENCE = "entry/category_precedence"
WHOLE = 10_000  # basis points
_CHOSEN = {"person_id": pl.Int64, "category": pl.String}


def has_proxy(law: Law, year: int) -> bool:
    """Whether the county pays for anybody in a year: before the first amount it did not."""
    month = month_of(year, 12)
    return bool(law.in_force.spans(AMOUNT, month, month + 1))


def general_amount(law: Law, year: int) -> Fen:
    """Fen for everybody whose category has no amount and no share of its own: the amount times its share, half up."""
    return _part(*_general(law, year))


def amounts_by_category(law: Law, year: int) -> dict[str, Fen]:
    """Fen for the people of each category that has an amount or a share of its own in a year; empty where none has."""
    amounts, shares = (_of_each(law, name, year) for name in (AMOUNT_BY_CATEGORY, SHARE_BY_CATEGORY))
    if not amounts and not shares:
        return {}
    amount, share = _general(law, year)
    return {key: _part(amounts.get(key, amount), shares.get(key, share)) for key in (*amounts, *(shares.keys() - amounts.keys()))}


def all_amounts(law: Law, year: int) -> set[Fen]:
    """Every amount that the county may pay for somebody in a year."""
    return {general_amount(law, year), *amounts_by_category(law, year).values()}


def _general(law: Law, year: int) -> tuple[Fen, int]:
    month = month_of(year, 12)
    return whole(law.in_force.value(AMOUNT, month)), whole(law.in_force.value(SHARE, month))


def _part(amount: Fen, share: int) -> Fen:
    return divide_half_up(amount * share, WHOLE)


def _of_each(law: Law, name: str, year: int) -> dict[str, int]:
    """A table by category at the end of a year; nothing where there is none."""
    month = month_of(year, 12)
    tables = [one.value for one in law.in_force.spans(name, month, month + 1)]
    pairs = [pair for table in tables if isinstance(table, tuple) for pair in table if isinstance(pair, tuple)]
    return {Category(category).key: whole(value) for category, value in pairs}


def in_order(law: Law) -> tuple[str, ...]:
    """All categories by the dated precedence (entry/category_precedence), those it does not name after it."""
    return tuple(dict.fromkeys((*law.words_among(PRECEDENCE, CATEGORY_KEYS), *CATEGORY_KEYS)))


def first_category(held: pl.DataFrame, law: Law) -> pl.DataFrame:
    """One category a person, the first of :func:`in_order`: who is in several is paid for once.

    ``held``: ``person_id, category``, those for which the county pays.
    """
    places = {key: place for place, key in enumerate(in_order(law))}
    ranked = held.with_columns(pl.col("category").replace_strict(places, return_dtype=pl.Int32).alias("rank"))
    return ranked.sort("person_id", "rank").unique("person_id", keep="first", maintain_order=True).select(
        pl.col(name).cast(kind) for name, kind in _CHOSEN.items())  # fmt: skip
