"""Forks several processes that do one operation at one moment, and says how each ended."""

from __future__ import annotations

import json
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from yingbao import store

store.setup()

from world import World

from yingbao.acts import registry, runs
from yingbao.policy.tree import load
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text

load(region="rugao")


def do(world: World, operation: str, turn: int, on: date, told: dict[str, Any]) -> None:
    """The operation."""
    if operation == "draft":
        runs.draft_payroll(month_from_text(told["month"]), **world.by("maker", on))
    else:
        registry.tell(told["people"][turn], FactKind.HOLD, on, value="other", **world.by("maker", on))


def child(asked: dict[str, Any], turn: int, gate: int, out: int) -> None:
    """Wait at the gate with everything ready, then do it."""
    world = World(Path(asked["folder"]))
    world.find_officers()
    os.write(out, b"ready\n")
    os.read(gate, 1)  # ends when the parent closes its side: all at one moment
    try:
        do(world, asked["operation"], turn, date.fromisoformat(asked["on"]), asked["with"])
        answer = {"end": "done", "said": ""}
    except YingbaoError as refused:
        answer = {"end": type(refused).__name__, "said": str(refused)}
    except Exception as broken:  # noqa: BLE001 - a raw error is what the tests look for
        traceback.print_exc()
        answer = {"end": type(broken).__name__, "said": str(broken)}
    os.write(out, (json.dumps(answer, ensure_ascii=False) + "\n").encode())


def main() -> None:
    """One request on standard input, the ends of all processes on standard output."""
    asked = json.loads(sys.stdin.read())
    gate_read, gate_write = os.pipe()
    outs = []
    for turn in range(asked["count"]):
        read, write = os.pipe()
        if not os.fork():
            os.close(gate_write)
            child(asked, turn, gate_read, write)
            os._exit(0)
        os.close(write)
        outs.append(os.fdopen(read, encoding="utf-8"))
    for out in outs:
        out.readline()
    os.close(gate_write)
    answers = [json.loads(out.readline() or '{"end": "died", "said": ""}') for out in outs]
    sys.stdout.write(json.dumps(answers, ensure_ascii=False))


if __name__ == "__main__":
    main()
