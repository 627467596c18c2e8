"""Kills an act at every statement and runs it again: a process of its own, forked for each try.

It imports everything once and then never opens a connection nor uses a frame itself, so a fork of it is
a clean process that starts in milliseconds. Requests and answers are JSON, one a line.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

os.environ["POLARS_MAX_THREADS"] = "1"  # sixty people: a pool of threads only costs
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import adbc_driver_postgresql.dbapi  # noqa: F401 - here, so that no fork imports it again
import psycopg
from databases import with_name
from digest import digest_of
from django.conf import settings
from django.db import connection, connections

from yingbao import store

store.setup()

from world import World, kill_operations

from yingbao.policy.tree import load
from yingbao.store import bulk, secrets
from yingbao.store.statements import watch
from yingbao.values.errors import YingbaoError

load(region="rugao")

LANES = 2
KILLED, WRONG = -signal.SIGKILL, 70
DONE_BEFORE = ("WrongState", "RunAlreadyOpen", "NotOpened")


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


def point(address: str, keys: str) -> None:
    """Point Django at a database."""
    store.use(address)
    settings.YINGBAO_KEYS = Path(keys)
    secrets.forget()


def forked(work: Callable[[], None]) -> int:
    """Do the work in a fork; its exit code, negative for a signal."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = WRONG
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - a fork must never return into its parent's code
            traceback.print_exc()
        finally:
            connections.close_all()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Place:
    """A copy of the database before the operation, with its keys and files: made anew for every kill."""

    def __init__(self, asked: dict[str, Any], name: str) -> None:
        self.asked, self.source = asked, asked["address"]
        self.root = Path(asked["scratch"]) / name
        self.folder, self.keys = self.root / "files", str(self.root / "keys")
        shutil.copytree(asked["keys"], self.keys)
        self.base: psycopg.Connection[Any] | None = None
        if self.source.startswith("sqlite"):
            self.address = f"sqlite:///{self.root / 'yingbao.sqlite3'}"
        else:
            database = urlsplit(self.source).path[1:]
            self.name = f"{database}_{name}"
            self.address = with_name(self.source, self.name)
            with closing(psycopg.connect(with_name(self.source, "postgres"), autocommit=True)) as server:
                server.execute(f"CREATE DATABASE {self.name} TEMPLATE {database}")

    def begin(self) -> None:
        """Everything as before the operation."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.asked["files"], self.folder)
        if self.source.startswith("sqlite"):
            path = self.root / "yingbao.sqlite3"
            for old in self.root.glob("yingbao.sqlite3*"):
                old.unlink()
            shutil.copyfile(self.source.removeprefix("sqlite:///"), path)
        else:
            self._rows_back()

    def _rows_back(self) -> None:
        """The rows as they were, ten times as fast as another database. Only here may rows be deleted."""
        with closing(psycopg.connect(self.address)) as base:
            tables = [row[0] for row in base.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'store_%' ORDER BY 1")]  # fmt: skip
            kept = base.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'before'").fetchone()
            if not kept:
                base.execute("CREATE SCHEMA before")
            for table in tables:
                if not kept:
                    base.execute(f"CREATE TABLE before.{table} AS SELECT * FROM public.{table}")
                    continue
                base.execute(f"ALTER TABLE public.{table} DISABLE TRIGGER USER")
                base.execute(f"DELETE FROM public.{table}")
                base.execute(f"INSERT INTO public.{table} SELECT * FROM before.{table}")
                base.execute(f"ALTER TABLE public.{table} ENABLE TRIGGER USER")
            base.commit()

    def leave(self) -> None:
        """Remove it."""
        if not self.source.startswith("sqlite"):
            with closing(psycopg.connect(with_name(self.source, "postgres"), autocommit=True)) as server:
                server.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
        shutil.rmtree(self.root)


@contextmanager
def place_of(asked: dict[str, Any], name: str) -> Iterator[Place]:
    """A place that is removed at the end."""
    made = Place(asked, name)
    try:
        yield made
    finally:
        made.leave()


def rows_of(address: str) -> str:
    """The digest of all money rows."""
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as base:
            return digest_of(lambda sql: base.execute(sql).fetchall())
    with closing(psycopg.connect(address)) as base:
        return digest_of(lambda sql: base.execute(sql).fetchall())


def files_of(folder: Path) -> dict[str, str]:
    """What a clerk sees in the bank folder, by content."""
    return {path.name: path.read_bytes().hex() for path in sorted((folder / "out").glob("[!.]*"))}


def operate(asked: dict[str, Any], folder: Path) -> None:
    """Do the operation on the database that Django points at."""
    world = World(folder)
    world.find_officers()
    kill_operations()[asked["operation"]](world, date.fromisoformat(asked["on"]), **asked["with"])


def run_again(asked: dict[str, Any], place: Place) -> None:
    """Run it twice more. A refusal that says it was done before is as good as doing it."""
    point(place.address, place.keys)
    for _ in range(2):
        try:
            operate(asked, place.folder)
        except YingbaoError as refused:
            if type(refused).__name__ not in DONE_BEFORE:
                raise


def whole(asked: dict[str, Any]) -> dict[str, Any]:
    """The operation without a kill: its statements, and what it leaves."""
    with place_of(asked, "whole") as place:
        place.begin()
        note = place.folder / "labels.json"

        def work() -> None:
            labels: list[str] = []
            point(place.address, place.keys)
            with borders(labels.append):
                operate(asked, place.folder)
            note.write_text(json.dumps(labels))

        before = rows_of(place.address)
        if code := forked(work):
            return {"wrong": {"without a kill": f"exit {code}"}}
        labels = json.loads(note.read_text())
        found = {"labels": labels, "before": before, "rows": rows_of(place.address), "files": files_of(place.folder)}
        if code := forked(lambda: run_again(asked, place)):
            return {"wrong": {"again without a kill": f"exit {code}"}}
        if rows_of(place.address) != found["rows"]:
            return {"wrong": {"again without a kill": "other money rows"}}
        return found


def tried(asked: dict[str, Any], place: Place, at: int, good: dict[str, Any]) -> str:
    """Kill at a point, run again twice in a fresh process, compare. Empty when all is well."""
    place.begin()
    if rows_of(place.address) != good["before"]:
        return "the copy is not what was copied"

    def doomed() -> None:
        seen = 0

        def hook(label: str) -> None:
            nonlocal seen
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

        point(place.address, place.keys)
        with borders(hook):
            operate(asked, place.folder)

    if (code := forked(doomed)) != KILLED:
        return f"not killed: exit {code}"
    for name, content in files_of(place.folder).items():
        if good["files"].get(name) != content:
            return f"a partial file {name} is visible"
    if code := forked(lambda: run_again(asked, place)):
        return f"run again: exit {code}"
    if rows_of(place.address) != good["rows"]:
        return "other money rows"
    return "" if files_of(place.folder) == good["files"] else "other bank files"


def lane_of(asked: dict[str, Any], lane: int, good: dict[str, Any]) -> dict[int, str]:
    """Every LANES-th point: what went wrong at it."""
    with place_of(asked, f"lane{lane}") as place:
        wrong = {at: tried(asked, place, at, good) for at in range(lane, len(good["labels"]), LANES)}
    return {at: text for at, text in wrong.items() if text}


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Kill at every point of an operation, in a few lanes side by side."""
    good = whole(asked)
    if "wrong" in good:
        return good
    notes = [Path(asked["scratch"]) / f"lane{lane}.json" for lane in range(LANES)]
    children = []
    for lane, note in enumerate(notes):
        child = os.fork()
        if not child:
            code = WRONG
            try:
                note.write_text(json.dumps(lane_of(asked, lane, good)))
                code = 0
            except BaseException:  # noqa: BLE001 - a fork must never return into its parent's code
                traceback.print_exc()
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    wrong = {f"lane {lane}": f"exit {code}" for lane, code in enumerate(codes) if code}
    for note in notes:
        told = json.loads(note.read_text()) if note.exists() else {}
        wrong |= {f"{at} {good['labels'][int(at)]}": text for at, text in told.items()}
    return {"kills": len(good["labels"]), "wrong": wrong}


def main() -> None:
    """Answer requests until the input ends."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
