"""What each cell cleaner makes of one cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yingbao.formats.rosters.clean_id import clean_id, one_edit_candidates
from yingbao.formats.rosters.clean_name import clean_name, name_key, name_similarity
from yingbao.formats.rosters.clean_status import category_of, place, poverty_exit, poverty_flag, scheme_status
from yingbao.formats.rosters.clean_values import clean_amount, clean_date, clean_level
from yingbao.formats.rosters.gallery import made_up_id
from yingbao.values.identity import why_not_id


@pytest.mark.parametrize("value", [320682194909080000.0, 320682194909080023, True, date(1949, 9, 8), "3.20682E+17"])
def test_an_id_that_is_a_number_is_never_used(value: Any) -> None:
    cleaned = clean_id(value)
    assert (cleaned.number, cleaned.problem) == (None, "id_in_numeric_cell")


def test_a_number_cell_is_refused_even_when_its_check_digit_passes() -> None:
    passing = next(n for n in range(320682194909080000, 320682194999999999, 1000) if why_not_id(str(n)) is None)
    assert clean_id(float(passing)).problem == "id_in_numeric_cell"


def test_a_fifteen_digit_number_is_upgraded_and_kept() -> None:
    cleaned = clean_id("320622490908002")
    assert cleaned.number is not None
    assert cleaned.number.reveal() == "320622194909080027"
    assert cleaned.alias_15 is not None
    assert cleaned.alias_15.reveal() == "320622490908002"


def test_letters_for_digits_give_one_candidate() -> None:
    good = made_up_id("19670614", 33)
    cleaned = clean_id(good.replace("0", "O", 1))
    assert [candidate.reveal() for candidate in cleaned.candidates] == [good]


def test_a_look_alike_of_x_with_another_check_digit_is_asked() -> None:
    good = made_up_id("19670614", 33)
    assert not good.endswith("X")
    assert clean_id(good[:-1] + "×").problem == "id_x_lookalike_wrong"


def test_candidates_one_edit_away_all_pass_the_check() -> None:
    good = made_up_id("19670614", 33)
    damaged = good[:16] + str((int(good[16]) + 1) % 10) + good[17]
    candidates = one_edit_candidates(damaged)
    assert good in candidates
    assert all(why_not_id(candidate) is None for candidate in candidates)


@pytest.mark.parametrize("dot", "·•・‧∙．.･")
def test_every_middle_dot_becomes_one(dot: str) -> None:
    assert clean_name(f"阿依{dot}古丽").name == "阿依\u00b7古丽"


@pytest.mark.parametrize(("raw", "name"), [("李四(已故)", "李四"), ("张三（户主）", "张三"), ("王五*", "王五"), ("赵六已故", "赵六")])
def test_a_remark_leaves_the_name(raw: str, name: str) -> None:
    cleaned = clean_name(raw)
    assert (cleaned.name, cleaned.fixes) == (name, ["name_has_remark"])


@pytest.mark.parametrize("raw", ["龚䶮", "𬭎明", "欧阳娜娜"])
def test_rare_characters_stay(raw: str) -> None:
    assert clean_name(raw).name == raw


@pytest.mark.parametrize("raw", ["王?", "王？", "王□", "王\ue001", "王�"])
def test_unknown_characters_are_asked(raw: str) -> None:
    assert clean_name(raw).problem == "name_unknown_character"


def test_names_compare_by_sound_and_sign() -> None:
    assert name_key("陳國華") == name_key("陈国华")
    assert name_similarity("陳國華", "陈国华") == 100
    assert 75 <= name_similarity("柳康杰", "柳康洁") < 100
    assert name_similarity("柳康杰", "王芳") < 50


@pytest.mark.parametrize(
    ("value", "first", "exact"),
    [
        (43352, date(2018, 9, 9), "day"),
        ("2018.9.6", date(2018, 9, 6), "day"),
        ("2018年9月", date(2018, 9, 1), "month"),
        ("19490908", date(1949, 9, 8), "day"),
        (201605, date(2016, 5, 1), "month"),
        ("2017", date(2017, 1, 1), "year"),
    ],
)
def test_a_date_is_read_by_its_form(value: Any, first: date, exact: str) -> None:
    cleaned = clean_date(value)
    assert cleaned is not None
    assert (cleaned.first, cleaned.exact) == (first, exact)


@pytest.mark.parametrize("value", ["18.9.6", "49/9/8", "2018-13-01", "2018-02-30", "九月", 2018.1, 12, True])
def test_an_ambiguous_date_is_not_read(value: Any) -> None:
    assert clean_date(value) is None


@pytest.mark.parametrize(
    ("value", "fen"), [("100元", 10000), ("1,000.50", 100050), (148.05, 14805), ("￥135", 13500), (0.1 + 0.2, 30)]
)
def test_an_amount_is_read_strictly(value: Any, fen: int) -> None:
    assert clean_amount(value)[0] == fen


@pytest.mark.parametrize("value", ["1,00元", "一百", "100分", "约100", "1.005", 1.005, "", True])
def test_an_unclear_amount_is_not_read(value: Any) -> None:
    assert clean_amount(value)[0] is None


def test_categories_and_flags_are_read_as_bureaux_write_them() -> None:
    assert category_of("农村低保全额救助") == ("subsistence_rural", "full", True)
    assert category_of("低保边缘户") == (None, None, False)
    assert [poverty_flag(text, "脱贫属性") for text in ("未脱贫", "已脱贫", "返贫", "怪")] == [False, True, False, None]
    assert poverty_flag("是", "是否未脱贫") is False
    assert poverty_exit("") == (False, None)
    assert scheme_status("2-正常待遇") == ("other_pension", True)
    assert place("（原）高明镇") == ("高明镇", True)
    assert [clean_level(text) for text in ("一级", "肢体二级", "叁级", 4, "五级")] == [1, 2, 3, 4, None]
