"""放弃意向书: counselled in figures of the day, signed before two, kept with the number of the text, taken back at any time."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from world import World, in_file

from yingbao.acts import waivers
from yingbao.acts.errors import WaiverNotAllowed, WaiverNotSound
from yingbao.policy.tree import policy_root
from yingbao.reports.waivers import signed, write_form
from yingbao.store.models import AuditEvent, Fact

POOL, DAY = 320682, date(2018, 12, 3)
TWO = ["村协办员甲", "邻居乙"]


def sign(world: World, name: str, scope: str, day: date = DAY) -> Fact:
    made: Fact = waivers.sign(world.person(name), scope, counselled=True, witnesses=TWO, **world.by("maker", day))
    return made


def test_the_form_says_in_figures_of_the_day_what_is_given_up_and_its_number_is_kept_with_the_act(world: World, tmp_path: Path) -> None:
    path, number, _ = write_form(POOL, world.person("张玉珍"), "all", DAY, tmp_path)
    text = str(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    for said in ("代缴 100.00 元", "每月 135.00 元", "支付终身", "不计入家庭收入", "只叠加", "签字次月起生效", "以后不补", number,
                 "随时可以撤回"):  # fmt: skip
        assert said in text, said
    made = sign(world, "张玉珍", "all")
    assert made.reference.endswith(number)
    assert number in AuditEvent.objects.order_by("seq").last().summary
    assert [(one["name"], one["scope"], one["state"], one["text"]) for one in signed(POOL)] == [("张玉珍", "all", "standing", number)]


def test_the_text_of_another_year_has_other_figures_and_another_number(world: World, tmp_path: Path) -> None:
    person = world.person("张玉珍")
    numbers = {write_form(POOL, person, "benefit", day, tmp_path)[1] for day in (DAY, date(2019, 5, 6), date(2020, 3, 1))}
    assert len(numbers) == 3
    path, _, _ = write_form(POOL, person, "benefit", date(2020, 3, 1), tmp_path)
    assert "尚未核对到 2020-03" in str(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def test_a_waiver_stops_the_months_after_it_and_its_withdrawal_begins_them_again(world: World) -> None:
    made = sign(world, "张玉珍", "benefit", date(2018, 12, 5))
    assert "张玉珍" in in_file(world.month("2018-12"))
    assert "张玉珍" not in in_file(world.month("2019-01"))
    waivers.withdraw(made.pk, **world.by("maker", date(2019, 1, 20)))
    assert in_file(world.month("2019-02"))["张玉珍"] == 13_500
    with pytest.raises(WaiverNotSound, match="已经撤回"):
        waivers.withdraw(made.pk, **world.by("maker", date(2019, 1, 21)))


def test_nobody_signs_twice_a_day_nor_without_counselling_nor_before_one_witness(world: World) -> None:
    person = world.person("张玉珍")
    sign(world, "张玉珍", "benefit")
    with pytest.raises(WaiverNotSound, match="当天已经签过"):
        sign(world, "张玉珍", "benefit")
    with pytest.raises(WaiverNotSound, match="劝导"):
        waivers.sign(person, "all", counselled=False, witnesses=TWO, **world.by("maker", DAY))
    with pytest.raises(WaiverNotSound, match="见证人"):
        waivers.sign(person, "all", counselled=True, witnesses=["甲", " 甲"], **world.by("maker", DAY))


def test_where_the_law_allows_no_waiver_none_is_signed(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    law = tmp_path / "policy"
    shutil.copytree(policy_root(), law)
    switch = law / "rugao" / "waiver" / "allowed.yaml"
    switch.write_text(switch.read_text(encoding="utf-8").replace("{value: true}", "{value: false}"), encoding="utf-8")
    monkeypatch.setenv("YINGBAO_POLICY", str(law))
    with pytest.raises(WaiverNotAllowed, match="2018-12-03"):
        sign(world, "张玉珍", "all")
