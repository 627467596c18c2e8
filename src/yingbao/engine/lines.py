"""Gaps as the lines of a run: cut at the run's month, sorted, numbered, hashed."""

from __future__ import annotations

import hashlib

import polars as pl

from yingbao.ledger.run_lines import LINES, ArrearsType, LineClass
from yingbao.rules.relations import Facts, empty, month_number
from yingbao.values.facts import FactKind
from yingbao.values.month import Month
from yingbao.values.purpose import MONTHLY
from yingbao.values.steps import add_steps, to_spans, union

DIED = {"person_id": pl.Int64, "died": pl.Int32}


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


def deaths(facts: Facts) -> pl.DataFrame:
    """The month of death of everybody of whom one is known: DIED."""
    told = facts.of(FactKind.DEATH).group_by("person_id").agg(pl.col("holds_from").min())
    return told.select("person_id", month_number("holds_from").alias("died"))


def arrears(gap: pl.DataFrame, done: pl.DataFrame, month: Month, died: pl.DataFrame | None = None) -> pl.DataFrame:
    """The spans with ``arrears_type``, of what comes every month and is owed for months before ``month``.

    By what was booked for the person before (``done``: STEPS), whatever the item; ``died``: DIED.
    """
    late = gap.filter(_late(month)).select("person_id").unique()
    booked = _booked(done.join(late, on="person_id", how="semi"))
    first = booked.group_by("person_id").agg(pl.col("from_month").min().alias("first"))
    mine = _cut_where_booking_changes(gap, booked, month).with_row_index("place").join(first, on="person_id", how="left").join(
        empty(DIED) if died is None else died, on="person_id", how="left")  # fmt: skip
    then = mine.sort("from_month").join_asof(
        booked.select("person_id", "from_month", pl.col("until_month").alias("booked_until")).sort("from_month"),
        on="from_month", by="person_id", check_sortedness=False).sort("place")  # fmt: skip
    kind = (
        pl.when(~_late(month)).then(int(ArrearsType.NONE))
        .when(pl.col("until_month") <= pl.col("died") + 1).then(int(ArrearsType.TERMINATED))
        .when(pl.col("first").is_null() | (pl.col("from_month") < pl.col("first"))).then(int(ArrearsType.FIRST))
        .when(pl.col("booked_until") > pl.col("from_month")).then(int(ArrearsType.ADJUSTED))
        .otherwise(int(ArrearsType.RESUMED))
    )  # fmt: skip
    return then.with_columns(kind.cast(pl.Int16).alias("arrears_type")).select(*gap.columns, "arrears_type")


def _cut_where_booking_changes(gap: pl.DataFrame, booked: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The spans in their order, late ones cut where the person's booked months begin and end: each part has one name."""
    edges = pl.concat([booked.select("person_id", pl.col(name).alias("start")) for name in ("from_month", "until_month")])
    placed = gap.with_row_index("line")
    inside = (pl.col("start") > pl.col("from_month")) & (pl.col("start") < pl.col("until_month"))
    cuts = placed.filter(_late(month)).join(edges, on="person_id").filter(inside).select("line", "start").unique()
    if cuts.is_empty():
        return gap
    starts = pl.concat([placed.select("line", pl.col("from_month").alias("start")), cuts]).sort("line", "start")
    parts = starts.join(placed, on="line", maintain_order="left").with_columns(
        pl.col("start").shift(-1).over("line").alias("next"))  # fmt: skip
    return parts.with_columns(
        pl.col("start").alias("from_month"), pl.coalesce("next", "until_month").alias("until_month")).select(gap.columns)  # fmt: skip


def not_resent(typed: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Typed spans, the months that the bank may have given back without a type: those up to a refusal of the account."""
    refused = facts.of(FactKind.ACCOUNT_REFUSED).group_by("person_id").agg(pl.col("holds_from").max())
    last = refused.select("person_id", month_number("holds_from").alias("refused"))
    again = pl.col("refused").is_not_null() & (pl.col("from_month") <= pl.col("refused"))
    kind = pl.when(again).then(int(ArrearsType.NONE)).otherwise(pl.col("arrears_type")).cast(pl.Int16).alias("arrears_type")
    joined = typed.join(last, on="person_id", how="left", maintain_order="left")
    return joined.with_columns(kind).select(typed.columns)


def _late(month: Month) -> pl.Expr:
    """Owed, every month, for months before one."""
    return (pl.col("until_month") <= month) & (pl.col("monthly_fen") > 0) & pl.col("item").is_in([int(one) for one in MONTHLY])


def _booked(done: pl.DataFrame) -> pl.DataFrame:
    """The months in which anything monthly was booked: ``person_id, from_month, until_month``."""
    of = done.filter(pl.col("item").is_in([int(one) for one in MONTHLY])).select("person_id", "month", "monthly_fen")
    spans = to_spans(add_steps([of], ["person_id"], "monthly_fen"), ["person_id"], "monthly_fen")
    return union(spans.filter(pl.col("monthly_fen") > 0), ["person_id"])


def number(spans: pl.DataFrame) -> pl.DataFrame:
    """Spans with ``line_class`` (and, if there, ``arrears_type``, ``bank_line``) as LINES, sorted and numbered from 1."""
    extra = [
        pl.lit(None, LINES[name]).alias(name) if name == "bank_line" else pl.lit(0, LINES[name]).alias(name)
        for name in ("arrears_type", "bank_line") if name not in spans.columns
    ]  # fmt: skip
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    ordered = spans.with_columns(*extra).sort("person_id", "item", "from_month", "line_class")
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
