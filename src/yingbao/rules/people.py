"""Criteria on a person that both the entry and the exit ask: life, prison, other schemes, places.

Each comes in months for the pension and in days for the contribution: the moment a payment
stops is a month, the moment of a batch is a day.
"""

from __future__ import annotations

import polars as pl

from yingbao.rules import waivers
from yingbao.rules.criterion import Answer, criterion
from yingbao.rules.events import by_word, without_made_up
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts, in_days, in_months, month_number
from yingbao.values.facts import FactKind

LAST_MONTH = "benefit/last_month"
PRISON_FROM = "disentitlement/prison_from"
PRISON_UNTIL = "disentitlement/prison_until"
PRISON_BACKPAY = "disentitlement/prison_backpay"
EXCLUDES_STUDENTS = "entry/excludes_students"
ONE_PENSION_ONLY = "benefit/excludes_other_basic_pension"
AGE = "age/pension_age_years"
MOVING_AT_SIXTY = "transfer/moving_in_month_of_sixty"


@criterion(
    "alive",
    zh="在世（死亡当月仍全额发放）",
    en="alive; the month of death is paid in full",
    cites="guofa-2014-8 领取时间",
    fails_as="deceased",
    fails_zh="已死亡，次月起停发",
    fails_en="deceased; payment ends with the month of death",
    parameters=(LAST_MONTH,),
)
def alive(facts: Facts, law: Law) -> Answer:
    """Until the month of death, that month included: compare months, not days."""
    law.word(LAST_MONTH, "month_of_death")  # the one rule there is: another word is refused
    return Answer(fails=in_months(facts.of(FactKind.DEATH), from_next=True))


@criterion(
    "not_imprisoned",
    zh="不在服刑期间",
    en="not imprisoned",
    cites="jingban-2019-84 服刑",
    fails_as="imprisoned",
    fails_zh="服刑期间停发，不补发",
    fails_en="imprisoned: not due for these months, not made up later",
    parameters=(PRISON_FROM, PRISON_UNTIL, PRISON_BACKPAY),
)
def not_imprisoned(facts: Facts, law: Law) -> Answer:
    """Fails from the month after imprisonment to the month of release, both included; nothing is made up.

    The switches: from the month of imprisonment already, only to the month before the release, made up after it.
    """
    parts = [
        in_months(part, from_next=begins == "month_after_imprisonment", until_next=ends == "month_after_release")
        for begins, some in by_word(facts.of(FactKind.PRISONER), law, PRISON_FROM, "month_after_imprisonment", "same_month")
        for ends, part in by_word(some, law, PRISON_UNTIL, "month_after_release", "same_month", on="holds_until")
    ]
    months = pl.concat(parts).filter(pl.col("start") < pl.col("end"))
    return Answer(fails=without_made_up(months, law.until) if law.is_on(PRISON_BACKPAY) else months)


@criterion(
    "not_settled_abroad",
    zh="未出国（境）定居",
    en="not settled abroad",
    cites="jingban-2019-84 注销",
    fails_as="settled_abroad",
    fails_zh="已出国（境）定居",
    fails_en="settled abroad",
)
def not_settled_abroad(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails from the month after leaving."""
    return Answer(fails=in_months(facts.of(FactKind.ABROAD), from_next=True))


@criterion(
    "no_other_basic_pension",
    zh="未领取国家规定的其他基本养老保险待遇",
    en="draws no other state basic pension",
    cites="bulletin-2018 出口-1",
    fails_as="other_basic_pension",
    fails_zh="已领取其他基本养老保险待遇",
    fails_en="draws another state basic pension",
    only_if=ONE_PENSION_ONLY,
)
def no_other_basic_pension(facts: Facts, law: Law) -> Answer:  # noqa: ARG001 - every criterion has the same two arguments
    """Fails in every month in which another state pension is drawn: one pension only."""
    return Answer(fails=in_months(facts.of(FactKind.OTHER_PENSION)))


@criterion(
    "not_insured_elsewhere",
    zh="未在其他统筹区参加居民养老保险",
    en="not insured in another county's resident scheme",
    cites="chongfu-2021-77 两地居民养老",
    fails_as="insured_elsewhere",
    fails_zh="已在其他统筹区参保",
    fails_en="insured in another county",
)
def not_insured_elsewhere(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails in the months of an insurance relation in another county."""
    return Answer(fails=in_months(facts.of(FactKind.OTHER_COUNTY)))


@criterion(
    "registered_here",
    zh="户籍在本统筹区",
    en="household registration in this county",
    cites="guofa-2014-8 参保范围",
    fails_as="moved_out",
    fails_zh="户籍已迁出",
    fails_en="registration moved out",
)
def registered_here(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails from the month after the registration moved out."""
    return Answer(fails=in_months(facts.of(FactKind.MOVED_OUT), from_next=True))


@criterion(
    "relation_standing",
    zh="居保关系未终止",
    en="the relation has not ended",
    cites="jingban-2019-84 注销",
    fails_as="relation_ended",
    fails_zh="居保关系已终止",
    fails_en="the relation has ended",
)
def relation_standing(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails from the month after the ending; at double receipt from the first month of the other pension.

    A move to another county is a question of its own: once a pension is in payment the relation does not move.
    """
    ended = facts.of(FactKind.RELATION_ENDED).filter(pl.col("value").ne_missing("transferred_out"))
    double = pl.col("value").eq_missing("double_receipt")
    parts = [in_months(ended.filter(double)), in_months(ended.filter(~double), from_next=True)]
    return Answer(fails=pl.concat(parts))


@criterion(
    "relation_not_moved",
    zh="居保关系未转出",
    en="the relation has not moved to another office",
    cites="guofa-2014-8 转移接续",
    fails_as="relation_moved",
    fails_zh="居保关系已转出",
    fails_en="the relation has moved to another office",
    parameters=(MOVING_AT_SIXTY, AGE),
)
def relation_not_moved(facts: Facts, law: Law) -> Answer:
    """Fails from the month after the move. Under ``stays`` a move in the very month of 60 moves nothing."""
    moved = facts.of(FactKind.RELATION_ENDED, values=("transferred_out",)).with_columns(
        month_number("holds_from").alias("month")).filter(pl.col("month") < law.until)  # fmt: skip
    known = ("account_moves", "stays")
    rules = {month: law.word(MOVING_AT_SIXTY, *known, month=max(month, law.since)) for month in moved["month"].unique().to_list()}
    years = int(str(law.latest(AGE)))
    sixty = facts.persons.select("person_id", (month_number("birth") + 12 * years).alias("month_of_sixty"))
    rule = pl.col("month").replace_strict(rules, default=None, return_dtype=pl.String)
    staying = (rule == "stays") & (pl.col("month") == pl.col("month_of_sixty"))
    gone = moved.join(sixty, on="person_id", how="left").filter(~staying.fill_null(value=False))
    return Answer(fails=in_months(gone, from_next=True))


@criterion(
    "benefit_not_waived",
    zh="未签订放弃意向书（待遇）",
    en="the pension is not waived",
    cites="bulletin-2018 问答-1",
    fails_as="benefit_waived",
    fails_zh="本人已签订放弃意向书，可随时撤回",
    fails_en="waived by the person's signature; may be withdrawn at any time",
    parameters=waivers.PARAMETERS,
)
def benefit_not_waived(facts: Facts, law: Law) -> Answer:
    """Fails in the months waived: :func:`waivers.months_waived`."""
    return Answer(fails=waivers.months_waived(facts, law))


# The same claims on a day, for the contribution.


@criterion(
    "alive_on_day", zh="在世", en="alive", cites="jingban-2019-84 注销",
    fails_as="deceased_on_day", fails_zh="已死亡", fails_en="deceased",
)  # fmt: skip
def alive_on_day(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails from the day of death."""
    return Answer(fails=in_days(facts.of(FactKind.DEATH)))


@criterion(
    "in_no_other_scheme",
    zh="未参加职工养老或机关养老保险",
    en="in no employee or civil-service scheme",
    cites="guofa-2014-8 参保范围",
    fails_as="in_other_scheme",
    fails_zh="已参加职工养老或机关养老保险",
    fails_en="insured in an employee or civil-service scheme",
)
def in_no_other_scheme(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails on days insured in, or paid by, another state scheme."""
    return Answer(fails=in_days(facts.of(FactKind.OTHER_SCHEME, FactKind.OTHER_PENSION)))


@criterion(
    "not_student", zh="不是在校学生", en="not a student at school", cites="guofa-2014-8 参保范围",
    fails_as="student", fails_zh="在校学生，毕业后再纳入", fails_en="at school; checked again afterwards",
    only_if=EXCLUDES_STUDENTS,
)  # fmt: skip
def not_student(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails on days at school."""
    return Answer(fails=in_days(facts.of(FactKind.STUDENT)))


@criterion(
    "not_soldier", zh="不是现役军人", en="not on active service", cites="guofa-2014-8 参保范围",
    fails_as="soldier", fails_zh="现役军人，退役后再纳入", fails_en="on active service; checked again afterwards",
)  # fmt: skip
def not_soldier(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails on days of active service."""
    return Answer(fails=in_days(facts.of(FactKind.SOLDIER)))


@criterion(
    "free_on_day", zh="不在服刑", en="not in prison", cites="jingban-2019-84 服刑",
    fails_as="prisoner_on_day", fails_zh="正在服刑，刑满后再纳入", fails_en="in prison; checked again on release",
)  # fmt: skip
def free_on_day(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails on days in prison."""
    return Answer(fails=in_days(facts.of(FactKind.PRISONER)))


@criterion(
    "resident_on_day",
    zh="户籍在本统筹区且未出国（境）定居",
    en="registered in this county and not settled abroad",
    cites="guofa-2014-8 参保范围",
    fails_as="not_resident_on_day",
    fails_zh="户籍已迁出、已出国（境）定居或已在其他统筹区参保",
    fails_en="moved out, settled abroad, or insured in another county",
)
def resident_on_day(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails from the day of moving out, settling abroad or insuring elsewhere."""
    return Answer(fails=in_days(facts.of(FactKind.MOVED_OUT, FactKind.ABROAD, FactKind.OTHER_COUNTY)))


@criterion(
    "relation_open_on_day",
    zh="居保关系未终止",
    en="the relation has not ended",
    cites="jingban-2019-84 注销",
    fails_as="relation_ended_on_day",
    fails_zh="居保关系已终止，恢复参保后再纳入",
    fails_en="the relation has ended; included again once it is resumed",
)
def relation_open_on_day(facts: Facts, law: Law) -> Answer:  # noqa: ARG001
    """Fails from the day of the ending to the day before the person is back: whoever came back counts again."""
    return Answer(fails=in_days(facts.of(FactKind.RELATION_ENDED)))
