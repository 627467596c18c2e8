"""对账单: what one person was paid, month by month and item by item, each line with its reason and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.ledger.postings import KINDS
from yingbao.policy.sources import Source
from yingbao.policy.tree import load
from yingbao.reports.person_books import BankPayment, PersonBooks, person_books
from yingbao.store import footing, sealed
from yingbao.store.bases import region_of
from yingbao.store.errors import UnknownPerson
from yingbao.store.models import Person, Run, SourceFile
from yingbao.values.identity import mask_id
from yingbao.values.money import yuan
from yingbao.values.month import Month, show_month
from yingbao.values.purpose import Item

KIND_ZH = {
    "recognise": "应发", "contribute": "代缴入账", "credit_account": "记入个人账户", "instruct": "支付", "bank_return": "银行退回",
    "reclass_to_recover": "转追回", "set_off": "抵扣", "write_off": "核销", "repay": "退回多领款",
    "claim_restored": "核销转回", "write_off_withdrawn": "撤销核销",
    "opening_recognised": "期初应发（旧系统）",
    "opening_disbursed": "期初已发（旧系统）", "opening_accounts": "期初个人账户",
}  # fmt: skip
OUTCOME_ZH = {
    "settled": "已到账", "in_transit": "银行尚未答复", "curable": "退回，换账户后补发", "do_not_resend": "退回，查清后再发",
}  # fmt: skip
# Happenings that take money away from what the person has to get.
_MINUS = ("bank_return", "reclass_to_recover")


@dataclass(frozen=True)
class StatementLine:
    """One purpose of one entry, its months half-open. ``fen`` is signed; ``source`` is a run, a batch or a file.

    ``citation`` is as the books have it; ``cited`` is what a reader knows the paper by.
    """

    entry_id: int
    on: date
    kind: str
    item: Item | None
    from_month: Month
    until_month: Month
    monthly_fen: int
    fen: int
    outcome: str
    reason: str
    citation: str
    cited: str
    source: str

    @property
    def period(self) -> str:
        """``2018-12``, ``2019-01–2019-02`` or, for a contribution, ``2018``."""
        if self.item is not None and self.item.yearly:
            return str(self.from_month // 12)
        first, last = show_month(self.from_month), show_month(self.until_month - 1)
        return first if first == last else f"{first}–{last}"

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen."""
        return {
            "entry_id": self.entry_id, "on": self.on.isoformat(), "kind": self.kind, "kind_zh": KIND_ZH.get(self.kind, self.kind),
            "item": self.item.key if self.item else None, "item_zh": self.item.zh if self.item else "",
            "period": self.period, "monthly_fen": self.monthly_fen, "fen": self.fen, "outcome": self.outcome,
            "outcome_zh": OUTCOME_ZH.get(self.outcome, ""), "reason": self.reason, "citation": self.citation,
            "cited": self.cited, "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """All lines of a person, in the order of the books. Opening balances of the individual account are not among them."""

    person_id: int
    name: str
    masked_id: str
    lines: tuple[StatementLine, ...]
    basis: dict[str, object]

    def paid(self) -> dict[tuple[Item, Month], int]:
        """Fen that reached the person by item and month (by statement, or settled by the bank)."""
        found: dict[tuple[Item, Month], int] = {}
        for line in self.lines:
            arrived = line.kind == "opening_disbursed" or (line.kind == "instruct" and line.outcome == "settled")
            if arrived and line.item is not None:
                for month in range(line.from_month, line.until_month):
                    found[line.item, month] = found.get((line.item, month), 0) + line.monthly_fen
        return found

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        paid = [{"item": item.key, "month": show_month(month), "fen": fen} for (item, month), fen in sorted(self.paid().items())]
        return {
            "person_id": self.person_id, "name": self.name, "id": self.masked_id, "basis": self.basis,
            "lines": [line.as_json() for line in self.lines], "paid": paid,
        }  # fmt: skip

    def text(self) -> str:
        """Plain Chinese, one line a purpose."""
        head = f"{self.name}（编号 {self.person_id}，身份证号 {self.masked_id}）对账单，截至 {self.basis['as_of']}"
        lines = []
        for line in self.lines:
            outcome = f"，{OUTCOME_ZH[line.outcome]}" if line.outcome in OUTCOME_ZH else ""
            item = line.item.zh if line.item else ""
            lines.append(f"{line.on} {KIND_ZH.get(line.kind, line.kind)} {item} {line.period} {yuan(line.fen)} 元{outcome}"
                         f"（{line.reason}；{line.cited}；{line.source}）")  # fmt: skip
        return "\n".join([head, *(lines or ["没有收付记录。"])])


def statement(pool: int, person_id: int, until: date, known_on: date | None = None) -> Statement:
    """The lines of entries dated by ``until``, as they stood on ``known_on``. Raises UnknownPerson.

    An entry is known on the day it is dated: the books of an earlier day are those without what came after it.
    """
    until = until if known_on is None else min(until, known_on)
    person = Person.objects.filter(pool=pool, pk=person_id).first()
    if person is None:
        raise UnknownPerson(pool=pool, shown=f"编号 {person_id}")
    books = person_books(pool, person_id, until)
    moves = books.moves.filter(pl.col("kind") != "opening_accounts")
    sources = _sources(pool, moves)
    instruments = load(region=region_of(pool)).sources
    lines = tuple(_line(row, books, sources, instruments) for row in moves.iter_rows(named=True))
    masked = mask_id(sealed.open_ids([person.id_cipher], [person_id])[0])
    return Statement(person_id, person.name, masked, lines, {
        "pool": pool, "as_of": until.isoformat(), "known_on": None if known_on is None else known_on.isoformat(),
        footing.KEY: footing.of_runs(pool, moves["run_id"].unique().to_list())})  # fmt: skip


def _sources(pool: int, moves: pl.DataFrame) -> dict[int | None, str]:
    """Where a line comes from: its run, or the opening register."""
    runs = Run.objects.filter(pk__in=[one for one in moves["run_id"].unique().to_list() if one is not None])
    opening = SourceFile.objects.filter(pool=pool, kind="opening_register").first()
    found: dict[int | None, str] = {run.pk: f"批次 {run.pk}" for run in runs}
    found[None] = f"期初登记 {opening.name}" if opening else "凭证"
    return found


def _cited(citation: str, instruments: Mapping[str, Source]) -> str:
    """``bulletin-2018 出口`` as a reader knows the paper."""
    name, _, article = citation.partition(" ")
    return f"{instruments[name].called} {article}" if name in instruments else citation


def _line(
    row: dict[str, Any], books: PersonBooks, sources: dict[int | None, str], instruments: Mapping[str, Source]
) -> StatementLine:
    payment = books.outcome_of(row["run_id"]) if row["kind"] == "instruct" else None
    sign = -1 if row["kind"] in _MINUS or _turned(row) else 1
    source = sources.get(row["run_id"], "")
    if payment is not None:
        source += f"，银行文件 {payment.batch} 第 {payment.line} 笔"
    elif row["run_id"] is None and not row["kind"].startswith("opening"):
        source = f"凭证 {row['entry_id']}"
    item = Item(row["item"]) if row["item"] in set(Item) else None
    return StatementLine(
        row["entry_id"], row["on"], row["kind"], item, row["from_month"], row["until_month"], sign * row["monthly_fen"],
        sign * row["amount_fen"], _outcome(payment) if row["kind"] == "instruct" else "", row["reason"],
        row["citation"], _cited(row["citation"], instruments), source,
    )  # fmt: skip


def _turned(row: dict[str, Any]) -> bool:
    """A line that takes back what its kind of happening gives: its sides have changed places."""
    kind = KINDS.get(row["kind"])
    sides = None if kind is None or kind.takes != "both" else kind.sides.get(row["item"])
    return sides is not None and row["credit"] != sides[1]


def _outcome(payment: BankPayment | None) -> str:
    return "in_transit" if payment is None else payment.outcome
