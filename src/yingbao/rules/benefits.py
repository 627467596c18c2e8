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
from yingbao.rules.rounding import Rounding, rounding_of, roundings
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, FOREVER, Month
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps, to_spans, to_steps

BASE = "benefit/base_pension"
TOP_UP = "benefit/county_top_up"
DIVISOR = "benefit/annuity_divisor"
FOR_LIFE = "benefit/continues_after_account_exhausted"
# ``since`` to ``until`` (not included): the months of the amount. What came in after an award makes another one.
AMOUNTS = {
    "person_id": pl.Int64, "monthly_fen": pl.Int64, "balance_fen": pl.Int64, "divisor": pl.Int64, "granted_from": pl.Int32,
    "since": pl.Int32, "until": pl.Int32,
}  # fmt: skip
_THERE = 1 << 50  # marks the months of a pension above any sum of components


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


def account_amounts(facts: Facts, law: Law, granted: pl.DataFrame, bases: pl.DataFrame) -> pl.DataFrame:
    """The account pension of each person: AMOUNTS, in fen a month.

    As stated for pensions in payment at the opening; otherwise the balance (``bases``: after_award.BASES, with the interest
    up to the month before the first pension) divided by the annuity divisor. The divisor and the rounding are those of the
    first pension month. 国发〔2014〕8号 待遇计发; benefit/pension_rounding.
    """
    new = granted.filter(pl.col("route") != "stated").select("person_id", "granted_from")
    awards = bases.join(new, on="person_id").filter(pl.col("since") < law.until).sort("person_id", "since")
    parts = [_stated_amounts(facts, law, granted, bases)]
    rules = _award_rules(law)
    for month in awards["granted_from"].unique().to_list():
        if not any(start <= month < end for start, end, _, _ in rules):  # refused by name, never left without a pension
            rounding_of(law, month)
            law.in_force.value(DIVISOR, month)
    for start, end, divisor, rounding in rules:
        of = awards.filter(pl.col("granted_from").is_between(start, end, closed="left"))
        monthly = rounding.component(of["fen"].to_numpy().astype(np.int64), divisor)
        parts.append(of.select(
            "person_id", pl.Series("monthly_fen", monthly, pl.Int64), pl.col("fen").alias("balance_fen"),
            pl.lit(divisor, pl.Int64).alias("divisor"), pl.col("granted_from"), "since", "until",
        ))  # fmt: skip
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in AMOUNTS.items()) for part in parts])


def _award_rules(law: Law) -> list[tuple[Month, Month, int, Rounding]]:
    """Divisor and rounding by the month of the award: (from, until, divisor, rounding)."""
    return [
        (max(start, one.from_month), min(end, one.until_month), whole(one.value), rounding)
        for start, end, rounding in roundings(law) for one in law.spans(DIVISOR)
        if max(start, one.from_month) < min(end, one.until_month)
    ]  # fmt: skip


def _stated(facts: Facts, *items: Item) -> pl.DataFrame:
    """The statements of pensions in payment; of one told twice the later counts, and only that."""
    told = facts.of(FactKind.PENSION_IN_PAYMENT, values=tuple(item.key for item in items))
    return told.sort("fact_id").unique(["person_id", "value"], keep="last", maintain_order=True)


def _stated_amounts(facts: Facts, law: Law, granted: pl.DataFrame, bases: pl.DataFrame) -> pl.DataFrame:
    """The account pensions that the opening states, and what money that came in since adds to them: AMOUNTS.

    By the divisor and the rounding of the month from which it adds.
    """
    told = _stated(facts, Item.ACCOUNT_PENSION).select("person_id", pl.col("number").alias("monthly_fen"))
    stated = granted.filter(pl.col("route") == "stated").select("person_id").join(told, on="person_id", how="left").with_columns(
        pl.col("monthly_fen").fill_null(0))  # fmt: skip
    grown = bases.filter(pl.len().over("person_id") > 1).join(stated, on="person_id").sort("person_id", "since").with_columns(
        (pl.col("fen") - pl.col("fen").first().over("person_id")).alias("more")).filter(pl.col("since") < law.until)  # fmt: skip
    alone = stated.join(grown, on="person_id", how="anti")
    parts = [alone.with_columns(pl.lit(BEGINNING, pl.Int32).alias("since"), pl.lit(FOREVER, pl.Int32).alias("until"))]
    for since in grown["since"].unique().to_list():
        of = grown.filter(pl.col("since") == since)
        month = max(since, law.since)
        more = rounding_of(law, month).component(of["more"].to_numpy(), whole(law.in_force.value(DIVISOR, month)))
        parts.append(of.select("person_id", pl.col("monthly_fen") + pl.Series("more", more, pl.Int64), "since", "until"))
    found = pl.concat(parts)
    return found.with_columns(pl.lit(None, kind).alias(name) for name, kind in AMOUNTS.items() if name not in found.columns)


def account_pension(entitled: pl.DataFrame, amounts: pl.DataFrame, others: pl.DataFrame, law: Law) -> pl.DataFrame:
    """个人账户养老金: for life, also when the account is used up. ``amounts`` of :func:`account_amounts`.

    ``others``: the other components (SPANS). Where the law rounds the total, this one brings it to the rounded amount.
    """
    parts, rest = [], amounts
    for start, end, divisor, rounding in _award_rules(law):
        if rounding.of_total:
            of = rest.filter((pl.col("divisor") == divisor) & pl.col("granted_from").is_between(start, end, closed="left"))
            parts.append(_up_to_total(entitled, of, others, divisor, rounding))
            rest = rest.join(of, on="person_id", how="anti")
    plain = _in_months(entitled, rest.filter(pl.col("monthly_fen") != 0)).select(
        "person_id", pl.lit(int(Item.ACCOUNT_PENSION), pl.Int16).alias("item"), "from_month", "until_month", "monthly_fen")  # fmt: skip
    return pl.concat([plain, *parts])


def _in_months(entitled: pl.DataFrame, amounts: pl.DataFrame) -> pl.DataFrame:
    """Entitled months (TIMES) with the amount of each (AMOUNTS): one span, ``from_month`` to ``until_month``, an amount."""
    cut = entitled.join(amounts, on="person_id").with_columns(
        pl.max_horizontal("start", "since").alias("from_month"), pl.min_horizontal("end", "until").alias("until_month"))  # fmt: skip
    return cut.filter(pl.col("from_month") < pl.col("until_month"))


def _up_to_total(
    entitled: pl.DataFrame, amounts: pl.DataFrame, others: pl.DataFrame, divisor: int, rounding: Rounding
) -> pl.DataFrame:
    """Account pensions in the months in which the other components together are one amount: SPANS."""
    mine = entitled.join(amounts, on="person_id", how="semi").select(
        "person_id", pl.col("start").alias("from_month"), pl.col("end").alias("until_month"), pl.lit(_THERE).alias("fen"))  # fmt: skip
    beside = others.join(amounts, on="person_id", how="semi").select(
        "person_id", "from_month", "until_month", pl.col("monthly_fen").alias("fen"))  # fmt: skip
    steps = add_steps([to_steps(part, ["person_id"], "fen") for part in (mine, beside)], ["person_id"], "fen")
    spans = to_spans(steps, ["person_id"], "fen").filter(pl.col("fen") >= _THERE)
    months = _in_months(spans.rename({"from_month": "start", "until_month": "end"}), amounts)
    beside_fen = (months["fen"] - _THERE).to_numpy()
    fen = rounding.up_to_total(months["balance_fen"].to_numpy(), divisor, beside_fen)
    found = months.with_columns(pl.lit(int(Item.ACCOUNT_PENSION), pl.Int16).alias("item"), pl.Series("monthly_fen", fen, pl.Int64))
    return found.filter(pl.col("monthly_fen") != 0).select(pl.col(name).cast(kind) for name, kind in SPANS.items())


def until_exhausted(owed: pl.DataFrame, bases: pl.DataFrame, law: Law) -> pl.DataFrame:
    """Account pensions (SPANS) for life; where the law says no (benefit/continues_after_account_exhausted), while money is left.

    ``bases``: after_award.BASES, before anything is paid out. The last payment is what is left; money that comes in
    afterwards is paid again.
    """
    if law.is_on(FOR_LIFE):
        return owed
    months = pl.col("until_month") - pl.col("from_month")
    amount = months.cast(pl.Int64) * pl.col("monthly_fen")
    came = owed.join(bases, on="person_id", how="left").filter(
        pl.col("since").is_null() | ((pl.col("since") <= pl.col("from_month")) & (pl.col("from_month") < pl.col("until"))))  # fmt: skip
    joined = came.sort("person_id", "from_month").with_columns(
        (pl.col("fen").fill_null(0) - amount.cum_sum().over("person_id")).alias("then")).with_columns(
        # What was owed while nothing was left was not paid, and takes nothing from what comes in later.
        (-pl.col("then").shift(1).over("person_id").fill_null(0).cum_min().over("person_id")).clip(lower_bound=0).alias("unpaid")
    ).with_columns((pl.col("then") + amount + pl.col("unpaid")).clip(lower_bound=0).alias("left"))  # fmt: skip
    whole_months = pl.min_horizontal(months, pl.col("left").floordiv(pl.col("monthly_fen"))).cast(pl.Int32)
    cut = joined.with_columns((pl.col("from_month") + whole_months).alias("_end"))
    rest = pl.min_horizontal("monthly_fen", pl.col("left") - (pl.col("_end") - pl.col("from_month")) * pl.col("monthly_fen"))
    last = cut.with_columns(rest.alias("_rest")).filter((pl.col("_end") < pl.col("until_month")) & (pl.col("_rest") > 0))
    parts = [
        cut.filter(pl.col("from_month") < pl.col("_end")).with_columns(pl.col("_end").alias("until_month")),
        last.with_columns(pl.col("_end").alias("from_month"), (pl.col("_end") + 1).alias("until_month"),
                          pl.col("_rest").alias("monthly_fen")),
    ]  # fmt: skip
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in SPANS.items()) for part in parts])


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


