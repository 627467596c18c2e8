"""A process of its own that reads SQLite over Arrow and streams the answers to its parent.

It must be another process: two SQLite libraries in one process drop each other's file locks
(docs/decisions/0006). It imports neither Django nor Polars, so it starts in half a second, and it
stays for the next question: one line of JSON in, a length and an Arrow stream out.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import adbc_driver_sqlite.dbapi as driver
import pyarrow as pa
from pyarrow import ipc

ONE_BATCH = "16777216"  # rows; one batch makes one frame without copying


def answer(asked: dict[str, Any]) -> bytes:
    """The rows of ``{"path", "sql", "params"}`` as an Arrow stream, on a connection of their own."""
    with driver.connect(f"file:{asked['path']}?mode=ro") as opened, opened.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": ONE_BATCH})
        cursor.execute(asked["sql"], asked["params"] or None)
        found = cursor.fetch_arrow_table()
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, found.schema) as out:
        out.write_table(found)
    return bytes(sink.getvalue())


def main() -> None:
    """Answer questions until the parent closes the pipe. A failed one is answered with ``-`` and its reason."""
    out = sys.stdout.buffer
    for line in sys.stdin:
        try:
            found = answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
            reason = f"{type(error).__name__}: {error}".encode()
            out.write(f"-{len(reason)}\n".encode() + reason)
        else:
            out.write(f"{len(found)}\n".encode() + found)
        out.flush()


if __name__ == "__main__":
    main()
