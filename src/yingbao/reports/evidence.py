"""What the checks read, each table once and in columns, however large the county."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.db.models import Count
from django.db.models import Model as DjangoModel

from yingbao.engine import lines as run_lines
from yingbao.policy.in_force import InForce
from yingbao.reports.moment import ALL_TOLD, Moment, moment_of
from yingbao.reports.reading import read
from yingbao.rules.relations import FACTS, PERSONS, Facts
from yingbao.store import journal, relations, tables
from yingbao.store.models import AuditEvent, Fact, FactChange, JournalEntry, Posting, Run
from yingbao.values.facts import FactKind

BOOKED = ("posted", "instructed", "settled")
_POSTING = ("entry_id", "person_id", "item", "from_month", "until_month", "monthly_fen", "amount_fen", "debit", "credit")


@dataclass(frozen=True)
class Event:
    """An audit event with its summary opened."""

    seq: int
    verb: str
    subject: str
    officer_id: int
    summary: dict[str, Any]

    def number(self, word: str) -> int | None:
        """``file 3`` with the word ``file`` is 3."""
        head, _, tail = self.subject.partition(" ")
        return int(tail) if head == word and tail.isdigit() else None


@dataclass
class Evidence:
    """A pool on a day. Frames are read when first asked for."""

    pool: int
    day: date
    derived: dict[str, Any] = field(default_factory=dict)  # what more than one check derives from it
    laws: list[InForce] = field(default_factory=list)  # every law that was asked: each remembers what was read of it
    _slices: dict[int, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def events(self) -> list[Event]:
        """The audit chain, in order."""
        kept = AuditEvent.objects.filter(pool=self.pool).order_by("seq")
        return [
            Event(seq, verb, subject, officer, opened(summary))
            for seq, verb, subject, officer, summary in kept.values_list("seq", "verb", "subject", "officer_id", "summary")
        ]

    @cached_property
    def entries(self) -> dict[int, JournalEntry]:
        """Journal entries by number."""
        return {one.pk: one for one in JournalEntry.objects.filter(pool=self.pool).order_by("pk")}

    @cached_property
    def runs(self) -> list[Run]:
        """All runs, in order."""
        return list(Run.objects.filter(pool=self.pool).order_by("pk"))

    @cached_property
    def booked_runs(self) -> list[Run]:
        """The runs that have been posted."""
        return [one for one in self.runs if one.state in BOOKED]

    def newest(self, kind: str) -> Run | None:
        """The last drafted of the posted runs of a kind."""
        return max((one for one in self.booked_runs if one.kind == kind), key=lambda run: run.known_act, default=None)

    @cached_property
    def postings(self) -> pl.DataFrame:
        """All postings with their entry's ``kind``, in the order of the key."""
        found = read(Posting.objects.filter(pool=self.pool).values_list(*_POSTING))
        kinds = {number: one.kind for number, one in self.entries.items()}
        kind = pl.col("entry_id").replace_strict(kinds, default="", return_dtype=pl.String).cast(pl.Categorical)
        # Six digits of an account and the number of an entry fit into half the width; the frame is the largest of all.
        narrow = found.with_columns(pl.col("entry_id", "debit", "credit").cast(pl.Int32), kind.alias("kind"))
        del found
        return narrow.sort("entry_id", "person_id", "item", "from_month")

    @cached_property
    def told(self) -> pl.DataFrame:
        """Every fact ever told: FACT_COLUMNS of the store's tables and ``act_seq``."""
        names = ("id", *(name for name in tables.FACT_COLUMNS if name != "fact_id"), "act_seq")
        return read(Fact.objects.filter(pool=self.pool).values_list(*names)).rename({"id": "fact_id"})

    @cached_property
    def changes(self) -> pl.DataFrame:
        """Every ending and withdrawal ever told."""
        names = ("id", "fact_id", "change", "holds_until", "told_at", "act_seq")
        return read(FactChange.objects.filter(pool=self.pool).values_list(*names))

    def facts(
        self,
        known_on: date | None = None,
        known_act: int | None = None,
        kinds: Iterable[FactKind] | None = None,
        people: pl.DataFrame | None = None,
    ) -> Facts:
        """The relations as known, from what is read already: the same as ``store.relations`` reads afresh.

        ``kinds``, ``people`` (``person_id``): only these, where no others are asked for; a county's copies are large.
        """
        of_kind = pl.lit(value=True) if kinds is None else pl.col("kind").is_in([int(one) for one in kinds])
        told = pl.lit(value=True)
        if known_on is not None:
            told &= pl.col("told_at") <= known_on
        if known_act is not None:
            told &= pl.col("act_seq") <= known_act
        mine = self.told if people is None else self.told.join(people, on="person_id", how="semi")
        facts = tables.apply_changes(mine.filter(told & of_kind), self.changes.filter(told))
        persons = tables.persons_of(facts, known_on or ALL_TOLD)
        return Facts(
            persons.select(pl.col(name).cast(kind) for name, kind in PERSONS.items()),
            facts.select(pl.col(name).cast(kind) for name, kind in FACTS.items()),
            self.credits(known_on, known_act, people),
        )

    @cached_property
    def now(self) -> Facts:
        """Everything told and booked so far."""
        return self.facts()

    def credits(
        self, known_on: date | None = None, known_act: int | None = None, people: pl.DataFrame | None = None
    ) -> pl.DataFrame:
        """What came into individual accounts by then (CREDITS)."""
        of = {number: (one.kind, one.on) for number, one in self.entries.items() if one.kind in relations.CREDITING
              and one.on <= (known_on or ALL_TOLD) and (known_act is None or one.act_seq <= known_act)}  # fmt: skip
        booked = self.of_entries(of)
        return relations.credits_from(booked if people is None else booked.join(people, on="person_id", how="semi"), of)

    def let_go(self, *names: str) -> None:
        """Forget frames that are not asked for any more, for they are large; asked all the same, they are read again."""
        for name in names:
            self.__dict__.pop(name, None)

    def moment(
        self, known_on: date | None = None, known_act: int | None = None, kinds: Iterable[FactKind] | None = None
    ) -> Moment:
        """A moment of this pool, without reading again; ``kinds`` as of :meth:`facts`."""
        facts = self.now if known_on is None and known_act is None else self.facts(known_on, known_act, kinds)
        known = moment_of(self.pool, facts, known_on, known_act)
        self.laws.append(known.in_force)
        return known

    def rests_on(self) -> list[str]:
        """The parameters read so far that have no public document, sorted."""
        return sorted({name for law in self.laws for name in law.illustrative()})

    @cached_property
    def by_entry(self) -> dict[int, tuple[int, int]]:
        """Rows and fen of each entry that has postings."""
        found = self.postings.group_by("entry_id").agg(pl.len(), pl.col("amount_fen").sum())
        return {entry: (rows, fen) for entry, rows, fen in found.iter_rows()}

    def of_entries(self, numbers: Iterable[int]) -> pl.DataFrame:
        """The postings of some entries, in the order of the key."""
        if not self._slices:
            places = self.postings.with_row_index("_place").group_by("entry_id").agg(pl.col("_place").min(), pl.len())
            self._slices.update({entry: (start, size) for entry, start, size in places.iter_rows()})
        parts = [self.postings.slice(*self._slices[one]) for one in numbers if one in self._slices]
        return pl.concat(parts) if parts else self.postings.clear()

    def entries_of(self, run: Run, *kinds: str) -> list[int]:
        """The entries of a run, of some kinds."""
        return [number for number, one in self.entries.items() if one.run_id == run.pk and one.kind in kinds]

    def lines(self, run: Run) -> pl.DataFrame:
        """The lines of a run (ledger.run_lines.LINES), read afresh: they are large."""
        return journal.read_lines(run.pk)

    @staticmethod
    def content_hash(lines: pl.DataFrame) -> str:
        """The fingerprint of lines, computed again."""
        return run_lines.content_hash(lines)

    def counts(self, model: type[DjangoModel], *by: str) -> dict[Any, int]:
        """Rows of a table of this pool by one or more columns, counted by the database."""
        grouped = model._default_manager.filter(pool=self.pool).order_by().values_list(*by).annotate(rows=Count("*"))  # noqa: SLF001
        return {(key[0] if len(key) == 1 else tuple(key)): rows for *key, rows in grouped}


def opened(summary: str) -> dict[str, Any]:
    """An event's summary, opened; nothing where a byte of it is flipped."""
    try:
        found = json.loads(summary)
    except ValueError:  # a flipped byte: the chain check names it
        return {}
    return found if isinstance(found, dict) else {}
