"""Run the benches: ``python -m bench [--size county|town] [--database sqlite|postgresql|both] [--only NAME] [--json]``.

Every item runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench import places, report
from bench.items import ITEMS, needed, run_item
from bench.measure import Row


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=("county", "town", "hamlet"), default="county")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--only", choices=sorted({one.group for one in ITEMS} - {"county"}), help="one group of items")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON instead of the table")
    parser.add_argument("--publish", action="store_true", help="write results.json and the table of README.md")
    parser.add_argument("--item", help=argparse.SUPPRESS)  # the child's own
    parser.add_argument("--vendor", default="", help=argparse.SUPPRESS)
    parser.add_argument("--address", default="", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """The whole run, or one item of it as a child."""
    given = _arguments()
    if given.item:
        rows = run_item(given.item, given.size, given.vendor, given.address, given.folder)
        (given.folder / "rows.json").write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
        return
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="yingbao-bench-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # as root, PostgreSQL runs as another user
        rows = report.with_peer(_all(given, folder))
    machine = report.machine(load_before)
    if given.publish:
        report.publish(rows, machine, given.size)
    print(report.as_json(rows, machine, given.size) if given.json else report.table(rows))


def _all(given: argparse.Namespace, folder: Path) -> list[Row]:
    vendors = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    server = places.start_postgresql(folder) if "postgresql" in vendors else ""
    rows: list[Row] = []
    for item in needed(given.only):
        for vendor in [one for one in vendors if item.runs_on(one)] if item.each_database else [""]:
            address = _place(item.place, vendor, folder, server)
            rows += _child(given.size, item.name, vendor, address, folder)
            if item.last_in_place:
                places.drop(vendor, folder, server, item.place)
    return rows


def _place(place: str, vendor: str, folder: Path, server: str) -> str:
    """The database that an item works on: the template itself, a copy by name (made on first use), or none."""
    if not vendor or not place:
        return ""
    if place == "template":
        places.create(vendor, server)
        return places.template(vendor, folder, server)
    made = folder / f"{place}-{vendor}.address"
    if not made.exists():
        made.write_text(places.copy(vendor, folder, server, place), encoding="utf-8")
    return made.read_text(encoding="utf-8")


def _child(size: str, name: str, vendor: str, address: str, folder: Path) -> list[Row]:
    print(f"{name} {vendor} …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "bench", "--item", name, "--size", size, "--vendor", vendor,
               "--address", address, "--folder", str(folder)]  # fmt: skip
    subprocess.run(command, check=True, env={**os.environ, "YINGBAO_KEYS": str(places.keys(vendor or "none", folder))})
    found = [Row(**one) for one in json.loads((folder / "rows.json").read_text(encoding="utf-8"))]
    for row in found:
        print(f"  {row.seconds:8.2f} s  {row.what}", file=sys.stderr, flush=True)
    return found


main()
