"""Payments as they come in: told once a channel and serial number, judged before they are kept, collected as money.

Between being collected and being credited a payment stands in 暂收款. What an act tells of payments it books as one
entry: 收入户 / 暂收款.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yingbao.acts.act import Act
from yingbao.policy.tree import load
from yingbao.rules import collecting
from yingbao.rules.collecting import Asked
from yingbao.rules.law import Law
from yingbao.rules.payments import MONEY_IN
from yingbao.store import journal, people, relations
from yingbao.store.bases import opening_of, region_of
from yingbao.store.models import Fact
from yingbao.store.people import NewFact
from yingbao.values.facts import FactKind
from yingbao.values.money import Fen
from yingbao.values.month import month_of, month_of_date

KNOWN, SERIAL_USED = "payment_known", "payment_serial_used"
COLLECTED, UNCOLLECTED = "contributions_collected", "contributions_uncollected"


@dataclass(frozen=True, slots=True)
class Coming:
    """A payment and the number the channel gave it (``bank:20180315000123``)."""

    asked: Asked
    reference: str


def reference_of(channel: str | None, serial: str | None) -> str:
    """The channel and its serial number, as far as they are told."""
    return f"{channel or 'unsaid'}:{serial or ''}"


@dataclass(frozen=True, slots=True)
class Judged:
    """``why`` a payment cannot be kept, by the codes of ``formats.rosters.dirt``, empty where it can; ``reference`` to keep it by."""

    why: str
    reference: str


def judge(act: Act, coming: Sequence[Coming]) -> list[Judged]:
    """Whether each payment can be kept.

    ``payment_known``: this very payment is kept, or comes twice here. A number whose payment was withdrawn may be told anew.
    """
    if not coming:
        return []
    numbers = sorted({one.asked.person_id for one in coming})
    facts = relations.relations(act.pool, act.on, person_ids=numbers, kinds=(FactKind.BIRTH, FactKind.CATEGORY))
    last = max(act.on.year, *(one.asked.year for one in coming))
    law = Law(load(region=region_of(act.pool)).in_force(act.on), month_of(last, 1), month_of(last, 12) + 1)
    before = people.references(act.pool, [one.reference for one in coming])
    kept = {key: (told.person_id, int(told.value), told.number) for key, told in before.items() if not told.withdrawn}
    found = []
    for one, why in zip(coming, collecting.refusals(facts, law, [one.asked for one in coming]), strict=True):
        key, mine = (int(one.asked.kind), one.reference), (one.asked.person_id, one.asked.year, one.asked.fen)
        turn = before[key].turn + 1 if key in before else 1
        if key in kept:
            found.append(Judged(KNOWN if kept[key] == mine else SERIAL_USED, one.reference))
            continue
        if not why:
            kept[key] = mine
        found.append(Judged(why, people.anew(one.reference, turn)))
    return found


def collect(act: Act, told: Iterable[NewFact], reason: str) -> Fen:
    """Book what payments brought in, as one entry: those since the books began. Fen."""
    opened = opening_of(act.pool).opening_month
    return collect_fen(act, sum(one.number or 0 for one in told if month_of_date(one.holds_from) >= opened), reason)


def collect_fen(act: Act, fen: Fen, reason: str) -> Fen:
    """Book money that came into the income account and waits to be credited. Fen."""
    if fen:
        journal.move_money(COLLECTED, fen, pool=act.pool, run_id=None, on=act.on, act_seq=act.seq, reason=reason)
    return fen


def uncollect(act: Act, fact: Fact, reason: str) -> None:
    """Take back what a payment brought in: it never was."""
    if fact.kind not in MONEY_IN or not fact.number or month_of_date(fact.holds_from) < opening_of(act.pool).opening_month:
        return
    journal.move_money(UNCOLLECTED, fact.number, pool=act.pool, run_id=None, on=act.on, act_seq=act.seq,
                       reason=f"撤销缴费 事实 {fact.pk}：{reason}")  # fmt: skip
