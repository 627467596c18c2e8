"""Done as steps: a compact base, and the postings after it.

The journal is the truth. DoneGeneration and DoneStep are a picture of it up to an entry, so that eight
years need not be read to know what has been done; ``done = base + postings after it``, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.db.models import Max

from yingbao.store import bulk, tables
from yingbao.store.books import RULES, Book, BookRule
from yingbao.store.models import DoneGeneration, DoneStep, JournalEntry, Posting
from yingbao.values.steps import add_steps, to_steps

KEYS = ("person_id", "item")
STEPS = {"person_id": pl.Int64, "item": pl.Int16, "month": pl.Int32, "monthly_fen": pl.Int64}
_POSTING = ("entry_id", "person_id", "item", "from_month", "until_month", "monthly_fen", "debit", "credit")


def done(
    pool: int, book: Book, through_entry: int | None = None, person_ids: Sequence[int] | None = None,
    items: Sequence[int] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """What has been done, as steps: ``person_id, item i16, month i32, monthly_fen``, summed and sorted.

    ``through_entry``: as of that journal entry (included); default: all that is there. ``items``: only of these, the others
    are not even read.
    """
    base, steps = _base(pool, book, through_entry, person_ids, items)
    return _sum([steps, steps_of(_tail(pool, book, base, through_entry, person_ids, items), book)])


def done_from_journal(pool: int, book: Book, through_entry: int | None = None) -> pl.DataFrame:
    """As :func:`done`, from the postings alone: what ``yingbao check`` compares with."""
    return _sum([steps_of(_tail(pool, book, 0, through_entry), book)])


def _sum(parts: list[pl.DataFrame]) -> pl.DataFrame:
    filled = [part for part in parts if part.height]
    return add_steps(filled, KEYS, "monthly_fen") if filled else pl.DataFrame(schema=STEPS)


def _base(
    pool: int, book: Book, through_entry: int | None, person_ids: Sequence[int] | None, items: Sequence[int] | None
) -> tuple[int, pl.DataFrame]:
    generations = DoneGeneration.objects.filter(pool=pool)
    if through_entry is not None:
        generations = generations.filter(through_entry__lte=through_entry)
    newest = generations.order_by("-through_entry", "-id").first()
    if newest is None:
        return 0, pl.DataFrame(schema=STEPS)
    steps = _of_items(DoneStep.objects.filter(generation_id=newest.id, book=int(book)), items)
    return newest.through_entry, tables.read(steps.values_list(*STEPS), person_ids)


def _of_items(rows: Any, items: Sequence[int] | None) -> Any:
    return rows if items is None else rows.filter(item__in=[int(item) for item in items])


def entries(pool: int, *, after_entry: int = 0, through_entry: int | None = None) -> pl.DataFrame:
    """Journal entries of a pool: ``entry_id, run_id, kind, on, reason, citation, act_seq``, in order."""
    query = JournalEntry.objects.filter(pool=pool, id__gt=after_entry)
    if through_entry is not None:
        query = query.filter(id__lte=through_entry)
    columns = ("id", "run_id", "kind", "on", "reason", "citation", "act_seq")
    return bulk.read_here(query.order_by("id").values_list(*columns)).rename({"id": "entry_id"})


def postings(
    pool: int,
    *,
    after_entry: int = 0,
    through_entry: int | None = None,
    entry_ids: Sequence[int] | None = None,
    person_ids: Sequence[int] | None = None,
) -> pl.DataFrame:
    """Postings with their entry's kind, in the order of the key.

    Columns ``entry_id, person_id, item, from_month, until_month, monthly_fen, debit, credit, amount_fen,
    kind``. Some entries, or the entries after one up to another.
    """
    of = entries(pool, after_entry=after_entry, through_entry=through_entry).select("entry_id", "kind")
    if entry_ids is not None:
        of = of.filter(pl.col("entry_id").is_in(list(entry_ids)))
    return _read(pool, of, (*_POSTING, "amount_fen"), person_ids).sort("entry_id", "person_id", "item", "from_month")


def _tail(
    pool: int, book: Book, after_entry: int, through_entry: int | None, person_ids: Sequence[int] | None = None,
    items: Sequence[int] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Only the entries that move the book, and no more columns than steps_of needs: it is most of the cost."""
    kinds = [kind for rule in RULES if rule.book == book for kind in rule.kinds]
    of = entries(pool, after_entry=after_entry, through_entry=through_entry).select("entry_id", "kind")
    return _read(pool, of.filter(pl.col("kind").is_in(kinds)), _POSTING, person_ids, items)


def _read(
    pool: int, of: pl.DataFrame, columns: Sequence[str], person_ids: Sequence[int] | None, items: Sequence[int] | None = None
) -> pl.DataFrame:
    """The postings of the entries ``of`` (``entry_id, kind``), with their kind."""
    # Naming the entries lets either database go to each by the front of the key, also for one person.
    query = _of_items(Posting.objects.filter(pool=pool, entry_id__in=of["entry_id"].to_list()), items)
    found = tables.read(query.values_list(*columns), person_ids)
    return found.join(of, on="entry_id", how="left")


def steps_of(moved: pl.DataFrame, book: Book) -> pl.DataFrame:
    """Postings (with ``kind``) as steps of a book, not yet summed."""
    spans = [_spans(moved, rule, sign) for rule in RULES if rule.book == book for sign in (1, -1)]
    return to_steps(pl.concat(spans), KEYS, "monthly_fen")


def _spans(moved: pl.DataFrame, rule: BookRule, sign: int) -> pl.DataFrame:
    other = "credit" if rule.rises_on == "debit" else "debit"
    side = pl.col(rule.rises_on if sign > 0 else other)
    on_side = side == rule.accounts[0] if len(rule.accounts) == 1 else side.is_in(rule.accounts)
    # Lazily, so that of a whole journal only these columns are copied.
    chosen = moved.lazy().filter(on_side & pl.col("kind").is_in(rule.kinds))
    return chosen.select(*KEYS, "from_month", "until_month", pl.col("monthly_fen") * sign).collect()


def true_picture(pool: int) -> int | None:
    """The rows of the compact picture, if it reaches the last entry and is what the whole journal says; else None."""
    newest = DoneGeneration.objects.filter(pool=pool).order_by("-through_entry", "-id").first()
    if newest is None or newest.through_entry != _last_entry(pool):
        return None
    if any(not done(pool, book).equals(done_from_journal(pool, book)) for book in Book):
        return None
    return DoneStep.objects.filter(generation_id=newest.id).count()


def _last_entry(pool: int) -> int:
    return JournalEntry.objects.filter(pool=pool).aggregate(last=Max("id"))["last"] or 0


def rebuild_done(pool: int, through_entry: int | None = None, *, from_journal: bool = False) -> int:
    """Take a new compact picture up to ``through_entry`` (default: the last) and drop older ones; its rows.

    In the present transaction, of committed postings. ``from_journal`` reads the whole journal instead of
    the base and what came after: slower, and free of whatever may be wrong in the base.
    """
    last = _last_entry(pool) if through_entry is None else through_entry
    pictures = {book: (done_from_journal if from_journal else done)(pool, book, last) for book in Book}
    generation = DoneGeneration.objects.create(pool=pool, through_entry=last)
    columns = {"generation_id": pl.lit(generation.id, pl.Int64)}
    written = 0
    for book, steps in pictures.items():
        written += bulk.write(DoneStep, steps.with_columns(book=pl.lit(int(book), pl.Int16), **columns))
    older = list(DoneGeneration.objects.filter(pool=pool, id__lt=generation.id).values_list("id", flat=True))
    DoneStep.objects.filter(generation_id__in=older).delete()
    DoneGeneration.objects.filter(id__in=older).delete()
    return written
