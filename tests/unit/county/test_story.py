"""The story as data: in order, complete, and close to the bulletin's figures."""

import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from yingbao.county.cast import KEYS
from yingbao.county.example import write_examples
from yingbao.county.expected import BY_DECEMBER, BY_NOVEMBER, poor_elders, proxied
from yingbao.county.people import County, make_county
from yingbao.county.story import FIRST_PROXY_BATCH, SECOND_PROXY_BATCH, bank_accounts, bank_answer, named_answers, steps


@pytest.fixture(scope="module")
def county() -> County:
    return make_county("county", 20181201)


def test_steps_run_forward_and_cover_all_parts_of_the_story() -> None:
    days = [step.on for step in steps()]
    assert days == sorted(days)
    assert {step.letter for step in steps()} == set("abcdefgh")


def test_every_file_is_loaded_before_the_batch_that_rests_on_it() -> None:
    rural = next(step.on for step in steps() if step.do == "load" and step.subject == "subsistence_rural")
    assert FIRST_PROXY_BATCH < rural < SECOND_PROXY_BATCH


def test_the_first_batch_and_the_year_are_near_the_bulletins_figures(county: County) -> None:
    first = set(proxied(county, BY_NOVEMBER, FIRST_PROXY_BATCH))
    year = first | set(proxied(county, BY_DECEMBER, SECOND_PROXY_BATCH))
    assert abs(len(first) - 3_229) < 65
    assert abs(len(year) - 11_472) < 150


def test_poor_elders_are_a_few_in_a_hundred_of_the_poor(county: County) -> None:
    elders = set(poor_elders(county, BY_DECEMBER, date(2018, 11, 30)))
    assert {KEYS[key] for key in ("chen_guilan", "zhang_nainai", "liu_kangjie", "huang_yufang")} <= elders
    assert not {KEYS["liu_kangjie_next_day"], KEYS["li_ayi"], KEYS["wu_xiaoman"]} & elders
    assert 300 < len(elders) < 600


def test_the_bank_answers_in_every_class_and_the_same_each_time(county: County) -> None:
    id_of = dict(zip(county.people["number"], county.people["id18"], strict=True))
    named = named_answers(id_of)
    answers = [bank_answer(id18, "2018-12", named) for id18 in county.people["id18"].head(20_000).to_list()]
    assert {answer.outcome for answer in answers} == {"settled", "curable", "do_not_resend", "unknown"}
    assert bank_answer(id_of[KEYS["liu_kangjie"]], "2018-12", named).outcome == "curable"
    assert bank_answer(id_of[KEYS["huang_yufang"]], "2018-12", named).outcome == "unknown"


def test_the_elders_of_the_story_have_a_card(county: County) -> None:
    with_card = set(bank_accounts(county)["number"])
    assert {KEYS[key] for key in ("chen_guilan", "liu_kangjie", "zhang_nainai", "zhou_guifang")} <= with_card


def _content(path: Path) -> object:
    """What is in a file: packed alike or not, compressed by one library or another."""
    if path.suffix == ".parquet":
        return pl.read_parquet(path).rows()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as pack:
            return {name: pack.read(name) for name in pack.namelist()}
    return path.read_bytes()


def test_the_examples_in_the_repository_are_what_the_generator_writes(tmp_path: Path) -> None:
    kept = Path(__file__).parents[3] / "examples" / "rosters"
    write_examples(tmp_path)
    assert {path.name: _content(path) for path in tmp_path.iterdir()} == {
        path.name: _content(path) for path in kept.iterdir()
    }


def test_the_examples_are_small_enough_to_read(tmp_path: Path) -> None:
    write_examples(tmp_path)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 300_000
