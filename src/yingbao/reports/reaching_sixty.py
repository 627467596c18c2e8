"""到龄人员: who reaches the pension age in the coming months, what stands for each, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.reports import words
from yingbao.reports.moment import ALL_TOLD, Moment, moment
from yingbao.rules import application, certificates
from yingbao.rules.ages import month_of_birth
from yingbao.rules.criterion import failed, masks, unknown
from yingbao.rules.due import Due
from yingbao.rules.entitlement import AGE, REGULAR, YEARS
from yingbao.rules.law import Law, whole
from yingbao.rules.paid_years import paid_years
from yingbao.rules.relations import Facts
from yingbao.rules.tiers import allowed, has_tiers, protected_days
from yingbao.store import sealed, tables
from yingbao.values.facts import FactKind
from yingbao.values.identity import mask_id
from yingbao.values.month import Month, last_day, show_month, year_of

ROWS: dict[str, pl.DataType | type[pl.DataType]] = {
    "person_id": pl.Int64, "name": pl.String, "sex": pl.String, "masked_id": pl.String, "town_name": pl.String,
    "village_name": pl.String, "village": pl.String, "birth": pl.Date, "reaches": pl.Int32, "granted_from": pl.Int32,
    "route": pl.String, "enrolled": pl.Date, "paid_years": pl.Int32, "years_short": pl.Int32, "makeup_fen": pl.Int64,
    "account_fen": pl.Int64, "missing": pl.List(pl.String),
}  # fmt: skip
# What is shown as missing beside the failed criteria; the sentences of holds come from rules.holds.
OTHER_SCHEME = "in_other_scheme"
MISSING_ZH = {OTHER_SCHEME: "比对显示参加其他养老保险，须先核实"}


@dataclass(frozen=True)
class ReachingSixty:
    """``rows`` (ROWS) by town and village. ``granted_from``: the first pension month as things stand, null if none.

    ``makeup_fen``: what the missing years cost at the lowest tier of the year asked; null where no tier is known.
    """

    month: Month
    ahead: int
    rows: pl.DataFrame
    basis: dict[str, object]

    def of_village(self, village: str) -> pl.DataFrame:
        """The rows of a village or, by the first digits of the code, of a town."""
        return self.rows.filter(pl.col("village").str.starts_with(village))

    def as_json(self) -> dict[str, Any]:
        """Plain values; months as text, amounts in fen."""
        people = [{**row, "birth": row["birth"].isoformat(), "enrolled": row["enrolled"] and row["enrolled"].isoformat(),
                   "reaches": show_month(row["reaches"]), "granted_from": row["granted_from"] and show_month(row["granted_from"]),
                   "missing_zh": [missing_zh(one) for one in row["missing"]]} for row in self.rows.iter_rows(named=True)]  # fmt: skip
        return {"from": show_month(self.month), "through": show_month(self.month + self.ahead), "people": people, "basis": self.basis}


def missing_zh(code: str) -> str:
    """What is missing, as a clerk says it."""
    return MISSING_ZH.get(code) or words.reason_zh(code)


def reaching_sixty(pool: int, month: Month, ahead: int = 3, known_on: date | None = None) -> ReachingSixty:
    """Everybody enrolled or on a roster who reaches the pension age from ``month`` to ``ahead`` months after it.

    Not those in payment already, nor the dead. As things are known; the criteria are those that the payroll will ask.
    """
    until = month + ahead + 2  # the law of the first pension month of the last of them
    law = moment(pool, known_on, person_ids=[]).law(until)
    reaches = (month_of_birth(law) + 12 * whole(law.latest(AGE))).cast(pl.Int32).alias("reaches")
    born = tables.persons(pool, known_on or ALL_TOLD).with_columns(reaches)
    near = born.filter(pl.col("reaches").is_between(month, month + ahead))
    known = moment(pool, known_on, person_ids=near["person_id"].to_list())
    out = known.facts.of(FactKind.PENSION_IN_PAYMENT, FactKind.DEATH).select("person_id")
    ours = known.facts.of(FactKind.ENROLMENT, FactKind.CATEGORY).select("person_id")
    near = near.join(ours, on="person_id", how="semi").join(out, on="person_id", how="anti")
    rows = _rows(known, near, month, known.law(until))
    return ReachingSixty(month, ahead, rows, known.basis())


def _rows(known: Moment, near: pl.DataFrame, month: Month, law: Law) -> pl.DataFrame:
    facts = known.facts.only(near["person_id"].to_list())
    owed = Due(facts, law, known.opening)
    years = paid_years(facts, law).rename({"years": "paid_years"})
    enrolled = facts.of(FactKind.ENROLMENT).group_by("person_id").agg(pl.col("holds_from").min().alias("enrolled"))
    joined = near
    for part in (years, enrolled, owed.accounts.totals().rename({"fen": "account_fen"}), owed.granted):
        joined = joined.join(part, on="person_id", how="left")
    short = (whole(law.latest(YEARS)) - pl.col("paid_years")).clip(lower_bound=0)
    short = pl.when(pl.col("granted_from").is_null()).then(short).otherwise(0)  # who is granted needs no further year
    joined = joined.with_columns(pl.col("paid_years", "account_fen").fill_null(0)).with_columns(short.alias("years_short"))
    cost = pl.DataFrame({"person_id": near["person_id"], "tier": _lowest_tier(facts, law, near, year_of(month))})
    priced = joined.join(cost, on="person_id").with_columns((pl.col("years_short") * pl.col("tier")).alias("makeup_fen"))
    missing = _missing(facts, law, joined, known)
    placed = priced.join(missing, on="person_id", how="left").with_columns(*words.places(known.pool))
    named = placed.join(_named(known.pool, near["person_id"].to_list()), on="person_id", how="left")
    return named.sort("village", "reaches", "person_id").select(pl.col(name).cast(kind) for name, kind in ROWS.items())


def _named(pool: int, ids: list[int]) -> pl.DataFrame:
    people = tables.people(pool, ids)
    clear = sealed.open_ids(people["id_cipher"].to_list(), people["person_id"].to_list())
    return people.select("person_id", "name", "sex").with_columns(pl.Series("masked_id", [mask_id(one) for one in clear]))


def _lowest_tier(facts: Facts, law: Law, near: pl.DataFrame, year: int) -> list[int | None]:
    """The lowest tier that each may pay in a year, in fen; None where the law names none."""
    if not has_tiers(law, year):
        return [None] * near.height
    open_to = allowed(law, [year])
    everybody = int(str(open_to.filter(~pl.col("protected"))["tier"].min()))
    kept = int(str(open_to["tier"].min()))
    protected = set(protected_days(facts, law, year)["person_id"])
    return [kept if one in protected else everybody for one in near["person_id"]]


def _missing(facts: Facts, law: Law, rows: pl.DataFrame, known: Moment) -> pl.DataFrame:
    """What stands between each and the first payment: failed criteria, then what would make the money wait."""
    first = rows.select("person_id", pl.coalesce("granted_from", pl.col("reaches") + 1).alias("first"), "granted_from")
    found = [(person, why) for person, mask in _masks_at(facts, law, first.filter(pl.col("granted_from").is_null()))
             for why in (*[one.fails_as for one in failed(REGULAR, mask)], *[f"unknown_{one.id}" for one in unknown(REGULAR, mask)])]
    hit = facts.of(FactKind.OTHER_SCHEME).filter(pl.col("holds_until").is_null())["person_id"].unique().to_list()
    found += [(person, OTHER_SCHEME) for person in hit]
    found += _waits(facts, law, rows, known)
    schema = {"person_id": pl.Int64, "missing": pl.String}
    listed = pl.DataFrame(found, schema=schema, orient="row").unique(maintain_order=True)
    every = listed.group_by("person_id", maintain_order=True).agg("missing")
    return rows.select("person_id").join(every, on="person_id", how="left").with_columns(pl.col("missing").fill_null([]))


def _masks_at(facts: Facts, law: Law, first: pl.DataFrame) -> list[tuple[int, int]]:
    spans = masks(REGULAR, facts.only(first["person_id"].to_list()), law).join(first, on="person_id")
    then = spans.filter((pl.col("start") <= pl.col("first")) & (pl.col("end") > pl.col("first")))
    return [(person, mask) for person, mask in then.select("person_id", "mask").sort("person_id").iter_rows()]


def _waits(facts: Facts, law: Law, rows: pl.DataFrame, known: Moment) -> list[tuple[int, str]]:
    """No bank account, no certificate, no application: each a reason of its own, asked on the last day of the law."""
    persons = certificates.granted_pensions(rows.filter(pl.col("granted_from").is_not_null()))
    everybody = rows.select("person_id").join(persons, on="person_id", how="left")
    day = last_day(law.until - 1)
    usable = facts.of(FactKind.BANK_ACCOUNT).filter(pl.col("holds_until").is_null() | (pl.col("holds_until") >= day))
    without = everybody.join(usable, on="person_id", how="anti")["person_id"].to_list()
    lapsed = certificates.lapsed(facts, everybody, day, law, known.opening)["person_id"].to_list()
    waiting = application.not_applied(facts, everybody, day, law, known.opening)["person_id"].to_list()
    reasons = {"no_bank_account": without, "life_certificate_lapsed": lapsed, "not_applied": waiting}
    return [(person, why) for why, people in reasons.items() for person in people]
