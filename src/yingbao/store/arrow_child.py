"""A process of its own that reads SQLite over Arrow and streams the answers to its parent.

It must be another process: two SQLite libraries in one process drop each other's file locks
(docs/decisions/0006). It imports neither Django nor Polars, so it starts in half a second, and it
stays for the next question: one line of JSON in; out comes a line ``+``, an Arrow stream, batch by batch while
it reads, and a line ``+`` again. Instead of either line a failure says ``-``, a length, and its reason.
"""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

import adbc_driver_sqlite.dbapi as driver
from pyarrow import ipc

BATCH_ROWS = "131072"  # some megabytes: the parent turns one batch into its own types while the next is read


def answer(asked: dict[str, Any], out: BinaryIO) -> None:
    """The rows of ``{"path", "sql", "params", "first"}`` as an Arrow stream, on a connection of their own.

    The driver tells a column's type by the first batch, and a column may begin with a hundred thousand nulls.
    So a row made of the values ``first`` goes before all others; the parent leaves it out.
    """
    marks = ", ".join(f'? AS "{place}"' for place, _ in enumerate(asked["first"]))
    sql = f"SELECT {marks} UNION ALL SELECT * FROM ({asked['sql']})"  # noqa: S608 - the parent's own statement
    with driver.connect(f"file:{asked['path']}?mode=ro") as opened, opened.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": BATCH_ROWS})
        cursor.execute(sql, [*asked["first"], *asked["params"]])
        found = cursor.fetch_record_batch()
        out.write(b"+\n")
        with ipc.new_stream(out, found.schema) as stream:
            for batch in found:
                stream.write_batch(batch)


def main() -> None:
    """Answer questions until the parent closes the pipe. A failed one is answered with its reason."""
    out = sys.stdout.buffer
    for line in sys.stdin:
        try:
            answer(json.loads(line), out)
            out.write(b"+\n")  # a stream that broke off looks whole by itself
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
            reason = f"{type(error).__name__}: {error}".encode()
            out.write(f"-{len(reason)}\n".encode() + reason)
        out.flush()


if __name__ == "__main__":
    main()
