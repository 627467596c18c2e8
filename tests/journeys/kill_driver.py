"""Does an act, kills it at every statement and runs it again, and has several do it at one moment.

A process of its own: it imports everything once and then never opens a connection of Django nor uses a frame itself, so a
fork of it is a clean process that starts in milliseconds. Requests and answers are JSON, one a line.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"  # sixty people: a pool of threads only costs
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import adbc_driver_postgresql.dbapi  # noqa: F401 - here, so that no fork imports it again
from django.conf import settings
from django.db import connection, connections

from yingbao import store

store.setup()

from act_table import Told, Trial
from act_table_money import EVERYTHING, RIVALS
from kill_place import Place
from world import World

from yingbao.formats.bank import load_profile
from yingbao.policy.tree import load
from yingbao.store import bulk, secrets
from yingbao.store.statements import watch
from yingbao.values.errors import YingbaoError

load(region="rugao")
load_profile()
gc.disable()  # forks are short, and collecting would copy what they share

KILLED, WRONG = -signal.SIGKILL, 70
AGAIN = 4  # of the kills that left nothing behind one in so many is run again: the others stand where the act began
PLACES: dict[str, Place] = {}


@contextmanager
def borders(hook: Callable[[str], None]) -> Iterator[None]:
    """Call the hook before and after every statement: bulk ones, Django's, begin and commit."""

    def after_django(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        result = execute(sql, params, many, context)
        hook(f"after {str(sql)[:60]}")
        return result

    def followed(work: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            result = work(*args, **kwargs)
            hook(f"after bulk {work.__name__}")
            return result

        return run

    bulk.write, bulk.read_sql = followed(bulk.write), followed(bulk.read_sql)
    with watch(lambda label: hook(label if label == "committed" else f"before {label}")), connection.execute_wrapper(after_django):
        yield


def office_at(place: Place) -> World:
    """The office of a place, ready to work."""
    store.use(place.address)
    settings.YINGBAO_KEYS = Path(place.keys)
    secrets.forget()
    world = World(place.folder)
    world.find_officers()
    return world


def in_child(work: Callable[[], None]) -> int:
    """Begin the work in a fork; its process."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = WRONG
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - a fork must never return into its parent's code
        traceback.print_exc()
    finally:
        connections.close_all()
        os._exit(code)


def forked(work: Callable[[], None]) -> int:
    """Do the work in a fork; its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(in_child(work), 0)[1])


def prepared(place: Place, trial: Trial) -> Told | None:
    """The place before the act, and what the act is about; None where the preparation fails."""
    place.begin()
    note = place.root / "told.json"

    def work() -> None:
        note.write_text(json.dumps(trial.prepare(office_at(place)), ensure_ascii=False), encoding="utf-8")

    if forked(work):
        return None
    place.keep()
    told: Told = json.loads(note.read_text(encoding="utf-8"))
    return told


def run_again(place: Place, trial: Trial, told: Told) -> None:
    """Run it twice more. Only the refusal that says it was done before is as good as no effect."""
    world = office_at(place)
    for _ in range(2):
        try:
            trial.do(world, told)
        except YingbaoError as refused:
            if type(refused).__name__ != trial.again:
                raise


def whole(place: Place, trial: Trial, told: Told) -> dict[str, Any]:
    """The act without a kill: its statements, and what it leaves."""
    note = place.root / "labels.json"

    def work() -> None:
        labels: list[str] = []
        world = office_at(place)
        with borders(labels.append):
            trial.do(world, told)
        note.write_text(json.dumps({"labels": labels, "modules": list(sys.modules)}), encoding="utf-8")

    events, files = place.events(), place.out()
    if code := forked(work):
        return {"wrong": {"without a kill": f"exit {code}"}}
    noted = json.loads(note.read_text(encoding="utf-8"))
    know(noted["modules"])
    writes = place.out() != files
    found = {"points": points_of(noted["labels"], trial, writes_files=writes), "writes": writes, "files": place.out(),
             "rows": place.digest(), "events": place.events() - events}  # fmt: skip
    if not place.touched():
        return {**found, "wrong": {"without a kill": "nothing was done"}}
    if code := forked(lambda: run_again(place, trial, told)):
        return {**found, "wrong": {"again without a kill": f"exit {code}"}}
    return found if place.digest() == found["rows"] else {**found, "wrong": {"again without a kill": "other rows"}}


def know(modules: list[str]) -> None:
    """Import what an act imported, once for all forks to come."""
    for name in modules:
        if name not in sys.modules and name != "__main__":
            importlib.import_module(name)


WRITES = ("before INSERT", "before UPDATE", "before DELETE", "before SAVEPOINT", "before copy", "before insert")


def points_of(labels: list[str], trial: Trial, *, writes_files: bool) -> list[tuple[int, str]]:
    """Where to kill: before the first statement, between every two, after the last. Around files, on both sides of them."""
    points = [(at, label) for at, label in enumerate(labels) if writes_files or not label.startswith("after ")]
    if trial.reads:
        return points
    first = next(place for place, (_, label) in enumerate(points) if label.startswith(WRITES))
    return [points[0], *points[first:]]


def killed(place: Place, trial: Trial, told: Told, at: int, good: dict[str, Any], *, again: bool) -> str:
    """Kill at a point, run again twice in a fresh process, compare. Empty when all is well.

    ``again``: run again also where the kill left every row of every table as it was before the act.
    """

    def doomed() -> None:
        seen = 0

        def hook(label: str) -> None:
            nonlocal seen
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

        world = office_at(place)
        with borders(hook):
            trial.do(world, told)

    if (code := forked(doomed)) != KILLED:
        return f"not killed: exit {code}"
    touched = place.touched()
    if touched and place.digest() != good["rows"]:
        return "half of it is there"
    for name, content in place.out().items():
        if good["files"].get(name) != content:
            return f"a partial file {name} is visible"
    if not touched and not again:
        return ""
    if code := forked(lambda: run_again(place, trial, told)):
        return f"run again: exit {code}"
    if place.digest() != good["rows"]:
        return "other rows"
    return "" if place.out() == good["files"] else "other bank files"


def killed_everywhere(place: Place, trial: Trial, told: Told, good: dict[str, Any]) -> dict[str, str]:
    """What went wrong, by the point at which it was killed."""
    wrong = {}
    for turn, (at, label) in enumerate(good["points"]):
        if place.touched() or good["writes"]:
            place.back()
        if why := killed(place, trial, told, at, good, again=good["writes"] or turn % AGAIN == 0):
            wrong[f"{at} {label}"] = why
    return wrong


def end_of(place: Place, trial: Trial, told: Told, gate: int, out: int) -> None:
    """Wait at the gate with everything ready, do it, and say how it ended."""
    world = office_at(place)
    os.write(out, b"ready\n")
    os.read(gate, 1)  # ends when the parent closes its side: all at one moment
    try:
        trial.do(world, told)
        end = "done"
    except YingbaoError as refused:
        end = type(refused).__name__
    except Exception as broken:  # noqa: BLE001 - a raw error is what the tests look for
        traceback.print_exc()
        end = f"raw {type(broken).__name__}"
    os.write(out, f"{end}\n".encode())


def together(place: Place, trial: Trial, told: Told) -> dict[str, Any]:
    """Several do it at one moment: how each ended, how many acts there were, and the rows."""
    place.back()
    events = place.events()
    gate_read, gate_write = os.pipe()
    outs, children = [], []
    for turn in range(trial.count):
        read, write = os.pipe()

        def work(turn: int = turn, write: int = write) -> None:
            os.close(gate_write)
            end_of(place, trial, {**told, "turn": turn}, gate_read, write)

        children.append(in_child(work))
        os.close(write)
        outs.append(os.fdopen(read, encoding="utf-8"))
    for out in outs:
        out.readline()
    os.close(gate_write)
    ends = Counter(out.readline().strip() or "died" for out in outs)
    for child in children:
        os.waitpid(child, 0)
    os.close(gate_read)
    for out in outs:
        out.close()
    return {"ends": ends, "events": place.events() - events, "rows": place.digest()}


def place_of(asked: dict[str, Any]) -> Place:
    """The place of a base, made once."""
    if asked["address"] not in PLACES:
        root = Path(asked["scratch"]) / f"place{len(PLACES)}"
        root.mkdir()
        PLACES[asked["address"]] = Place(asked["address"], asked["keys"], asked["files"], root)
    return PLACES[asked["address"]]


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Everything about one act: the points it was killed at, what went wrong by point, and several at one moment."""
    place, trial = place_of(asked), EVERYTHING[asked["trial"]]
    told = prepared(place, trial)
    if told is None:
        return {"wrong": {"before": "the preparation failed"}}
    if asked["trial"] in RIVALS:
        return {"together": together(place, trial, told)}
    good = whole(place, trial, told)
    if "rows" not in good:
        return good
    wrong = good.get("wrong") or killed_everywhere(place, trial, told, good)
    return {"wrong": wrong, "kills": len(good["points"]), "rows": good["rows"], "events": good["events"],
            "together": together(place, trial, told)}  # fmt: skip


def main() -> None:
    """Answer requests until the input ends."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    for place in PLACES.values():
        place.leave()


if __name__ == "__main__":
    main()
