"""Whole tables out, as CSV for spreadsheets or Parquet for programs. IDs are masked; money is fen in whole numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from yingbao.policy.assumed import sentence
from yingbao.reports import words
from yingbao.reports.account_years import account_years
from yingbao.reports.coverage import coverage
from yingbao.reports.errors import UnknownExport
from yingbao.reports.moment import Moment, moment
from yingbao.reports.money import amounts
from yingbao.reports.reading import read
from yingbao.reports.table_files import FORMATS, write_table
from yingbao.rules.contributions import Snapshot, proxy_due
from yingbao.rules.due import READS, payable_due
from yingbao.rules.gap import KEYS, due_steps, gap_of_steps
from yingbao.rules.relations import SPANS, STEPS
from yingbao.store import footing, sealed, tables
from yingbao.store.books import Book
from yingbao.store.done import done
from yingbao.store.models import Person, RecordDecision, Run, SourceFile, SourceRecord
from yingbao.values.facts import FactKind
from yingbao.values.identity import mask_id
from yingbao.values.month import month_of, month_of_date
from yingbao.values.purpose import Item
from yingbao.values.steps import to_spans


@dataclass(frozen=True)
class Exported:
    """A file that was written."""

    what: str
    path: Path
    rows: int
    sha256: str
    notes: Path
    basis: dict[str, object]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"what": self.what, "path": str(self.path), "rows": self.rows, "sha256": self.sha256, "notes": str(self.notes),
                "basis": self.basis}  # fmt: skip


def export(pool: int, what: str, folder: Path, fmt: str, *, day: date, known_on: date | None = None) -> Exported:
    """Write ``what`` (a key of TABLES) of a pool as of a day to ``folder/<what>-<day>.<fmt>``.

    Beside it lie its notes: as of when, known when, under which law, and what is only assumed; a Parquet file has them
    inside as well. The file is whole or not there. Raises UnknownExport, NotOpened, NotChecked.
    """
    if what not in TABLES or fmt not in FORMATS:
        raise UnknownExport(what=what, fmt=fmt, known="、".join(TABLES), formats="、".join(FORMATS))
    known = moment(pool, known_on, kinds=_READS.get(what))
    frame = _with_basis(TABLES[what](known, day), known, day)
    rests_on = sorted({*known.in_force.illustrative(), *_booked_on(pool, what, day)})
    basis = {**known.basis(), "as_of": day.isoformat(), footing.KEY: rests_on}
    path = folder / f"{what}-{day.isoformat()}.{fmt}"
    notes = write_table(frame, path, basis, _notes(what, basis, rests_on, frame))
    return Exported(what, path, frame.height, hashlib.sha256(path.read_bytes()).hexdigest(), notes, basis)


def _booked_on(pool: int, what: str, day: date) -> list[str]:
    """What is booked rests on what its runs read."""
    if what == "dispositions":
        return []
    return footing.of_booked(pool, "proxy", "account", *footing.PENSIONS, until=day)


def _notes(what: str, basis: dict[str, object], rests_on: list[str], frame: pl.DataFrame) -> str:
    """A page for whoever gets the table without us."""
    known = basis["known_on"] or "至今"
    lines = [
        f"{what}：{frame.height:,} 行；截至 {basis['as_of']}，按 {known} 所知；统筹区 {basis['pool']}",
        f"政策版本 {basis['policy_version']}",
        "金额列以 _fen 结尾，单位是分；月份首尾都算在内；身份证号只留掩码。",
        sentence(rests_on), *(f"  {name}" for name in rests_on),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line) + "\n"


def _with_basis(frame: pl.DataFrame, known: Moment, day: date) -> pl.DataFrame:
    basis = known.basis()
    return frame.with_columns(
        pl.lit(day).alias("as_of"), pl.lit(known.known_on, pl.Date).alias("known_on"),
        pl.lit(str(basis["policy_version"])).alias("policy_version"), pl.lit(known.pool, pl.Int32).alias("pool"),
    )  # fmt: skip


def _named(pool: int, frame: pl.DataFrame) -> pl.DataFrame:
    """With ``name`` and ``masked_id`` after the number of each person."""
    everybody = Person.objects.filter(pool=pool).values_list("id", "name", "id_cipher")
    who = tables.read(everybody, frame["person_id"].drop_nulls().unique().to_list(), by="id").rename({"id": "person_id"})
    ids = sealed.open_ids(who["id_cipher"].to_list(), who["person_id"].to_list())
    shown = who.select("person_id", pl.col("name").alias("_name")).with_columns(
        pl.Series("masked_id", [mask_id(one) for one in ids], pl.String))  # fmt: skip
    joined = frame.join(shown, on="person_id", how="left", maintain_order="left")
    name = pl.coalesce("_name", "name") if "name" in frame.columns else pl.col("_name")
    rest = [column for column in frame.columns if column not in ("person_id", "name")]
    return joined.with_columns(name.alias("name")).select("person_id", "name", "masked_id", *rest)


def _dispositions(known: Moment, day: date) -> pl.DataFrame:
    """Every row of every file told by the day with the disposition it has now, and why."""
    files = read(SourceFile.objects.filter(pool=known.pool, told_at__lte=known.known_on or day).values_list(
        "id", "name", "kind", "data_month", "told_at")).rename({"id": "source_file_id", "name": "file"})  # fmt: skip
    columns = ("source_file_id", "number", "sheet", "row", "part", "disposition", "reasons", "person_id", "name", "village")
    records = read(SourceRecord.objects.filter(pool=known.pool).values_list(*columns))
    decided = read(RecordDecision.objects.filter(pool=known.pool, told_at__lte=known.known_on or day).values_list(
        "id", "source_file_id", "number", "disposition", "reasons", "person_id"))  # fmt: skip
    place = ["source_file_id", "number"]
    last = decided.sort("id").unique(place, keep="last").drop("id")
    both = records.join(files, on="source_file_id").join(last, on=place, how="left", suffix="_now")
    now = both.with_columns(
        pl.col("disposition").alias("read_as"),
        *(pl.coalesce(f"{name}_now", name).alias(name) for name in ("disposition", "reasons", "person_id")),
    )
    told = {codes: words.reasons_zh(codes) for codes in now["reasons"].unique().to_list()}
    why = pl.col("reasons").replace_strict(told, return_dtype=pl.String).alias("why")
    kept = now.with_columns(why, _month("data_month"), *words.places(known.pool)).select(
        "person_id", "name", "file", "kind", "data_month", "told_at", "sheet", "row", "part", "number", "read_as",
        "disposition", "reasons", "why", "village", "town_name", "village_name", "source_file_id")  # fmt: skip
    return _named(known.pool, kept.sort("source_file_id", "number"))


def _boxes(known: Moment, day: date) -> pl.DataFrame:
    """Everybody's coverage box."""
    return _named(known.pool, coverage(known.pool, day, known.known_on, known).rows)


def _month(name: str) -> pl.Expr:
    """A month integer as ``2018-12``."""
    year = pl.col(name).floordiv(12).cast(pl.String)
    return (year + "-" + (pl.col(name) % 12 + 1).cast(pl.String).str.zfill(2)).alias(name)


def _spans(known: Moment, spans: pl.DataFrame) -> pl.DataFrame:
    """SPANS with people, item words, amount, and months as text, both ends included."""
    items = {int(item): (item.key, item.zh) for item in Item}
    item = pl.col("item").cast(pl.Int64)
    extra = [name for name in spans.columns if name not in SPANS]
    ready = spans.sort("person_id", "item", "from_month").select(
        "person_id", *extra,
        item.replace_strict({key: one[0] for key, one in items.items()}, return_dtype=pl.String).alias("item"),
        item.replace_strict({key: one[1] for key, one in items.items()}, return_dtype=pl.String).alias("item_zh"),
        _month("from_month"), _month_before("until_month").alias("last_month"),
        pl.col("monthly_fen"), amounts().alias("amount_fen"),
    )  # fmt: skip
    return _named(known.pool, ready)


def _month_before(name: str) -> pl.Expr:
    last = pl.col(name) - 1
    return last.floordiv(12).cast(pl.String) + "-" + (last % 12 + 1).cast(pl.String).str.zfill(2)


def dues_of(known: Moment, day: date) -> pl.DataFrame:
    """Everything due through the month of a day, as known: SPANS. Contributions by the snapshots posted by the day."""
    law = known.law(month_of_date(day) + 1)
    runs = Run.objects.filter(pool=known.pool, kind="proxy", state="posted", on__lte=day)
    snapshots = sorted({Snapshot(run.period // 12, run.snapshot_on) for run in runs if run.snapshot_on})
    parts = [payable_due(known.facts, law, known.opening, snapshots)]
    if snapshots:
        until = max(law.until, month_of(max(one.year for one in snapshots), 12) + 1)
        parts.append(proxy_due(known.facts, known.law(until), snapshots))
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in SPANS.items()) for part in parts])


def _dues(known: Moment, day: date) -> pl.DataFrame:
    return _spans(known, dues_of(known, day))


def _booked(pool: int, book: Book) -> pl.DataFrame:
    """A picture of done as steps, as the journal stands now."""
    return done(pool, book).select(pl.col(name).cast(kind) for name, kind in STEPS.items())


def _done(known: Moment, day: date) -> pl.DataFrame:  # noqa: ARG001 - every table is made alike
    """Recognised and disbursed, as spans."""
    parts = [
        to_spans(_booked(known.pool, book), KEYS, "monthly_fen").with_columns(pl.lit(book.name.lower()).alias("book"))
        for book in Book
    ]
    return _spans(known, pl.concat(parts))


def _gaps(known: Moment, day: date) -> pl.DataFrame:
    """Due less recognised, and recognised less disbursed. Negative: to recover."""
    recognised = _booked(known.pool, Book.RECOGNISED)
    yearly = pl.col("item").is_in([int(item) for item in Item if item.yearly])
    payment = gap_of_steps(recognised.filter(~yearly), _booked(known.pool, Book.DISBURSED))
    recognition = gap_of_steps(due_steps(dues_of(known, day)), recognised)
    named = (("recognition", recognition), ("payment", payment))
    return _spans(known, pl.concat([frame.with_columns(pl.lit(name).alias("gap")) for name, frame in named]))


def _statements(known: Moment, day: date) -> pl.DataFrame:
    """Individual accounts of the year of the day, by person and source."""
    return _named(known.pool, account_years(known, day))


TABLES: dict[str, Callable[[Moment, date], pl.DataFrame]] = {
    "dispositions": _dispositions, "boxes": _boxes, "dues": _dues, "done": _done, "gaps": _gaps,
    "statements": _statements,
}  # fmt: skip
# The facts that a table is derived from, where it is not all of them: reading is most of its time.
_READS: dict[str, tuple[FactKind, ...]] = {"dispositions": (), "done": (), "dues": READS, "gaps": READS, "statements": READS}
