"""What the journal had booked by a day, whatever was booked since: for reports that look back."""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.reports.reading import read
from yingbao.store import bulk
from yingbao.store.books import Book
from yingbao.store.done import steps_of
from yingbao.store.models import JournalEntry, Posting
from yingbao.values.month import Month
from yingbao.values.purpose import Item

_KINDS = ("recognise", "opening_recognised", "contribute")
_COLUMNS = ("entry_id", "person_id", "item", "from_month", "until_month", "monthly_fen", "debit", "credit")


def recognised_postings(pool: int, item: Item, month: Month, day: date) -> pl.DataFrame:
    """Postings that recognise an item in a month, of entries dated by the day, with their entry's ``kind``, ``run_id``."""
    of = JournalEntry.objects.filter(pool=pool, on__lte=day, kind__in=_KINDS)
    entries = bulk.read_here(of.values_list("id", "kind", "run_id", "on")).rename({"id": "entry_id"})
    if not entries.height:
        return pl.DataFrame(schema={**{n: bulk.schema(Posting)[n] for n in _COLUMNS}, "kind": pl.String,
                                    "run_id": pl.Int64, "on": pl.Date})  # fmt: skip
    chosen = Posting.objects.filter(
        entry_id__in=entries["entry_id"].to_list(), item=int(item), from_month__lte=month, until_month__gt=month)  # fmt: skip
    return read(chosen.values_list(*_COLUMNS)).join(entries, on="entry_id")


def net_by_person(found: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Recognised in the month in all, by person: ``person_id, monthly_fen``, only those above zero."""
    steps = steps_of(found, Book.RECOGNISED).filter(pl.col("month") <= month)
    summed = steps.group_by("person_id").agg(pl.col("monthly_fen").sum())
    return summed.filter(pl.col("monthly_fen") > 0).sort("person_id")


def recognised(pool: int, item: Item, month: Month, day: date) -> pl.DataFrame:
    """Who has an item recognised for a month by a day: ``person_id, monthly_fen`` above zero."""
    return net_by_person(recognised_postings(pool, item, month, day), month)


def totals(pool: int, item: Item, month: Month, day: date) -> tuple[int, int]:
    """How many people have an item recognised for a month by a day, and how much in all, in fen."""
    found = recognised(pool, item, month, day)
    return found.height, int(found["monthly_fen"].sum())
