"""Awards and changes of the past, as an office meets them: what is paid, under which name, and who bears it."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise

import openpyxl
import pytest
from world import PAYDAY, POOL, in_file, shown

from yingbao.acts import funds, registry, runs
from yingbao.policy.tree import policy_root
from yingbao.reports.checks import run_checks
from yingbao.reports.explain import explain
from yingbao.reports.papers import payment_approval
from yingbao.reports.run_totals import run_totals
from yingbao.store import journal
from yingbao.store.models import Fact, Run, RunLine
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Item

BASE, ACCOUNT, LONG_PAY, FUNERAL = (int(one) for one in (
    Item.BASE_PENSION, Item.ACCOUNT_PENSION, Item.LONG_PAY_SUPPLEMENT, Item.FUNERAL_GRANT))  # fmt: skip
DECEMBER, JANUARY, FEBRUARY, MARCH = "2018-12", "2019-01", "2019-02", "2019-03"


def approval(run, folder) -> dict[str, str]:
    """Labels and texts of an approval."""
    sheet = openpyxl.load_workbook(payment_approval(run, folder, journal.read_lines(run.pk)))["支付审批表"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
    return dict(pairwise(cells))


def test_the_approval_of_a_rise_asks_the_centre_for_nothing(world, tmp_path):
    for month in (DECEMBER, JANUARY, FEBRUARY):
        world.recognise(month)
    found = approval(world.recognise(MARCH).run, tmp_path)
    # 14 people: March at 148, of which the centre bears 44, and two months' rise of 13 yuan, of which it bears nothing.
    assert found["其中基础养老金中央负担"] == "616.00 元"
    assert found["其中基础养老金县级负担"] == "1,820.00 元"  # 14 × (104 + 2 × 13)


def test_the_levels_of_an_approval_sum_to_the_base_pensions(world, tmp_path):
    found = approval(world.recognise(DECEMBER).run, tmp_path)
    assert found["其中基础养老金中央负担"] == "572.00 元"  # 13 people, 44 yuan each
    assert found["其中基础养老金县级负担"] == "1,183.00 元"  # 91 yuan each: 135 in all
    assert PAYDAY[DECEMBER].isoformat() in found.values()


# --- changes of the past, by the one mechanism


def lines_of(run, person) -> list[tuple[int, str, str, int, int]]:
    """A person's lines in a run: item, from, until, fen a month, arrears type."""
    rows = RunLine.objects.filter(run_id=run.pk, person_id=person).order_by("line")
    return [(one.item, shown(one.from_month), shown(one.until_month), one.monthly_fen, one.arrears_type) for one in rows]


def paid_through(world, *months):
    """Months recognised, sent and settled."""
    for month in months:
        for sent in world.month(month):
            world.take(world.answer(sent), PAYDAY[month])


def test_a_rise_announced_after_its_date_is_adjusted_arrears_and_a_first_pension_is_none(world):
    for month in (DECEMBER, JANUARY, FEBRUARY):
        world.recognise(month)
    run = world.recognise(MARCH).run
    assert lines_of(run, world.person("陈桂兰")) == [
        (BASE, JANUARY, MARCH, 1_300, 13), (BASE, MARCH, "2019-04", 14_800, 0)]  # fmt: skip


def test_who_died_between_the_effect_of_a_rise_and_its_payment_is_owed_the_living_months(world):
    for month in (DECEMBER, JANUARY):
        world.recognise(month)
    registry.tell(world.person("陈桂兰"), FactKind.DEATH, date(2019, 1, 20), **world.by("maker", date(2019, 2, 1)))
    for month in (FEBRUARY, MARCH):
        run = world.recognise(month).run
    assert lines_of(run, world.person("陈桂兰")) == [(BASE, JANUARY, FEBRUARY, 1_300, 15)]


def test_a_birth_date_corrected_to_earlier_pays_the_months_before_the_first_as_an_award(world):
    for month in (DECEMBER, JANUARY):
        world.recognise(month)
    registry.correct_birth(world.person("柳小杰"), date(1958, 11, 1), "公安证明", **world.by("maker", date(2019, 2, 1)))
    assert lines_of(world.recognise(FEBRUARY).run, world.person("柳小杰")) == [
        (BASE, DECEMBER, JANUARY, 13_500, 11), (BASE, FEBRUARY, MARCH, 13_500, 0)]  # fmt: skip


def test_a_birth_date_corrected_to_later_takes_back_what_was_paid_too_early(world):
    paid_through(world, DECEMBER, JANUARY)
    registry.correct_birth(world.person("柳康杰"), date(1959, 1, 5), "公安证明", **world.by("maker", date(2019, 2, 1)))
    assert lines_of(world.recognise(FEBRUARY).run, world.person("柳康杰")) == [
        (BASE, DECEMBER, FEBRUARY, -13_500, 0), (BASE, FEBRUARY, MARCH, 13_500, 0)]  # fmt: skip


def test_who_never_was_in_prison_gets_the_stopped_months_as_resumed_arrears(world):
    world.recognise(DECEMBER)
    told = registry.tell(world.person("陈桂兰"), FactKind.PRISONER, date(2018, 12, 5), **world.by("maker", date(2018, 12, 20)))
    for month in (JANUARY, FEBRUARY):
        world.recognise(month)
    registry.withdraw(told.pk, "同名之误", **world.by("maker", date(2019, 3, 1)))
    assert lines_of(world.recognise(MARCH).run, world.person("陈桂兰")) == [
        (BASE, JANUARY, MARCH, 14_800, 12), (BASE, MARCH, "2019-04", 14_800, 0)]  # fmt: skip


def test_money_that_waited_for_an_account_is_paid_as_resumed_arrears_and_what_the_bank_gave_back_is_none(world):
    paid_through(world, DECEMBER)
    maker = world.by("maker", date(2019, 1, 2))
    hold = registry.tell(world.person("陈桂兰"), FactKind.HOLD, date(2019, 1, 2), value="other", **maker)
    for sent in world.month(JANUARY):
        world.take(world.answer(sent, {"张玉珍": "curable"}), PAYDAY[JANUARY])
    registry.end(hold.pk, date(2019, 2, 1), "已核实", **world.by("maker", date(2019, 2, 1)))
    world.new_account("张玉珍", date(2019, 2, 2))
    world.recognise(FEBRUARY)
    world.pay(FEBRUARY)
    run = Run.objects.filter(kind="disbursement").order_by("-pk").first()
    waited, again = ([(begin, kind) for _, begin, _, _, kind in lines_of(run, world.person(name))] for name in ("陈桂兰", "张玉珍"))
    assert waited == [(JANUARY, 12), (FEBRUARY, 0)]
    assert again == [(JANUARY, 0), (FEBRUARY, 0)]


def test_a_category_that_never_was_takes_back_every_month_paid_on_it(world):
    paid_through(world, DECEMBER, JANUARY)
    told = Fact.objects.get(person_id=world.person("黄玉芳"), kind=int(FactKind.CATEGORY))
    registry.withdraw(told.pk, "扶贫办来函更正", **world.by("maker", date(2019, 2, 1)))
    assert lines_of(world.recognise(FEBRUARY).run, world.person("黄玉芳")) == [(BASE, DECEMBER, FEBRUARY, -13_500, 0)]


def test_a_contribution_credited_after_the_award_raises_the_account_pension_from_the_award_on(world):
    registry.correct_birth(world.person("顾建国"), date(1959, 1, 5), "公安证明", **world.by("maker", date(2018, 12, 3)))
    before = world.recognise(FEBRUARY).run
    late = date(2019, 2, 25)
    drafted = runs.draft_proxy(2018, date(2018, 12, 31), **world.by("maker", late))
    funds.proxy_arrived(world.approved(drafted, late).pk, drafted.figures["total_fen"], "拨款", **world.by("finance", late))
    runs.post(drafted.run.pk, **world.by("finance", late))
    after = world.recognise(MARCH).run
    account = [[line for line in lines_of(run, world.person("顾建国")) if line[0] == ACCOUNT] for run in (before, after)]
    assert account == [
        [(ACCOUNT, FEBRUARY, MARCH, 366, 0)],  # 508.13 yuan / 139
        [(ACCOUNT, FEBRUARY, MARCH, 72, 13), (ACCOUNT, MARCH, "2019-04", 438, 0)],  # 608.13 yuan / 139
    ]  # fmt: skip


@pytest.fixture
def law_says(tmp_path, monkeypatch):
    """Call it with a parameter's file, what stands in it and what the law says from now on."""
    folder = tmp_path / "policy"

    def say(file: str, *changes: tuple[str, str]) -> None:
        if not folder.exists():
            shutil.copytree(policy_root(), folder)
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")
        monkeypatch.setenv("YINGBAO_POLICY", str(folder))

    return say


def test_a_parameter_corrected_pays_the_arrears_of_all_months_by_itself_and_explains_them(world, law_says):
    maker = world.by("maker", date(2018, 12, 3))
    registry.tell(world.person("王桂兰"), FactKind.PAID_YEARS, date(2018, 12, 1), number=20, **maker)
    for month in (DECEMBER, JANUARY, FEBRUARY):
        world.recognise(month)
    law_says("rugao/benefit/long_payment_share.yaml", ("{value: 0}", "{value: 1}"))
    run = world.recognise(MARCH).run
    assert [line for line in lines_of(run, world.person("王桂兰")) if line[0] == LONG_PAY] == [
        (LONG_PAY, DECEMBER, JANUARY, 675, 13), (LONG_PAY, JANUARY, MARCH, 740, 13), (LONG_PAY, MARCH, "2019-04", 740, 0),
    ]  # fmt: skip
    found = explain(POOL, world.person("王桂兰"), month_from_text(MARCH))
    assert "缴费 20 年（补缴的不算），超过 15 年的有 5 年；基础养老金 148.00 元 × 1.00% × 5，各项四舍五入到分" in found.text()
    assert {"benefit/long_payment_share", "benefit/minimum_paid_years"} <= set(found.parameters)
    told = next(one for one in found.as_json()["items"] if one["item"] == "long_pay_supplement")
    assert [fact.fact_id for fact in found.facts if fact.kind is FactKind.PAID_YEARS] == told["facts"]


def test_a_funeral_grant_is_recognised_held_for_an_heir_and_every_check_holds(world, law_says):
    law_says("national/benefit/funeral_rule.yaml", ("{value: none}", "{value: months_of_base}"))
    law_says("national/benefit/funeral_months.yaml", ("{value: 0}", "{value: 12}"))
    paid_through(world, DECEMBER)
    told = date(2019, 1, 10)
    registry.tell(world.person("陈桂兰"), FactKind.DEATH, date(2018, 12, 28), **world.by("maker", told))
    run = world.recognise(JANUARY).run
    assert lines_of(run, world.person("陈桂兰")) == [(FUNERAL, JANUARY, FEBRUARY, 12 * 13_500, 0)]
    totals = {(one.item, int(one.arrears)): one.fen for one in run_totals(run).items}
    assert totals[(Item.FUNERAL_GRANT, 0)] == 162_000
    sent = world.pay(JANUARY)
    assert "陈桂兰" not in in_file(sent)
    text = explain(POOL, world.person("陈桂兰"), month_from_text(JANUARY)).text()
    assert "丧葬补助金：本月应发 1,620.00 元（老人去世以后，一次发给家里办后事的" in text
    assert "；12 个月 × 2018-12 的基础养老金 135.00 元" in text
    assert [(one.key, one.detail) for one in run_checks(POOL, PAYDAY[JANUARY]) if not one.ok] == []


def test_a_run_tells_its_totals_by_item_arrears_and_level(world):
    for month in (DECEMBER, JANUARY, FEBRUARY):
        world.recognise(month)
    found = run_totals(world.recognise(MARCH).run)
    base = {int(one.arrears): (one.persons, one.fen) for one in found.items if one.item is Item.BASE_PENSION}
    assert base == {0: (14, 14 * 14_800), 13: (14, 14 * 2 * 1_300)}
    assert sum(found.levels.values()) == sum(fen for _, fen in base.values())
    assert found.fen == found.as_json()["total_fen"] == sum(one.fen for one in found.items)
