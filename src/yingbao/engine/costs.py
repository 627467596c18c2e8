"""What dues cost by month, town, item and who bears it: steps are summed by place first, months come last.

Nothing is expanded person by month: 36 months of a county are some hundred thousand rows of places, not twelve million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yingbao.rules import funding
from yingbao.rules.funding import DIVIDED, Level
from yingbao.values.month import Month
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps, to_steps, union

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce

COSTS = {"month": pl.Int32, "town": pl.Int64, "item": pl.Int16, "level": pl.String, "fen": pl.Int64}
HEADS = {"month": pl.Int32, "town": pl.Int64, "item": pl.Int16, "persons": pl.Int64}
NOWHERE = 0  # the town of people whose registration is not known
EVERY_ITEM = 0  # in HEADS: people with any item at all, each once
# Who bears what is not divided by funding.levels; everything else is paid out of the fund's accounts.
BORNE_BY = {
    Item.PROXY_CONTRIBUTION: Level.COUNTY, Item.SUBSIDY_PROVINCE: Level.PROVINCE, Item.SUBSIDY_CITY: Level.CITY,
    Item.SUBSIDY_COUNTY: Level.COUNTY, Item.FUNERAL_GRANT: Level.NOT_DIVIDED,
}  # fmt: skip
FUND = "account"
LEVEL_ZH = {**{level.name.lower(): level.zh for level in Level}, FUND: "个人账户"}
_PLACE = ["town", "item", "level"]
_WHERE = ["town", "item"]


def placed(spans: pl.DataFrame, towns: pl.DataFrame, since: Month, until: Month) -> pl.DataFrame:
    """SPANS cut to some months, with the ``town`` of each person (``towns``: person_id, town as a number)."""
    cut = spans.filter((pl.col("from_month") < until) & (pl.col("until_month") > since)).with_columns(
        pl.col("from_month").clip(lower_bound=since), pl.col("until_month").clip(upper_bound=until))  # fmt: skip
    return cut.join(towns, on="person_id", how="left").with_columns(pl.col("town").fill_null(NOWHERE))


def costs(spans: pl.DataFrame, in_force: InForce, since: Month, until: Month) -> pl.DataFrame:
    """Placed spans as COSTS, every month of the range. Raises NotChecked past the checked law."""
    divided = pl.col("item").is_in([int(item) for item in DIVIDED])
    whole = add_steps([to_steps(spans.filter(~divided), _WHERE, "monthly_fen")], _WHERE, "monthly_fen")
    by_level = to_steps(_by_level(spans.filter(divided), in_force), _PLACE, "monthly_fen")
    steps = pl.concat([by_level, whole.with_columns(_bearer()).select(by_level.columns)])
    return _every_month(steps, _PLACE, "monthly_fen", since, until).rename({"monthly_fen": "fen"}).select(
        pl.col(name).cast(kind) for name, kind in COSTS.items())  # fmt: skip


def undivided(spans: pl.DataFrame, since: Month, until: Month) -> pl.DataFrame:
    """Placed spans by month, town and item, whoever bears them: ``month, town, item, fen``."""
    steps = add_steps([to_steps(spans, _WHERE, "monthly_fen")], _WHERE, "monthly_fen")
    return _every_month(steps, _WHERE, "monthly_fen", since, until).select("month", *_WHERE, pl.col("monthly_fen").alias("fen"))


def heads(spans: pl.DataFrame, since: Month, until: Month) -> pl.DataFrame:
    """How many people each item of placed spans goes to (HEADS), and how many in all (EVERY_ITEM)."""
    paying = spans.filter(pl.col("monthly_fen") > 0)
    span = ["from_month", "until_month"]
    # Merged by person and item: spans touch where an amount changes. Merged by person: each is counted once.
    each = union(paying.select(*_WHERE, "person_id", *span), [*_WHERE, "person_id"])
    once = union(paying.select("town", "person_id", *span), ["town", "person_id"])
    both = pl.concat([each.select(*_WHERE, *span), once.select("town", pl.lit(EVERY_ITEM, pl.Int16).alias("item"), *span)])
    ones = both.with_columns(pl.lit(1, pl.Int64).alias("persons"))
    steps = add_steps([to_steps(ones, _WHERE, "persons")], _WHERE, "persons")
    return _every_month(steps, _WHERE, "persons", since, until).select(pl.col(name).cast(kind) for name, kind in HEADS.items())


def _bearer() -> pl.Expr:
    borne = {int(item): level.name.lower() for item, level in BORNE_BY.items()}
    return pl.col("item").cast(pl.Int64).replace_strict(borne, default=FUND, return_dtype=pl.String).alias("level")


def _by_level(spans: pl.DataFrame, in_force: InForce) -> pl.DataFrame:
    """Divided items by level, equal spans of a town taken together: ``town, item, level, from_month, until_month, monthly_fen``."""
    alike = [*_WHERE, "from_month", "until_month", "monthly_fen"]
    groups = spans.group_by(alike).agg(pl.len().cast(pl.Int64).alias("people")).with_row_index("person_id")
    groups = groups.with_columns(pl.col("person_id").cast(pl.Int64))
    parts = funding.levels(groups.select("person_id", "item", "from_month", "until_month", "monthly_fen"), in_force)
    long = parts.unpivot([level.column for level in Level], index=["person_id", "item", "from_month", "until_month"],
                         variable_name="level", value_name="each").filter(pl.col("each") != 0)  # fmt: skip
    named = long.join(groups.select("person_id", "town", "people"), on="person_id")
    return named.with_columns(pl.col("level").str.strip_suffix("_fen"), (pl.col("each") * pl.col("people")).alias("monthly_fen"))


def _every_month(steps: pl.DataFrame, keys: list[str], value: str, since: Month, until: Month) -> pl.DataFrame:
    """Steps as what stands in each month of the range; keys with nothing in a month have no row."""
    summed = steps.group_by(*keys, "month").agg(pl.col(value).sum())
    months = pl.DataFrame({"month": pl.Series(range(since, until), dtype=pl.Int32)})
    grid = summed.select(keys).unique().join(months, how="cross")
    filled = grid.join(summed, on=[*keys, "month"], how="left").with_columns(pl.col(value).fill_null(0))
    standing = filled.sort(*keys, "month").with_columns(pl.col(value).cum_sum().over(keys))
    return standing.filter(pl.col(value) != 0).sort("month", *keys)
