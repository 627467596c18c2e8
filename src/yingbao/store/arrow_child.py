"""A process of its own that reads SQLite over Arrow and streams the answer to its parent.

Run as ``python -m yingbao.store.arrow_child``: a request in JSON on standard input, an Arrow
stream on standard output. It must be another process: two SQLite libraries in one process drop
each other's file locks. It imports neither Django nor Polars, so it starts in half a second.
"""

from __future__ import annotations

import json
import sys

import adbc_driver_sqlite.dbapi as driver
import pyarrow.ipc as ipc

ONE_BATCH = "16777216"  # rows; one batch makes one frame without copying


def main() -> None:
    """Answer one request: ``{"path", "sql", "params"}``."""
    asked = json.load(sys.stdin)
    with driver.connect(f"file:{asked['path']}?mode=ro") as opened, opened.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": ONE_BATCH})
        cursor.execute(asked["sql"], asked["params"] or None)
        reader = cursor.fetch_record_batch()
        with ipc.new_stream(sys.stdout.buffer, reader.schema) as out:
            for batch in reader:
                out.write_batch(batch)


if __name__ == "__main__":
    main()
