"""追缴台账 and 死亡未清账户: who owes what back and since when; whose account is not settled after a death."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.reports.errors import NothingToPrint
from yingbao.reports.moment import Moment, moment
from yingbao.reports.money import amounts
from yingbao.rules.due import payable_due
from yingbao.rules.gap import due_steps, gap_of_steps
from yingbao.rules.recovery import RAISED, asked_of_the_other_office, outstanding
from yingbao.store import footing, relations, tables
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.books import Book
from yingbao.store.done import done, entries
from yingbao.store.recoveries import receivable_moves
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of_date
from yingbao.values.purpose import PAID

# How old a case is, in days: an office's own steps, not numbers of the law.
AGES = ((30, "30天以内"), (90, "31—90天"), (365, "91—365天"))
OLDER = "一年以上"


def age_of(days: int) -> str:
    """The step of an age in days."""
    return next((name for limit, name in AGES if days <= limit), OLDER)


@dataclass(frozen=True)
class Case:
    """What one person owes back. ``since``: when the oldest open part was booked; ``days``: from then to the report."""

    person_id: int
    name: str
    owed_fen: int
    raised_fen: int
    since: date
    days: int
    letter: str
    noticed_on: date | None
    plan_fen: int
    proposed_fen: int

    @property
    def age(self) -> str:
        """The step of its age."""
        return age_of(self.days)

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen."""
        return {**{name: getattr(self, name) for name in self.__dataclass_fields__}, "age": self.age}


def cases(pool: int, day: date) -> list[Case]:
    """Everybody who owes something back on a day, the oldest first."""
    when = entries(pool).select("entry_id", "on")
    moves = receivable_moves(pool).join(when, on="entry_id").filter(pl.col("on") <= day)
    owing = outstanding(moves)
    if owing.is_empty():
        return []
    people = owing["person_id"].to_list()
    raised = _raised(moves.filter(pl.col("kind") == RAISED), owing)
    kinds = [FactKind.RECOVERY_NOTICE, FactKind.RECOVERY_PLAN, FactKind.WRITE_OFF]
    told = tables.facts(pool, day, kinds=kinds, person_ids=people).sort("fact_id")
    latest = {(row["person_id"], row["kind"]): row for row in told.iter_rows(named=True)}
    names = dict(tables.people(pool, people).select("person_id", "name").iter_rows())
    found = []
    for row in raised.iter_rows(named=True):
        person = row["person_id"]
        notice, plan, proposed = (latest.get((person, int(kind)), {}) for kind in kinds)
        found.append(Case(
            person, names.get(person, ""), row["fen"], row["raised_fen"], row["since"], (day - row["since"]).days,
            str(notice.get("value") or ""), notice.get("holds_from"), int(plan.get("number") or 0),
            int(proposed.get("number") or 0),
        ))  # fmt: skip
    return sorted(found, key=lambda one: (one.since, one.person_id))


def _raised(raises: pl.DataFrame, owing: pl.DataFrame) -> pl.DataFrame:
    """Each debtor with what was raised in all, and the day of the oldest part still open: payments settle the oldest first."""
    rows = []
    for person, fen in owing.iter_rows():
        mine = raises.filter(pl.col("person_id") == person).group_by("on").agg(pl.col("amount_fen").sum()).sort("on")
        total = int(mine["amount_fen"].sum())
        settled, since = total - fen, mine["on"][-1]
        for on, part in mine.iter_rows():
            if settled < part:
                since = on
                break
            settled -= part
        rows.append((person, fen, total, since))
    return pl.DataFrame(rows, schema=["person_id", "fen", "raised_fen", "since"], orient="row")


@dataclass(frozen=True)
class Unsettled:
    """A death whose account is not cleared: still to pay to heirs (booked or not), and still to recover, in fen."""

    person_id: int
    name: str
    died_on: date
    told_on: date
    days: int
    to_pay_fen: int
    to_recover_fen: int
    payee_told: bool

    @property
    def age(self) -> str:
        """The step of its age, from the day of death."""
        return age_of(self.days)

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen."""
        return {**{name: getattr(self, name) for name in self.__dataclass_fields__}, "age": self.age}


@dataclass(frozen=True)
class OtherOffice:
    """What the office that pays the other pension may be asked to take off it. ``scheme``: employee or civil_service."""

    scheme: str
    fen: int


def other_office(pool: int, person_id: int, day: date) -> OtherOffice:
    """What is left for that office to be asked for, of one person. Raises NothingToPrint."""
    known = moment(pool, day, person_ids=[person_id])
    law = known.law(month_of_date(day) + 1)
    left = _left_to_pay(pool, [person_id], known, day).filter(pl.col("fen") > 0)
    owed = outstanding(receivable_moves(pool, person_ids=[person_id]))
    asked = asked_of_the_other_office(owed, left, known.facts, law)
    if asked.is_empty():
        raise NothingToPrint(person=person_id, what="可以请职工（机关）养老经办机构抵扣的款项")
    scheme = known.facts.of(FactKind.OTHER_PENSION).sort("fact_id")["value"][-1]
    return OtherOffice(str(scheme), int(asked["fen"][0]))


def _left_to_pay(pool: int, people: list[int], known: Moment, day: date) -> pl.DataFrame:
    """What is owed to people and not sent, and (below zero) what was sent and is owed no more: SPANS with ``fen``."""
    seen = Basis(pool, "payroll", month_of_date(day), day, 1 << 60)
    owed = payable_due(known.facts, known.law(month_of_date(day) + 1), known.opening, snapshots_of(seen))
    sent = done(pool, Book.DISBURSED, person_ids=people).filter(pl.col("item").is_in([int(item) for item in PAID]))
    return gap_of_steps(due_steps(owed), sent).with_columns(amounts().alias("fen"))


def debts_rest_on(pool: int, day: date) -> list[str]:
    """The parameters without a public document behind what is owed back: those of the pensions and payments booked."""
    return footing.of_booked(pool, *footing.PENSIONS, until=day)


@dataclass(frozen=True)
class Deaths:
    """The dead whose accounts are not cleared, and the parameters read for it that have no public document."""

    rows: list[Unsettled]
    rests_on: list[str]


def deaths_unsettled(pool: int, day: date) -> Deaths:
    """The dead of whom something is still to be paid or to be recovered, the oldest first."""
    deaths = tables.facts(pool, day, kinds=[FactKind.DEATH]).sort("holds_from").unique("person_id", keep="first")
    if deaths.is_empty():
        return Deaths([], [])
    people = deaths["person_id"].sort().to_list()
    known = moment(pool, day, person_ids=people)
    left = _left_to_pay(pool, people, known, day)
    pay = dict(left.filter(pl.col("fen") > 0).group_by("person_id").agg(pl.col("fen").sum()).iter_rows())
    over = dict(left.filter(pl.col("fen") < 0).group_by("person_id").agg(-pl.col("fen").sum()).iter_rows())
    back = dict(outstanding(receivable_moves(pool, person_ids=people)).iter_rows())
    payees = set(relations.accounts(pool, day, person_ids=people).filter(pl.col("holder").is_not_null())["person_id"])
    names = dict(tables.people(pool, people).select("person_id", "name").iter_rows())
    found = [
        Unsettled(one, names.get(one, ""), row["holds_from"], row["told_at"], (day - row["holds_from"]).days, pay.get(one, 0),
                  over.get(one, 0) + back.get(one, 0), one in payees)
        for row in deaths.iter_rows(named=True) if (one := row["person_id"]) in pay or one in over or one in back
    ]  # fmt: skip
    names_read = sorted({*known.in_force.illustrative(), *debts_rest_on(pool, day)})
    return Deaths(sorted(found, key=lambda one: (one.died_on, one.person_id)), names_read)
