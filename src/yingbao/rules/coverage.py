"""应保尽保: everybody on a roster in exactly one box, with a reason, an owner and a next step.

The boxes are tried in order and the first that applies is the person's box. A person for whom
none applies lands in ``unexplained``, which the check refuses: nobody is ever simply left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from yingbao.rules import endings, holds
from yingbao.rules.boxes import BOXES
from yingbao.rules.contributions import CATEGORIES, PROXY_CONTRIBUTION, as_rostered
from yingbao.rules.criterion import Question, masks
from yingbao.rules.deadline import in_their_years
from yingbao.rules.entitlement import CATEGORY_KEYS, CONTINUING, OVER_AGE_POOR, entitled, grants
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts, day_of, empty
from yingbao.values.facts import CATEGORY_BY_KEY, Category, FactKind
from yingbao.values.month import Month, month_of_date

BIRTH_UNKNOWN = "birth_unknown"  # a detail: paid, but nothing that goes by age can be decided

_PERSON = {"person_id": pl.Int64}


@dataclass(frozen=True)
class Progress:
    """What has been done by the day.

    People (``person_id``) whose pension of the month is booked and whose contribution of the year
    is posted. None: nothing is kept here (a case document), so what is owed counts as done.
    """

    receiving: pl.DataFrame | None = None
    proxied: pl.DataFrame | None = None
    held: pl.DataFrame = field(default_factory=lambda: empty({"person_id": pl.Int64, "reason": pl.String}))


def population(facts: Facts, day: date, precedence: tuple[str, ...]) -> pl.DataFrame:
    """Everybody on a roster on the day: ``person_id, category`` by the dated precedence.

    ``categories`` keeps every claim, the losing ones too, joined by a plus sign.
    """
    order = {name: place for place, name in enumerate([*precedence, *CATEGORY_BY_KEY])}
    order = {name: min(place, precedence.index(name) if name in precedence else place) for name, place in order.items()}
    held = facts.of(FactKind.CATEGORY).filter(_holds_on(day))
    ranked = held.with_columns(pl.col("value").replace_strict(order, default=99, return_dtype=pl.Int8).alias("rank"))
    return ranked.sort("person_id", "rank").group_by("person_id", maintain_order=True).agg(
        pl.col("value").first().alias("category"),
        pl.col("value").unique(maintain_order=True).str.join("+").alias("categories"),
    )  # fmt: skip


def _failing(question: Question, facts: Facts, law: Law, at: int, prefix: str) -> pl.DataFrame:
    """One boolean column a criterion: does it fail at the moment."""
    spans = masks(question, facts, law).filter((pl.col("start") <= at) & (pl.col("end") > at))
    bits = [
        ((pl.col("mask").floordiv(1 << place)) % 2 == 1).alias(f"{prefix}{one.fails_as}")
        for place, one in enumerate(question.criteria)
    ]
    return spans.select("person_id", *bits)


def boxes(
    facts: Facts, law: Law, day: date, progress: Progress, people: pl.DataFrame, known_grants: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The box of each of ``people`` (``person_id, …``) on a day: the same rows with ``box, detail``.

    ``detail`` names the failed criteria, the reason of the hold or of the ending, for the next step. ``known_grants``:
    ``entitlement.grants`` of these people, where they are known already.
    """
    mine = Facts(facts.persons.join(people, on="person_id", how="semi"),
                 facts.facts.join(people, on="person_id", how="semi"), facts.credits)  # fmt: skip
    month = month_of_date(day)
    granted = grants(mine, law) if known_grants is None else known_grants
    owed = entitled(mine, law, granted).filter((pl.col("start") <= month) & (pl.col("end") > month))
    state = people.join(mine.persons, on="person_id", how="left")
    state = state.join(_failing(PROXY_CONTRIBUTION, as_rostered(mine, law, day.year), law, day_of(day), "p_"), on="person_id", how="left")
    state = state.join(_failing(OVER_AGE_POOR, mine, law, month, "b_"), on="person_id", how="left")
    state = state.join(_failing(CONTINUING, mine, law, month, "c_"), on="person_id", how="left")
    for name, marked in _marks(mine, law, owed, granted, progress, day).items():
        flagged = marked.select("person_id").unique().with_columns(pl.lit(value=True).alias(name))
        state = state.join(flagged, on="person_id", how="left").with_columns(pl.col(name).fill_null(value=False))
    held = progress.held.rename({"reason": "hold_reason"})
    state = state.join(held, on="person_id", how="left").join(_endings(mine, day), on="person_id", how="left")
    chosen = _choose()
    return state.with_columns(chosen.alias("box")).with_columns(_detail().alias("detail")).select(
        *people.columns, "box", "detail")  # fmt: skip


def _marks(
    mine: Facts, law: Law, owed: pl.DataFrame, granted: pl.DataFrame, progress: Progress, day: date
) -> dict[str, pl.DataFrame]:
    now = _holds_on(day)
    this_year = pl.col("value") == str(day.year)
    return {
        "m_owed": owed,
        "m_granted": granted,
        "m_receiving": owed if progress.receiving is None else progress.receiving,
        "m_proxied": empty(_PERSON) if progress.proxied is None else progress.proxied,
        "m_held": progress.held,
        "m_paid": in_their_years(mine.of(FactKind.OWN_PAYMENT), law).filter(this_year & now & ~pl.col("late")),
        "m_pension": mine.of(FactKind.OTHER_PENSION).filter(now),
        "m_scheme": mine.of(FactKind.OTHER_SCHEME).filter(now),
        "m_elsewhere": mine.of(FactKind.OTHER_COUNTY).filter(now),
        "m_moved": mine.of(FactKind.MOVED_OUT).filter(now),
        "m_abroad": mine.of(FactKind.ABROAD).filter(now),
        "m_three": mine.of(FactKind.CATEGORY, values=_more_than_disability(law, month_of_date(day))).filter(now),
        "m_disabled": mine.of(FactKind.CATEGORY, values=(Category.SEVERE_DISABILITY.key,)).filter(now),
        "m_flagged": mine.of(FactKind.POVERTY_EXIT_FLAG).filter(now),
    }


def _more_than_disability(law: Law, month: Month) -> tuple[str, ...]:
    """The categories beside severe disability, and that one too where the county pays for it in a month."""
    proxied = next(words for start, end, words in law.lists(CATEGORIES, CATEGORY_KEYS) if start <= month < end)
    return tuple(key for key in CATEGORY_KEYS if key != Category.SEVERE_DISABILITY.key or key in proxied)


def _endings(mine: Facts, day: date) -> pl.DataFrame:
    """Why the relation of people is ended on a day: ``person_id, ending``, the word of :mod:`endings` after ``ended_``."""
    told = mine.of(FactKind.RELATION_ENDED).filter(_holds_on(day)).sort("fact_id").unique("person_id", keep="last")
    known = pl.when(pl.col("value").is_in(list(endings.REASON_ZH))).then(pl.col("value")).otherwise(pl.lit(endings.OTHER))
    return told.select("person_id", pl.concat_str(pl.lit(endings.ENDED_BECAUSE), known).alias("ending"))


def _holds_on(day: date) -> pl.Expr:
    then = pl.lit(day)
    return (pl.col("holds_from") <= then) & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= then))


def _choose() -> pl.Expr:
    col = pl.col
    sixty = col("p_over_contribution_age")
    waived = pl.when(sixty).then(col("c_benefit_waived")).otherwise(col("p_contribution_waived"))
    eligible_day = ~pl.any_horizontal([f"p_{one.fails_as}" for one in PROXY_CONTRIBUTION.criteria])
    tests = {
        "deceased": col("p_deceased_on_day"),
        "benefit_held": col("m_owed") & col("m_held"),
        "receiving_benefit": col("m_owed") & col("m_receiving"),
        "benefit_in_progress": col("m_owed"),
        "proxied": col("m_proxied"),
        "waived": waived,
        "other_pension": col("m_pension"),
        "other_scheme": col("m_scheme"),
        "insured_elsewhere": col("m_elsewhere"),
        "moved_out": col("m_moved"),
        "abroad": col("m_abroad"),
        "relation_ended": col("ending").is_not_null(),
        "prisoner": col("p_prisoner_on_day"),
        "soldier": col("p_soldier"),
        "to_verify": col("birth").is_null(),
        "under_age": col("p_under_contribution_age"),
        "student": col("p_student") & ~sixty,
        "proxy_in_progress": eligible_day,
        "paid_himself": col("m_paid"),
        "flagged_out": ~sixty & col("m_flagged"),
        "disability_only": ~col("m_three") & col("m_disabled"),
        "not_eligible_yet": sixty,
        "category_not_proxied": col("p_not_in_proxy_category"),
    }
    chain: Any = pl.when(pl.lit(value=False)).then(pl.lit(""))
    for box in BOXES[:-1]:
        chain = chain.when(tests[box.id]).then(pl.lit(box.id))
    otherwise: pl.Expr = chain.otherwise(pl.lit(BOXES[-1].id))
    return otherwise


def _detail() -> pl.Expr:
    """The failed criteria of the over-age route, or the reason of the hold or of the ending."""
    col = pl.col
    failures = [
        pl.when(col(f"b_{one.fails_as}")).then(pl.lit(one.fails_as)).otherwise(None) for one in OVER_AGE_POOR.criteria
    ]
    named = pl.concat_str(failures, separator="+", ignore_nulls=True)
    return (
        pl.when(col("box") == "benefit_held").then(col("hold_reason"))
        .when(col("box") == "not_eligible_yet").then(named)
        .when(col("box") == "relation_ended").then(col("ending"))
        .when((col("box") == "receiving_benefit") & col("birth").is_null()).then(pl.lit(BIRTH_UNKNOWN))
        .otherwise(pl.lit(""))
    )  # fmt: skip


REASONS = holds.REASONS
