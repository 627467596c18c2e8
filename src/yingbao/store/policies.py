"""The law and the program that a run was drafted with, kept so that the run can be derived again."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yingbao
from yingbao.policy.regions import load_region
from yingbao.policy.tree import PolicyTree, load, read_afresh, version_of
from yingbao.store.errors import LawDamaged, LawNotKept
from yingbao.store.models import PolicyVersion

_SHOWN = 16


def keep(tree: PolicyTree) -> None:
    """Keep the law of a tree, once a version, in the present transaction."""
    if not PolicyVersion.objects.filter(pk=tree.version).exists():
        kept = PolicyVersion(version=tree.version, content=_packed(tree.content))
        PolicyVersion.objects.bulk_create([kept], ignore_conflicts=True)  # another pool may keep the same at once


def is_kept(version: str) -> bool:
    """Whether the law of that version is kept here."""
    return PolicyVersion.objects.filter(pk=version).exists()


def is_sound(version: str) -> bool:
    """Whether the law of that version is kept here, word for word."""
    kept = PolicyVersion.objects.filter(pk=version).first()
    try:
        return kept is not None and version_of(_unpacked(kept.content)) == version
    except (ValueError, zlib.error):  # what is stored is no longer what was packed
        return False


def law_of(version: str, region: str) -> PolicyTree:
    """The law of a region as it was under a version. Raises LawNotKept, LawDamaged."""
    present = load(region=region)
    if present.version == version:
        return present
    kept = PolicyVersion.objects.filter(pk=version).first()
    if kept is None:
        raise LawNotKept(version=version[:_SHOWN])
    content = _unpacked(kept.content)
    if version_of(content) != version:
        raise LawDamaged(version=version[:_SHOWN])
    with tempfile.TemporaryDirectory(prefix="yingbao-law-") as folder:
        for name, data in content.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for layer in load_region(Path(folder), region).layers:  # an authority that has set nothing has no data files
            Path(folder, layer).mkdir(exist_ok=True)
        return read_afresh(Path(folder), region)


def _packed(content: Mapping[str, bytes]) -> str:
    text = json.dumps({name: data.decode("utf-8") for name, data in content.items()}, ensure_ascii=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def _unpacked(text: str) -> dict[str, bytes]:
    kept: dict[str, str] = json.loads(zlib.decompress(base64.b64decode(text)))
    return {name: data.encode("utf-8") for name, data in kept.items()}


@cache
def code_hash() -> str:
    """The sha256 of the program's own .py files, paths and content."""
    root = Path(yingbao.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def code_version() -> str:
    """The version of the program with the beginning of its hash: ``0.1.0+8f14e45fceea167a``."""
    return f"{yingbao.__version__}+{code_hash()[:_SHOWN]}"
