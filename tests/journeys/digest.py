"""One digest of all rows that acts write, the same for two histories that ended alike.

Left out: wall-clock times, hashes over them, sealed values (each sealing has its own nonce; their
blind indexes stay) and words that name such a number. A number drawn from a sequence is told by its place among its kind, because
PostgreSQL gives no number twice, even after a rollback.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

# table → (columns, order). A column written ``name>table`` is a reference, ``id>`` the row's own number.
TABLES: dict[str, tuple[str, ...]] = {
    "store_person": ("id", "pool", "name", "id_index", "sex", "act_seq"),
    "store_fact": (
        "id>store_fact", "pool", "person_id", "kind", "value", "number", "secret_index", "holds_from", "holds_until",
        "told_at", "act_seq", "source_file_id>store_sourcefile", "source_row", "reference",
    ),
    "store_factchange": (
        "id>store_factchange", "fact_id>store_fact", "change", "holds_until", "told_at", "act_seq", "reason",
    ),
    "store_sourcefile": ("id>store_sourcefile", "kind", "data_month", "sha256", "told_at", "act_seq"),
    "store_sourcerecord": (
        "source_file_id>store_sourcefile", "number", "sheet", "row", "disposition", "reasons", "person_id", "id_index",
    ),
    "store_sourceblock": ("source_file_id>store_sourcefile", "first_number", "last_number"),
    "store_recorddecision": (
        "id>store_recorddecision", "source_file_id>store_sourcefile", "number", "disposition", "person_id", "officer_id",
        "told_at", "act_seq",
    ),
    "store_matchcase": ("id>store_matchcase", "source_file_id>store_sourcefile", "number", "level", "act_seq"),
    "store_matchdecision": (
        "id>store_matchdecision", "case_id>store_matchcase", "decision", "person_id", "officer_id", "told_at", "act_seq",
    ),
    "store_personalias": ("id>store_personalias", "pool", "person_id", "kind", "index", "told_at", "act_seq"),
    "store_run": (
        "id>store_run", "pool", "kind", "period", "state", "line_count", "total_fen", "content_hash", "maker_id",
        "checker_id", "known_act", "act_seq",
    ),
    "store_runline": (
        "run_id>store_run", "line", "person_id", "item", "from_month", "until_month", "monthly_fen", "amount_fen",
        "line_class", "arrears_type", "bank_line",
    ),
    "store_journalentry": ("id>store_journalentry", "run_id>store_run", "kind", "on", "reason", "act_seq"),
    "store_posting": (
        "entry_id>store_journalentry", "person_id", "item", "from_month", "until_month", "monthly_fen", "amount_fen",
        "debit", "credit",
    ),
    "store_bankbatch": ("id>store_bankbatch", "run_id>store_run", "count", "total_fen", "act_seq"),
    "store_bankline": (
        "batch_id>store_bankbatch", "line", "person_id", "account_fact_id>store_fact", "name", "amount_fen",
    ),
    "store_bankanswer": (
        "id>store_bankanswer", "batch_id>store_bankbatch", "line", "outcome", "code", "bank_serial", "on", "act_seq",
    ),
    "store_openingtotal": ("name", "value", "act_seq"),
    "store_closedyear": ("id>store_closedyear", "pool", "year", "on", "figures_hash", "maker_id", "checker_id", "act_seq"),
    "store_donegeneration": ("id>store_donegeneration", "pool", "through_entry"),
    "store_donestep": ("generation_id>store_donegeneration", "book", "person_id", "item", "month", "monthly_fen"),
    "store_policyversion": ("version",),
    "store_pool": ("code", "name"),
    "store_officer": ("id>store_officer", "login", "name", "pool", "roles", "active"),
    "store_auditevent": ("pool", "seq", "on", "officer_id", "verb"),
    "store_audithead": ("pool", "seq"),
}  # fmt: skip

Rows = Callable[[str], Sequence[Sequence[Any]]]


def digest_of(rows: Rows) -> str:
    """SHA-256 over the rows of every table. ``rows`` runs a SELECT."""
    places = {
        table: {row[0]: place for place, row in enumerate(rows(f"SELECT id FROM {table} ORDER BY id"), start=1)}
        for table in {column.partition(">")[2] for columns in TABLES.values() for column in columns if ">" in column}
    }
    digest = hashlib.sha256()
    for table, columns in TABLES.items():
        names = ", ".join('"' + column.partition(">")[0] + '"' for column in columns)
        told = [
            [_plain(cell, places.get(column.partition(">")[2])) for column, cell in zip(columns, row, strict=True)]
            for row in rows(f"SELECT {names} FROM {table}")
        ]
        lines = sorted(json.dumps(row, ensure_ascii=False) for row in told)
        digest.update(f"{table} {len(lines)}\n".encode())
        digest.update("\n".join(lines).encode())
    return digest.hexdigest()


def _plain(cell: Any, places: dict[Any, int] | None) -> Any:
    if cell is None or places is None:
        return cell if cell is None or isinstance(cell, (int, str)) else str(cell)
    return places.get(cell, f"nobody {cell}")
