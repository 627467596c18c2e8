"""Whose yearly contribution the county pays (代缴), decided on the day a batch takes its snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from yingbao.rules import people, waivers
from yingbao.rules.ages import OLDEST, REACHED, YOUNGEST, birth_unknown, since_age
from yingbao.rules.criterion import Answer, Question, criterion, question, where_all_hold
from yingbao.rules.entitlement import CATEGORY_KEYS, joined_days, poor_days
from yingbao.rules.law import Law, whole
from yingbao.rules.payments import payments
from yingbao.rules.proxy_amounts import amounts_by_category, first_category, general_amount
from yingbao.rules.relations import (
    FIRST_DAY,
    LAST_DAY,
    TIMES,
    Facts,
    day_of,
    empty,
    in_days,
    month_number,
    months_of_year,
    within,
)
from yingbao.rules.standing import standing
from yingbao.values.facts import FactKind
from yingbao.values.money import divide_half_up_all
from yingbao.values.month import BEGINNING, FOREVER, Month, first_day, month_of, month_of_date, year_of
from yingbao.values.purpose import Item

CATEGORIES = "entry/proxy_categories"
FLAGGED_OUT = "entry/excludes_flagged_out_of_poverty"
OWN_PAYMENT = "entry/own_payment_rule"
SNAPSHOT_RULE = "entry/proxy_snapshot_rule"
AFTER = "entry/ineligible_after_snapshot"
NOT_ELIGIBLE = "entry/not_eligible_on_snapshot"
# ``month``: that of the snapshot on which the year became owed.
PROXIED = {"person_id": pl.Int64, "year": pl.Int32, "month": pl.Int32, "fen": pl.Int64}


@dataclass(frozen=True, order=True)
class Snapshot:
    """The day a batch of a year looks at: whoever is eligible then is owed the year."""

    year: int
    day: date


@criterion(
    "in_proxy_category",
    zh="属于当年由政府代缴的困难群体（{entry/proxy_categories}）",
    en="is in a group for which the county pays that year",
    cites="bulletin-2018 入口-1",
    fails_zh="不属于当年由政府代缴的困难群体（{entry/proxy_categories}；已标注脱贫的不再按建档立卡代缴）",
    fails_en="in none of the groups for which the county pays that year",
    parameters=(CATEGORIES, FLAGGED_OUT),
)
def in_proxy_category(facts: Facts, law: Law) -> Answer:
    """On days in a category of the list of that day; the registered low-income only on days on which they are not flagged."""
    return Answer(holds=pl.concat([days.select(*TIMES) for _, days in proxied_days(facts, law)]))


def proxied_days(facts: Facts, law: Law) -> list[tuple[str, pl.DataFrame]]:
    """Each category with the days (TIMES) on which its people are ones for whom the county pays, by the lists of those days."""
    found = []
    for start, end, categories in law.lists(CATEGORIES, CATEGORY_KEYS):
        for since, until, excludes in law.everywhere(FLAGGED_OUT):
            first, last = max(start, since), min(end, until)
            for category in categories if first < last else ():
                held = in_days(joined_days(poor_days(facts, (category,), excludes_flagged=bool(excludes))))
                found.append((category, _within(held, first, last)))
    return found


def _within(days: pl.DataFrame, first: Month, last: Month) -> pl.DataFrame:
    """Days (TIMES) cut to some months."""
    begins = FIRST_DAY if first == BEGINNING else day_of(first_day(first))
    ends = LAST_DAY if last == FOREVER else day_of(first_day(last))
    return within(days, begins, ends)


@criterion(
    "reached_contribution_age",
    zh="已满{age/contribution_age_years}周岁",
    en="has reached the contribution age",
    cites="guofa-2014-8 参保范围",
    fails_as="under_contribution_age",
    fails_zh="未满{age/contribution_age_years}周岁，暂不能参保",
    fails_en="under {age/contribution_age_years}: cannot be enrolled yet",
    parameters=(YOUNGEST, REACHED),
)
def reached_contribution_age(facts: Facts, law: Law) -> Answer:
    """From the birthday (or the day after it: age/reached), that day included."""
    return Answer(holds=since_age(facts, whole(law.latest(YOUNGEST)), law), unknown=birth_unknown(facts))


@criterion(
    "within_contribution_age",
    zh="未满{age/pension_age_years}周岁",
    en="is under the pension age",
    cites="guofa-2014-8 领取条件",
    fails_as="over_contribution_age",
    fails_zh="已满{age/pension_age_years}周岁，不再缴费",
    fails_en="has reached the pension age: no more contributions",
    parameters=(OLDEST, REACHED),
)
def within_contribution_age(facts: Facts, law: Law) -> Answer:
    """Until the day before the age is reached (age/reached: on the birthday)."""
    return Answer(fails=since_age(facts, whole(law.latest(OLDEST)), law), unknown=birth_unknown(facts))


@criterion(
    "contribution_not_waived",
    zh="未签订放弃意向书（代缴）",
    en="the contribution is not waived",
    cites="bulletin-2018 问答-1",
    fails_as="contribution_waived",
    fails_zh="本人已签订放弃意向书，可随时撤回",
    fails_en="waived by the person's signature; may be withdrawn at any time",
    parameters=waivers.PARAMETERS,
)
def contribution_not_waived(facts: Facts, law: Law) -> Answer:
    """Fails on the days waived: :func:`waivers.days_waived`."""
    return Answer(fails=waivers.days_waived(facts, law))


@criterion(
    "no_own_payment_instead",
    zh="本年度没有以自缴代替代缴",
    en="has not paid the year himself instead",
    cites="project-choices 自缴-1",
    fails_as="paid_himself",
    fails_zh="本年度本人已缴费，按规定不再代缴",
    fails_en="has paid this year himself and the rule lets that stand",
    parameters=(OWN_PAYMENT,),
)
def no_own_payment_instead(facts: Facts, law: Law) -> Answer:
    """Only under the rule ``own_stands``: fails all through a year that the person has paid with a whole tier."""
    if law.word(OWN_PAYMENT, "proxy_before_own", "own_stands") == "proxy_before_own":
        return Answer(fails=empty(TIMES))
    told = payments(facts, law).filter((pl.col("kind") == FactKind.OWN_PAYMENT) & (pl.col("year") <= year_of(law.until - 1)))
    paid, _ = standing(facts, law, told, empty(PROXIED), BEGINNING)
    return Answer(fails=in_days(paid.select(
        "person_id", pl.date("year", 1, 1).alias("holds_from"), pl.date("year", 12, 31).alias("holds_until"))))  # fmt: skip


PROXY_CONTRIBUTION: Question = question(
    "proxy_contribution",
    "政府代缴",
    "days",
    [
        in_proxy_category, reached_contribution_age, within_contribution_age, people.alive_on_day,
        people.in_no_other_scheme, people.not_student, people.not_soldier, people.free_on_day,
        people.resident_on_day, contribution_not_waived, no_own_payment_instead, people.relation_open_on_day,
    ],
)  # fmt: skip


def proxied_years(facts: Facts, law: Law, snapshots: Sequence[Snapshot]) -> pl.DataFrame:
    """The years that the county owes for people: PROXIED, a year once.

    Eligible on any one of a year's snapshots is owed the year once. bulletin-2018 入口1–2. Each year by its own
    switches (entry/proxy_snapshot_rule, ineligible_after_snapshot, not_eligible_on_snapshot): a rule of a later year
    must not reach back.
    """
    if not snapshots:
        return empty(PROXIED)
    ids = facts.of(FactKind.CATEGORY).select("person_id").unique()
    concerned = Facts(facts.persons.join(ids, on="person_id", how="semi"),
                      facts.facts.join(ids, on="person_id", how="semi"), facts.credits)  # fmt: skip
    parts = [empty(PROXIED)]
    for year in sorted({one.year for one in snapshots}):
        of_year = Law(law.in_force, law.since, month_of(year, 12) + 1)
        days = sorted(one.day for one in snapshots if one.year == year)
        rostered = as_rostered(concerned, of_year, year)
        eligible = waivers.still_owed(where_all_hold(PROXY_CONTRIBUTION, rostered, of_year), concerned, of_year)
        parts.append(_owed(rostered, of_year, year, days, eligible))
    return pl.concat(parts)


def as_rostered(facts: Facts, law: Law, year: int) -> Facts:
    """The facts by which a year's proxies are decided: the roster of the batch day, or that of the year before's end.

    Under ``previous_year_roster`` whoever was in a category on 31 December counts as in it, and nobody else.
    """
    if law.word(SNAPSHOT_RULE, "roster_at_batch_date", "previous_year_roster") == "roster_at_batch_date":
        return facts
    last = pl.lit(date(year - 1, 12, 31))
    rostered = pl.col("kind").is_in([int(FactKind.CATEGORY), int(FactKind.POVERTY_EXIT_FLAG)])
    then = (pl.col("holds_from") <= last) & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= last))
    known = facts.facts.filter(~rostered | then).with_columns(
        pl.when(rostered).then(None).otherwise(pl.col("holds_until")).alias("holds_until"))  # fmt: skip
    return Facts(facts.persons, known, facts.credits)


def _owed(facts: Facts, law: Law, year: int, days: Sequence[date], eligible: pl.DataFrame) -> pl.DataFrame:
    """PROXIED of one year. ``eligible``: days (TIMES); ``days``: its snapshots, in order."""
    seen = [
        eligible.filter((pl.col("start") <= day_of(day)) & (pl.col("end") > day_of(day))).select(
            "person_id", pl.lit(day_of(day), pl.Int32).alias("day"), pl.lit(month_of_date(day), pl.Int32).alias("month"))
        for day in days
    ]  # fmt: skip
    found = pl.concat(seen).group_by("person_id").agg(pl.col("day", "month").min()).with_columns(pl.lit(12, pl.Int64).alias("months"))
    if law.word(AFTER, "year_stands", "by_months") == "by_months":
        held = months_of_year(eligible, year).join(found.select("person_id", pl.col("month").alias("since")), on="person_id")
        later = held.filter(pl.col("month") > pl.col("since")).group_by("person_id").agg(pl.len().alias("later"))
        left = pl.col("month") % 12 + 1 + pl.col("later").fill_null(0).cast(pl.Int64)
        found = found.join(later, on="person_id", how="left").select("person_id", "day", "month", left.cast(pl.Int64).alias("months"))
    if law.word(NOT_ELIGIBLE, "whole_year_reversed", "by_months") == "by_months":
        found = pl.concat([found, _wrongly_paid(facts, year, eligible, found)])
    found = found.join(_yearly_amounts(facts, law, year, found), on="person_id", how="left", maintain_order="left")
    amount = divide_half_up_all((found["months"] * found["yearly"]).to_numpy(), 12)
    return found.with_columns(pl.lit(year, pl.Int32).alias("year"), pl.Series("fen", amount, pl.Int64)).select(
        pl.col(name).cast(kind) for name, kind in PROXIED.items()).filter(pl.col("fen") != 0).sort("person_id")  # fmt: skip


def _yearly_amounts(facts: Facts, law: Law, year: int, found: pl.DataFrame) -> pl.DataFrame:
    """What a whole year is for each person found (``person_id, day``): ``person_id, yearly``, by the category of the day."""
    general, by_category = general_amount(law, year), amounts_by_category(law, year)
    everybody = found.select("person_id", pl.lit(general, pl.Int64).alias("yearly"))
    if not by_category:
        return everybody
    held = [
        found.join(days, on="person_id").filter((pl.col("start") <= pl.col("day")) & (pl.col("end") > pl.col("day"))).select(
            "person_id", pl.lit(category).alias("category"))
        for category, days in proxied_days(facts, law)
    ]  # fmt: skip
    own = first_category(pl.concat(held), law).select(
        "person_id", pl.col("category").replace_strict(by_category, default=general, return_dtype=pl.Int64).alias("own"))  # fmt: skip
    return everybody.join(own, on="person_id", how="left").select("person_id", pl.coalesce("own", "yearly").alias("yearly"))


def _wrongly_paid(facts: Facts, year: int, eligible: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Who was paid the year by the county and was not eligible on a snapshot: the months of it in which he was."""
    booked = (pl.col("item") == int(Item.PROXY_CONTRIBUTION)) & (pl.col("year") == year)
    paid = facts.credits.filter(booked).group_by("person_id").agg(pl.col("fen").sum(), pl.col("day").min())
    wrong = paid.filter(pl.col("fen") > 0).join(found, on="person_id", how="anti")
    held = months_of_year(eligible, year).group_by("person_id").agg(pl.len().cast(pl.Int64).alias("months"))
    began = day_of(date(year, 1, 1))
    first = eligible.filter(pl.col("end") > began).group_by("person_id").agg(pl.col("start").min().clip(lower_bound=began).alias("since"))
    return wrong.join(held, on="person_id").join(first, on="person_id").select(
        "person_id", pl.col("since").cast(pl.Int32).alias("day"), month_number("day").alias("month"), "months")  # fmt: skip


def proxy_due(facts: Facts, law: Law, snapshots: Sequence[Snapshot]) -> pl.DataFrame:
    """The contributions owed for people by the county: SPANS, a yearly one a person and year."""
    return as_due(proxied_years(facts, law, snapshots))


def as_due(proxied: pl.DataFrame) -> pl.DataFrame:
    """PROXIED as SPANS."""
    start = (pl.col("year") * 12).cast(pl.Int32)
    return proxied.select(
        "person_id", pl.lit(int(Item.PROXY_CONTRIBUTION), pl.Int16).alias("item"), start.alias("from_month"),
        (start + 1).alias("until_month"), pl.col("fen").alias("monthly_fen"),
    )  # fmt: skip
