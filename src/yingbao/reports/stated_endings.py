"""期初登记已终止的人: whom the register states as ended when the books began, and what the town office must find out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from yingbao.reports import words
from yingbao.reports.moment import moment
from yingbao.rules import endings
from yingbao.rules.coverage import population
from yingbao.rules.entitlement import CATEGORY_KEYS
from yingbao.store import tables
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of_date

OWNER, WITHIN_DAYS = "镇社保所", 60
PRECEDENCE = "entry/category_precedence"
ROWS: dict[str, pl.DataType | type[pl.DataType]] = {
    "person_id": pl.Int64, "name": pl.String, "town_name": pl.String, "village_name": pl.String, "category": pl.String,
    "balance_fen": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class StatedEndings:
    """``rows``: ROWS by town and village.

    ``category``: on which roster they are, empty for none; ``balance_fen``: what stands in the account.
    """

    due_by: date
    rows: pl.DataFrame
    basis: dict[str, object]

    @property
    def poor(self) -> int:
        """How many are on a roster: for them the county would pay."""
        return self.rows.filter(pl.col("category") != "").height

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"owner": OWNER, "due_by": self.due_by.isoformat(), "poor": self.poor, "people": self.rows.to_dicts(),
                "basis": self.basis}  # fmt: skip


def stated_endings(pool: int, day: date) -> StatedEndings:
    """Everybody whose relation is over on a day by nothing but the register's statement. Raises NotChecked."""
    told = tables.facts(pool, day, kinds=[FactKind.RELATION_ENDED]).filter(pl.col("value") == endings.STATED)
    known = moment(pool, day, person_ids=told["person_id"].unique().sort().to_list())
    law = known.law(month_of_date(day) + 1)
    over = endings.endings(known.facts, law, pl.DataFrame(schema={"person_id": pl.Int64}))
    people = over.filter(pl.col("reason") == endings.STATED).select("person_id")
    poor = population(known.facts, day, law.words_among(PRECEDENCE, CATEGORY_KEYS)).select("person_id", "category")
    stands = known.facts.credits.group_by("person_id").agg(pl.col("fen").sum().alias("balance_fen"))
    homes = tables.persons(pool, day, person_ids=people["person_id"].to_list()).select("person_id", "village")
    names = tables.people(pool, people["person_id"].to_list()).select("person_id", "name")
    found = people.join(names, on="person_id").join(homes, on="person_id", how="left").join(
        poor, on="person_id", how="left").join(stands, on="person_id", how="left").with_columns(
        pl.col("category").fill_null(""), pl.col("balance_fen").fill_null(0), *words.places(pool))  # fmt: skip
    rows = found.sort("village", "person_id", nulls_last=True).select(pl.col(name).cast(kind) for name, kind in ROWS.items())
    return StatedEndings(day + timedelta(days=WITHIN_DAYS), rows, known.basis())
