"""What is installed is exactly what the project asks for, and every file of it is known by hash."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _pins(lines: list[str]) -> dict[str, str]:
    found = [re.match(r"([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", line) for line in lines]
    return {re.sub(r"[-_.]+", "-", one[1]).lower(): one[2] for one in found if one}


def test_every_dependency_is_asked_for_exactly():
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    assert len(_pins(asked)) == len(asked)


def test_the_lock_holds_every_dependency_in_the_version_asked_for():
    locked = _pins(LOCK.splitlines())
    asked = _pins([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
    assert {name: locked.get(name) for name in asked} == asked


def test_every_locked_version_has_a_hash():
    blocks = re.split(r"\n(?=[\w.-]+==)", LOCK)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
