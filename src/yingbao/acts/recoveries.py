"""追回: the letter, the agreement on instalments, the decision to give up. What is owed is read from the books."""

from __future__ import annotations

from datetime import date

from yingbao.acts.act import Act, Role, act
from yingbao.acts.registry import keep_once, person_of, refuse_unsound
from yingbao.ledger.chart import RECEIVABLE
from yingbao.store import relations
from yingbao.store.models import Fact
from yingbao.store.payees import NothingToRecover
from yingbao.values.facts import FactKind
from yingbao.values.money import Fen, bounded, yuan


def _refuse_beyond(act: Act, person_id: int, fen: Fen) -> None:
    owed = relations.balance_of(act.pool, person_id, RECEIVABLE)
    if not 0 < fen <= owed:
        raise NothingToRecover(person=person_id, open=yuan(owed), fen=yuan(fen))


@act("recovery.notice", needs=Role.MAKER)
def notice(act: Act, person_id: int, letter: str, fen: Fen | None = None) -> Fact:
    """Record the letter that asks overpaid money back (default: all that is open), once a day. Raises NothingToRecover."""
    person_of(act.pool, person_id)
    asked = relations.balance_of(act.pool, person_id, RECEIVABLE) if fen is None else bounded(fen)
    _refuse_beyond(act, person_id, asked)
    made = keep_once(act, person_id, FactKind.RECOVERY_NOTICE, act.on, value=letter, number=asked)
    act.about(f"person {person_id}", fact=made.pk, asked_fen=asked, letter=letter)
    return made


@act("recovery.plan", needs=Role.MAKER)
def plan(act: Act, person_id: int, fen: Fen, since: date, until: date | None = None) -> Fact:
    """Record the signed agreement that so much a month may be set off against later pensions, once.

    Raises NothingToRecover, BadFact.
    """
    person_of(act.pool, person_id)
    _refuse_beyond(act, person_id, bounded(fen))
    refuse_unsound(FactKind.RECOVERY_PLAN, since, until, None, act.on)
    made = keep_once(act, person_id, FactKind.RECOVERY_PLAN, since, holds_until=until, number=fen)
    act.about(f"person {person_id}", fact=made.pk, monthly_fen=fen, since=since)
    return made


@act("recovery.write_off", needs=Role.MAKER)
def write_off(act: Act, person_id: int, fen: Fen, why: str) -> Fact:
    """Propose to give up what cannot be recovered. Nothing is booked before a run of it, approved by another officer.

    The same sum for the same reason again, on the same day: no effect.
    Raises NothingToRecover.
    """
    person_of(act.pool, person_id)
    _refuse_beyond(act, person_id, bounded(fen))
    made = keep_once(act, person_id, FactKind.WRITE_OFF, act.on, value=why, number=fen)
    act.about(f"person {person_id}", fact=made.pk, proposed_fen=fen, why=why)
    return made
