"""Gaps as the lines of a run: cut at the run's month, sorted, numbered, hashed."""

from __future__ import annotations

import hashlib
from enum import IntEnum

import polars as pl

from yingbao.rules.relations import SPANS
from yingbao.values.month import Month

LINES = {
    "line": pl.Int32,
    "person_id": pl.Int64,
    "item": pl.Int16,
    "from_month": pl.Int32,
    "until_month": pl.Int32,
    "monthly_fen": pl.Int64,
    "amount_fen": pl.Int64,
    "line_class": pl.Int16,
    "arrears_type": pl.Int16,
    "bank_line": pl.Int32,
}


class LineClass(IntEnum):
    """What a line asks for."""

    PAY = 1
    RECOVER = 2
    HELD = 3


class ArrearsType(IntEnum):
    """Why months before the run's own are in it; the codes of practice (补扣类型)."""

    NONE = 0
    FIRST = 11  # 核定补发: nothing was booked for the person before
    RESUMED = 12  # 接续补发: nothing was booked for these months, but for earlier ones
    ADJUSTED = 13  # 调整补发: these months were booked at another rate


ARREARS_ZH = {0: "", 11: "核定补发", 12: "接续补发", 13: "调整补发"}


def cut_at(gap: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Gap spans (SPANS) cut so that no line reaches over the start of ``month``."""
    crossing = (pl.col("from_month") < month) & (pl.col("until_month") > month)
    whole = gap.filter(~crossing)
    split = gap.filter(crossing)
    at = pl.lit(month, pl.Int32)
    return pl.concat([whole, split.with_columns(at.alias("until_month")), split.with_columns(at.alias("from_month"))])


def until(gap: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The part of gap spans (SPANS) that lies before ``month``."""
    before = gap.filter(pl.col("from_month") < month)
    return before.with_columns(pl.col("until_month").clip(upper_bound=month))


def arrears(gap: pl.DataFrame, done: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The spans with ``arrears_type``: by whether the purpose was booked before, and in these months."""
    starts = done.group_by("person_id", "item").agg(
        pl.col("month").min().alias("first"), pl.col("month").max().alias("last"))  # fmt: skip
    late = (pl.col("until_month") <= month) & (pl.col("monthly_fen") > 0)
    booked_then = (pl.col("from_month") < pl.col("last")) & (pl.col("from_month") >= pl.col("first"))
    kind = (
        pl.when(~late).then(int(ArrearsType.NONE))
        .when(pl.col("first").is_null()).then(int(ArrearsType.FIRST))
        .when(booked_then).then(int(ArrearsType.ADJUSTED))
        .otherwise(int(ArrearsType.RESUMED))
    )  # fmt: skip
    joined = gap.join(starts, on=["person_id", "item"], how="left")
    return joined.with_columns(kind.cast(pl.Int16).alias("arrears_type")).select(*SPANS, "arrears_type")


def number(spans: pl.DataFrame) -> pl.DataFrame:
    """Spans with ``line_class`` (and, if there, ``arrears_type``, ``bank_line``) as LINES, sorted and numbered from 1."""
    extra = [
        pl.lit(None, LINES[name]).alias(name) if name == "bank_line" else pl.lit(0, LINES[name]).alias(name)
        for name in ("arrears_type", "bank_line") if name not in spans.columns
    ]  # fmt: skip
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    ordered = spans.with_columns(*extra).sort("person_id", "item", "from_month")
    ready = ordered.with_columns((pl.col("monthly_fen") * months).alias("amount_fen"))
    counted = ready.with_row_index("line", offset=1)
    return counted.select(pl.col(name).cast(kind) for name, kind in LINES.items())


def by_sign(spans: pl.DataFrame) -> pl.DataFrame:
    """Spans with ``line_class``: positive is to pay, negative to recover."""
    kind = pl.when(pl.col("monthly_fen") > 0).then(int(LineClass.PAY)).otherwise(int(LineClass.RECOVER))
    return spans.with_columns(kind.cast(pl.Int16).alias("line_class"))


def content_hash(lines: pl.DataFrame) -> str:
    """SHA-256 over the columns of LINES in line order: what an approval approves. The same on every database."""
    digest = hashlib.sha256()
    for name, kind in LINES.items():
        column = lines[name].cast(pl.Int64)
        digest.update(f"{name}:{kind}:{len(column)};".encode())
        digest.update(column.fill_null(-1).to_numpy().astype("<i8").tobytes())
    return digest.hexdigest()


def difference(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Where two sets of lines differ: ``person_id, item, before_fen, after_fen``, for a refused approval."""
    def summed(lines: pl.DataFrame, name: str) -> pl.DataFrame:
        return lines.group_by("person_id", "item").agg(pl.col("amount_fen").sum().alias(name))

    both = summed(before, "before_fen").join(summed(after, "after_fen"), on=["person_id", "item"], how="full",
                                             coalesce=True).fill_null(0)  # fmt: skip
    return both.filter(pl.col("before_fen") != pl.col("after_fen")).sort("person_id", "item")
