"""The proofs find what is wrong and are silent when nothing is."""

from __future__ import annotations

import polars as pl
import pytest
from ledger_samples import JANUARY, POOL, lines

from yingbao.ledger import checks
from yingbao.ledger.chart import load_chart
from yingbao.ledger.postings import (
    BANK_RETURN,
    CONTRIBUTE,
    INSTRUCT,
    RECOGNISE,
    SETTLE,
    fund_move,
    open_accounts,
    post,
)

TWO = lines((7, 2, JANUARY, JANUARY + 1, 14800), (8, 2, JANUARY, JANUARY + 1, 14800))
ONE = TWO.head(1)


def balances() -> pl.DataFrame:
    return pl.DataFrame(
        [(7, "own", 150000), (7, "proxy", 10000)], schema=["person_id", "bucket", "amount_fen"], orient="row"
    )


def books() -> pl.DataFrame:
    """A month: opened, money in, two recognised and sent, one settled, one returned; one contribution."""
    paid = lines((9, 1, JANUARY, JANUARY + 1, 10000))
    return pl.concat(
        [
            open_accounts(balances(), month=JANUARY, entry_id=1, pool=POOL),
            fund_move("benefit_money_arrived", 29600, month=JANUARY, entry_id=2, pool=POOL),
            fund_move("draw", 29600, month=JANUARY, entry_id=3, pool=POOL),
            fund_move("proxy_money_arrived", 10000, month=JANUARY, entry_id=4, pool=POOL),
            post(CONTRIBUTE, paid, entry_id=5, pool=POOL),
            post(RECOGNISE, TWO, entry_id=6, pool=POOL),
            post(INSTRUCT, TWO, entry_id=7, pool=POOL),
            post(SETTLE, ONE, entry_id=8, pool=POOL),
            post(BANK_RETURN, TWO.tail(1), entry_id=9, pool=POOL),
        ]
    )


def test_the_trial_balance_shows_where_the_money_is() -> None:
    trial = checks.trial_balance(books())
    found = {row["account"]: row["balance_fen"] for row in trial.iter_rows(named=True)}
    assert found == {
        100301: 10000, 100401: 14800, 210105: 0, 220101: -14800, 220201: 0, 410101: -29600, 410103: -10000,
        500101: 29600, 910101: -150000, 910106: -10000, 999901: 160000,
    }  # fmt: skip
    assert trial["balance_fen"].sum() == 0


def test_sound_books_have_no_broken_posting() -> None:
    assert checks.broken_postings(books(), load_chart()).is_empty()


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("amount_fen", 0, "amount"),
        ("amount_fen", 14801, "months"),
        ("until_month", JANUARY, "months"),
        ("credit", 500101, "one_account"),
        ("credit", 123456, "account"),
    ],
)
def test_a_posting_changed_behind_our_back_is_found(column: str, value: int, why: str) -> None:
    good = post(RECOGNISE, ONE, entry_id=1, pool=POOL)
    bad = good.with_columns(pl.lit(value).cast(good.schema[column]).alias(column))
    assert checks.broken_postings(bad, load_chart())["why"].to_list() == [why]


def test_more_settled_than_sent_is_found() -> None:
    assert checks.negative_in_transit(books()).is_empty()
    twice = pl.concat([books(), post(SETTLE, ONE, entry_id=10, pool=POOL)])
    assert checks.negative_in_transit(twice).rows() == [(7, -14800)]


def test_the_individual_account_is_kept_by_source() -> None:
    found = checks.individual_accounts(books(), load_chart())
    assert found.rows() == [(7, "own", 150000), (7, "proxy", 10000), (9, "proxy", 10000)]


def test_the_sub_ledger_equals_the_control_accounts() -> None:
    sub = checks.individual_accounts(books(), load_chart())
    totals = {"own": 150000, "proxy": 10000}
    assert checks.control_differences(sub, books(), load_chart(), totals).is_empty()


def test_one_person_dropped_from_the_sub_ledger_is_found() -> None:
    sub = checks.individual_accounts(books(), load_chart()).filter(pl.col("person_id") != 9)
    assert checks.control_differences(sub, books(), load_chart()).rows() == [("proxy", 10000, 20000)]


def test_an_opening_that_misses_the_typed_total_is_found() -> None:
    sub = checks.individual_accounts(books(), load_chart())
    found = checks.control_differences(sub, books(), load_chart(), {"own": 150001, "proxy": 10000})
    assert found.rows() == [("opening:own", 150000, 150001)]
