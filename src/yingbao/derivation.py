"""From the store through the rules to the lines of a run: the same route for drafting, approving and replaying."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yingbao.engine import derive
from yingbao.policy.tree import PolicyTree, load
from yingbao.rules import application, due, holds
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.store import done as books
from yingbao.store import journal, recoveries, relations
from yingbao.store.bases import Basis as Basis  # noqa: PLC0414 - acts name it with the derivation
from yingbao.store.bases import opening_of, region_of, snapshots_of
from yingbao.store.books import Book
from yingbao.values.facts import FactKind


def moves_only(kind: str) -> bool:
    """Whether a kind of run moves what is recognised already, so that only what makes money wait is asked."""
    return kind in KINDS_MOVED


KINDS_MOVED = {
    "disbursement": (*holds.READS, FactKind.RECOVERY_PLAN),
    "write_off": (FactKind.WRITE_OFF,),
}


def kinds_read(kind: str, law: Law) -> Sequence[FactKind]:
    """The kinds of fact that a kind of run reads.

    Where pensions must be applied for, a payment asks by which route each was granted, and so for everything.
    """
    if not moves_only(kind):
        return due.READS
    of_kind = KINDS_MOVED[kind]
    return tuple(dict.fromkeys((*of_kind, *due.READS))) if kind == "disbursement" and application.is_needed(law) else of_kind


def facts_of(basis: Basis, tree: PolicyTree | None = None) -> Facts:
    """What a run of this basis reads of people, as known then."""
    return _facts(basis, law_of(basis, tree))


def _facts(basis: Basis, law: Law) -> Facts:
    kinds = kinds_read(basis.kind, law)
    return relations.relations(basis.pool, basis.known_on, basis.known_act, kinds=kinds,
                               with_credits=kinds != KINDS_MOVED.get(basis.kind))  # fmt: skip


def law_of(basis: Basis, tree: PolicyTree | None = None) -> Law:
    """The law of a run through its period, as known then (the present one of the pool, if none is given)."""
    known = tree or load(region=region_of(basis.pool))
    return Law(known.in_force(basis.known_on), opening_of(basis.pool).statement_from, basis.period + 1)


def done_of(basis: Basis, book: Book, items: Sequence[int] | None = None) -> pl.DataFrame:
    """What had been done when the run was drafted (of some items): without what was booked since."""
    return books.done(basis.pool, book, journal.last_entry(basis.pool, basis.known_act), items=items)


def receivable_of(basis: Basis) -> pl.DataFrame:
    """What moved the receivable before the run was drafted: ``recovery.MOVES``."""
    return recoveries.receivable_moves(basis.pool, journal.last_entry(basis.pool, basis.known_act)).drop("entry_id")


def lines_of(basis: Basis, tree: PolicyTree | None = None) -> pl.DataFrame:
    """The lines of a run on a basis, under a law (the present one of the pool, if none is given)."""
    return _lines(basis, law_of(basis, tree))


def lines_and_names(basis: Basis, tree: PolicyTree) -> tuple[pl.DataFrame, list[str]]:
    """The lines of a run, and which of the parameters read for them have no public document."""
    law = law_of(basis, tree)
    return _lines(basis, law), law.in_force.illustrative()


def _lines(basis: Basis, law: Law) -> pl.DataFrame:
    opening, facts, in_force = opening_of(basis.pool), _facts(basis, law), law.in_force
    if basis.kind == "write_off":
        return derive.write_off(facts, receivable_of(basis))
    items = derive.BOOKED_BY["payroll" if basis.kind == "disbursement" else basis.kind]
    done = done_of(basis, Book.RECOGNISED, items)
    if basis.kind == "disbursement":
        sent = done_of(basis, Book.DISBURSED, items)
        return derive.disbursement(facts, done, sent, basis.known_on, law, opening, receivable_of(basis))
    snapshots = snapshots_of(basis)
    if basis.kind == "payroll":
        return derive.payroll(facts, done, in_force, opening, basis.period, snapshots)
    if basis.kind == "account":
        return derive.account(facts, done, in_force, opening, basis.through, basis.over_until, basis.known_on, snapshots)
    return derive.proxy(facts, done, in_force, opening, snapshots)
