"""暂收款: what was collected, credited and returned, and what still stands open; subsidies credited and arrived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from yingbao.ledger import chart
from yingbao.ledger.postings import FUND_MOVES
from yingbao.reports.evidence import Evidence
from yingbao.store import footing
from yingbao.values.purpose import TRANSFERS_IN, Item

LEVELS = {"province": Item.SUBSIDY_PROVINCE, "city": Item.SUBSIDY_CITY, "county": Item.SUBSIDY_COUNTY}
LEVEL_ZH = {"province": "省级", "city": "市级", "county": "县级"}
CREDITED = (Item.OWN_CONTRIBUTION, Item.MAKEUP_CONTRIBUTION, Item.COLLECTIVE_AID, *TRANSFERS_IN)


@dataclass(frozen=True)
class Collected:
    """In fen. ``open_fen`` is the balance of 暂收款; ``subsidies``: level → credited, arrived, still to come."""

    collected_fen: int
    credited_fen: int
    returned_fen: int
    open_fen: int
    subsidies: Mapping[str, Mapping[str, int]]
    rests_on: list[str]

    @property
    def agrees(self) -> bool:
        """Collected = credited + returned + open."""
        return self.collected_fen == self.credited_fen + self.returned_fen + self.open_fen

    def as_json(self) -> dict[str, object]:
        """Plain values; amounts in fen."""
        fen = {name: value for name, value in vars(self).items() if name.endswith("_fen")}
        return {**fen, "subsidies": {level: dict(one) for level, one in self.subsidies.items()}, "agrees": self.agrees,
                footing.KEY: self.rests_on}  # fmt: skip


def collected_of(evidence: Evidence) -> Collected:
    """The whole of a pool, each figure from its own postings."""
    books = evidence.postings
    into, back = _moved(books, "contributions_collected"), _moved(books, "contributions_uncollected")
    credited = _net(books.filter(pl.col("item").is_in([int(item) for item in CREDITED])), chart.COLLECTED, "debit")
    refunds = books.filter((pl.col("item") == int(Item.CONTRIBUTION_REFUND)) & (pl.col("kind") == "recognise"))
    return Collected(into - back, credited, _net(refunds, chart.COLLECTED, "debit"), _net(books, chart.COLLECTED, "credit"),
                     {level: _subsidy(books, level, item) for level, item in LEVELS.items()},
                     footing.of_booked(evidence.pool, "account", "payroll", until=evidence.day))  # fmt: skip


def _subsidy(books: pl.DataFrame, level: str, item: Item) -> dict[str, int]:
    account = chart.SUBSIDY_RECEIVABLE[level]
    credited = _net(books.filter(pl.col("item") == int(item)), account, "debit")
    return {"credited_fen": credited, "arrived_fen": _moved(books, f"subsidy_{level}_arrived"),
            "receivable_fen": _net(books, account, "debit")}  # fmt: skip


def _moved(books: pl.DataFrame, name: str) -> int:
    debit, credit = FUND_MOVES[name]
    of = books.filter((pl.col("kind") == name) & (pl.col("debit") == debit) & (pl.col("credit") == credit))
    return int(of["amount_fen"].sum())


def _net(books: pl.DataFrame, account: int, rises_on: str) -> int:
    other = "credit" if rises_on == "debit" else "debit"
    up, down = (int(books.filter(pl.col(side) == account)["amount_fen"].sum()) for side in (rises_on, other))
    return up - down
