"""From the store through the rules to the lines of a run: the same route for drafting, approving and replaying."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yingbao.engine import derive
from yingbao.policy.tree import PolicyTree, load
from yingbao.rules import due, holds
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.store import done as books
from yingbao.store import journal, relations
from yingbao.store.bases import Basis as Basis  # noqa: PLC0414 - acts name it with the derivation
from yingbao.store.bases import opening_of, region_of, snapshots_of
from yingbao.store.books import Book
from yingbao.values.facts import FactKind


def moves_only(kind: str) -> bool:
    """Whether a kind of run moves what is recognised already, so that only what makes money wait is asked."""
    return kind == "disbursement"


def kinds_read(kind: str) -> Sequence[FactKind]:
    """The kinds of fact that a kind of run reads."""
    return holds.READS if moves_only(kind) else due.READS


def facts_of(basis: Basis) -> Facts:
    """What a run of this basis reads of people, as known then."""
    return relations.relations(basis.pool, basis.known_on, basis.known_act, kinds=kinds_read(basis.kind),
                               with_credits=not moves_only(basis.kind))  # fmt: skip


def done_of(basis: Basis, book: Book) -> pl.DataFrame:
    """What had been done when the run was drafted: without what was booked since."""
    return books.done(basis.pool, book, journal.last_entry(basis.pool, basis.known_act))


def lines_of(basis: Basis, tree: PolicyTree | None = None) -> pl.DataFrame:
    """The lines of a run on a basis, under a law (the present one of the pool, if none is given)."""
    law = tree or load(region=region_of(basis.pool))
    opening, facts, done = opening_of(basis.pool), facts_of(basis), done_of(basis, Book.RECOGNISED)
    in_force = law.in_force(basis.known_on)
    if moves_only(basis.kind):
        known = Law(in_force, opening.statement_from, basis.period + 1)
        return derive.disbursement(facts, done, done_of(basis, Book.DISBURSED), basis.known_on, known, opening)
    snapshots = snapshots_of(basis)
    if basis.kind == "payroll":
        return derive.payroll(facts, done, in_force, opening, basis.period, snapshots)
    if basis.kind == "account":
        return derive.account(facts, done, in_force, opening, basis.through, snapshots)
    return derive.proxy(facts, done, in_force, opening, snapshots)
