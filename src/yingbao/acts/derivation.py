"""From the store through the rules to the lines of a run: the same route for drafting and approving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yingbao.acts.errors import NotOpened, UnknownPool
from yingbao.engine import derive
from yingbao.policy.regions import load_regions
from yingbao.policy.tree import load, policy_root
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.store import books, tables
from yingbao.store.models import OpeningTotal, Run
from yingbao.values.month import Month, year_of


@dataclass(frozen=True)
class Basis:
    """What a derivation stands on: enough to do it again as it was."""

    pool: int
    kind: str
    period: Month
    known_on: date
    known_act: int
    snapshot_on: date | None = None


def region_of(pool: int) -> str:
    """The region whose law a pool lives under. Raises UnknownPool."""
    for name, region in load_regions(policy_root()).items():
        if region.pool == pool:
            return name
    raise UnknownPool(pool=pool)


def opening_of(pool: int) -> Opening:
    """When the pool's books began. Raises NotOpened."""
    kept = {one.name: one.value for one in OpeningTotal.objects.filter(pool=pool, name__in=["opening_month", "statement_from"])}
    if "opening_month" not in kept:
        raise NotOpened(pool=pool, why="还没有期初（yingbao opening load 或 yingbao pool found --opening）")
    return Opening(int(kept["opening_month"]), int(kept["statement_from"]))


def snapshots_of(basis: Basis) -> list[Snapshot]:
    """The snapshot days of all posted contribution runs known by then, and of this one."""
    posted = Run.objects.filter(pool=basis.pool, kind="proxy", state="posted", act_seq__lte=basis.known_act)
    days = {Snapshot(year_of(run.period), run.snapshot_on) for run in posted if run.snapshot_on}
    if basis.snapshot_on is not None:
        days.add(Snapshot(year_of(basis.period), basis.snapshot_on))
    return sorted(days)


def lines_of(basis: Basis) -> tuple[Any, str, str]:
    """The lines of a run on a basis, the version of the policy and its region."""
    region = region_of(basis.pool)
    tree = load(region=region)
    opening = opening_of(basis.pool)
    facts = tables.relations(basis.pool, basis.known_on, basis.known_act)
    done = tables.done(basis.pool, books.RECOGNISED)
    if basis.kind == "disbursement":
        found = derive.disbursement(facts, done, tables.done(basis.pool, books.DISBURSED), basis.known_on)
        return found, tree.version, region
    in_force = tree.in_force(basis.known_on)
    if basis.kind == "payroll":
        return derive.payroll(facts, done, in_force, opening, basis.period), tree.version, region
    return derive.proxy(facts, done, in_force, opening, snapshots_of(basis)), tree.version, region
