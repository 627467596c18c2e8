"""Run lines and postings, in bulk: what acts write and read of the books."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db.models import Max, Sum

from yingbao.ledger import postings
from yingbao.ledger.postings import Kind
from yingbao.ledger.run_lines import LINES, LineClass
from yingbao.store import bulk
from yingbao.store.models import JournalEntry, Posting, Run, RunLine
from yingbao.values.money import Fen
from yingbao.values.month import month_of_date


def write_lines(run: Run, lines: pl.DataFrame) -> None:
    """Keep the lines of a new run (columns as ledger.run_lines.LINES)."""
    bulk.write(RunLine, lines.with_columns(
        pl.lit(run.pk, pl.Int64).alias("run_id"), pl.lit(run.pool, pl.Int32).alias("pool")))  # fmt: skip


def read_lines(run_id: int, person_id: int | None = None) -> pl.DataFrame:
    """The lines of a run in order (ledger.run_lines.LINES), of one person if named. Committed state."""
    chosen = RunLine.objects.filter(run_id=run_id)
    if person_id is not None:
        chosen = chosen.filter(person_id=person_id)
    found = bulk.read(chosen.values_list(*LINES)).sort("line")
    return found.select(pl.col(name).cast(kind) for name, kind in LINES.items())


def last_entry(pool: int, act_seq: int | None = None) -> int:
    """The last entry that an act of this number, or one before it, made (None: of all); 0 if none. Acts stand in line."""
    of = JournalEntry.objects.filter(pool=pool)
    found = of if act_seq is None else of.filter(act_seq__lte=act_seq)
    return int(found.aggregate(last=Max("id"))["last"] or 0)


def new_entry(pool: int, kind: str, *, run_id: int | None, on: date, act_seq: int, reason: str, citation: str) -> int:
    """Open an entry of the journal; its number."""
    made = JournalEntry.objects.create(
        pool=pool, run_id=run_id, kind=kind, on=on, reason=reason, citation=citation, act_seq=act_seq)  # fmt: skip
    return int(made.pk)


def post(kind: Kind, lines: pl.DataFrame, *, run: Run, on: date, act_seq: int, reason: str, citation: str) -> int:
    """Book run lines as one entry of a kind; its number."""
    entry = new_entry(run.pool, kind.name, run_id=run.pk, on=on, act_seq=act_seq, reason=reason, citation=citation)
    bulk.write(Posting, postings.post(kind, lines, entry_id=entry, pool=run.pool))
    return entry


def post_frame(entry_rows: pl.DataFrame) -> None:
    """Keep ready postings (ledger.postings.POSTINGS)."""
    bulk.write(Posting, entry_rows)


def move_money(name: str, fen: Fen, *, pool: int, run_id: int | None, on: date, act_seq: int, reason: str) -> int:
    """Book money between the office's own accounts (a key of ledger.postings.FUND_MOVES)."""
    entry = new_entry(pool, name, run_id=run_id, on=on, act_seq=act_seq, reason=reason, citation="财会〔2017〕28号")
    post_frame(postings.fund_move(name, fen, month=month_of_date(on), entry_id=entry, pool=pool))
    return entry


def booked_before(
    pool: int, name: str, reason: str, year: int, run_id: int | None, person_id: int | None = None
) -> tuple[int, Fen] | None:
    """The first entry of a kind with these very words in a year (and of a person, if named), and its fen; None if there is none."""
    of = JournalEntry.objects.filter(pool=pool, kind=name, reason=reason, run_id=run_id)
    entries = of.filter(on__gte=date(year, 1, 1), on__lte=date(year, 12, 31)).order_by("pk")
    for entry in entries.values_list("pk", flat=True):
        booked = Posting.objects.filter(entry_id=entry)
        mine = booked if person_id is None else booked.filter(person_id=person_id)
        fen = mine.aggregate(total=Sum("amount_fen"))["total"]
        if fen is not None:
            return int(entry), int(fen)
    return None


def arrived_for(run: Run) -> Fen:
    """Fen of contribution money that has arrived for a run."""
    entries = JournalEntry.objects.filter(run_id=run.pk, kind="proxy_money_arrived").values_list("pk", flat=True)
    return int(Posting.objects.filter(entry_id__in=list(entries)).aggregate(total=Sum("amount_fen"))["total"] or 0)


def pay_lines_of(run_id: int, person_ids: list[int]) -> pl.DataFrame:
    """The lines of a run that were sent to the bank, of some people."""
    lines = read_lines(run_id)
    return lines.filter((pl.col("line_class") == int(LineClass.PAY)) & pl.col("person_id").is_in(person_ids))
