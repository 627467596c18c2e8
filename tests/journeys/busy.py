"""A village with something in every table: the months, a doubtful row, a mended one, a waiver, all that banks answer."""

from __future__ import annotations

from datetime import date

import world as worlds
from world import POVERTY, VILLAGE_PEOPLE, World, roster_row

from yingbao.acts import (
    certificates,
    contributions,
    endings,
    funds,
    matching,
    payments,
    recoveries,
    registry,
    runs,
    transfers,
    waivers,
)
from yingbao.rules.collecting import Asked
from yingbao.store.models import MatchCase
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber

UNTIL = date(2019, 1, 31)


def tell(world: World) -> World:
    """Two months of the office on top of ``worlds.make``."""
    _december_roster(world)
    _contributions(world)
    december = world.month("2018-12")[0]
    back = world.answer(december, {"王桂兰": "curable", "李秀英": "do_not_resend", "赵国强": "unknown"})
    world.take(back, date(2018, 12, 14))
    world.take(world.answer(december, only=["赵国强"], sequence=2), date(2018, 12, 17))
    world.new_account("王桂兰", date(2018, 12, 20))
    registry.tell(world.person("孙德明"), FactKind.DEATH, date(2018, 12, 28), **world.by("maker", date(2019, 1, 3)))
    waivers.sign(world.person("张玉珍"), "benefit", counselled=True, witnesses=["甲", "乙"],
                 **world.by("maker", date(2018, 12, 20)))  # fmt: skip
    world.month("2019-01")
    return world


def _december_roster(world: World) -> None:
    """One has left, one comes under another name: a person decides. One row is bad."""
    rows = [roster_row(one) for one in worlds.poor_people() if one.name not in ("徐长林", "陈桂兰")]
    other = VILLAGE_PEOPLE["陈桂兰"]
    rows.append(("陈贵兰", *roster_row(other)[1:]))
    rows.append(("无名氏", "12345", *roster_row(other)[2:]))
    world.load(rows, "2018-12", date(2018, 12, 3), kind=POVERTY)
    case = MatchCase.objects.get()
    matching.accept(case.pk, **world.by("maker", date(2018, 12, 4)))
    matching.undo(case.pk, **world.by("maker", date(2018, 12, 4)))
    matching.accept(case.pk, **world.by("maker", date(2018, 12, 5)))


def _contributions(world: World) -> None:
    day = date(2018, 12, 6)
    drafted = runs.draft_proxy(2018, day, **world.by("maker", day))
    approved = world.approved(drafted, day)
    funds.proxy_arrived(approved.pk, approved.total_fen, "拨款-1", **world.by("finance", day))
    runs.post(approved.pk, **world.by("finance", day))




def tell_more(world: World) -> World:
    """A month more on top of :func:`tell`: own payments, moves, endings, what is owed back and given up, accounts of the year."""
    _payments_and_moves(world)
    tell(world)
    day = date(2019, 2, 12)
    _endings(world, day)
    for path in world.month("2019-02"):
        world.take(world.answer(path), day)
    _recoveries(world, date(2019, 2, 25))
    _accounts(world, date(2019, 2, 26))
    return world


def _payments_and_moves(world: World) -> None:
    by = world.by("maker", date(2018, 12, 6))
    for name, kind, fen in (("高志明", FactKind.OWN_PAYMENT, 30_000), ("李秀兰", FactKind.COLLECTIVE_AID, 20_000)):
        contributions.record(Asked(world.person(name), kind, 2018, fen, date(2018, 12, 5)), channel="app", serial=name, **by)
    transfers.take_in(world.person("李秀兰"), {"own": 120_000, "county": 30_000}, date(2018, 12, 6), years=3, reference="邻县转1", **by)


def _endings(world: World, day: date) -> None:
    by = world.by("maker", day)
    certificates.record(world.person("王桂兰"), "village_visit", **by)
    certificates.suspect(world.person("冯翠华"), "火化名单", **by)
    certificates.clear(world.person("冯翠华"), "counter", "本人到场", **world.by("maker", date(2019, 2, 13)))
    endings.double_receipt(world.person("郑长根"), "employee", date(2019, 1, 1), **by)
    endings.tell(world.person("钱国英"), "joined_employee", date(2019, 2, 1), **by)
    endings.set_payee(world.person("孙德明"), AccountNumber("6223000000000077555"), "孙小明", **by)
    transfers.transfer_out(world.person("高志明"), "resident", date(2019, 2, 1), **by)
    registry.correct_birth(world.person("周福生"), date(1944, 5, 7), "户口簿", **by)


def _recoveries(world: World, day: date) -> None:
    by, owing = world.by("maker", day), world.person("郑长根")
    recoveries.notice(owing, "退还通知书1号", **by)
    recoveries.plan(owing, 100, date(2019, 3, 1), **by)
    payments.receive_repayment(owing, 200, "收据1", **world.by("finance", day))
    recoveries.write_off(owing, 300, "查无下落", **by)
    drafted = runs.draft_write_off(**by)
    runs.post(world.approved(drafted, day).pk, **world.by("finance", day))


def _accounts(world: World, day: date) -> None:
    drafted = runs.draft_account(2018, **world.by("maker", day))
    runs.post(world.approved(drafted, day).pk, **world.by("finance", day))
    funds.subsidy_arrived("county", 100, "补贴-1", **world.by("finance", day))
    funds.swept(100, "划转-1", **world.by("finance", day))
