"""The papers of awards: lists, notices of a village, calculation sheets; ID numbers opened only here, masked unless asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from yingbao.formats.forms.award import Calculation, Reaching, write_calculation, write_notices, write_reaching_list
from yingbao.reports.calculation_sheet import CalculationSheet, route_zh
from yingbao.reports.reaching_sixty import ReachingSixty, missing_zh
from yingbao.store import sealed, tables
from yingbao.values.identity import IdNumber
from yingbao.values.month import show_month


@dataclass(frozen=True)
class Notices:
    """How many notices were written, and where; no path where there was nobody to tell."""

    count: int
    path: Path | None


def reaching_rows(found: ReachingSixty, rows: pl.DataFrame | None = None) -> list[Reaching]:
    """The people of a list as the papers show them, masked."""
    chosen = found.rows if rows is None else rows
    return [_reaching(row, str(row["masked_id"])) for row in chosen.iter_rows(named=True)]


def _reaching(row: dict[str, object], number: str | IdNumber) -> Reaching:
    first, missing = row["granted_from"], row["missing"]
    values = {name: row[name] for name in ("name", "birth", "reaches", "paid_years", "years_short", "makeup_fen", "account_fen")}
    return Reaching(
        town=str(row["town_name"]), village=str(row["village_name"]), sex={"male": "男", "female": "女"}.get(str(row["sex"]), ""),
        id_number=number, first_month=first if isinstance(first, int) else None,
        missing=[missing_zh(one) for one in missing] if isinstance(missing, list) else [],
        **values,  # type: ignore[arg-type]  # the columns of ROWS have these types
    )  # fmt: skip


def write_list(found: ReachingSixty, folder: Path, made_on: date) -> Path:
    """到龄人员名单 as ``.xlsx``."""
    path = folder / f"到龄人员-{show_month(found.month)}.xlsx"
    return write_reaching_list(path, reaching_rows(found), since=found.month, through=found.month + found.ahead, made_on=made_on,
                               illustrative=_assumed(found.basis))  # fmt: skip


def write_village_notices(
    found: ReachingSixty, village: str, folder: Path, made_on: date, *, whole_ids: bool = False
) -> Notices:
    """待遇领取通知表 of a village (or town), a sheet a person."""
    chosen = found.of_village(village)
    if chosen.is_empty():
        return Notices(0, None)
    people = tables.people(int(str(found.basis["pool"])), chosen["person_id"].to_list())
    numbers = people["person_id"].to_list()
    ids = dict(zip(numbers, sealed.open_ids(people["id_cipher"].to_list(), numbers), strict=True))
    rows = [_reaching(row, IdNumber(ids[row["person_id"]])) for row in chosen.iter_rows(named=True)]
    path = folder / f"待遇领取通知表-{village}-{show_month(found.month)}.xlsx"
    return Notices(len(rows), write_notices(
        path, rows, made_on=made_on, whole_ids=whole_ids, illustrative=_assumed(found.basis)))  # fmt: skip


def _assumed(basis: dict[str, object]) -> list[str]:
    names = basis["rests_on_illustrative"]
    return [str(one) for one in names] if isinstance(names, list) else []


def write_sheet(found: CalculationSheet, folder: Path, made_on: date, *, whole_ids: bool = False) -> Path:
    """养老金计算表 and 待遇核定表 of one person as ``.xlsx``."""
    number = tables.people(int(str(found.basis["pool"])), [found.person_id])
    clear = IdNumber(sealed.open_ids(number["id_cipher"].to_list(), [found.person_id])[0])
    account = [(f"其中：{one.zh}", fen) for one, fen in found.account.items()]
    pension = [(item.zh, fen) for item, fen in found.pension.items()]
    pension += [(f"基础养老金：{one.zh}", fen) for one, fen in found.levels.items()]
    pension += [(f"个人账户：{one.zh}部分", fen) for one, fen in found.account_pension.items()]
    form = Calculation(
        name=found.name, sex=found.sex, id_number=clear, category=found.category, village=found.village,
        village_code=found.village_code, enrolled=found.enrolled.isoformat() if found.enrolled else "未参保",
        paid_years=found.paid_years, account=account, account_fen=sum(found.account.values()), first_month=found.granted_from,
        month=found.month, route=route_zh(found), pension=pension, pension_fen=found.total_fen, how=found.how,
        holder=found.holder, bank=found.bank, account_number=found.masked_account, printed_on=made_on,
        illustrative=_assumed(found.basis),
    )  # fmt: skip
    return write_calculation(folder / f"养老金计算表-{found.person_id}.xlsx", form, whole_ids=whole_ids)
