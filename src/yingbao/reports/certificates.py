"""资格认证: who is certified until when, who must be asked soon, and the sheets for the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from yingbao.formats.forms.certificates import (
    ProgressRow,
    VisitRow,
    write_progress,
    write_visit_list,
)
from yingbao.policy.tree import load
from yingbao.reports.words import places
from yingbao.rules.certificates import READS, WAY_ZH, first_pensions, good_until
from yingbao.rules.law import Law, whole
from yingbao.store import done as books
from yingbao.store import relations, sealed, tables
from yingbao.store.bases import opening_of, region_of
from yingbao.store.books import Book
from yingbao.store.models import Run
from yingbao.values.facts import FactKind
from yingbao.values.identity import IdNumber
from yingbao.values.month import Month
from yingbao.values.purpose import MONTHLY

WARNINGS = ("hold/warning_days_first", "hold/warning_days_second", "hold/warning_days_last")
STATES = {
    "good": "有效", "first_warning": "首次提醒", "second_warning": "再次提醒", "last_warning": "末次提醒", "lapsed": "已过期（暂停发放）",
}  # fmt: skip
ROWS = {
    "person_id": pl.Int64, "name": pl.String, "town_name": pl.String, "village": pl.String, "village_name": pl.String,
    "way": pl.String, "good_until": pl.Date, "days_left": pl.Int64, "state": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Certificates:
    """Everybody in payment on a day: ``rows`` (ROWS), by village, the nearest end first."""

    day: date
    rows: pl.DataFrame
    warning_days: tuple[int, int, int]
    rests_on: list[str]

    def counts(self, *by: str) -> list[dict[str, Any]]:
        """Pensioners by state (and by town or village): rows of ``state, zh, count``."""
        counted = self.rows.group_by(*by, "state").agg(pl.len().alias("count")).sort(*by, "state")
        return [{**row, "zh": STATES[row["state"]]} for row in counted.iter_rows(named=True)]

    def within(self, days: int) -> pl.DataFrame:
        """Whose certificate has lapsed, or ends within so many days."""
        return self.rows.filter(pl.col("days_left").is_null() | (pl.col("days_left") <= days))

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "as_of": self.day.isoformat(), "in_payment": self.rows.height, "warning_days": list(self.warning_days),
            "states": self.counts(), "by_town": self.counts("town_name"), "rests_on_illustrative": self.rests_on,
        }  # fmt: skip

    def list_json(self, days: int) -> list[dict[str, Any]]:
        """The rows of :meth:`within` as plain values."""
        return [{**row, "good_until": None if row["good_until"] is None else row["good_until"].isoformat()}
                for row in self.within(days).iter_rows(named=True)]  # fmt: skip


def certificates(pool: int, day: date) -> Certificates:
    """The certificates of all pensioners in payment, as told by a day. Raises NotOpened."""
    opening, in_force = opening_of(pool), load(region=region_of(pool)).in_force(day)
    through = _last_month(pool, opening.opening_month)
    law = Law(in_force, opening.statement_from, through + 1)
    recognised = books.done(pool, Book.RECOGNISED)
    pensions = first_pensions(recognised).join(_in_payment(recognised, through), on="person_id", how="semi")
    facts = relations.relations(pool, day, kinds=(*READS, FactKind.HOUSEHOLD_REGISTRATION), with_credits=False)
    found = good_until(facts, pensions, day, law, opening)
    warnings = tuple(whole(law.latest(name)) for name in WARNINGS)
    first, second, last = warnings
    left = (pl.col("good_until") - pl.lit(day)).dt.total_days()
    state = (
        pl.when(left.is_null() | (left < 0)).then(pl.lit("lapsed")).when(left <= last).then(pl.lit("last_warning"))
        .when(left <= second).then(pl.lit("second_warning")).when(left <= first).then(pl.lit("first_warning"))
        .otherwise(pl.lit("good"))
    )  # fmt: skip
    placed = _placed(pool, facts.of(FactKind.HOUSEHOLD_REGISTRATION), found)
    rows = placed.with_columns(left.alias("days_left"), state.alias("state")).select(pl.col(name).cast(kind) for name, kind in ROWS.items())
    return Certificates(day, rows.sort("town_name", "village", "good_until", "person_id", nulls_last=False), (first, second, last),
                        in_force.illustrative())  # fmt: skip


def _last_month(pool: int, opening: Month) -> Month:
    """The last month for which pensions are booked."""
    newest = Run.objects.filter(pool=pool, kind="payroll", state="posted").order_by("-period").first()
    return opening - 1 if newest is None else int(newest.period)


def _in_payment(recognised: pl.DataFrame, month: Month) -> pl.DataFrame:
    monthly = recognised.filter(pl.col("item").is_in([int(item) for item in MONTHLY]) & (pl.col("month") <= month))
    return monthly.group_by("person_id").agg(pl.col("monthly_fen").sum()).filter(pl.col("monthly_fen") > 0)


def _placed(pool: int, registered: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    village = registered.sort("fact_id").unique("person_id", keep="last").select("person_id", pl.col("value").alias("village"))
    names = tables.people(pool).select("person_id", "name")
    joined = found.join(names, on="person_id", how="left").join(village, on="person_id", how="left")
    return joined.with_columns(*places(pool))


def write_papers(found: Certificates, pool: int, days: int, folder: Path, *, whole_ids: bool = False) -> list[Path]:
    """The progress of the county (认证进度表) and the sheet for the villages (村组核查表)."""
    folder.mkdir(parents=True, exist_ok=True)
    by_village = found.rows.group_by("town_name", "village_name").agg(
        pl.len().alias("all"), *((pl.col("state") == state).sum().alias(state) for state in STATES)).sort("town_name", "village_name")
    progress = [ProgressRow(row["town_name"], row["village_name"], row["all"], *(row[state] for state in STATES))
                for row in by_village.iter_rows(named=True)]  # fmt: skip
    asked = found.within(days)
    sealed_ids = dict(tables.people(pool, asked["person_id"].to_list()).select("person_id", "id_cipher").iter_rows())
    clear = sealed.open_ids([sealed_ids[one] for one in asked["person_id"]], asked["person_id"].to_list())
    visits = [
        VisitRow(row["town_name"], row["village_name"], row["name"] or "", IdNumber(number), WAY_ZH.get(row["way"] or "", ""),
                 row["good_until"], STATES[row["state"]])
        for row, number in zip(asked.iter_rows(named=True), clear, strict=True)
    ]  # fmt: skip
    return [
        write_progress(folder / f"认证进度表-{found.day}.xlsx", progress, as_of=found.day, illustrative=found.rests_on),
        write_visit_list(folder / f"村组核查表-{found.day}.xlsx", visits, as_of=found.day, whole_ids=whole_ids,
                         illustrative=found.rests_on),
    ]  # fmt: skip
