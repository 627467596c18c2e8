"""A run made again: from what was known then and the law that was kept, line by line and file by file."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from yingbao import derivation
from yingbao.engine import lines as run_lines
from yingbao.engine.derive import bank_payments
from yingbao.formats.bank import load_profile
from yingbao.formats.bank.write import line_ranges, write_payment_file
from yingbao.ledger.run_lines import LINES
from yingbao.policy.tree import load
from yingbao.reports.manifest import bank_files, paper_files
from yingbao.store import journal, payees, policies
from yingbao.store.bases import basis_of
from yingbao.store.models import BankBatch, Run
from yingbao.values.money import yuan
from yingbao.values.purpose import Item

SHOWN = 20


@dataclass(frozen=True)
class ReplayedFile:
    """A file as it was written and as it comes out now: sha256, empty where there is none."""

    name: str
    then: str
    now: str

    @property
    def same(self) -> bool:
        """Byte for byte."""
        return self.then == self.now


@dataclass(frozen=True)
class Replay:
    """``hash_kept``: of the lines in the store; ``hash_now``: of the lines derived again; ``moved``: where the two differ."""

    run: Run
    hash_kept: str
    hash_now: str
    moved: pl.DataFrame
    files: list[ReplayedFile]
    code_now: str
    law_now: str

    @property
    def same(self) -> bool:
        """Lines and files come out as they were, byte for byte."""
        return self.run.content_hash == self.hash_kept == self.hash_now and all(one.same for one in self.files)

    def differences(self) -> list[str]:
        """What is not as it was, in sentences; the law and the program are named also where nothing follows from them."""
        run, found = self.run, []
        if self.law_now != run.policy_version:
            found.append(f"政策数据已有变动（当时 {run.policy_version[:12]}，现在 {self.law_now[:12]}）；已用当时留存的版本")
        if self.code_now != run.code_version:
            found.append(f"程序版本不同（当时 {run.code_version}，现在 {self.code_now}）")
        if self.hash_kept != run.content_hash:
            found.append("库内明细与批次的指纹不符，可能被改动，请立即联系审计")
        if self.hash_now != run.content_hash:
            found.append(f"重新推算的指纹不同（当时 {run.content_hash[:12]}，现在 {self.hash_now[:12]}）：{self.moved.height} 处")
            found += [f"  #{row['person_id']} {Item(row['item']).zh}：{yuan(row['before_fen'])} → {yuan(row['after_fen'])} 元"
                      for row in self.moved.head(SHOWN).iter_rows(named=True)]  # fmt: skip
        found += [f"文件 {one.name} 不同" for one in self.files if not one.same]
        return found

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "run": self.run.pk, "same": self.same, "differences": self.differences(),
            "content_hash": {"then": self.run.content_hash, "kept": self.hash_kept, "now": self.hash_now},
            "policy_version": {"then": self.run.policy_version, "now": self.law_now},
            "code_version": {"then": self.run.code_version, "now": self.code_now},
            "moved": self.moved.head(SHOWN).to_dicts(), "moved_count": self.moved.height,
            "files": [{"file": one.name, "same": one.same, "then": one.then, "now": one.now} for one in self.files],
        }  # fmt: skip


def replay(run: Run, folder: Path | None = None, made_on: date | None = None) -> Replay:
    """Derive a run again and write its files (into ``folder``, if given). Writes nothing into the store.

    ``made_on``: the day printed on the papers. Raises LawNotKept, LawDamaged.
    """
    derived = derivation.lines_of(basis_of(run), policies.law_of(run.policy_version, run.region))
    kept = journal.read_lines(run.pk)
    with tempfile.TemporaryDirectory(prefix="yingbao-replay-") as made:
        files = _files(run, derived, folder or Path(made), made_on or run.on)
    return Replay(run, run_lines.content_hash(kept), run_lines.content_hash(derived), _moved(kept, derived), files,
                  policies.code_version(), load(region=run.region).version)  # fmt: skip


def _moved(kept: pl.DataFrame, derived: pl.DataFrame) -> pl.DataFrame:
    """Persons and items whose amounts differ; failing these, those whose lines differ in any other way."""
    moved = run_lines.difference(kept, derived)
    if moved.height or kept.equals(derived):
        return moved
    purpose = [name for name in LINES if name != "line"]
    odd = pl.concat([kept.join(derived, on=purpose, how="anti", nulls_equal=True),
                     derived.join(kept, on=purpose, how="anti", nulls_equal=True)])  # fmt: skip
    pairs = odd.select("person_id", "item").unique().sort("person_id", "item")
    fen = kept.group_by("person_id", "item").agg(pl.col("amount_fen").sum().alias("before_fen"))
    return pairs.join(fen, on=["person_id", "item"], how="left").with_columns(
        pl.col("before_fen").fill_null(0)).with_columns(pl.col("before_fen").alias("after_fen"))  # fmt: skip


def _files(run: Run, derived: pl.DataFrame, folder: Path, made_on: date) -> list[ReplayedFile]:
    papers = {one["file"]: one["sha256"] for one in paper_files(run, made_on)}
    again = {one["file"]: one["sha256"] for one in paper_files(run, made_on, derived, folder)}
    then = {**papers, **{one["file"]: one["sha256"] for one in bank_files(run)}}
    now = {**again, **_bank_files(run, derived, folder)}
    return [ReplayedFile(name, then.get(name, ""), now.get(name, "")) for name in [*then, *(set(now) - set(then))]]


def _bank_files(run: Run, derived: pl.DataFrame, folder: Path) -> dict[str, str]:
    """The bank files of the derived lines, to the accounts that were known when they were written."""
    first = BankBatch.objects.filter(pool=run.pool, run_id=run.pk).order_by("pk").first()
    if first is None:
        return {}
    profile = load_profile(first.profile)
    lines = payees.payment_lines(run, bank_payments(derived), first.on, first.act_seq)
    written = {}
    for place, (start, end) in enumerate(line_ranges(profile, len(lines)), start=1):
        head = payees.payment_batch(run, place)
        made = write_payment_file(profile, head, [one.for_bank(head.summary) for one in lines[start:end]], folder)
        written[made.path.name] = made.sha256
    return written
