"""核定以后才缴入、转入的钱: from when money that came in after an award is part of the account that the pension is of.

Money that was paid before the award counts from the first month, however late it was credited: the gap pays the arrears.
What was truly paid afterwards cannot have been part of an earlier month's pension (account/money_after_award). Only
make-ups with their subsidy and transfers can come so late: own payments, aid and the county's part are of people under
the pension age. Decision 0012.
"""

from __future__ import annotations

import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.endings import transfers_by_month
from yingbao.rules.law import Law
from yingbao.rules.own_contributions import Paid
from yingbao.rules.relations import Facts
from yingbao.rules.tiers import LEVELS
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, FOREVER
from yingbao.values.purpose import BUCKET_OF, Item

WHEN = "account/money_after_award"
NEXT_MONTH, FIRST_MONTH = "month_after", "first_month"
# ``month``: the first in which the money is part of the account.
ADDED = {"person_id": pl.Int64, "bucket": pl.Int8, "month": pl.Int32, "fen": pl.Int64}
# ``since`` to ``until`` (not included): the months in which ``fen`` is what the pension is reckoned from.
BASES = {"person_id": pl.Int64, "since": pl.Int32, "until": pl.Int32, "fen": pl.Int64}
_OF = ["person_id", "item", "year"]
_LATE_KINDS = (FactKind.MAKEUP_PAYMENT, FactKind.TRANSFER_IN)


def may_be_late(facts: Facts) -> bool:
    """Whether anything is told that can come in after an award."""
    return not facts.kinds.isdisjoint(int(kind) for kind in _LATE_KINDS)


def added(facts: Facts, law: Law, granted: pl.DataFrame, paid: Paid, opening: Opening | None) -> pl.DataFrame:
    """What is credited of money paid in or after the first pension month: ADDED.

    ``facts``: with the credits. ``granted``: who has an account pension, since when.
    """
    came = _paid_in(facts, law, paid, opening).join(granted.select("person_id", "granted_from"), on="person_id")
    later = pl.col("month") >= pl.col("granted_from")
    rules = {month: law.word(WHEN, NEXT_MONTH, FIRST_MONTH, month=max(month, law.since))
             for month in came.filter(later)["month"].unique().to_list()}  # fmt: skip
    late = later & pl.col("month").is_in([month for month, rule in rules.items() if rule == NEXT_MONTH])
    in_books = facts.credits.join(came, on=_OF, how="semi").group_by(_OF).agg(pl.col("fen").sum().alias("credited"))
    before = pl.when(late).then(0).otherwise("fen").sum().over(_OF)
    placed = came.join(in_books, on=_OF).sort(*_OF, "month").with_columns(
        (pl.col("credited") - before).clip(lower_bound=0).alias("left")).filter(late)  # fmt: skip
    earlier = (pl.col("fen").cum_sum().over(_OF) - pl.col("fen"))
    taken = placed.with_columns(pl.min_horizontal(pl.col("left") - earlier, "fen").clip(lower_bound=0).alias("fen"))
    buckets = {int(item): int(bucket) for item, bucket in BUCKET_OF.items()}
    found = taken.filter(pl.col("fen") > 0).with_columns(
        pl.col("item").cast(pl.Int64).replace_strict(buckets, return_dtype=pl.Int8).alias("bucket"),
        (pl.col("month") + 1).alias("month"))  # fmt: skip
    return found.select(pl.col(name).cast(kind) for name, kind in ADDED.items()).sort("person_id", "month", "bucket")


def _paid_in(facts: Facts, law: Law, paid: Paid, opening: Opening | None) -> pl.DataFrame:
    """Make-ups, their subsidy and transfers by the month in which they were paid: ``person_id, item, year, month, fen``.

    The subsidy of a year follows its make-up, whatever it is: all of it that is credited.
    """
    made_up = paid.own.filter(pl.col("makeup") & (pl.col("own_fen") > 0)).select("person_id", "year", "month", "own_fen", "tier_fen")
    items = ((Item.MAKEUP_CONTRIBUTION, "own_fen"), *((level, "tier_fen") for level in LEVELS))
    parts = [made_up.select("person_id", pl.lit(int(item)).alias("item"), "year", "month", pl.col(fen).alias("fen")) for item, fen in items]
    moved = transfers_by_month(facts, law, opening).select("person_id", "item", "year", "month", "fen")
    schema = {"person_id": pl.Int64, "item": pl.Int16, "year": pl.Int32, "month": pl.Int32, "fen": pl.Int64}
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in schema.items()) for part in (*parts, moved)])


def bases(totals: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """What each person's account pension is reckoned from, as it grows: BASES.

    ``totals``: ``person_id, fen`` of everything; ``later``: ADDED. Of who is not in ``totals`` only the growth counts.
    """
    came = later.group_by("person_id", "month").agg(pl.col("fen").sum())
    more = came.group_by("person_id").agg(pl.col("fen").sum().alias("more"))
    first = totals.join(more, on="person_id", how="full", coalesce=True).select(
        "person_id", pl.lit(BEGINNING).alias("month"), (pl.col("fen").fill_null(0) - pl.col("more").fill_null(0)).alias("fen"))  # fmt: skip
    steps = pl.concat([part.select("person_id", pl.col("month").cast(pl.Int32), "fen") for part in (first, came)])
    # Most have one step and need no sorting.
    grown = steps.join(came, on="person_id", how="semi").sort("person_id", "month").with_columns(
        pl.col("fen").cum_sum().over("person_id"), pl.col("month").shift(-1).over("person_id").alias("until"))  # fmt: skip
    alone = steps.join(came, on="person_id", how="anti").with_columns(pl.lit(None, pl.Int32).alias("until"))
    both = pl.concat([alone, grown]).select("person_id", pl.col("month").alias("since"), pl.col("until").fill_null(FOREVER), "fen")
    return both.select(pl.col(name).cast(kind) for name, kind in BASES.items())
