"""Strangers' slips: keys that are lost, a wrong profile, a wrong pool, no database, answers that nobody can read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import databases
import pytest
import world as worlds
from desk import Desk
from django.conf import settings
from django.db import connections
from world import POOL

from yingbao import store
from yingbao.acts.office import add_officer
from yingbao.cli.errors import OutputLost
from yingbao.cli.show import PIPE_CLOSED
from yingbao.store import errors, secrets
from yingbao.store.keys import INDEX, KeyFolder
from yingbao.store.models import Officer

ELSEWHERE = 320681  # a pool that nobody founded


@pytest.fixture
def desk(sqlite, tmp_path, monkeypatch, capsys) -> Desk:
    worlds.make(tmp_path)
    return Desk(sqlite, monkeypatch, capsys)


@pytest.fixture
def keys(desk) -> Path:
    secrets.forget()
    return Path(settings.YINGBAO_KEYS)


def test_a_lost_key_folder_is_refused_and_not_made_anew(keys):
    shutil.rmtree(keys)
    with pytest.raises(errors.KeyMissing):
        store.migrate()
    assert not keys.exists()


def test_a_lost_sealing_key_is_not_made_anew(keys):
    (keys / "k1.key").unlink()
    KeyFolder(keys).ensure()
    assert [path.name for path in keys.glob("*.key")] == [f"{INDEX}.key"]
    with pytest.raises(errors.KeyMissing):
        secrets.seal("person", "id_number", 1, "x")


def test_another_crypto_profile_is_said_to_be_one(keys, monkeypatch):
    monkeypatch.setattr(settings, "YINGBAO_CRYPTO", "guomi")
    with pytest.raises(errors.OtherCrypto):
        store.migrate()


def test_a_database_of_a_later_program_is_refused(keys):
    with connections["default"].cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')")
    with pytest.raises(errors.StoreNewer):
        store.migrate()


def test_nothing_is_done_in_a_pool_that_nobody_founded(desk):
    admin = Officer.objects.get(login="admin")
    with pytest.raises(errors.UnknownPool):
        add_officer("li", "李", ["maker"], pool=ELSEWHERE, by=admin, on=date(2018, 12, 1))
    assert "没有统筹区" in desk.refused("pool", "found", "--pool", ELSEWHERE, "--name", "启东市")
    assert str(ELSEWHERE) in desk.refused("check", "--on", "2018-12-20", "--pool", ELSEWHERE)


def test_a_slip_in_the_path_makes_no_database(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("YINGBAO_DATABASE_URL", f"sqlite:///{tmp_path}/没有/office.sqlite3")
    assert "没有数据库" in desk.refused("officer", "list")
    assert not (tmp_path / "没有").exists()


def test_a_page_of_help_and_a_group_alone_are_one_document_under_json(desk):
    assert desk("roster", "load", "--help", "--json").json["command"] == "yingbao roster load"
    alone = desk("roster", "--json")
    assert (alone.code, alone.json["error"]) == (2, "NotUnderstood")


def test_an_answer_that_cannot_be_read_is_said_and_has_its_own_code(sqlite, desk):
    connections.close_all()
    env = {**databases.environment(sqlite, Path(settings.YINGBAO_KEYS)), "PYTHONUTF8": "1"}
    line = [sys.executable, "-m", "yingbao.cli", "officer", "list", "--pool", str(POOL)]
    with Path("/dev/full").open("w") as full:
        for more in ([], ["--json"]):
            done = subprocess.run([*line, *more], env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            assert (done.returncode, "写不出去" in done.stderr, "Traceback" in done.stderr) == (OutputLost.exit_code, True, False)
    gone = subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert gone.stdout
    gone.stdout.close()
    assert (gone.wait(60), gone.stderr and gone.stderr.read()) == (PIPE_CLOSED, "")
    told = subprocess.run([*line, "--json"], env={**env, "LANG": "C"}, capture_output=True, text=True, check=False)
    assert {one["login"] for one in json.loads(told.stdout)} >= {"admin", "maker"}


@pytest.mark.parametrize("words", [
    ("year", "report", "0"), ("year", "report", "3206820000017"), ("year", "identities", "1"),
    ("explain", "99999999999999999999", "--month", "2019-01"), ("match", "reject", "3", "--pool", "9" * 30),
])  # fmt: skip
def test_a_year_or_a_number_that_cannot_be_is_refused_before_anything_is_asked_of_the_store(desk, words):
    said = desk(*words)
    assert (said.code, said.out) == (2, "")
    assert "命令写得不对" in said.err
    assert "1900 至 2199" in said.err or "数太大" in said.err
