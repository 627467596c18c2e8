"""Every fault of a result of certification and of a list of deaths is asked by its name, goes back, and comes again mended."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from yingbao.formats.certificates import read_certificates
from yingbao.formats.death_list import read_death_list
from yingbao.formats.plain_gallery import CERTIFICATES, DEATHS, certificates, deaths, write_galleries
from yingbao.formats.rosters.dirt import REASONS
from yingbao.formats.rosters.gallery import made_up_id

SHIPPED = Path(__file__).parents[3] / "examples"


@pytest.fixture(params=["fresh", "shipped"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "shipped":
        return SHIPPED
    write_galleries(tmp_path)
    return tmp_path


def mended(path: Path) -> Path:
    """The file that came back, with a good number, day and way in every row."""
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(book["名单"].iter_rows(min_row=3)):
        for cell, good in zip(row[1:4], (made_up_id("19450607", 600 + number), "2018-12-05", "上门"), strict=False):
            cell.value = good
    book.save(path)
    return path


def test_results_of_certification_are_judged_row_by_row_and_mended(folder: Path, tmp_path: Path) -> None:
    found = read_certificates(folder / CERTIFICATES)
    assert [",".join(one.problems) for one in found.rows] == [code for _, code in certificates()]
    assert len(found.ignored) == 4
    back = found.write_back([(one.sheet, one.row, "", ",".join(one.problems)) for one in found.rows if one.problems], tmp_path)
    assert back is not None
    again = read_certificates(mended(back))
    assert [one.problems for one in again.rows] == [[]] * sum(bool(code) for _, code in certificates())


def test_deaths_are_judged_row_by_row_and_mended(folder: Path, tmp_path: Path) -> None:
    found = read_death_list(folder / DEATHS)
    for one, (_, code) in zip(found.rows, deaths(), strict=True):
        assert bool(one.problem) == bool(code)
        assert (REASONS[code].zh if code in REASONS else code) in one.problem
    back = found.write_back([(one.sheet, one.row, one.problem) for one in found.rows if one.problem], tmp_path)
    assert back is not None
    again = read_death_list(mended(back))
    assert [one.problem for one in again.rows] == [""] * sum(bool(code) for _, code in deaths())
