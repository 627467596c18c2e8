"""The folder of the law → one tree of parameters for a region, the nearer authority on top."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from yingbao.policy.consistency import check_consistent
from yingbao.policy.errors import Overlap, PolicyNotFound, UnknownKey
from yingbao.policy.in_force import InForce
from yingbao.policy.overrides import overlaid, overridden
from yingbao.policy.parameter import Parameter
from yingbao.policy.parameter_file import read_parameter
from yingbao.policy.regions import Region, load_region
from yingbao.policy.sources import Source, load_sources

_ROOT_VARIABLE = "YINGBAO_POLICY"
_DATA_SUFFIXES = (".yaml", ".csv")


@dataclass(frozen=True)
class PolicyTree:
    """The law of one region. ``version`` is the sha256 of ``content``: all its data files, path to bytes."""

    region: Region
    parameters: Mapping[str, Parameter]
    sources: Mapping[str, Source]
    version: str
    root: Path
    content: Mapping[str, bytes] = field(repr=False)

    def in_force(
        self, known_on: date | None = None, overrides: Mapping[str, Mapping[object, object]] | None = None
    ) -> InForce:
        """The law as known on a day (None: all that is published), with overrides.

        ``overrides`` is parameter name → {first day: value as YAML text}; it replaces all values,
        has no end of validity and no announcement. Raises UnknownParameter, BadOverride and TierAboveLimit.
        """
        parameters = overridden(self.parameters, overrides or {})
        if overrides:
            check_consistent(parameters)
        return InForce(parameters, known_on)

    def reformed(
        self, known_on: date | None, *overlays: Mapping[str, Mapping[object, object]], carry: bool = False
    ) -> InForce:
        """The law as known on a day under reforms, each on top of the one before. ``carry``: see InForce.

        Raises UnknownParameter, BadOverride, TierAboveLimit.
        """
        parameters = self.parameters
        for overlay in overlays:
            parameters = overlaid(parameters, overlay)
        check_consistent(parameters)
        return InForce(parameters, known_on, carry=carry)


def policy_root() -> Path:
    """The folder of the law: ``YINGBAO_POLICY``, else ``policy`` beside the package's repository.

    Raises PolicyNotFound.
    """
    told = os.environ.get(_ROOT_VARIABLE)
    root = Path(told) if told else Path(__file__).resolve().parents[3] / "policy"
    if not (root / "regions.yaml").is_file():
        raise PolicyNotFound(folder=root)
    return root


def load(root: Path | None = None, region: str = "rugao") -> PolicyTree:
    """The law of a region, read once a process. Raises PolicyError subclasses, naming file and key."""
    return _load(root or policy_root(), region)


def read_afresh(root: Path, region: str) -> PolicyTree:
    """The law of a region as the files are now, not remembered. Raises as :func:`load`."""
    content = _content(root)
    found = load_region(root, region)
    sources = load_sources(root / "sources")
    parameters: dict[str, Parameter] = {}
    for layer in found.layers:
        for name, parameter in _layer(root, layer, sources).items():
            farther = parameters.get(name)
            parameters[name] = parameter if farther is None else _overlay(farther, parameter)
    check_consistent(parameters)
    return PolicyTree(found, dict(sorted(parameters.items())), sources, version_of(content), root, content)


_load = lru_cache(maxsize=8)(read_afresh)


def _layer(root: Path, layer: str, sources: Mapping[str, Source]) -> dict[str, Parameter]:
    folder = root / layer
    if not folder.is_dir():
        raise PolicyNotFound(folder=folder)
    found: dict[str, Parameter] = {}
    for path in _yaml_files(folder):
        shown = path.relative_to(root).as_posix()
        name = path.relative_to(folder).with_suffix("").as_posix()
        if path.suffix == ".yml":
            raise UnknownKey(file=shown, key=path.name, why=f"{path.stem}.yaml")
        if path.with_suffix("").is_dir():
            raise Overlap(file=shown, key=name, why=f"{name}/", why_en=f"{name}/ is a folder")
        found[name] = read_parameter(path, name, layer, sources, shown)
    return found


def _yaml_files(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml")))


def _overlay(farther: Parameter, nearer: Parameter) -> Parameter:
    """The nearer authority's values from its first day on; before that day the farther's still hold.

    Every entry keeps its own status and citation.
    """
    if farther.unit != nearer.unit:
        raise Overlap(
            file=nearer.files[-1],
            key="metadata/unit",
            why=f"上级为 {farther.unit}，本级为 {nearer.unit}",
            why_en=f"{farther.unit} above, {nearer.unit} here",
        )
    kept = tuple(entry for entry in farther.entries if entry.start < nearer.entries[0].start)
    if not kept:
        return nearer
    return replace(
        nearer,
        entries=kept + nearer.entries,
        layers=farther.layers + nearer.layers,
        files=farther.files + nearer.files,
    )


def _content(root: Path) -> dict[str, bytes]:
    paths = sorted(path for path in root.rglob("*") if path.suffix in _DATA_SUFFIXES)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def version_of(content: Mapping[str, bytes]) -> str:
    """The sha256 of data files (path to bytes, in the order given)."""
    digest = hashlib.sha256()
    for name, data in content.items():
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
