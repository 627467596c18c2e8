"""The gap of the whole history: 96 months, three items, everybody in payment.

The people are the opened county's. For eight years to be owed, the county's statement is taken to speak from
2012 and its books to begin in 2016: four years as stated, then four at the law's dated amounts, with a county
top-up given in place of the policy's 0. Done is what was due, but for one person in a hundred.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.county import opened
from bench.measure import Row, taken
from bench.places import POOL
from yingbao.policy.tree import load
from yingbao.rules.benefits import Opening
from yingbao.rules.due import benefits_due
from yingbao.rules.gap import due_steps, gap
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.values.month import month_from_text
from yingbao.values.steps import add_steps, to_spans

ITEM = "2 whole history"
SINCE, BOOKS, UNTIL = (month_from_text(one) for one in ("2012-01", "2016-01", "2020-01"))
MONTHS = UNTIL - SINCE
KNOWN_ON = date(2019, 12, 20)
TOP_UP: dict[str, dict[object, object]] = {"benefit/county_top_up": {"2016-01-01": 10, "2018-07-01": 20}}
COMPUTED_SECONDS, COMPUTED_GB, READ_SECONDS, TIMES_FASTER = 5, 1.5, 12, 15
_FRAMES = ("persons", "facts", "credits")


def _law() -> Law:
    in_force = load(region="rugao").in_force(KNOWN_ON, TOP_UP)
    return Law(in_force, SINCE, UNTIL)


def _due(facts: Facts) -> pl.DataFrame:
    return benefits_due(facts, _law(), Opening(BOOKS, SINCE))


def _long_in_payment(facts: Facts) -> Facts:
    """The relations with every stated pension in payment since 2012, and a stated top-up beside it."""
    from yingbao.values.facts import FactKind  # noqa: PLC0415
    from yingbao.values.purpose import Item  # noqa: PLC0415

    stated = pl.col("kind") == int(FactKind.PENSION_IN_PAYMENT)
    moved = facts.facts.with_columns(pl.when(stated).then(pl.lit(date(2012, 1, 1))).otherwise("holds_from").alias("holds_from"))
    base = moved.filter(stated & (pl.col("value") == Item.BASE_PENSION.key))
    top_up = base.with_columns(pl.lit(Item.COUNTY_TOP_UP.key).alias("value"), pl.lit(500, pl.Int64).alias("number"),
                               pl.col("fact_id") + 10**12)  # fmt: skip
    born = facts.persons.with_columns(pl.min_horizontal("birth", pl.lit(date(1951, 12, 1))).alias("birth"))
    payees = base.select("person_id").unique()
    old = pl.concat([born.join(payees, on="person_id", how="semi"), facts.persons.join(payees, on="person_id", how="anti")])
    return Facts(old.sort("person_id"), pl.concat([moved, top_up]).sort("person_id", "fact_id"), facts.credits)


def _done(due: pl.DataFrame) -> pl.DataFrame:
    """What was due as steps, one person in a hundred a yuan a month behind since 2019."""
    behind = due.filter((pl.col("person_id") % 100 == 0) & (pl.col("from_month") >= month_from_text("2019-01")))
    rest = due.join(behind, on=due.columns, how="anti")
    less = behind.with_columns(pl.col("monthly_fen") - 100)
    return add_steps([due_steps(pl.concat([rest, less]))], ("person_id", "item"), "monthly_fen")


def prepare(vendor: str, address: str, folder: Path) -> list[Row]:  # noqa: ARG001 - all items are called alike
    """Put eight years into a copy of the county: the done base of the store, and the same frames as files."""
    with opened(address):
        from django.db import transaction  # noqa: PLC0415

        from yingbao.store import bulk, relations  # noqa: PLC0415
        from yingbao.store.books import Book  # noqa: PLC0415
        from yingbao.store.models import DoneGeneration, DoneStep, JournalEntry  # noqa: PLC0415

        facts = _long_in_payment(relations.relations(POOL, KNOWN_ON))
        due = _due(facts)
        done = _done(due)
        last = JournalEntry.objects.order_by("-pk").first().pk
        with transaction.atomic():
            generation = DoneGeneration.objects.create(pool=POOL, through_entry=last)
            base = done.with_columns(pl.lit(generation.pk, pl.Int64).alias("generation_id"),
                                     pl.lit(int(Book.RECOGNISED), pl.Int16).alias("book"))  # fmt: skip
            bulk.write(DoneStep, base)
        for name in _FRAMES:
            getattr(facts, name).write_parquet(folder / f"{name}.parquet")
        due.write_parquet(folder / "due.parquet")
        done.write_parquet(folder / "done.parquet")
        return []


def _sized(due: pl.DataFrame, done: pl.DataFrame) -> str:
    return f"{due['person_id'].n_unique():,} people, {MONTHS} months, {due.height:,} due spans, {done.height:,} done steps"


def steps_alone(folder: Path) -> list[Row]:
    """The gap of ready frames; a bare NumPy pass over every month of everybody, prebuilt, is the floor."""
    due, done = (pl.read_parquet(folder / f"{name}.parquet") for name in ("due", "done"))
    with taken() as one:
        found = gap(due, done)
    owed, paid = _by_month(due), _by_month(to_spans(done, ("person_id", "item"), "monthly_fen"))
    with taken() as bare:
        open_months = int(np.count_nonzero(owed - paid))
    assert open_months == int((found["until_month"] - found["from_month"]).sum())
    return [Row(ITEM, f"steps alone: {_sized(due, done)}", "—", one.seconds, one.cpu_seconds, one.peak_gb,
                f"bare NumPy subtraction over {owed.size:,} prebuilt months", bare.seconds,
                seconds_at_most=COMPUTED_SECONDS, gb_at_most=COMPUTED_GB)]  # fmt: skip


def _by_month(spans: pl.DataFrame) -> Any:
    """Fen by (person and item, month) as a dense int32 array: what the NumPy pass is given."""
    in_range = spans.filter(pl.col("from_month") < UNTIL)
    place = in_range.select((pl.col("person_id").rank("dense").cast(pl.Int64) - 1) * 3 + pl.col("item").rank("dense") - 1)
    rows = place.to_series().to_numpy()
    moved = np.zeros((int(rows.max()) // 3 * 3 + 3, MONTHS + 1), dtype=np.int32)
    fen = in_range["monthly_fen"].to_numpy()
    np.add.at(moved, (rows, in_range["from_month"].to_numpy() - SINCE), fen)
    np.add.at(moved, (rows, np.minimum(in_range["until_month"].to_numpy(), UNTIL) - SINCE), -fen)
    return moved.cumsum(axis=1, dtype=np.int32)[:, :MONTHS].copy()


def computed(folder: Path) -> list[Row]:
    """The law over all people, then the gap."""
    facts = Facts(*(pl.read_parquet(folder / f"{name}.parquet") for name in _FRAMES))
    done = pl.read_parquet(folder / "done.parquet")
    with taken() as one:
        due = _due(facts)
        found = gap(due, done)
    what = f"law and gap: {facts.persons.height:,} people and {facts.facts.height:,} facts to {found.height:,} gap spans"
    return [Row(ITEM, what, "—", one.seconds, one.cpu_seconds, one.peak_gb, seconds_at_most=COMPUTED_SECONDS, gb_at_most=COMPUTED_GB)]


def read(vendor: str, address: str, folder: Path) -> list[Row]:
    """Done out of the store and the gap of it; and the whole: facts, done, the law, the gap."""
    with opened(address):
        from yingbao.store import done as books  # noqa: PLC0415
        from yingbao.store import relations  # noqa: PLC0415
        from yingbao.store.books import Book  # noqa: PLC0415

        due = pl.read_parquet(folder / "due.parquet")
        with taken() as small:
            done = books.done(POOL, Book.RECOGNISED)
            gap(due, done)
        sized = _sized(due, done)
        del due, done
        with taken() as reading:
            told = relations.relations(POOL, KNOWN_ON)
            done = books.done(POOL, Book.RECOGNISED)
        told = _long_in_payment(told)
        with taken() as whole:
            found = gap(_due(told), done)
        return [
            Row(ITEM, f"reading done and steps: {sized}", vendor, small.seconds, small.cpu_seconds, small.peak_gb,
                seconds_at_most=READ_SECONDS),
            Row(ITEM, f"reading facts, credits and done, law and gap ({found.height:,} gap spans)", vendor,
                reading.seconds + whole.seconds, reading.cpu_seconds + whole.cpu_seconds,
                max(reading.peak_gb, whole.peak_gb), seconds_at_most=READ_SECONDS,
                note=f"reading {reading.seconds:.1f} s, law and gap {whole.seconds:.1f} s"),
        ]  # fmt: skip
