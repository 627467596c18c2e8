"""A run of the past is made again from what was known then, under the law of then: same lines, same bytes."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from world import PAYDAY, POOL, poor_people, roster_row

from yingbao.acts import funds, payments, recoveries, registry, runs
from yingbao.ledger.run_lines import LineClass
from yingbao.policy.tree import policy_root
from yingbao.reports.explain import explain
from yingbao.reports.manifest import manifest, sha256
from yingbao.reports.moment import moment
from yingbao.reports.replay import replay
from yingbao.reports.statements import statement
from yingbao.store import policies
from yingbao.store.errors import LawNotKept
from yingbao.store.models import Fact, PolicyVersion, Run, RunLine
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text

DECEMBER, JANUARY = "2018-12", "2019-01"
GIVEN_UP, LATER = date(2019, 4, 1), date(2019, 4, 20)


def lived(world):
    """Contributions and two months through the bank, with returns, a death told late and a new account."""
    drafted = runs.draft_proxy(2018, **world.by("maker", date(2018, 12, 5)))
    world.approved(drafted, date(2018, 12, 5))
    sent = world.month(DECEMBER)
    world.take(world.answer(sent[0], {"陈桂兰": "curable"}), PAYDAY[DECEMBER])
    world.new_account("陈桂兰", date(2018, 12, 17))
    world.load([roster_row(one) for one in poor_people()], "2018-12", date(2018, 12, 20))
    world.month(JANUARY)
    runs.draft_account(2018, **world.by("maker", date(2019, 1, 25)))
    tell_late(world)
    assert {run.kind for run in Run.objects.all()} == {"proxy", "payroll", "disbursement", "account"}
    return list(Run.objects.order_by("pk"))


def tell_late(world, on=date(2019, 2, 15)):
    """What nobody knew when the runs were made."""
    registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2018, 12, 20), **world.by("maker", on))
    world.new_account("李秀英", on)


def test_every_run_is_made_again_to_the_byte_whatever_was_told_since(world, tmp_path):
    for run in lived(world):
        found = replay(run, tmp_path / str(run.pk))
        assert found.same, found.differences()
        assert found.differences() == []
        for one in found.files:
            assert sha256(tmp_path / str(run.pk) / one.name) == one.then


def owed_back(world):
    """赵国强 was paid for two months in prison: an instalment of it is set off, a part of the rest is given up."""
    person = world.person("赵国强")
    for month in (DECEMBER, JANUARY):
        world.take(world.answer(world.month(month)[0]), PAYDAY[month])
    registry.tell(person, FactKind.PRISONER, date(2018, 12, 5), holds_until=date(2019, 1, 10), **world.by("maker", date(2019, 2, 8)))
    world.month("2019-02")
    recoveries.plan(person, 5_000, date(2019, 3, 1), **world.by("maker", date(2019, 3, 1)))
    world.month("2019-03")
    recoveries.write_off(person, 8_000, "下落不明", **world.by("maker", GIVEN_UP))
    for drafted in (runs.draft_write_off(**world.by("maker", GIVEN_UP)), runs.draft_account(2018, **world.by("maker", GIVEN_UP))):
        runs.post(world.approved(drafted, GIVEN_UP).pk, **world.by("finance", GIVEN_UP))
    return person


def test_a_set_off_a_write_off_and_the_accounts_of_a_year_are_made_again_to_the_byte(world, tmp_path):
    person = owed_back(world)
    made = {run.kind: run for run in Run.objects.order_by("pk")}  # of each kind the last
    assert RunLine.objects.get(run_id=made["disbursement"].pk, line_class=int(LineClass.SET_OFF)).amount_fen == 5_000
    payments.receive_repayment(person, 1_000, "收据-1", **world.by("finance", LATER))
    recoveries.write_off(person, 1_500, "再核", **world.by("maker", LATER))
    recoveries.plan(person, 1_000, date(2019, 3, 1), **world.by("maker", LATER))
    tell_late(world, LATER)
    for kind in ("disbursement", "write_off", "account"):
        found = replay(made[kind], tmp_path / kind)
        assert (kind, found.differences()) == (kind, [])
        assert found.same
        assert found.files
        assert all(sha256(tmp_path / kind / one.name) == one.then for one in found.files)


def test_a_decision_smuggled_into_the_past_is_found_in_the_run_that_gave_money_up(world):
    person = owed_back(world)
    Fact.objects.create(pool=POOL, person_id=person, kind=int(FactKind.WRITE_OFF), number=1_000, holds_from=GIVEN_UP,
                        told_at=GIVEN_UP, act_seq=1)  # fmt: skip
    found = replay(Run.objects.get(kind="write_off"))
    assert not found.same
    assert set(found.moved["person_id"]) == {person}


def test_a_replayed_disbursement_has_the_bank_file_that_was_sent(world, tmp_path):
    sent = world.month(DECEMBER)
    tell_late(world)
    run = Run.objects.get(kind="disbursement")
    assert replay(run, tmp_path / "again").same
    assert (tmp_path / "again" / sent[0].name).read_bytes() == sent[0].read_bytes()


def other_law(folder: Path) -> Path:
    """The law with another base pension of 2018."""
    root = folder / "policy"
    shutil.copytree(policy_root(), root)
    path = root / "rugao" / "benefit" / "base_pension.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("value: 135", "value: 136"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    return root


def test_a_law_corrected_since_is_named_and_the_kept_one_is_used(world, tmp_path, monkeypatch):
    world.recognise(DECEMBER)
    run = Run.objects.get()
    monkeypatch.setenv("YINGBAO_POLICY", str(other_law(tmp_path)))
    found = replay(run)
    assert found.same
    assert found.law_now != run.policy_version
    assert ["政策数据已有变动" in one for one in found.differences()] == [True]


def test_a_law_that_was_never_kept_is_refused_by_name(world, tmp_path, monkeypatch):
    world.recognise(DECEMBER)
    run = Run.objects.get()
    run.policy_version = "0" * 64
    with pytest.raises(LawNotKept):
        replay(run)


def test_the_law_is_kept_once_for_all_runs_under_it(world):
    world.month(DECEMBER)
    assert list(PolicyVersion.objects.values_list("version", flat=True)) == [Run.objects.first().policy_version]


def test_another_program_is_named_though_nothing_else_differs(world, monkeypatch):
    world.recognise(DECEMBER)
    monkeypatch.setattr(policies, "code_version", lambda: "9.9.9+other")
    found = replay(Run.objects.get())
    assert found.same
    assert "9.9.9+other" in found.differences()[0]


def test_a_fact_smuggled_into_the_past_is_found_by_the_person_it_moves(world):
    world.recognise(DECEMBER)
    run, person = Run.objects.get(), world.person("王桂兰")
    Fact.objects.create(pool=POOL, person_id=person, kind=int(FactKind.DEATH), holds_from=date(2018, 11, 2),
                        told_at=date(2018, 11, 20), act_seq=1)  # fmt: skip
    found = replay(run)
    assert not found.same
    assert set(found.moved["person_id"]) == {person}
    assert any(f"#{person} 基础养老金" in one for one in found.differences())


def test_the_manifest_of_a_run_says_the_same_before_and_after_more_is_told(world):
    drafted = runs.draft_payroll(month_from_text(DECEMBER), **world.by("maker", PAYDAY[DECEMBER]))
    before = manifest(drafted.run)
    tell_late(world)
    after = manifest(Run.objects.get())
    assert json.dumps(after) == json.dumps(before)
    assert before["inputs"]["facts"]["birth"]["count"] > 0
    assert before["policy"]["kept"]


def test_a_statement_as_known_on_a_day_ends_with_what_was_booked_by_then(world):
    world.month(DECEMBER)
    world.month(JANUARY)
    person = world.person("王桂兰")
    then = statement(POOL, person, date(2019, 12, 31), known_on=PAYDAY[DECEMBER])
    assert then.as_json()["lines"] == statement(POOL, person, PAYDAY[DECEMBER]).as_json()["lines"]
    assert len(then.lines) < len(statement(POOL, person, date(2019, 12, 31)).lines)


def test_an_explanation_as_known_on_a_day_shows_the_books_and_the_banks_answers_of_that_day(world):
    sent = world.month(DECEMBER)
    person, month, day = world.person("王桂兰"), month_from_text(DECEMBER), PAYDAY[DECEMBER]
    then = explain(POOL, person, month, known_on=day).as_json()
    assert {one["in_transit_fen"] for one in then["items"] if one["recognised_fen"]} == {13_500, 2_000}
    world.take(world.answer(sent[0]), day + timedelta(days=3))
    world.month(JANUARY)
    assert explain(POOL, person, month, known_on=day).as_json() == then


def test_what_was_credited_after_a_day_is_not_known_on_it(world):
    person, day = world.person("顾建国"), date(2018, 12, 3)
    then = moment(POOL, day, person_ids=[person]).facts.credits.to_dicts()
    run = world.approved(runs.draft_proxy(2018, **world.by("maker", PAYDAY[DECEMBER])), PAYDAY[DECEMBER])
    funds.proxy_arrived(run.pk, run.total_fen, "代缴-1", **world.by("finance", PAYDAY[DECEMBER]))
    runs.post(run.pk, **world.by("finance", PAYDAY[DECEMBER]))
    assert moment(POOL, day, person_ids=[person]).facts.credits.to_dicts() == then
    assert moment(POOL, person_ids=[person]).facts.credits.to_dicts() != then
