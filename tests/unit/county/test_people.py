"""The people of the made-up county: the same for the same seed, sound, and as many as the bulletin says."""

import polars as pl
import pytest

from yingbao.county.cast import CAST
from yingbao.county.errors import UnknownSize
from yingbao.county.people import County, make_county
from yingbao.county.places import STORY_TOWN
from yingbao.values.identity import why_not_id


@pytest.fixture(scope="module")
def town() -> County:
    return make_county("town", 7)


def test_the_same_seed_draws_the_same_people(town: County) -> None:
    again = make_county("town", 7)
    assert town.people.equals(again.people)
    assert town.claims.equals(again.claims)


def test_another_seed_draws_other_people(town: County) -> None:
    other = make_county("town", 8).people
    common = set(other["id18"].to_list()) & set(town.people["id18"].to_list())
    assert len(common) < len(other) // 5


def test_every_id_number_is_sound_and_nobody_shares_one(town: County) -> None:
    assert {why_not_id(text) for text in town.people["id18"].to_list()} == {None}
    assert town.people["id18"].n_unique() == len(town.people)


def test_the_number_tells_birthday_and_sex(town: County) -> None:
    told = town.people.select(
        born=pl.col("id18").str.slice(6, 8).str.to_date("%Y%m%d") == pl.col("birth"),
        sex=(pl.col("id18").str.slice(16, 1).cast(pl.Int64) % 2 == 1) == (pl.col("sex") == "男"),
    )
    assert told["born"].all()
    assert told["sex"].all()


def test_most_people_have_the_old_area_code_and_some_come_from_elsewhere(town: County) -> None:
    shares = town.people.group_by(pl.col("id18").str.slice(0, 6)).len().sort("len", descending=True)
    assert shares["id18"][0] == "320622"
    assert shares["id18"].n_unique() > 8


def test_a_town_has_thirty_thousand_people_in_one_town(town: County) -> None:
    assert 29_000 < len(town.people) < 31_000
    assert town.people["village"].str.starts_with(STORY_TOWN).all()
    assert (town.people["role"] == "payer").sum() == 14_000


def test_the_county_has_the_bulletins_payers_and_pensioners_in_all_towns() -> None:
    people = make_county("county", 7).people
    assert dict(people["role"].value_counts().rows()).items() >= {"payer": 335_600, "pensioner": 316_200}.items()
    assert people["village"].str.slice(0, 9).n_unique() == 14
    assert people["id18"].n_unique() == len(people)


def test_the_people_of_the_story_are_themselves_whatever_the_seed(town: County) -> None:
    for person in CAST:
        row = town.person(person.key)
        assert (row["name"], row["birth"], row["role"]) == (person.name, person.born, person.role)


def test_two_men_of_one_name_and_village_differ_by_a_day(town: County) -> None:
    first, second = town.person("liu_kangjie"), town.person("liu_kangjie_next_day")
    assert (first["name"], first["village"]) == (second["name"], second["village"])
    assert (second["birth"] - first["birth"]).days == 1


def test_households_have_at_most_six_members_and_live_together(town: County) -> None:
    homes = town.people.filter(pl.col("household") >= 0).group_by("household").agg(
        pl.len(), pl.col("village").n_unique()
    )  # fmt: skip
    assert homes["len"].max() <= 6
    assert homes["village"].max() == 1


def test_a_size_that_is_not_made_is_refused_in_words() -> None:
    with pytest.raises(UnknownSize, match="town、county、hamlet"):
        make_county("city", 1)
