"""应保尽保: everybody on a roster on a day in exactly one box, and who owes the next step by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import polars as pl

from yingbao.formats.rosters import KINDS
from yingbao.policy.divisions import TOWN
from yingbao.reports import booked, open_records, roster_count, words
from yingbao.reports.moment import ALL_TOLD, Moment, moment
from yingbao.reports.reading import read
from yingbao.rules.boxes import BOXES, Box
from yingbao.rules.certificates import granted_pensions
from yingbao.rules.coverage import Progress, boxes, population
from yingbao.rules.entitlement import CATEGORY_KEYS, grants
from yingbao.rules.holds import held_on
from yingbao.rules.relations import Facts
from yingbao.store import tables
from yingbao.store.models import Fact
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of, month_of_date
from yingbao.values.purpose import Item

PRECEDENCE = "entry/category_precedence"
TO_VERIFY, UNEXPLAINED = "to_verify", "unexplained"
ROWS = {
    "person_id": pl.Int64, "source_file_id": pl.Int64, "record": pl.Int32, "name": pl.String, "town": pl.String,
    "town_name": pl.String, "village": pl.String, "village_name": pl.String, "category": pl.String,
    "categories": pl.String, "box": pl.String, "box_zh": pl.String, "detail": pl.String, "why": pl.String,
    "covered": pl.Boolean, "owner": pl.String, "due_by": pl.Date,
}  # fmt: skip


@dataclass(frozen=True)
class Coverage:
    """``rows`` (ROWS): one a person on a roster, and one a roster row that could not be placed (no person_id).

    ``roster_persons`` and ``roster_rows`` are counted by the database, by another route than ``rows``.
    """

    day: date
    known_on: date | None
    rows: pl.DataFrame
    roster_persons: int
    roster_rows: int
    basis: dict[str, object]

    @property
    def people(self) -> pl.DataFrame:
        """The rows of persons."""
        return self.rows.filter(pl.col("person_id").is_not_null())

    @cached_property
    def totals(self) -> pl.DataFrame:
        """Every box, in the order of the boxes, the empty ones too: ``box, zh, en, covered, count``."""
        counts = dict(self.rows.group_by("box").len().iter_rows())
        rows = [(box.id, box.zh, box.en, box.covered, counts.get(box.id, 0)) for box in BOXES]
        schema = {"box": pl.String, "zh": pl.String, "en": pl.String, "covered": pl.Boolean, "count": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def by(self, *columns: str) -> pl.DataFrame:
        """Counts by any of ``town, town_name, village, village_name, category, box``: the columns and ``count``."""
        counted = self.rows.group_by(*columns).agg(pl.len().cast(pl.Int64).alias("count"))
        return counted.sort(*columns, nulls_last=True)

    @property
    def worklist(self) -> pl.DataFrame:
        """Whoever waits for somebody: the rows of boxes with an owner, the nearest day first."""
        return self.rows.filter(pl.col("owner") != "").sort("due_by", "town", "village", "person_id", "record",
                                                            nulls_last=True)  # fmt: skip

    @property
    def unexplained(self) -> int:
        """People in no box: must be none."""
        return int((self.rows["box"] == UNEXPLAINED).sum())

    @property
    def sound(self) -> bool:
        """The boxes add up to the roster, everybody is there once, and nobody is unexplained."""
        people = self.people
        return (
            people.height == people["person_id"].n_unique() == self.roster_persons
            and self.rows.height - people.height == self.roster_rows
            and int(self.totals["count"].sum()) == self.rows.height
            and not self.unexplained
        )

    def as_json(self, *, whole: bool = False) -> dict[str, Any]:
        """Plain values; ``whole`` adds the rows one by one."""
        people = self.people.height
        shown: dict[str, Any] = {
            "as_of": self.day.isoformat(),
            "basis": self.basis,
            "persons": people,
            "rows_to_verify": self.rows.height - people,
            "roster_persons": self.roster_persons,
            "roster_rows_to_verify": self.roster_rows,
            "unexplained": self.unexplained,
            "sound": self.sound,
            "boxes": self.totals.to_dicts(),
            "by_town": self.by("town", "town_name", "box").to_dicts(),
            "by_category": self.by("category", "box").to_dicts(),
        }
        if whole:
            shown["by_village"] = self.by("village", "town_name", "village_name", "box").to_dicts()
            shown["rows"] = [_plain(row) for row in self.rows.iter_rows(named=True)]
        return shown


def of_year(box: Box, day: date) -> str:
    """The box in words, with the year whose contribution it speaks of: 应代缴、未代缴（2019年度）."""
    return f"{box.zh}（{day.year}年度）" if box.yearly else box.zh


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    due_by = row["due_by"]
    return {**row, "due_by": None if due_by is None else due_by.isoformat()}


def coverage(pool: int, day: date, known_on: date | None = None, known: Moment | None = None) -> Coverage:
    """The boxes on a day, from what was told by ``known_on`` (None: all that is told by now).

    What was booked counts by the date of its entry, so an earlier day shows that day. ``known``: that moment,
    where it is read already. Raises NotChecked for a day past the checked law.
    """
    known = known or moment(pool, known_on, person_ids=ever_on_rosters(pool))
    law = known.law(month_of_date(day) + 1)
    who = population(known.facts, day, law.words_among(PRECEDENCE, CATEGORY_KEYS))
    mine = Facts(known.facts.persons.join(who, on="person_id", how="semi"),
                 known.facts.facts.join(who, on="person_id", how="semi"), known.facts.credits)  # fmt: skip
    granted = grants(mine, law)
    persons = who.select("person_id").join(granted_pensions(granted), on="person_id", how="left")
    held = held_on(mine, persons, day, law, known.opening)
    boxed = boxes(mine, law, day, progress_on(pool, held, day), who, granted)
    placed = _with_places(known, boxed)
    waiting = _waiting(pool, known_on or ALL_TOLD)
    rows = _with_words(pool, pl.concat([placed, waiting]), day)
    told_by = known_on or ALL_TOLD
    return Coverage(day, known_on, rows, roster_count.persons_on_rosters(pool, day, told_by),
                    open_records.count_open(pool, told_by), {**known.basis(), "as_of": day.isoformat()})  # fmt: skip


def progress_on(pool: int, held: pl.DataFrame, day: date) -> Progress:
    """What the books say on a day, beside who is ``held``."""
    month = month_of_date(day)
    receiving = booked.recognised(pool, Item.BASE_PENSION, month, day)
    proxied = booked.recognised(pool, Item.PROXY_CONTRIBUTION, month_of(day.year, 1), day)
    return Progress(receiving.select("person_id"), proxied.select("person_id"), held)


def ever_on_rosters(pool: int) -> list[int]:
    """Everybody of whom a category was ever told: a few in a hundred of a county's people."""
    told = read(Fact.objects.filter(pool=pool, kind=int(FactKind.CATEGORY)).values_list("person_id"))
    return told["person_id"].unique().sort().to_list()


_CORE = ("person_id", "source_file_id", "record", "name", "village", "category", "categories", "box", "detail")


def _with_places(known: Moment, boxed: pl.DataFrame) -> pl.DataFrame:
    registered = known.facts.of(FactKind.HOUSEHOLD_REGISTRATION).sort("fact_id").unique("person_id", keep="last")
    villages = registered.select("person_id", pl.col("value").alias("village"))
    names = tables.people(known.pool, boxed["person_id"].to_list()).select("person_id", "name")
    placed = boxed.join(names, on="person_id", how="left").join(villages, on="person_id", how="left")
    nothing = [pl.lit(None, pl.Int64).alias("source_file_id"), pl.lit(None, pl.Int32).alias("record")]
    return placed.with_columns(nothing).select(_CORE)


def _waiting(pool: int, told_by: date) -> pl.DataFrame:
    """Roster rows that could not be placed, in the shape of the people."""
    found = open_records.open_records(pool, told_by)
    category = {name: KINDS[name].category or "" for name in open_records.CATEGORY_ROSTERS}
    of = pl.col("kind").replace_strict(category, default="", return_dtype=pl.String)
    return found.select(
        pl.lit(None, pl.Int64).alias("person_id"), "source_file_id", pl.col("number").alias("record"),
        pl.col("name").fill_null(""), "village", of.alias("category"), of.alias("categories"),
        pl.lit(TO_VERIFY).alias("box"), pl.col("reasons").alias("detail"),
    )  # fmt: skip


def _with_words(pool: int, rows: pl.DataFrame, day: date) -> pl.DataFrame:
    box = {one.id: one for one in BOXES}
    due = {one.id: day + timedelta(days=one.within_days) if one.owner else None for one in BOXES}

    def told(values: dict[str, Any], kind: type[pl.DataType]) -> pl.Expr:
        return pl.col("box").replace_strict(values, return_dtype=kind)

    details = {one: words.reasons_zh(one) for one in rows["detail"].unique().to_list()}
    why = pl.col("detail").replace_strict(details, return_dtype=pl.String)
    spoken = rows.with_columns(
        *words.places(pool),
        pl.col("village").str.slice(0, TOWN).alias("town"),
        told({key: one.zh for key, one in box.items()}, pl.String).alias("box_zh"),
        told({key: one.covered for key, one in box.items()}, pl.Boolean).alias("covered"),
        told({key: one.owner for key, one in box.items()}, pl.String).alias("owner"),
        told(due, pl.Date).alias("due_by"),
        pl.when(why == "").then(told({key: of_year(one, day) for key, one in box.items()}, pl.String)).otherwise(why).alias("why"),
    )
    ordered = spoken.select(pl.col(name).cast(kind) for name, kind in ROWS.items())
    return ordered.sort("town", "village", "person_id", "source_file_id", "record", nulls_last=True)

