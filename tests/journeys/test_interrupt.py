"""Ctrl-C at any moment: one sentence, code 130, no stack of calls, nothing half done."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import databases
import pytest
import world as worlds
from django.conf import settings
from django.db import connections

from yingbao.acts.errors import RunAlreadyOpen
from yingbao.cli.app import EN, INTERRUPTED, ZH

# What the console script does. Python itself has started, and has read the head of the program, when the mark appears.
START = "import sys; from yingbao.cli.app import main; sys.stderr.write('@'); sys.stderr.flush(); main()"
DRAFT = ["run", "draft", "payroll", "2018-12", "--by", "maker", "--on", "2018-12-13"]


def interrupted_after(seconds: float, words: list[str], folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A command that gets Ctrl-C, as a terminal sends it: to the whole group."""
    running = subprocess.Popen([sys.executable, "-c", START, *words], cwd=folder, env=env, text=True, start_new_session=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    assert running.stderr
    assert running.stderr.read(1) == "@"
    time.sleep(seconds)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    return subprocess.CompletedProcess(words, running.returncode, out, err)


@pytest.fixture
def env(sqlite: str, tmp_path: Path) -> dict[str, str]:
    worlds.make(tmp_path)
    connections.close_all()
    return {**databases.environment(sqlite, Path(settings.YINGBAO_KEYS)), "PYTHONUTF8": "1", "TERM": "dumb"}


def test_the_first_second_and_the_middle_of_an_act_end_with_one_sentence(env, tmp_path):
    told = []
    for place, seconds in enumerate((0.02, 0.1, 0.3, 0.6, 1.0, 1.5)):
        # Its own copy of the books: on a fast machine the act is done before the signal, and the next would be refused.
        copy = shutil.copytree(tmp_path, tmp_path.parent / f"{tmp_path.name}-{place}")
        address = f"sqlite:///{copy / Path(env['YINGBAO_DATABASE_URL'].removeprefix('sqlite:///')).relative_to(tmp_path)}"
        told.append(interrupted_after(seconds, DRAFT, copy, {**env, "YINGBAO_DATABASE_URL": address}))
    assert told[0].returncode == INTERRUPTED
    assert {(one.returncode, one.stderr.strip()) for one in told if one.returncode != 0} == {(INTERRUPTED, ZH)}


def test_after_it_the_books_are_whole_and_the_act_can_be_done(env, tmp_path):
    interrupted_after(0.9, DRAFT, tmp_path, env)
    world = worlds.World(tmp_path)
    world.find_officers()
    try:
        assert world.recognise("2018-12").run is not None
    except RunAlreadyOpen:  # it was done before the signal came: then it is there, whole
        assert worlds.Run.objects.get().line_count == worlds.RunLine.objects.count()


def test_the_sentence_is_english_when_asked(env, tmp_path):
    done = interrupted_after(0.05, ["--lang", "en", "coverage", "--on", "2018-12-01"], tmp_path, env)
    assert (done.returncode, done.stderr.strip()) == (INTERRUPTED, EN)
