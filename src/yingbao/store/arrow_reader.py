"""The parent's side of :mod:`.arrow_child`: one child a process, started on the first large read."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import IO, Any

import polars as pl
from pyarrow import ipc


class ArrowChildFailed(RuntimeError):
    """The reading process died or could not read: a fault of the program, not of the data."""


@lru_cache(maxsize=1)
def _child(owner: int) -> subprocess.Popen[bytes]:  # noqa: ARG001 - a fork must not share its parent's pipe
    command = [sys.executable, "-m", "yingbao.store.arrow_child"]
    # In a group of its own: a Ctrl-C at the terminal is for the parent, which then closes the pipe.
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0)  # noqa: S603 - our own program
    atexit.register(_end, started, os.getpid())
    return started


def pid() -> int | None:
    """The child's process number, if there is a child."""
    return _child(os.getpid()).pid if _child.cache_info().currsize else None


def _end(started: subprocess.Popen[bytes], owner: int) -> None:
    if owner == os.getpid() and started.stdin:
        started.stdin.close()
        started.wait(timeout=5)


def read(
    path: str, sql: str, params: Sequence[Any], first: Sequence[Any], typed: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """The committed rows of a SELECT with ``?`` marks, each batch as ``typed`` makes it. Raises ArrowChildFailed.

    ``first``: any value of each column's type, in order. Rows come in no order but the database's own.
    """
    child = _child(os.getpid())
    try:
        return _asked(child, json.dumps({"path": path, "sql": sql, "params": params, "first": first}), typed)
    except BaseException as error:
        child.kill()  # whatever is left in its pipe is no answer to the next question
        _child.cache_clear()
        if isinstance(error, (OSError, ValueError)):
            raise ArrowChildFailed(str(error)) from error
        raise


def _asked(child: subprocess.Popen[bytes], question: str, typed: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    assert child.stdin  # noqa: S101 - both pipes were asked for
    assert child.stdout  # noqa: S101
    child.stdin.write(question.encode() + b"\n")
    child.stdin.flush()
    _refuse_failed(child.stdout)
    parts: list[pl.DataFrame] = []
    with ipc.open_stream(child.stdout) as stream:
        for batch in stream:
            frame = pl.from_arrow(batch)
            assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a batch always gives a frame
            parts.append(typed(frame.slice(1) if not parts else frame))
    _refuse_failed(child.stdout)
    return pl.concat(parts, rechunk=True)


def _refuse_failed(answers: IO[bytes]) -> None:
    line = answers.readline()
    if line != b"+\n":
        raise ArrowChildFailed(answers.read(int(line[1:])).decode(errors="replace") if line else "it ended")
