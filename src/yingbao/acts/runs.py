"""Runs: draft, submit, approve, post, void. A run is the frozen difference between due and done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from yingbao import derivation
from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import (
    InputsMoved,
    LaterMonthBooked,
    LinesChanged,
    MakerCannotApprove,
    MoneyNotArrived,
    RunAlreadyOpen,
    UnknownRun,
)
from yingbao.acts.transitions import KIND_ZH, STATE_ZH, move, next_state
from yingbao.engine import lines as run_lines
from yingbao.engine.derive import of_class, totals
from yingbao.ledger import postings
from yingbao.ledger.run_lines import LineClass
from yingbao.policy.tree import load
from yingbao.store import footing, journal, policies
from yingbao.store.bases import region_of
from yingbao.store.models import Run
from yingbao.store.models.run import OPEN_STATES
from yingbao.values.money import yuan
from yingbao.values.month import Month, month_of, month_of_date, show_month

# What the entry of a run stands on: a passage of ``policy/sources``.
CITATION = {
    "proxy": "bulletin-2018 入口-1",
    "payroll": "guofa-2014-8 待遇",
    "disbursement": "guofa-2014-8 领取时间",
    "account": "guofa-2014-8 个人账户",
    "write_off": "project-choices 抵扣次序-1",
}


@dataclass(frozen=True)
class Drafted:
    """A new run, or none where nothing differs. ``figures``: lines, persons and fen by class.

    ``rests_on``: the parameters read for it that have no public document.
    """

    run: Run | None
    figures: dict[str, int]
    rests_on: list[str] = field(default_factory=list)


def find(pool: int, run_id: int) -> Run:
    """A run of a pool. Inside an act it does not move: acts of a pool stand in line. Raises UnknownRun."""
    found = Run.objects.filter(pool=pool, pk=run_id).first()
    if found is None:
        raise UnknownRun(run=run_id, pool=pool)
    return found


BY_YEAR = ("proxy", "account")


def period_text(kind: str, period: Month) -> str:
    """``2018`` for the year of a contribution, else ``2018-12``."""
    return str(period // 12) if kind in BY_YEAR else show_month(period)


def _refuse_second(pool: int, kind: str) -> None:
    """One open run of a kind, of whatever period: two open ones would both hold the same gap."""
    standing = Run.objects.filter(pool=pool, kind=kind, state__in=OPEN_STATES).first()
    if standing is not None:
        raise RunAlreadyOpen(
            period=period_text(kind, standing.period), kind=KIND_ZH[kind], run=standing.pk, holder=standing.holder,
            state=STATE_ZH[standing.state],
        )  # fmt: skip


def _refuse_earlier(pool: int, month: Month) -> None:
    """A payroll of a month before one that is booked would take that month back as not due yet."""
    later = Run.objects.filter(pool=pool, kind="payroll", state="posted", period__gt=month).order_by("-period").first()
    if later is not None:
        raise LaterMonthBooked(month=show_month(month), later=show_month(later.period), run=later.pk)


def _draft(act: Act, kind: str, period: Month, snapshot_on: date | None = None) -> Drafted:
    _refuse_second(act.pool, kind)
    basis = derivation.Basis(act.pool, kind, period, act.on, act.seq, snapshot_on)
    tree = load(region=region_of(act.pool))
    found, rests_on = derivation.lines_and_names(basis, tree)
    figures = totals(found)
    if not figures["lines"]:
        act.nothing_done()
        return Drafted(None, figures)
    run = Run(
        pool=act.pool, kind=kind, period=period, on=act.on, known_on=act.on, known_act=act.seq,
        snapshot_on=snapshot_on, state="draft", policy_version=tree.version,
        code_version=policies.code_version(), region=tree.region.id, line_count=figures["lines"], total_fen=figures["total_fen"],
        content_hash=run_lines.content_hash(found), maker_id=act.by.pk, holder=act.by.name, act_seq=act.seq,
    )  # fmt: skip
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        _refuse_second(act.pool, kind)
        raise
    journal.write_lines(run, found)
    policies.keep(tree)
    act.about(f"run {run.pk}", kind=kind, period=period_text(kind, period), hash=run.content_hash, **figures,
              **{footing.KEY: rests_on})
    return Drafted(run, figures, sorted({*rests_on, *footing.of_run(run)}))  # its own audit row comes after it


@act("run.draft_payroll", needs=Role.MAKER)
def draft_payroll(act: Act, month: Month) -> Drafted:
    """Draft the pensions owed through ``month`` and not yet booked, arrears and recoveries included.

    Raises RunAlreadyOpen, LaterMonthBooked.
    """
    _refuse_earlier(act.pool, month)
    return _draft(act, "payroll", month)


@act("run.draft_proxy", needs=Role.MAKER)
def draft_proxy(act: Act, year: int, snapshot_on: date | None = None) -> Drafted:
    """Draft the contributions of a year for everybody eligible on the snapshot day (default: the business date)."""
    return _draft(act, "proxy", month_of(year, 1), snapshot_on or act.on)


@act("run.draft_account", needs=Role.MAKER)
def draft_account(act: Act, year: int) -> Drafted:
    """Draft what is to be credited to individual accounts by the end of a year (or by today, if that is earlier)."""
    return _draft(act, "account", month_of(year, 1))


@act("run.draft_disbursement", needs=Role.MAKER)
def draft_disbursement(act: Act, month: Month) -> Drafted:
    """Draft the payment of all that is booked, not paid, not in transit and not held."""
    return _draft(act, "disbursement", month)


@act("run.draft_write_off", needs=Role.MAKER)
def draft_write_off(act: Act) -> Drafted:
    """Draft the giving up of what was decided (``recovery.write_off``) and is not yet written off."""
    return _draft(act, "write_off", month_of_date(act.on))


@act("run.submit", needs=Role.MAKER)
def submit(act: Act, run_id: int) -> Run:
    """Hand a draft to the checker. From here its content is frozen by the database."""
    run = find(act.pool, run_id)
    move(run, "submit")
    act.about(f"run {run.pk}", hash=run.content_hash)
    return run


@act("run.approve", needs=Role.CHECKER)
def approve(act: Act, run_id: int) -> Run:
    """Approve exactly what was submitted. Refused to the maker, and if the inputs have moved since."""
    run = find(act.pool, run_id)
    if act.by.pk == run.maker_id:
        raise MakerCannotApprove(officer=act.by.name, run=run.pk)
    next_state(run, "approve")
    _refuse_moved(act, run)
    run.checker_id = act.by.pk
    move(run, "approve")
    act.about(f"run {run.pk}", hash=run.content_hash, maker=run.maker_id)
    return run


def _refuse_moved(act: Act, run: Run) -> None:
    basis = derivation.Basis(act.pool, run.kind, run.period, max(act.on, run.known_on), act.seq, run.snapshot_on)
    now = derivation.lines_of(basis)
    if run_lines.content_hash(now) == run.content_hash:
        return
    moved = run_lines.difference(journal.read_lines(run.pk), now)
    rows: list[dict[str, Any]] = moved.head(3).to_dicts()
    sample = "；".join(f"#{row['person_id']} {yuan(row['before_fen'])}→{yuan(row['after_fen'])}" for row in rows)
    total = int((moved["after_fen"] - moved["before_fen"]).sum())
    raise InputsMoved(run=run.pk, persons=moved["person_id"].n_unique(), fen_text=yuan(total), sample=sample or "仅明细不同")


@act("run.post", needs=Role.FINANCE)
def post(act: Act, run_id: int) -> Run:
    """Book an approved run. The lines must still have the approved hash. Contributions need their money."""
    run = find(act.pool, run_id)
    next_state(run, "post")
    found = journal.read_lines(run.pk)
    if run_lines.content_hash(found) != run.content_hash:
        raise LinesChanged(run=run.pk)
    if run.kind == "proxy":
        _refuse_without_money(run)
    for kind, part in _bookings(run, found):
        journal.post(kind, part, run=run, on=act.on, act_seq=act.seq, reason=_reason(run), citation=CITATION[run.kind])
    move(run, "post")
    act.about(f"run {run.pk}", hash=run.content_hash, total_fen=run.total_fen, lines=run.line_count)
    return run


def _bookings(run: Run, found: Any) -> list[tuple[Any, Any]]:
    """The kinds of happening a run's lines are, and the lines of each. Held lines are not booked."""
    if run.kind == "payroll":
        return [(postings.RECOGNISE, found)]
    if run.kind == "proxy":
        return [(postings.CONTRIBUTE, found)]
    if run.kind == "account":
        return [(postings.CREDIT_ACCOUNT, found)]
    # What is overpaid, or was given up, becomes a receivable before anything is set off against it.
    classes = {
        "write_off": ((postings.WRITE_OFF, LineClass.WRITE_OFF), (postings.WRITE_OFF_WITHDRAWN, LineClass.RESTORE)),
        "disbursement": ((postings.RECLASS_TO_RECOVER, LineClass.RECOVER), (postings.CLAIM_RESTORED, LineClass.RESTORE),
                         (postings.SET_OFF, LineClass.SET_OFF), (postings.INSTRUCT, LineClass.PAY)),
    }[run.kind]  # fmt: skip
    parts = [(kind, of_class(found, one)) for kind, one in classes]
    return [(kind, part) for kind, part in parts if len(part)]


def _reason(run: Run) -> str:
    return f"{KIND_ZH[run.kind]} {period_text(run.kind, run.period)}"


def _refuse_without_money(run: Run) -> None:
    arrived = journal.arrived_for(run)
    if arrived < run.total_fen:
        raise MoneyNotArrived(run=run.pk, needed=yuan(run.total_fen), arrived=yuan(arrived))


@act("run.void", needs=Role.MAKER)
def void(act: Act, run_id: int, reason: str) -> Run:
    """Give up a run that has not been booked. Its lines stay readable."""
    run = find(act.pool, run_id)
    move(run, "void")
    act.about(f"run {run.pk}", reason=reason)
    return run
