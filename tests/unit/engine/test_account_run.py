"""An account run books what its own credits earn and what goes out of them: a second run of the day finds nothing."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from yingbao.engine import derive
from yingbao.policy.tree import load
from yingbao.rules.benefits import Opening
from yingbao.rules.due import as_credits
from yingbao.rules.gap import due_steps
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, SPANS, STEPS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of, month_of_date
from yingbao.values.purpose import Item

OPENING = Opening(month_of(2018, 1), month_of(2018, 1))
PAID = (1, int(FactKind.OWN_PAYMENT), "2018", 30_000, date(2018, 5, 5), None, 1)
SAME_MONTH = {"account/interest_method": {"2010-01-01": "month_product_same_month"}, "account/crediting_rate": {"2010-01-01": "1.5"}}


def run(facts: Facts, done: pl.DataFrame, day: date, over: int) -> pl.DataFrame:
    """The lines of the run of a day. ``over``: the first month that is not over."""
    in_force = load(region="rugao").in_force(None, SAME_MONTH)
    return derive.account(facts, done, in_force, OPENING, month_of_date(day), over, day)


def fen(lines: pl.DataFrame) -> dict[str, int]:
    """Fen by item."""
    return {Item(item).key: fen for item, fen in lines.select("item", "amount_fen").sort("item").iter_rows()}


def told(*facts: tuple[object, ...], came: pl.DataFrame | None = None) -> Facts:
    person = pl.DataFrame([(1, date(1970, 3, 3))], schema=PERSONS, orient="row")
    return Facts(person, pl.DataFrame(facts, schema=FACTS, orient="row"), pl.DataFrame(schema=CREDITS) if came is None else came)


@pytest.mark.parametrize(("day", "over", "more", "first"), [
    # 300 with a subsidy of 30 credited on 31 December, the year over: 330 × 1.5 % / 12 = 0.4125
    (date(2018, 12, 31), month_of(2019, 1), (), {"own_contribution": 30_000, "subsidy_county": 3_000, "interest": 41}),
    # he went abroad in June and his money is credited in July: the refund takes all of it out again
    (date(2018, 7, 10), month_of(2018, 7), [(1, int(FactKind.RELATION_ENDED), "abroad", None, date(2018, 6, 1), None, 2)],
     {"own_contribution": 30_000, "subsidy_county": 3_000, "charge_own": 30_000, "charge_county": 3_000}),
])  # fmt: skip
def test_one_run_is_enough(day: date, over: int, more: list[tuple[object, ...]], first: dict[str, int]) -> None:
    found = run(told(PAID, *more), pl.DataFrame(schema=STEPS), day, over)
    assert fen(found) == first
    lines = found.select(*SPANS)
    after = told(PAID, *more, came=as_credits(lines, pl.lit(day)))
    assert run(after, due_steps(lines), day, over).is_empty()


def test_a_payment_that_never_was_takes_its_interest_with_it_in_the_same_run() -> None:
    credited = as_credits(pl.DataFrame([(1, int(Item.OWN_CONTRIBUTION), month_of(2018, 1), month_of(2018, 1) + 1, 30_000)],
                                       schema=SPANS, orient="row"), pl.lit(date(2018, 6, 1)))  # fmt: skip
    done = pl.DataFrame([(1, int(item), month_of(2018, 1), month_of(2018, 1) + 1, booked) for item, booked in (
        (Item.OWN_CONTRIBUTION, 30_000), (Item.INTEREST, 263))], schema=SPANS, orient="row")  # fmt: skip
    found = run(told(came=credited), due_steps(done), date(2019, 2, 1), month_of(2019, 2))
    assert fen(found) == {"own_contribution": -30_000, "interest": -263}
