"""What people, collectives and treasuries pay into accounts for a year, and what goes back: as spans of fen.

One contribution a person and year, whatever the channels. Money is a fact when it was collected; what this module
says is owed is its crediting (own money, aid, subsidies), or its return.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.law import Law
from yingbao.rules.makeup import TOO_LATE, too_late
from yingbao.rules.overlap import overlaps
from yingbao.rules.payments import PAYMENTS, payments
from yingbao.rules.proxy_amounts import all_amounts, has_proxy
from yingbao.rules.relations import SPANS, Facts, empty, month_number
from yingbao.rules.standing import KEYS, standing
from yingbao.rules.taken_back import RIGHT
from yingbao.rules.tiers import LEVELS, allowed, has_tiers, subsidy_of, tiers_of
from yingbao.values.facts import FactKind
from yingbao.values.money import divide_half_up_all
from yingbao.values.month import BEGINNING, month_of, year_of
from yingbao.values.purpose import Item

MAKEUP_SUBSIDY = "contribution/makeup_gets_subsidy"
PROXY_SUBSIDY = "entry/entry_subsidy_for_proxied"
AID_LIMIT = "contribution/collective_aid_limit"
HIGHEST, UNLIMITED = "highest_tier", "none"
# ``month``: when it became clear that the money goes back; ``why``: the word of a refusal, or one of the three below.
BACK = {"person_id": pl.Int64, "month": pl.Int32, "fen": pl.Int64, "why": pl.String}
PENSIONS = {"person_id": pl.Int64, "since": pl.Int32}
OF_THE_COUNTY, SAME_YEAR, OVER_LIMIT = "paid_by_the_county", "in_employee_scheme_same_year", "aid_over_limit"
_AID = {"person_id": pl.Int64, "year": pl.Int32, "month": pl.Int32, "fen": pl.Int64}


@dataclass(frozen=True)
class Paid:
    """What was paid, and what became of it.

    ``own``: person, year, ``month``, ``makeup``, ``own_fen`` that stays beside the county's part, ``tier_fen``, ``proxy_fen``,
    ``twice_fen`` that goes back for it, and ``before_fen``, the tier that was paid before the books and is lifted (else 0).
    ``aid``: collective aid that stands, by month. ``back``: BACK. ``refused``: PAYMENTS that go back whole, with the word why.
    """

    own: pl.DataFrame
    aid: pl.DataFrame
    back: pl.DataFrame
    refused: pl.DataFrame


def contribution_dues(facts: Facts, law: Law, paid: Paid) -> pl.DataFrame:
    """Own contributions, make-up years, collective aid, subsidies by level (all by year) and contribution refunds: SPANS."""
    kept, aid, _ = _less_overlap(facts, law, paid)
    spans = [
        _yearly(kept.filter(~pl.col("makeup")), Item.OWN_CONTRIBUTION, "own_fen"),
        _yearly(kept.filter(pl.col("makeup")), Item.MAKEUP_CONTRIBUTION, "own_fen"),
        _yearly(_by_year(aid), Item.COLLECTIVE_AID, "fen"), *_subsidies(law, paid.own), _returned(money_back(facts, law, paid), law),
    ]  # fmt: skip
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in SPANS.items()) for part in spans])


def money_back(facts: Facts, law: Law, paid: Paid) -> pl.DataFrame:
    """All money that goes back, and why: BACK."""
    return pl.concat([paid.back, _less_overlap(facts, law, paid)[2]])


def paid(facts: Facts, law: Law, opening: Opening | None, proxied: pl.DataFrame, pensions: pl.DataFrame) -> Paid:
    """What was paid for years up to the last of ``law``; ``proxied``: PROXIED, what the county pays.

    ``pensions``: PENSIONS, since when those who made up a year have an account pension.

    What was paid before the opening month is in the opening statement: it takes its year and makes nothing due. What lifts
    its tier since is credited as any other money.
    """
    opened = BEGINNING if opening is None else opening.opening_month
    owed = proxied.filter(pl.col("year") <= year_of(law.until - 1))
    told = _judged(facts, law, pensions)
    stands, gone = standing(facts, law, told, owed, opened)
    refused = pl.concat([told.filter(pl.col("refused") != ""), gone])
    own = stands.join(owed.select(*KEYS, pl.col("month").alias("proxied_in"), pl.col("fen").alias("proxy_fen")),
                      on=KEYS, how="full", coalesce=True).with_columns(
        pl.col("own_fen").fill_null(0), pl.col("proxy_fen").fill_null(0), pl.col("makeup").fill_null(value=False),
        pl.col("before_books").fill_null(value=False), pl.col("before_fen", "since_fen").fill_null(0),
        pl.coalesce("tier_fen", "proxy_fen").alias("tier_fen"))  # fmt: skip
    # Who paid a whole tier has paid the county's part as well: that part goes back, the rest is the excess of one tier.
    whole = (pl.col("own_fen") == pl.col("tier_fen")) & ~pl.col("before_books")
    twice = pl.when(whole).then(pl.min_horizontal("own_fen", "proxy_fen")).otherwise(0)
    own = own.with_columns(twice.alias("twice_fen"), pl.max_horizontal("tier_fen", "proxy_fen").alias("tier_fen"))
    ours = own.filter(~pl.col("before_books") | (pl.col("since_fen") > 0)).with_columns(pl.col("since_fen").alias("own_fen"))
    of_proxy = ours.filter(pl.col("twice_fen") > 0).select(
        "person_id", pl.max_horizontal("month", "proxied_in").alias("month"), pl.col("twice_fen").alias("fen"),
        pl.lit(OF_THE_COUNTY).alias("why"))  # fmt: skip
    valid = (pl.col("kind") == FactKind.COLLECTIVE_AID) & (pl.col("refused") == "")
    aid, over = (part.filter(pl.col("month") >= opened) for part in _within_limit(told.filter(valid), law))
    since_opened = refused.filter(month_number("day") >= opened)
    return Paid(
        ours.with_columns((pl.col("own_fen") - pl.col("twice_fen")).alias("own_fen")).drop("since_fen"),
        aid.group_by(*KEYS, "month").agg(pl.col("fen").sum()).select(*_AID).sort(*KEYS, "month"),
        pl.concat([_went_back(since_opened, law, owed), of_proxy.select(*BACK), over]), since_opened,
    )  # fmt: skip


def rightly_paid(paid: Paid) -> pl.DataFrame:
    """What people and collectives rightly paid for a year, also what of it goes back because another paid: ``taken_back.RIGHT``."""
    item = pl.when("makeup").then(int(Item.MAKEUP_CONTRIBUTION)).otherwise(int(Item.OWN_CONTRIBUTION))
    own = paid.own.select("person_id", item.alias("item"), "year", (pl.col("own_fen") + pl.col("twice_fen")).alias("fen"))
    aid = _by_year(paid.aid).select("person_id", pl.lit(int(Item.COLLECTIVE_AID)).alias("item"), "year", "fen")
    return pl.concat([part.select(pl.col(name).cast(kind) for name, kind in RIGHT.items()) for part in (own, aid)])


def _by_year(aid: pl.DataFrame) -> pl.DataFrame:
    """Aid by month as one sum a person and year."""
    return aid.group_by(KEYS).agg(pl.col("fen").sum()).sort(KEYS)


def _judged(facts: Facts, law: Law, pensions: pl.DataFrame) -> pl.DataFrame:
    """The payments of the years of ``law``, those that come too late refused as well: PAYMENTS.

    What is refused whatever the law of its year will be (paid for a year to come) goes back at once.
    """
    told = payments(facts, law).filter((pl.col("year") <= year_of(law.until - 1)) | (pl.col("refused") != ""))
    late = too_late(told.filter(pl.col("refused") == ""), law, pensions) if pensions.height else []
    if not late:
        return told
    why = pl.when(pl.col("fact_id").is_in(late)).then(pl.lit(TOO_LATE)).otherwise("refused").alias("refused")
    return told.with_columns(why).select(*PAYMENTS)


def _within_limit(aid: pl.DataFrame, law: Law) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Collective aid (PAYMENTS, in the order of payment) up to a year's limit, and what of it goes back (BACK).

    contribution/collective_aid_limit: all aid of a person and year together, at most the highest tier of the year.
    """
    limits = {year: max(tiers_of(law, year)) for year in aid["year"].unique().to_list()
              if has_tiers(law, year) and _limited(law, year)}  # fmt: skip
    if not limits:
        return aid, pl.DataFrame(schema=BACK)
    limit = pl.col("year").replace_strict(limits, default=None, return_dtype=pl.Int64)
    so_far = pl.col("fen").cum_sum().over(KEYS)
    above = (so_far - limit).clip(lower_bound=0).fill_null(0)
    cut = aid.with_columns(pl.min_horizontal(above, "fen").alias("over"))
    back = cut.filter(pl.col("over") > 0).select("person_id", "month", pl.col("over").alias("fen"), pl.lit(OVER_LIMIT).alias("why"))
    kept = cut.with_columns((pl.col("fen") - pl.col("over")).alias("fen")).filter(pl.col("fen") > 0)
    return kept.drop("over"), back.select(*BACK)


def _limited(law: Law, year: int) -> bool:
    return law.word(AID_LIMIT, HIGHEST, UNLIMITED, month=month_of(year, 12)) == HIGHEST


def _went_back(refused: pl.DataFrame, law: Law, owed: pl.DataFrame) -> pl.DataFrame:
    """Refused payments as BACK, in the month they were paid.

    An amount that would make a tier beside the county's part waits for the batch: it goes back only when its year is over.
    """
    wrong = refused.filter((pl.col("refused") == "not_a_tier") & (pl.col("kind") == FactKind.OWN_PAYMENT))
    years = sorted(set(wrong["year"].to_list()))
    amounts = pl.DataFrame(
        [(year, tier, county) for year in years if has_tiers(law, year) and has_proxy(law, year)
         for tier in allowed(law, [year]).filter(~pl.col("protected"))["tier"] for county in sorted(all_amounts(law, year))],
        schema={"year": pl.Int32, "tier": pl.Int64, "county": pl.Int64}, orient="row",
    ).select("year", (pl.col("tier") - pl.col("county")).alias("fen")).unique()  # fmt: skip
    placed = wrong.join(amounts, on=["year", "fen"], how="semi").join(owed.select(*KEYS), on=KEYS, how="anti")
    waiting = placed.select("fact_id", ((pl.col("year") + 1) * 12).cast(pl.Int32).alias("later"))
    return refused.join(waiting, on="fact_id", how="left").select(
        "person_id", pl.coalesce("later", "month").alias("month"), "fen", pl.col("refused").alias("why"))  # fmt: skip


def _less_overlap(facts: Facts, law: Law, paid: Paid) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Own money and aid less what goes back for months in the employee scheme, and what goes back (BACK).

    人社部发〔2014〕17号 同年重复缴费; the subsidy stays.
    """
    both = overlaps(facts, law, [*paid.own.filter(pl.col("own_fen") > 0)["year"], *paid.aid["year"]])
    own, of_own = _split(paid.own, "own_fen", both)
    aid, of_aid = _split(paid.aid, "fen", both)
    return own, aid, pl.concat([of_own, of_aid])


def _split(rows: pl.DataFrame, amount: str, both: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows with the overlap's share taken off ``amount``, and that share as BACK.

    The share of a year's whole sum, half up; what came later (a row below) takes what is then missing of it, so that no
    money goes back before it came.
    """
    joined = rows.join(both, on=KEYS, how="left", maintain_order="left").with_columns(pl.col("months").fill_null(0))
    so_far = joined.select(pl.col(amount).cum_sum().over(KEYS))[amount]
    shares = divide_half_up_all((so_far * joined["months"]).to_numpy(), 12)
    told = joined.with_columns(pl.Series("back", shares, pl.Int64)).with_columns(
        pl.col("back") - pl.col("back").shift(1).over(KEYS).fill_null(0))  # fmt: skip
    back = told.filter(pl.col("back") > 0).select(
        "person_id", pl.max_horizontal("month", "since").alias("month"), pl.col("back").alias("fen"),
        pl.lit(SAME_YEAR).alias("why"))  # fmt: skip
    return told.with_columns(pl.col(amount) - pl.col("back")).select(rows.columns), back.select(*BACK)


def _yearly(rows: pl.DataFrame, item: Item, amount: str) -> pl.DataFrame:
    start = (pl.col("year") * 12).cast(pl.Int32)
    return rows.filter(pl.col(amount) > 0).select(
        "person_id", pl.lit(int(item), pl.Int16).alias("item"), start.alias("from_month"),
        (start + 1).alias("until_month"), pl.col(amount).alias("monthly_fen"),
    )  # fmt: skip


def _subsidies(law: Law, own: pl.DataFrame) -> list[pl.DataFrame]:
    """The entry subsidy of each person and year by the whole tier, once, split by level: SPANS.

    By the tier that own money and the county's part make together; whether a year that only the county paid, or one
    that was made up, brings a subsidy is the law's (entry/entry_subsidy_for_proxied, contribution/makeup_gets_subsidy).
    """
    parts = [empty(SPANS)]
    for year in sorted(set(own["year"].to_list())):
        if not has_tiers(law, year):
            continue
        month = month_of(year, 12)
        proxied, makeup = (bool(law.in_force.value(name, month)) for name in (PROXY_SUBSIDY, MAKEUP_SUBSIDY))
        gets = (
            pl.when(pl.col("makeup")).then(pl.lit(makeup) | (pl.lit(proxied) & (pl.col("proxy_fen") > 0)))
            .otherwise((pl.col("own_fen") > 0) | (pl.lit(proxied) & (pl.col("proxy_fen") > 0)))
        )  # fmt: skip
        mine = own.filter((pl.col("year") == year) & gets).select("person_id", "year", "tier_fen", "before_fen")
        levels = pl.concat([mine, subsidy_of(law, year, mine["tier_fen"], mine["before_fen"])], how="horizontal")
        parts += [_yearly(levels, item, str(int(item))) for item in LEVELS]
    return parts


def _returned(back: pl.DataFrame, law: Law) -> pl.DataFrame:
    """BACK as one refund a person and month, by the end of the derivation: SPANS."""
    summed = back.filter(pl.col("month") < law.until).group_by("person_id", "month").agg(pl.col("fen").sum())
    return summed.filter(pl.col("fen") > 0).select(
        "person_id", pl.lit(int(Item.CONTRIBUTION_REFUND), pl.Int16).alias("item"), pl.col("month").alias("from_month"),
        (pl.col("month") + 1).alias("until_month"), pl.col("fen").alias("monthly_fen"),
    ).sort("person_id", "from_month")  # fmt: skip
