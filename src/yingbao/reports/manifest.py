"""What a run was made of: inputs, law, program, content, files. Enough to say whether it can be made again."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from yingbao import derivation
from yingbao.policy.tree import PolicyTree
from yingbao.reports.papers import papers_of
from yingbao.rules.relations import FACTS, Facts
from yingbao.store import policies
from yingbao.store.bases import Basis, basis_of, opening_of, snapshots_of
from yingbao.store.books import Book
from yingbao.store.models import BankBatch, Run
from yingbao.values.facts import FactKind
from yingbao.values.month import show_month


def sha256(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bank_files(run: Run) -> list[dict[str, Any]]:
    """The bank files of a run as they were written: name, lines, fen, sha256."""
    batches = BankBatch.objects.filter(pool=run.pool, run_id=run.pk).order_by("pk")
    return [{"file": one.file_name, "kind": "bank", "count": one.count, "total_fen": one.total_fen, "sha256": one.sha256,
             "profile": one.profile, "on": one.on.isoformat()} for one in batches]  # fmt: skip


def paper_files(run: Run, made_on: date, lines: pl.DataFrame | None = None, folder: Path | None = None) -> list[dict[str, Any]]:
    """The papers of a run, of its kept lines or of others, made on a day: name and sha256; kept in ``folder``, if given."""
    with tempfile.TemporaryDirectory(prefix="yingbao-papers-") as made:
        written = papers_of(run, folder or Path(made), made_on, lines)
        return [{"file": one.name, "kind": "paper", "sha256": sha256(one)} for one in written]


def manifest(run: Run, made_on: date | None = None) -> dict[str, Any]:
    """Plain values. Reads what the run read, again: the figures prove what was there, they are not copies of it.

    ``made_on``: the day printed on the papers (default: the run's own).
    """
    basis, kept = basis_of(run), policies.is_kept(run.policy_version)
    return {
        "run": run.pk, "pool": run.pool, "kind": run.kind, "period": show_month(run.period), "state": run.state,
        "on": run.on.isoformat(), "content_hash": run.content_hash, "lines": run.line_count, "total_fen": run.total_fen,
        "inputs": _inputs(basis, policies.law_of(run.policy_version, run.region) if kept else None),
        "policy": {"version": run.policy_version, "region": run.region, "kept": kept},
        "code": {"version": run.code_version, "now": policies.code_version(), "now_sha256": policies.code_hash()},
        "files": [*bank_files(run), *paper_files(run, made_on or run.on)],
    }  # fmt: skip


def _inputs(basis: Basis, tree: PolicyTree | None) -> dict[str, Any]:
    opening, facts = opening_of(basis.pool), derivation.facts_of(basis, tree)
    return {
        "known_on": basis.known_on.isoformat(), "known_act": basis.known_act,
        "snapshot_on": None if basis.snapshot_on is None else basis.snapshot_on.isoformat(),
        "opening": {"month": show_month(opening.opening_month), "statement_from": show_month(opening.statement_from)},
        "snapshots": [{"year": one.year, "on": one.day.isoformat()} for one in snapshots_of(basis)],
        "facts": _facts(facts), "credits": _frame(facts.credits),
        "done": {book.name.lower(): _frame(derivation.done_of(basis, book)) for book in Book},
    }  # fmt: skip


def _facts(facts: Facts) -> dict[str, Any]:
    """Count and hash of the facts read, kind by kind."""
    parts = facts.facts.select(*FACTS).partition_by("kind", as_dict=True)
    found = {FactKind(int(str(kind))): part for (kind,), part in parts.items()}
    return {kind.key: _frame(found[kind]) for kind in sorted(found)}


def _frame(frame: pl.DataFrame) -> dict[str, Any]:
    """Rows and sha256 of a frame, whatever the order it was read in."""
    return {"count": frame.height, "sha256": hashlib.sha256(frame.sort(frame.columns).write_csv().encode()).hexdigest()}
