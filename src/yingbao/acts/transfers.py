"""转移接续: a relation goes to another office with the whole account, or comes from one with money and years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yingbao.acts.act import Act, Role, act
from yingbao.acts.collecting import collect_fen
from yingbao.acts.endings import Beside, keep_ending
from yingbao.acts.errors import TransferRefused
from yingbao.acts.registry import person_of
from yingbao.policy.tree import load
from yingbao.rules.endings import MONTHS_AS_YEARS, TRANSFERRED_OUT, years_of_months
from yingbao.rules.law import one_of
from yingbao.rules.people import MOVING_AT_SIXTY
from yingbao.store import endings as kept
from yingbao.store.bases import opening_of, region_of
from yingbao.store.models import Fact
from yingbao.values.facts import FactKind
from yingbao.values.money import Fen, bounded
from yingbao.values.month import month_of_date, show_month
from yingbao.values.purpose import BUCKET_BY_KEY

# Where a relation goes: the fact told with the ending, and its value.
SCHEMES: dict[str, Beside] = {"resident": (FactKind.MOVED_OUT, None), "employee": (FactKind.OTHER_SCHEME, "employee")}


@act("transfer.out", needs=Role.MAKER)
def transfer_out(act: Act, person_id: int, scheme: str, day: date) -> Fact:
    """Let a relation move to another county (resident) or to the employee scheme, with the whole account.

    The account of the receiving office is told as a payee (``ending.payee``). The same move again: no effect. Raises
    EndedAlready, and TransferRefused once a pension is in payment and in the month of 60 where the rule is that it stays.
    """
    person_of(act.pool, person_id)
    if scheme not in SCHEMES:
        raise TransferRefused(person=person_id, why=f"去向“{scheme}”不在 {'、'.join(SCHEMES)} 之中")
    month = month_of_date(day)
    granted = kept.granted_from(act.pool, person_id, act.on, month)
    if granted is not None and granted <= month:
        raise TransferRefused(person=person_id, why=f"自 {show_month(granted)} 起已核定领取待遇，关系不再转移")
    rule = load(region=region_of(act.pool)).in_force(act.on).value(MOVING_AT_SIXTY, month)
    if granted == month + 1 and one_of(MOVING_AT_SIXTY, rule, ("account_moves", "stays")) == "stays":
        raise TransferRefused(person=person_id, why="满60周岁当月不转移，次月起在本县领取")
    made = keep_ending(act, person_id, TRANSFERRED_OUT, day, beside=SCHEMES[scheme])
    act.about(f"person {person_id}", scheme=scheme)
    return made


@act("transfer.take_in", needs=Role.MAKER)
def take_in(
    act: Act,
    person_id: int,
    money: Mapping[str, Fen],
    day: date,
    *,
    years: int = 0,
    employee_months: int = 0,
    reference: str,
) -> list[Fact]:
    """Record what came with a person: money by source, years of another county, months of the employee scheme.

    Months count as years by transfer/employee_months_as_years. ``reference``: the other office's letter, told once.
    Raises TransferRefused.
    """
    person_of(act.pool, person_id)
    if odd := sorted(set(money) - set(BUCKET_BY_KEY)):
        raise TransferRefused(person=person_id, why=f"不认识的账户来源 {'、'.join(odd)}，可写 {'、'.join(BUCKET_BY_KEY)}")
    if min((*money.values(), years, employee_months)) < 0:
        raise TransferRefused(person=person_id, why="金额和年限不能为负")
    if Fact.objects.filter(pool=act.pool, reference__startswith=f"{reference}:").exists():
        raise TransferRefused(person=person_id, why=f"转移函 {reference} 已经登记过")
    rule = load(region=region_of(act.pool)).in_force(act.on).value(MONTHS_AS_YEARS, month_of_date(act.on))
    counted = years + years_of_months(employee_months, str(rule))
    if not any(money.values()) and not counted:
        raise TransferRefused(person=person_id, why="没有资金，也没有年限")
    made = [_told(act, person_id, FactKind.TRANSFER_IN, day, source, bounded(fen), f"{reference}:{source}")
            for source, fen in sorted(money.items()) if fen]  # fmt: skip
    if counted:
        made.append(_told(act, person_id, FactKind.YEARS_TRANSFERRED, day, None, counted, f"{reference}:years"))
    came = sum(money.values())
    if month_of_date(day) >= opening_of(act.pool).opening_month:
        collect_fen(act, came, f"转移资金到账，转移函 {reference}")
    act.about(f"person {person_id}", came_fen=came, years=counted)
    return made


def _told(act: Act, person_id: int, kind: FactKind, day: date, value: str | None, number: int, reference: str) -> Fact:
    act.wrote(fact=1)
    return Fact.objects.create(
        pool=act.pool, person_id=person_id, kind=int(kind), value=value, number=number, holds_from=day, told_at=act.on,
        act_seq=act.seq, reference=reference,
    )  # fmt: skip
