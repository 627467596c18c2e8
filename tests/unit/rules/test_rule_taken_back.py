"""Money that was credited and is taken back: what of it still bears interest, and from when."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules.law import Law, UnknownChoice
from yingbao.rules.relations import CREDITS
from yingbao.rules.taken_back import RIGHT, TAKEN_BACK, bearing
from yingbao.values.month import month_of
from yingbao.values.purpose import Bucket, Item

OWN, PROXY = int(Item.OWN_CONTRIBUTION), int(Item.PROXY_CONTRIBUTION)
MARCH, JUNE, SEPTEMBER, OCTOBER = (date(2019, month, 5) for month in (3, 6, 9, 10))


def law(choice: str = "goes_too") -> Law:
    return Law(load(region="rugao").in_force(None, {TAKEN_BACK: {"2010-01-01": choice}}), month_of(2018, 1), month_of(2020, 1))


def credited(*moves: tuple[date, int], item: int = OWN) -> pl.DataFrame:
    rows = [(1, int(Bucket.OWN), item, 2019, day, fen) for day, fen in moves]
    return pl.DataFrame(rows, schema=CREDITS, orient="row")


def right(fen: int) -> pl.DataFrame:
    return pl.DataFrame([(1, OWN, 2019, fen)] if fen else [], schema=RIGHT, orient="row")


def bears(came: pl.DataFrame, rightly: int = 0, choice: str = "goes_too") -> list[tuple[date, int]]:
    found = bearing(came, law(choice), lambda: right(rightly)).sort("day")
    return list(found.select("day", "fen").iter_rows())


@pytest.mark.parametrize(("moves", "rightly", "found"), [
    ([(MARCH, 300), (SEPTEMBER, -300)], 0, []),
    ([(MARCH, 300), (SEPTEMBER, -200)], 0, [(MARCH, 100)]),
    # months in the employee scheme: the 150 rightly came in, and bore until they left
    ([(MARCH, 300), (SEPTEMBER, -150)], 300, [(MARCH, 300), (SEPTEMBER, -150)]),
    # 500 were wrongly credited, 300 of them rightly, half of which went back for the employee scheme
    ([(MARCH, 500), (JUNE, -200), (SEPTEMBER, -150)], 300, [(MARCH, 300), (SEPTEMBER, -150)]),
    # wrongly taken back and credited anew
    ([(MARCH, 300), (JUNE, -300), (SEPTEMBER, 300)], 0, [(MARCH, 300)]),
    # a lift that is taken back: what was there before it stays where it was
    ([(MARCH, 100), (JUNE, 200), (SEPTEMBER, -200)], 0, [(MARCH, 100)]),
    # lifted, all taken back, credited anew: each part from its own day
    ([(MARCH, 100), (JUNE, 200), (SEPTEMBER, -300), (OCTOBER, 300)], 0, [(MARCH, 100), (JUNE, 200)]),
    # taken back and only a part credited anew
    ([(MARCH, 100), (JUNE, 200), (SEPTEMBER, -300), (OCTOBER, 150)], 0, [(MARCH, 100), (JUNE, 50)]),
])  # fmt: skip
def test_each_fen_that_is_left_bears_from_the_day_it_first_came(
    moves: list[tuple[date, int]], rightly: int, found: list[tuple[date, int]]
) -> None:
    assert bears(credited(*moves), rightly) == found


def test_where_the_law_lets_it_stay_every_move_keeps_its_day() -> None:
    moves = [(MARCH, 300), (SEPTEMBER, -300)]
    assert bears(credited(*moves), choice="stays") == moves


def test_what_was_never_taken_back_is_not_looked_at() -> None:
    def unasked() -> pl.DataFrame:
        raise AssertionError

    came = credited((MARCH, 300), (SEPTEMBER, 100))
    assert bearing(came, law(), unasked).equals(came)


def test_another_item_of_the_same_year_is_another_sum() -> None:
    came = pl.concat([credited((MARCH, 300)), credited((JUNE, 100), (SEPTEMBER, -100), item=PROXY)])
    assert bears(came) == [(MARCH, 300)]


def test_a_word_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownChoice):
        bears(credited((MARCH, 300), (JUNE, -300)), choice="perhaps")


def moved_at_random(rng: Random) -> pl.DataFrame:
    """Credits and reversals of a few years and items, no sum ever below zero."""
    rows, stood = [], {}
    for day in sorted(rng.sample(range(700), 12)):
        of = (rng.choice((1, 2)), rng.choice((OWN, PROXY)), rng.choice((2018, 2019)))
        fen = -rng.randint(0, stood.get(of, 0)) if rng.random() < 0.4 else rng.randint(1, 500)
        stood[of] = stood.get(of, 0) + fen
        person, item, year = of
        rows.append((person, int(Bucket.OWN), item, year, date.fromordinal(date(2018, 1, 1).toordinal() + day), fen))
    return pl.DataFrame(rows, schema=CREDITS, orient="row")


def test_the_sums_are_those_of_the_books_and_the_order_of_the_rows_is_no_matter() -> None:
    for seed in range(60):
        came = moved_at_random(Random(seed))
        found = bearing(came, law(), lambda: right(0))
        keys = ["person_id", "item", "year"]
        both = (part.group_by(keys).agg(pl.col("fen").sum()).filter(pl.col("fen") != 0).sort(keys) for part in (came, found))
        first, second = both
        assert first.equals(second)
        shuffled = bearing(came.sample(fraction=1, shuffle=True, seed=seed), law(), lambda: right(0))
        assert shuffled.sort(found.columns).equals(found.sort(found.columns))
