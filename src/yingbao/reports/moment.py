"""What is known at a moment: facts, law and opening of a pool, read once for a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yingbao.policy.in_force import InForce
from yingbao.policy.tree import PolicyTree, load
from yingbao.rules.benefits import Opening
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.store import relations
from yingbao.store.bases import opening_of, region_of
from yingbao.store.errors import NotOpened
from yingbao.values.facts import FactKind
from yingbao.values.month import Month, month_of

# Later than anything told: everything the office knows.
ALL_TOLD = date(9999, 12, 30)


@dataclass(frozen=True)
class Moment:
    """A pool as known: ``known_on`` None is everything told so far, ``known_act`` the last act counted."""

    pool: int
    known_on: date | None
    known_act: int | None
    tree: PolicyTree
    in_force: InForce
    opening: Opening | None
    facts: Facts

    def law(self, until: Month) -> Law:
        """The law from the statement's first month (else January of the last year) to ``until``, not included."""
        since = self.opening.statement_from if self.opening else month_of((until - 1) // 12, 1)
        return Law(self.in_force, min(since, until - 1), until)

    def basis(self) -> dict[str, object]:
        """What a figure of this moment rests on, for every output."""
        return {
            "pool": self.pool,
            "known_on": None if self.known_on is None else self.known_on.isoformat(),
            "known_act": self.known_act,
            "policy_version": self.tree.version,
            "region": self.tree.region.id,
            "rests_on_illustrative": list(self.in_force.illustrative()),
        }


def moment(
    pool: int, known_on: date | None = None, known_act: int | None = None, person_ids: Sequence[int] | None = None,
    kinds: Iterable[FactKind] | None = None,
) -> Moment:  # fmt: skip
    """Read a moment, for everybody or for a few people. Raises UnknownPool.

    ``kinds``: only these facts, and where that is none no credits either.
    """
    read = None if kinds is None else tuple(kinds)
    facts = relations.relations(pool, known_on or ALL_TOLD, known_act, person_ids=person_ids, kinds=read, with_credits=read != ())
    return moment_of(pool, facts, known_on, known_act)


def moment_of(pool: int, facts: Facts, known_on: date | None = None, known_act: int | None = None) -> Moment:
    """A moment of facts that are read already. Raises UnknownPool."""
    tree = load(region=region_of(pool))
    return Moment(pool, known_on, known_act, tree, tree.in_force(known_on), _opening(pool), facts)


def _opening(pool: int) -> Opening | None:
    try:
        return opening_of(pool)
    except NotOpened:
        return None
