"""A reform on paper: dated values to try on the real population, from one YAML file or a folder of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yingbao.policy.errors import BadOverlay
from yingbao.policy.text_yaml import read_text_yaml

_KEYS = ("reform", "overrides", "assume")
Dated = dict[str, Mapping[object, object]]


@dataclass(frozen=True)
class Overlay:
    """``overrides``: what the reform changes. ``assume``: values both sides use in months the law has not been checked for."""

    name: str
    overrides: Dated = field(default_factory=dict)
    assume: Dated = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as written."""
        return {"reform": self.name, "overrides": self.overrides, "assume": self.assume}


LAW_IN_FORCE = Overlay("现行政策")


def read_overlay(path: Path) -> Overlay:
    """The overlay of a file, or of all ``.yaml`` files of a folder together. Raises BadOverlay, BadYaml."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise BadOverlay(file=path.name, why="没有这个文件，或文件夹里没有 .yaml", why_en="there is no such file")
    name, overrides, assume = path.stem, {}, {}  # type: str, Dated, Dated
    for one in files:
        content = read_text_yaml(one)
        if odd := sorted(set(content) - set(_KEYS)):
            raise BadOverlay(file=one.name, why=f"不认识“{odd[0]}”，可用 {'、'.join(_KEYS)}", why_en=f"unknown key {odd[0]}")
        name = str(content.get("reform", name))
        for key, kept in (("overrides", overrides), ("assume", assume)):
            _add(one.name, content.get(key) or {}, kept)
    return Overlay(name, overrides, assume)


def _add(file: str, given: Any, kept: Dated) -> None:
    if not isinstance(given, dict):
        raise BadOverlay(file=file, why="应为“参数: {日期: 值}”", why_en="must be parameter: {date: value}")
    if twice := sorted(set(given) & set(kept)):
        raise BadOverlay(file=file, why=f"参数“{twice[0]}”在另一个文件里已有", why_en=f"{twice[0]} is given twice")
    kept.update(given)
