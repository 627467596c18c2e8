"""Accounts worked by hand: what stands in the spreadsheets, the same in decimals, and what the rules derive are one."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from yingbao.county.formulas import Sheet
from yingbao.county.worked import EVEN, FOLDER, UNEVEN, all_worked, workbook, write_worked
from yingbao.policy.tree import load
from yingbao.rules.account import STOPS, accounts
from yingbao.rules.law import Law
from yingbao.rules.relations import CREDITS, FACTS, PERSONS, Facts
from yingbao.values.month import month_of

FEN = Decimal("0.01")
FILES = {"十五年-次月起息.xlsx": (EVEN, 12), "十五年-当月起息.xlsx": (EVEN, 13), "十五年-档次利率逐年不同.xlsx": (UNEVEN, 12)}
METHODS = {12: "month_product_next_month", 13: "month_product_same_month"}


def in_decimals(paid: list[tuple[int, int, int, int, int, str]], base: int) -> list[Decimal]:
    """The balances at the ends of the years."""
    balance, found = Decimal(0), []
    for _, own, month, subsidy, later, percent in paid:
        rate = Decimal(percent) / 100
        standing = (balance * rate).quantize(FEN, ROUND_HALF_UP)
        mine = (Decimal(own * (base - month) + subsidy * (base - later)) / 12 * rate).quantize(FEN, ROUND_HALF_UP)
        balance += own + subsidy + standing + mine
        found.append(balance)
    return found


def by_the_rules(paid: list[tuple[int, int, int, int, int, str]], base: int) -> Decimal:
    """What the program derives for the last of the years."""
    rows = [(1, bucket, 5, year, date(year, month, 9), fen * 100)
            for year, own, first, subsidy, later, _ in paid for bucket, month, fen in ((1, first, own), (4, later, subsidy))]  # fmt: skip
    told = {
        "account/crediting_rate": {f"{year}-01-01": percent for year, *_, percent in paid},
        "account/interest_method": {"2000-01-01": METHODS[base]}, "account/interest_lines": {"2000-01-01": "separately"},
        "account/late_rate": {"2000-01-01": "redecides"},
    }  # fmt: skip
    law = Law(load(region="rugao").in_force(None, told), month_of(paid[0][0], 1), month_of(paid[-1][0] + 1, 1))
    facts = Facts(pl.DataFrame(schema=PERSONS), pl.DataFrame(schema=FACTS), pl.DataFrame(rows, schema=CREDITS, orient="row"))
    return Decimal(int(accounts(facts, law, pl.DataFrame(schema=STOPS)).totals()["fen"][0])) / 100


def shown(name: str) -> list[list[object]]:
    """The values that a spreadsheet program shows before it reckons anything."""
    page = load_workbook(FOLDER / name, data_only=True).active
    return [list(row) for row in page.iter_rows(min_row=4, values_only=True)]


@pytest.mark.parametrize("name", FILES)
def test_fifteen_years_by_hand_in_decimals_and_by_the_rules_agree_to_the_fen(name: str) -> None:
    paid, base = FILES[name]
    rows, wanted = shown(name), in_decimals(list(paid), base)
    assert [Decimal(str(row[9])).quantize(FEN) for row in rows[:15]] == wanted
    assert wanted[-1] == by_the_rules(list(paid), base)
    assert Decimal(str(rows[17][9])).quantize(FEN) == (wanted[-1] / 139).quantize(FEN, ROUND_HALF_UP)


def test_the_published_fifteen_years_are_among_them() -> None:
    assert [in_decimals(EVEN, base)[-1] for base in (12, 13)] == [Decimal("2171.35"), Decimal("2174.17")]


def test_the_five_methods_of_a_year_close_as_the_handbook_says() -> None:
    assert [row[10] for row in shown("一年五种结息方法.xlsx")] == [1581.4, 1580.7, 1581.08, 1575, 1579.55]


def test_an_account_is_used_up_after_139_payments_and_the_treasury_pays_on() -> None:
    rows = shown("领取至用完以后.xlsx")
    assert [(row[0], row[3], row[4], row[5]) for row in rows[137:140]] == [(138, 100, 0, 100), (139, 100, 0, 0), (140, 0, 100, 0)]
    assert rows[144][2:5] == [14_400, 13_900, 500]


@pytest.mark.parametrize("worked", all_worked(), ids=lambda one: one.name)
def test_every_figure_that_is_reckoned_is_a_formula_in_its_cell(worked) -> None:
    page = load_workbook(BytesIO(workbook(worked))).active
    formulas = [cell.value for row in page.iter_rows(min_row=4) for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) == sum(text.startswith("=") for row in worked.rows for text in row) > 10


def test_the_examples_are_what_the_generator_writes(tmp_path: Path) -> None:
    write_worked(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {path.name: path.read_bytes() for path in FOLDER.iterdir()}


@pytest.mark.parametrize("formula", ["=MAX(A1,2)", "=SUM(A1)", "=A1**2", "=-A1"])
def test_a_formula_that_is_not_understood_is_no_number(formula: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Sheet({"A1": "1", "A2": formula}).value("A2")


def test_a_half_is_rounded_away_from_nothing() -> None:
    assert Sheet({"A1": "0.125", "A2": "=ROUND(A1,2)", "A3": "=ROUND(0-A1,2)"}).value("A2") == Fraction(13, 100)
    assert Sheet({"A1": "0.125", "A3": "=ROUND(0-A1,2)"}).value("A3") == Fraction(-13, 100)
