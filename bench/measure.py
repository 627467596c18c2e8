"""Time and peak memory of a block, and the rows of the published table."""

from __future__ import annotations

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
            found.append((f"≤ {self.seconds_at_most:g} s", self.seconds <= self.seconds_at_most))
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
    """Measure a block: wall time, and the peak of this process with its largest child beside it."""
    _begin_peak()
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    found = Taken()
    began, worked = time.perf_counter(), _cpu()
    yield found
    found.seconds, found.cpu_seconds = time.perf_counter() - began, _cpu() - worked
    grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    beside = grown if grown > children else 0
    found.peak_gb = (_peak_kib() + beside) * 1024 / GB


def _cpu() -> float:
    """Seconds of work of this process and its ended children, on all cores: what a busy machine does not stretch."""
    return sum(part.ru_utime + part.ru_stime
               for part in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))  # fmt: skip


def _begin_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
    except OSError:
        return  # the peak is then that of the whole process: never too small


def _peak_kib() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
