"""Lists against falling back into poverty: which group each row is of, and who is watched no longer."""

from __future__ import annotations

from typing import Any

import pytest

from yingbao.formats.rosters import RosterReading, read_roster
from yingbao.formats.rosters.watched import watched_group

LABELS = ["乡镇", "行政村", "姓名", "证件号码", "监测对象类别"]


def groups(reading: RosterReading) -> list[tuple[str, str | None]]:
    return [(one.disposition, one.fields.category) for one in reading.records if one.is_person]


@pytest.mark.parametrize(("text", "group"), [
    ("返贫致贫人口", "fallen_into_poverty"), ("致贫户", "fallen_into_poverty"), ("返贫", "fallen_into_poverty"),
    ("脱贫不稳定户", "monitored_unstable"), ("边缘易致贫户", "monitored_marginal"), ("边缘户", "monitored_marginal"),
    ("突发严重困难户", "monitored_hardship"), ("易返贫致贫人口", None), ("防止返贫监测对象", None), ("低保边缘户", None),
    ("脱贫不稳定户、边缘易致贫户", None), ("一般农户", None), ("", None),
])  # fmt: skip
def test_a_word_names_one_group_or_none(text: str, group: str | None) -> None:
    assert watched_group(text) == group


def test_each_row_says_its_group_and_one_that_says_none_is_asked(book: Any, ids: list[str]) -> None:
    words = ["脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "一般农户"]
    rows = [["长江镇", "杨洲居", ["王一", "王二", "王三", "王四"][place], ids[place], word] for place, word in enumerate(words)]
    reading = read_roster(book("防返贫监测对象202106.xlsx", {"Sheet1": [LABELS, *rows]}))
    assert reading.kind == "poverty_watch"
    assert groups(reading) == [("stored", "monitored_unstable"), ("stored", "monitored_marginal"),
                               ("stored", "monitored_hardship"), ("quarantined", None)]  # fmt: skip
    assert reading.records[-1].codes == ["category_unknown"]


def test_the_name_of_a_list_says_the_group_of_its_rows(book: Any, ids: list[str]) -> None:
    rows = [["返贫致贫人口名单（2021年6月）"], LABELS[:4], ["长江镇", "杨洲居", "王一", ids[0]]]
    reading = read_roster(book("名单.xlsx", {"Sheet1": rows}))
    assert (reading.kind, groups(reading)) == ("poverty_watch", [("stored", "fallen_into_poverty")])


def test_lines_between_the_rows_say_the_group_of_those_below(book: Any, ids: list[str]) -> None:
    first, second = (["长江镇", "杨洲居", name, number] for name, number in zip(("王一", "王二"), ids, strict=False))
    rows = [LABELS[:4], ["一、脱贫不稳定户"], first, ["二、边缘易致贫户"], second]
    reading = read_roster(book("监测对象202106.xlsx", {"Sheet1": rows}))
    assert groups(reading) == [("stored", "monitored_unstable"), ("stored", "monitored_marginal")]


@pytest.mark.parametrize(("over", "disposition"), [
    ("是", "quarantined"), ("否", "stored"), ("已消除", "quarantined"), ("未消除", "stored")])  # fmt: skip
def test_whose_risk_is_over_is_watched_no_longer(book: Any, ids: list[str], over: str, disposition: str) -> None:
    rows = [[*LABELS, "风险是否已消除"], ["长江镇", "杨洲居", "王一", ids[0], "脱贫不稳定户", over]]
    reading = read_roster(book("监测对象202106.xlsx", {"Sheet1": rows}))
    assert [one for one, _ in groups(reading)] == [disposition]


def test_the_day_on_which_the_risk_was_over_ends_the_category(book: Any, ids: list[str]) -> None:
    rows = [[*LABELS, "风险消除时间"], ["长江镇", "杨洲居", "王一", ids[0], "脱贫不稳定户", "2021-03-31"]]
    reading = read_roster(book("监测对象202106.xlsx", {"Sheet1": rows}))
    assert str(reading.records[-1].fields.holds_until) == "2021-03-31"


def test_the_register_of_the_poor_is_still_one_where_somebody_is_unstable(book: Any, ids: list[str]) -> None:
    rows = [["姓名", "证件号码", "脱贫属性"], ["王一", ids[0], "未脱贫"], ["王二", ids[1], "脱贫不稳定"]]
    reading = read_roster(book("建档立卡人口201811.xlsx", {"Sheet1": rows}))
    assert [(reading.kind, one.fields.poverty_exit_flag) for one in reading.records[1:]] == [
        ("poverty_register", False), ("poverty_register", True)]  # fmt: skip
