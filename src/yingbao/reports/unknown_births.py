"""在领而出生日期不明的人: whose age nobody knows although a pension is owed, what that leaves open, and who must find out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from yingbao.reports import words
from yingbao.reports.moment import moment
from yingbao.rules.entitlement import entitled, grants
from yingbao.rules.supplements import pays_by_age
from yingbao.store import tables
from yingbao.values.month import Month, month_of_date, show_month

OWNER, WITHIN_DAYS = "镇社保所", 30
ROWS: dict[str, pl.DataType | type[pl.DataType]] = {
    "person_id": pl.Int64, "name": pl.String, "town_name": pl.String, "village_name": pl.String, "granted_from": pl.Int32,
}  # fmt: skip


@dataclass(frozen=True)
class UnknownBirths:
    """``rows``: ROWS by town and village. ``pays_by_age``: whether the law pays an age supplement in the month at all."""

    month: Month
    due_by: date
    pays_by_age: bool
    rows: pl.DataFrame
    basis: dict[str, object]

    @property
    def why(self) -> str:
        """What an unknown birth leaves open, as a clerk says it."""
        return "高龄加发无法判断，核实后从应领之月补发" if self.pays_by_age else "现行没有高龄加发，核实年龄备查"

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        people = [{**row, "granted_from": show_month(row["granted_from"])} for row in self.rows.iter_rows(named=True)]
        return {"month": show_month(self.month), "owner": OWNER, "due_by": self.due_by.isoformat(), "why": self.why,
                "pays_by_age": self.pays_by_age, "people": people, "basis": self.basis}  # fmt: skip


def unknown_births(pool: int, day: date) -> UnknownBirths:
    """Everybody owed a pension in the month of a day, as known then, whose birth is not known. Raises NotChecked."""
    month = month_of_date(day)
    nobody_knows = tables.persons(pool, day).filter(pl.col("birth").is_null())
    known = moment(pool, day, person_ids=nobody_knows["person_id"].to_list())
    law = known.law(month + 1)
    granted = grants(known.facts, law)
    owed = entitled(known.facts, law, granted).filter((pl.col("start") <= month) & (pl.col("end") > month))
    names = tables.people(pool, owed["person_id"].to_list()).select("person_id", "name")
    found = nobody_knows.join(owed.select("person_id").unique(), on="person_id").join(names, on="person_id").join(
        granted.select("person_id", "granted_from"), on="person_id").with_columns(*words.places(pool))  # fmt: skip
    rows = found.sort("village", "person_id", nulls_last=True).select(pl.col(name).cast(kind) for name, kind in ROWS.items())
    return UnknownBirths(month, day + timedelta(days=WITHIN_DAYS), pays_by_age(law, month), rows, known.basis())
