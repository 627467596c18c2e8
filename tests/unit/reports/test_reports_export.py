"""Exports are whole, masked and harmless, and say what they rest on."""

from __future__ import annotations

import csv

import polars as pl
import pytest
from busy import UNTIL
from world import POOL, VILLAGE_PEOPLE

from yingbao.reports.errors import UnknownExport
from yingbao.reports.export import TABLES, export
from yingbao.reports.table_files import _harmless
from yingbao.store.models import SourceRecord


@pytest.mark.parametrize("what", sorted(TABLES))
def test_csv_and_parquet_hold_the_same_number_of_rows(busy, tmp_path, what):
    made = [export(POOL, what, tmp_path, fmt, day=UNTIL) for fmt in ("csv", "parquet")]
    with made[0].path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == made[1].rows == pl.read_parquet(made[1].path).height


@pytest.mark.parametrize("what", sorted(TABLES))
def test_no_id_number_is_in_clear(busy, tmp_path, what):
    text = export(POOL, what, tmp_path, "csv", day=UNTIL).path.read_text(encoding="utf-8-sig")
    assert not [one.name for one in VILLAGE_PEOPLE.values() if one.number in text]


@pytest.mark.parametrize("what", sorted(TABLES))
def test_every_row_says_its_day_and_its_law(busy, tmp_path, what):
    frame = pl.read_parquet(export(POOL, what, tmp_path, "parquet", day=UNTIL).path)
    assert frame.select("as_of", "policy_version", "pool").unique().height == 1


def test_every_record_of_every_file_is_exported(busy, tmp_path):
    assert export(POOL, "dispositions", tmp_path, "parquet", day=UNTIL).rows == SourceRecord.objects.count()


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])
def test_a_cell_that_looks_like_a_formula_is_made_text(cell):
    assert _harmless(pl.DataFrame({"name": [cell]}))["name"].to_list() == ["'" + cell]


def test_an_ordinary_name_stays_as_it_is():
    assert _harmless(pl.DataFrame({"name": ["王桂兰"]}))["name"].to_list() == ["王桂兰"]


def test_an_unknown_table_is_refused_and_nothing_is_written(busy, tmp_path):
    with pytest.raises(UnknownExport):
        export(POOL, "everything", tmp_path / "out", "csv", day=UNTIL)
    assert not (tmp_path / "out").exists()
