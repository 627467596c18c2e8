"""The busy village of the journeys, told once a session; each test gets its own copy."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "journeys"))

import busy as busy_story  # tests is not a package
import databases
import world as worlds


@pytest.fixture(scope="session")
def village(session_folder: Path) -> Path:
    """A folder with the store of the busy village."""
    place = session_folder / "busy-village"
    with databases.locked(session_folder / "busy.lock"):
        if not (session_folder / "busy.ready").exists():
            with databases.fresh("sqlite", session_folder, place / "store"):
                busy_story.tell(worlds.make(place))
            (session_folder / "busy.ready").touch()
    return place


@pytest.fixture
def busy(village: Path, sqlite: str, tmp_path: Path) -> worlds.World:
    """The busy village; Django points at its store."""
    from yingbao import store

    shutil.copytree(village, tmp_path / "village")
    store.use(f"sqlite:///{tmp_path / 'village' / 'store' / 'yingbao.sqlite3'}")
    world = worlds.World(tmp_path / "village")
    world.find_officers()
    return world
