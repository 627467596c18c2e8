"""A remembered profile says how a bureau's file is read."""

from __future__ import annotations

from typing import Any

from yingbao.formats.rosters import Profile, read_roster


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
