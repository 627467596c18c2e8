"""Which postings move which picture of *done*, and in which direction. Constants only.

A rule says: a posting of an entry of one of ``kinds`` adds its ``monthly_fen`` to ``book`` where ``account``
is on the side ``rises_on``, and takes it off where it is on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from yingbao.ledger.chart import PAYABLE, PROXY_INCOME


class Book(IntEnum):
    """The pictures of done. The number is what the store keeps."""

    RECOGNISED = 1  # due − recognised is the recognition gap
    DISBURSED = 2  # recognised − disbursed is the payment gap


RECOGNISED = Book.RECOGNISED
DISBURSED = Book.DISBURSED


@dataclass(frozen=True)
class BookRule:
    """``kinds`` are of JournalEntry: names of ledger.postings.KINDS and of the opening. ``rises_on``: debit or credit."""

    book: Book
    kinds: tuple[str, ...]
    account: int
    rises_on: str


RULES = (
    BookRule(RECOGNISED, ("recognise", "opening_recognised"), PAYABLE, "credit"),
    BookRule(RECOGNISED, ("contribute",), PROXY_INCOME, "credit"),
    BookRule(
        DISBURSED,
        ("instruct", "bank_return", "reclass_to_recover", "set_off", "opening_disbursed"),
        PAYABLE,
        "debit",
    ),
)
