"""From the store through the rules to the lines of a run: the same route for drafting and approving."""

from __future__ import annotations

from typing import Any

from yingbao.engine import derive
from yingbao.policy.tree import load
from yingbao.rules import due, holds
from yingbao.store import done as books
from yingbao.store import relations
from yingbao.store.bases import Basis as Basis  # noqa: PLC0414 - acts name it with the derivation
from yingbao.store.bases import opening_of, region_of, snapshots_of
from yingbao.store.books import Book


def lines_of(basis: Basis) -> tuple[Any, str, str]:
    """The lines of a run on a basis, the version of the policy and its region."""
    region = region_of(basis.pool)
    tree = load(region=region)
    opening = opening_of(basis.pool)
    moves = basis.kind == "disbursement"  # money that is recognised already: only what makes it wait is asked
    facts = relations.relations(basis.pool, basis.known_on, basis.known_act, kinds=holds.READS if moves else due.READS,
                                with_credits=not moves)  # fmt: skip
    done = books.done(basis.pool, Book.RECOGNISED)
    if moves:
        found = derive.disbursement(facts, done, books.done(basis.pool, Book.DISBURSED), basis.known_on)
        return found, tree.version, region
    in_force = tree.in_force(basis.known_on)
    snapshots = snapshots_of(basis)
    if basis.kind == "payroll":
        return derive.payroll(facts, done, in_force, opening, basis.period, snapshots), tree.version, region
    if basis.kind == "account":
        return derive.account(facts, done, in_force, opening, basis.through, snapshots), tree.version, region
    return derive.proxy(facts, done, in_force, opening, snapshots), tree.version, region
