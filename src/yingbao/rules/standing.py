"""One contribution a person and year, whatever the channels: which payment stands and which go back, and why."""

from __future__ import annotations

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.makeup import BEYOND, beyond_total
from yingbao.rules.relations import Facts, in_days, month_number
from yingbao.rules.tiers import allowed, has_tiers, protected_days
from yingbao.values.facts import FactKind
from yingbao.values.month import Month, month_of

CHANGE = "contribution/tier_change_rule"
KEYS = ["person_id", "year"]
# ``own_fen``: own money of the year; ``tier_fen``: the tier it makes, together with the county's part where it was paid on top.
# ``before_books``: whether the year was taken by a payment before the books; ``before_fen``: its tier, else 0;
# ``since_fen``: own money that came since. A tier of before may be lifted.
STANDING = {
    "person_id": pl.Int64, "year": pl.Int32, "month": pl.Int32, "day": pl.Date, "makeup": pl.Boolean, "own_fen": pl.Int64,
    "tier_fen": pl.Int64, "before_books": pl.Boolean, "before_fen": pl.Int64, "since_fen": pl.Int64,
}  # fmt: skip


def standing(
    facts: Facts, law: Law, told: pl.DataFrame, proxied: pl.DataFrame, opened: Month
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The standing contribution of each person and year (STANDING), and the payments that go back (PAYMENTS, ``refused`` said).

    ``told``: PAYMENTS in the order of payment. The first that makes a tier stands; a later one goes back as ``duplicate``,
    unless the law lets it lift the tier within the year. ``proxied``: PROXIED; what the county pays counts towards a tier.
    Payments before the books (``opened``) are in the opening statement: they take their year, whatever their amount.
    Made-up years beyond the law's total go back as well.
    """
    able = told.filter((pl.col("refused") == "") & (pl.col("kind") != FactKind.COLLECTIVE_AID))
    rows = _whole(able, facts, law, proxied, opened).with_columns(
        pl.int_range(pl.len()).over(KEYS).alias("turn"))  # fmt: skip
    tiers, lifts = allowed(law, _years(rows)), _lifting(law, _years(rows))
    state, back = pl.DataFrame(schema=STANDING), []
    for turn in sorted(rows["turn"].unique().to_list()):
        now = rows.filter(pl.col("turn") == turn).join(state, on=KEYS, how="left", suffix="_so_far")
        judged = _judge(now, tiers, lifts)
        state = _carry(state, judged)
        back.append(judged.filter(pl.col("refused") != "").select(told.columns))
    gone = pl.concat([told.clear(), *back])
    over = beyond_total(state, facts, law, proxied)
    made_up = able.filter(pl.col("kind") == FactKind.MAKEUP_PAYMENT).join(over, on=KEYS, how="semi")
    beyond = made_up.join(gone, on="fact_id", how="anti").with_columns(pl.lit(BEYOND).alias("refused"))
    return state.join(over, on=KEYS, how="anti").sort(KEYS), pl.concat([gone, beyond])


def makes_a_tier(rows: pl.DataFrame, facts: Facts, law: Law, proxied: pl.DataFrame, opened: Month) -> list[bool]:
    """Whether each payment (PAYMENTS) makes a tier by itself or beside the county's part."""
    return _whole(rows, facts, law, proxied, opened)["whole_fen"].is_not_null().to_list()


def _years(rows: pl.DataFrame) -> list[int]:
    return sorted({*rows["year"].to_list(), *rows["day"].dt.year().to_list()})


def _lifting(law: Law, years: list[int]) -> list[int]:
    """The years in which a second payment may lift the tier."""
    return [year for year in years
            if law.word(CHANGE, "next_year", "top_up_in_year", month=month_of(year, 12)) != "next_year"]


def _whole(able: pl.DataFrame, facts: Facts, law: Law, proxied: pl.DataFrame, opened: Month) -> pl.DataFrame:
    """Payments with ``makeup``, ``before_books``, ``proxy_fen`` and ``whole_fen``: the tier that each makes by itself, or null.

    A make-up is judged by the tiers of the year in which it is paid, and only for a year without the county's money.
    """
    rows = able.with_columns(
        (pl.col("kind") == FactKind.MAKEUP_PAYMENT).alias("makeup"), (month_number("day") < opened).alias("before_books"),
        pl.col("day").dt.year().cast(pl.Int32).alias("paid_in"),
    ).join(proxied.select(*KEYS, pl.col("fen").alias("proxy_fen")), on=KEYS, how="left")  # fmt: skip
    judging = pl.when("makeup").then("paid_in").otherwise("year")
    rows = rows.with_columns(judging.cast(pl.Int32).alias("tier_year"), pl.col("proxy_fen").fill_null(0))
    years = _years(rows)
    rows = rows.join(_protected(rows, facts, law, years), on="fact_id", how="left", maintain_order="left")
    by_itself = _is_tier(rows, pl.col("fen"), allowed(law, years))
    with_county = _is_tier(rows, pl.col("fen") + pl.col("proxy_fen"), allowed(law, years))
    free = pl.col("tier_year").is_in([year for year in years if not has_tiers(law, year)]) | pl.col("before_books")
    whole = (
        pl.when(pl.col("makeup") & (pl.col("proxy_fen") > 0)).then(None)
        .when(free | by_itself).then(pl.col("fen"))
        .when(~pl.col("makeup") & (pl.col("proxy_fen") > 0) & with_county).then(pl.col("fen") + pl.col("proxy_fen"))
    )  # fmt: skip
    return rows.with_columns(whole.alias("whole_fen"))


def _protected(rows: pl.DataFrame, facts: Facts, law: Law, years: list[int]) -> pl.DataFrame:
    """The payments (``fact_id``) made on a day in a protected group."""
    parts = [pl.DataFrame(schema={"fact_id": pl.Int64, "in_group": pl.Boolean})]
    for year in years:
        days = in_days(protected_days(facts, law, year)) if has_tiers(law, year) else None
        mine = rows.filter(pl.col("paid_in") == year)
        if days is None or mine.is_empty():
            continue
        paid = pl.col("day").to_physical()
        held = mine.join(days, on="person_id").filter((pl.col("start") <= paid) & (pl.col("end") > paid))
        parts.append(held.select("fact_id").unique().with_columns(pl.lit(value=True).alias("in_group")))
    return pl.concat(parts)


def _is_tier(rows: pl.DataFrame, amount: pl.Expr, tiers: pl.DataFrame) -> pl.Series:
    """Whether an amount is a tier that its payer may choose."""
    found = rows.with_columns(amount.alias("tier")).join(
        tiers, on=["tier_year", "tier"], how="left", maintain_order="left").select(
        (pl.col("protected").is_not_null() & (~pl.col("protected") | pl.col("in_group").fill_null(value=False))).alias("is"))
    return found["is"]


def _judge(now: pl.DataFrame, tiers: pl.DataFrame, lifts: list[int]) -> pl.DataFrame:
    """One payment of each person and year beside what stands so far: ``refused``, and what then stands."""
    first = pl.col("tier_fen").is_null()
    lifted = pl.col("tier_fen") + pl.col("fen")
    lifting = ~first & pl.col("year").is_in(lifts) & ~pl.col("makeup") & ~pl.col("makeup_so_far") & _is_tier(now, lifted, tiers)
    why = (
        pl.when(first & pl.col("whole_fen").is_not_null()).then(pl.lit(""))
        .when(lifting).then(pl.lit(""))
        .when(~first | (pl.col("makeup") & (pl.col("proxy_fen") > 0))).then(pl.lit("duplicate"))
        .otherwise(pl.lit("not_a_tier"))
    )  # fmt: skip
    return now.with_columns(
        why.alias("refused"), pl.when(first).then("whole_fen").otherwise(lifted).alias("tier_now"),
        (pl.col("own_fen").fill_null(0) + pl.col("fen")).alias("own_now"),
        (pl.col("since_fen").fill_null(0) + pl.when("before_books").then(0).otherwise("fen")).alias("since_now"),
    ).with_columns(pl.when("before_books").then("tier_now").otherwise(pl.col("before_fen").fill_null(0)).alias("before_now"))  # fmt: skip


def _carry(state: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """What stands after a turn: month and day are those of the first payment that stands."""
    kept = judged.filter(pl.col("refused") == "").select(
        *KEYS, *(pl.coalesce(f"{name}_so_far", name).alias(name) for name in ("month", "day")),
        "makeup", pl.col("own_now").alias("own_fen"),
        pl.col("tier_now").alias("tier_fen"), pl.coalesce("before_books_so_far", "before_books").alias("before_books"),
        pl.col("before_now").alias("before_fen"), pl.col("since_now").alias("since_fen"),
    )  # fmt: skip
    rest = state.join(kept, on=KEYS, how="anti")
    return pl.concat([rest, kept.select(pl.col(name).cast(kind) for name, kind in STANDING.items())])
