"""The bureaux' files: as real ones look, and each fault where the truth says."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from yingbao.county.cast import KEYS, POVERTY, RURAL, URBAN
from yingbao.county.comparisons import DEATHS, DIED_IN_JANUARY, deaths_by
from yingbao.county.files import MAKERS, deliveries, write_files
from yingbao.county.people import County, make_county
from yingbao.county.rosters import MAKERS as ROSTERS
from yingbao.county.rosters import listed
from yingbao.values.month import month_of

NOVEMBER, TOLD = month_of(2018, 11), date(2018, 11, 22)


@pytest.fixture(scope="module")
def town() -> County:
    return make_county("town", 7)


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> tuple[County, Path]:
    county, folder = make_county("hamlet", 7), tmp_path_factory.mktemp("hamlet")
    write_files(county, folder)
    return county, folder


def test_the_same_seed_writes_the_same_bytes(hamlet, tmp_path: Path) -> None:
    _, folder = hamlet
    write_files(make_county("hamlet", 7), tmp_path)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_another_seed_writes_other_bytes(hamlet, tmp_path: Path) -> None:
    _, folder = hamlet
    write_files(make_county("hamlet", 8), tmp_path)
    name = "农保名册201811.xlsx"
    assert (folder / name).read_bytes() != (tmp_path / name).read_bytes()


def test_the_rural_list_has_the_heads_name_in_h_and_number_in_j_under_two_levels(town: County, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(ROSTERS[RURAL](town, NOVEMBER, TOLD).write(tmp_path)).worksheets[0]
    assert [sheet["H2"].value, sheet["J2"].value, sheet["K2"].value, sheet["K3"].value] == [
        "户主姓名", "身份证号码", "成员1", "姓名",
    ]  # fmt: skip
    assert "K2:L2" in sheet.merged_cells


def test_the_urban_list_says_urban_only_in_its_name(town: County, tmp_path: Path) -> None:
    path = ROSTERS[URBAN](town, NOVEMBER, TOLD).write(tmp_path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    words = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=2) for cell in row if cell.value)
    assert "城" in path.name
    assert "城" not in words
    assert sheet["I2"].value == "户主姓名"


def test_a_certificate_number_has_twenty_characters_and_ends_with_the_level(town: County) -> None:
    rows = ROSTERS["severe_disability"](town, NOVEMBER, TOLD).sheets[0].rows[1:]
    whole = [row for row in rows if len(str(row[1])) == 20]
    assert len(whole) > len(rows) * 0.9
    assert all("一二三四"[int(str(row[1])[-1]) - 1] + "级" == row[12] for row in whole)


def test_every_clean_part_shows_the_persons_own_name_and_number(town: County) -> None:
    people = dict(zip(town.people["number"], town.people.select("name", "id18").rows(), strict=True))
    made = ROSTERS[POVERTY](town, NOVEMBER, TOLD)
    for truth in made.truth:
        cells = made.sheets[0].rows[truth.row - 1]
        assert (tuple(cells[6:8]) == people[truth.number]) == (not set(truth.kinds) - {30, 32, 35, 40})


def test_the_total_at_the_foot_is_the_number_of_people_listed(town: County) -> None:
    made = ROSTERS[POVERTY](town, NOVEMBER, TOLD)
    foot = next(row for row in made.sheets[0].rows if row[:1] == ["合计"])
    assert foot[2] == f"{len(listed(town, POVERTY, NOVEMBER))}人"


def test_dirt_stays_where_it_was_a_month_later_until_it_is_mended(town: County) -> None:
    def faults(month: int) -> dict[int, tuple[int, ...]]:
        return {t.number: t.kinds for t in ROSTERS[RURAL](town, month, TOLD).truth if t.kinds}

    november, december, january = faults(NOVEMBER), faults(NOVEMBER + 1), faults(NOVEMBER + 2)
    assert {number: kinds for number, kinds in november.items() if number in december} == {
        number: kinds for number, kinds in december.items() if number in november
    }
    assert len(january) < len(december)


def test_chen_guilan_is_on_the_poverty_register_in_january_and_not_in_february(town: County) -> None:
    def on_it(month: int) -> bool:
        return any(row["number"] == KEYS["chen_guilan"] for row in listed(town, POVERTY, month))

    assert on_it(month_of(2019, 1))
    assert not on_it(month_of(2019, 2))


def test_a_death_of_january_is_first_told_in_march(town: County) -> None:
    number = KEYS["xu_changlin"]
    told = {month: deaths_by(town, month) for month in (NOVEMBER, NOVEMBER + 1, NOVEMBER + 2, NOVEMBER + 4)}
    assert [month for month, dead in told.items() if number in dead["number"]] == [month_of(2019, 3)]
    assert told[month_of(2019, 3)].filter(pl.col("number") == number)["died"].item() == DIED_IN_JANUARY


def test_three_sources_do_not_agree_on_every_day_of_death(town: County) -> None:
    sheets = MAKERS[DEATHS](town, NOVEMBER, TOLD).sheets
    assert len(sheets) == 3
    assert len({len(sheet.rows) for sheet in sheets}) > 1


def test_truth_names_every_part_of_every_file(hamlet) -> None:
    county, folder = hamlet
    truth = pl.read_parquet(folder / "truth.parquet")
    for delivery in deliveries(county):
        assert (truth["file"] == delivery.name).sum() == len(delivery.truth)


def test_text_files_are_in_gb18030_and_sheets_open(hamlet) -> None:
    _, folder = hamlet
    assert "公民身份号码" in (folder / "居保收费明细201811.csv").read_bytes().decode("gb18030")
    assert all(zipfile.is_zipfile(path) for path in [*folder.glob("*.xlsx"), *folder.glob("*.ods")])
