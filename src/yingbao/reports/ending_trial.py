"""终止试算: what a death would make of everybody's money, before it is told. Nothing is stored.

The very derivations of the next payroll and the next disbursement run on facts to which the deaths are added, so what is
shown is what those runs would book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from yingbao.engine import derive
from yingbao.ledger.run_lines import LineClass
from yingbao.reports.moment import Moment, moment
from yingbao.rules.due import Due
from yingbao.rules.gap import due_steps
from yingbao.rules.recovery import outstanding
from yingbao.rules.relations import FACTS, SPANS, STEPS, Facts
from yingbao.store import footing, tables
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.books import Book
from yingbao.store.done import done
from yingbao.store.recoveries import receivable_moves
from yingbao.values.facts import FactKind
from yingbao.values.month import Month, month_of_date
from yingbao.values.purpose import Bucket, Item
from yingbao.values.steps import add_steps

KEYS = ("person_id", "item")
EVERY_ACT = 1 << 60  # all that is told and posted


@dataclass(frozen=True)
class Trial:
    """One death tried, in fen. The four codes are those of practice (待遇终止核定).

    ``overpaid_fen`` (AAE427 应稽核): sent for months after the death; ``taken_back_fen`` (AAE422 多拨扣回): booked for such months
    and not yet sent; ``set_off_fen`` (AAE424 抵扣); ``to_heirs_fen`` (AAE425 退款): all that is then to be paid.
    ``refund``: the account by money source, ``funeral_fen`` the grant, both before set-off; ``still_owed_fen``: to be asked back.
    """

    person_id: int
    name: str
    died_on: date
    overpaid_fen: int = 0
    taken_back_fen: int = 0
    set_off_fen: int = 0
    to_heirs_fen: int = 0
    funeral_fen: int = 0
    still_owed_fen: int = 0
    refund: dict[str, int] = field(default_factory=dict)

    @property
    def refund_fen(self) -> int:
        """The account refund before set-off."""
        return sum(self.refund.values())

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen, with the codes of practice beside."""
        codes = {"AAE422": self.taken_back_fen, "AAE424": self.set_off_fen, "AAE425": self.to_heirs_fen, "AAE427": self.overpaid_fen}
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**plain, "died_on": self.died_on.isoformat(), "refund_fen": self.refund_fen, **codes}


@dataclass(frozen=True)
class Trials:
    """The deaths tried, and the parameters read for them that have no public document."""

    rows: list[Trial]
    rests_on: list[str]


def trials(pool: int, deaths: Sequence[tuple[int, date]], on: date) -> Trials:
    """Try deaths (person, day), as the payroll and the disbursement of the month of ``on`` would book them."""
    people = sorted({person for person, _ in deaths})
    if not people:
        return Trials([], [])
    known = moment(pool, on, person_ids=people)
    tried = replace(known, facts=_with_deaths(known.facts, deaths))
    month = month_of_date(on)
    recognised, disbursed = (done(pool, book, person_ids=people).select(*STEPS) for book in (Book.RECOGNISED, Book.DISBURSED))
    owed = _due(tried, month)
    payroll = derive.recognition(owed.payable, tried.facts, recognised, month)
    after = add_steps([recognised, due_steps(payroll.select(*SPANS))], KEYS, "monthly_fen").select(*STEPS)
    moves = receivable_moves(pool, person_ids=people).drop("entry_id")
    opening = owed.opening
    assert opening is not None  # noqa: S101 - a moment with books has an opening
    lines = derive.disbursement(tried.facts, after, disbursed, on, owed.law, opening, moves)
    names = dict(tables.people(pool, people).select("person_id", "name").iter_rows())
    names_read = {*known.in_force.illustrative(), *footing.of_booked(pool, *footing.PENSIONS, until=on)}
    return Trials(_rows(deaths, names, payroll, lines, owed, moves), sorted(names_read))


def _due(known: Moment, month: Month) -> Due:
    seen = Basis(known.pool, "payroll", month, known.known_on or date.max, EVERY_ACT)
    return Due(known.facts, known.law(month + 1), known.opening, snapshots_of(seen))


def _with_deaths(facts: Facts, deaths: Sequence[tuple[int, date]]) -> Facts:
    """The facts with these deaths in place of what is told of the death of the same people."""
    people = [person for person, _ in deaths]
    living = facts.facts.filter(~((pl.col("kind") == int(FactKind.DEATH)) & pl.col("person_id").is_in(people)))
    first = max(facts.facts["fact_id"].to_list(), default=0) + 1
    rows = [(person, int(FactKind.DEATH), None, None, day, None, first + place) for place, (person, day) in enumerate(deaths)]
    return replace(facts, facts=pl.concat([living, pl.DataFrame(rows, schema=FACTS, orient="row")]))


def _rows(
    deaths: Sequence[tuple[int, date]], names: dict[int, str], payroll: pl.DataFrame, lines: pl.DataFrame, owed: Due, moves: pl.DataFrame
) -> list[Trial]:
    def of(found: pl.DataFrame) -> dict[int, int]:
        return dict(found.group_by("person_id").agg(pl.col("amount_fen").sum()).iter_rows())

    recovered = of(derive.of_class(lines, LineClass.RECOVER))
    negative = of(payroll.filter(pl.col("amount_fen") < 0))
    set_off = of(derive.of_class(lines, LineClass.SET_OFF))
    paid = of(derive.of_class(lines, LineClass.PAY, LineClass.HELD))
    before = dict(outstanding(moves).iter_rows())
    funeral = of(owed.payable.filter(pl.col("item") == int(Item.FUNERAL_GRANT)).with_columns(pl.col("monthly_fen").alias("amount_fen")))
    refund: dict[int, dict[str, int]] = {}
    for person, bucket, fen in owed.refunds_by_source.select("person_id", "bucket", "fen").iter_rows():
        refund.setdefault(person, {})[Bucket(bucket).key] = fen
    return [
        Trial(
            one, names.get(one, ""), day, -recovered.get(one, 0), max(recovered.get(one, 0) - negative.get(one, 0), 0),
            set_off.get(one, 0), paid.get(one, 0), funeral.get(one, 0),
            before.get(one, 0) - recovered.get(one, 0) - set_off.get(one, 0), refund.get(one, {}),
        )
        for one, day in deaths
    ]  # fmt: skip
