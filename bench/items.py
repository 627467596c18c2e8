"""The items of a run, in order, and what each stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Row


@dataclass(frozen=True)
class Item:
    """``place``: the database it works on (a copy of the county by that name). ``group``: what --only names."""

    name: str
    group: str
    place: str = ""
    only_on: str = ""
    last_in_place: bool = False

    @property
    def each_database(self) -> bool:
        """Whether it runs once on each database, and not once in all."""
        return bool(self.place)

    def runs_on(self, vendor: str) -> bool:
        """Whether it runs on a database."""
        return self.only_on in ("", vendor)


ITEMS = (
    Item("make", "county"),
    Item("open", "county", "template"),
    Item("check", "roster"),
    Item("load", "roster", "roster", last_in_place=True),
    Item("history", "gap", "history"),
    Item("steps", "gap"),
    Item("computed", "gap"),
    Item("read", "gap", "history"),
    Item("simulate", "simulate"),
    Item("months", "gap", "history", only_on="postgresql"),
    Item("month", "payroll", "payroll"),
    Item("explain", "explain", "payroll"),
    Item("deaths", "deaths", "payroll", last_in_place=True),
    Item("year", "year", "year", last_in_place=True),
)


def needed(only: str | None) -> list[Item]:
    """The items of a group with those that it stands on."""
    return [one for one in ITEMS if only is None or one.group in ("county", only)]


def run_item(name: str, size: str, vendor: str, address: str, folder: Path) -> list[Row]:
    """One item, in this process."""
    from bench import county, deaths, explain, history, months_sql, payroll, rosters, simulate, year  # noqa: PLC0415

    def make() -> list[Row]:
        county.write_county(size, folder)
        return []

    on_database: dict[str, Callable[[str, str, Path], list[Row]]] = {
        "open": county.open_county, "load": rosters.load, "history": history.prepare, "read": history.read,
        "months": months_sql.peer, "month": payroll.month, "explain": explain.person,
        "deaths": deaths.trial, "year": year.end,
    }  # fmt: skip
    alone: dict[str, Callable[[], list[Row]]] = {
        "make": make, "check": lambda: rosters.check(folder), "steps": lambda: history.steps_alone(folder),
        "computed": lambda: history.computed(folder), "simulate": lambda: simulate.reform(size),
    }  # fmt: skip
    return alone[name]() if name in alone else on_database[name](vendor, address, folder)
