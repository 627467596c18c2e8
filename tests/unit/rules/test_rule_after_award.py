"""Money that came in after an award: from which month it counts, and what an account pension is then reckoned from."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules.after_award import ADDED, BASES, WHEN, bases
from yingbao.rules.benefits import Opening, until_exhausted
from yingbao.rules.due import Due
from yingbao.rules.law import Law, UnknownChoice
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, SPANS, STATED_BALANCE, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, FOREVER, month_of
from yingbao.values.purpose import Bucket, Item

OWN, COUNTY = int(Bucket.OWN), int(Bucket.COUNTY)
FEBRUARY = month_of(2019, 2)
OPENING = Opening(month_of(2018, 7), month_of(2018, 7))
FOR_A_TIME = {"benefit/continues_after_account_exhausted": {"2010-01-01": "false"}}


def law(**more: dict[str, str]) -> Law:
    told = {"account/crediting_rate": {"2010-01-01": "0"}, **more}
    return Law(load(region="rugao").in_force(None, told), month_of(2018, 7), month_of(2020, 1))


def pensioner(moved: list[tuple[date, int]], credited: list[int]) -> Facts:
    """Sixty in January 2019 and poor, 1,390.00 in the account; ``moved``: transfers told; ``credited``: what of them is booked."""
    told = [(1, int(FactKind.CATEGORY), "destitute", None, date(2016, 1, 1), None)]
    told += [(1, int(FactKind.TRANSFER_IN), "county", fen, day, None) for day, fen in moved]
    came = [(1, OWN, STATED_BALANCE, 2018, date(2018, 6, 30), 139_000)]
    came += [(1, COUNTY, int(Item.TRANSFER_IN_COUNTY), 2019, date(2019, 12, 1), fen) for fen in credited]
    return Facts(pl.DataFrame([(1, date(1959, 1, 20))], schema=PERSONS, orient="row"),
                 pl.DataFrame([(*row, place) for place, row in enumerate(told, start=1)], schema=FACTS, orient="row"),
                 pl.DataFrame(came, schema=CREDITS, orient="row"))  # fmt: skip


def account_pension(facts: Facts, under: Law) -> list[tuple[int, int]]:
    """The first month of each amount, and the amount."""
    found = Due(facts, under, OPENING).monthly.filter(pl.col("item") == int(Item.ACCOUNT_PENSION)).sort("from_month")
    return [(month, fen) for month, fen in found.select("from_month", "monthly_fen").iter_rows()]


@pytest.mark.parametrize(("moved", "credited", "found"), [
    ([(date(2019, 1, 31), 13_900)], [13_900], [(FEBRUARY, 1_100)]),
    ([(date(2019, 2, 1), 13_900)], [13_900], [(FEBRUARY, 1_000), (FEBRUARY + 1, 1_100)]),
    # told and not booked yet: it is in no account
    ([(date(2019, 3, 1), 13_900)], [], [(FEBRUARY, 1_000)]),
    # of two in one year the earlier is taken to be booked first
    ([(date(2019, 1, 5), 13_900), (date(2019, 5, 5), 27_800)], [13_900], [(FEBRUARY, 1_100)]),
    ([(date(2019, 1, 5), 13_900), (date(2019, 5, 5), 27_800)], [41_700], [(FEBRUARY, 1_100), (FEBRUARY + 4, 1_300)]),
    # booked and withdrawn since, not yet taken back: it counts from the first month, as any money in the account
    ([], [13_900], [(FEBRUARY, 1_100)]),
])  # fmt: skip
def test_the_pension_rises_from_the_month_after_the_money_was_paid(
    moved: list[tuple[date, int]], credited: list[int], found: list[tuple[int, int]]
) -> None:
    assert account_pension(pensioner(moved, credited), law()) == found


def test_a_word_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownChoice):
        account_pension(pensioner([(date(2019, 3, 1), 13_900)], [13_900]), law(**{WHEN: {"2010-01-01": "perhaps"}}))


def test_bases_grow_with_what_comes_and_one_without_a_balance_only_by_it() -> None:
    totals = pl.DataFrame({"person_id": [1, 2], "fen": [500, 70]})
    later = pl.DataFrame([(1, OWN, 24_230, 100), (1, COUNTY, 24_230, 50), (1, OWN, 24_240, 50), (3, OWN, 24_235, 10)],
                         schema=ADDED, orient="row")  # fmt: skip
    assert sorted(bases(totals, later).iter_rows()) == [
        (1, BEGINNING, 24_230, 300), (1, 24_230, 24_240, 450), (1, 24_240, FOREVER, 500), (2, BEGINNING, FOREVER, 70),
        (3, BEGINNING, 24_235, -10), (3, 24_235, FOREVER, 0)]  # fmt: skip


def paid_one_by_one(bases_of: list[tuple[int, int]], owed: list[tuple[int, int, int]]) -> list[int]:
    """What is paid month by month while money is left. ``bases_of``: (since, fen); ``owed``: (from, until, fen a month)."""
    left, paid, basis = 0, [], 0
    for month in range(owed[0][0], owed[-1][1]):
        now = next(fen for since, fen in reversed(bases_of) if since <= month)
        left, basis = left + now - basis, now
        wanted = next((fen for start, end, fen in owed if start <= month < end), 0)
        paid.append(min(wanted, left))
        left -= paid[-1]
    return paid


def test_an_account_that_fills_again_pays_again_until_it_is_used_up() -> None:
    for seed in range(200):
        rng, first = Random(seed), month_of(2018, 7)
        edges = sorted(rng.sample(range(first + 1, first + 17), rng.randint(0, 3)))
        growth = [(BEGINNING, rng.randint(0, 60))]
        for edge in edges:
            growth.append((edge, growth[-1][1] + rng.randint(1, 60)))
        starts = [first, *edges, first + 18]
        owed = [(start, end, rng.randint(1, 9)) for start, end in pairwise(starts)]
        frame = pl.DataFrame([(1, 3, *one) for one in owed], schema=SPANS, orient="row")
        ends = [*(edge for edge, _ in growth[1:]), FOREVER]
        rows = [(1, since, end, fen) for (since, fen), end in zip(growth, ends, strict=True)]
        table = pl.DataFrame(rows, schema=BASES, orient="row")
        found = until_exhausted(frame, table, law(**FOR_A_TIME))
        months = {month: fen for _, _, start, end, fen in found.iter_rows() for month in range(start, end)}
        assert [months.get(month, 0) for month in range(first, first + 18)] == paid_one_by_one(growth, owed)
