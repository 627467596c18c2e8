"""When a relation ends (death, another scheme, abroad, a move) and what is then paid out of the account, once."""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.law import Law, one_of
from yingbao.rules.relations import SPANS, Facts, month_number
from yingbao.values.facts import FactKind
from yingbao.values.money import share_by_weight
from yingbao.values.month import BEGINNING, month_of_date
from yingbao.values.purpose import Bucket, Item
from yingbao.values.steps import union

KEPT_BACK = "refund/subsidies_kept_back"
OF_EMPLOYEES = "refund/subsidies_of_joined_employee"
TWO_COUNTIES = "refund/two_counties"
MONTHS_AS_YEARS = "transfer/employee_months_as_years"
INHERITABLE = "refund/subsidies_inheritable"
ENDED = {"person_id": pl.Int64, "end_month": pl.Int32, "reason": pl.String}
BY_SOURCE = {"person_id": pl.Int64, "month": pl.Int32, "item": pl.Int16, "bucket": pl.Int8, "fen": pl.Int64}

DEATH, DOUBLE_RECEIPT, JOINED_EMPLOYEE, ABROAD, TRANSFERRED_OUT, OTHER = (
    "death", "double_receipt", "joined_employee", "abroad", "transferred_out", "other",
)  # fmt: skip
STATED = "stated"  # over when the books began, by the register: why, and what became of the money, is still to be found out
REASON_ZH = {
    DEATH: "死亡", DOUBLE_RECEIPT: "重复领取", JOINED_EMPLOYEE: "参加职工养老保险", ABROAD: "出国（境）定居",
    TRANSFERRED_OUT: "关系转出", OTHER: "其他原因终止", STATED: "期初登记已终止，待核实",
}  # fmt: skip
ENDED_BECAUSE = "ended_"  # before a reason, where it stands among other codes
_TRANSFERS = {bucket.key: int(bucket.transfer) for bucket in Bucket}
_SUBSIDIES = [int(bucket) for bucket in Bucket if bucket.subsidy]


def told(facts: Facts, law: Law) -> pl.DataFrame:
    """Endings told and standing, but death: ``person_id, end_month, reason``, dated before the derivation's end.

    An ending that itself has ended (the person came back) is none any more: see :func:`absences`. A reason nobody knows is
    ``other``.
    The month of an ending is the last of the relation. At double receipt that is the last month whose account pension
    was paid (``number``, yyyymm), for what came out of his own account stays with him; at the earliest the month before
    the other pension. 人社部发〔2014〕17号 8.
    """
    standing = facts.of(FactKind.RELATION_ENDED).filter(pl.col("holds_until").is_null())
    known = pl.when(pl.col("value").is_in(list(REASON_ZH))).then(pl.col("value")).otherwise(pl.lit(OTHER))
    found = standing.select("person_id", _last_month().alias("end_month"), known.alias("reason"))
    return found.filter(pl.col("end_month") < law.until)


def _last_month() -> pl.Expr:
    """The last month of a relation, of an ending as told."""
    day_month, stands_until = month_number("holds_from"), pl.col("number") // 100 * 12 + pl.col("number") % 100 - 1
    double = pl.max_horizontal(day_month - 1, stands_until)
    return pl.when(pl.col("value") == DOUBLE_RECEIPT).then(double).otherwise(day_month).cast(pl.Int32)


def absences(facts: Facts) -> pl.DataFrame:
    """The whole months between endings and returns: TIMES, merged. Nothing is owed for them, and accounts earn nothing.

    The account goes on as if there had been no ending; what was refunded is owed back (project-choices 退费-2).
    """
    back = facts.of(FactKind.RELATION_ENDED).filter(pl.col("holds_until").is_not_null())
    months = back.select("person_id", (_last_month() + 1).alias("start"), (month_number("holds_until") + 1).alias("end"))
    return union(months.cast({"start": pl.Int32, "end": pl.Int32}), ["person_id"], start="start", end="end")


def endings(facts: Facts, law: Law, granted: pl.DataFrame) -> pl.DataFrame:
    """The last month of each relation that has ended, and why: ENDED, one row a person.

    The earliest counts; death wins a tie, for the heirs get everything. One that only the register states yields to any
    other. Once a pension is in payment the relation does not
    move (国发〔2014〕8号): such a ``transferred_out`` ends nothing. ``granted``: ``person_id`` of who has a pension.
    """
    died = facts.of(FactKind.DEATH).select("person_id", month_number("holds_from").alias("end_month"),
                                           pl.lit(DEATH).alias("reason"))  # fmt: skip
    moved = pl.col("reason") == TRANSFERRED_OUT
    others = told(facts, law)
    in_payment = others.filter(moved).join(granted, on="person_id", how="semi")
    both = pl.concat([died, others.join(in_payment, on=["person_id", "reason"], how="anti")]).cast(ENDED)  # type: ignore[arg-type]
    ranked = both.sort("person_id", pl.col("reason") == STATED, "end_month", pl.col("reason") != DEATH, "reason")
    return ranked.unique("person_id", keep="first", maintain_order=True)


def single_pension(facts: Facts, ended: pl.DataFrame) -> Facts:
    """Who is ended by double receipt, as if there were no second pension: what decides about his own account's money.

    Another pension that was over before is not the second one: while he drew it he was not owed this one.
    """
    double = ended.filter(pl.col("reason") == DOUBLE_RECEIPT)
    standing = (pl.col("kind") == int(FactKind.RELATION_ENDED)) & pl.col("holds_until").is_null()
    began = facts.facts.filter(standing).join(double, on="person_id", how="semi").group_by("person_id").agg(
        pl.col("holds_from").min().alias("began"))  # fmt: skip
    over = pl.col("holds_until") < pl.col("began")
    second = pl.col("kind").is_in([int(FactKind.OTHER_PENSION), int(FactKind.OTHER_COUNTY)]) & ~over.fill_null(value=False)
    mine = facts.facts.join(began, on="person_id").filter(~second & ~standing).drop("began")
    return Facts(facts.persons.join(double, on="person_id", how="semi"), mine, facts.credits)


def until_ended(times: pl.DataFrame, ended: pl.DataFrame) -> pl.DataFrame:
    """Entitled months (TIMES) up to the last month of an ended relation, that month included."""
    joined = times.join(ended.select("person_id", "end_month"), on="person_id")
    cut = joined.with_columns(pl.min_horizontal("end", pl.col("end_month") + 1).cast(pl.Int32).alias("end"))
    return cut.filter(pl.col("start") < pl.col("end")).select(times.columns)


def refunds_by_source(
    facts: Facts, law: Law, ended: pl.DataFrame, left: pl.DataFrame, paid_in: pl.DataFrame
) -> pl.DataFrame:
    """What is paid out of ended accounts, by money source: BY_SOURCE, above zero, in the month after the end.

    Nothing where only the register states the ending: nobody knows yet whom the money is for.
    ``left`` and ``paid_in``: BALANCES after and before the pensions.
    """
    due = ended.filter((pl.col("end_month") + 1 < law.until) & (pl.col("reason") != STATED))
    kept = left.filter(pl.col("fen") > 0).join(due, on="person_id").join(
        _keeps_subsidies(facts, law, due), on="person_id", how="left").with_columns(pl.col("rule").fill_null("nothing"))  # fmt: skip
    subsidy = pl.col("bucket").is_in(_SUBSIDIES)
    own = kept.filter((pl.col("rule") == "nothing") | ~subsidy)
    came = paid_in.filter(subsidy).group_by("person_id").agg(pl.col("fen").sum().alias("came"))
    stays = kept.filter(subsidy).group_by("person_id").agg(pl.col("fen").sum().alias("stays"))
    used = came.join(stays, on="person_id", how="left").select(
        "person_id", (pl.col("came") - pl.col("stays").fill_null(0)).alias("used"))  # fmt: skip
    item = pl.when(pl.col("reason") == TRANSFERRED_OUT).then(int(Item.TRANSFER_OUT)).otherwise(int(Item.ACCOUNT_REFUND))
    back = _less_used(own, used).with_columns(item.alias("item"), (pl.col("end_month") + 1).alias("month"))
    return back.filter(pl.col("fen") > 0).select(pl.col(name).cast(kind) for name, kind in BY_SOURCE.items()).sort(
        "person_id", "bucket")  # fmt: skip


def _less_used(own: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    """Under ``what_was_paid_in`` the subsidies that pensions have used are kept back too, out of what is his own."""
    both = own.join(used, on="person_id", how="left")
    more = pl.when(pl.col("rule") == "what_was_paid_in").then(pl.col("used").fill_null(0)).otherwise(0)
    whole = both.with_columns(more.alias("more"))
    parts = [whole.filter(pl.col("more") <= 0)]
    for _, mine in whole.filter(pl.col("more") > 0).group_by("person_id", maintain_order=True):
        rest = max(int(mine["fen"].sum()) - int(mine["more"][0]), 0)
        parts.append(mine.with_columns(pl.Series("fen", share_by_weight(rest, mine["fen"].to_list()), pl.Int64)))
    return pl.concat(parts)


def _keeps_subsidies(facts: Facts, law: Law, ended: pl.DataFrame) -> pl.DataFrame:
    """From whose refund subsidies are kept back, and by which rule: ``person_id, rule``.

    Who draws another pension (人社部发〔2014〕17号 重复领取); who left for the employee scheme, as the switch of the month
    of the refund says; and who died on a day when subsidies were not yet inheritable.
    """
    days = facts.of(FactKind.DEATH).group_by("person_id").agg(pl.col("holds_from").min().alias("day"))
    dead = ended.filter(pl.col("reason") == DEATH).join(days, on="person_id")
    before = [day for day in dead["day"].unique().to_list() if not law.in_force.value_on(INHERITABLE, _not_before(law, day))]
    known = ("what_is_left", "what_was_paid_in")
    keeping = pl.concat([
        ended.filter(pl.col("reason") == DOUBLE_RECEIPT).select("person_id", "end_month"),
        _left_for_employees(law, ended),
        dead.filter(pl.col("day").is_in(before)).select("person_id", "end_month"),
    ])  # fmt: skip
    rules = {month: law.word(KEPT_BACK, *known, month=max(month + 1, law.since)) for month in keeping["end_month"].unique().to_list()}
    rule = pl.col("end_month").replace_strict(rules, default=None, return_dtype=pl.String)
    return keeping.select("person_id", rule.alias("rule"))


def _left_for_employees(law: Law, ended: pl.DataFrame) -> pl.DataFrame:
    """Who left for the employee scheme in a month whose refund is without subsidies: ``person_id, end_month``."""
    left = ended.filter(pl.col("reason") == JOINED_EMPLOYEE).select("person_id", "end_month")
    known = ("kept_back", "paid_out")
    words = {month: law.word(OF_EMPLOYEES, *known, month=max(month + 1, law.since)) for month in left["end_month"].unique().to_list()}
    return left.filter(pl.col("end_month").is_in([month for month, word in words.items() if word == "kept_back"]))


def _not_before(law: Law, day: date) -> date:
    """A day of this derivation: earlier ones are decided by its first month."""
    first = date(law.since // 12, law.since % 12 + 1, 1)
    return day if month_of_date(day) >= law.since else first


def refunds(by_source: pl.DataFrame) -> pl.DataFrame:
    """What is left of an ended account, to the heirs, the person or another office: SPANS, in the month after the end.

    ``by_source``: BY_SOURCE; what it takes out of each source is booked by ``payouts.of_refunds``.
    国发〔2014〕8号 个人账户; 人社部发〔2014〕17号 5-8.
    """
    summed = by_source.group_by("person_id", "item", "month").agg(pl.col("fen").sum())
    return summed.sort("person_id").select(
        "person_id", "item", pl.col("month").alias("from_month"), (pl.col("month") + 1).alias("until_month"),
        pl.col("fen").alias("monthly_fen"),
    ).select(pl.col(name).cast(kind) for name, kind in SPANS.items())  # fmt: skip


def transfers_in(facts: Facts, law: Law, opening: Opening | None = None) -> pl.DataFrame:
    """Money that came with people from other offices, to be credited: SPANS, by the year in which it came and its source.

    What came before the opening month is in the balances that the opening states.
    """
    told = transfers_by_month(facts, law, opening)
    summed = told.group_by("person_id", "year", "item").agg(pl.col("fen").sum()).filter(pl.col("fen") > 0)
    start = (pl.col("year") * 12).cast(pl.Int32)
    return summed.sort("person_id", "year", "item").select(
        "person_id", "item", start.alias("from_month"),
        (start + 1).alias("until_month"), pl.col("fen").alias("monthly_fen"),
    ).select(pl.col(name).cast(kind) for name, kind in SPANS.items())  # fmt: skip


def transfers_by_month(facts: Facts, law: Law, opening: Opening | None = None) -> pl.DataFrame:
    """The same money by the month in which it came: ``person_id, year, item, month, fen``.

    What the other office did not divide (any other word than a Bucket key) stays one sum, TRANSFER_IN.
    """
    opened = BEGINNING if opening is None else opening.opening_month
    told = facts.of(FactKind.TRANSFER_IN).with_columns(month_number("holds_from").alias("month")).filter(
        pl.col("month").is_between(opened, law.until, closed="left"))  # fmt: skip
    item = pl.col("value").replace_strict(_TRANSFERS, default=int(Item.TRANSFER_IN), return_dtype=pl.Int16)
    keys = ("person_id", pl.col("month").floordiv(12).alias("year"), item.alias("item"), "month")
    return told.group_by(*keys).agg(pl.col("number").sum().alias("fen"))


def years_of_months(months: int, rule: str) -> int:
    """Full years that months in the employee scheme count for: transfer/employee_months_as_years. Raises UnknownChoice."""
    whole = one_of(MONTHS_AS_YEARS, rule, ("full_years_only", "rounded_up")) == "full_years_only"
    return months // 12 if whole else -(-months // 12)


def goes_on_here(rule: str, *, paid_here_first: bool) -> bool:
    """Whether ours is the pension that goes on where two counties pay one: refund/two_counties. Raises UnknownChoice."""
    first_keeps = one_of(TWO_COUNTIES, rule, ("first_place_keeps", "second_place_keeps")) == "first_place_keeps"
    return paid_here_first == first_keeps
