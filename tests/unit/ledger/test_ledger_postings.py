"""Run lines become postings; every kind by one table."""

from __future__ import annotations

import polars as pl
import pytest
from ledger_samples import JANUARY, POOL, lines

from yingbao.ledger.errors import DoesNotBalance, NotThisWay
from yingbao.ledger.postings import (
    BANK_RETURN,
    CONTRIBUTE,
    FUND_MOVES,
    INSTRUCT,
    POSTINGS,
    RECLASS_TO_RECOVER,
    RECOGNISE,
    REPAY,
    SET_OFF,
    SETTLE,
    Kind,
    fund_move,
    open_accounts,
    post,
    posting,
)
from yingbao.values.purpose import Item


def sides(kind: Kind, item: Item, monthly_fen: int) -> tuple[int, int]:
    row = post(kind, lines((7, item, JANUARY, JANUARY + 1, monthly_fen)), entry_id=1, pool=POOL).row(0, named=True)
    return row["debit"], row["credit"]


@pytest.mark.parametrize(
    ("kind", "item", "fen", "debit", "credit"),
    [
        (RECOGNISE, Item.BASE_PENSION, 14800, 500101, 220101),
        (RECOGNISE, Item.ACCOUNT_PENSION, 2591, 500102, 220101),
        (RECOGNISE, Item.COUNTY_TOP_UP, 500, 500104, 220101),
        (RECOGNISE, Item.BASE_PENSION, -14800, 220101, 500101),
        (CONTRIBUTE, Item.PROXY_CONTRIBUTION, 10000, 210105, 410103),
        (CONTRIBUTE, Item.PROXY_CONTRIBUTION, -10000, 410103, 210105),
        (INSTRUCT, Item.BASE_PENSION, 14800, 220101, 220201),
        (SETTLE, Item.BASE_PENSION, 14800, 220201, 100401),
        (BANK_RETURN, Item.BASE_PENSION, 14800, 220201, 220101),
        (RECLASS_TO_RECOVER, Item.BASE_PENSION, -14800, 110201, 220101),
        (SET_OFF, Item.BASE_PENSION, 14800, 220101, 110201),
        (REPAY, Item.BASE_PENSION, 14800, 100401, 110201),
    ],
)
def test_each_happening_has_its_two_accounts(kind: Kind, item: Item, fen: int, debit: int, credit: int) -> None:
    assert sides(kind, item, fen) == (debit, credit)


def test_postings_have_the_declared_columns_in_the_order_of_their_key() -> None:
    found = post(
        RECOGNISE, lines((9, 2, JANUARY, JANUARY + 2, 14800), (7, 3, JANUARY, JANUARY + 1, 100)), entry_id=5, pool=POOL
    )
    assert dict(found.schema) == POSTINGS
    assert found["person_id"].to_list() == [7, 9]
    assert found["amount_fen"].to_list() == [100, 29600]


def test_no_line_gives_no_posting() -> None:
    assert dict(post(RECOGNISE, lines(), entry_id=1, pool=POOL).schema) == POSTINGS


@pytest.mark.parametrize(
    ("kind", "item", "fen"),
    [
        (RECOGNISE, Item.PROXY_CONTRIBUTION, 10000),
        (CONTRIBUTE, Item.BASE_PENSION, 14800),
        (REPAY, Item.BASE_PENSION, -14800),
        (SET_OFF, Item.BASE_PENSION, -14800),
        (RECLASS_TO_RECOVER, Item.BASE_PENSION, 14800),
    ],
)
def test_what_does_not_belong_to_a_kind_is_refused(kind: Kind, item: Item, fen: int) -> None:
    with pytest.raises(NotThisWay):
        sides(kind, item, fen)


@pytest.mark.parametrize(
    "rows",
    [
        [(7, 2, JANUARY, JANUARY + 1, 0)],
        [(7, 2, JANUARY, JANUARY, 14800)],
        [(7, 2, JANUARY, JANUARY + 1, 10**13 + 1)],
        [(7, 2, JANUARY, JANUARY + 1, None)],
        [(7, 2, JANUARY, JANUARY + 1, 14800), (7, 2, JANUARY, JANUARY + 2, 1)],
    ],
)
def test_lines_that_cannot_be_true_are_refused(rows: list) -> None:
    with pytest.raises(DoesNotBalance):
        post(RECOGNISE, lines(*rows), entry_id=1, pool=POOL)


def test_the_offices_own_money_moves_by_name() -> None:
    moved = [fund_move(name, 100, month=JANUARY, entry_id=1, pool=POOL).row(0)[-2:] for name in FUND_MOVES]
    assert moved == [
        (100301, 210105), (100301, 410101), (100401, 100301), (100201, 210101), (210101, 100201), (100301, 100201), (100301, 110301),
        (100301, 110302), (100301, 110303), (100301, 999901), (100401, 999901),
    ]  # fmt: skip


@pytest.mark.parametrize("fen", [0, -1, 10**13 + 1])
def test_a_move_of_nothing_is_refused(fen: int) -> None:
    with pytest.raises(DoesNotBalance):
        posting(100401, 100301, fen, month=JANUARY, entry_id=1, pool=POOL)


def test_an_opened_account_has_one_line_a_source() -> None:
    balances = pl.DataFrame(
        [(7, "own", 150000), (7, "proxy", 10000), (8, "interest", 0)],
        schema=["person_id", "bucket", "amount_fen"],
        orient="row",
    )
    found = open_accounts(balances, month=JANUARY, entry_id=1, pool=POOL)
    assert found.select("person_id", "amount_fen", "debit", "credit").rows() == [
        (7, 150000, 999901, 910101),
        (7, 10000, 999901, 910106),
    ]
    assert dict(found.schema) == POSTINGS
    assert not found.select("entry_id", "person_id", "item", "from_month").is_duplicated().any()
