"""A certificate that ends holds money and nothing else; a visit lets it flow; a suspicion is confirmed or cleared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from world import VILLAGE_PEOPLE, World, in_file

from yingbao.acts import certificates as acts
from yingbao.acts.errors import CertificateNotSound, NoSuspicion
from yingbao.formats.certificates import CertificateFileRefused, read_certificates
from yingbao.reports.certificates import certificates, write_papers
from yingbao.reports.checks.run import run_checks
from yingbao.reports.explain import explain
from yingbao.store.models import Fact
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text

LATE, NEXT = date(2020, 1, 10), date(2020, 1, 20)
HEADINGS = ("姓名", "公民身份号码", "认证日期", "认证方式")


def row(name: str, day: str, way: str, number: str | None = None) -> tuple[str, str, str, str]:
    return (name, number or VILLAGE_PEOPLE[name].number, day, way)


def booked_to_the_end_of_2019(world: World) -> None:
    world.recognise("2019-12", date(2019, 12, 10))


def test_past_the_last_day_everybody_waits_and_whoever_certifies_is_paid_all_of_it(world: World) -> None:
    booked_to_the_end_of_2019(world)
    assert list(in_file(world.pay("2019-12", LATE))) == ["柳小杰"]  # a pensioner only since 2019-01
    acts.record(world.person("王桂兰"), "village_visit", **world.by("maker", NEXT))
    paid = in_file(world.pay("2019-12", NEXT))
    assert list(paid) == ["王桂兰"]
    assert paid["王桂兰"] == 13_500 + 12 * 14_800 + 13 * 2_000


def test_on_the_last_day_nobody_waits(world: World) -> None:
    booked_to_the_end_of_2019(world)
    assert len(in_file(world.pay("2019-12", date(2019, 12, 31)))) > 8


def test_a_file_of_results_certifies_its_good_rows_and_sends_the_others_back(world: World) -> None:
    stranger = "320622194001010012"
    path = world.table("认证结果.csv", HEADINGS, [
        row("王桂兰", "2020-01-08", "上门"), row("李秀英", "2020/1/9", "手机认证"), row("赵国强", "去年", "上门"),
        row("孙德明", "2020-01-08", "打电话"), row("生人", "2020-01-08", "上门", stranger), row("周福生", "2020-02-08", "窗口"),
        row("王桂兰", "2020-01-08", "上门"),
    ])  # fmt: skip
    booked_to_the_end_of_2019(world)
    found = acts.load(read_certificates(path), **world.by("maker", LATE))
    assert found.counts == {"read": 8, "stored": 2, "quarantined": 5, "ignored": 1, "waiting": 0}
    assert [codes for *_, codes in found.refused][:2] == ["certificate_day_unclear", "certificate_way_unknown"]
    assert [codes for *_, codes in found.refused][3:] == ["certificate_in_future", "certificate_told_twice"]
    assert sorted(in_file(world.pay("2019-12", LATE))) == ["李秀英", "柳小杰", "王桂兰"]
    again = acts.load(read_certificates(path), **world.by("maker", NEXT))
    assert (again.repeated, again.refused) == (True, found.refused)
    assert [one for one in run_checks(320682, NEXT) if not one.ok] == []


def test_a_number_under_another_name_certifies_nobody(world: World) -> None:
    path = world.table("认证结果.csv", HEADINGS, [row("李秀英", "2020-01-08", "上门", VILLAGE_PEOPLE["王桂兰"].number)])
    found = acts.load(read_certificates(path), **world.by("maker", LATE))
    assert found.refused == [("认证结果", 2, "李秀英", "same_id_different_names")]
    assert not Fact.objects.filter(kind=int(FactKind.LIFE_CERTIFICATE)).exists()


def test_a_file_without_the_three_headings_is_refused(world: World) -> None:
    path = world.table("别的.csv", ("姓名", "公民身份号码"), [("王桂兰", VILLAGE_PEOPLE["王桂兰"].number)])
    with pytest.raises(CertificateFileRefused, match="认证日期"):
        read_certificates(path)


def test_the_list_names_who_must_be_asked_by_village_and_its_sheet_is_read_back(world: World, tmp_path: Path) -> None:
    booked_to_the_end_of_2019(world)
    early, soon, past = (certificates(320682, day) for day in (date(2019, 10, 31), date(2019, 12, 21), LATE))
    assert {one["state"] for one in early.counts()} == {"good"}
    assert {one["state"] for one in soon.counts()} == {"last_warning", "first_warning"}
    assert {one["state"]: one["count"] for one in past.counts()} == {"lapsed": soon.rows.height - 1, "second_warning": 1}
    papers = write_papers(past, 320682, 60, tmp_path, whole_ids=True)
    cells = CalamineWorkbook.from_path(papers[1]).get_sheet_by_index(0).to_python()
    assert sum(VILLAGE_PEOPLE["王桂兰"].number in line for line in cells) == 1
    blank = read_certificates(papers[1])
    assert {code for one in blank.rows if one.number for code in one.problems} == {
        "certificate_day_unclear", "certificate_way_unknown"}  # fmt: skip


def test_a_suspected_death_holds_and_is_cleared_with_what_waited(world: World) -> None:
    person = world.person("吴玉珍")
    acts.suspect(person, "火化名单 2018-12 第 3 行", **world.by("maker", date(2018, 12, 3)))
    assert "吴玉珍" not in in_file(world.month("2018-12"))
    acts.clear(person, "village_visit", "村协办员见到本人", **world.by("maker", date(2018, 12, 20)))
    assert in_file(world.pay("2018-12", date(2018, 12, 20))) == {"吴玉珍": 13_500 + 2_000}


def test_a_suspected_death_is_confirmed_and_what_was_paid_after_it_becomes_a_claim(world: World) -> None:
    person = world.person("吴玉珍")
    acts.suspect(person, "火化名单", **world.by("maker", date(2019, 1, 3)))
    made = acts.confirm_death(person, date(2018, 12, 28), **world.by("maker", date(2019, 1, 9)))
    assert (made.kind, made.holds_from) == (int(FactKind.DEATH), date(2018, 12, 28))
    assert Fact.objects.filter(person_id=person, kind=int(FactKind.SUSPECTED_DEATH)).count() == 1
    with pytest.raises(NoSuspicion):
        acts.clear(person, "counter", "本人到场", **world.by("maker", date(2019, 1, 10)))
    with pytest.raises(CertificateNotSound, match="之后"):
        acts.record(person, "counter", date(2019, 2, 1), **world.by("maker", date(2019, 1, 10)))


def test_an_explanation_says_how_and_until_when_somebody_is_certified(world: World) -> None:
    person = world.person("王桂兰")
    world.recognise("2018-12")
    before = explain(320682, person, month_from_text("2018-12"))
    assert "资格认证：最近一次是视同已认证，有效至 2019-12-31" in before.text()
    acts.record(person, "phone", **world.by("maker", date(2018, 12, 20)))
    acts.suspect(person, "村里反映", **world.by("maker", date(2018, 12, 21)))
    after = explain(320682, person, month_from_text("2018-12"))
    assert after.certificate == {"way": "phone", "zh": "手机", "good_until": "2019-12-31"}
    assert "现在暂停发放：有消息说本人可能已经去世，正在核实" in after.text()
    assert "暂停发放：疑似死亡，核实后恢复或终止。应发不变。" in after.text("auditor")
