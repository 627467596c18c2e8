"""Rows of the newest rosters that could not be placed and that nobody has answered yet: by two routes."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from yingbao.formats.rosters import KINDS
from yingbao.reports.reading import read
from yingbao.store import bulk
from yingbao.store.models import RecordDecision, SourceFile, SourceRecord

OPEN = ("quarantined", "waiting")
CATEGORY_ROSTERS = tuple(name for name, kind in KINDS.items() if kind.is_assistance)
_SCHEMA = {"source_file_id": pl.Int64, "kind": pl.String, "file": pl.String}


def newest_files(pool: int, told_by: date) -> pl.DataFrame:
    """The category rosters of the newest data month of each kind, told by a day: ``source_file_id, kind, file``."""
    of = SourceFile.objects.filter(pool=pool, kind__in=CATEGORY_ROSTERS, told_at__lte=told_by)
    files = list(of.values_list("id", "kind", "name", "data_month"))
    newest: dict[str, int] = {}
    for _, kind, _, month in files:
        newest[kind] = max(month, newest.get(kind, month))
    rows = [(number, kind, name) for number, kind, name, month in files if month == newest[kind]]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def open_records(pool: int, told_by: date) -> pl.DataFrame:
    """The open rows: SourceRecord's columns with ``kind`` and ``file``; dispositions as decided by the day."""
    files = newest_files(pool, told_by)
    numbers = files["source_file_id"].to_list()
    records = read(SourceRecord.objects.filter(source_file_id__in=numbers, disposition__in=OPEN).values_list(
        *bulk.schema(SourceRecord)))  # fmt: skip
    decided = read(RecordDecision.objects.filter(source_file_id__in=numbers, told_at__lte=told_by).values_list(
        "id", "source_file_id", "number", "disposition"))  # fmt: skip
    last = decided.sort("id").unique(["source_file_id", "number"], keep="last")
    answered = last.filter(~pl.col("disposition").is_in(OPEN))
    left = records.join(answered, on=["source_file_id", "number"], how="anti")
    return left.join(files, on="source_file_id").sort("source_file_id", "number")


def count_open(pool: int, told_by: date) -> int:
    """The same rows counted by the database alone."""
    return _query(pool, told_by).count()


def _query(pool: int, told_by: date) -> QuerySet[SourceRecord]:
    later = SourceFile.objects.filter(
        pool=pool, kind=OuterRef("kind"), told_at__lte=told_by, data_month__gt=OuterRef("data_month"))  # fmt: skip
    newest = SourceFile.objects.filter(pool=pool, kind__in=CATEGORY_ROSTERS, told_at__lte=told_by).exclude(
        Exists(later)).values("id")  # fmt: skip
    last = RecordDecision.objects.filter(
        source_file_id=OuterRef("source_file_id"), number=OuterRef("number"), told_at__lte=told_by
    ).order_by("-id").values("disposition")[:1]  # fmt: skip
    read = SourceRecord.objects.filter(pool=pool, source_file_id__in=newest, disposition__in=OPEN)
    return read.annotate(now=Subquery(last)).filter(Q(now__isnull=True) | Q(now__in=OPEN))
