"""放弃意向书: the months and the days that a person has given up, by the switches of waiver/*.

A waiver is a dated fact: it holds from the day of signature, and until the day on which it was taken back. One that
was signed when none was allowed gives up nothing.
"""

from __future__ import annotations

import polars as pl

from yingbao.rules.events import by_word, where_on, without_made_up
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts, day_of, in_days, in_months
from yingbao.values.facts import FactKind
from yingbao.values.month import first_day

ALLOWED = "waiver/allowed"
TAKES_EFFECT = "waiver/takes_effect"
WITHDRAWAL = "waiver/withdrawal_takes_effect"
ARREARS = "waiver/arrears_on_withdrawal"
POSTED_STANDS = "waiver/posted_proxy_stands"
PARAMETERS = (ALLOWED, TAKES_EFFECT, WITHDRAWAL, ARREARS)


def _by_effect(facts: Facts, law: Law, scopes: tuple[str, ...]) -> list[tuple[bool, bool, pl.DataFrame]]:
    """The waivers of some scopes with: does it begin the month after, does it end with the month of withdrawal."""
    signed = where_on(facts.of(FactKind.WAIVER, values=scopes), law, ALLOWED)
    return [
        (begins == "month_after_signature", ends == "month_after_withdrawal", part)
        for begins, some in by_word(signed, law, TAKES_EFFECT, "month_after_signature", "at_once")
        for ends, part in by_word(some, law, WITHDRAWAL, "month_after_withdrawal", "at_once", on="holds_until")
    ]


def months_waived(facts: Facts, law: Law) -> pl.DataFrame:
    """The months of pension given up: TIMES in months.

    From the month after the signature (or from its month, at once) to the month of the withdrawal (or to the month
    before it, at once). Where arrears are paid on withdrawal, what was taken back in time is not given up at all.
    """
    parts = [in_months(part, from_next=later, until_next=whole)
             for later, whole, part in _by_effect(facts, law, ("all", "benefit"))]  # fmt: skip
    months = pl.concat(parts).filter(pl.col("start") < pl.col("end"))
    return without_made_up(months, law.until) if law.is_on(ARREARS) else months


def days_waived(facts: Facts, law: Law) -> pl.DataFrame:
    """The days on which the county's contribution is given up: TIMES in days.

    From the first of the month after the signature (or from the day of signature, at once) to the end of the month of
    withdrawal (or to the day before it, at once).
    """
    first, last = pl.col("holds_from"), pl.col("holds_until")
    parts = [
        in_days(part.with_columns(
            first.dt.month_start().dt.offset_by("1mo") if later else first,
            last.dt.month_end() if whole else last.dt.offset_by("-1d")))
        for later, whole, part in _by_effect(facts, law, ("all", "proxy_contribution"))
    ]  # fmt: skip
    days = pl.concat(parts).filter(pl.col("start") < pl.col("end"))
    return without_made_up(days, day_of(first_day(law.until))) if law.is_on(ARREARS) else days


def still_owed(eligible: pl.DataFrame, facts: Facts, law: Law) -> pl.DataFrame:
    """The eligible people (``person_id, …``) of a year that ends with ``law``, without those whose waiver takes it back.

    Only where a posted contribution does not stand (waiver/posted_proxy_stands): given up on the year's last day, it is
    not owed at all.
    """
    if law.is_on(POSTED_STANDS):
        return eligible
    last = day_of(first_day(law.until)) - 1
    given_up = days_waived(facts, law).filter((pl.col("start") <= last) & (pl.col("end") > last))
    return eligible.join(given_up, on="person_id", how="anti")
