"""不计收入: a household's counted income in a month, and whether anybody left the allowance by the pension alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from yingbao.formats.forms.income import IncomeRow, write_income_certificate
from yingbao.formats.households import Household, Households
from yingbao.policy.show import show_parameter
from yingbao.policy.tree import PolicyTree, load
from yingbao.reports.moment import moment
from yingbao.reports.statements import statement
from yingbao.reports.words import category_zh
from yingbao.rules.entitlement import grants
from yingbao.rules.income import COMPONENT, PARAMETERS, RULE, SCOPE, Judged, Receipt, counted
from yingbao.store import footing, tables
from yingbao.store.bases import region_of
from yingbao.values.facts import FactKind
from yingbao.values.month import Month, last_day, month_of_date, show_month
from yingbao.values.purpose import ITEM_BY_KEY

ALLOWANCES = ("subsistence_rural", "subsistence_urban")
RULE_ZH = {"full_base": "基础养老金全额不计入", "central_minimum": "基础养老金按中央最低标准不计入"}
# How the test comes out again without the pension, for somebody who left the allowance.
OUTCOME_ZH = {
    "by_the_pension_alone": "扣除不计入的养老金就没有超过标准：只因养老金退出，不允许",
    "counted_income": "不计入的养老金不算，也已超过标准",
    "not_by_income": "收入没有超过标准，另有原因",
    "unknown": "没有家庭收入资料，请民政部门提供后重做",
}


@dataclass(frozen=True)
class HouseholdIncome:
    """A household's receipts of a month, judged."""

    household: Household
    month: Month
    register: str
    judged: tuple[Judged, ...]
    basis: tuple[str, ...]
    rests_on: tuple[str, ...]

    @property
    def received_fen(self) -> int:
        """All that came in."""
        return sum(one.receipt.fen for one in self.judged)

    @property
    def counted_fen(self) -> int:
        """What counts."""
        return sum(one.counted_fen for one in self.judged)

    def outcome(self) -> str:
        """A word of OUTCOME_ZH: would the household have left by income, and was it the pension."""
        if self.household.standard_fen is None or not self.household.members:
            return "unknown"
        limit = self.household.standard_fen * len(self.household.members)
        if self.counted_fen > limit:
            return "counted_income"
        return "by_the_pension_alone" if self.received_fen > limit else "not_by_income"

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen."""
        return {
            "household": self.household.name, "month": show_month(self.month), "register": self.register,
            "received_fen": self.received_fen, "counted_fen": self.counted_fen,
            "disregarded_fen": self.received_fen - self.counted_fen,
            "members": len(self.household.members), "basis": list(self.basis), "rests_on_illustrative": list(self.rests_on),
            "lines": [{"person": one.receipt.person, "source": one.receipt.source, "period": _period(one.receipt),
                       "fen": one.receipt.fen, "disregarded_fen": one.disregarded_fen, "counted_fen": one.counted_fen}
                      for one in self.judged],
        }  # fmt: skip


def household_incomes(pool: int, told: Households) -> list[HouseholdIncome]:
    """Each household of the file: what was told, and what the bank has paid to members whom the office knows."""
    tree = load(region=region_of(pool))
    in_force, paid_on = tree.in_force(), footing.of_booked(pool, *footing.PENSIONS, until=last_day(told.month))
    found = []
    for household in told.households:
        receipts = [one for member in household.members for one in (
            *member.incomes, *(_paid(pool, member.person, member.name, told.month) if member.person else ()))]  # fmt: skip
        judged = tuple(counted(receipts, told.month, told.register, in_force))
        rests_on = tuple(sorted({*in_force.illustrative(), *paid_on}))
        found.append(HouseholdIncome(household, told.month, told.register, judged, _basis(tree, told.month), rests_on))
    return found


def _paid(pool: int, person_id: int, name: str, month: Month) -> list[Receipt]:
    """What reached a person by the bank, through a month."""
    lines = statement(pool, person_id, last_day(month)).lines
    return [
        Receipt(name, line.item.key, month_of_date(line.on), line.from_month, line.until_month, line.monthly_fen)
        for line in lines if line.kind == "instruct" and line.outcome == "settled" and line.item is not None
    ]  # fmt: skip


def _period(one: Receipt) -> str:
    first, last = show_month(one.from_month), show_month(one.until_month - 1)
    return first if first == last else f"{first}–{last}"


def _basis(tree: PolicyTree, month: Month) -> tuple[str, ...]:
    """The rule in force in the month, in words, with where it is written."""
    lines = []
    for name in PARAMETERS:
        shown: dict[str, Any] = show_parameter(tree, name, month)
        value = shown["value"]
        words = {RULE: lambda v: RULE_ZH[v], SCOPE: lambda v: category_zh("+".join(v)),
                 COMPONENT: lambda v: "、".join(ITEM_BY_KEY[one].zh for one in v)}[name](value)  # fmt: skip
        cited = "；".join(f"{one['title']} {one['article']}" for one in shown["citations"])
        lines.append(f"{shown['label_zh']}：{words}（自 {shown['from']} 起）〔{cited}〕")
    return tuple(lines)


def write_certificate(found: HouseholdIncome, folder: Path, made_on: date) -> Path:
    """The certificate to civil affairs for a household (不计入家庭收入证明)."""
    rows = [
        IncomeRow(one.receipt.person, ITEM_BY_KEY[one.receipt.source].zh if one.receipt.source in ITEM_BY_KEY else one.receipt.source,
                  _period(one.receipt), one.receipt.fen, one.disregarded_fen, one.counted_fen)
        for one in found.judged
    ]  # fmt: skip
    return write_income_certificate(
        folder / f"不计入家庭收入证明-{found.household.name}-{show_month(found.month)}.xlsx", rows, household=found.household.name,
        register=category_zh(found.register), month=show_month(found.month), basis=found.basis, made_on=made_on,
        illustrative=found.rests_on,
    )  # fmt: skip


@dataclass(frozen=True)
class Left:
    """Somebody who left the allowance after the first pension: the test done again without it."""

    person_id: int
    name: str
    first_pension: Month
    left_on: date
    outcome: str


@dataclass(frozen=True)
class LeftAllowance:
    """Those who left, and the parameters read for it that have no public document."""

    rows: list[Left]
    rests_on: list[str]


def left_allowance(pool: int, day: date, told: Households | None = None) -> LeftAllowance:
    """Everybody whose allowance ended by the day, in or after the month of the first pension.

    ``told``: the incomes of their households; without them the outcome is unknown, never "none".
    """
    known = moment(pool, day)
    ended = known.facts.of(FactKind.CATEGORY, values=ALLOWANCES).filter(pl.col("holds_until") <= pl.lit(day))
    first = grants(known.facts, known.law(month_of_date(day) + 1)).select("person_id", "granted_from")
    month = pl.col("holds_until").dt.year() * 12 + pl.col("holds_until").dt.month() - 1
    last = ended.group_by("person_id").agg(pl.col("holds_until").max()).join(first, on="person_id").filter(month >= pl.col("granted_from"))
    names = dict(tables.people(pool, last["person_id"].to_list()).select("person_id", "name").iter_rows())
    incomes = household_incomes(pool, told) if told else []
    outcomes = _outcomes(incomes)
    rows = [
        Left(one["person_id"], names.get(one["person_id"], ""), one["granted_from"], one["holds_until"],
             outcomes.get(one["person_id"], "unknown"))
        for one in last.sort("person_id").iter_rows(named=True)
    ]  # fmt: skip
    read = {*known.in_force.illustrative(), *(name for one in incomes for name in one.rests_on)}
    return LeftAllowance(rows, sorted(read))


def _outcomes(incomes: list[HouseholdIncome]) -> dict[int, str]:
    return {member.person: one.outcome() for one in incomes for member in one.household.members if member.person}
