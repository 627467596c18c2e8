"""Whose yearly contribution the county pays (代缴), decided on the day a batch takes its snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from yingbao.rules import people
from yingbao.rules.ages import OLDEST, YOUNGEST, birth_unknown, since_age
from yingbao.rules.criterion import Answer, Question, criterion, question, where_all_hold
from yingbao.rules.entitlement import joined_days, poor_days
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts, day_of, empty, in_days
from yingbao.values.facts import FactKind
from yingbao.values.money import divide_half_up
from yingbao.values.month import month_of
from yingbao.values.purpose import Item

CATEGORIES = "entry/proxy_categories"
FLAGGED_OUT = "entry/excludes_flagged_out_of_poverty"
AMOUNT = "entry/proxy_amount"
SHARE = "entry/proxy_share"
OWN_PAYMENT = "entry/own_payment_rule"
WHOLE = 10_000  # basis points


@dataclass(frozen=True, order=True)
class Snapshot:
    """The day a batch of a year looks at: whoever is eligible then is owed the year."""

    year: int
    day: date


@criterion(
    "in_proxy_category",
    zh="属于未标注脱贫的建档立卡低收入人口、城乡低保对象、特困人员之一",
    en="is registered low-income and not flagged out of poverty, on the allowance, or destitute",
    cites="bulletin-2018 入口1",
    fails_zh="不属于政府代缴的三类困难群体（建档立卡已标注脱贫的不再代缴）",
    fails_en="in none of the three groups for which the county pays",
    parameters=(CATEGORIES, FLAGGED_OUT),
)
def in_proxy_category(facts: Facts, law: Law) -> Answer:
    """On days in a category; the registered low-income only on days on which they are not flagged."""
    excludes = bool(law.latest(FLAGGED_OUT))
    return Answer(holds=in_days(joined_days(poor_days(facts, law.words(CATEGORIES), excludes_flagged=excludes))))


@criterion(
    "reached_contribution_age",
    zh="已满16周岁",
    en="has reached the contribution age",
    cites="国发〔2014〕8号 参保范围",
    fails_as="under_contribution_age",
    fails_zh="未满16周岁，暂不能参保",
    fails_en="under 16: cannot be enrolled yet",
    parameters=(YOUNGEST,),
)
def reached_contribution_age(facts: Facts, law: Law) -> Answer:
    """From the birthday, that day included."""
    return Answer(holds=since_age(facts, int(str(law.latest(YOUNGEST)))), unknown=birth_unknown(facts))


@criterion(
    "within_contribution_age",
    zh="未满60周岁",
    en="is under the pension age",
    cites="国发〔2014〕8号 参保范围",
    fails_as="over_contribution_age",
    fails_zh="已满60周岁，不再缴费",
    fails_en="has reached the pension age: no more contributions",
    parameters=(OLDEST,),
)
def within_contribution_age(facts: Facts, law: Law) -> Answer:
    """Until the day before the birthday: the age counts as reached on the day."""
    return Answer(fails=since_age(facts, int(str(law.latest(OLDEST)))), unknown=birth_unknown(facts))


@criterion(
    "contribution_not_waived",
    zh="未签订放弃意向书（代缴）",
    en="the contribution is not waived",
    cites="bulletin-2018 问答1",
    fails_as="contribution_waived",
    fails_zh="本人已签订放弃意向书，可随时撤回",
    fails_en="waived by the person's signature; may be withdrawn at any time",
)
def contribution_not_waived(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails from the first day of the month after the signature to the end of the month of withdrawal."""
    waived = facts.of(FactKind.WAIVER, values=("all", "proxy_contribution")).with_columns(
        pl.col("holds_from").dt.month_start().dt.offset_by("1mo"), pl.col("holds_until").dt.month_end())  # fmt: skip
    return Answer(fails=in_days(waived))


@criterion(
    "no_own_payment_instead",
    zh="本年度没有以自缴代替代缴",
    en="has not paid the year himself instead",
    cites="代缴与自缴的先后（entry/own_payment_rule）",
    fails_as="paid_himself",
    fails_zh="本年度本人已缴费，按规定不再代缴",
    fails_en="has paid this year himself and the rule lets that stand",
    parameters=(OWN_PAYMENT,),
)
def no_own_payment_instead(facts: Facts, law: Law) -> Answer:
    """Only under the rule ``own_stands``: fails all through a year that was paid by the person."""
    if law.latest(OWN_PAYMENT) != "own_stands":
        return Answer(fails=in_days(facts.of(FactKind.OWN_PAYMENT).clear()))
    paid = facts.of(FactKind.OWN_PAYMENT).with_columns(
        pl.date(pl.col("value").cast(pl.Int32), 1, 1).alias("holds_from"),
        pl.date(pl.col("value").cast(pl.Int32), 12, 31).alias("holds_until"),
    )
    return Answer(fails=in_days(paid))


PROXY_CONTRIBUTION: Question = question(
    "proxy_contribution",
    "政府代缴",
    "days",
    [
        in_proxy_category, reached_contribution_age, within_contribution_age, people.alive_on_day,
        people.in_no_other_scheme, people.not_student, people.not_soldier, people.free_on_day,
        people.resident_on_day, contribution_not_waived, no_own_payment_instead,
    ],
)  # fmt: skip


def proxy_amount(law: Law, year: int) -> int:
    """Fen the county pays for a year: the amount times its share, half up."""
    month = month_of(year, 12)
    amount = int(str(law.in_force.value(AMOUNT, month)))
    share = int(str(law.in_force.value(SHARE, month)))
    return divide_half_up(amount * share, WHOLE)


def proxy_due(facts: Facts, law: Law, snapshots: Sequence[Snapshot]) -> pl.DataFrame:
    """The contributions owed for people eligible on a snapshot day of the year: SPANS.

    Eligible on any one of a year's snapshots is owed the year once; becoming ineligible after
    the snapshot changes nothing. bulletin-2018 入口1–2; the switch is entry/proxy_snapshot_rule.
    """
    if not snapshots:
        return empty(SPANS)
    ids = facts.of(FactKind.CATEGORY).select("person_id").unique()
    concerned = Facts(facts.persons.join(ids, on="person_id", how="semi"),
                      facts.facts.join(ids, on="person_id", how="semi"))  # fmt: skip
    parts = [empty(SPANS)]
    for year in sorted({one.year for one in snapshots}):
        # Each year by its own switches: a rule of a later year must not reach back.
        eligible = where_all_hold(PROXY_CONTRIBUTION, concerned, Law(law.in_force, law.since, month_of(year, 12) + 1))
        days = [day_of(one.day) for one in snapshots if one.year == year]
        on_a_day = pl.any_horizontal([(pl.col("start") <= day) & (pl.col("end") > day) for day in days])
        people_of_year = eligible.filter(on_a_day).select("person_id").unique().sort("person_id")
        period = month_of(year, 1)
        parts.append(people_of_year.select(
            "person_id",
            pl.lit(int(Item.PROXY_CONTRIBUTION), pl.Int16).alias("item"),
            pl.lit(period, pl.Int32).alias("from_month"),
            pl.lit(period + 1, pl.Int32).alias("until_month"),
            pl.lit(proxy_amount(law, year), pl.Int64).alias("monthly_fen"),
        ))  # fmt: skip
    return pl.concat(parts)

