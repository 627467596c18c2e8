"""A reform over 36 months of a county's pensioners, with the law in force beside it: by month, item, who bears it, town."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from bench.measure import Row, taken
from yingbao import store
from yingbao.policy.tree import load
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.relations import FACTS, PERSONS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Item

ITEM = "6 simulate a reform"
PENSIONERS = {"county": 316_200, "town": 15_800, "hamlet": 1_000}
POOR, TOWNS = 10, 20  # one in ten comes by the over-age route; towns of the county
SINCE, UNTIL = month_from_text("2018-12"), month_from_text("2021-12")
OPENING = Opening(SINCE, month_from_text("2018-01"))
SECONDS = 10
AHEAD = {
    "benefit/base_pension": {"2020-01-01": "160", "2021-01-01": "173"},
    "benefit/central_minimum_base_pension": {"2020-07-01": "93"}, "benefit/central_share": {"2020-07-01": "5000"},
}
REFORM = {"benefit/base_pension": {"2019-07-01": "168", "2021-01-01": "188"}, "benefit/county_top_up": {"2019-07-01": "5"}}


def population(people: int) -> Facts:
    """Made-up pensioners: most stated in payment, one in ten a poor elder; a village, an account, here and there a death."""
    rng = np.random.default_rng(20181201)
    ids = np.arange(1, people + 1)
    born = pl.Series(np.datetime64("1930-01-01") + rng.integers(0, 10_500, people).astype("timedelta64[D]")).cast(pl.Date)
    persons = pl.DataFrame({"person_id": ids, "birth": born}, schema=PERSONS)
    village = pl.Series([f"320682{town:03d}001" for town in range(101, 101 + TOWNS)])[rng.integers(0, TOWNS, people).tolist()]
    poor = ids % POOR == 0
    since = pl.Series(np.datetime64("2010-01-01") + rng.integers(0, 3_000, people).astype("timedelta64[D]")).cast(pl.Date)
    parts = [_told(ids, FactKind.HOUSEHOLD_REGISTRATION, since, value=village)]
    for item, fen in ((Item.BASE_PENSION, np.full(people, 13_500)), (Item.ACCOUNT_PENSION, rng.integers(100, 9_000, people))):
        parts.append(_told(ids, FactKind.PENSION_IN_PAYMENT, since, value=item.key, number=fen).filter(~poor))
    parts.append(_told(ids, FactKind.CATEGORY, since, value="subsistence_rural").filter(poor))
    died = date(2018, 6, 1) + pl.duration(days=pl.lit(pl.Series(rng.integers(0, 1_200, people))))
    deaths = pl.select(died.cast(pl.Date)).to_series()
    parts.append(_told(ids, FactKind.DEATH, deaths).filter(ids % 12 == 0))
    facts = pl.concat(parts).with_row_index("fact_id", offset=1)
    return Facts(persons, facts.select(pl.col(name).cast(kind) for name, kind in FACTS.items()).sort("person_id", "fact_id"))


def _told(
    ids: np.ndarray, kind: FactKind, since: pl.Series, *, value: pl.Series | str | None = None, number: np.ndarray | None = None
) -> pl.DataFrame:
    return pl.select(
        pl.lit(pl.Series(ids)).alias("person_id"), pl.lit(int(kind), pl.Int16).alias("kind"),
        pl.lit(value, pl.String).alias("value"), pl.lit(None if number is None else pl.Series(number), pl.Int64).alias("number"),
        pl.lit(since).alias("holds_from"), pl.lit(None, pl.Date).alias("holds_until"))  # fmt: skip


def reform(size: str) -> list[Row]:
    """Both laws over the whole population."""
    store.setup()
    from yingbao.reports.simulate import side_of, towns_of  # noqa: PLC0415 - it needs Django's settings

    facts = population(PENSIONERS[size])
    tree = load(region="rugao")
    snapshots = [Snapshot(2018, date(2018, 12, 5)), Snapshot(2019, date(2019, 12, 5))]
    with taken() as one:
        towns, costs = towns_of(facts), []
        for overlays in ((AHEAD,), (AHEAD, REFORM)):
            law = Law(tree.reformed(None, *overlays), OPENING.statement_from, UNTIL)
            costs.append(side_of(Due(facts, law, OPENING, snapshots), SINCE, towns).costs)
    what = f"{UNTIL - SINCE} months of {facts.persons.height:,} people under two laws: {costs[0].height + costs[1].height:,} figures"
    return [Row(ITEM, what, "—", one.seconds, one.cpu_seconds, one.peak_gb, seconds_at_most=SECONDS)]
