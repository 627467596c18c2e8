"""Who bears the base pension: 中央、省、市、县, and 加发, what the county's own rules add to it.

The centre bears a share of the central minimum (国发〔2014〕8号 中央补助). What is above is divided between province, city
and county by dated shares; the county bears what the other two do not. Parts always sum to the whole, by the largest
remainder. Months of which the program has no central minimum stand apart as not divided: never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from yingbao.rules.law import whole
from yingbao.rules.relations import SPANS
from yingbao.values.errors import YingbaoError
from yingbao.values.money import Fen, share_by_weight
from yingbao.values.month import Month, show_month
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps, to_spans

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce

MINIMUM = "benefit/central_minimum_base_pension"
CENTRAL_SHARE = "benefit/central_share"
PROVINCE_SHARE = "benefit/province_share_of_rest"
CITY_SHARE = "benefit/city_share_of_rest"
PARAMETERS = (MINIMUM, CENTRAL_SHARE, PROVINCE_SHARE, CITY_SHARE)
ALL = 10_000  # basis points
# What the county's own rules add to the base pension (加发). 国发〔2014〕8号 待遇: local governments bear it.
EXTRAS = (Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT, Item.AGE_SUPPLEMENT)
DIVIDED = (Item.BASE_PENSION, *EXTRAS)
_KEYS = ("person_id", "item")


class Level(IntEnum):
    """Who bears a part of the base pension."""

    CENTRAL = 1
    PROVINCE = 2
    CITY = 3
    COUNTY = 4
    EXTRA = 5
    NOT_DIVIDED = 6

    @property
    def zh(self) -> str:
        """The word on papers."""
        return ("中央", "省级", "市级", "县级", "加发", "未分级")[self - 1]

    @property
    def column(self) -> str:
        """``central_fen``: its column in frames."""
        return f"{self.name.lower()}_fen"


class SharesAboveWhole(YingbaoError):
    """Province and city together bear more than there is."""

    zh = "{month} 的“基础养老金省级、市级负担比例”（{province}、{city}）合计超过100%。请政策管理员更正。没有写入任何数据。"
    en = "In {month} {province} and {city} together are more than the whole. Correct the law. Nothing was written."


def split(in_force: InForce, month: Month, fen: Fen) -> dict[Level, Fen]:
    """A base pension of ``fen`` in a month by who bears it. Parts sum to ``fen``; levels with nothing are left out.

    Raises NotChecked past the checked law, SharesAboveWhole.
    """
    minimum = in_force.spans(MINIMUM, month, month + 1)
    if not minimum:
        return {Level.NOT_DIVIDED: fen} if fen else {}
    share = whole(in_force.value(CENTRAL_SHARE, month))
    province, city = whole(in_force.value(PROVINCE_SHARE, month)), whole(in_force.value(CITY_SHARE, month))
    if province + city > ALL:
        raise SharesAboveWhole(month=show_month(month), province=PROVINCE_SHARE, city=CITY_SHARE)
    size, sign = abs(fen), -1 if fen < 0 else 1
    central, _ = share_by_weight(min(size, whole(minimum[0].value)), [share, ALL - share])
    rest = share_by_weight(size - central, [province, city, ALL - province - city])
    parts = zip((Level.CENTRAL, Level.PROVINCE, Level.CITY, Level.COUNTY), (central, *rest), strict=True)
    return {level: sign * part for level, part in parts if part}


def levels(spans: pl.DataFrame, in_force: InForce) -> pl.DataFrame:
    """The base pension and what is added to it (SPANS) by level: SPANS with a column a :class:`Level`, fen a month.

    Cut where the law changes; other items are left out. Of amounts that are whole rates, not differences of rates:
    a rise costs the levels the difference of two splits (see :func:`totals`).
    """
    chosen = spans.filter(pl.col("item").is_in([int(item) for item in DIVIDED]))
    columns = [level.column for level in Level]
    keys = ["item", "from_month", "until_month", "monthly_fen"]
    rows: list[tuple[int, ...]] = []
    # A county has a handful of different spans: each is divided once.
    for item, start, end, fen in chosen.select(keys).unique().sort(keys).iter_rows():
        for since, until in _cuts(in_force, start, end):
            parts = split(in_force, since, fen) if item == Item.BASE_PENSION else {Level.EXTRA: fen}
            rows.append((item, start, end, fen, since, until, *(parts.get(level, 0) for level in Level)))
    schema = {**{name: SPANS[name] for name in keys}, "since": pl.Int32, "until": pl.Int32, **dict.fromkeys(columns, pl.Int64)}
    divided = chosen.join(pl.DataFrame(rows, schema=schema, orient="row"), on=keys)
    return divided.select("person_id", "item", pl.col("since").alias("from_month"), pl.col("until").alias("until_month"),
                          "monthly_fen", *columns).sort("person_id", "item", "from_month")  # fmt: skip


def _cuts(in_force: InForce, start: Month, end: Month) -> list[tuple[Month, Month]]:
    """The months of a span, cut where a parameter of this module changes."""
    known = [one for name in PARAMETERS for one in in_force.spans(name, start, end)]
    return list(pairwise(sorted({start, end, *(month for one in known for month in (one.from_month, one.until_month))})))


def totals(spans: pl.DataFrame, in_force: InForce) -> dict[Level, Fen]:
    """Fen by level over all months of whole amounts (SPANS); levels with nothing are left out."""
    divided = levels(spans, in_force)
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    summed = divided.select((pl.col(level.column) * months).sum() for level in Level)
    found = {level: int(summed[level.column][0] or 0) for level in Level}
    return {level: fen for level, fen in found.items() if fen}


def totals_of_change(lines: pl.DataFrame, before: pl.DataFrame, in_force: InForce) -> dict[Level, Fen]:
    """Fen by level of the lines of a run (SPANS), given what stood for the same people before it (``before``: STEPS).

    A rise of 13 yuan costs the centre nothing where its minimum did not rise: so the split after less the split before.
    """
    concerned = before.join(lines.select("person_id").unique(), on="person_id", how="semi")
    rises = lines.select(*_KEYS, pl.col("from_month").alias("month"), "monthly_fen")
    falls = lines.select(*_KEYS, pl.col("until_month").alias("month"), -pl.col("monthly_fen"))
    then, now = (totals(_spans(parts), in_force) for parts in ([concerned], [concerned, rises, falls]))
    found = {level: now.get(level, 0) - then.get(level, 0) for level in Level}
    return {level: fen for level, fen in found.items() if fen}


def _spans(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    filled = [part.select(*_KEYS, "month", "monthly_fen") for part in parts]
    return to_spans(add_steps(filled, _KEYS, "monthly_fen"), _KEYS, "monthly_fen").select(*SPANS)
