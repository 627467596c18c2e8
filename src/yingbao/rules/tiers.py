"""Contribution tiers of a year, who may pay which, and the entry subsidy that comes with a tier."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from yingbao.rules.law import Law, one_of, whole
from yingbao.rules.relations import Facts
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import CATEGORY_BY_KEY, FactKind
from yingbao.values.money import Fen, share_all_by_weight
from yingbao.values.month import month_of, month_of_date
from yingbao.values.purpose import Item

TIERS = "contribution/tiers"
PROTECTED_TIER = "contribution/protected_min_tier"
PROTECTED = "contribution/protected_categories"
SUBSIDY = "contribution/entry_subsidy"
# The level of government that bears a part of the subsidy, its item and its share.
LEVELS = {
    Item.SUBSIDY_PROVINCE: "contribution/subsidy_share_province",
    Item.SUBSIDY_CITY: "contribution/subsidy_share_city",
    Item.SUBSIDY_COUNTY: "contribution/subsidy_share_county",
}
WHOLE = 10_000  # basis points
_ALLOWED = {"tier_year": pl.Int32, "tier": pl.Int64, "protected": pl.Boolean}


class SharesNotWhole(YingbaoError):
    """Shares that must make a whole do not."""

    zh = "参数{names}在{year}年合计{sum}基点，应为10000。请政策管理员改正。本次没有写入任何数据。"
    en = "The parameters {names} sum to {sum} basis points in {year}, not 10000. Nothing was written."


def table(law: Law, name: str, year: int) -> tuple[tuple[Fen, Fen], ...]:
    """A step table at the end of a year: rising ``(threshold, amount)`` in fen."""
    value = law.in_force.value(name, month_of(year, 12))
    if not isinstance(value, tuple):
        raise TypeError(value)
    return tuple((whole(pair[0]), whole(pair[1])) for pair in value if isinstance(pair, tuple))


def has_tiers(law: Law, year: int) -> bool:
    """Whether the law names tiers for a year; before its first ones any amount is a tier."""
    return month_of(year, 12) >= min(month_of_date(day) for day in law.in_force.parameter(TIERS).values)


def tiers_of(law: Law, year: int) -> tuple[Fen, ...]:
    """The tiers that everybody may choose in a year, in fen."""
    return tuple(tier for _, tier in table(law, TIERS, year))


def protected_tier(law: Law, year: int) -> Fen:
    """The lowest tier that is kept for the protected groups, in fen a year."""
    return whole(law.in_force.value(PROTECTED_TIER, month_of(year, 12)))


def protected_days(facts: Facts, law: Law, year: int) -> pl.DataFrame:
    """The facts of the groups that may still pay the kept lowest tier."""
    words = law.in_force.value(PROTECTED, month_of(year, 12))
    named = words if isinstance(words, tuple) else (words,)
    return facts.of(FactKind.CATEGORY, values=tuple(one_of(PROTECTED, word, tuple(CATEGORY_BY_KEY)) for word in named))


def allowed(law: Law, years: Iterable[int]) -> pl.DataFrame:
    """Every tier of some years, and whether only the protected groups may pay it: ``tier_year, tier, protected``."""
    rows = []
    for year in sorted(set(years)):
        if not has_tiers(law, year):
            continue
        everybody = tiers_of(law, year)
        rows += [(year, tier, False) for tier in everybody]
        if protected_tier(law, year) not in everybody:
            rows.append((year, protected_tier(law, year), True))
    return pl.DataFrame(rows, schema=_ALLOWED, orient="row")


def subsidy_of(law: Law, year: int, tiers: pl.Series, before: pl.Series) -> pl.DataFrame:
    """The entry subsidy of each tier of a year, by level: one column an item of LEVELS, fen; the parts sum to the whole.

    ``before``: the tier of which the subsidy is there already, else 0.
    国发〔2014〕8号 政府补贴; split by the largest remainder. Raises SharesNotWhole.
    """
    whole_of, there = np.zeros(len(tiers), np.int64), np.zeros(len(tiers), np.int64)
    for threshold, amount in table(law, SUBSIDY, year):
        whole_of = np.where(tiers.to_numpy() >= threshold, amount, whole_of)
        there = np.where(before.to_numpy() >= threshold, amount, there)
    shares = [whole(law.in_force.value(name, month_of(year, 12))) for name in LEVELS.values()]
    if sum(shares) != WHOLE or min(shares) < 0:
        raise SharesNotWhole(names="、".join(LEVELS.values()), year=year, sum=sum(shares))
    weights = np.tile(np.array(shares, np.int64), (len(tiers), 1))
    parts = share_all_by_weight(np.maximum(whole_of - there, 0), weights)
    return pl.DataFrame({str(int(item)): parts[:, place] for place, item in enumerate(LEVELS)})
