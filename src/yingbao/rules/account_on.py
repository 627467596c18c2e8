"""Individual accounts at the end of a month: what is in them by money source, and what moved them by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from yingbao.rules.account import BALANCES
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.payouts import of_refunds
from yingbao.rules.relations import Facts
from yingbao.values.month import Month, last_day
from yingbao.values.steps import add_steps


@dataclass(frozen=True)
class AccountsOn:
    """``credits``: CREDITS by then; ``interest``: INTEREST; ``charges``: CHARGED (every month counted); ``balances``: BALANCES.

    balances = credits + interest − charges, by source. ``due``: the derivation they come from.
    """

    credits: pl.DataFrame
    interest: pl.DataFrame
    charges: pl.DataFrame
    balances: pl.DataFrame
    due: Due


def accounts_on(
    facts: Facts, law: Law, month: Month, snapshots: Sequence[Snapshot] = (), opening: Opening | None = None, *,
    books: bool = True, over_until: Month | None = None,
) -> AccountsOn:  # fmt: skip
    """Accounts as they stand when ``month`` is over: with its pensions, and its interest if a year or a relation ends with it.

    ``over_until``: as in Due, where ``month`` itself is not over.
    """
    cut = Law(law.in_force, min(law.since, month), month + 1)
    owed = Due(facts, cut, opening, snapshots, books).credited
    by_then = owed.credits.filter(pl.col("day") <= last_day(month))
    due = Due(replace(owed, credits=by_then), cut, opening, snapshots, over_until=over_until, known_credits=owed.credits)
    back = of_refunds(due.refunds_by_source)
    taken = back.select("person_id", "bucket", -pl.col("fen"))
    balances = add_steps([due.paid_out.left.select(*BALANCES), taken], ["person_id"], "fen", at="bucket")
    interest = pl.concat([due.accounts.interest, due.paid_out.interest])
    return AccountsOn(by_then, interest, pl.concat([due.paid_out.charges, back]), balances, due)
