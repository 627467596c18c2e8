"""What is added to the base pension, and the grant at a death: as spans of fen.

The long-contribution supplement (缴费年限养老金) is a share of the base pension for every full year paid beyond the minimum;
the age supplement (高龄加发) a yuan amount by age; the funeral grant (丧葬补助) is paid once, to the heirs.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from yingbao.rules.benefits import BASE, Opening, at_own_amount
from yingbao.rules.law import Law, one_of, whole
from yingbao.rules.paid_years import paid_years_by_month
from yingbao.rules.relations import SPANS, Facts, empty, month_number
from yingbao.rules.rounding import Rounding, rounding_of
from yingbao.values.facts import FactKind
from yingbao.values.month import FOREVER, Month
from yingbao.values.purpose import Item

SHARE = "benefit/long_payment_share"
YEARS = "benefit/minimum_paid_years"
MAKEUP_COUNTS = "benefit/long_payment_counts_makeup"
OF_BASE = "benefit/long_payment_base"
OF_BASE_WORDS = ("base_of_month", "base_of_first_month")
BY_AGE = "benefit/age_supplement"
AGE_FROM = "benefit/age_supplement_from"
LEAP_DAY = "benefit/age_supplement_leap_day"
FUNERAL_RULE = "benefit/funeral_rule"
FUNERAL_AMOUNT = "benefit/funeral_grant"
FUNERAL_MONTHS = "benefit/funeral_months"
FUNERAL_FOR = "benefit/funeral_for"
ALL = 10_000  # basis points
FEBRUARY, LEAP = 2, 29


def supplements(entitled: pl.DataFrame, facts: Facts, law: Law, granted: pl.DataFrame) -> pl.DataFrame:
    """The long-contribution and the age supplement of entitled months: SPANS."""
    return pl.concat([long_payment(entitled, facts, law, granted), by_age(entitled, facts, law)])


# --- 缴费年限养老金


def long_payment(entitled: pl.DataFrame, facts: Facts, law: Law, granted: pl.DataFrame) -> pl.DataFrame:
    """Share × base pension × full years beyond the minimum, rounded as the law of the first pension month says: SPANS.

    ``benefit/long_payment_base``: the base pension of each month (the amount moves with it), or of the first month.
    jiangsu-long-payment 年限; 人社部发〔2018〕21号 (not read).
    """
    shares = [one for one in law.spans(SHARE) if whole(one.value)]
    beyond = _in_entitled_months(years_beyond(facts, law), entitled) if shares else None
    if beyond is None or beyond.is_empty():
        return empty(SPANS)
    rules = _rounding_of_first_month(beyond, granted, law)
    parts = [empty(SPANS)]
    for share in shares:
        for base in law.in_force.spans(BASE, share.from_month, share.until_month):
            fen = pl.lit(whole(base.value), pl.Int64)
            for start, end, word in law.everywhere(OF_BASE):
                follows = one_of(OF_BASE, word, OF_BASE_WORDS) == "base_of_month"
                first, last = max(start, base.from_month), min(end, base.until_month)
                if first < last:
                    of = beyond.with_columns(fen.alias("base")) if follows else _first_base(beyond, granted, law)
                    parts.append(_within(_owed(of, whole(share.value), rules), first, last))
    return pl.concat(parts)


def _rounding_of_first_month(beyond: pl.DataFrame, granted: pl.DataFrame, law: Law) -> list[tuple[Rounding, pl.DataFrame]]:
    """The roundings, each with those (``person_id``) in whose first pension month it is in force.

    Of a pension older than this derivation: that of its first month. Raises NotInForce, UnknownChoice.
    """
    first = beyond.select("person_id").unique().join(granted.select("person_id", "granted_from"), on="person_id").with_columns(
        pl.col("granted_from").clip(lower_bound=law.since))  # fmt: skip
    rules = {month: rounding_of(law, month) for month in first["granted_from"].unique().sort().to_list()}
    return [(rounding, first.filter(pl.col("granted_from").is_in([month for month, one in rules.items() if one == rounding])))
            for rounding in dict.fromkeys(rules.values())]  # fmt: skip


def years_beyond(facts: Facts, law: Law) -> pl.DataFrame:
    """Full years paid beyond the minimum, and in which months there are so many: ``person_id, start, end, years``.

    Made-up years count only if ``benefit/long_payment_counts_makeup`` says so. A year that comes after the award (with a
    transfer) counts from the month after it, as its money does: decision 0012.
    """
    parts = [
        paid_years_by_month(facts, law, makeup=bool(counts)).with_columns(
            pl.col("start").clip(lower_bound=start), pl.col("end").clip(upper_bound=end))
        for start, end, counts in law.everywhere(MAKEUP_COUNTS)
    ]  # fmt: skip
    paid = pl.concat(parts).filter(pl.col("start") < pl.col("end"))
    beyond = paid.with_columns(pl.col("years") - whole(law.latest(YEARS)))
    return beyond.filter(pl.col("years") > 0).sort("person_id", "start")


def _in_entitled_months(beyond: pl.DataFrame, entitled: pl.DataFrame) -> pl.DataFrame:
    """The entitled months (TIMES) with the ``years`` of each; months without years beyond the minimum are not in it."""
    both = beyond.join(entitled, on="person_id", suffix="_entitled").with_columns(
        pl.max_horizontal("start", "start_entitled").alias("start"), pl.min_horizontal("end", "end_entitled").alias("end"))  # fmt: skip
    return both.filter(pl.col("start") < pl.col("end")).select("person_id", "start", "end", "years")


def _first_base(beyond: pl.DataFrame, granted: pl.DataFrame, law: Law) -> pl.DataFrame:
    """The base pension of each person's first month. Raises NotInForce where the law of that month is not known."""
    first = beyond.join(granted.select("person_id", "granted_from"), on="person_id", maintain_order="left")
    known = {month: whole(law.in_force.value(BASE, month)) for month in first["granted_from"].unique().to_list()}
    return first.with_columns(pl.col("granted_from").replace_strict(known, return_dtype=pl.Int64).alias("base"))


def _owed(beyond: pl.DataFrame, share: int, rules: list[tuple[Rounding, pl.DataFrame]]) -> pl.DataFrame:
    """A share in basis points of ``base`` for each of ``years``, rounded as ``rules`` say: SPANS."""
    parts = [empty(SPANS)]
    for rounding, people in rules:
        mine = beyond.join(people, on="person_id", how="semi", maintain_order="left")
        whole_fen = (mine["base"] * mine["years"].cast(pl.Int64)).to_numpy().astype(np.int64) * share
        fen = pl.Series("monthly_fen", rounding.component(whole_fen, ALL), pl.Int64)
        parts.append(mine.select(
            "person_id", pl.lit(int(Item.LONG_PAY_SUPPLEMENT), pl.Int16).alias("item"),
            pl.col("start").alias("from_month"), pl.col("end").alias("until_month"), fen).filter(pl.col("monthly_fen") != 0))  # fmt: skip
    return pl.concat(parts)


def _within(spans: pl.DataFrame, since: Month, until: Month) -> pl.DataFrame:
    """The part of spans between two months."""
    cut = spans.with_columns(pl.col("from_month").clip(lower_bound=since).cast(pl.Int32),
                             pl.col("until_month").clip(upper_bound=until).cast(pl.Int32))  # fmt: skip
    return cut.filter(pl.col("from_month") < pl.col("until_month"))


# --- 高龄加发


def by_age(entitled: pl.DataFrame, facts: Facts, law: Law) -> pl.DataFrame:
    """The amount of the highest age reached (brackets do not add up): SPANS. Whole months.

    Whose birth is not known gets none until it is told, and then all arrears: ``reports.unknown_births`` lists them.
    """
    parts = [empty(SPANS)]
    for table in law.spans(BY_AGE):
        steps = brackets(table.value)
        for place, (age, fen) in enumerate(steps):
            if not fen:
                continue
            until = _reached(steps[place + 1][0], law) if place + 1 < len(steps) else pl.lit(FOREVER, pl.Int32)
            born = entitled.join(facts.persons.filter(pl.col("birth").is_not_null()), on="person_id")
            start = pl.max_horizontal("start", _reached(age, law)).cast(pl.Int32)
            mine = born.select("person_id", start.alias("start"), pl.min_horizontal("end", until).cast(pl.Int32).alias("end"))
            amount = mine.select("person_id").unique().with_columns(pl.lit(fen, pl.Int64).alias("monthly_fen"))
            parts.append(_within(at_own_amount(mine, amount, Item.AGE_SUPPLEMENT), table.from_month, table.until_month))
    return pl.concat(parts)


def pays_by_age(law: Law, month: Month) -> bool:
    """Whether the law pays anybody an age supplement in a month: then an unknown birth leaves a question open."""
    return any(fen for _, fen in brackets(law.in_force.value(BY_AGE, month)))


def brackets(value: object) -> list[tuple[int, int]]:
    """The (age, fen) pairs of a step table, rising."""
    if not isinstance(value, tuple):
        raise TypeError(value)
    return [(whole(age), whole(fen)) for age, fen in value]


def _reached(age: int, law: Law) -> pl.Expr:
    """The first month for an age, of a column ``birth``.

    Born on 29 February: in common years on 28 February or on 1 March (``benefit/age_supplement_leap_day``).
    """
    late = law.word(LEAP_DAY, "february_28", "march_1") == "march_1"
    next_month = law.word(AGE_FROM, "month_after_birthday", "month_of_birthday") == "month_after_birthday"
    birth, year = pl.col("birth"), pl.col("birth").dt.year() + age
    common = ~(((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0))
    moved = (birth.dt.month() == FEBRUARY) & (birth.dt.day() == LEAP) & common & late
    return (month_number("birth") + 12 * age + int(next_month) + moved.cast(pl.Int32)).cast(pl.Int32)


# --- 丧葬补助


def funeral_grants(facts: Facts, law: Law, entitled: pl.DataFrame, granted: pl.DataFrame, opening: Opening | None = None) -> pl.DataFrame:
    """The funeral grant, once, in the month after a death, by the rule of the month of death: SPANS.

    ``benefit/funeral_rule``: none; fixed (an amount); months_of_base (so many base pensions of the month of death).
    ``benefit/funeral_for``: people who were owed a pension in the month of death, or also those who were still paying.
    A grant before the books began was the old system's.
    """
    since = law.since if opening is None else max(law.since, opening.opening_month)
    deaths = facts.of(FactKind.DEATH).group_by("person_id").agg(pl.col("holds_from").min())
    died = deaths.select("person_id", month_number("holds_from").alias("month")).filter(
        (pl.col("month") + 1 >= since) & (pl.col("month") + 1 < law.until))  # fmt: skip
    parts = [empty(SPANS)]
    for month in died["month"].unique().sort().to_list():
        fen = funeral_fen(law, month)
        if not fen:
            continue
        of = _provided_for(died.filter(pl.col("month") == month), month, facts, law, entitled, granted)
        parts.append(of.select("person_id", pl.lit(int(Item.FUNERAL_GRANT), pl.Int16).alias("item"),
                               pl.lit(month + 1, pl.Int32).alias("from_month"), pl.lit(month + 2, pl.Int32).alias("until_month"),
                               pl.lit(fen, pl.Int64).alias("monthly_fen")))  # fmt: skip
    return pl.concat(parts)


def funeral_fen(law: Law, month: Month) -> int:
    """The grant for a death in a month. Raises UnknownChoice for a rule the program does not have."""
    rule = law.word(FUNERAL_RULE, "none", "fixed", "months_of_base", month=month)
    if rule == "fixed":
        return whole(law.in_force.value(FUNERAL_AMOUNT, month))
    if rule == "months_of_base":
        return whole(law.in_force.value(FUNERAL_MONTHS, month)) * whole(law.in_force.value(BASE, month))
    return 0


def _provided_for(
    died: pl.DataFrame, month: Month, facts: Facts, law: Law, entitled: pl.DataFrame, granted: pl.DataFrame
) -> pl.DataFrame:
    """Those of the dead of a month for whom a grant is owed: ``person_id``."""
    drew = entitled.filter((pl.col("start") <= month) & (pl.col("end") > month)).select("person_id")
    if law.word(FUNERAL_FOR, "pensioners", "pensioners_and_payers", month=month) == "pensioners":
        return died.join(drew, on="person_id", how="semi").select("person_id")
    standing = month_number("holds_until").fill_null(FOREVER) >= month  # who came back before that was paying again
    ended = facts.of(FactKind.RELATION_ENDED).filter((month_number("holds_from") <= month) & standing)
    enrolled = facts.of(FactKind.ENROLMENT).filter(
        (month_number("holds_from") <= month) & (month_number("holds_until").fill_null(FOREVER) >= month))  # fmt: skip
    paying = enrolled.join(granted, on="person_id", how="anti").join(ended, on="person_id", how="anti").select("person_id")
    return died.join(pl.concat([drew, paying]).unique(), on="person_id", how="semi").select("person_id")
