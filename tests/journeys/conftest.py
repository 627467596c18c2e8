"""The small world of the journeys, on both databases."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import world as worlds  # tests is not a package


@pytest.fixture
def world(database: str, tmp_path: Path) -> worlds.World:
    """A village with its books open in December 2018 and its first poverty register loaded."""
    return worlds.make(tmp_path)
