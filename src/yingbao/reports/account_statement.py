"""个人账户记账明细: one person's account in a year, from the books, with what is derived and not booked yet marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from yingbao.formats.forms.account import AccountForm, AccountLine, write_account_form
from yingbao.ledger.postings import KINDS, signed_amount
from yingbao.reports.account_years import through_of, view_of, years_of
from yingbao.reports.moment import moment
from yingbao.reports.person_books import PersonBooks, person_books
from yingbao.rules.account_on import AccountsOn
from yingbao.rules.interest import LINES_ZH, rates_of, rules_of
from yingbao.store import sealed
from yingbao.store.errors import UnknownPerson
from yingbao.store.models import Fact, Person
from yingbao.store.relations import OPENING_ACCOUNTS
from yingbao.values.facts import FactKind
from yingbao.values.identity import mask_id
from yingbao.values.money import yuan
from yingbao.values.month import FOREVER, Month, last_day, month_of, month_of_date, show_month
from yingbao.values.purpose import BUCKET_OF, CHARGES, Bucket, Item

CHANNEL_ZH = {"bank": "银行", "tax": "税务", "counter": "窗口", "app": "手机", "village": "村（居）代收"}
_PAID_BY = {
    Item.OWN_CONTRIBUTION: FactKind.OWN_PAYMENT, Item.MAKEUP_CONTRIBUTION: FactKind.MAKEUP_PAYMENT,
    Item.COLLECTIVE_AID: FactKind.COLLECTIVE_AID,
}  # fmt: skip
_OPENING_ITEMS = {100 + int(bucket): bucket for bucket in Bucket}
BOOKED_ZH = {True: "已记账", False: "推算，尚未记账"}


@dataclass(frozen=True)
class AccountMove:
    """One line. ``fen`` is signed as the account feels it; ``booked_fen`` is what of it is in the books."""

    on: date | None
    what: str
    bucket: Bucket
    fen: int
    booked_fen: int
    source: str
    channel: str = ""

    @property
    def state_zh(self) -> str:
        """已记账, or what is still missing."""
        return BOOKED_ZH[self.fen == self.booked_fen]

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen."""
        return {"on": self.on.isoformat() if self.on else None, "what": self.what, "bucket": self.bucket.key, "fen": self.fen,
                "booked_fen": self.booked_fen, "source": self.source, "channel": self.channel}  # fmt: skip


@dataclass(frozen=True)
class AccountStatement:
    """A person's year: opening by source, what moved it, closing. ``terms``: how interest is reckoned, in words.

    opening + moves = closing, source by source. ``waiting``: what is to be credited and is not yet: in no balance.
    """

    person_id: int
    name: str
    masked_id: str
    year: int
    through: Month
    opening: dict[Bucket, int]
    moves: tuple[AccountMove, ...]
    closing: dict[Bucket, int]
    terms: str
    waiting: tuple[AccountMove, ...]
    basis: dict[str, object]

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The parameters without a public source on which a figure rests."""
        named = self.basis.get("rests_on_illustrative")
        return tuple(named) if isinstance(named, list) else ()

    def as_json(self) -> dict[str, Any]:
        """Plain values; fen."""
        def by_bucket(amounts: dict[Bucket, int]) -> dict[str, int]:
            return {bucket.key: fen for bucket, fen in amounts.items() if fen}

        return {
            "person_id": self.person_id, "name": self.name, "id": self.masked_id, "year": self.year,
            "through": show_month(self.through), "opening": by_bucket(self.opening), "closing": by_bucket(self.closing),
            "opening_fen": sum(self.opening.values()), "closing_fen": sum(self.closing.values()), "terms": self.terms,
            "moves": [one.as_json() for one in self.moves], "waiting": [one.as_json() for one in self.waiting],
            "basis": self.basis,
        }  # fmt: skip

    def text(self) -> str:
        """Plain Chinese."""
        head = f"{self.name}（编号 {self.person_id}，身份证号 {self.masked_id}）{self.year} 年个人账户，截至 {show_month(self.through)}"
        lines = [f"  {one.on or ''} {one.what}（{one.bucket.zh}） {yuan(one.fen)} 元，{one.state_zh}（{_of(one)}）" for one in self.moves]
        waiting = [f"  待记账：{one.what}（{one.bucket.zh}） {yuan(one.fen)} 元" for one in self.waiting]
        first, last = (f"{word} {yuan(sum(amounts.values()))} 元：{_buckets(amounts)}"
                       for word, amounts in (("年初余额", self.opening), ("期末余额", self.closing)))  # fmt: skip
        return "\n".join([head, first, *lines, last, f"计息：{self.terms}", *waiting])


def _of(move: AccountMove) -> str:
    return "，".join(part for part in (move.source, move.channel) if part)


def _buckets(amounts: dict[Bucket, int]) -> str:
    return "、".join(f"{bucket.zh} {yuan(fen)}" for bucket, fen in amounts.items() if fen) or "无"


def account_statement(pool: int, person_id: int, year: int, on: date) -> AccountStatement:
    """The account of a person in a year as known on a day. Raises UnknownPerson, NoAccountYear, NotChecked."""
    person = Person.objects.filter(pool=pool, pk=person_id).first()
    if person is None:
        raise UnknownPerson(pool=pool, shown=f"编号 {person_id}")
    known = moment(pool, on, person_ids=[person_id])
    through = through_of(known, year, on)
    view = view_of(known, year, through, on)
    books = person_books(pool, person_id, on)
    opening = dict.fromkeys(Bucket, 0)
    opening |= {Bucket(bucket): fen for bucket, fen in years_of(view, year).select("bucket", "opening_fen").iter_rows()}
    moves = (*_credits(pool, books, year, through, on), *_derived(view, books, year))
    closing = {bucket: opening[bucket] + sum(one.fen for one in moves if one.bucket == bucket) for bucket in Bucket}
    masked = mask_id(sealed.open_ids([person.id_cipher], [person_id])[0])
    return AccountStatement(
        person_id, person.name, masked, year, through, opening, moves, closing, _terms(view, year),
        tuple(_waiting(view, books, year)), known.basis() | {"as_of": on.isoformat()},
    )  # fmt: skip


def _sum(frame: pl.DataFrame, bucket: Bucket) -> int:
    return int(frame.filter(pl.col("bucket") == int(bucket))["fen"].sum())


def _credits(pool: int, books: PersonBooks, year: int, through: Month, on: date) -> Iterator[AccountMove]:
    """What came in during the year: day, source and channel; all of it is booked."""
    channels = _channels(pool, books.person_id)
    for kind in (OPENING_ACCOUNTS, "contribute", "credit_account"):
        moved = books.moves.filter((pl.col("kind") == kind) & (pl.col("on") <= on))
        signed = moved.with_columns((pl.col("amount_fen") if kind == OPENING_ACCOUNTS else signed_amount(KINDS[kind])).alias("fen"))
        for row in signed.iter_rows(named=True):
            bucket = _OPENING_ITEMS.get(row["item"]) if kind == OPENING_ACCOUNTS else BUCKET_OF.get(row["item"])
            stated = last_day(row["from_month"]) if kind == OPENING_ACCOUNTS else row["on"]
            if bucket is None or row["item"] == int(Item.INTEREST) or stated.year != year or month_of_date(stated) > through:
                continue
            what = "期初余额" if kind == OPENING_ACCOUNTS else f"{Item(row['item']).zh} {row['from_month'] // 12}"
            source = "期初登记" if row["run_id"] is None else f"批次 {row['run_id']}"
            channel = channels.get((row["item"], row["from_month"] // 12), "")
            yield AccountMove(stated, what, bucket, row["fen"], row["fen"], source, channel)


def _channels(pool: int, person_id: int) -> dict[tuple[int, int], str]:
    """By which channels a year's money was paid: (item, year) → words."""
    found: dict[tuple[int, int], list[str]] = {}
    kinds = {int(kind): int(item) for item, kind in _PAID_BY.items()}
    told = Fact.objects.filter(pool=pool, person_id=person_id, kind__in=list(kinds)).order_by("pk")
    for kind, value, reference in told.values_list("kind", "value", "reference"):
        if value and value.isdigit() and reference:
            word = reference.partition(":")[0]
            found.setdefault((kinds[kind], int(value)), []).append(CHANNEL_ZH.get(word, word))
    return {key: "、".join(dict.fromkeys(words)) for key, words in found.items()}


def _booked(books: PersonBooks, item: Item, year: int) -> int:
    mine = books.recognised.filter((pl.col("item") == int(item)) & (pl.col("from_month") == month_of(year, 1)))
    return int(mine["monthly_fen"].sum())


def _derived(view: AccountsOn, books: PersonBooks, year: int) -> Iterator[AccountMove]:
    """Interest, and what pensions and refunds took out: derived for the year, and what of it is booked."""
    earned, booked = int(view.interest.filter(pl.col("year") == year)["fen"].sum()), _booked(books, Item.INTEREST, year)
    if earned or booked:
        yield AccountMove(None, f"{Item.INTEREST.zh} {year}", Bucket.INTEREST, earned, booked, "结息")
    gone = view.charges.filter(pl.col("year") == year)
    for bucket in Bucket:
        taken, booked = _sum(gone, bucket), _booked(books, bucket.charge, year)
        if taken or booked:
            yield AccountMove(None, f"养老金及退还支出 {year}", bucket, -taken, -booked, "按余额比例列支")


def _terms(view: AccountsOn, year: int) -> str:
    """Rate, method and rounding of the year's interest, in words."""
    law = view.due.law
    rules, stops = rules_of(law, year), view.due.accounts.stops["stop_month"].to_list()
    rate = int(rates_of(law, rules, np.array(stops or [FOREVER], np.int64))[0])
    whole, part = divmod(rate, 100)
    stop = f"；{show_month(stops[0])} 起停止计息" if stops else ""
    return f"年利率 {whole}.{part:02d}%，{rules.method.zh}，{LINES_ZH[rules.lines]}{stop}"


def _waiting(view: AccountsOn, books: PersonBooks, year: int) -> Iterator[AccountMove]:
    """What is owed to the account for the year and not credited yet: in no balance before it is booked."""
    owed = pl.concat([view.due.contributions, view.due.proxied])
    for item, bucket in BUCKET_OF.items():
        if item in CHARGES or item is Item.INTEREST:
            continue
        mine = owed.filter((pl.col("item") == int(item)) & (pl.col("from_month") == month_of(year, 1)))
        missing = int(mine["monthly_fen"].sum()) - _booked(books, item, year)
        if missing:
            yield AccountMove(None, f"{item.zh} {year}", bucket, missing, 0, "应记未记")


def write_statement(found: AccountStatement, folder: Path, made_on: date) -> Path:
    """The statement as a paper to print (``.xlsx``), the ID number masked."""
    folder.mkdir(parents=True, exist_ok=True)
    form = AccountForm(
        name=found.name, id_number=found.masked_id, person=found.person_id, year=found.year, through=show_month(found.through),
        opening=_rows(found.opening), lines=[_line(one) for one in found.moves], closing=_rows(found.closing), terms=found.terms,
        waiting=[_line(one) for one in found.waiting], illustrative=[str(one) for one in found.rests_on],
    )  # fmt: skip
    return write_account_form(folder / f"个人账户记账明细-{found.person_id}-{found.year}.xlsx", form, made_on=made_on)


def _rows(amounts: dict[Bucket, int]) -> list[tuple[str, int]]:
    return [(bucket.zh, fen) for bucket, fen in amounts.items() if fen]


def _line(move: AccountMove) -> AccountLine:
    day = move.on.isoformat() if move.on else ""
    return AccountLine(day, move.what, move.bucket.zh, move.fen, move.state_zh, _of(move))
