"""An entry that does not balance cannot be built."""

from __future__ import annotations

import pytest

from yingbao.ledger.entry import Entry, Transfer
from yingbao.ledger.errors import DoesNotBalance
from yingbao.values.month import month_of
from yingbao.values.purpose import Item, Purpose

DECEMBER = Purpose(7, Item.BASE_PENSION, month_of(2018, 12), month_of(2019, 1))
QUARTER = Purpose(7, Item.BASE_PENSION, month_of(2019, 1), month_of(2019, 4))


@pytest.mark.parametrize(
    ("purpose", "debited", "credited", "fen"),
    [
        (DECEMBER, 500101, 220101, 0),
        (DECEMBER, 500101, 220101, -13500),
        (DECEMBER, 220101, 220101, 13500),
        (QUARTER, 500101, 220101, 13501),
        (Purpose(7, Item.BASE_PENSION, 5, 5), 500101, 220101, 13500),
    ],
)
def test_a_transfer_that_cannot_be_true_cannot_be_built(
    purpose: Purpose, debited: int, credited: int, fen: int
) -> None:
    with pytest.raises(DoesNotBalance):
        Transfer(purpose, debited, credited, fen)


def test_a_transfer_knows_its_month() -> None:
    assert Transfer(QUARTER, 500101, 220101, 44400).monthly_fen == 14800


def test_an_entry_without_a_reason_cannot_be_built() -> None:
    with pytest.raises(DoesNotBalance):
        Entry((Transfer(DECEMBER, 500101, 220101, 13500),), "", "国发〔2014〕8号")


def test_an_entry_holds_a_purpose_once() -> None:
    transfer = Transfer(DECEMBER, 500101, 220101, 13500)
    with pytest.raises(DoesNotBalance):
        Entry((transfer, transfer), "twice", "")
