"""Fixtures for all tests. ``database``: everything that asks for it runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import databases  # tests is not a package

# Before Django reads its settings: nothing of a developer's own store may be touched.
os.environ.pop("YINGBAO_CONFIG", None)
os.environ["YINGBAO_DATABASE_URL"] = databases.NOWHERE
os.environ.pop("YINGBAO_KEYS", None)

from yingbao import store

store.setup()


@pytest.fixture(scope="session")
def session_folder(request: pytest.FixtureRequest) -> Path:
    """A folder shared by the workers of this session, for the templates and the server."""
    worker = getattr(request.config, "workerinput", None)
    return databases.session_folder(worker["testrunuid"] if worker else uuid.uuid4().hex)


@pytest.fixture(params=databases.VENDORS)
def database(request: pytest.FixtureRequest, session_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database that Django points at; its address. Each test runs once on each vendor."""
    with databases.fresh(request.param, session_folder, tmp_path / "store") as address:
        yield address


@pytest.fixture
def vendor(database: str) -> str:
    """``sqlite`` or ``postgresql``: the database of this test."""
    return database.partition(":")[0]


@pytest.fixture
def sqlite(session_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A fresh SQLite database, for what only files have."""
    with databases.fresh("sqlite", session_folder, tmp_path / "store") as address:
        yield address
