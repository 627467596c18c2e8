"""关系终止: told with its sibling facts, and who gets the money then. What follows from it is derived, never entered."""

from __future__ import annotations

from datetime import date, timedelta

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import AnotherPlacePays, EndedAlready, UnknownEnding
from yingbao.acts.registry import keep, keep_account, person_of, told_before
from yingbao.policy.tree import load
from yingbao.rules.endings import ABROAD, DOUBLE_RECEIPT, JOINED_EMPLOYEE, OTHER, REASON_ZH, TWO_COUNTIES, goes_on_here
from yingbao.store import endings as kept
from yingbao.store.bases import region_of
from yingbao.store.models import Fact
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber
from yingbao.values.month import month_of_date, show_month

TOLD = (JOINED_EMPLOYEE, ABROAD, OTHER)
OTHER_SCHEMES = {"employee": "职工养老保险", "civil_service": "机关事业养老保险", "resident": "外地居民养老保险"}
# What an ending tells besides: a kind of fact and its value.
Beside = tuple[FactKind, str | None] | None
_BESIDE: dict[str, Beside] = {JOINED_EMPLOYEE: (FactKind.OTHER_SCHEME, "employee"), ABROAD: (FactKind.ABROAD, None)}


@act("ending.tell", needs=Role.MAKER)
def tell(act: Act, person_id: int, reason: str, day: date) -> Fact:
    """End a relation on a day: joined_employee, abroad or other. Death, double receipt and moves have their own acts.

    The same ending again: no effect. Raises UnknownEnding, EndedAlready.
    """
    person_of(act.pool, person_id)
    if reason not in TOLD:
        raise UnknownEnding(reason=reason, known="、".join(f"{one}（{REASON_ZH[one]}）" for one in TOLD))
    return keep_ending(act, person_id, reason, day, beside=_BESIDE.get(reason))


def keep_ending(
    act: Act,
    person_id: int,
    reason: str,
    day: date,
    *,
    beside: Beside = None,
    since: date | None = None,
    number: int | None = None,
) -> Fact:
    """Write an ending and the fact that is told with it (``beside``, from ``since``, else from the day).

    A relation ends once: the very same again has no effect. Raises EndedAlready for another that stands.
    """
    standing = kept.standing_ending(act.pool, person_id)
    if standing is not None:
        return _the_same(act, standing, reason, day, beside, since or day)
    made = keep(act, person_id, FactKind.RELATION_ENDED, day, value=reason, number=number)
    if beside is not None:
        keep(act, person_id, beside[0], since or day, value=beside[1])
    act.about(f"person {person_id}", fact=made.pk, reason=reason, day=day)
    return made


def _the_same(act: Act, fact_id: int, reason: str, day: date, beside: Beside, since: date) -> Fact:
    """The standing ending, if it was told in these very words. Raises EndedAlready."""
    old = Fact.objects.get(pk=fact_id)
    alike = (old.value, old.holds_from) == (reason, day)
    if alike and (beside is None or told_before(act, old.person_id, beside[0], since, value=beside[1])):
        act.nothing_done()
        return old
    told = REASON_ZH.get(old.value or "", REASON_ZH[OTHER])
    raise EndedAlready(person=old.person_id, day=old.holds_from, reason=told, fact=fact_id)


@act("ending.double_receipt", needs=Role.MAKER)
def double_receipt(act: Act, person_id: int, scheme: str, since: date) -> Fact:
    """Settle a double receipt: another pension is drawn since a month, so ours ends.

    The base pension is owed back from that month; account pensions booked by now stay paid, and the account is refunded
    in the month after the last of them. With another county's resident pension one place keeps
    (refund/two_counties). The same again: no effect. Raises UnknownEnding, EndedAlready, AnotherPlacePays.
    """
    person_of(act.pool, person_id)
    if scheme not in OTHER_SCHEMES:
        raise UnknownEnding(reason=scheme, known="、".join(OTHER_SCHEMES))
    first, last = kept.months_paid(act.pool, person_id)
    if scheme == "resident":
        rule = load(region=region_of(act.pool)).in_force(act.on).value(TWO_COUNTIES, month_of_date(act.on))
        if goes_on_here(str(rule), paid_here_first=first is not None and first <= month_of_date(since)):
            raise AnotherPlacePays(person=person_id, ours=show_month(first) if first is not None else "—",
                                   theirs=show_month(month_of_date(since)))  # fmt: skip
    beside: Beside = (FactKind.OTHER_COUNTY, None) if scheme == "resident" else (FactKind.OTHER_PENSION, scheme)
    number = None if last is None else last // 12 * 100 + last % 12 + 1
    made = keep_ending(act, person_id, DOUBLE_RECEIPT, since.replace(day=1), beside=beside, since=since, number=number)
    act.about(f"person {person_id}", scheme=scheme, since=since)
    return made


@act("ending.come_back", needs=Role.MAKER)
def come_back(act: Act, person_id: int, day: date) -> int:
    """Somebody whose relation had ended is back from a day on: it counts as never ended, and a refund is owed back.

    So is whoever only the opening register states as ended, once it is known that he is here.
    """
    person_of(act.pool, person_id)
    ended = [fact for fact, _ in kept.standing_endings(act.pool, person_id)]
    if not ended:
        raise UnknownEnding(reason=f"编号 {person_id} 没有终止", known="—")
    for fact in ended:
        kept.end_fact(act, fact, day - timedelta(days=1), "本人重新参加居保")
    act.about(f"person {person_id}", fact=ended[0], day=day)
    return ended[0]


@act("ending.payee", needs=Role.MAKER)
def set_payee(act: Act, person_id: int, account: AccountNumber, holder: str, holds_from: date | None = None) -> Fact:
    """Register who gets the money instead of the person: an heir, or another office. The bank line carries his name."""
    if not holder.strip():
        raise UnknownEnding(reason="收款人姓名为空", known="—")
    return keep_account(act, person_id, FactKind.PAYEE_ACCOUNT, account, holder.strip(), holds_from or act.on)
