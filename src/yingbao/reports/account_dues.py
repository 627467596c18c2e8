"""What the posted account runs derived as owed to and out of individual accounts, derived again."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from yingbao.engine.derive import credited_by
from yingbao.reports.evidence import Evidence
from yingbao.rules.due import READS, Due
from yingbao.rules.law import Law
from yingbao.rules.relations import STATED_BALANCE, month_number
from yingbao.store.bases import basis_of, opening_of, snapshots_of
from yingbao.values.month import BEGINNING, Month


@dataclass(frozen=True)
class AccountDue:
    """What a run derived, of the months of which it is the last to have looked at: ``after`` (not included) to ``through``.

    ``moves``: what moves accounts in those months (SPANS); ``pensions``, ``refunds``: what was owed out of them (SPANS);
    ``ended``: whose relation is over; ``left``, ``earned``, ``late``: ``person_id, fen`` of what was left, what was earned in
    payment, and what came in after the first pension. Only results are kept: the facts behind them are a county's.
    """

    moves: pl.DataFrame
    pensions: pl.DataFrame
    refunds: pl.DataFrame
    ended: pl.DataFrame
    left: pl.DataFrame
    earned: pl.DataFrame
    late: pl.DataFrame
    over_until: Month | None
    after: Month
    through: Month


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
        known, opening = evidence.moment(run.known_on, run.known_act, READS), opening_of(evidence.pool)
        law = Law(known.in_force, opening.statement_from, basis.through + 1)
        due = Due(known.facts, law, opening, snapshots_of(basis), over_until=basis.over_until)
        found.append(_kept(due, credited_by(due, evidence.lines(run), run.known_on), looked_at, basis.through))
        looked_at = basis.through
    return found


def _kept(before: Due, due: Due, after: Month, through: Month) -> AccountDue:
    """``before``, ``due``: the derivation without and with what the run itself credited."""
    inside = pl.col("from_month").is_between(after, through, closed="right")
    return AccountDue(
        pl.concat([before.filled, due.earned_and_charged]).filter(inside), due.account_pensions, due.refunds, due.ended.select("person_id"),
        due.paid_out.left.select("person_id", "fen"), due.paid_out.interest.select("person_id", "fen"), _late(due), due.over_until,
        after, through,
    )  # fmt: skip


def _late(due: Due) -> pl.DataFrame:
    """Money that came when the pension was drawn already: it pays no month of before, in which there may have been none."""
    since = due.account_pensions.group_by("person_id").agg(pl.col("from_month").min().alias("since"))
    came = due.facts.credits.filter(pl.col("item") > STATED_BALANCE).join(since, on="person_id")
    return came.filter(month_number("day") >= pl.col("since")).select("person_id", "fen")
