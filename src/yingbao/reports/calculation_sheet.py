"""养老金计算表: everything from which one person's pension is reckoned, part by part, as the payroll reckons it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.reports import words
from yingbao.reports.errors import NotAwarded
from yingbao.reports.explain_text import ROUTE_ZH
from yingbao.reports.moment import ALL_TOLD, Moment, moment
from yingbao.reports.reckoning import sentence
from yingbao.rules import funding
from yingbao.rules.coverage import population
from yingbao.rules.due import Due
from yingbao.rules.funding import Level
from yingbao.rules.law import Law
from yingbao.rules.paid_years import paid_years
from yingbao.rules.verdicts import benefit_verdict
from yingbao.store import relations, sealed, tables
from yingbao.store.errors import UnknownPerson
from yingbao.store.models import Fact
from yingbao.values.facts import FactKind
from yingbao.values.identity import mask_account, mask_id
from yingbao.values.money import Fen, share_by_weight, yuan
from yingbao.values.month import Month, last_day, show_month
from yingbao.values.purpose import MONTHLY, Bucket, Item

PRECEDENCE = "entry/category_precedence"
NO_ACCOUNT = "未绑定银行账户"


@dataclass(frozen=True)
class CalculationSheet:
    """One person's pension of a month; every whole is the sum of its parts, all in fen.

    ``account``: by source at the award, before any pension; ``pension``: by item; ``levels``: the base pension by who
    bears it; ``account_pension``: the account pension by source.
    """

    person_id: int
    name: str
    sex: str
    masked_id: str
    category: str
    village: str
    village_code: str
    enrolled: date | None
    paid_years: int
    granted_from: Month
    route: str
    month: Month
    account: dict[Bucket, Fen]
    pension: dict[Item, Fen]
    levels: dict[Level, Fen]
    account_pension: dict[Bucket, Fen]
    how: tuple[str, ...]
    holder: str
    bank: str
    masked_account: str
    basis: dict[str, object]

    @property
    def total_fen(self) -> Fen:
        """The pension of the month."""
        return sum(self.pension.values())

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in fen."""
        return {
            "person_id": self.person_id, "name": self.name, "sex": self.sex, "id": self.masked_id, "category": self.category,
            "village": self.village, "village_code": self.village_code,
            "enrolled": self.enrolled.isoformat() if self.enrolled else None, "paid_years": self.paid_years,
            "granted_from": show_month(self.granted_from), "route": self.route, "month": show_month(self.month),
            "account_fen": {"total": sum(self.account.values()), **{one.key: fen for one, fen in self.account.items()}},
            "pension_fen": {"total": self.total_fen, **{one.key: fen for one, fen in self.pension.items()}},
            "base_pension_by_level_fen": {one.name.lower(): fen for one, fen in self.levels.items()},
            "account_pension_by_source_fen": {one.key: fen for one, fen in self.account_pension.items()},
            "how": list(self.how), "holder": self.holder, "bank": self.bank, "bank_account": self.masked_account,
            "basis": self.basis,
        }  # fmt: skip


def calculation_sheet(pool: int, person_id: int, month: Month, known_on: date | None = None) -> CalculationSheet:
    """The sheet for the pension of a month. Raises UnknownPerson, NotAwarded, NotChecked."""
    people = tables.people(pool, [person_id])
    if people.is_empty():
        raise UnknownPerson(pool=pool, shown=f"编号 {person_id}")
    known = moment(pool, known_on, person_ids=[person_id])
    law = known.law(month + 1)
    owed = Due(known.facts, law, known.opening)
    granted = owed.granted.filter(pl.col("granted_from") <= month)
    if granted.is_empty():
        verdict = benefit_verdict(known.facts, law, person_id, month)
        raise NotAwarded(person=person_id, month=show_month(month), why="；".join(one.zh for one in verdict.because))
    pension = _pension(owed, month)
    account = {Bucket(one): fen for one, fen in owed.account_in(month).select("bucket", "fen").sort("bucket").iter_rows()}
    years = paid_years(owed.credited, law)
    route = str(granted["route"][0])
    return CalculationSheet(
        person_id=person_id, **_who(people), **_standing(known, law, month), paid_years=int(years["years"].sum()),
        granted_from=int(granted["granted_from"][0]), route=route, month=month, account=account, pension=pension,
        levels=_levels(law, month, pension), account_pension=_by_source(pension, account),
        how=_how(law, month, pension, owed, route), **_bank(pool, person_id, known_on, str(people["name"][0])),
        basis={**known.basis(), "month": show_month(month)},
    )  # fmt: skip


def _pension(owed: Due, month: Month) -> dict[Item, Fen]:
    """What is owed in the month, by item, in the order of the items."""
    then = owed.monthly.filter((pl.col("from_month") <= month) & (pl.col("until_month") > month))
    found = dict(then.select("item", "monthly_fen").iter_rows())
    return {item: found[item] for item in MONTHLY if item in found}


def _levels(law: Law, month: Month, pension: dict[Item, Fen]) -> dict[Level, Fen]:
    base = funding.split(law.in_force, month, pension.get(Item.BASE_PENSION, 0))
    extra = sum(pension.get(item, 0) for item in funding.EXTRAS)
    return base | ({Level.EXTRA: extra} if extra else {})


def _by_source(pension: dict[Item, Fen], account: dict[Bucket, Fen]) -> dict[Bucket, Fen]:
    """The account pension by what the account is made of; nothing where the account is not known here."""
    if not sum(account.values()) or Item.ACCOUNT_PENSION not in pension:
        return {}
    parts = share_by_weight(pension[Item.ACCOUNT_PENSION], list(account.values()))
    return dict(zip(account, parts, strict=True))


def _who(people: pl.DataFrame) -> dict[str, Any]:
    row = people.row(0, named=True)
    clear = sealed.open_ids([row["id_cipher"]], [row["person_id"]])[0]
    return {"name": row["name"], "sex": {"male": "男", "female": "女"}.get(row["sex"], ""), "masked_id": mask_id(clear)}


def _standing(known: Moment, law: Law, month: Month) -> dict[str, Any]:
    facts, day = known.facts, last_day(month)
    poor = population(facts, day, law.words(PRECEDENCE))
    homes = facts.of(FactKind.HOUSEHOLD_REGISTRATION).filter(pl.col("holds_from") <= day).sort("fact_id")
    code = str(homes["value"][-1]) if homes.height else ""
    kept = words.divisions(known.pool)
    enrolled = facts.of(FactKind.ENROLMENT)["holds_from"].min()
    return {
        "category": words.category_zh(str(poor["categories"][0])) if poor.height else "", "village_code": code,
        "village": kept.full_name(code) if kept and code else "", "enrolled": enrolled if isinstance(enrolled, date) else None,
    }  # fmt: skip


def _bank(pool: int, person_id: int, known_on: date | None, name: str) -> dict[str, Any]:
    found = relations.accounts(pool, known_on or ALL_TOLD, person_ids=[person_id])
    if found.is_empty():
        return {"holder": "", "bank": "", "masked_account": NO_ACCOUNT}
    row = found.row(0, named=True)
    clear = sealed.open_accounts([row["secret"]], [person_id])[0]
    bank = Fact.objects.get(pk=row["fact_id"]).value or ""
    return {"holder": row["holder"] or name, "bank": "" if row["holder"] else bank, "masked_account": mask_account(clear)}


def _how(law: Law, month: Month, pension: dict[Item, Fen], owed: Due, route: str) -> tuple[str, ...]:
    """A sentence an item: what is multiplied or divided by what."""
    return tuple(f"{item.zh} {yuan(fen)} 元：{sentence(item, fen, law, month, owed, route)}" for item, fen in pension.items())


def route_zh(found: CalculationSheet) -> str:
    """The way in which the pension was granted, as words."""
    return ROUTE_ZH.get(found.route, found.route)
