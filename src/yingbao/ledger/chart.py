"""The chart of accounts: dated data, not code (``chart.yaml`` beside this file).

In documents a code is dotted, ``5001.01``; in the books it is the integer 500101.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from yingbao.ledger.errors import BadChart, UnknownAccount

PATH = Path(__file__).with_name("chart.yaml")

# The accounts that postings name. A test proves that each is in the chart.
INCOME_BANK = 100201
SPECIAL_ACCOUNT = 100301
PAYOUT_BANK = 100401
RECEIVABLE = 110201
SUBSIDY_RECEIVABLE = {"province": 110301, "city": 110302, "county": 110303}
COLLECTED = 210101
PROXY_MONEY_HELD = 210105
PAYABLE = 220101
IN_TRANSIT = 220201
BENEFIT_SUBSIDY_INCOME = 410101
OWN_INCOME = 400101
MAKEUP_INCOME = 400102
PROXY_INCOME = 410103
SUBSIDY_INCOME = {"province": 410104, "city": 410105, "county": 410106}
COLLECTIVE_INCOME = 410201
BASE_EXPENSE = 500101
ACCOUNT_EXPENSE = 500102
FUNERAL_EXPENSE = 500103
TOP_UP_EXPENSE = 500104
LONG_PAY_EXPENSE = 500105
AGE_EXPENSE = 500106
REFUND_EXPENSE = 500107
TRANSFER_EXPENSE = 520101
WRITTEN_OFF = 540101
ACCOUNTS_COUNTERPART = 919901
OPENING_COUNTERPART = 999901
OPENING_BUCKET = {
    "own": 910101,
    "province": 910102,
    "city": 910103,
    "county": 910104,
    "collective": 910105,
    "proxy": 910106,
    "interest": 910107,
    "transferred": 910108,
}
# What came from other offices, by money source; 4301.01 is what came without one.
TRANSFER_INCOME = {
    "transferred": 430101,
    "own": 430102,
    "province": 430103,
    "city": 430104,
    "county": 430105,
    "collective": 430106,
    "proxy": 430107,
    "interest": 430108,
}
# What was paid out of the accounts, by money source: memo, beside the fund's own accounts.
CHARGED_BUCKET = {bucket: number + 100 for bucket, number in OPENING_BUCKET.items()}

_CLASSES = {"asset", "liability", "net", "income", "expense", "memo"}
_STATUSES = {"published", "secondary", "illustrative"}
_KEYS = {"code", "zh", "en", "class", "status", "source", "bucket", "valid_from", "valid_until"}


@dataclass(frozen=True, slots=True)
class Account:
    """One account. ``number``: the six digits kept in the books. ``valid_until``: the last day, None if open."""

    code: str
    number: int
    zh: str
    en: str
    class_: str
    status: str
    source: str
    valid_from: date
    valid_until: date | None
    bucket: str | None


@dataclass(frozen=True)
class Chart:
    """The accounts by number."""

    accounts: dict[int, Account]

    def account(self, number: int, on: date) -> Account:
        """The account in force on a day. Raises UnknownAccount."""
        found = self.accounts.get(number)
        if not found or on < found.valid_from or (found.valid_until and on > found.valid_until):
            raise UnknownAccount(account=dotted(number), on=on.isoformat())
        return found

    def illustrative(self) -> list[str]:
        """The codes no public source was read for, sorted; outputs that show them say so."""
        return sorted(account.code for account in self.accounts.values() if account.status == "illustrative")


def dotted(number: int) -> str:
    """500101 as ``5001.01``."""
    return f"{number // 100:04d}.{number % 100:02d}"


def number_of(code: str) -> int:
    """``5001.01`` as 500101. Raises BadChart."""
    head, _, tail = code.partition(".")
    if not (len(head) == 4 and len(tail) == 2 and (head + tail).isascii() and (head + tail).isdigit()):  # noqa: PLR2004
        raise BadChart(why=f"科目编码 {code} 应为 4 位加 2 位")
    return int(head + tail)


def chart_from_text(text: str) -> Chart:
    """Read a chart. Raises BadChart for an unknown key, a code that is there twice, a missing source."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadChart(why="不是 YAML") from error
    if not isinstance(raw, dict) or set(raw) != {"valid_from", "sources", "accounts"}:
        raise BadChart(why="应有 valid_from、sources、accounts 三项")
    accounts: dict[int, Account] = {}
    for one in raw["accounts"]:
        account = _account(one, str(raw["valid_from"]), set(raw["sources"]))
        if account.number in accounts:
            raise BadChart(why=f"科目编码 {account.code} 重复")
        accounts[account.number] = account
    return Chart(accounts)


def _account(one: dict[str, str], valid_from: str, sources: set[str]) -> Account:
    code = str(one.get("code", ""))
    if odd := sorted(set(one) - _KEYS):
        raise BadChart(why=f"科目 {code} 有不认识的 {', '.join(odd)}")
    if missing := sorted({"code", "zh", "en", "class", "status", "source"} - set(one)):
        raise BadChart(why=f"科目 {code} 缺少 {', '.join(missing)}")
    if one["class"] not in _CLASSES or one["status"] not in _STATUSES or one["source"] not in sources:
        raise BadChart(why=f"科目 {code} 的类别、状态或来源不对")
    if one.get("bucket", "own") not in OPENING_BUCKET:
        raise BadChart(why=f"科目 {code} 的个人账户来源不对")
    start = date.fromisoformat(str(one.get("valid_from", valid_from)))
    end = date.fromisoformat(str(one["valid_until"])) if "valid_until" in one else None
    if end and end < start:
        raise BadChart(why=f"科目 {code} 的日期颠倒")
    return Account(
        code, number_of(code), one["zh"], one["en"], one["class"], one["status"], one["source"], start, end,
        one.get("bucket"),
    )  # fmt: skip


@cache
def load_chart() -> Chart:
    """The chart that comes with the program."""
    return chart_from_text(PATH.read_text(encoding="utf-8"))
