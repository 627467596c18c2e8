"""Fixtures for all tests. ``database``: everything that asks for it runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import databases  # noqa: E402  (tests is not a package)

# Before Django reads its settings: nothing of a developer's own store may be touched.
os.environ.pop("YINGBAO_CONFIG", None)
os.environ["YINGBAO_DATABASE_URL"] = "sqlite:////nonexistent/yingbao.sqlite3"
os.environ.pop("YINGBAO_KEYS", None)

from yingbao import store  # noqa: E402

store.setup()


@pytest.fixture(scope="session")
def session_folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder shared by the workers of this session, for the templates and the server."""
    worker = getattr(request.config, "workerinput", None)
    folder = databases.session_folder(worker["testrunuid"] if worker else uuid.uuid4().hex)
    yield folder
    if worker is None:
        _sweep(folder)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With workers, the controller removes their folder when all have gone."""
    run_id = getattr(session.config, "_yingbao_run_id", None)
    if run_id:
        _sweep(databases.session_folder(run_id))


def pytest_configure_node(node: object) -> None:
    """Note the run's id in the controller (a hook of xdist)."""
    config = node.config  # type: ignore[attr-defined]
    config._yingbao_run_id = node.workerinput["testrunuid"]  # type: ignore[attr-defined]


def _sweep(folder: Path) -> None:
    """Remove all but the server's own files, which the server removes itself at exit."""
    for entry in folder.iterdir():
        if entry.name != "postgresql":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


@pytest.fixture(params=databases.VENDORS)
def database(request: pytest.FixtureRequest, session_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database that Django points at; its address. Each test runs once on each vendor."""
    with databases.fresh(request.param, session_folder, tmp_path / "store") as address:
        yield address


@pytest.fixture
def vendor(database: str) -> str:
    """``sqlite`` or ``postgresql``: the database of this test."""
    return database.split(":")[0]


@pytest.fixture
def sqlite(session_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A fresh SQLite database, for what only files have."""
    with databases.fresh("sqlite", session_folder, tmp_path / "store") as address:
        yield address
