"""应 − 已 = 差 for a whole pool: the two gaps, of recognition and of payment, as lines of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from yingbao.engine import lines
from yingbao.ledger.run_lines import LineClass
from yingbao.rules import recovery
from yingbao.rules.benefits import Opening
from yingbao.rules.certificates import first_pensions
from yingbao.rules.contributions import Snapshot, proxy_due
from yingbao.rules.due import Due, as_credits
from yingbao.rules.gap import gap, gap_of_steps
from yingbao.rules.holds import held_on
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts, empty
from yingbao.values.month import Month, month_of
from yingbao.values.purpose import ACCOUNT_ITEMS, BUCKET_OF, PAID, Item

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce

# Which items a kind of run books: no item is in two, so no two runs ever hold the same gap.
BOOKED_BY = {
    "proxy": [int(Item.PROXY_CONTRIBUTION)],
    "payroll": [int(item) for item in PAID],
    "account": [int(item) for item in ACCOUNT_ITEMS],
}


def _of(steps: pl.DataFrame, kind: str) -> pl.DataFrame:
    return steps.filter(pl.col("item").is_in(BOOKED_BY[kind]))


def payroll(
    facts: Facts,
    done: pl.DataFrame,
    in_force: InForce,
    opening: Opening,
    month: Month,
    snapshots: Sequence[Snapshot] = (),
) -> pl.DataFrame:
    """The recognition gap of everything that is paid out, through ``month``: LINES.

    ``done``: recognised steps (STEPS). Whatever changed the past is in it as arrears or recovery.
    What is already booked for months after ``month`` is none of this run's business.
    """
    law = Law(in_force, opening.statement_from, month + 1)
    return recognition(Due(facts, law, opening, snapshots).payable, facts, done, month)


def recognition(payable: pl.DataFrame, facts: Facts, done: pl.DataFrame, month: Month) -> pl.DataFrame:
    """As :func:`payroll`, of what is derived as payable already (SPANS): LINES."""
    recognised = _of(done, "payroll")
    differing = lines.until(gap(payable, recognised), month + 1)
    found = lines.cut_at(differing, month)
    return lines.number(lines.by_sign(lines.arrears(found, recognised, month, lines.deaths(facts))))


def proxy(
    facts: Facts, done: pl.DataFrame, in_force: InForce, opening: Opening, snapshots: Sequence[Snapshot]
) -> pl.DataFrame:
    """The gap of contributions over all years with a snapshot: LINES."""
    last = max(one.year for one in snapshots)
    law = Law(in_force, opening.statement_from, month_of(last, 12) + 1)
    return lines.number(lines.by_sign(gap(proxy_due(facts, law, snapshots), _of(done, "proxy"))))


def account(
    facts: Facts,
    done: pl.DataFrame,
    in_force: InForce,
    opening: Opening,
    through: Month,
    over_until: Month,
    day: date,
    snapshots: Sequence[Snapshot] = (),
) -> pl.DataFrame:
    """The gap of everything that moves individual accounts, through ``through``: LINES.

    Contributions and subsidies as they were collected; interest and what pensions took out, of years that are over
    (``over_until``: the first month that is not), with what this very run credits on its ``day``: a second one finds nothing.
    What is already booked for later years is none of this run's business.
    """
    due = Due(facts, Law(in_force, opening.statement_from, through + 1), opening, snapshots, over_until=over_until)
    booked = _of(done, "account")
    filling = pl.col("item").is_in([int(item) for item in BUCKET_OF if item is not Item.INTEREST])
    filled = lines.until(gap(due.filled, booked.filter(filling)), through + 1)
    after = credited_by(due, filled, day)
    rest = lines.until(gap(after.earned_and_charged, booked.filter(~filling)), through + 1)
    return lines.number(lines.by_sign(pl.concat([filled, rest])))


def credited_by(due: Due, filled: pl.DataFrame, day: date) -> Due:
    """The derivation when a run has credited what it found missing (``filled``: SPANS) on a day."""
    came = pl.concat([due.facts.credits, as_credits(filled, pl.lit(day))])
    return replace(due, facts=Facts(due.facts.persons, due.facts.facts, came))


def disbursement(
    facts: Facts,
    recognised: pl.DataFrame,
    disbursed: pl.DataFrame,
    day: date,
    law: Law,
    opening: Opening,
    receivable: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The payment gap on a day: LINES. One bank line a person, in the order of persons.

    What is held waits in its own class; what was paid and is no longer recognised is to recover. What a person owes back
    (``receivable``: ``recovery.MOVES``, and what this very run recovers) is set off before anything is sent. Months before
    the run's (the last of ``law``) say why they are in it; a payment that the bank gave back is no arrears.
    """
    sent, month = _of(disbursed, "payroll"), law.until - 1
    unpaid = gap_of_steps(_of(recognised, "payroll"), sent)
    concerned = unpaid.select("person_id").unique().join(first_pensions(recognised), on="person_id", how="left")
    held = held_on(facts, concerned, day, law, opening).select("person_id", pl.lit(value=True).alias("held"))
    recovering, waiting = unpaid.filter(pl.col("monthly_fen") < 0), unpaid.filter(pl.col("monthly_fen") > 0)
    ready = ~pl.col("held").fill_null(value=False)
    marked = waiting.join(held, on="person_id", how="left").with_columns(ready.alias("ready")).drop("held")
    moves = empty(recovery.MOVES) if receivable is None else receivable
    restored = recovery.restored_claims(waiting, moves)
    taken = recovery.set_off(marked, recovering, recovery.with_restored(moves, restored), facts, law)
    left = recovery.less(waiting, taken).join(held, on="person_id", how="left")
    parts = [
        _classed(part.select(*SPANS), kind) for part, kind in (
            (left.filter(ready), LineClass.PAY), (left.filter(~ready), LineClass.HELD), (recovering, LineClass.RECOVER),
            (taken, LineClass.SET_OFF), (restored, LineClass.RESTORE))
    ]  # fmt: skip
    typed = lines.arrears(lines.cut_at(pl.concat(parts), month), sent, month, lines.deaths(facts))
    return lines.number(_with_bank_lines(lines.not_resent(typed, facts)))


def _with_bank_lines(found: pl.DataFrame) -> pl.DataFrame:
    """Lines with ``bank_line``: one number a person who is paid, in the order of persons."""
    pay = pl.col("line_class") == int(LineClass.PAY)
    payees = found.filter(pay).select("person_id").unique().sort("person_id").with_row_index("bank_line", offset=1)
    placed = found.join(payees.with_columns(pl.col("bank_line").cast(pl.Int32)), on="person_id", how="left")
    return placed.with_columns(pl.when(pay).then(pl.col("bank_line")).alias("bank_line"))


def _classed(spans: pl.DataFrame, kind: LineClass) -> pl.DataFrame:
    return spans.select(*SPANS, pl.lit(int(kind), pl.Int16).alias("line_class"))


def write_off(facts: Facts, receivable: pl.DataFrame) -> pl.DataFrame:
    """What is decided to be given up and is not yet, and what was by a decision withdrawn since: LINES.

    ``receivable``: ``recovery.MOVES``.
    """
    given_up = _classed(recovery.written_off(facts, receivable), LineClass.WRITE_OFF)
    back = _classed(recovery.withdrawn_write_offs(facts, receivable), LineClass.RESTORE)
    return lines.number(pl.concat([given_up, back]))


def totals(found: pl.DataFrame) -> dict[str, int]:
    """Lines, persons and fen of LINES by class: plain numbers for acts and screens."""
    def of(kind: LineClass) -> pl.DataFrame:
        return found.filter(pl.col("line_class") == int(kind))

    result = {"lines": found.height, "persons": found["person_id"].n_unique(), "total_fen": int(found["amount_fen"].sum())}
    for kind in LineClass:
        part = of(kind)
        word = kind.name.lower()
        result[f"{word}_lines"] = part.height
        result[f"{word}_persons"] = part["person_id"].n_unique()
        result[f"{word}_fen"] = int(part["amount_fen"].sum())
    return result


def bank_payments(found: pl.DataFrame) -> pl.DataFrame:
    """The payments of disbursement LINES: ``bank_line, person_id, amount_fen``, sorted by line."""
    pay = found.filter(pl.col("line_class") == int(LineClass.PAY))
    return pay.group_by("bank_line", "person_id").agg(pl.col("amount_fen").sum()).sort("bank_line")


def of_class(found: pl.DataFrame, *kinds: LineClass) -> pl.DataFrame:
    """The LINES of some classes."""
    return found.filter(pl.col("line_class").is_in([int(kind) for kind in kinds]))
