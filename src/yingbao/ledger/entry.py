"""An entry is a list of transfers. A transfer has both sides at once: it cannot fail to balance.

These are the typed forms, for single entries, documents and tests. A run of a county goes through
the frames of :mod:`yingbao.ledger.postings`, which build the same lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from yingbao.ledger.errors import DoesNotBalance
from yingbao.values.money import Fen, bounded
from yingbao.values.purpose import Purpose


@dataclass(frozen=True, slots=True)
class Transfer:
    """``fen`` from one account to another, for a purpose. Raises DoesNotBalance when it cannot be true.

    ``monthly_fen`` is ``fen`` spread over the months of the purpose, and must fit without a rest.
    """

    purpose: Purpose
    debit: int
    credit: int
    fen: Fen

    def __post_init__(self) -> None:
        months = self.purpose.until_month - self.purpose.from_month
        if self.fen <= 0:
            raise DoesNotBalance(why=f"金额 {self.fen} 分不是正数")
        if self.debit == self.credit:
            raise DoesNotBalance(why=f"借贷同为科目 {self.debit}")
        if months <= 0 or bounded(self.fen) % months:
            raise DoesNotBalance(why=f"{self.fen} 分不能平均到 {months} 个月")

    @property
    def monthly_fen(self) -> Fen:
        """The amount of one month of the purpose."""
        return self.fen // (self.purpose.until_month - self.purpose.from_month)


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated act in the books: transfers with one reason and one citation. Never changed; corrected by another."""

    transfers: tuple[Transfer, ...]
    reason: str
    citation: str

    def __post_init__(self) -> None:
        if not self.transfers or not self.reason:
            raise DoesNotBalance(why="没有金额或没有原因")
        places = [(t.purpose.person_id, t.purpose.item, t.purpose.from_month) for t in self.transfers]
        if len(set(places)) != len(places):
            raise DoesNotBalance(why="同一款项在一笔分录中出现两次")

    @property
    def total_fen(self) -> Fen:
        """The sum of the debits, which is the sum of the credits."""
        return sum(transfer.fen for transfer in self.transfers)
