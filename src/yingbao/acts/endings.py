"""关系终止: told with its sibling facts, and who gets the money then. What follows from it is derived, never entered."""

from __future__ import annotations

from datetime import date, timedelta

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import AnotherPlacePays, UnknownEnding
from yingbao.acts.registry import keep, person_of
from yingbao.policy.tree import load
from yingbao.rules.endings import ABROAD, DOUBLE_RECEIPT, JOINED_EMPLOYEE, OTHER, REASON_ZH, TWO_COUNTIES, goes_on_here
from yingbao.store import endings as kept
from yingbao.store import sealed
from yingbao.store.bases import region_of
from yingbao.store.models import Fact
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber
from yingbao.values.month import month_of_date, show_month

TOLD = (JOINED_EMPLOYEE, ABROAD, OTHER)
OTHER_SCHEMES = {"employee": "职工养老保险", "civil_service": "机关事业养老保险", "resident": "外地居民养老保险"}


@act("ending.tell", needs=Role.MAKER)
def tell(act: Act, person_id: int, reason: str, day: date) -> Fact:
    """End a relation on a day: joined_employee, abroad or other. Death, double receipt and moves have their own acts.

    Raises UnknownEnding.
    """
    person_of(act.pool, person_id)
    if reason not in TOLD:
        raise UnknownEnding(reason=reason, known="、".join(f"{one}（{REASON_ZH[one]}）" for one in TOLD))
    made = keep(act, person_id, FactKind.RELATION_ENDED, day, value=reason)
    if reason == JOINED_EMPLOYEE:
        keep(act, person_id, FactKind.OTHER_SCHEME, day, value="employee")
    if reason == ABROAD:
        keep(act, person_id, FactKind.ABROAD, day)
    act.about(f"person {person_id}", fact=made.pk, reason=reason, day=day)
    return made


@act("ending.double_receipt", needs=Role.MAKER)
def double_receipt(act: Act, person_id: int, scheme: str, since: date) -> Fact:
    """Settle a double receipt: another pension is drawn since a month, so ours ends.

    The base pension is owed back from that month; account pensions booked by now stay paid, and the account is refunded
    in the month after the last of them. With another county's resident pension one place keeps
    (refund/two_counties). Raises UnknownEnding, AnotherPlacePays.
    """
    person_of(act.pool, person_id)
    if scheme not in OTHER_SCHEMES:
        raise UnknownEnding(reason=scheme, known="、".join(OTHER_SCHEMES))
    first, last = kept.months_paid(act.pool, person_id)
    begins = since.replace(day=1)
    if scheme == "resident":
        rule = load(region=region_of(act.pool)).in_force(act.on).value(TWO_COUNTIES, month_of_date(act.on))
        if goes_on_here(str(rule), paid_here_first=first is not None and first <= month_of_date(since)):
            raise AnotherPlacePays(person=person_id, ours=show_month(first) if first is not None else "—",
                                   theirs=show_month(month_of_date(since)))  # fmt: skip
        keep(act, person_id, FactKind.OTHER_COUNTY, since)
    else:
        keep(act, person_id, FactKind.OTHER_PENSION, since, value=scheme)
    number = None if last is None else last // 12 * 100 + last % 12 + 1
    made = keep(act, person_id, FactKind.RELATION_ENDED, begins, value=DOUBLE_RECEIPT, number=number)
    act.about(f"person {person_id}", fact=made.pk, scheme=scheme, since=since)
    return made


@act("ending.come_back", needs=Role.MAKER)
def come_back(act: Act, person_id: int, day: date) -> int:
    """Somebody whose relation had ended is back from a day on: it counts as never ended, and a refund is owed back."""
    person_of(act.pool, person_id)
    ended = kept.standing_ending(act.pool, person_id)
    if ended is None:
        raise UnknownEnding(reason=f"编号 {person_id} 没有终止", known="—")
    kept.end_fact(act, ended, day - timedelta(days=1), "本人重新参加居保")
    act.about(f"person {person_id}", fact=ended, day=day)
    return ended


@act("ending.payee", needs=Role.MAKER)
def set_payee(act: Act, person_id: int, account: AccountNumber, holder: str, holds_from: date | None = None) -> Fact:
    """Register who gets the money instead of the person: an heir, or another office. The bank line carries his name."""
    person_of(act.pool, person_id)
    if not holder.strip():
        raise UnknownEnding(reason="收款人姓名为空", known="—")
    act.wrote(fact=1)
    made = Fact.objects.create(
        pool=act.pool, person_id=person_id, kind=int(FactKind.PAYEE_ACCOUNT), value=holder.strip(),
        secret=sealed.seal_account(account, person_id), secret_index=sealed.index_of_account(account),
        holds_from=holds_from or act.on, told_at=act.on, act_seq=act.seq,
    )  # fmt: skip
    act.about(f"person {person_id}", fact=made.pk, kind="payee_account")
    return made
