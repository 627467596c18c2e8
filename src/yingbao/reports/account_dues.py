"""What the posted account runs derived as owed to and out of individual accounts, derived again."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from yingbao.reports.evidence import Evidence
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.store.bases import basis_of, opening_of, snapshots_of
from yingbao.values.month import BEGINNING, Month


@dataclass(frozen=True)
class AccountDue:
    """The derivation of a run, and the months of which it is the last to have looked at: ``after`` (not included) to ``through``."""

    due: Due
    after: Month
    through: Month

    def moves(self) -> pl.DataFrame:
        """What moves accounts in those months: SPANS."""
        return self.due.account_moves.filter(pl.col("from_month").is_between(self.after, self.through, closed="right"))


def account_dues(evidence: Evidence) -> list[AccountDue]:
    """Each year by the last posted run that looked at it, the newest run first. Derived once for an evidence."""
    kept: list[AccountDue] | None = evidence.derived.get("account_dues")
    if kept is None:
        kept = evidence.derived["account_dues"] = _derive(evidence)
    return kept


def _derive(evidence: Evidence) -> list[AccountDue]:
    found, looked_at = [], BEGINNING
    for run in sorted((one for one in evidence.booked_runs if one.kind == "account"), key=lambda one: -one.known_act):
        basis = basis_of(run)
        if basis.through <= looked_at:
            continue
        known, opening = evidence.moment(run.known_on, run.known_act), opening_of(evidence.pool)
        law = Law(known.in_force, opening.statement_from, basis.through + 1)
        found.append(AccountDue(Due(known.facts, law, opening, snapshots_of(basis), over_until=basis.over_until), looked_at, basis.through))
        looked_at = basis.through
    return found
