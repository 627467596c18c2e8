"""What pensions and refunds take out of accounts: source by source, to the fen, and no more than there is."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from yingbao.policy.tree import load
from yingbao.rules.account import BALANCES, INTEREST, Accounts
from yingbao.rules.benefits import Opening
from yingbao.rules.endings import BY_SOURCE
from yingbao.rules.law import Law
from yingbao.rules.payouts import Payouts, charges_due, from_opening, payouts
from yingbao.rules.relations import SPANS, empty
from yingbao.values.month import month_of
from yingbao.values.purpose import Bucket, Item

OWN, COUNTY, PROXY, EARNED = (int(one) for one in (Bucket.OWN, Bucket.COUNTY, Bucket.PROXY, Bucket.INTEREST))
FIRST = month_of(2018, 12)
NOBODY_ENDED = pl.DataFrame(schema={"person_id": pl.Int64, "end_month": pl.Int32, "reason": pl.String})


def law(last: int, *, bears: bool = False) -> Law:
    """Rugao's law through a month, at a rate of 1.5 %."""
    told = {"account/crediting_rate": {"2010-01-01": "1.5"}, "account/interest_while_in_payment": {"2010-01-01": str(bears).lower()}}
    return Law(load(region="rugao").in_force(None, told), month_of(2018, 1), last + 1)


def balances(*rows: tuple[int, int, int]) -> Accounts:
    """Person, source, fen."""
    found = pl.DataFrame(rows, schema=BALANCES, orient="row").sort("person_id", "bucket")
    return Accounts(empty(INTEREST), found, pl.DataFrame(schema={"person_id": pl.Int64, "stop_month": pl.Int32, "awarded": pl.Boolean}))


def pensions(*rows: tuple[int, int, int, int]) -> pl.DataFrame:
    """Person, first month, last month, fen a month."""
    return pl.DataFrame([(who, int(Item.ACCOUNT_PENSION), start, last + 1, fen) for who, start, last, fen in rows],
                        schema=SPANS, orient="row")  # fmt: skip


def grants(*rows: tuple[int, int, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"person_id": pl.Int64, "granted_from": pl.Int32, "route": pl.String}, orient="row")


def ended(*rows: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame([(*row, "death") for row in rows], schema=NOBODY_ENDED.schema, orient="row")


def paid(of: Accounts, owed: pl.DataFrame, last: int, *, bears: bool = False, gone: pl.DataFrame = NOBODY_ENDED,
         route: str = "regular", opening: Opening | None = None) -> Payouts:  # fmt: skip
    started = owed.group_by("person_id").agg(pl.col("from_month").min()).sort("person_id")
    granted = grants(*((who, start, route) for who, start in started.iter_rows()))
    return payouts(of, from_opening(owed, granted, opening), granted, gone, law(last, bears=bears), opening)


def left(of: Payouts) -> dict[int, int]:
    return dict(of.left.sort("bucket").select("bucket", "fen").iter_rows())


def test_thirteen_thousand_nine_hundred_yuan_pay_a_hundred_for_139_months_and_then_the_treasury_pays() -> None:
    of, long = balances((1, OWN, 1_390_000)), FIRST + 150
    before, at_the_end, after = (paid(of, pensions((1, FIRST, long, 10_000)), FIRST + months - 1) for months in (138, 139, 150))
    assert (left(before), left(at_the_end), left(after)) == ({OWN: 10_000}, {}, {})
    assert [int(one.charges["fen"].sum()) for one in (before, at_the_end, after)] == [1_380_000, 1_390_000, 1_390_000]


def test_the_last_charge_is_what_is_left() -> None:
    found = paid(balances((1, OWN, 25_000)), pensions((1, FIRST, FIRST + 5, 10_000)), FIRST + 5)
    assert (left(found), int(found.charges["fen"].sum())) == ({}, 25_000)


def test_a_month_is_taken_in_proportion_and_the_odd_fen_from_the_largest_remainder() -> None:
    # 10.00 of 100.00, 30.00 and 10.05: 7.1403…, 2.1421…, 0.7176… → the fen goes to the last.
    found = paid(balances((1, OWN, 10_000), (1, COUNTY, 3_000), (1, EARNED, 1_005)), pensions((1, FIRST, FIRST, 1_000)), FIRST)
    assert left(found) == {OWN: 10_000 - 714, COUNTY: 3_000 - 214, EARNED: 1_005 - 72}


def test_charges_are_told_by_year_and_a_year_that_is_not_over_is_not_booked() -> None:
    found = paid(balances((1, OWN, 1_000_000)), pensions((1, FIRST, FIRST + 14, 1_000)), FIRST + 14)
    booked = charges_due(found, empty(BY_SOURCE), NOBODY_ENDED, law(FIRST + 14))
    assert list(found.charges.select("year", "fen").iter_rows()) == [(2018, 1_000), (2019, 12_000), (2020, 2_000)]
    assert list(booked.select("item", "from_month", "monthly_fen").iter_rows()) == [
        (int(Item.CHARGE_OWN), month_of(2018, 1), 1_000), (int(Item.CHARGE_OWN), month_of(2019, 1), 12_000)]  # fmt: skip


def test_an_account_that_has_ended_is_booked_at_once() -> None:
    gone = ended((1, FIRST + 2))
    found = paid(balances((1, OWN, 1_000_000)), pensions((1, FIRST, FIRST + 2, 1_000)), FIRST + 5, gone=gone)
    booked = charges_due(found, empty(BY_SOURCE), gone, law(FIRST + 5))
    assert booked["monthly_fen"].to_list() == [1_000, 2_000]


def test_a_stated_pension_takes_from_the_opening_balance_from_the_opening_month_on() -> None:
    opening = Opening(FIRST, month_of(2018, 1))
    owed = pensions((1, month_of(2018, 1), FIRST - 1, 900), (1, FIRST, FIRST + 1, 1_000))
    found = paid(balances((1, OWN, 10_000)), owed, FIRST + 1, route="stated", opening=opening)
    assert left(found) == {OWN: 8_000}


def test_a_pension_that_the_law_grants_for_months_before_the_opening_takes_for_those_too() -> None:
    opening = Opening(FIRST, month_of(2018, 1))
    found = paid(balances((1, OWN, 10_000)), pensions((1, FIRST - 2, FIRST + 1, 1_000)), FIRST + 1, opening=opening)
    assert left(found) == {OWN: 6_000}


def test_months_without_a_pension_take_nothing() -> None:
    owed = pensions((1, FIRST, FIRST, 1_000), (1, FIRST + 3, FIRST + 4, 1_000))
    assert left(paid(balances((1, OWN, 10_000)), owed, FIRST + 4)) == {OWN: 7_000}


# --- interest while in payment


def test_interest_in_payment_is_a_twelfth_of_the_rate_on_what_each_month_leaves() -> None:
    january = month_of(2019, 1)
    of, owed = balances((1, OWN, 1_390_000)), pensions((1, january, january + 11, 10_000))
    found = paid(of, owed, january + 11, bears=True)
    stood = sum(1_390_000 - 10_000 * month for month in range(1, 13))
    assert found.interest.rows() == [(1, 2019, round(stood * 0.015 / 12))]
    assert left(found) == {OWN: 1_270_000, EARNED: round(stood * 0.015 / 12)}


def test_interest_in_payment_is_off_unless_the_law_says_so() -> None:
    january = month_of(2019, 1)
    assert paid(balances((1, OWN, 1_390_000)), pensions((1, january, january + 11, 10_000)), january + 11).interest.is_empty()


def test_interest_in_payment_of_a_relation_that_ends_is_credited_for_its_months() -> None:
    january = month_of(2019, 1)
    gone = ended((1, january + 2))
    found = paid(balances((1, OWN, 1_390_000)), pensions((1, january, january + 2, 10_000)), january + 5, bears=True, gone=gone)
    assert found.interest["fen"].to_list() == [round((1_380_000 + 1_370_000 + 1_360_000) * 0.015 / 12)]


def test_interest_of_a_year_is_there_to_be_taken_in_the_next() -> None:
    january = month_of(2019, 1)
    found = paid(balances((1, OWN, 120_000)), pensions((1, january, january + 23, 10_000)), january + 23, bears=True)
    # 11 × 12 / 2 × 100.00 stood for a month: 8.25 of interest, paid out in January 2020.
    assert (found.interest["fen"].to_list(), int(found.charges["fen"].sum()), left(found)) == ([825], 120_825, {})


# --- refunds


def refunded(*rows: tuple[int, int, int]) -> pl.DataFrame:
    """Person, source, fen in the month after FIRST."""
    return pl.DataFrame([(who, FIRST + 1, int(Item.ACCOUNT_REFUND), source, fen) for who, source, fen in rows],
                        schema=BY_SOURCE, orient="row")  # fmt: skip


def test_a_refund_takes_from_its_sources_in_the_year_it_is_owed_in_beside_what_pensions_took() -> None:
    gone = ended((1, FIRST))
    found = paid(balances((1, OWN, 5_000), (1, COUNTY, 3_000)), pensions((1, FIRST, FIRST, 800)), FIRST + 1, gone=gone)
    booked = charges_due(found, refunded((1, OWN, 4_500), (1, COUNTY, 2_700)), gone, law(FIRST + 1))
    assert list(booked.select("item", "from_month", "monthly_fen").iter_rows()) == [
        (int(Item.CHARGE_OWN), month_of(2018, 1), 500), (int(Item.CHARGE_OWN), month_of(2019, 1), 4_500),
        (int(Item.CHARGE_COUNTY), month_of(2018, 1), 300), (int(Item.CHARGE_COUNTY), month_of(2019, 1), 2_700),
    ]  # fmt: skip


# --- properties

SOURCES = st.dictionaries(st.sampled_from(sorted(int(one) for one in Bucket)), st.integers(1, 500_000), min_size=1)


@settings(max_examples=60, deadline=None)
@given(SOURCES, st.integers(1, 60_000), st.integers(1, 40), st.booleans())
def test_what_is_taken_and_what_is_left_is_what_there_was(sources: dict[int, int], fen: int, months: int, bears: bool) -> None:
    of = balances(*((1, source, amount) for source, amount in sources.items()))
    found = paid(of, pensions((1, FIRST, FIRST + months - 1, fen)), FIRST + months - 1, bears=bears)
    there = sum(sources.values()) + int(found.interest["fen"].sum())
    taken = int(found.charges["fen"].sum())
    assert taken + sum(left(found).values()) == there
    assert min(left(found).values(), default=0) >= 0
    assert taken == fen * months or (taken < fen * months and (bears or not left(found)))


@settings(max_examples=30, deadline=None)
@given(st.lists(SOURCES, min_size=2, max_size=4), st.integers(1, 60_000))
def test_what_one_person_is_charged_does_not_depend_on_who_else_is_there(people: list[dict[int, int]], fen: int) -> None:
    rows = [(who, source, amount) for who, sources in enumerate(people, 1) for source, amount in sources.items()]
    owed = [(who, FIRST + who, FIRST + 15, fen) for who in range(1, len(people) + 1)]
    together = paid(balances(*rows), pensions(*owed), FIRST + 15).left.sort("person_id", "bucket")
    apart = [paid(balances(*(row for row in rows if row[0] == who)), pensions(owed[who - 1]), FIRST + 15).left
             for who in range(1, len(people) + 1)]  # fmt: skip
    assert together.equals(pl.concat(apart).sort("person_id", "bucket"))
