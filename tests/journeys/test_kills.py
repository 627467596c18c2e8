"""Every act, killed before and after every statement and run again, and done by several at one moment: equal rows, done once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import databases
import pytest
from act_bases import BASES
from act_table_money import CARELESS, EVERYTHING, RIVALS, TRIALS
from digest import TABLES
from django.conf import settings
from django.db import connections
from erase import tables


class Killer:
    """The process that kills, and what it said of each act on the bases of one database."""

    def __init__(self, scratch: Path, bases: dict[str, dict[str, str]]) -> None:
        driver = Path(__file__).with_name("kill_driver.py")
        self.bases, self.scratch = bases, scratch
        self.said: dict[str, dict[str, Any]] = {}
        self.process = subprocess.Popen([sys.executable, str(driver)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=databases.environment(databases.NOWHERE, Path("/nonexistent")))  # fmt: skip

    def __call__(self, name: str) -> dict[str, Any]:
        """Everything about one act, found out once."""
        if name not in self.said:
            asked = {"trial": name, "scratch": str(self.scratch), **self.bases[EVERYTHING[name].base]}
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(json.dumps(asked) + "\n")
            self.process.stdin.flush()
            self.said[name] = json.loads(self.process.stdout.readline())
        return self.said[name]

    def leave(self) -> None:
        """Let it remove its copies and end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)


@pytest.fixture(scope="module", params=databases.VENDORS)
def killer(request: pytest.FixtureRequest, session_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """One process and one of each base for all acts on a database. In memory where there is any: a kill is not a power cut."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path_factory.getbasetemp()) as scratch:
        root = Path(scratch)
        with ExitStack() as stack:
            bases = {}
            for name, make in BASES.items():
                address = stack.enter_context(databases.fresh(request.param, session_folder, root / name))
                world = make(root / name / "files")
                connections.close_all()
                bases[name] = {"address": address, "keys": str(settings.YINGBAO_KEYS), "files": str(world.folder)}
            made = Killer(root, bases)
            yield made
            made.leave()


def test_every_table_that_acts_write_is_compared():
    assert set(tables()) - set(TABLES) == {"store_keyfingerprint"}


@pytest.mark.parametrize("name", TRIALS)
def test_an_act_killed_anywhere_and_run_again_ends_as_if_never_killed(killer, name):
    told = killer(name)
    assert told["wrong"] == {}
    assert told["kills"] >= TRIALS[name].at_least


@pytest.mark.parametrize("name", TRIALS)
def test_an_act_done_by_several_at_one_moment_is_done_once(killer, name):
    told, trial = killer(name), TRIALS[name]
    found = told["together"]
    others = {trial.again: trial.count - 1} if trial.again else {"done": trial.count - 1}
    assert (found["ends"], found["events"]) == ({"done": 1, **others} if trial.again else {"done": trial.count}, told["events"])
    assert found["rows"] == told["rows"]


@pytest.mark.parametrize("name", RIVALS)
def test_of_several_things_that_exclude_each_other_one_is_done_and_the_others_are_told_so(killer, name):
    found, trial = killer(name)["together"], RIVALS[name]
    assert (found["ends"], found["events"]) == ({"done": 1, trial.again: trial.count - 1}, 1)


@pytest.mark.parametrize("name", CARELESS)
def test_the_killer_sees_an_act_that_is_two_transactions_and_one_that_is_done_again(killer, name):
    assert killer(name)["wrong"] != {}


def test_what_several_do_at_one_moment_is_compared(killer):
    told = killer("twice")
    assert told["together"]["rows"] != told["rows"]


def test_there_are_at_least_fourteen_hundred_kills():
    assert sum(trial.at_least for trial in TRIALS.values()) * len(databases.VENDORS) >= 1_400
