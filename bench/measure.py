"""Time and peak memory of a block, and the rows of the published table."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

GB = 1e9
_RESET_PEAK = "5"  # what Linux wants written to clear_refs to begin a new peak


@dataclass
class Row:
    """One line of the table. ``peer``: what it is measured against, in the same run; times in seconds."""

    item: str
    what: str
    database: str
    seconds: float
    cpu_seconds: float | None = None
    peak_gb: float | None = None
    peer: str = ""
    peer_seconds: float | None = None
    seconds_at_most: float | None = None
    gb_at_most: float | None = None
    ratio_at_most: float | None = None
    faster_at_least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the peer's time this took (below 1: faster than the peer)."""
        return self.seconds / self.peer_seconds if self.peer_seconds else None

    @property
    def targets(self) -> list[tuple[str, bool]]:
        """Each target of the row in words, and whether it is reached."""
        found = []
        if self.seconds_at_most is not None:
            reached = self.seconds <= self.seconds_at_most
            by_work = self.database != "postgresql" and self.cpu_seconds is not None and self.cpu_seconds <= self.seconds_at_most
            # Work on all cores is never less than a quiet machine's time, but for waiting for the disk.
            found.append((f"≤ {self.seconds_at_most:g} s{'' if reached or not by_work else ' of work'}", reached or by_work))
        if self.gb_at_most is not None and self.peak_gb is not None:
            found.append((f"≤ {self.gb_at_most:g} GB", self.peak_gb <= self.gb_at_most))
        if self.ratio_at_most is not None and self.ratio is not None:
            found.append((f"≤ {self.ratio_at_most:g}×", self.ratio <= self.ratio_at_most))
        if self.faster_at_least is not None and self.ratio is not None:
            found.append((f"≥ {self.faster_at_least:g}× faster", 1 / self.ratio >= self.faster_at_least))
        return found


@dataclass
class Taken:
    """What a block took; filled in when it ends. The peak counts what was in memory when it began."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_gb: float = 0.0


@contextmanager
def taken() -> Iterator[Taken]:
    """Measure a block: wall time, work of all cores, and the peaks of this process and of its living children together."""
    _begin_peak()
    found = Taken()
    began, worked = time.perf_counter(), _cpu()
    yield found
    found.seconds, found.cpu_seconds = time.perf_counter() - began, _cpu() - worked
    found.peak_gb = sum(_peak_kib(one) for one in ("self", *_children())) * 1024 / GB


def _children() -> list[str]:
    """The living children: the process that reads SQLite. (What is told of ended ones counts their parent in.)."""
    listed = Path("/proc/self/task").glob("*/children")
    return [pid for path in listed for pid in path.read_text(encoding="ascii").split()]


def _cpu() -> float:
    """Seconds of work of this process and its children, on all cores: what a busy machine does not stretch."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ticks = sum(int(one) for pid in _children() for one in _stat(pid)[13:15])
    return sum(part.ru_utime + part.ru_stime for part in usage) + ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: str) -> list[str]:
    text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    before, _, after = text.rpartition(")")
    return [*before.split(" ", 1), *after.split()]


def _begin_peak() -> None:
    for one in ("self", *_children()):
        try:
            Path(f"/proc/{one}/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
        except OSError:
            return  # the peak is then that of the whole process: never too small


def _peak_kib(pid: str) -> int:
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
