"""People whom the register states as ended when the books begin: not proxied, in a box of their own, listed to be verified."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import world as worlds
from world import POOL, REGISTER_TOLD, ROSTER_TOLD, TOTALS, VILLAGE_PEOPLE, poor_people, register_rows, roster_row

from yingbao.acts import endings, opening, registry, runs
from yingbao.acts.errors import UnknownEnding
from yingbao.formats.rosters.register import read_register
from yingbao.reports.checks import run_checks
from yingbao.reports.coverage import coverage
from yingbao.reports.stated_endings import stated_endings
from yingbao.store.models import Fact, RunLine
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Item

DECEMBER = date(2018, 12, 31)
# By column of the register: 参保状态, 缴费状态.
STATES = {"顾建国": ("终止参保", "终止缴费"), "沈美华": ("死亡", ""), "高志明": ("转出", ""), "李秀兰": ("注销", "终止缴费")}


@pytest.fixture
def county(database: str, tmp_path: Path) -> worlds.World:
    """The village with four payers whom the register states as ended, two of them poor; its roster loaded."""
    world = worlds.World(tmp_path)
    world.found()
    rows = [(*row[:7], *STATES.get(row[0], row[7:9]), *row[9:]) for row in register_rows(VILLAGE_PEOPLE.values())]
    path = world.table("居保参保登记册2018年11月.csv", worlds.REGISTER_HEADINGS, rows)
    reading = read_register(path)
    assert (reading.row_account.stored, reading.row_account.quarantined) == (13, 0)
    opening.load_register(reading, opening_month=month_from_text("2018-12"), typed=TOTALS, **world.by("maker", REGISTER_TOLD))
    world.load([roster_row(one) for one in poor_people()], "2018-11", ROSTER_TOLD)
    return world


def proxied(county: worlds.World, day: date) -> set[str]:
    """Who is on a new draft of the year's contributions."""
    drafted = runs.draft_proxy(day.year, day, **county.by("maker", day))
    if drafted.run is None:
        return set()
    people = set(RunLine.objects.filter(run_id=drafted.run.pk).values_list("person_id", flat=True))
    runs.void(drafted.run.pk, "试算", **county.by("maker", day))
    return {name for name in VILLAGE_PEOPLE if VILLAGE_PEOPLE[name].role != "elder" and county.person(name) in people}


def box_of(county: worlds.World, name: str) -> tuple[str, str]:
    found = coverage(POOL, DECEMBER).people
    row = found.filter(found["person_id"] == county.person(name)).row(0, named=True)
    return row["box"], row["detail"]


def test_whom_the_register_states_as_ended_is_not_proxied_and_in_the_box_of_the_ended(county):
    assert proxied(county, DECEMBER) == {"钱国英"}
    assert [box_of(county, name) for name in ("顾建国", "沈美华")] == [("relation_ended", "ended_stated")] * 2
    told = Fact.objects.filter(kind=int(FactKind.RELATION_ENDED))
    assert {(one.value, one.holds_from, one.source_file_id is not None) for one in told} == {("stated", date(2018, 11, 30), True)}
    assert [one.id for one in run_checks(POOL, DECEMBER) if not one.ok] == []


def test_the_town_office_has_them_as_a_list_with_what_stands_in_their_accounts(county):
    found = stated_endings(POOL, DECEMBER)
    assert set(found.rows.select("name", "balance_fen", "category").iter_rows()) == {
        ("顾建国", 50_000, "registered_low_income"), ("沈美华", 50_000, "registered_low_income"),
        ("高志明", 50_000, ""), ("李秀兰", 50_000, "")}  # fmt: skip


def test_whoever_turns_out_to_be_here_is_proxied_again_and_leaves_the_list(county):
    endings.come_back(county.person("顾建国"), date(2018, 12, 20), **county.by("maker", date(2018, 12, 20)))
    assert proxied(county, DECEMBER) == {"钱国英", "顾建国"}
    assert "顾建国" not in stated_endings(POOL, DECEMBER).rows["name"].to_list()


def test_nothing_is_paid_out_before_it_is_known_what_happened_and_then_it_is_refunded_once(county):
    person, told = county.person("沈美华"), county.by("maker", DECEMBER)
    assert refunds(county, "2019-01") == []
    registry.tell(person, FactKind.DEATH, date(2017, 3, 3), **told)
    assert refunds(county, "2019-01") == [(person, 50_000)]
    assert "沈美华" not in stated_endings(POOL, DECEMBER).rows["name"].to_list()


def test_another_ending_may_be_told_over_a_stated_one_and_only_once(county):
    person = county.person("高志明")
    endings.tell(person, "joined_employee", date(2017, 5, 1), **county.by("maker", DECEMBER))
    assert refunds(county, "2019-01") == [(person, 50_000)]
    endings.come_back(person, date(2019, 1, 5), **county.by("maker", date(2019, 1, 5)))
    with pytest.raises(UnknownEnding):
        endings.come_back(person, date(2019, 1, 6), **county.by("maker", date(2019, 1, 6)))


def refunds(county: worlds.World, month: str) -> list[tuple[int, int]]:
    """Person and fen of the account refunds of a payroll, drafted and given up again."""
    drafted = runs.draft_payroll(month_from_text(month), **county.by("maker", DECEMBER))
    found = list(RunLine.objects.filter(run_id=drafted.run.pk, item=int(Item.ACCOUNT_REFUND)).values_list("person_id", "amount_fen"))
    runs.void(drafted.run.pk, "试算", **county.by("maker", DECEMBER))
    return found
