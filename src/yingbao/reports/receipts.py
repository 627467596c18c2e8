"""缴费凭证: the payments of a person and year as numbered papers, and the proof of what the county paid for him.

Nothing is stored for a receipt: its number is that of the payment, which is never changed nor used again, so it can be
printed at any counter, any number of times. 建账以前 are other books: what was paid before them has no receipt here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from yingbao.formats.forms.receipt import ReceiptForm, write_receipts
from yingbao.reports import booked
from yingbao.reports.account_statement import CHANNEL_ZH
from yingbao.reports.contribution_list import ITEM_OF, STATE_ZH, PaymentLine, contributions_listed
from yingbao.reports.errors import NothingToPrint
from yingbao.store import footing, sealed, tables
from yingbao.values.facts import FACT_KIND_BY_KEY
from yingbao.values.identity import IdNumber
from yingbao.values.month import month_of
from yingbao.values.purpose import Item


def receipts(pool: int, person_id: int, year: int, on: date) -> tuple[list[ReceiptForm], list[str]]:
    """The receipts and the proof of a person and year as known on a day, and the parameters without a public document.

    Raises NothingToPrint.
    """
    who = tables.people(pool, [person_id])
    if who.is_empty():
        raise NothingToPrint(person=person_id, what=f" {year} 年的缴费")
    name = str(who["name"][0])
    number = IdNumber(sealed.open_ids([who["id_cipher"][0]], [person_id])[0])
    listed = contributions_listed(pool, on, person_id)
    own = [_receipt(one, name, number) for one in listed.rows if one.year == year and one.fen and one.state != "opening"]
    proofs = _proofs(pool, person_id, year, on, name, number)
    if not own and not proofs:
        raise NothingToPrint(person=person_id, what=f" {year} 年建账以后的缴费、代缴")
    names = sorted({*listed.rests_on, *(footing.of_booked(pool, "proxy", until=on) if proofs else ())})
    return [*own, *proofs], names


def _receipt(one: PaymentLine, name: str, number: IdNumber) -> ReceiptForm:
    channel, _, serial = one.reference.partition(":")
    told = " ".join(part for part in (CHANNEL_ZH.get(channel, ""), serial) if part)
    item = ITEM_OF[FACT_KIND_BY_KEY[one.kind]]
    state = f"{STATE_ZH[one.state]}{f'：{one.why}' if one.why else ''}"
    return ReceiptForm(f"JF{one.year}-{one.fact:08d}", name, number, one.year, item.zh, one.fen or 0,
                       date.fromisoformat(one.day), told, state)  # fmt: skip


def _proofs(pool: int, person_id: int, year: int, on: date, name: str, number: IdNumber) -> list[ReceiptForm]:
    """The proof of the county's contribution that stands in the books, if there is one."""
    month = month_of(year, 1)
    mine = booked.recognised_postings(pool, Item.PROXY_CONTRIBUTION, month, on).filter(pl.col("person_id") == person_id)
    net = booked.net_by_person(mine, month)
    if net.is_empty():
        return []
    first = mine.sort("on", "entry_id").row(0, named=True)
    batch = f"批次 {first['run_id']}" if first["run_id"] else ""
    return [ReceiptForm(f"DJ{year}-{person_id}", name, number, year, Item.PROXY_CONTRIBUTION.zh, int(net["monthly_fen"][0]),
                        first["on"], batch, STATE_ZH["credited"], by_county=True)]  # fmt: skip


def print_receipts(pool: int, person_id: int, year: int, on: date, folder: Path) -> tuple[Path, list[ReceiptForm], list[str]]:
    """Write them as one workbook, a sheet each. Raises NothingToPrint."""
    forms, names = receipts(pool, person_id, year, on)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"缴费凭证-{person_id}-{year}-{on.isoformat()}.xlsx"
    return write_receipts(path, forms, on=on, illustrative=names), forms, names
