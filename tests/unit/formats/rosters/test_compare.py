"""A roster against the one before it, levels of matching, and profiles."""

from __future__ import annotations

from typing import Any

import pytest

from yingbao.formats.rosters import Profile, read_roster
from yingbao.formats.rosters.compare import compare, likeness, stale, substance_by_id
from yingbao.formats.rosters.gallery import made_up_id
from yingbao.values.month import month_of

NOVEMBER = month_of(2018, 11)
ID = made_up_id("19680101", 51)
NEAR = next(text for n in range(52, 999) if (text := made_up_id("19680101", n)) and sum(a != b for a, b in zip(text, ID, strict=True)) == 2)


def test_joined_left_same_and_changed_make_the_whole() -> None:
    found = compare({1: "a", 2: "a", 3: "a"}, {2: "a", 3: "b", 4: "a"})
    assert (found.joined, found.left, found.same, found.changed) == ({4}, {1}, {2}, {3})
    assert found.moved_bp == 7500


def test_a_roster_that_moved_too_much_or_is_older_is_stale() -> None:
    before = dict.fromkeys(range(100), "a")
    few = compare(before, dict.fromkeys(range(5, 105), "a"))
    many = compare(before, dict.fromkeys(range(50, 150), "a"))
    assert stale(few, month=NOVEMBER, previous_month=NOVEMBER - 1) is None
    found = stale(many, month=NOVEMBER, previous_month=NOVEMBER - 1)
    assert found is not None
    assert "新增50、减少50" in found.text()
    assert stale(few, month=NOVEMBER, previous_month=NOVEMBER + 1) is not None


def test_a_reading_gives_what_money_depends_on(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "救助类型"], ["王一", ids[1], "全额"], ["王?", ids[2], "全额"]]
    reading = read_roster(book("农村低保.xlsx", {"a": rows}))
    assert list(substance_by_id(reading).values()) == [("subsistence_rural", "full", None)]


@pytest.mark.parametrize(
    ("name", "number", "level"),
    [
        ("沈桂芳", ID, "L1"),
        ("沈桂方", ID, "L2"),
        ("沈桂芳", made_up_id("19680101", 853, "320622"), "L4"),
        ("王芳", made_up_id("19680101", 853, "320622"), None),
    ],
)
def test_matching_has_levels(name: str, number: str, level: str | None) -> None:
    found = likeness(
        name=name, id_text=number, birth="1968", village="杨洲居",
        other_names=["沈桂芳"], other_id_text=ID, other_birth="1968", other_village="杨洲居",
    )  # fmt: skip
    assert (found.level if found else None) == level


def test_a_number_one_edit_away_is_level_three() -> None:
    swapped = next(
        text for place in range(14, 17)
        if (text := ID[:place] + ID[place + 1] + ID[place] + ID[place + 2 :]) != ID
    )  # fmt: skip
    found = likeness(
        name="沈桂芳", id_text=swapped, birth="1968", village=None,
        other_names=["沈桂芳"], other_id_text=ID, other_birth="1968", other_village=None,
    )  # fmt: skip
    assert found is not None
    assert found.level == "L3"


def test_a_profile_reads_headings_that_no_synonym_knows(book: Any, ids: list[str]) -> None:
    rows = [["甲", "乙", "丙"], ["王一", "杨洲居", ids[1]]]
    path = book("特困.xlsx", {"a": rows})
    profile = Profile.from_dict({"kind": "destitute", "columns": {"甲": "name", "乙": "village", "丙": "id"}})
    reading = read_roster(path, profile=profile)
    assert reading.sheets[0].mapping == {"name": "A", "village": "B", "id": "C"}
    assert reading.problems == []


def test_a_profile_whose_headings_changed_is_said_and_guessing_helps(book: Any, ids: list[str]) -> None:
    old = read_roster(book("特困.xlsx", {"a": [["姓名", "身份证号", "村"], ["王一", ids[1], "杨洲居"]]})).profile
    remembered = Profile.from_dict(old.as_dict())
    reading = read_roster(book("特困2.xlsx", {"a": [["姓名", "公民身份号码"], ["王一", ids[1]]]}), profile=remembered)
    assert [problem.code for problem in reading.problems] == ["profile_headings_changed"]
    assert reading.records[1].disposition == "stored"


def test_a_heading_that_a_clerk_set_aside_is_not_read(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "身份证号", "出生日期"], ["王一", ids[1], "1950-01-01"]]
    profile = Profile.from_dict({"kind": "destitute", "columns": {"姓名": "name", "身份证号": "id", "出生日期": ""}})
    assert read_roster(book("特困.xlsx", {"a": rows}), profile=profile).records[1].codes == []
