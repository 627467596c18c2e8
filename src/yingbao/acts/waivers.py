"""放弃意向书: a dated, scoped, signed and revocable act of the person. Counsel first."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import WaiverNotAllowed, WaiverNotSound
from yingbao.acts.registry import person_of, standing_fact
from yingbao.policy.tree import load
from yingbao.rules.counselling import SCOPES, counselling, number_of
from yingbao.store.bases import region_of
from yingbao.store.models import Fact, FactChange
from yingbao.values.facts import FactKind


@act("waiver.sign", needs=Role.MAKER)
def sign(act: Act, person_id: int, scope: str, *, counselled: bool, witnesses: list[str]) -> Fact:
    """Record a signed waiver, with the number of the text that was read out: it can be made again and compared.

    Takes effect by waiver/takes_effect. Raises WaiverNotAllowed where the law of the day allows none, WaiverNotSound
    without counselling, without two different witnesses, for another scope, or for one signed that day already.
    """
    person_of(act.pool, person_id)
    if scope not in SCOPES:
        raise WaiverNotSound(why=f"放弃事项“{scope}”不在 {'、'.join(SCOPES)} 之中")
    law = load(region=region_of(act.pool)).in_force(act.on)
    if not law.value_on("waiver/allowed", act.on):
        raise WaiverNotAllowed(on=act.on)
    if not counselled:
        raise WaiverNotSound(why="没有劝导记录")
    if len({name.strip() for name in witnesses if name.strip()}) < 2:  # noqa: PLR2004 - two witnesses
        raise WaiverNotSound(why="见证人不足两位")
    number = number_of(scope, counselling(scope, law, act.on))
    act.wrote(fact=1)
    try:
        with transaction.atomic():
            made = Fact.objects.create(
                pool=act.pool, person_id=person_id, kind=int(FactKind.WAIVER), value=scope, holds_from=act.on, told_at=act.on,
                act_seq=act.seq, reference=f"waiver:{person_id}:{act.on}:{number}",
            )  # fmt: skip
    except IntegrityError as error:
        raise WaiverNotSound(why="同一事项当天已经签过") from error
    act.about(f"person {person_id}", fact=made.pk, scope=scope, witnesses=len(witnesses), counselling=number)
    return made


@act("waiver.withdraw", needs=Role.MAKER)
def withdraw(act: Act, fact_id: int) -> None:
    """The person takes the waiver back. Effective by waiver/withdrawal_takes_effect; arrears by waiver/arrears_on_withdrawal."""
    fact = standing_fact(act.pool, fact_id)
    if fact.kind != int(FactKind.WAIVER):
        raise WaiverNotSound(why=f"事实 {fact_id} 不是放弃意向书")
    if FactChange.objects.filter(fact_id=fact_id, change="ended").exists():
        raise WaiverNotSound(why=f"放弃意向书 {fact_id} 已经撤回")
    act.wrote(fact_change=1)
    FactChange.objects.create(
        pool=act.pool, fact_id=fact_id, change="ended", holds_until=act.on, told_at=act.on, act_seq=act.seq,
        reason="本人撤回放弃意向",
    )  # fmt: skip
    act.about(f"person {fact.person_id}", fact=fact_id)
