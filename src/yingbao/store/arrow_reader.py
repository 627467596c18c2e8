"""The parent's side of :mod:`.arrow_child`: one child a process, started on the first large read."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import lru_cache
from typing import Any

import polars as pl
import pyarrow as pa
from pyarrow import ipc


class ArrowChildFailed(RuntimeError):
    """The reading process died or could not read: a fault of the program, not of the data."""


@lru_cache(maxsize=1)
def _child(owner: int) -> subprocess.Popen[bytes]:  # noqa: ARG001 - a fork must not share its parent's pipe
    command = [sys.executable, "-m", "yingbao.store.arrow_child"]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program
    atexit.register(_end, started, os.getpid())
    return started


def _end(started: subprocess.Popen[bytes], owner: int) -> None:
    if owner == os.getpid() and started.stdin:
        started.stdin.close()
        started.wait(timeout=5)


def read(path: str, sql: str, params: list[Any]) -> pl.DataFrame:
    """The committed rows of a SELECT with ``?`` marks. Raises ArrowChildFailed."""
    child = _child(os.getpid())
    assert child.stdin  # noqa: S101 - both pipes were asked for
    assert child.stdout  # noqa: S101
    try:
        child.stdin.write(json.dumps({"path": path, "sql": sql, "params": params}).encode() + b"\n")
        child.stdin.flush()
        size = int(child.stdout.readline())
    except (OSError, ValueError) as error:
        _child.cache_clear()
        raise ArrowChildFailed(str(error)) from error
    content = child.stdout.read(abs(size))
    if size < 0:
        raise ArrowChildFailed(content.decode(errors="replace"))
    with ipc.open_stream(pa.py_buffer(content)) as stream:
        frame = pl.from_arrow(stream.read_all())
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table always gives a frame
    return frame
