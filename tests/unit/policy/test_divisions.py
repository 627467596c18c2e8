"""Towns and villages by code; addresses as people write them; never a village by its name alone."""

from datetime import date

import pytest

from yingbao.policy.address import WHY_NO_VILLAGE, AddressReader
from yingbao.policy.divisions import load_divisions
from yingbao.policy.errors import BadDivisions


@pytest.fixture(scope="module")
def divisions():
    return load_divisions()


@pytest.fixture(scope="module")
def reader(divisions):
    return AddressReader(divisions)


FOUND = {
    "江苏省如皋市长江镇杨洲居3组": "320682111023",
    "江苏省南通市如皋市长江镇杨洲居委会": "320682111023",
    "长江镇杨洲社区居民委员会12组": "320682111023",
    "长江镇杨洲村": "320682111023",
    "长江镇杨洲3组": "320682111023",
    "如皋县长江镇 杨洲居 ３组": "320682111023",
    "如皋市杨洲居3组": "320682111023",
    "长江镇薛窑路12号杨洲居3组": "320682111023",
    "江安镇中心居2组": "320682113009",
    "搬经镇中心居委会": "320682116012",
    "如城街道安定居": "320682001002",
    "如城街道安定村3组": "320682001204",
    "如皋市（原）雪岸镇雪岸居1组": "320682103008",
    "雪岸镇雪岸居1组": "320682103008",
    "如皋市经济开发区袁桥居": "320682400021",
    "高新区马塘社区": "320682401007",
    "九华镇小马桥村8组": "320682108249",
}
NOT_FOUND = {
    "": "empty",
    "海安市曲塘镇某某村": "other_county",
    "湘潭市雨湖区长城乡某某村某组": "other_county",
    "如皋市某某镇杨洲村": "town_unknown",
    "长江镇": "village_missing",
    "长江镇无名村": "village_unknown",
    "长江镇中心居": "village_unknown",
    "如皋市中心居委会": "ambiguous_village",
    "如皋市杨庄村2组": "ambiguous_village",
    "如城街道安定3组": "ambiguous_kind",
}


@pytest.mark.parametrize("text", FOUND)
def test_an_address_names_its_village(reader, text):
    assert reader.place(text).village == FOUND[text]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_an_address_that_names_no_village_has_a_reason(reader, text):
    place = reader.place(text)
    assert (place.village, place.reason) == (None, NOT_FOUND[text])
    assert place.reason in WHY_NO_VILLAGE


def test_every_reason_is_tried():
    assert set(NOT_FOUND.values()) == set(WHY_NO_VILLAGE)


def test_a_repeated_village_name_comes_with_its_candidates(reader):
    assert reader.place("如皋市中心居委会").candidates == ("320682113009", "320682116012")


def test_a_town_column_settles_a_repeated_name(reader):
    assert reader.place("杨庄村2组", town="320682110").village == "320682110212"


def test_an_old_town_name_is_told_as_an_alias(reader):
    assert reader.place("(原)雪岸镇雪岸居").by_alias == "（原）雪岸镇"


def test_a_town_column_is_read_by_any_of_its_names(reader):
    assert {reader.town_code(name) for name in ("长江镇", "如皋市长江镇")} == {"320682111"}
    assert reader.town_code("无名镇") is None


def test_every_village_is_found_again_by_its_full_name(divisions, reader):
    lost = [one.code for one in divisions.villages() if reader.place(divisions.full_name(one.code)).village != one.code]
    assert lost == []


def test_the_county_has_its_towns_and_villages(divisions):
    assert len(divisions.towns(on=date(2022, 1, 1))) == 21
    assert len(divisions.villages()) == 355


def test_an_abolished_unit_is_there_in_its_time_and_leads_to_its_heir(divisions):
    assert "320682410" in {one.code for one in divisions.towns(on=date(2018, 12, 1))}
    assert divisions.current("320682410") == "320682108"


def test_a_village_is_found_by_code(divisions):
    assert divisions.village("320682111023").name == "杨洲居委会"
    assert divisions.town("320682111023").name == "长江镇"
    assert divisions.village("320682111999") is None


HEAD = "code,name,parent,valid_from,valid_until,merged_into\n320999,某县,,,,\n"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("320999001,某镇,320998,,,\n", 3),
        ("32099901,某镇,320999,,,\n", 3),
        ("320999001,,320999,,,\n", 3),
        ("320999001,某镇,320999,2018,,\n", 3),
        ("320999001,某镇,320999\n", 3),
        ("320999001,某镇,320999,,,320999002\n", 3),
        ("320999001,某镇,320999,,,\n320999001,某镇,320999,,,\n", 4),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, row, line):
    (tmp_path / "divisions").mkdir()
    (tmp_path / "divisions/320999.csv").write_text(HEAD + row, encoding="utf-8")
    with pytest.raises(BadDivisions) as caught:
        load_divisions(tmp_path, 320999)
    assert caught.value.details["line"] == line
