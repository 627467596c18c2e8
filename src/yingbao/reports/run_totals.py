"""What a run pays: by item and kind of arrears, and its base pensions by who bears them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from yingbao import derivation
from yingbao.ledger.run_lines import ARREARS_ZH, ArrearsType, LineClass
from yingbao.rules import funding
from yingbao.rules.funding import Level
from yingbao.rules.relations import SPANS, STEPS
from yingbao.store import footing, journal, policies
from yingbao.store.bases import basis_of
from yingbao.store.books import Book
from yingbao.store.models import Run
from yingbao.values.money import Fen
from yingbao.values.purpose import Item


@dataclass(frozen=True)
class ItemTotal:
    """An item of a run, its arrears apart. ``persons``: different people in this line."""

    item: Item
    arrears: ArrearsType
    persons: int
    fen: Fen

    @property
    def zh(self) -> str:
        """``基础养老金（调整补发）``."""
        told = ARREARS_ZH[int(self.arrears)]
        return f"{self.item.zh}（{told}）" if told else self.item.zh


@dataclass(frozen=True)
class RunTotals:
    """The payments of a run. ``levels``: fen of base pensions and what is added to them, by who bears them."""

    items: tuple[ItemTotal, ...]
    levels: dict[Level, Fen]
    persons: int
    illustrative: tuple[str, ...]

    @property
    def fen(self) -> Fen:
        """Everything that is to pay."""
        return sum(one.fen for one in self.items)

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in fen."""
        return {
            "items": [{"item": one.item.key, "arrears": one.arrears.name.lower(), "persons": one.persons, "fen": one.fen}
                      for one in self.items],
            "levels_fen": {level.name.lower(): fen for level, fen in self.levels.items()}, "persons": self.persons,
            "total_fen": self.fen, "rests_on_illustrative": list(self.illustrative),
        }  # fmt: skip


def run_totals(run: Run, booked: pl.DataFrame | None = None) -> RunTotals:
    """The totals of what a run pays, of its kept lines or of ``booked`` (LINES)."""
    lines = (journal.read_lines(run.pk) if booked is None else booked).filter(pl.col("line_class") == int(LineClass.PAY))
    by_item = lines.group_by("item", "arrears_type").agg(
        pl.col("person_id").n_unique().alias("persons"), pl.col("amount_fen").sum()).sort("item", "arrears_type")  # fmt: skip
    items = tuple(ItemTotal(Item(item), ArrearsType(kind), persons, fen) for item, kind, persons, fen in by_item.iter_rows())
    in_force = policies.law_of(run.policy_version, run.region).in_force(run.known_on)
    levels = funding.totals_of_change(lines.select(*SPANS), _stood_before(run), in_force)
    names = sorted({*footing.of_run(run), *in_force.illustrative()})
    return RunTotals(items, levels, lines["person_id"].n_unique(), tuple(names))


def _stood_before(run: Run) -> pl.DataFrame:
    """What had been recognised (of a disbursement: paid out) when the run was drafted: STEPS."""
    book = Book.DISBURSED if run.kind == "disbursement" else Book.RECOGNISED
    return derivation.done_of(basis_of(run), book).select(*STEPS)
