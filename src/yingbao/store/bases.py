"""What a derivation stands on, read from the store: the same for drafting, approving, checking and explaining."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from yingbao.policy.regions import load_regions
from yingbao.policy.tree import policy_root
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.store.errors import NoRegion, NotOpened, UnknownPool
from yingbao.store.models import AuditEvent, JournalEntry, OpeningTotal, Pool, Run
from yingbao.values.month import Month, month_of_date, year_of


@dataclass(frozen=True)
class Basis:
    """What a derivation stands on: enough to do it again as it was."""

    pool: int
    kind: str
    period: Month
    known_on: date
    known_act: int
    snapshot_on: date | None = None

    @property
    def through(self) -> Month:
        """The last month an account run looks at: that of its day, within the year it is of."""
        return min(self.period + 11, month_of_date(self.known_on))

    @property
    def over_until(self) -> Month:
        """The first month that is not over on its day: a month is over on its last day."""
        return month_of_date(self.known_on + timedelta(days=1))


def basis_of(run: Run) -> Basis:
    """What a run was drafted on."""
    return Basis(run.pool, run.kind, run.period, run.known_on, run.known_act, run.snapshot_on)


@cache
def _regions() -> dict[int, str]:
    return {region.pool: name for name, region in load_regions(policy_root()).items()}


def refuse_unheard_of(pool: int) -> None:
    """Raise UnknownPool where nothing was ever kept of a pool: nothing is wrong with its books, it has none."""
    if not (Pool.objects.filter(pk=pool).exists() or AuditEvent.objects.filter(pool=pool).exists()):
        raise UnknownPool(pool=pool)


def region_of(pool: int) -> str:
    """The region whose law a pool lives under. Raises NoRegion."""
    if pool not in _regions():
        raise NoRegion(pool=pool, known=" ".join(str(one) for one in sorted(_regions())))
    return _regions()[pool]


def opening_of(pool: int) -> Opening:
    """When the pool's books began. Raises NotOpened."""
    names = ("opening_month", "statement_from")
    kept = {one.name: one.value for one in OpeningTotal.objects.filter(pool=pool, name__in=names)}
    if missing := sorted(set(names) - set(kept)):
        why = "还没有期初（yingbao opening load 或 yingbao pool open）"
        raise NotOpened(pool=pool, why=why if len(missing) == len(names) else f"期初控制数缺少 {missing[0]}")
    return Opening(int(kept["opening_month"]), int(kept["statement_from"]))


def snapshots_of(basis: Basis) -> list[Snapshot]:
    """The snapshot days of all posted contribution runs known by then, and of this one."""
    # Posted by then: a run that was only drafted then must not count when that day is derived again.
    entries = JournalEntry.objects.filter(pool=basis.pool, kind="contribute", act_seq__lte=basis.known_act)
    posted = Run.objects.filter(pk__in=list(entries.values_list("run_id", flat=True)))
    days = {Snapshot(year_of(run.period), run.snapshot_on) for run in posted if run.snapshot_on}
    if basis.kind == "proxy" and basis.snapshot_on is not None:
        days.add(Snapshot(year_of(basis.period), basis.snapshot_on))
    return sorted(days)
