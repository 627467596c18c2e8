"""Special identities, once a year: who was in an assisted category last year and has not been confirmed this year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.formats.rosters.kinds import groups_of
from yingbao.reports.words import category_zh, places
from yingbao.store import sealed, tables
from yingbao.store.models import SourceFile
from yingbao.values.facts import Category, FactKind
from yingbao.values.identity import mask_id
from yingbao.values.month import month_of

ENDED, TO_CONFIRM = "ended", "to_confirm"
STATE_ZH = {ENDED: "已不在该类", TO_CONFIRM: "待重新认定"}
_PERSON = ["category", "person_id"]


@dataclass(frozen=True)
class Identities:
    """``rows``: who is not confirmed: ``category, person_id, name, masked_id, town_name, village_name, state``.

    ``totals``: by category ``identified, confirmed, ended, to_confirm``; the last three add up to the first.
    """

    year: int
    day: date
    rows: pl.DataFrame
    totals: pl.DataFrame

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"year": self.year, "as_of": self.day.isoformat(), "totals": self.totals.to_dicts(), "rows": self.rows.to_dicts()}


def identities(pool: int, year: int, day: date) -> Identities:
    """Whom the last day of the year before found in a category, and who of them this year's rosters name again by a day.

    Confirmed: named by a roster of the category that speaks of a month of the year, or told at the counter in the year.
    """
    told = tables.facts(pool, day, kinds=[FactKind.CATEGORY]).select(
        "person_id", pl.col("value").alias("category"), "holds_from", "holds_until", "told_at")  # fmt: skip
    eve = date(year - 1, 12, 31)
    identified = told.filter((pl.col("holds_from") <= eve) & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= eve)))
    open_now = told.filter((pl.col("holds_from") <= day) & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= day)))
    again = pl.concat([_named(pool, year, day), told.filter(pl.col("told_at") > eve).select(_PERSON)]).unique()
    still = open_now.select(_PERSON).unique()
    confirmed = again.join(still, on=_PERSON, how="semi").with_columns(pl.lit("confirmed").alias("state"))
    mine = identified.select(_PERSON).unique()
    judged = mine.join(confirmed, on=_PERSON, how="left").join(
        still.with_columns(pl.lit(TO_CONFIRM).alias("stands")), on=_PERSON, how="left")  # fmt: skip
    states = judged.with_columns(pl.coalesce("state", "stands", pl.lit(ENDED)).alias("state")).drop("stands")
    return Identities(year, day, _shown(pool, states.filter(pl.col("state") != "confirmed"), day), _totals(states))


def _named(pool: int, year: int, day: date) -> pl.DataFrame:
    """The people whom this year's rosters of a category name: ``category, person_id``."""
    files = SourceFile.objects.filter(pool=pool, told_at__lte=day, data_month__gte=month_of(year, 1), data_month__lte=month_of(year, 12))
    parts = [pl.DataFrame(schema={"category": pl.String, "person_id": pl.Int64})]
    for file in files.order_by("pk"):
        stored = tables.source_records(file.pk).filter((pl.col("disposition") == "stored") & pl.col("person_id").is_not_null())
        parts += [stored.select(pl.lit(category).alias("category"), "person_id") for category in groups_of(file.kind)]
    return pl.concat(parts)


def _totals(states: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for category in Category:
        found = states.filter(pl.col("category") == category.key)
        counts = [found.filter(pl.col("state") == state).height for state in ("confirmed", ENDED, TO_CONFIRM)]
        rows.append((category.key, category.zh, found.height, *counts))
    names = ("identified", "confirmed", ENDED, TO_CONFIRM)
    return pl.DataFrame(rows, schema={"category": pl.String, "zh": pl.String, **dict.fromkeys(names, pl.Int64)}, orient="row")


def _shown(pool: int, found: pl.DataFrame, day: date) -> pl.DataFrame:
    ids = found["person_id"].unique().to_list()
    who = tables.people(pool, ids).filter(pl.col("person_id").is_in(ids))
    masked = [mask_id(one) for one in sealed.open_ids(who["id_cipher"].to_list(), who["person_id"].to_list())]
    named = who.select("person_id", "name").with_columns(pl.Series("masked_id", masked, pl.String))
    homes = tables.persons(pool, day, person_ids=ids).select("person_id", "village")
    joined = found.join(named, on="person_id").join(homes, on="person_id", how="left").with_columns(*places(pool))
    zh = {one: category_zh(one) for one in joined["category"].unique().to_list()}
    return joined.with_columns(
        pl.col("category").replace_strict(zh, return_dtype=pl.String).alias("category_zh"),
        pl.col("state").replace_strict(STATE_ZH, return_dtype=pl.String).alias("state_zh"),
    ).select("category", "category_zh", "person_id", "name", "masked_id", "town_name", "village_name", "state", "state_zh").sort(
        "category", "town_name", "village_name", "person_id")  # fmt: skip
