"""The printable letters of recoveries and moves, filled from the books."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from yingbao.formats.forms.endings import (
    OfficeLetter,
    RecoveryLetter,
    TransferLetter,
    write_office_letter,
    write_recovery_letter,
    write_transfer_letter,
)
from yingbao.reports.errors import NothingToPrint
from yingbao.reports.moment import moment
from yingbao.reports.money import amounts
from yingbao.reports.recoveries import OtherOffice
from yingbao.rules.due import Due
from yingbao.rules.paid_years import paid_years
from yingbao.rules.recovery import behind, outstanding
from yingbao.store import footing, relations, sealed, tables
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.recoveries import receivable_moves
from yingbao.values.facts import FactKind
from yingbao.values.identity import IdNumber
from yingbao.values.month import Month, month_of_date, show_month
from yingbao.values.purpose import Bucket, Item

OTHER_SCHEME_ZH = {"employee": "职工基本养老保险", "civil_service": "机关事业单位养老保险"}


def _who(pool: int, person_id: int) -> tuple[str, IdNumber]:
    row = tables.people(pool, [person_id]).row(0, named=True)
    return str(row["name"]), IdNumber(sealed.open_ids([row["id_cipher"]], [person_id])[0])


def recovery_letter(pool: int, person_id: int, letter: str, why: str, on: date, folder: Path) -> Path:
    """The letter that asks a person's debt back, purpose by purpose. Raises NothingToPrint."""
    owed, lines = _debt(pool, person_id)
    name, number = _who(pool, person_id)
    form = RecoveryLetter(letter, name, number, on, lines, owed, why,
                          illustrative=footing.of_booked(pool, *footing.PENSIONS, until=on))  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    return write_recovery_letter(folder / f"退还通知书-{person_id}-{on.isoformat()}.xlsx", form)


def office_letter(pool: int, person_id: int, letter: str, asked: OtherOffice, on: date, folder: Path) -> Path:
    """The letter that asks the office of the other pension to take a person's debt off it. Raises NothingToPrint."""
    owed, lines = _debt(pool, person_id)
    name, number = _who(pool, person_id)
    form = OfficeLetter(letter, OTHER_SCHEME_ZH.get(asked.scheme, asked.scheme), name, number, on, lines, owed, asked.fen,
                        illustrative=footing.of_booked(pool, *footing.PENSIONS, until=on))  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    return write_office_letter(folder / f"协助抵扣函-{person_id}-{on.isoformat()}.xlsx", form)


def _debt(pool: int, person_id: int) -> tuple[int, list[tuple[str, int]]]:
    """What a person owes, and its purposes with what is settled of them, in fen. Raises NothingToPrint."""
    moves = receivable_moves(pool, person_ids=[person_id])
    owed = outstanding(moves)
    if owed.is_empty():
        raise NothingToPrint(person=person_id, what="待追回的款项")
    purposes = behind(moves).with_columns(amounts().alias("fen")).sort("item", "from_month")
    lines = [(f"{Item(row['item']).zh} {_months(row['from_month'], row['until_month'])}", row["fen"])
             for row in purposes.iter_rows(named=True)]  # fmt: skip
    settled = int(purposes["fen"].sum()) - int(owed["fen"][0])
    if settled:
        lines.append(("已抵扣、已退还", -settled))
    return int(owed["fen"][0]), lines


def _months(first: Month, until: Month) -> str:
    """``2019-02`` or ``2019-02—2019-03``: half-open months."""
    return show_month(first) if until == first + 1 else f"{show_month(first)}—{show_month(until - 1)}"


def transfer_letter(pool: int, person_id: int, on: date, folder: Path) -> Path:
    """The letter that goes with a relation that moves: the account by source, and the years. Raises NothingToPrint."""
    known = moment(pool, on, person_ids=[person_id])
    law = known.law(month_of_date(on) + 2)  # the account moves in the month after the end
    owed = Due(known.facts, law, known.opening, snapshots_of(Basis(pool, "payroll", month_of_date(on), on, 1 << 60)))
    moved = owed.refunds_by_source.filter(pl.col("item") == int(Item.TRANSFER_OUT))
    if moved.is_empty():
        raise NothingToPrint(person=person_id, what="转出的账户")
    days = known.facts.of(FactKind.RELATION_ENDED, values=("transferred_out",))["holds_from"].to_list()
    years = paid_years(known.facts, law)
    payee = relations.accounts(pool, on, person_ids=[person_id])["holder"].to_list()
    name, number = _who(pool, person_id)
    form = TransferLetter(
        name, number, (payee[0] or "") if payee else "", on, min(days), int(years["years"].sum()),
        [(Bucket(bucket).zh, fen) for bucket, fen in moved.select("bucket", "fen").iter_rows()],
        illustrative=known.in_force.illustrative(),
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    return write_transfer_letter(folder / f"关系转移函-{person_id}-{on.isoformat()}.xlsx", form)
