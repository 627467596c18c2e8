"""What a case document expects of individual accounts, compared with what is derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from yingbao.rules.account_on import AccountsOn, accounts_on
from yingbao.rules.case_facts import CaseError
from yingbao.rules.contributions import Snapshot
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.values.money import fen_of_yuan, yuan
from yingbao.values.month import month_from_text, show_month
from yingbao.values.purpose import BUCKET_BY_KEY

ACCOUNT_KEYS = {"person", "on", "year", "bucket", "yuan", "interest", "charged"}
# What a line asks, by the field that carries its amount → the field that says when.
ASKS = {"yuan": "on", "interest": "year", "charged": "year"}
ASKS_ZH = {"yuan": "余额", "interest": "利息", "charged": "支出"}


class AccountLine:
    """One expected figure: a balance at the end of a month, or the interest or the charges of a year."""

    def __init__(self, case: str, told: Mapping[str, Any]) -> None:
        asked = [name for name in ASKS if name in told]
        if len(asked) != 1 or ASKS[asked[0]] not in told or {"on", "year"} <= set(told):
            raise CaseError(case=case, why="account 的一行须写 on 和 yuan，或 year 和 interest、charged 之一")
        self.person, self.asks, self.when = str(told["person"]), asked[0], str(told[ASKS[asked[0]]])
        self.fen = fen_of_yuan(str(told[self.asks]))
        self.bucket = str(told["bucket"]) if "bucket" in told else None
        if self.bucket is not None and (self.bucket not in BUCKET_BY_KEY or self.asks == "interest"):
            raise CaseError(case=case, why=f"account 中不认识的账户来源 {self.bucket}（利息只有一个来源，不写 bucket）")
        if self.asks != "yuan" and not (self.when.isascii() and self.when.isdigit()):
            raise CaseError(case=case, why=f"account 中的年度 {self.when} 不是年份")

    def found(self, person_id: int, view: AccountsOn) -> int:
        """The derived fen."""
        frame = {"yuan": view.balances, "interest": view.interest, "charged": view.charges}[self.asks]
        mine = frame.filter(pl.col("person_id") == person_id)
        if self.asks != "yuan":
            mine = mine.filter(pl.col("year") == int(self.when))
        if self.bucket is not None:
            mine = mine.filter(pl.col("bucket") == int(BUCKET_BY_KEY[self.bucket]))
        return int(mine["fen"].sum())

    def shown(self, fen: int) -> str:
        """``甲 2018-12 余额（own） 1,581.40``."""
        source = "" if self.bucket is None else f"（{self.bucket}）"
        return f"{self.person} {self.when} {ASKS_ZH[self.asks]}{source} {yuan(fen)}"


def compare_accounts(
    case: str, lines: Iterable[Mapping[str, Any]], people: Mapping[str, int], facts: Facts, law: Law,
    snapshots: Sequence[Snapshot],
) -> tuple[list[str], list[str]]:  # fmt: skip
    """The figures that were asked for, and where they differ from what was expected. Raises CaseError."""
    views: dict[int, AccountsOn] = {}
    shown, differences = [], []
    for told in lines:
        line = AccountLine(case, told)
        month = month_from_text(line.when) if line.asks == "yuan" else law.until - 1
        if month >= law.until:
            raise CaseError(case=case, why=f"account 中的 {show_month(month)} 在 through 之后")
        if month not in views:
            views[month] = accounts_on(facts, law, month, snapshots, books=False)
        found = line.found(people[line.person], views[month])
        shown.append(line.shown(found))
        if found != line.fen:
            differences.append(f"账户不符：{line.shown(found)}，期望 {yuan(line.fen)}")
    return shown, differences
