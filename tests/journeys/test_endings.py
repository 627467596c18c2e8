"""Endings as an office meets them: a death told late, money to heirs, set-off, double receipt, moves, write-off."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import world as worlds
from world import PAYDAY, POOL, in_file

from yingbao.acts import endings, recoveries, registry, runs
from yingbao.acts.errors import AnotherPlacePays, MakerCannotApprove
from yingbao.ledger.chart import RECEIVABLE, WRITTEN_OFF
from yingbao.ledger.run_lines import LineClass
from yingbao.policy.tree import policy_root
from yingbao.reports import ending_papers, ending_trial
from yingbao.reports import recoveries as recovery_reports
from yingbao.reports.checks import run_checks
from yingbao.store.models import AuditEvent, BankLine, RunLine
from yingbao.store.payees import NothingToRecover
from yingbao.store.relations import balance_of
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber
from yingbao.values.purpose import Item

DECEMBER, JANUARY, FEBRUARY, MARCH, APRIL = "2018-12", "2019-01", "2019-02", "2019-03", "2019-04"
TOLD = date(2019, 3, 8)
HEIR = AccountNumber("6223000000000077555")
GRANT_FEN = 100_000


@pytest.fixture
def county(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> worlds.World:
    """The village under a law with a funeral grant of 1,000 yuan; 王桂兰 has 2,400 yuan in her account."""
    law = tmp_path / "policy"
    shutil.copytree(policy_root(), law)
    folder = law / "national" / "benefit"
    for name, before, after in (("funeral_rule", "value: none", "value: fixed"), ("funeral_grant", "value: 0", "value: 1000")):
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    monkeypatch.setenv("YINGBAO_POLICY", str(law))
    return worlds.make(tmp_path, balances={"王桂兰": "2400.00", "李秀英": "1390.00"})


def paid(world: worlds.World, *months: str) -> None:
    """Months through bank and back."""
    for month in months:
        for path in world.month(month):
            world.take(world.answer(path), PAYDAY[month])


def lines(name: str, world: worlds.World, run: int, item: Item | None = None) -> list[tuple[str, int, int]]:
    """What a run says of a person: item, class and fen."""
    found = RunLine.objects.filter(run_id=run, person_id=world.person(name)).order_by("line")
    return [(Item(one.item).key, one.line_class, one.amount_fen) for one in found if item is None or one.item == int(item)]


def failing() -> list[str]:
    return [f"{one.id} {one.zh} {one.left} {one.right} {one.detail}" for one in run_checks(POOL, date(2019, 5, 1)) if not one.ok]


def dead(world: worlds.World, name: str = "王桂兰", day: date = date(2018, 12, 20), told: date = TOLD) -> int:
    return int(registry.tell(world.person(name), FactKind.DEATH, day, **world.by("maker", told)).pk)


def heir(world: worlds.World, name: str = "王桂兰", on: date = date(2019, 4, 1)) -> None:
    endings.set_payee(world.person(name), HEIR, "王小兰", **world.by("maker", on))


def test_a_death_told_late_is_overpaid_refunded_and_granted_in_one_payroll(county):
    paid(county, DECEMBER, JANUARY, FEBRUARY)
    dead(county)
    found = lines("王桂兰", county, county.recognise(MARCH).run.pk)
    assert found == [
        ("base_pension", 2, -27_000), ("account_pension", 2, -4_000), ("funeral_grant", 1, GRANT_FEN),
        # 2,400.00 at the opening, less the account pension of December
        ("account_refund", 1, 238_000),
    ]  # fmt: skip


def test_what_is_owed_back_is_set_off_against_the_refund_and_the_rest_waits_for_an_heir(county):
    paid(county, DECEMBER, JANUARY, FEBRUARY)
    dead(county)
    paid(county, MARCH)
    assert lines("王桂兰", county, _last_run()) == [
        ("base_pension", 2, -27_000), ("account_pension", 2, -4_000), ("funeral_grant", 3, GRANT_FEN),
        ("account_refund", 3, 207_000), ("account_refund", 4, 31_000),
    ]  # fmt: skip
    assert (balance_of(POOL, county.person("王桂兰"), RECEIVABLE), failing()) == (0, [])


def _last_run() -> int:
    return int(RunLine.objects.order_by("-run_id").values_list("run_id", flat=True)[0])


def test_the_heir_told_is_in_the_next_bank_file_by_name_and_nothing_is_posted_twice(county):
    paid(county, DECEMBER, JANUARY, FEBRUARY)
    dead(county)
    paid(county, MARCH)
    heir(county)
    sent = county.month(APRIL)
    assert in_file(sent)["王小兰"] == 207_000 + GRANT_FEN
    assert BankLine.objects.filter(person_id=county.person("王桂兰")).latest("batch_id").name == "王小兰"
    county.take(county.answer(sent[0]), PAYDAY[APRIL])
    assert (county.recognise(APRIL).run, county.pay(APRIL), failing()) == (None, [], [])


def test_a_death_that_was_wrong_flows_back_whole(county):
    paid(county, DECEMBER, JANUARY, FEBRUARY)
    death = dead(county)
    heir(county, on=TOLD)
    paid(county, MARCH)
    registry.withdraw(death, "同名错报", **county.by("maker", date(2019, 4, 2)))
    endings_payee = county.person("王桂兰")
    assert in_file(county.month(APRIL)).get("王桂兰", 0) == 0
    # Two months that were asked back stay with her; what the heir was paid by mistake is owed back.
    assert balance_of(POOL, endings_payee, RECEIVABLE) == 207_000 + GRANT_FEN
    assert failing() == []


def test_a_double_receipt_owes_the_base_pension_back_and_keeps_the_account_pensions(county):
    paid(county, DECEMBER, JANUARY, FEBRUARY)
    told = county.by("maker", TOLD)
    endings.double_receipt(county.person("李秀英"), "employee", date(2019, 1, 15), **told)
    found = lines("李秀英", county, county.recognise(MARCH).run.pk)
    # 1,390.00 less three account pensions of 20.00; the base pension of two months at 135.00 goes back
    assert found == [("base_pension", 2, -27_000), ("account_refund", 1, 133_000)]
    assert in_file(county.pay(MARCH))["李秀英"] == 106_000
    assert failing() == []


def test_of_two_counties_the_first_place_keeps(county):
    paid(county, DECEMBER)
    told = county.by("maker", date(2019, 1, 10))
    with pytest.raises(AnotherPlacePays):
        endings.double_receipt(county.person("李秀英"), "resident", date(2019, 1, 15), **told)
    endings.double_receipt(county.person("李秀英"), "resident", date(2010, 1, 15), **told)
    found = lines("李秀英", county, county.recognise(JANUARY).run.pk)
    # By the register she was paid here all through 2018 as well; what came out of her own account stays with her.
    assert found == [("base_pension", 2, -12 * 13_500), ("account_refund", 1, 137_000)]


def owing(county: worlds.World) -> int:
    """赵国强 owes a month that he was in prison, and nothing may be set off."""
    imprisoned(county)
    return county.person("赵国强")


def imprisoned(county: worlds.World) -> int:
    """The fact that 赵国强 was in prison, told when he had been paid."""
    paid(county, DECEMBER, JANUARY)
    told = registry.tell(county.person("赵国强"), FactKind.PRISONER, date(2018, 12, 5), holds_until=date(2019, 1, 10),
                  **county.by("maker", date(2019, 2, 8)))  # fmt: skip
    paid(county, FEBRUARY)
    return told.pk


def test_an_agreed_plan_takes_its_instalment_from_each_later_pension_and_no_more(county):
    person = owing(county)
    before = balance_of(POOL, person, RECEIVABLE)
    recoveries.plan(person, 5_000, date(2019, 3, 1), **county.by("maker", date(2019, 3, 1)))
    # March at 148.00 with 20.00, and 13.00 more for February; January was in prison
    assert in_file(county.month(MARCH))["赵国强"] == 16_800 + 1_300 - 5_000
    assert (before, balance_of(POOL, person, RECEIVABLE), failing()) == (15_500, 10_500, [])


def test_a_write_off_by_one_officer_is_refused_and_by_two_is_booked_once(county):
    person = owing(county)
    both, day = county.by("both", date(2019, 4, 1)), date(2019, 4, 1)
    owed = balance_of(POOL, person, RECEIVABLE)
    recoveries.write_off(person, owed, "继承人下落不明", **both)
    drafted = runs.draft_write_off(**both)
    runs.submit(drafted.run.pk, **both)
    with pytest.raises(MakerCannotApprove):
        runs.approve(drafted.run.pk, **both)
    approved(county, drafted.run.pk, day)
    assert (balance_of(POOL, person, RECEIVABLE), runs.draft_write_off(**both).run, failing()) == (0, None, [])


def approved(county: worlds.World, run: int, day: date) -> None:
    runs.approve(run, **county.by("checker", day))
    runs.post(run, **county.by("finance", day))


def given_up(county: worlds.World, person: int, day: date) -> int:
    """The decision to give up all that a person owes, booked."""
    maker = county.by("maker", day)
    decided = recoveries.write_off(person, balance_of(POOL, person, RECEIVABLE), "无法追回", **maker)
    run = runs.draft_write_off(**maker).run.pk
    runs.submit(run, **maker)
    approved(county, run, day)
    return decided.pk


def test_what_was_given_up_and_turns_out_to_be_owed_is_not_paid_a_second_time(county):
    prison, day = imprisoned(county), date(2019, 3, 4)
    person = county.person("赵国强")
    given_up(county, person, day)
    registry.withdraw(prison, "同名错报", **county.by("maker", day))
    # March at 148.00 with 20.00, and 13.00 more for January and February; the 155.00 of January he has
    assert in_file(county.month(MARCH))["赵国强"] == 16_800 + 2 * 1_300
    assert (balance_of(POOL, person, RECEIVABLE), balance_of(POOL, person, WRITTEN_OFF), failing()) == (0, 0, [])


def test_a_write_off_whose_decision_is_withdrawn_is_owed_back_again(county):
    person, day = owing(county), date(2019, 4, 1)
    owed = balance_of(POOL, person, RECEIVABLE)
    registry.withdraw(given_up(county, person, day), "找到本人", **county.by("maker", day))
    run = runs.draft_write_off(**county.by("maker", day)).run.pk
    runs.submit(run, **county.by("maker", day))
    approved(county, run, day)
    assert (balance_of(POOL, person, RECEIVABLE), balance_of(POOL, person, WRITTEN_OFF), failing()) == (owed, 0, [])


def test_a_trial_says_what_the_runs_then_book_and_stores_nothing(county):
    paid(county, DECEMBER, JANUARY, FEBRUARY)
    deaths = [(county.person(name), date(2018, 12, 20)) for name in ("王桂兰", "赵国强", "顾建国")]
    before = AuditEvent.objects.count()
    tried = {one.person_id: one for one in ending_trial.trials(POOL, deaths, TOLD).rows}
    assert AuditEvent.objects.count() == before
    for person, day in deaths:
        registry.tell(person, FactKind.DEATH, day, **county.by("maker", TOLD))
    county.recognise(MARCH, TOLD)
    run = runs.draft_disbursement(worlds.month_from_text(MARCH), **county.by("maker", TOLD)).run.pk
    for person, _ in deaths:
        booked = {kind: sum(one.amount_fen for one in RunLine.objects.filter(run_id=run, person_id=person, line_class=kind))
                  for kind in LineClass}  # fmt: skip
        one = tried[person]
        assert (one.overpaid_fen, one.set_off_fen, one.to_heirs_fen) == (
            -booked[LineClass.RECOVER], booked[LineClass.SET_OFF], booked[LineClass.PAY] + booked[LineClass.HELD])  # fmt: skip
    assert tried[deaths[0][0]].refund == {"own": 238_000}
    # 500.00 of the register, of which nothing was paid out, and its interest
    assert tried[deaths[2][0]].refund["own"] == 50_000


def test_a_death_that_is_not_settled_is_listed_until_the_heir_is_paid(county):
    paid(county, DECEMBER, JANUARY, FEBRUARY)
    dead(county)
    found = recovery_reports.deaths_unsettled(POOL, date(2019, 3, 10)).rows
    assert [(one.to_pay_fen, one.to_recover_fen, one.age, one.payee_told) for one in found] == [
        (238_000 + GRANT_FEN, 31_000, "31—90天", False)]  # fmt: skip
    paid(county, MARCH)
    heir(county)
    paid(county, APRIL)
    assert recovery_reports.deaths_unsettled(POOL, date(2019, 4, 30)).rows == []


def test_a_case_is_listed_with_its_age_letter_and_plan(county, tmp_path):
    person = owing(county)
    recoveries.notice(person, "追字1号", **county.by("maker", date(2019, 3, 1)))
    path = ending_papers.recovery_letter(POOL, person, "追字1号", "服刑", date(2019, 3, 1), tmp_path)
    found = recovery_reports.cases(POOL, date(2019, 4, 30))
    assert [(one.name, one.owed_fen, one.age, one.letter) for one in found] == [("赵国强", 15_500, "31—90天", "追字1号")]
    assert path.is_file()


def test_asking_back_more_than_is_owed_is_refused(county):
    person = owing(county)
    with pytest.raises(NothingToRecover):
        recoveries.plan(person, 15_501, date(2019, 3, 1), **county.by("maker", date(2019, 3, 1)))


def test_what_is_told_before_the_first_payroll_leaves_every_identity_true(world):
    """The register was right by what was known: the first payroll books the difference, no sooner."""
    by = world.by("maker", date(2018, 12, 3))
    registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2018, 9, 2), **by)
    endings.tell(world.person("高志明"), "abroad", date(2018, 10, 2), **by)
    assert [(one.key, one.detail) for one in run_checks(POOL, date(2018, 12, 3)) if not one.ok] == []
    world.recognise("2018-12")
    assert [(one.key, one.detail) for one in run_checks(POOL, PAYDAY["2018-12"]) if not one.ok] == []
