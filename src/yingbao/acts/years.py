"""Closing a year: a maker proposes its figures, a checker closes them. Afterwards only new differences move its months."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yingbao import derivation
from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import (
    MakerCannotClose,
    YearAlreadyClosed,
    YearNotProposed,
    YearNotReady,
)
from yingbao.acts.runs import period_text
from yingbao.acts.transitions import KIND_ZH, STATE_ZH
from yingbao.engine import lines as run_lines
from yingbao.engine.derive import totals
from yingbao.store import audit, journal
from yingbao.store.bases import opening_of, snapshots_of
from yingbao.store.models import AuditEvent, ClosedYear, Run
from yingbao.store.models.run import OPEN_STATES
from yingbao.values.money import yuan
from yingbao.values.month import month_of, year_of

# The runs that book a year.
_BOOKING = ("payroll", "proxy", "account")


def figures_hash(figures: Mapping[str, Any]) -> str:
    """What two officers agree on: the sha256 of the figures."""
    return hashlib.sha256(audit.canonical(dict(figures)).encode()).hexdigest()


@act("year.propose", needs=Role.MAKER)
def propose(act: Act, year: int, *, figures: Mapping[str, Any], failed: Sequence[str]) -> str:
    """Propose to close a year with these figures (reports.year_end) and these failed checks (must be none); their hash.

    The same figures proposed again by the same officer: no effect. Raises YearNotReady with every reason at once,
    YearAlreadyClosed.
    """
    _refuse(act, year, figures, failed)
    agreed = figures_hash(figures)
    if _last_proposal(act.pool, year) == (act.by.pk, agreed):
        act.nothing_done()
        return agreed
    act.about(f"year {year}", figures_hash=agreed, through_entry=figures["through_entry"])
    return agreed


@act("year.close", needs=Role.CHECKER)
def close(act: Act, year: int, *, figures: Mapping[str, Any], failed: Sequence[str]) -> ClosedYear:
    """Close a year as it was proposed. From here nothing is dated into it; its months move by differences booked later.

    Raises YearNotReady, YearAlreadyClosed, YearNotProposed, MakerCannotClose.
    """
    _refuse(act, year, figures, failed)
    agreed = figures_hash(figures)
    maker = _proposer(act.pool, year, agreed)
    if maker == act.by.pk:
        raise MakerCannotClose(officer=act.by.name, year=year)
    closed = ClosedYear.objects.create(
        pool=act.pool, year=year, on=act.on, figures=dict(figures), figures_hash=agreed, maker_id=maker,
        checker_id=act.by.pk, act_seq=act.seq,
    )  # fmt: skip
    act.about(f"year {year}", figures_hash=agreed, maker=maker)
    return closed


def _proposer(pool: int, year: int, agreed: str) -> int:
    """Who proposed these very figures last. Raises YearNotProposed."""
    last = _last_proposal(pool, year)
    if last is None:
        raise YearNotProposed(year=year, why="还没有提请")
    maker, proposed = last
    if proposed != agreed:
        raise YearNotProposed(year=year, why="提请以后账目或事实有变动")
    return maker


def _last_proposal(pool: int, year: int) -> tuple[int, str] | None:
    """Who proposed last to close a year, and the hash of the figures; None if nobody has."""
    last = AuditEvent.objects.filter(pool=pool, verb="year.propose", subject=f"year {year}").order_by("-seq").first()
    return None if last is None else (int(last.officer_id), str(json.loads(last.summary)["figures_hash"]))


def _refuse(act: Act, year: int, figures: Mapping[str, Any], failed: Sequence[str]) -> None:
    closed = ClosedYear.objects.filter(pool=act.pool, year=year).first()
    if closed is not None:
        raise YearAlreadyClosed(year=year, on=closed.on.isoformat())
    reasons = _not_yet(act, year) or [
        *_open_runs(act.pool, year), *_unanswered(act.pool, year), *_not_booked(act, year),
        *(f"核对不成立：{one}" for one in failed),
    ]  # fmt: skip
    if not reasons and figures["through_entry"] != journal.last_entry(act.pool):
        reasons = ["数字是旧的，其后又有记账，请重新生成"]
    if reasons:
        raise YearNotReady(year=year, reasons="；".join(reasons))


def _not_yet(act: Act, year: int) -> list[str]:
    """Years are closed in order, each after its end."""
    first = year_of(opening_of(act.pool).opening_month)
    if act.on.year <= year or year < first:
        return [f"应在次年办理，且不早于建账的 {first} 年"]
    before = set(ClosedYear.objects.filter(pool=act.pool).values_list("year", flat=True))
    return [f"{one} 年度尚未关闭" for one in range(first, year) if one not in before]


def _open_runs(pool: int, year: int) -> list[str]:
    standing = Run.objects.filter(pool=pool, state__in=OPEN_STATES, period__lte=month_of(year, 12)).order_by("pk")
    return [f"批次 {one.pk}（{KIND_ZH[one.kind]} {period_text(one.kind, one.period)}）{STATE_ZH[one.state]}、未办结" for one in standing]


def _unanswered(pool: int, year: int) -> list[str]:
    """Payments of the year that were never sent, or that the bank has not answered whole."""
    waiting = Run.objects.filter(pool=pool, kind="disbursement", state__in=("posted", "instructed"), on__lte=date(year, 12, 31))
    return [f"支付批次 {one.pk} {'尚未报盘' if one.state == 'posted' else '银行尚未全部答复'}" for one in waiting.order_by("pk")]


def _not_booked(act: Act, year: int) -> list[str]:
    """What is owed through the year and not in the books, kind by kind: the runs that have not been made."""
    found = []
    for kind in _BOOKING:
        basis = derivation.Basis(act.pool, kind, month_of(year, 12 if kind == "payroll" else 1), act.on, act.seq)
        if kind == "proxy" and not snapshots_of(basis):
            continue
        figures = totals(run_lines.until(derivation.lines_of(basis), month_of(year, 12) + 1))
        if figures["lines"]:
            found.append(f"{KIND_ZH[kind]}有 {figures['persons']} 人、{yuan(figures['total_fen'])} 元的差额没有记账")
    return found
