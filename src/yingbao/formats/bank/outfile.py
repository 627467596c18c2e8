"""A bank file on its way out and in: whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yingbao.formats.bank.digest import digest_hex
from yingbao.formats.bank.errors import BankFileRefused, PaymentFileRefused, Problem
from yingbao.formats.bank.profile import Layout, Profile
from yingbao.formats.bank.records import WrittenFile
from yingbao.formats.bank.table import join_rows
from yingbao.values.money import Fen

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def file_name(layout: Layout, batch: str, sequence: int = 1) -> str:
    """The name a file of this batch has. Raises PaymentFileRefused for a number that is no safe name."""
    if not _SAFE.fullmatch(batch):
        raise PaymentFileRefused(batch, [Problem("file_name", what=batch)])
    return layout.file_name.format(batch=batch, sequence=sequence)


def assemble(profile: Profile, layout: Layout, rows: list[str], trailer: dict[str, list[str]]) -> bytes:
    """The bytes of a file: the rows, then the trailer with the digest of everything before it.

    Raises UnicodeEncodeError when a row cannot be written.
    """
    end = profile.line_end
    body = (end.join(rows) + end).encode(profile.encoding)
    if not layout.trailer:
        return body
    if profile.digest:
        trailer = trailer | {"digest": [digest_hex(profile.digest, body)]}
    last = join_rows(profile, layout.trailer, trailer, 1)[0]
    return body + (last + end).encode(profile.encoding)


def save(path: Path, content: bytes) -> str:
    """Write beside, flush to the disk, then give it its name: never half a file. Returns the sha256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """The bytes of a file that was found sound and is not on disk yet."""

    name: str
    content: bytes
    count: int
    total_fen: Fen

    def save(self, folder: Path) -> WrittenFile:
        """Put it into a folder, whole or not at all."""
        path = folder / self.name
        return WrittenFile(path, save(path, self.content), self.count, self.total_fen)


def save_all(files: Sequence[ReadyFile], folder: Path) -> list[WrittenFile]:
    """Put all of them into a folder, or none: where the disk is full after the first, the first goes too."""
    written: list[WrittenFile] = []
    try:
        for one in files:
            written.append(one.save(folder))
    except OSError:
        for made in written:
            made.path.unlink(missing_ok=True)
        raise
    return written


# Bytes that a line of any bank's layout stays below.
_LINE_BYTES = 1_000


def load(source: Path | bytes, name: str, most_lines: int = 0) -> tuple[bytes, str]:
    """The bytes and the name to show. Raises BankFileRefused if the file cannot be opened or is no file of ``most_lines``."""
    if isinstance(source, bytes):
        return source, name or "(bytes)"
    try:
        if not source.is_file() and source.exists():
            raise BankFileRefused(name or source.name, [Problem("unreadable", what="不是文件")])
        size = source.stat().st_size
        if most_lines and size > most_lines * _LINE_BYTES:
            raise BankFileRefused(name or source.name, [Problem("too_large", what=f"{size // 1_000_000} MB")])
        return source.read_bytes(), name or source.name
    except OSError as error:
        raise BankFileRefused(name or source.name, [Problem("unreadable", what=error.strerror or "")]) from error
