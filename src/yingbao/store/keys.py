"""The key folder: outside the database, readable by its owner only.

Each key is a file ``<kid>.key`` of two lines: the word ``yingbao-key-v1`` and 64 hexadecimal digits.
``index.key`` is the key of the blind index and never changes; ``k1.key``, ``k2.key`` … seal values: the
highest number seals, all of them open. To rotate, call :func:`rotate` and seal the old values again.
"""

from __future__ import annotations

import os
import re
import secrets as random_bytes
from dataclasses import dataclass
from pathlib import Path

from yingbao.store.errors import KeyMissing, KeyUnreadable

INDEX = "index"
_FORM = "yingbao-key-v1"
_NUMBERED = re.compile(r"k(\d+)\.key")


@dataclass(frozen=True)
class KeyFolder:
    """A folder of key files. Made, with a first key and an index key, by :meth:`ensure`."""

    path: Path

    def ensure(self) -> None:
        """Make the folder and its first keys, if it has none. Safe in several processes at once.

        The index key is made last: where it is, the others were. A key that is lost is never made anew, since
        what is sealed with the new one could not be opened once the old one is restored.
        """
        if self.has(INDEX):
            return
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        for kid in (*(() if self._numbers() else ("k1",)), INDEX):
            self._make(kid)

    def has(self, kid: str) -> bool:
        """Whether the key is there."""
        return self._file(kid).is_file()

    def rotate(self) -> str:
        """Make the next sealing key; its id. What was sealed before stays readable."""
        kid = f"k{max(self._numbers(), default=0) + 1}"
        self._make(kid)
        return kid

    def newest(self) -> str:
        """The id of the key that seals. Raises KeyMissing when there is none."""
        numbers = self._numbers()
        if not numbers:
            raise KeyMissing(kid="k1", folder=self.path)
        return f"k{max(numbers)}"

    def key(self, kid: str) -> bytes:
        """The 32 bytes of a key. Raises KeyMissing or KeyUnreadable."""
        file = self._file(kid)
        if not file.is_file():
            raise KeyMissing(kid=kid, folder=self.path)
        lines = file.read_text(encoding="ascii", errors="replace").split()
        if len(lines) != 2 or lines[0] != _FORM or not re.fullmatch(r"[0-9a-f]{64}", lines[1]):  # noqa: PLR2004
            raise KeyUnreadable(file=file, why="格式不符")
        return bytes.fromhex(lines[1])

    def _numbers(self) -> list[int]:
        return [int(found[1]) for file in self.path.glob("k*.key") if (found := _NUMBERED.fullmatch(file.name))]

    def _file(self, kid: str) -> Path:
        return self.path / f"{kid}.key"

    def _make(self, kid: str) -> None:
        """Write the file whole, then give it its name: of two processes, the first one's key stands."""
        draft = self.path / f".{kid}.{os.getpid()}.new"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{_FORM}\n{random_bytes.token_hex(32)}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, self._file(kid))
        except FileExistsError:
            pass  # another process was first
        finally:
            draft.unlink()
