"""The one bridge: stored rows, as known on a moment, into the frames that rules declare, and back.

A moment is a business date ``known_on`` and, optionally, the number of an act ``known_act``: what that act
could see. Given some ``person_ids`` (up to 20,000) the rows come through Django's connection, by the index, and show
the present transaction; otherwise over Arrow, and show what is committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Q

from yingbao.store import bulk
from yingbao.store.models import (
    BankLine,
    Fact,
    FactChange,
    Person,
    RecordDecision,
    RunLine,
    SourceRecord,
)
from yingbao.values.facts import FactKind

FEW = 900  # people or facts in one statement: SQLite's old limit of variables, with room to spare
SOME = 20_000  # people past which one pass over the table is cheaper than going to each by the index

FACT_COLUMNS = ("person_id", "kind", "value", "number", "holds_from", "holds_until", "fact_id", "told_at")


def read(queryset: Any, person_ids: Sequence[int] | None = None, *, by: str = "person_id") -> pl.DataFrame:
    """A ``values_list`` query as a frame, cut to some people (in its column ``by``). The way of reading follows their number."""
    if person_ids is None:
        return bulk.read(queryset)
    if len(person_ids) <= SOME:
        whole = list(person_ids)
        parts = [whole[start : start + FEW] for start in range(0, len(whole), FEW)]
        return pl.concat([bulk.read_here(queryset.filter(**{f"{by}__in": part})) for part in parts or [[]]])
    wanted = pl.DataFrame({by: pl.Series(list(person_ids), dtype=pl.Int64)}).unique()
    return bulk.read(queryset).join(wanted, on=by, how="semi", maintain_order="left")


def _known(known_on: date, known_act: int | None) -> Q:
    moment = Q(told_at__lte=known_on)
    return moment if known_act is None else moment & Q(act_seq__lte=known_act)


def facts(
    pool: int,
    known_on: date,
    known_act: int | None = None,
    kinds: Iterable[FactKind] | None = None,
    person_ids: Sequence[int] | None = None,
) -> pl.DataFrame:
    """Facts in force as known: ``person_id, kind i16, value, number, holds_from, holds_until, fact_id, told_at``.

    A fact counts if it was told by then and not withdrawn by then; its last day is that of the latest
    ending told by then. Sorted by person and fact.
    """
    query = Fact.objects.filter(_known(known_on, known_act), pool=pool)
    if kinds is not None:
        query = query.filter(kind__in=[int(kind) for kind in kinds])
    columns = ("id", *(name for name in FACT_COLUMNS if name != "fact_id"))
    told = read(query.values_list(*columns), person_ids).rename({"id": "fact_id"})
    changed = _changes(pool, known_on, known_act, told["fact_id"] if person_ids is not None else None)
    in_force = apply_changes(told, changed) if changed.height else told
    return in_force.select(FACT_COLUMNS).sort("person_id", "fact_id")


def _changes(pool: int, known_on: date, known_act: int | None, of: pl.Series | None) -> pl.DataFrame:
    query = FactChange.objects.filter(_known(known_on, known_act), pool=pool)
    columns = ("id", "fact_id", "change", "holds_until", "act_seq")
    if of is not None and len(of) <= FEW:
        return bulk.read_here(query.filter(fact_id__in=of.to_list()).values_list(*columns))
    return bulk.read(query.values_list(*columns))


def apply_changes(told: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Facts (with ``fact_id``) after their changes (``id, fact_id, change, holds_until, act_seq``): the standing ones."""
    gone = changes.filter(pl.col("change") == "withdrawn")
    ended = changes.filter(pl.col("change") == "ended").sort("act_seq", "id")
    latest = ended.unique("fact_id", keep="last").select("fact_id", pl.col("holds_until").alias("ended"), _ends=True)
    with_ends = told.join(gone, on="fact_id", how="anti").join(latest, on="fact_id", how="left")
    last_day = pl.when(pl.col("_ends").fill_null(value=False)).then("ended").otherwise("holds_until")
    return with_ends.with_columns(last_day.alias("holds_until"))


def persons(
    pool: int, known_on: date, known_act: int | None = None, person_ids: Sequence[int] | None = None
) -> pl.DataFrame:
    """People of whom a birth date or a registration is known by then: ``person_id, birth Date, village str``.

    Birth is the latest told; village is that of the registration in force on ``known_on``, the latest told.
    """
    kinds = (FactKind.BIRTH, FactKind.HOUSEHOLD_REGISTRATION)
    return persons_of(facts(pool, known_on, known_act, kinds, person_ids), known_on)


def persons_of(known: pl.DataFrame, known_on: date) -> pl.DataFrame:
    """As :func:`persons`, from the frame of :func:`facts`, without reading again."""
    births = known.filter(pl.col("kind") == FactKind.BIRTH).sort("told_at", "fact_id")
    birth = births.unique("person_id", keep="last").select(
        "person_id", pl.col("number").cast(pl.String).str.to_date("%Y%m%d").alias("birth")
    )
    here = (pl.col("holds_from") <= known_on) & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= known_on))
    registered = known.filter((pl.col("kind") == FactKind.HOUSEHOLD_REGISTRATION) & here).sort("told_at", "fact_id")
    village = registered.unique("person_id", keep="last").select("person_id", pl.col("value").alias("village"))
    everybody = known.select(pl.col("person_id").unique())
    return everybody.join(birth, on="person_id", how="left").join(village, on="person_id", how="left").sort("person_id")


def people(pool: int, person_ids: Sequence[int] | None = None) -> pl.DataFrame:
    """Who they are: ``person_id, name, sex, id_cipher, id_index, act_seq``."""
    query = Person.objects.filter(pool=pool).values_list("id", "name", "sex", "id_cipher", "id_index", "act_seq")
    return read(query, person_ids, by="id").rename({"id": "person_id"}).sort("person_id")


def run_lines(run_id: int) -> pl.DataFrame:
    """The lines of a run, all columns of RunLine, in order."""
    return bulk.read(RunLine.objects.filter(run_id=run_id).values_list(*bulk.schema(RunLine))).sort("line")


def bank_lines(batch_id: int) -> pl.DataFrame:
    """The lines of a bank batch, all columns of BankLine, in order."""
    return bulk.read(BankLine.objects.filter(batch_id=batch_id).values_list(*bulk.schema(BankLine))).sort("line")


def source_records(source_file_id: int) -> pl.DataFrame:
    """The records of a file with the disposition they have now: SourceRecord's columns, in order of ``number``.

    The newest RecordDecision, if any, gives disposition, reasons and (unless null) person_id.
    """
    of_file = {"source_file_id": source_file_id}
    records = bulk.read(SourceRecord.objects.filter(**of_file).values_list(*bulk.schema(SourceRecord)))
    columns = ("id", "number", "disposition", "reasons", "person_id")
    decided = bulk.read(RecordDecision.objects.filter(**of_file).values_list(*columns))
    newest = decided.sort("id").unique("number", keep="last").drop("id")
    both = records.join(newest, on="number", how="left", suffix="_new")
    names = ("disposition", "reasons", "person_id")
    now = both.with_columns(pl.coalesce(f"{name}_new", name).alias(name) for name in names)
    return now.select(records.columns).sort("number")
