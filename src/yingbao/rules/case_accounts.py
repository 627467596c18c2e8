"""What a case document expects of individual accounts, compared with what is derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from yingbao.rules.account_on import AccountsOn, accounts_on
from yingbao.rules.case_text import count_at, fen_at, has, month_at, refused, text_at, word_at
from yingbao.rules.contributions import Snapshot
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.values.money import yuan
from yingbao.values.month import show_month
from yingbao.values.purpose import BUCKET_BY_KEY

ACCOUNT_KEYS = {"person", "on", "year", "bucket", "yuan", "interest", "charged"}
# What a line asks, by the field that carries its amount → the field that says when.
ASKS = {"yuan": "on", "interest": "year", "charged": "year"}
ASKS_ZH = {"yuan": "余额", "interest": "利息", "charged": "支出"}


class AccountLine:
    """One expected figure: a balance at the end of a month, or the interest or the charges of a year."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        asked = [name for name in ASKS if has(told, name)]
        if len(asked) != 1 or not has(told, ASKS[asked[0]]) or {"on", "year"} <= set(told):
            raise refused(told, None, "account 的一行须写 on 和 yuan，或 year 和 interest、charged 之一")
        self.person, self.asks, self.when = text_at(told, "person"), asked[0], text_at(told, ASKS[asked[0]])
        self.fen = fen_at(told, self.asks)
        self.month = month_at(told, "on") if self.asks == "yuan" else None
        self.year = None if self.asks == "yuan" else count_at(told, "year")
        if has(told, "bucket") and self.asks == "interest":
            raise refused(told, "bucket", "利息只有一个来源，不写 bucket")
        self.bucket = word_at(told, "bucket", "账户来源", BUCKET_BY_KEY) if has(told, "bucket") else None

    def found(self, person_id: int, view: AccountsOn) -> int:
        """The derived fen."""
        frame = {"yuan": view.balances, "interest": view.interest, "charged": view.charges}[self.asks]
        mine = frame.filter(pl.col("person_id") == person_id)
        if self.year is not None:
            mine = mine.filter(pl.col("year") == self.year)
        if self.bucket is not None:
            mine = mine.filter(pl.col("bucket") == int(BUCKET_BY_KEY[self.bucket]))
        return int(mine["fen"].sum())

    def shown(self, fen: int) -> str:
        """``甲 2018-12 余额（个人缴费） 1,581.40``."""
        source = "" if self.bucket is None else f"（{BUCKET_BY_KEY[self.bucket].zh}）"
        return f"{self.person} {self.when} {ASKS_ZH[self.asks]}{source} {yuan(fen)}"


def compare_accounts(
    lines: Iterable[Mapping[str, Any]], people: Mapping[str, int], facts: Facts, law: Law,
    snapshots: Sequence[Snapshot],
) -> tuple[list[str], list[str]]:  # fmt: skip
    """The figures that were asked for, and where they differ from what was expected. Raises CaseError."""
    views: dict[int, AccountsOn] = {}
    shown, differences = [], []
    for told in lines:
        line = AccountLine(told)
        month = law.until - 1 if line.month is None else line.month
        if month >= law.until:
            raise refused(told, "on", f"{show_month(month)} 在 through 之后")
        if month not in views:
            views[month] = accounts_on(facts, law, month, snapshots, books=False)
        found = line.found(people[line.person], views[month])
        shown.append(line.shown(found))
        if found != line.fen:
            differences.append(f"账户不符：{line.shown(found)}，期望 {yuan(line.fen)}")
    return shown, differences
