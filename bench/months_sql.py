"""The peer of the whole history: the same gap month by month inside PostgreSQL, as a database administrator would write it.

Spans of due and of done are laid out into months by ``generate_series`` and joined on person, item and month.
It is given what helps it: tables in sorted order, analysed, unlogged, no reading by the program, 256 MB of
memory for each sort and hash, and as many workers as the server starts by itself.
"""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl
import psycopg

from bench.measure import Row
from yingbao.store.binary_copy import HEADER, TRAILER, encode
from yingbao.values.steps import to_spans

# One statement, one month a row: what is due and not done in the same amount, and what is done and not due.
GAP = """
CREATE UNLOGGED TABLE bench_gap AS
WITH due AS (
    SELECT d.person_id, d.item, m.month, d.monthly_fen
    FROM bench_due d CROSS JOIN LATERAL generate_series(d.from_month, d.until_month - 1) AS m(month)
), done AS (
    SELECT d.person_id, d.item, m.month, d.monthly_fen
    FROM bench_done d CROSS JOIN LATERAL generate_series(d.from_month, d.until_month - 1) AS m(month)
)
SELECT due.person_id, due.item, due.month, due.monthly_fen - coalesce(done.monthly_fen, 0) AS gap_fen
FROM due LEFT JOIN done USING (person_id, item, month)
WHERE due.monthly_fen <> coalesce(done.monthly_fen, 0)
UNION ALL
SELECT done.person_id, done.item, done.month, -done.monthly_fen
FROM done LEFT JOIN due USING (person_id, item, month)
WHERE due.person_id IS NULL
"""
_TABLE = "person_id bigint, item smallint, from_month integer, until_month integer, monthly_fen bigint"


def seconds(address: str, folder: Path) -> float:
    """How long PostgreSQL takes for the statement."""
    due = pl.read_parquet(folder / "due.parquet").sort("person_id", "item", "from_month")
    done = to_spans(pl.read_parquet(folder / "done.parquet"), ("person_id", "item"), "monthly_fen")
    with psycopg.connect(address, autocommit=True) as connection:
        for name, frame in (("bench_due", due), ("bench_done", done)):
            connection.execute(f"CREATE UNLOGGED TABLE {name} ({_TABLE})".encode())
            with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN (FORMAT BINARY)".encode()) as copy:
                copy.write(HEADER)
                copy.write(encode(frame))
                copy.write(TRAILER)
            connection.execute(f"CREATE INDEX ON {name} (person_id, item, from_month)".encode())
            connection.execute(f"VACUUM ANALYZE {name}".encode())
        connection.execute("SET work_mem = '256MB'")
        began = time.perf_counter()
        connection.execute(GAP.encode())
        took = time.perf_counter() - began
        connection.execute("DROP TABLE bench_due, bench_done, bench_gap")
    return took


def peer(vendor: str, address: str, folder: Path) -> list[Row]:  # noqa: ARG001 - all items are called alike
    """The statement, timed; no row of ours."""
    return [Row("2 whole history", PEER, "postgresql", seconds(address, folder), note="the server's memory is not counted")]


PEER = "peer: month-by-month SQL inside PostgreSQL"
