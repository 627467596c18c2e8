"""放弃意向书: a dated, scoped, signed and revocable act of the person. Counsel first."""

from __future__ import annotations

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import WaiverNotSound
from yingbao.acts.registry import keep, person_of, standing_fact
from yingbao.store.models import Fact, FactChange
from yingbao.values.facts import FactKind

SCOPES = ("all", "proxy_contribution", "benefit")


@act("waiver.sign", needs=Role.MAKER)
def sign(act: Act, person_id: int, scope: str, *, counselled: bool, witnesses: list[str]) -> Fact:
    """Record a signed waiver. Takes effect the month after the signature (waiver/takes_effect).

    Raises WaiverNotSound without counselling, without two different witnesses, or for another scope.
    """
    person_of(act.pool, person_id)
    if scope not in SCOPES:
        raise WaiverNotSound(why=f"放弃事项“{scope}”不在 {'、'.join(SCOPES)} 之中")
    if not counselled:
        raise WaiverNotSound(why="没有劝导记录")
    if len({name.strip() for name in witnesses if name.strip()}) < 2:  # noqa: PLR2004 - two witnesses
        raise WaiverNotSound(why="见证人不足两位")
    made = keep(act, person_id, FactKind.WAIVER, act.on, value=scope)
    act.about(f"person {person_id}", fact=made.pk, scope=scope, witnesses=len(witnesses))
    return made


@act("waiver.withdraw", needs=Role.MAKER)
def withdraw(act: Act, fact_id: int) -> None:
    """The person takes the waiver back. Effective the month after; nothing is made up for the months between."""
    fact = standing_fact(act.pool, fact_id)
    if fact.kind != int(FactKind.WAIVER):
        raise WaiverNotSound(why=f"事实 {fact_id} 不是放弃意向书")
    act.wrote(fact_change=1)
    FactChange.objects.create(
        pool=act.pool, fact_id=fact_id, change="ended", holds_until=act.on, told_at=act.on, act_seq=act.seq,
        reason="本人撤回放弃意向",
    )  # fmt: skip
    act.about(f"person {fact.person_id}", fact=fact_id)
