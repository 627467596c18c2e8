"""代缴 by a day: how many people and how much of a year's contribution was posted by then, by category and town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.policy.divisions import TOWN
from yingbao.reports import booked, words
from yingbao.reports.coverage import PRECEDENCE
from yingbao.reports.moment import ALL_TOLD, moment
from yingbao.rules.coverage import population
from yingbao.rules.entitlement import CATEGORY_KEYS
from yingbao.store import footing, tables
from yingbao.store.models import Run
from yingbao.values.month import month_of
from yingbao.values.purpose import Item


@dataclass(frozen=True)
class YearToDate:
    """``people``: ``person_id, category, town, town_name, village, fen, posted_on`` of everybody posted by the day."""

    year: int
    until: date
    people: pl.DataFrame
    basis: dict[str, object]

    @property
    def persons(self) -> int:
        """How many people."""
        return self.people.height

    @property
    def fen(self) -> int:
        """How much in all."""
        return int(self.people["fen"].sum())

    def by(self, *columns: str) -> pl.DataFrame:
        """Persons and fen by ``category, town, town_name`` or ``village``."""
        return self.people.group_by(*columns).agg(
            pl.len().cast(pl.Int64).alias("persons"), pl.col("fen").sum()).sort(*columns, nulls_last=True)  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "year": self.year, "until": self.until.isoformat(), "basis": self.basis, "persons": self.persons,
            "fen": self.fen, "by_category": self.by("category").to_dicts(),
            "by_town": self.by("town", "town_name").to_dicts(),
        }  # fmt: skip


def year_to_date(pool: int, year: int, until: date, known_on: date | None = None) -> YearToDate:
    """Whose contribution of a year was posted by a day, by the date of the entry.

    The category is that of the snapshot the posting rests on, by the dated precedence.
    """
    month = month_of(year, 1)
    found = booked.recognised_postings(pool, Item.PROXY_CONTRIBUTION, month, until)
    net = booked.net_by_person(found, month).rename({"monthly_fen": "fen"})
    first = found.sort("on", "entry_id").unique("person_id", keep="first").select(
        "person_id", "run_id", pl.col("on").alias("posted_on"))  # fmt: skip
    known = moment(pool, known_on)
    precedence = known.law(month_of(year, 12) + 1).words_among(PRECEDENCE, CATEGORY_KEYS)
    snapshots = dict(Run.objects.filter(pool=pool, kind="proxy").values_list("pk", "snapshot_on"))
    runs = [one for one in found["run_id"].unique().sort().to_list() if snapshots.get(one)]
    categories = [
        population(known.facts, snapshots[one], precedence).select(
            "person_id", "category", pl.lit(one, pl.Int64).alias("run_id"))
        for one in runs
    ]  # fmt: skip
    nothing = pl.DataFrame(schema={"person_id": pl.Int64, "category": pl.String, "run_id": pl.Int64})
    ids = net["person_id"].to_list()
    villages = tables.persons(pool, known_on or ALL_TOLD, person_ids=ids).select("person_id", "village")
    people = (
        net.join(first, on="person_id").join(pl.concat([nothing, *categories]), on=["person_id", "run_id"], how="left")
        .join(villages, on="person_id", how="left")
        .with_columns(pl.col("category").fill_null(""), pl.col("village").str.slice(0, TOWN).alias("town"),
                      *words.places(pool))
    )  # fmt: skip
    names = sorted({*footing.of_runs(pool, runs), *known.in_force.illustrative()})
    columns = ("person_id", "category", "town", "town_name", "village", "fen", "posted_on")
    return YearToDate(year, until, people.select(columns).sort("person_id"),
                      {**known.basis(), "as_of": until.isoformat(), footing.KEY: names})  # fmt: skip
