"""``policy/regions.yaml``: which layers make the law of a region, far to near, and its pool code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from yingbao.policy.errors import BadValue, MissingKey, UnknownKey, UnknownRegion
from yingbao.policy.text_yaml import read_text_yaml

_KEYS = ("name", "name_en", "pool", "layers")
_FILE = "regions.yaml"


@dataclass(frozen=True, slots=True)
class Region:
    """A region: id, names, the 6-digit code of its pool (统筹区), layers from far to near."""

    id: str
    name: str
    name_en: str
    pool: int
    layers: tuple[str, ...]


def load_region(root: Path, region: str) -> Region:
    """The region of that id. Raises UnknownRegion and PolicyFileError."""
    regions = load_regions(root)
    if region not in regions:
        raise UnknownRegion(region=region, known=", ".join(regions))
    return regions[region]


def load_regions(root: Path) -> dict[str, Region]:
    """All regions by id. Raises PolicyFileError."""
    return {name: _region(name, raw) for name, raw in read_text_yaml(root / _FILE, _FILE).items()}


def _region(name: str, raw: object) -> Region:
    if not isinstance(raw, dict):
        raise BadValue(file=_FILE, key=name, why="应为“键: 值”", why_en="must be a mapping")
    for key in raw:
        if key not in _KEYS:
            raise UnknownKey(file=_FILE, key=f"{name}/{key}", why=", ".join(_KEYS))
    for key in _KEYS:
        if not raw.get(key):
            raise MissingKey(file=_FILE, key=f"{name}/{key}", why="地区必填", why_en="every region has it")
    if not re.fullmatch(r"\d{6}", raw["pool"], re.ASCII):
        raise BadValue(file=_FILE, key=f"{name}/pool", why="应为6位代码", why_en="must be 6 digits")
    if not isinstance(raw["layers"], list):
        raise BadValue(file=_FILE, key=f"{name}/layers", why="应为列表", why_en="must be a list")
    return Region(name, raw["name"], raw["name_en"], int(raw["pool"]), tuple(raw["layers"]))
