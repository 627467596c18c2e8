"""A village with something in every table: the months, a doubtful row, a mended one, a waiver, all that banks answer."""

from __future__ import annotations

from datetime import date

import world as worlds
from world import POVERTY, VILLAGE_PEOPLE, World, roster_row

from yingbao.acts import funds, matching, registry, runs, waivers
from yingbao.store.models import MatchCase
from yingbao.values.facts import FactKind

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


