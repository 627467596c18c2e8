"""What is owed each month: the items of the pension, as spans of fen.

An item is a function from entitled months and the law to due spans. Amounts come from dated
parameters or from the person's own account; months before the county opened its books here
are owed as the opening statement says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from yingbao.rules.law import Law, whole
from yingbao.rules.relations import SPANS, Facts, empty
from yingbao.values.facts import FactKind
from yingbao.values.money import divide_half_up_all
from yingbao.values.month import Month
from yingbao.values.purpose import Item

BASE = "benefit/base_pension"
TOP_UP = "benefit/county_top_up"
DIVISOR = "benefit/annuity_divisor"


@dataclass(frozen=True)
class Opening:
    """When a county's books began here, and from which month its statement speaks.

    Dues of ``statement_from`` to ``opening_month`` (not included) are as stated, not as derived.
    """

    opening_month: Month
    statement_from: Month


def by_law(entitled: pl.DataFrame, law: Law, name: str, item: Item) -> pl.DataFrame:
    """Entitled months at a dated amount of the law: SPANS, one span for each dated value."""
    parts = [empty(SPANS)]
    for one in law.spans(name):
        start = pl.col("start").clip(lower_bound=one.from_month).cast(pl.Int32)
        end = pl.col("end").clip(upper_bound=one.until_month).cast(pl.Int32)
        cut = entitled.select(
            "person_id",
            pl.lit(int(item), pl.Int16).alias("item"),
            start.alias("from_month"),
            end.alias("until_month"),
            pl.lit(whole(one.value), pl.Int64).alias("monthly_fen"),
        )
        parts.append(cut.filter((pl.col("from_month") < pl.col("until_month")) & (pl.col("monthly_fen") != 0)))
    return pl.concat(parts)


def at_own_amount(entitled: pl.DataFrame, amounts: pl.DataFrame, item: Item) -> pl.DataFrame:
    """Entitled months at each person's own ``monthly_fen``: SPANS. People without an amount are owed none."""
    joined = entitled.join(amounts.filter(pl.col("monthly_fen") != 0), on="person_id")
    return joined.select(
        "person_id",
        pl.lit(int(item), pl.Int16).alias("item"),
        pl.col("start").alias("from_month"),
        pl.col("end").alias("until_month"),
        "monthly_fen",
    )


def base_pension(entitled: pl.DataFrame, law: Law) -> pl.DataFrame:
    """基础养老金, fen a month by date. bulletin-2018 出口; fully funded by the government."""
    return by_law(entitled, law, BASE, Item.BASE_PENSION)


def county_top_up(entitled: pl.DataFrame, law: Law) -> pl.DataFrame:
    """The county's own addition to the base pension; 0 where none is published."""
    return by_law(entitled, law, TOP_UP, Item.COUNTY_TOP_UP)


def account_amounts(facts: Facts, law: Law, granted: pl.DataFrame, balances: pl.DataFrame) -> pl.DataFrame:
    """The account pension of each person, fen a month: ``person_id, monthly_fen``.

    As stated for pensions in payment at the opening; otherwise the balance (``person_id, fen``, with the interest up
    to the month before the first pension) divided by the annuity divisor and rounded half up to the fen.
    国发〔2014〕8号 待遇计发; the rounding is a switch (benefit/pension_rounding).
    """
    stated = _stated(facts, Item.ACCOUNT_PENSION).select("person_id", pl.col("number").alias("monthly_fen"))
    new = granted.filter(pl.col("route") != "stated")
    of_new = balances.join(new, on="person_id", how="semi").sort("person_id")
    divisor = int(str(law.latest(DIVISOR)))
    monthly = divide_half_up_all(of_new["fen"].to_numpy().astype(np.int64), divisor)
    computed = of_new.select("person_id", pl.Series("monthly_fen", monthly, pl.Int64))
    return pl.concat([stated, computed])


def _stated(facts: Facts, *items: Item) -> pl.DataFrame:
    """The statements of pensions in payment; of one told twice the later counts, and only that."""
    told = facts.of(FactKind.PENSION_IN_PAYMENT, values=tuple(item.key for item in items))
    return told.sort("fact_id").unique(["person_id", "value"], keep="last", maintain_order=True)


def account_pension(entitled: pl.DataFrame, amounts: pl.DataFrame) -> pl.DataFrame:
    """个人账户养老金: for life, also when the account is used up. ``amounts`` of :func:`account_amounts`."""
    return at_own_amount(entitled, amounts, Item.ACCOUNT_PENSION)


def as_stated(entitled: pl.DataFrame, facts: Facts, opening: Opening) -> pl.DataFrame:
    """What the opening statement says was owed before the opening month: SPANS.

    Only for pensions in payment then; cut by the continuing criteria like any other month.
    """
    stated = _stated(facts, *Item).select(
        "person_id",
        pl.col("value").replace_strict({item.key: int(item) for item in Item}, return_dtype=pl.Int16).alias("item"),
        pl.col("number").alias("monthly_fen"),
    )
    start = pl.col("start").clip(lower_bound=opening.statement_from).cast(pl.Int32)
    end = pl.col("end").clip(upper_bound=opening.opening_month).cast(pl.Int32)
    months = entitled.select("person_id", start.alias("from_month"), end.alias("until_month"))
    before = months.filter(pl.col("from_month") < pl.col("until_month"))
    return before.join(stated, on="person_id").filter(pl.col("monthly_fen") != 0).select(*SPANS)


def from_month(entitled: pl.DataFrame, first: Month) -> pl.DataFrame:
    """Entitled months from ``first`` on (TIMES)."""
    later = entitled.with_columns(pl.col("start").clip(lower_bound=first).cast(pl.Int32))
    return later.filter(pl.col("start") < pl.col("end"))


