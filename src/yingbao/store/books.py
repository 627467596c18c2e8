"""Which postings move which picture of *done*, and in which direction. Constants only.

A rule says: a posting of an entry of one of ``kinds`` adds its ``monthly_fen`` to ``book`` where
``account`` is credited (or debited), and takes it off on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Book(IntEnum):
    """The pictures of done. The number is what the store keeps."""

    RECOGNISED = 1  # due − recognised is the recognition gap
    DISBURSED = 2  # recognised − disbursed is the payment gap


# Accounts of ledger.chart, by number: the store does not import the chart.
BENEFITS_PAYABLE = 220_101
PROXY_CONTRIBUTION_INCOME = 410_103


@dataclass(frozen=True)
class BookRule:
    """``rises_on``: the side of ``account`` (``debit`` or ``credit``) that adds."""

    book: Book
    account: int
    rises_on: str
    up: tuple[str, ...]
    down: tuple[str, ...]


RULES = (
    BookRule(Book.RECOGNISED, BENEFITS_PAYABLE, "credit", ("recognise", "opening"), ("recognise", "opening")),
    BookRule(Book.RECOGNISED, PROXY_CONTRIBUTION_INCOME, "credit", ("contribute",), ("contribute",)),
    BookRule(Book.DISBURSED, BENEFITS_PAYABLE, "debit", ("instruct", "opening", "reclass"), ("return", "reclass")),
)
