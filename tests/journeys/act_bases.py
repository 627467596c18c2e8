"""Where acts are tried: an office that has only been founded, and one in its fourth month with something of everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import world as worlds
from world import PAYDAY, VILLAGE_PEOPLE, World, roster_row

from yingbao.acts import funds, registry, runs
from yingbao.values.facts import FactKind

BEFORE = date(2019, 2, 25)  # when an act is prepared
DAY = date(2019, 3, 5)  # when it is done
# Somebody else's number by one digit: the same name and birthday, so a person must say who it is.
NEARLY = {name: replace(VILLAGE_PEOPLE[name], place=VILLAGE_PEOPLE[name].place + 100) for name in ("黄玉芳", "张玉珍")}


def founded(folder: Path) -> World:
    """A pool and its officers."""
    world = World(folder)
    folder.mkdir(exist_ok=True)
    world.found()
    return world


def office(folder: Path) -> World:
    """Books open since December 2018, three months through bank and back; 赵国强 owes 155.00, three rows wait for an answer."""
    world = worlds.make(folder, balances={"王桂兰": "2400.00", "李秀英": "1390.00"})
    _doubtful_rows(world)
    _contributions(world)
    for month in ("2018-12", "2019-01"):
        _paid(world, month)
    registry.tell(world.person("赵国强"), FactKind.PRISONER, date(2018, 12, 5), holds_until=date(2019, 1, 10),
                  **world.by("maker", date(2019, 2, 8)))  # fmt: skip
    _paid(world, "2019-02")
    return world


def december_rows() -> list[tuple[str, ...]]:
    """The poverty register of December: one under another name, two under numbers that are nearly theirs, one bad row."""
    rows = [roster_row(one) for one in worlds.poor_people() if one.name not in ("陈桂兰", *NEARLY)]
    other = roster_row(VILLAGE_PEOPLE["陈桂兰"])
    return [*rows, ("陈贵兰", *other[1:]), *(roster_row(one) for one in NEARLY.values()), ("无名氏", "12345", *other[2:])]


def _doubtful_rows(world: World) -> None:
    world.load(december_rows(), "2018-12", date(2018, 12, 3))


def _contributions(world: World) -> None:
    day = date(2018, 12, 6)
    run = world.approved(runs.draft_proxy(2018, day, **world.by("maker", day)), day)
    funds.proxy_arrived(run.pk, run.total_fen, "拨款-1", **world.by("finance", day))
    runs.post(run.pk, **world.by("finance", day))


def _paid(world: World, month: str) -> None:
    for path in world.month(month):
        world.take(world.answer(path), PAYDAY[month])


BASES: dict[str, Callable[[Path], World]] = {"founded": founded, "office": office}
