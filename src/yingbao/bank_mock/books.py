"""The made-up bank's own books: what it received, paid and answered. Its money, not ours.

Account numbers are not kept, only a keyed digest, so that two payments to one account can be told.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS clock (round INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS batch (
  number TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, file TEXT NOT NULL, pay_on TEXT NOT NULL,
  received_round INTEGER NOT NULL, wrong_round INTEGER, first_round INTEGER, last_round INTEGER);
CREATE TABLE IF NOT EXISTS line (
  batch TEXT NOT NULL, line INTEGER NOT NULL, fate TEXT NOT NULL, code TEXT NOT NULL, serial TEXT NOT NULL,
  amount_fen INTEGER NOT NULL, PRIMARY KEY (batch, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS paid (
  batch TEXT NOT NULL, line INTEGER NOT NULL, account TEXT NOT NULL, amount_fen INTEGER NOT NULL,
  serial TEXT NOT NULL, booked_on TEXT NOT NULL, PRIMARY KEY (batch, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (file TEXT NOT NULL, sha256 TEXT PRIMARY KEY, why TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class TakenBatch:
    """A batch the bank has taken. Rounds are None until they happen."""

    number: str
    file: str
    pay_on: str
    received_round: int
    wrong_round: int | None
    first_round: int | None
    last_round: int | None


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A line the bank has taken, with what really happened to it."""

    line: int
    fate: str
    code: str
    serial: str
    amount_fen: int

    @property
    def paid(self) -> bool:
        """Whether the money left the bank."""
        return self.fate in ("settled", "unknown_paid")


class Books:
    """The SQLite file. Every change is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.base = sqlite3.connect(path, isolation_level=None, timeout=20)
        self.base.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self.base.close()

    def next_round(self) -> int:
        """Count one round on; the first is 1."""
        (now,) = self.base.execute("SELECT coalesce(max(round), 0) + 1 FROM clock").fetchone()
        self.base.execute("INSERT INTO clock VALUES (?)", (now,))
        return int(now)

    def knows(self, sha256: str) -> bool:
        """Whether this very file was taken or refused before."""
        query = "SELECT 1 FROM batch WHERE sha256 = ? UNION SELECT 1 FROM refused WHERE sha256 = ?"
        return self.base.execute(query, (sha256, sha256)).fetchone() is not None

    def has_batch(self, number: str) -> bool:
        """Whether a batch of this number was taken: it is never taken twice."""
        return self.base.execute("SELECT 1 FROM batch WHERE number = ?", (number,)).fetchone() is not None

    def refuse(self, file: str, sha256: str, why: str) -> None:
        """Remember a file that was not taken."""
        self.base.execute("INSERT OR IGNORE INTO refused VALUES (?, ?, ?)", (file, sha256, why))

    def take(self, batch: TakenBatch, sha256: str, lines: Iterable[TakenLine], accounts: Iterable[str]) -> None:
        """Take a batch and pay what shall be paid, at once or not at all. ``accounts`` go with ``lines``."""
        kept = list(lines)
        with self.base:
            self.base.execute("BEGIN IMMEDIATE")
            self.base.execute(
                "INSERT INTO batch (number, sha256, file, pay_on, received_round) VALUES (?, ?, ?, ?, ?)",
                (batch.number, sha256, batch.file, batch.pay_on, batch.received_round),
            )
            self.base.executemany(
                "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
                ((batch.number, x.line, x.fate, x.code, x.serial, x.amount_fen) for x in kept),
            )
            self.base.executemany(
                "INSERT INTO paid VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (batch.number, x.line, account_digest(account), x.amount_fen, x.serial, batch.pay_on)
                    for x, account in zip(kept, accounts, strict=True)
                    if x.paid
                ),
            )

    def batches(self) -> list[TakenBatch]:
        """Every batch taken, by round and number."""
        columns = "number, file, pay_on, received_round, wrong_round, first_round, last_round"
        rows = self.base.execute(f"SELECT {columns} FROM batch ORDER BY received_round, number")  # noqa: S608 - fixed
        return [TakenBatch(*row) for row in rows]

    def lines(self, number: str) -> list[TakenLine]:
        """The lines of a batch, by number."""
        query = "SELECT line, fate, code, serial, amount_fen FROM line WHERE batch = ? ORDER BY line"
        return [TakenLine(*row) for row in self.base.execute(query, (number,))]

    def note(self, number: str, column: str, now: int) -> None:
        """Write down that an answer went out: ``wrong_round``, ``first_round`` or ``last_round``."""
        self.base.execute(f"UPDATE batch SET {column} = ? WHERE number = ?", (now, number))  # noqa: S608 - fixed names


def account_digest(account: str) -> str:
    """A digest of an account number that stands for it in the bank's books."""
    return hashlib.blake2b(account.encode(), digest_size=16, key=b"made-up bank").hexdigest()


def paid_by_batch(path: Path) -> dict[str, tuple[int, int]]:
    """What the bank really paid: batch number → (lines, fen)."""
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("SELECT batch, count(*), sum(amount_fen) FROM paid GROUP BY batch ORDER BY batch")
        return {number: (count, total) for number, count, total in rows}


def paid_lines(path: Path) -> dict[tuple[str, int], int]:
    """What the bank really paid: (batch number, line) → fen."""
    with closing(sqlite3.connect(path)) as base:
        return {(b, n): fen for b, n, fen in base.execute("SELECT batch, line, amount_fen FROM paid ORDER BY 1, 2")}
