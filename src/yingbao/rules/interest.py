"""The named methods of interest crediting (结息): how much of a year's interest money earns that came in during it.

Money that stood at the start of the year earns the months of the year up to the stop. A method only decides the
weight of what came in. law: 劳办发〔1997〕116号 (the template); the choice is account/interest_method.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from yingbao.rules.law import Law, whole
from yingbao.values.errors import YingbaoError
from yingbao.values.money import FenArray
from yingbao.values.month import month_of

METHOD = "account/interest_method"
FACTOR = "account/annual_factor"
BASIS = 10_000
MONTHS, DAYS = 12, 365


class UnknownMethod(YingbaoError):
    """The law names a method of interest that the program does not have."""

    zh = "结息方法“{name}”不认识。可用：{known}。请政策管理员改正参数 account/interest_method。没有计算利息。"
    en = "The interest method '{name}' is unknown (known: {known}). Correct account/interest_method; nothing was computed."


@dataclass(frozen=True)
class Weights:
    """Fen times weight, person by person, and what to divide by (basis points included)."""

    fen: FenArray
    divisor: int


@dataclass(frozen=True)
class Method:
    """``weight``: year → expression over ``month``, ``day_no`` and ``n`` (months of the year that earn)."""

    name: str
    zh: str
    weight: Callable[[int], pl.Expr]
    divisor: int


def _month_in_year(year: int) -> pl.Expr:
    """1 to 12."""
    return pl.col("month").cast(pl.Int64) - month_of(year, 1) + 1


def _from_next_month(year: int) -> pl.Expr:
    return (pl.col("n") - _month_in_year(year)).clip(lower_bound=0)


def _from_same_month(year: int) -> pl.Expr:
    return (pl.col("n") - _month_in_year(year) + 1).clip(lower_bound=0)


def _days(year: int) -> pl.Expr:
    """Days from the crediting to the end of the last month that earns, that day included in neither end."""
    last = pl.date(pl.lit(year), pl.max_horizontal(pl.col("n"), pl.lit(1)), 1).dt.month_end().to_physical().cast(pl.Int64)
    return pl.when(pl.col("n") > 0).then((last - pl.col("day_no").cast(pl.Int64)).clip(lower_bound=0)).otherwise(0)


def _whole_year(_year: int) -> pl.Expr:
    return pl.col("n")


def _nothing(_year: int) -> pl.Expr:
    return pl.lit(0, pl.Int64)


def method_of(law: Law, year: int) -> Method:
    """The method in force in a year. Raises UnknownMethod."""
    name = str(law.in_force.value(METHOD, month_of(year, 12)))
    if name == "annual_factor":
        # interest = amount × rate × factor / 2, the factor in basis points; a part of the year earns its months.
        factor = whole(law.in_force.value(FACTOR, month_of(year, 12)))
        return Method(name, METHOD_ZH[name], lambda _year: pl.col("n") * factor, 2 * BASIS * MONTHS * BASIS)
    if name not in _METHODS:
        raise UnknownMethod(name=name, known="、".join(METHOD_ZH))
    weight, divisor = _METHODS[name]
    return Method(name, METHOD_ZH[name], weight, divisor)


_METHODS: dict[str, tuple[Callable[[int], pl.Expr], int]] = {
    "month_product_next_month": (_from_next_month, MONTHS * BASIS),
    "month_product_same_month": (_from_same_month, MONTHS * BASIS),
    "actual_days": (_days, DAYS * BASIS),
    "next_year_only": (_nothing, MONTHS * BASIS),
    "estimate_annuity_due": (_whole_year, MONTHS * BASIS),
}
METHOD_ZH = {
    "month_product_next_month": "月积数法（入账次月起息）",
    "month_product_same_month": "月积数法（入账当月起息）",
    "actual_days": "按实际天数（365天）",
    "annual_factor": "年度计算法（系数）",
    "next_year_only": "入账当年不计息",
    "estimate_annuity_due": "估算：当年缴费计满一年",
}
