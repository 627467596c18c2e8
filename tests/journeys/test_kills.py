"""Kill -9 before and after every statement; run again; the books are equal to the fen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import databases
import pytest
from django.conf import settings
from django.db import connections
from world import PAYDAY, REGISTER_TOLD, VILLAGE_PEOPLE, World, poor_people, roster_row

from yingbao.acts import runs
from yingbao.values.month import month_from_text

DAY = PAYDAY["2018-12"]
RETURN_DAY = date(2018, 12, 17)


# Points of each operation, on either database. An operation that grows has more; none may lose its kills unseen.
AT_LEAST = {
    "open": 74, "load": 38, "draft": 38, "post": 22, "post_disbursement": 22, "instruct": 30, "settle": 44, "draw": 18,
    "collect": 30,
}  # fmt: skip


class Killer:
    """The process that kills."""

    def __init__(self) -> None:
        driver = Path(__file__).with_name("kill_driver.py")
        self.process = subprocess.Popen([sys.executable, str(driver)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=databases.environment(databases.NOWHERE, Path("/nonexistent")))  # fmt: skip

    def __call__(self, world: World, scratch: Path, operation: str, on: date, **options: Any) -> dict[str, Any]:
        """Kill an operation at every point of it. How often, and what went wrong by point."""
        address = str(settings.DATABASE_URL)
        connections.close_all()
        asked = {"operation": operation, "on": on.isoformat(), "with": options, "address": address,
                 "keys": str(settings.YINGBAO_KEYS), "files": str(world.folder), "scratch": str(scratch)}  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    """One killing process for all tests here."""
    made = Killer()
    yield made
    made.process.stdin.close()
    made.process.wait(timeout=60)


@pytest.fixture
def scratch(tmp_path_factory) -> Iterator[Path]:
    """Where copies of the database live for a moment; in memory where there is any: a kill is not a power cut."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path_factory.getbasetemp()) as made:
        yield Path(made)


def as_if_never_killed(name: str, told: dict[str, Any]) -> None:
    assert told["wrong"] == {}
    assert told["kills"] >= AT_LEAST[name]


def test_there_are_at_least_four_hundred_kills():
    assert sum(AT_LEAST.values()) * len(databases.VENDORS) >= 400


def test_an_opening_killed_anywhere_ends_as_if_never_killed(database, tmp_path, killer, scratch):
    world = World(tmp_path / "files")
    world.folder.mkdir()
    world.found()
    as_if_never_killed("open", killer(world, scratch, "open", REGISTER_TOLD))


def test_a_roster_load_killed_anywhere_ends_as_if_never_killed(world, killer, scratch):
    rows = [roster_row(one) for one in poor_people() if one.name != "黄玉芳"] + [roster_row(VILLAGE_PEOPLE["高志明"])]
    read = world.roster(rows, "2018-12")
    told = killer(world, scratch, "load", date(2018, 12, 10), file=f"in/{read.file}", month="2018-12")
    as_if_never_killed("load", told)


def test_a_draft_killed_anywhere_ends_as_if_never_killed(world, killer, scratch):
    as_if_never_killed("draft", killer(world, scratch, "draft", DAY, month="2018-12"))


def test_a_payroll_killed_while_it_is_booked_ends_as_if_never_killed(world, killer, scratch):
    drafted = runs.draft_payroll(month_from_text("2018-12"), **world.by("maker", DAY))
    told = killer(world, scratch, "post", DAY, run=world.approved(drafted, DAY).pk)
    as_if_never_killed("post", told)


def test_a_disbursement_killed_while_it_is_booked_ends_as_if_never_killed(world, killer, scratch):
    world.recognise("2018-12")
    drafted = runs.draft_disbursement(month_from_text("2018-12"), **world.by("maker", DAY))
    told = killer(world, scratch, "post", DAY, run=world.approved(drafted, DAY).pk)
    as_if_never_killed("post_disbursement", told)


def test_bank_files_killed_anywhere_end_as_if_never_killed_and_no_part_of_one_is_seen(world, killer, scratch):
    world.recognise("2018-12")
    drafted = runs.draft_disbursement(month_from_text("2018-12"), **world.by("maker", DAY))
    runs.post(world.approved(drafted, DAY).pk, **world.by("finance", DAY))
    as_if_never_killed("instruct", killer(world, scratch, "instruct", DAY, run=drafted.run.pk))


def test_a_bank_return_killed_anywhere_ends_as_if_never_killed(world, killer, scratch):
    sent = world.month("2018-12")
    back = world.answer(sent[0], {"陈桂兰": "curable", "王桂兰": "do_not_resend", "黄玉芳": "unknown"})
    told = killer(world, scratch, "settle", RETURN_DAY, file=f"back/{back.name}")
    as_if_never_killed("settle", told)


def test_money_drawn_on_a_voucher_is_drawn_once_wherever_the_act_is_killed(world, killer, scratch):
    as_if_never_killed("draw", killer(world, scratch, "draw", DAY, fen=100_000, voucher="用款-2018-12"))


def test_a_channels_file_killed_anywhere_is_collected_once(world, killer, scratch):
    headings = ("流水号", "缴费日期", "公民身份号码", "姓名", "缴费年度", "金额（元）")
    rows = [(f"B{place}", "2018-12-05", VILLAGE_PEOPLE[name].number, name, "2018", yuan)
            for place, (name, yuan) in enumerate([("高志明", "300.00"), ("李秀兰", "500.00"), ("沈美华", "250.00")])]  # fmt: skip
    path = world.table("居保缴费明细201812.csv", headings, rows)
    as_if_never_killed("collect", killer(world, scratch, "collect", DAY, file=f"in/{path.name}"))


def test_the_killer_sees_an_act_that_is_two_transactions(world, killer, scratch):
    assert killer(world, scratch, "careless", DAY)["wrong"] != {}
