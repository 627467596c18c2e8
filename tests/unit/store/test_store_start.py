"""Opening a store that is not there yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import databases
import pytest
from django.db import connection

from yingbao import settings
from yingbao.settings import BadConfiguration

OPEN = "from yingbao import store; store.open_store(); from yingbao.store.models import Pool; print(Pool.objects.count())"


def start(environment, place):
    return subprocess.Popen([sys.executable, "-c", OPEN], cwd=place, env=environment, stdout=-1, stderr=-1, text=True)


@pytest.fixture(params=databases.VENDORS)
def empty_address(request, session_folder, tmp_path):
    """The address of a database that nobody has migrated."""
    with databases.empty(request.param, session_folder, tmp_path) as address:
        yield address


def test_eight_processes_may_open_a_new_store_at_once(empty_address, tmp_path):
    environment = databases.environment(empty_address, tmp_path / "keys")
    processes = [start(environment, tmp_path) for _ in range(8)]
    told = [process.communicate(timeout=120) for process in processes]
    assert [out.strip() for out, _ in told] == ["0"] * 8, told


def test_without_any_setting_a_store_is_made_where_one_stands(tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("YINGBAO_")}
    out, error = start(clean, tmp_path).communicate(timeout=120)
    assert out.strip() == "0", error
    assert {path.name for path in (tmp_path / "var").iterdir()} >= {"yingbao.sqlite3", "keys"}


def test_a_toml_file_says_where_the_store_is(tmp_path):
    (tmp_path / "yingbao.toml").write_text('database_url = "sqlite:///elsewhere/county.sqlite3"\n')
    clean = {name: value for name, value in os.environ.items() if not name.startswith("YINGBAO_")}
    start(clean, tmp_path).communicate(timeout=120)
    assert Path(tmp_path, "elsewhere", "county.sqlite3").is_file()


def test_an_address_of_another_kind_is_refused_without_its_password():
    with pytest.raises(BadConfiguration) as refused:
        settings.database("mysql://clerk:secret@host/county")
    assert "mysql" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_password_may_hold_any_character():
    entry = settings.database("postgresql://clerk:p%40ss%2Fword@host:5433/county?sslmode=require")
    assert (entry["PASSWORD"], entry["PORT"], entry["OPTIONS"]) == ("p@ss/word", "5433", {"sslmode": "require"})


def test_sqlite_waits_and_never_loses_a_commit(sqlite):
    with connection.cursor() as cursor:
        found = {}
        for pragma in ("journal_mode", "synchronous", "busy_timeout", "recursive_triggers"):
            cursor.execute(f"PRAGMA {pragma}")
            found[pragma] = cursor.fetchone()[0]
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 20_000, "recursive_triggers": 1}
