"""Who is owed a monthly pension, by which route, and from when.

Three routes lead in: the pension already in payment when the county opened its books here
(*stated*), the regular one (60 with 15 paid years, or 60 when the scheme began) and the
over-age poor (from 2018-12, inside the window). Once granted it is for life (exit/for_life): afterwards
only the *continuing* criteria count, and leaving poverty is not one of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from yingbao.rules import people
from yingbao.rules.ages import FIRST_MONTH, REACHED, birthday, month_of_birth, months_later
from yingbao.rules.criterion import Answer, Question, criterion, merged, question, where_all_hold
from yingbao.rules.law import Law, whole
from yingbao.rules.paid_years import paid_since
from yingbao.rules.relations import LAST_DAY, TIMES, Facts, day_of, in_days, in_months, month_number, within
from yingbao.values.facts import CATEGORY_BY_KEY, Category, FactKind
from yingbao.values.month import FOREVER
from yingbao.values.steps import add_steps, to_spans, to_steps

AGE = "age/pension_age_years"
SIXTY_AT_START = "benefit/base_pension_if_sixty_at_start"
WINDOW = "exit/over_age_poor_window"
POOR = "exit/poor_categories"
FLAGGED_OUT = "exit/excludes_flagged_out_of_poverty"
FOR_LIFE = "exit/for_life"
NEVER_JOINED = "exit/requires_never_joined"
SIXTY_AFTER_START = "exit/requires_sixty_after_scheme_start"
POOR_FIRST_MONTH = "exit/first_month"
ACCOUNT_TOO = "exit/account_pension_too"
YEARS = "benefit/minimum_paid_years"
SCHEME_START = "benefit/scheme_start"
CATEGORY_KEYS = tuple(CATEGORY_BY_KEY)


@criterion(
    "reached_pension_age",
    zh="已满{age/pension_age_years}周岁（从满岁的次月起算）",
    en="has reached the pension age, from the month after the birthday month",
    cites="guofa-2014-8 领取条件",
    fails_as="under_pension_age",
    fails_zh="未满{age/pension_age_years}周岁，或当月才满（从满岁的次月起算）",
    fails_en="under the pension age, or reached it in this very month (counts from the next)",
    parameters=(AGE, FIRST_MONTH),
)
def reached_pension_age(facts: Facts, law: Law) -> Answer:
    """From the month after the birthday month (or from that month: benefit/first_month), for life. Age in whole years."""
    return _of_age(facts, law, months_later(law))


def _of_age(facts: Facts, law: Law, later: int) -> Answer:
    """From ``later`` months after the month in which the age is reached."""
    born = facts.persons.filter(pl.col("birth").is_not_null())
    reached = month_of_birth(law)
    parts = []
    for from_month, until_month, years in law.reaching(AGE):
        first = (reached + 12 * years + later).clip(lower_bound=from_month)
        parts.append(born.select("person_id", first.cast(pl.Int32).alias("start"),
                                 pl.lit(until_month, pl.Int32).alias("end")))  # fmt: skip
    return Answer(holds=pl.concat(parts), unknown=_always(facts.persons.filter(pl.col("birth").is_null())))


def _reached_for_the_poor(facts: Facts, law: Law) -> Answer:
    """As :func:`reached_pension_age`, by the switch of the over-age poor (exit/first_month)."""
    return _of_age(facts, law, int(_poor_first_month(law) != "same_month"))


def _poor_first_month(law: Law) -> str:
    return law.word(POOR_FIRST_MONTH, "month_after_qualifying_day", "same_month", "qualifying_day_in_window")


# The same claim with the same words: only the month from which it counts is another switch's.
poor_and_of_age = replace(reached_pension_age, find=_reached_for_the_poor, parameters=(AGE, POOR_FIRST_MONTH))


def _always(persons: pl.DataFrame) -> pl.DataFrame:
    return persons.select("person_id", pl.lit(0, pl.Int32).alias("start"), pl.lit(FOREVER, pl.Int32).alias("end"))


def poor_days(facts: Facts, categories: tuple[str, ...], *, excludes_flagged: bool) -> pl.DataFrame:
    """The dated facts of some categories: ``person_id, holds_from, holds_until``.

    ``excludes_flagged`` leaves out the days on which a registered low-income person is flagged out
    of poverty (标注脱贫); the other categories are not touched by the flag.
    """
    columns = ["person_id", "holds_from", "holds_until"]
    held = facts.of(FactKind.CATEGORY, values=categories)
    flags = facts.of(FactKind.POVERTY_EXIT_FLAG)
    if not excludes_flagged or flags.is_empty():
        return held.select(columns)
    registered = pl.col("value") == Category.REGISTERED_LOW_INCOME.key
    others = held.filter(~registered).select(columns)
    return pl.concat([others, _outside(held.filter(registered), flags)])


def _outside(held: pl.DataFrame, flags: pl.DataFrame) -> pl.DataFrame:
    """The days (``person_id, holds_from, holds_until``) of some facts on which none of the others holds."""
    marked = [merged(in_days(part)).with_columns(pl.lit(mark, pl.Int64).alias("mark")) for part, mark in ((held, 1), (flags, 2))]
    steps = [to_steps(part, ["person_id"], "mark", start="start", end="end") for part in marked]
    both = to_spans(add_steps(steps, ["person_id"], "mark"), ["person_id"], "mark", start="start", end="end")
    return _as_dates(both.filter(pl.col("mark") == 1))  # 1 held, 2 flagged, 3 both


def joined_days(days: pl.DataFrame) -> pl.DataFrame:
    """Dated facts with overlapping and touching ones of a person joined into one."""
    return _as_dates(merged(in_days(days)))


def _as_dates(times: pl.DataFrame) -> pl.DataFrame:
    """Days counted (TIMES) as dated facts: ``person_id, holds_from, holds_until``."""
    last = (pl.col("end") - 1).cast(pl.Int32).cast(pl.Date)
    return times.select(
        "person_id",
        pl.col("start").cast(pl.Int32).cast(pl.Date).alias("holds_from"),
        pl.when(pl.col("end") >= LAST_DAY).then(None).otherwise(last).alias("holds_until"),
    )


@criterion(
    "in_assisted_category",
    zh="属于建档立卡低收入人口、低保对象、特困人员之一",
    en="is registered low-income, on the minimum living allowance, or destitute",
    cites="bulletin-2018 问答-2",
    fails_zh="这个月不算建档立卡低收入人口、低保对象、特困人员（新取得身份的，一般从次月起算）",
    fails_en="in none of the three assisted categories (a new one usually counts from the next month)",
    parameters=(POOR, FLAGGED_OUT, POOR_FIRST_MONTH),
)
def in_assisted_category(facts: Facts, law: Law) -> Answer:
    """From the month after the first day of the category (exit/first_month), in months in which it is held on some day.

    Under ``qualifying_day_in_window`` the day alone must be inside the window: the month after it counts, whether or
    not the category is still held in it.
    """
    parts = [_held_months(facts, law, categories, bool(excludes)).pipe(within, max(start, since), min(end, until))
             for start, end, categories in law.lists(POOR, CATEGORY_KEYS)
             for since, until, excludes in law.everywhere(FLAGGED_OUT) if max(start, since) < min(end, until)]  # fmt: skip
    return Answer(holds=pl.concat(parts))


def _held_months(facts: Facts, law: Law, categories: tuple[str, ...], excludes_flagged: bool) -> pl.DataFrame:
    """The months (TIMES) that count by one list of categories."""
    held = joined_days(poor_days(facts, categories, excludes_flagged=excludes_flagged))
    rule = _poor_first_month(law)
    months = in_months(held, from_next=rule != "same_month")
    if rule == "qualifying_day_in_window":
        opens = min((one.from_month for one in law.spans(WINDOW) if one.value), default=FOREVER)
        inside = (pl.col("end") > opens) & (pl.col("end") < FOREVER)
        months = months.with_columns((pl.col("end") + inside.cast(pl.Int32)).cast(pl.Int32).alias("end"))
    return months


@criterion(
    "over_age_window_open",
    zh="在困难群体超龄纳入的政策期内",
    en="within the window of the over-age policy",
    cites="bulletin-2018 出口-2",
    fails_as="outside_over_age_window",
    fails_zh="不在困难群体超龄纳入的政策期内",
    fails_en="outside the window of the over-age policy",
    parameters=(WINDOW, POOR_FIRST_MONTH),
)
def over_age_window_open(facts: Facts, law: Law) -> Answer:
    """The months for which the policy admits people, the same for everybody.

    Under ``qualifying_day_in_window`` (exit/first_month) the month after the last one still admits.
    """
    later = int(_poor_first_month(law) == "qualifying_day_in_window")
    parts = [
        facts.persons.select("person_id", pl.lit(one.from_month, pl.Int32).alias("start"),
                             pl.lit(one.until_month + later, pl.Int32).alias("end"))
        for one in law.spans(WINDOW) if one.value
    ]  # fmt: skip
    return Answer(holds=pl.concat(parts) if parts else _always(facts.persons).clear())


@criterion(
    "paid_long_enough",
    zh="累计缴费满{benefit/minimum_paid_years}年，或制度实施时已满{age/pension_age_years}周岁",
    en="has paid {benefit/minimum_paid_years} years, or was {age/pension_age_years} when the scheme began",
    cites="guofa-2014-8 领取条件",
    fails_as="paid_too_few_years",
    fails_zh="累计缴费不满{benefit/minimum_paid_years}年，且制度实施时未满{age/pension_age_years}周岁",
    fails_en="has paid fewer than {benefit/minimum_paid_years} years and was not {age/pension_age_years} when the scheme began",
    parameters=(YEARS, FIRST_MONTH, AGE, REACHED, SIXTY_AT_START, SCHEME_START),
)
def paid_long_enough(facts: Facts, law: Law) -> Answer:
    """The full years paid (:mod:`paid_years`), or the birth date against the first day of the county's scheme."""
    enough = paid_since(facts, law, int(str(law.latest(YEARS))))
    old = _sixty_at_start(facts, law)
    free = [within(old, start, end) for start, end, on in law.everywhere(SIXTY_AT_START) if on]
    return Answer(holds=pl.concat([enough.select(old.columns), *free]))


def _sixty_at_start(facts: Facts, law: Law) -> pl.DataFrame:
    """Those who had reached the pension age (age/reached) by the first day of the county's scheme: TIMES, for ever."""
    start = law.latest(SCHEME_START)
    if not isinstance(start, date):
        raise TypeError(start)
    return _always(facts.persons.filter(birthday("birth", whole(law.latest(AGE)), law) <= day_of(start)))


@criterion(
    "never_joined",
    zh="从未参加国家规定的基本养老保险",
    en="has never joined a state pension scheme",
    cites="over-age-poor-elsewhere 重庆附加条件",
    fails_as="joined_before",
    fails_zh="以前参加过国家规定的基本养老保险",
    fails_en="has joined a state pension scheme before",
    only_if=NEVER_JOINED,
)
def never_joined(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails for ever from the month after the first day in any scheme: joining in the month of the grant is no fault."""
    joined = facts.of(FactKind.ENROLMENT, FactKind.PAID_YEARS, FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT,
                      FactKind.YEARS_TRANSFERRED, FactKind.TRANSFER_IN, FactKind.OTHER_SCHEME, FactKind.OTHER_PENSION,
                      FactKind.OTHER_COUNTY)  # fmt: skip
    return Answer(fails=in_months(joined.with_columns(pl.lit(None, pl.Date).alias("holds_until")), from_next=True))


@criterion(
    "sixty_after_scheme_start",
    zh="制度实施后才满{age/pension_age_years}周岁",
    en="reached the pension age after the scheme began",
    cites="over-age-poor-elsewhere 重庆附加条件",
    fails_as="sixty_before_scheme_start",
    fails_zh="制度实施时已满{age/pension_age_years}周岁",
    fails_en="had reached the pension age when the scheme began",
    parameters=(SCHEME_START, AGE, REACHED),
    only_if=SIXTY_AFTER_START,
)
def sixty_after_scheme_start(facts: Facts, law: Law) -> Answer:
    """Fails for whoever was of age on the first day of the county's scheme."""
    return Answer(fails=_sixty_at_start(facts, law),
                  unknown=_always(facts.persons.filter(pl.col("birth").is_null())))  # fmt: skip


@criterion(
    "enrolled",
    zh="已参保登记",
    en="enrolled in the resident scheme",
    cites="guofa-2014-8 参保范围",
    fails_as="not_enrolled",
    fails_zh="未参保登记",
    fails_en="not enrolled",
)
def enrolled(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """From the month of enrolment."""
    return Answer(holds=in_months(facts.of(FactKind.ENROLMENT)))


OVER_AGE_POOR = question(
    "over_age_poor",
    "困难群体超龄纳入",
    "months",
    [
        poor_and_of_age, in_assisted_category, people.no_other_basic_pension, over_age_window_open, people.alive,
        people.not_imprisoned, people.not_settled_abroad, people.registered_here, people.not_insured_elsewhere,
        people.benefit_not_waived, people.relation_standing, people.relation_not_moved, never_joined, sixty_after_scheme_start,
    ],
)  # fmt: skip
REGULAR = question(
    "regular",
    "正常到龄领取",
    "months",
    [
        reached_pension_age, paid_long_enough, enrolled, people.no_other_basic_pension, people.alive,
        people.not_imprisoned, people.not_settled_abroad, people.registered_here, people.not_insured_elsewhere,
        people.benefit_not_waived, people.relation_standing, people.relation_not_moved,
    ],
)  # fmt: skip
# Once granted: moving the registration or leaving poverty takes nothing away.
CONTINUING = question(
    "continuing",
    "继续领取",
    "months",
    [
        people.alive, people.no_other_basic_pension, people.not_imprisoned, people.not_settled_abroad,
        people.benefit_not_waived, people.relation_standing,
    ],
)  # fmt: skip


def continuing_on(route: str, law: Law) -> Question:
    """What must go on holding after a grant: little, for life; all of the route's, where the poor's is not for life."""
    return OVER_AGE_POOR if route == "over_age_poor" and not law.is_on(FOR_LIFE) else CONTINUING


def grants(facts: Facts, law: Law) -> pl.DataFrame:
    """When each person's pension was granted: ``person_id, granted_from`` (month), ``route``.

    Route: ``stated``, ``regular`` or ``over_age_poor``; the earliest wins, ties in that order.
    Only months of this derivation grant anything, except the stated ones.
    """
    stated = facts.of(FactKind.PENSION_IN_PAYMENT).select(
        "person_id", month_number("holds_from").alias("granted_from"), pl.lit(0, pl.Int8).alias("route"))  # fmt: skip
    rest = facts.persons.join(stated, on="person_id", how="anti")
    candidates = _old_enough(facts.cut_to(Facts(rest, facts.facts, facts.credits)), law)
    found = [stated]
    for rank, asked in ((1, REGULAR), (2, OVER_AGE_POOR)):
        spans = where_all_hold(asked, candidates, law).filter(
            (pl.col("end") > law.since) & (pl.col("start") < law.until))  # fmt: skip
        first = pl.col("start").clip(lower_bound=law.since).cast(pl.Int32)
        found.append(spans.select("person_id", first.alias("granted_from"), pl.lit(rank, pl.Int8).alias("route")))
    ranked = pl.concat(found).sort("person_id", "granted_from", "route")
    names = pl.col("route").replace_strict([0, 1, 2], ["stated", "regular", "over_age_poor"], return_dtype=pl.String)
    return ranked.unique("person_id", keep="first", maintain_order=True).with_columns(names)


def _old_enough(facts: Facts, law: Law) -> Facts:
    """The people who can have reached the pension age by the end: spares the young the work."""
    youngest = min(years for _, _, years in law.reaching(AGE))
    near = facts.persons.filter(
        pl.col("birth").is_null() | (month_number("birth") + 12 * youngest < law.until))  # fmt: skip
    ids = near.select("person_id")
    return facts.cut_to(Facts(near, facts.facts.join(ids, on="person_id", how="semi"), facts.credits))


def entitled(facts: Facts, law: Law, granted: pl.DataFrame) -> pl.DataFrame:
    """The months in which a pension is owed: ``person_id, start, end`` (TIMES), per grant.

    From the grant, wherever the continuing criteria hold, cut to the months of the derivation. Where the poor's pension
    is not for life, a regular one of the same person goes on beside it.
    """
    if law.is_on(FOR_LIFE):
        return _entitled(CONTINUING, facts, law, granted)
    poor = granted.filter(pl.col("route") == "over_age_poor")
    others = granted.join(poor, on="person_id", how="anti")
    parts = ((CONTINUING, others), (OVER_AGE_POOR, poor), (CONTINUING, regular_too(facts, law, poor)))
    return merged(pl.concat([_entitled(asked, facts, law, part) for asked, part in parts])).select(*TIMES)


def regular_too(facts: Facts, law: Law, poor: pl.DataFrame) -> pl.DataFrame:
    """Those of the over-age poor who later have a regular pension in their own right: ``person_id, granted_from``.

    Leaving poverty then takes nothing from them: a pension more must never be a pension less.
    """
    mine = Facts(facts.persons.join(poor, on="person_id", how="semi"),
                 facts.facts.join(poor, on="person_id", how="semi"), facts.credits)  # fmt: skip
    spans = where_all_hold(REGULAR, facts.cut_to(mine), law).filter((pl.col("end") > law.since) & (pl.col("start") < law.until))
    return spans.group_by("person_id").agg(pl.col("start").min().clip(lower_bound=law.since).alias("granted_from"))


def _entitled(asked: Question, facts: Facts, law: Law, granted: pl.DataFrame) -> pl.DataFrame:
    pensioners = facts.persons.join(granted, on="person_id", how="semi")
    known = facts.facts.join(pensioners, on="person_id", how="semi")
    spans = where_all_hold(asked, facts.cut_to(Facts(pensioners, known, facts.credits)), law)
    start = pl.max_horizontal("start", "granted_from", pl.lit(law.since, pl.Int32)).cast(pl.Int32)
    end = pl.min_horizontal("end", pl.lit(law.until, pl.Int32)).cast(pl.Int32)
    cut = spans.join(granted.select("person_id", "granted_from"), on="person_id").with_columns(
        start.alias("start"), end.alias("end"))  # fmt: skip
    return cut.filter(pl.col("start") < pl.col("end")).select("person_id", "start", "end")


def account_months(facts: Facts, law: Law, granted: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """The entitled ``months`` (TIMES) in which an account pension is owed too.

    Under ``after_makeup`` (exit/account_pension_too) the over-age poor have one from when they have paid the minimum
    years, made up or not.
    """
    if law.word(ACCOUNT_TOO, "balance_over_divisor", "after_makeup") == "balance_over_divisor":
        return months
    poor = granted.filter(pl.col("route") == "over_age_poor").select("person_id")
    paid = paid_since(facts, law, whole(law.latest(YEARS))).select("person_id", pl.col("start").alias("paid"))
    of_poor = months.join(poor, on="person_id", how="semi").join(paid, on="person_id").with_columns(
        pl.max_horizontal("start", "paid").cast(pl.Int32).alias("start")).filter(pl.col("start") < pl.col("end"))  # fmt: skip
    return pl.concat([months.join(poor, on="person_id", how="anti"), of_poor.select(months.columns)])
