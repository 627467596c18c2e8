"""Where the law says that more of one thing never makes less of another: over many made-up lives and several laws at once.

Each test changes one thing of many people and compares what is owed month by month, all people together. A row that a
test prints is a person and an item who got less: ``lives_of(SEED)`` has his life.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

import polars as pl
import pytest
from memory_office import INTEREST, OPENING, RATES, come_by, law
from random_histories import LAST_DAY, Life, life, some_day
from random_laws import BEGINNING, ROUNDED, Overrides, overrides_of

from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, Facts
from yingbao.store import tables
from yingbao.values.facts import Category, FactKind
from yingbao.values.month import Month, last_day, month_of, month_of_date
from yingbao.values.purpose import Bucket, Item
from yingbao.values.steps import add_steps, to_spans, to_steps

SEED = 20191231
PEOPLE = 1000
KEYS = ["person_id", "item"]
MONTHLY = (Item.BASE_PENSION, Item.ACCOUNT_PENSION, Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT, Item.AGE_SUPPLEMENT)
THROUGH = month_of_date(LAST_DAY) + 1
# The shipped law with a supplement for long contributions, and laws with switches turned.
LONG: Overrides = {"benefit/long_payment_share": {BEGINNING: 1}}
LAWS = {"shipped": LONG, **{f"law {place}": overrides_of(place, booked_days=False) for place in (1, 2)}}


@cache
def lives() -> tuple[Life, ...]:
    return tuple(life(Random(f"{SEED}/{person}"), person) for person in range(1, PEOPLE + 1))


@dataclass(frozen=True)
class Known:
    """Facts with ``told_at`` and the balances of the opening; ``changed`` says what is told otherwise."""

    told: pl.DataFrame
    balances: pl.DataFrame

    def facts(self) -> Facts:
        births = tables.persons_of(self.told, LAST_DAY).select(pl.col(name).cast(kind) for name, kind in PERSONS.items())
        return Facts(births, self.told.select(*FACTS), self.balances)

    def changed(self, kind: FactKind, what: pl.Expr, column: str) -> Known:
        """The same with another number or day in all facts of a kind."""
        of = pl.col("kind") == int(kind)
        return replace(self, told=self.told.with_columns(pl.when(of).then(what).otherwise(pl.col(column)).alias(column)))

    def by(self, day: date) -> Known:
        """What has begun by a day; an end after it is not known yet."""
        ends = pl.when(pl.col("holds_until") <= day).then("holds_until").alias("holds_until")
        return replace(self, told=self.told.filter(pl.col("holds_from") <= day).with_columns(ends))

    def more(self, rows: list[tuple]) -> Known:
        """The same with more facts, told after all others."""
        first = int(self.told["fact_id"].max()) + 1
        added = [(*row, first + place, LAST_DAY) for place, row in enumerate(rows)]
        return replace(self, told=pl.concat([self.told, pl.DataFrame(added, schema=self.told.schema, orient="row")]))


@cache
def known() -> Known:
    rows = [(one.person_id, int(one.kind), one.value, one.number, one.holds_from, one.holds_until, number, LAST_DAY)
            for number, one in enumerate((truth for each in lives() for truth in each.truths), start=1)]  # fmt: skip
    day = last_day(OPENING.opening_month - 1)
    balances = [(one.person_id, int(Bucket.OWN), 0, day.year, day, one.balance_fen) for one in lives() if one.balance_fen]
    return Known(pl.DataFrame(rows, schema={**FACTS, "told_at": pl.Date}, orient="row"),
                 pl.DataFrame(balances, schema=CREDITS, orient="row"))  # fmt: skip


def owed(what: Known, overrides: Overrides, until: Month = THROUGH, batches_by: date = LAST_DAY) -> Due:
    """What is owed, without books: what is owed to an account counts as credited."""
    through = Law(law(overrides=overrides), OPENING.statement_from, until)
    return Due(what.facts(), through, OPENING, come_by(batches_by), books=False)


def less(after: pl.DataFrame, before: pl.DataFrame, *items: Item) -> list[dict[str, object]]:
    """The first months of SPANS in which somebody is owed less than before, by item."""
    wanted = pl.col("item").is_in([int(item) for item in items])
    signed = [to_steps(part.filter(wanted).with_columns(pl.col("monthly_fen") * sign), KEYS, "monthly_fen")
              for part, sign in ((after, 1), (before, -1))]  # fmt: skip
    found = to_spans(add_steps(signed, KEYS, "monthly_fen"), KEYS, "monthly_fen")
    return found.filter(pl.col("monthly_fen") < 0).head(5).to_dicts()


def together(spans: pl.DataFrame) -> pl.DataFrame:
    """Monthly pensions of a person as one: SPANS of the base pension's item."""
    return spans.filter(pl.col("item").is_in([int(item) for item in MONTHLY])).with_columns(
        pl.lit(int(Item.BASE_PENSION), pl.Int16).alias("item"))  # fmt: skip


def there(spans: pl.DataFrame) -> pl.DataFrame:
    """The same months, one fen each: whether anything is owed at all."""
    return spans.with_columns(pl.lit(1, pl.Int64).alias("monthly_fen"))


def some_of(share: float, *of: object) -> list[int]:
    rng = Random(f"{SEED}/{of}")
    return [person for person in range(1, PEOPLE + 1) if rng.random() < share]


@cache
def before(which: str) -> Due:
    return owed(known(), LAWS[which])


by_law = pytest.mark.parametrize("which", LAWS)


@by_law
def test_more_paid_years_never_lessen_the_base_pension_or_the_supplement_for_them(which: str) -> None:
    more = known().changed(FactKind.PAID_YEARS, pl.col("number") + 1 + pl.col("person_id") % 4, "number").changed(
        FactKind.YEARS_TRANSFERRED, pl.col("number") + 2, "number")  # fmt: skip
    after = owed(more, LAWS[which]).monthly
    assert less(after, before(which).monthly, Item.BASE_PENSION, Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT) == []
    assert less(before(which).monthly, after, Item.BASE_PENSION, Item.LONG_PAY_SUPPLEMENT) != [], "and for some it is more"


@by_law
def test_a_later_death_never_lessens_what_was_due(which: str) -> None:
    later = known().changed(FactKind.DEATH, pl.col("holds_from").dt.offset_by("70d"), "holds_from")
    after = owed(later, LAWS[which])
    assert less(after.monthly, before(which).monthly, *MONTHLY) == []
    assert less(after.proxied, before(which).proxied, Item.PROXY_CONTRIBUTION) == []
    assert less(before(which).monthly, after.monthly, Item.BASE_PENSION) != []


@by_law
def test_a_larger_balance_never_lessens_an_account_pension(which: str) -> None:
    richer = replace(known(), balances=known().balances.with_columns(pl.col("fen") + 1 + pl.col("person_id") % 977))
    after = owed(richer, LAWS[which]).monthly
    assert less(after, before(which).monthly, *MONTHLY) == []
    assert less(before(which).monthly, after, Item.ACCOUNT_PENSION) != []


@pytest.mark.parametrize("rounding", ROUNDED)
def test_nor_does_it_under_any_rounding(rounding: str) -> None:
    applies = ("component", "total")[ROUNDED.index(rounding) % 2]
    policy: Overrides = {**LONG, "benefit/pension_rounding": {BEGINNING: rounding},
                         "benefit/pension_rounding_applies_to": {BEGINNING: applies}}  # fmt: skip
    few = Known(*(frame.filter(pl.col("person_id") <= 300) for frame in (known().told, known().balances)))
    richer = replace(few, balances=few.balances.with_columns(pl.col("fen") + 1 + pl.col("person_id") % 977))
    assert less(owed(richer, policy).monthly, owed(few, policy).monthly, *MONTHLY) == []


@by_law
def test_one_more_category_only_adds(which: str) -> None:
    rng, rows = Random(SEED), []
    for person in some_of(0.5, "category"):
        start = some_day(rng, date(2016, 1, 1))
        until = rng.choice((None, start + timedelta(days=rng.randint(0, 500))))
        rows.append((person, int(FactKind.CATEGORY), rng.choice(list(Category)).key, None, start, until))
    after, was = owed(known().more(rows), LAWS[which]), before(which)
    assert less(after.monthly, was.monthly, Item.BASE_PENSION, Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT, Item.AGE_SUPPLEMENT) == []
    assert less(there(after.monthly), there(was.monthly), Item.ACCOUNT_PENSION) == []
    assert less(after.proxied, was.proxied, Item.PROXY_CONTRIBUTION) == []
    assert less(was.monthly, after.monthly, Item.BASE_PENSION) != []


@by_law
def test_a_higher_base_pension_of_some_months_lowers_no_month_of_anybody(which: str) -> None:
    higher: Overrides = {"benefit/base_pension": dict(sorted({**RATES, date(2019, 4, 1): "151.37", date(2019, 9, 1): "148"}.items()))}
    after, was = owed(known(), {**LAWS[which], **higher}).monthly, before(which).monthly
    assert less(together(after), together(was), Item.BASE_PENSION) == []
    assert less(after, was, Item.BASE_PENSION, Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT, Item.AGE_SUPPLEMENT) == []
    assert less(was, after, Item.BASE_PENSION) != []


@by_law
def test_a_higher_rate_of_interest_lowers_no_pension_and_no_account(which: str) -> None:
    higher: Overrides = {"account/crediting_rate": {date(2010, 1, 1): "3.50", **INTEREST, date(2019, 1, 1): "8.61"}}
    after, was = owed(known(), {**LAWS[which], **higher}), before(which)
    assert less(after.monthly, was.monthly, *MONTHLY) == []
    joined = after.accounts.totals().join(was.accounts.totals(), on="person_id", suffix="_was")
    assert joined.filter(pl.col("fen") < pl.col("fen_was")).is_empty()
    assert joined.filter(pl.col("fen") > pl.col("fen_was")).height > 0


@by_law
def test_people_are_independent_a_row_more_changes_nobody_else(which: str) -> None:
    half = known().facts().only(some_of(0.5, "independent"))
    through = Law(law(overrides=LAWS[which]), OPENING.statement_from, THROUGH)
    alone, all_of_them = Due(half, through, OPENING, come_by(LAST_DAY), books=False), before(which)
    for part in ("payable", "proxied", "account_moves"):
        mine = getattr(all_of_them, part).join(half.persons, on="person_id", how="semi")
        assert less(getattr(alone, part), mine, *Item) == []
        assert less(mine, getattr(alone, part), *Item) == []


@by_law
def test_the_order_in_which_facts_are_told_is_no_matter(which: str) -> None:
    told = known().told
    order = pl.Series("fact_id", Random(SEED).sample(told["fact_id"].to_list(), told.height))
    other = replace(known(), told=told.with_columns(order))
    after, was = owed(other, LAWS[which]), before(which)
    for part in ("payable", "proxied", "account_moves"):
        assert less(getattr(after, part), getattr(was, part), *Item) == []
        assert less(getattr(was, part), getattr(after, part), *Item) == []


def test_a_fact_that_is_withdrawn_is_a_fact_that_was_never_told():
    told, many = known().told, 2_000
    first = int(told["fact_id"].max()) + 1
    ids = pl.int_range(first, first + many, dtype=pl.Int64, eager=True).alias("fact_id")
    lies = told.sample(many, seed=SEED).with_columns(ids, (pl.col("person_id") % PEOPLE + 1).alias("person_id"))
    changes = pl.DataFrame({"id": ids, "fact_id": ids, "change": "withdrawn", "holds_until": None, "act_seq": ids}).cast(
        {"holds_until": pl.Date})  # fmt: skip
    both = pl.concat([lies, told])
    after = owed(replace(known(), told=tables.apply_changes(both, changes).select(told.columns)), LONG)
    for part in ("payable", "proxied", "account_moves"):
        assert less(getattr(after, part), getattr(before("shipped"), part), *Item) == []
        assert less(getattr(before("shipped"), part), getattr(after, part), *Item) == []


def test_what_happens_later_changes_no_month_before() -> None:
    """The whole time derived at once says of past months what was said then: under a law that makes nothing up afterwards."""
    until = month_of(2020, 1)
    day = last_day(until - 1)
    at_once = owed(known(), LONG, batches_by=day).monthly.with_columns(pl.col("until_month").clip(upper_bound=until))
    at_once = at_once.filter(pl.col("from_month") < pl.col("until_month"))
    then = owed(known().by(day), LONG, until, day).monthly
    assert less(at_once, then, *MONTHLY) == []
    assert less(then, at_once, *MONTHLY) == []
