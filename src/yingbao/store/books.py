"""Which postings move which picture of *done*, and in which direction. Constants only.

A rule says: a posting of an entry of one of ``kinds`` adds its ``monthly_fen`` to ``book`` where ``account``
is on the side ``rises_on``, and takes it off where it is on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from yingbao.ledger.chart import CHARGED_BUCKET, PAYABLE, PROXY_INCOME
from yingbao.ledger.postings import CREDIT_ACCOUNT
from yingbao.values.purpose import CHARGES


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
    accounts: tuple[int, ...]
    rises_on: str


# What fills an account is credited to it; what a pension takes out of it is debited, source by source.
_FILLS = tuple(sorted({credit for item, (_, credit) in CREDIT_ACCOUNT.sides.items() if item not in CHARGES}))
_CHARGES = tuple(CHARGED_BUCKET.values())

RULES = (
    BookRule(RECOGNISED, ("recognise", "opening_recognised"), (PAYABLE,), "credit"),
    BookRule(RECOGNISED, ("contribute",), (PROXY_INCOME,), "credit"),
    BookRule(RECOGNISED, ("credit_account",), _FILLS, "credit"),
    BookRule(RECOGNISED, ("credit_account",), _CHARGES, "debit"),
    BookRule(
        DISBURSED,
        ("instruct", "bank_return", "reclass_to_recover", "set_off", "opening_disbursed"),
        (PAYABLE,),
        "debit",
    ),
)
