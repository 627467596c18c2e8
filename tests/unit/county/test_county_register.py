"""The opening register: its amounts add up to the totals that the office types in."""

import json
from pathlib import Path

import polars as pl
import pytest

from yingbao.county.people import County, make_county
from yingbao.county.register import BUCKETS, register_of, write_register
from yingbao.values.money import fen_of_yuan


@pytest.fixture(scope="module")
def town() -> County:
    return make_county("town", 7)


@pytest.fixture(scope="module")
def rows(town: County, tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, dict[str, str], pl.DataFrame]:
    csv, totals, truth = write_register(town, tmp_path_factory.mktemp("register"))
    return pl.read_csv(csv, infer_schema=False), json.loads(totals.read_text(encoding="utf-8")), truth


def _sum(rows: pl.DataFrame, column: str) -> int:
    return sum(fen_of_yuan(text) for text in rows[column].drop_nulls().to_list())


def test_each_bucket_of_the_file_adds_up_to_its_control_total(rows) -> None:
    table, totals, _ = rows
    assert {name: _sum(table, zh) for name, zh in BUCKETS} == {
        name: fen_of_yuan(totals[f"{name}_yuan"]) for name, _ in BUCKETS
    }


def test_the_monthly_pensions_of_the_file_add_up_to_their_control_totals(rows) -> None:
    table, totals, _ = rows
    assert _sum(table, "月基础养老金") == fen_of_yuan(totals["monthly_base_yuan"])
    assert _sum(table, "月个人账户养老金") == fen_of_yuan(totals["monthly_account_pension_yuan"])


def test_persons_payers_and_pensioners_are_counted(rows) -> None:
    table, totals, _ = rows
    assert totals["persons"] == len(table) == totals["payers"] + totals["pensioners"]
    assert totals["pensioners"] == table["待遇领取年月"].count()


def test_every_pensioner_has_the_base_of_2018_and_was_sixty_at_the_award(town: County) -> None:
    pensioners = register_of(town).filter(pl.col("award_month").is_not_null()).join(town.people, on="number")
    sixty = pensioners["birth"].dt.year().cast(pl.Int64) * 12 + pensioners["birth"].dt.month() - 1 + 720
    assert (pensioners["award_month"] > sixty).all()
    assert pensioners["base_fen"].unique().to_list() == [13_500]


def test_no_amount_is_negative_and_nobody_enrolled_after_the_award(town: County) -> None:
    register = register_of(town)
    assert register.select(pl.col("^.*_fen$").min()).min_horizontal()[0] >= 0
    enrolled = register["enrolled"].dt.year().cast(pl.Int64) * 12 + register["enrolled"].dt.month() - 1
    assert (enrolled <= register["award_month"]).drop_nulls().all()


def test_accounts_are_distinct(town: County) -> None:
    accounts = register_of(town)["account"].drop_nulls()
    assert accounts.n_unique() == len(accounts)


def test_each_flaw_stands_in_the_row_that_the_truth_names(town: County, rows) -> None:
    table, _, truth = rows
    clean = dict(zip(town.people["number"], town.people["id18"], strict=True))
    for row, number, kind in truth.iter_rows():
        found = table.row(row - 2, named=True)
        assert (found["公民身份号码"] == clean[number]) == (kind not in (5, 9)) or clean[number][17] != "X"
        assert (found["姓名"] == "") == (kind == 21)


def test_the_same_seed_writes_the_same_bytes(town: County, tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    assert write_register(town, first)[0].read_bytes() == write_register(town, second)[0].read_bytes()
