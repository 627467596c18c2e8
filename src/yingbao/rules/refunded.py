"""终止退费以后又回来的: whether the refund is owed back and the account goes on, or the refund stands and it begins anew.

Where it stands (refund/after_return), an account has two lives: the first as if its person had not come back, the second
of what came in since. Both are derived as any account is.
"""

from __future__ import annotations

import polars as pl

from yingbao.rules.account import Accounts
from yingbao.rules.endings import STATED, endings
from yingbao.rules.entitlement import grants
from yingbao.rules.law import Law
from yingbao.rules.payouts import Payouts
from yingbao.rules.relations import CREDITS, Facts, month_number
from yingbao.values.facts import FactKind
from yingbao.values.purpose import Item
from yingbao.values.steps import add_steps

AFTER_RETURN = "refund/after_return"
PAID_BACK, STANDS = "paid_back", "stands"
# ``fact_id``: the last ending that ended; ``ended``: its first day; ``last``: the day before the person was back; ``back``: that month.
RETURNED = {"person_id": pl.Int64, "fact_id": pl.Int64, "ended": pl.Date, "last": pl.Date, "back": pl.Int32}
_ENDED = pl.col("kind") == int(FactKind.RELATION_ENDED)


def returned(facts: Facts, law: Law) -> pl.DataFrame:
    """Who came back after an ending whose refund stands, by the rule of the month of the return: RETURNED.

    What only the register states as ended was never refunded. Who died, or had left again, before he was back is not back.
    """
    told = facts.of(FactKind.RELATION_ENDED)
    found = told.filter(pl.col("holds_until").is_not_null() & pl.col("value").ne_missing(STATED)).sort(
        "person_id", "holds_until", "holds_from", "fact_id").unique("person_id", keep="last", maintain_order=True).select(
        "person_id", "fact_id", pl.col("holds_from").alias("ended"), pl.col("holds_until").alias("last"),
        (pl.col("holds_until") + pl.duration(days=1)).alias("day")).with_columns(month_number("day").alias("back"))  # fmt: skip
    if found.is_empty():
        return pl.DataFrame(schema=RETURNED)
    rules = {month: law.word(AFTER_RETURN, PAID_BACK, STANDS, month=law.nearest(AFTER_RETURN, month))
             for month in found["back"].unique().to_list()}  # fmt: skip
    gone = pl.concat([told.filter(pl.col("holds_until").is_null()), facts.of(FactKind.DEATH)]).join(
        found, on="person_id").filter(pl.col("holds_from") <= pl.col("last"))  # fmt: skip
    standing = found.filter(pl.col("back").is_in([month for month, rule in rules.items() if rule == STANDS])).join(
        gone, on="person_id", how="anti").select(pl.col(name).cast(kind) for name, kind in RETURNED.items())  # fmt: skip
    if standing.is_empty():
        return standing
    before = first_life(facts, standing)
    over = endings(before, law, grants(before, law))
    return standing.join(over, on="person_id", how="semi")


def first_life(facts: Facts, back: pl.DataFrame) -> Facts:
    """Those people (RETURNED) as if they had not come back."""
    mine = facts.facts.join(back.select("person_id", "ended", pl.col("fact_id").alias("ending")), on="person_id").filter(
        ~_ENDED | (pl.col("holds_from") <= pl.col("ended")))  # fmt: skip
    opened = pl.when(pl.col("fact_id") == pl.col("ending")).then(None).otherwise("holds_until").alias("holds_until")
    known = mine.with_columns(opened).select(facts.facts.columns)
    return Facts(facts.persons.join(back, on="person_id", how="semi"), known, by_then(facts.credits, back))


def by_then(came: pl.DataFrame, back: pl.DataFrame) -> pl.DataFrame:
    """What came into the accounts of those people before they were back: CREDITS."""
    return came.join(back.select("person_id", "last"), on="person_id").filter(pl.col("day") <= pl.col("last")).select(*CREDITS)


def since_then(came: pl.DataFrame, back: pl.DataFrame) -> pl.DataFrame:
    """CREDITS without that: of everybody else all."""
    if back.is_empty():
        return came
    marked = came.join(back.select("person_id", "last"), on="person_id", how="left", maintain_order="left")
    return marked.filter(pl.col("last").is_null() | (pl.col("day") > pl.col("last"))).select(*CREDITS)


def second_life(facts: Facts, back: pl.DataFrame) -> Facts:
    """Everybody, with the accounts of those people begun anew; an account pension that the register states is over for them."""
    if back.is_empty():
        return facts
    stated = (pl.col("kind") == int(FactKind.PENSION_IN_PAYMENT)) & (pl.col("value") == Item.ACCOUNT_PENSION.key)
    known = facts.facts.filter(~(stated & pl.col("person_id").is_in(back["person_id"].to_list())))
    return Facts(facts.persons, known, since_then(facts.credits, back))


def since_back(spans: pl.DataFrame, back: pl.DataFrame) -> pl.DataFrame:
    """Spans (SPANS) of those people from the month on in which they were back; of everybody else all."""
    if back.is_empty():
        return spans
    first = pl.max_horizontal("from_month", pl.col("back").fill_null(0)).cast(pl.Int32).alias("from_month")
    marked = spans.join(back.select("person_id", "back"), on="person_id", how="left", maintain_order="left").with_columns(first)
    return marked.filter(pl.col("from_month") < pl.col("until_month")).select(spans.columns)


def both_accounts(second: Accounts, first: Accounts) -> Accounts:
    """Two lives of accounts together."""
    balances = add_steps([second.balances, first.balances], ["person_id"], "fen", at="bucket")
    return Accounts(pl.concat([second.interest, first.interest]), balances, second.stops, second.away)


def both_payouts(second: Payouts, first: Payouts) -> Payouts:
    """What was paid out of two lives of accounts together."""
    left = add_steps([second.left, first.left], ["person_id"], "fen", at="bucket")
    return Payouts(pl.concat([second.charges, first.charges]), pl.concat([second.interest, first.interest]), left)
