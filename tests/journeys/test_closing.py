"""A year is closed by two officers when everything of it is booked, answered and proved; then only differences move it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook
from world import PAYDAY, POOL, RURAL, VILLAGE_PEOPLE, poor_people, roster_row

from yingbao.acts import funds, registry, runs, years
from yingbao.acts.errors import MakerCannotClose, YearAlreadyClosed, YearClosed, YearNotProposed, YearNotReady
from yingbao.formats.forms.year_end import write_identities, write_year_end
from yingbao.reports.checks import run_checks
from yingbao.reports.identities import identities
from yingbao.reports.year_end import year_end
from yingbao.store.models import AuditEvent, ClosedYear, JournalEntry
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text

DECEMBER, JANUARY = "2018-12", "2019-01"
CLOSING = date(2019, 1, 25)
LATER = date(2019, 2, 20)


def contributions(world):
    """The batch of 2018, with its money."""
    on = date(2018, 12, 5)
    run = world.approved(runs.draft_proxy(2018, **world.by("maker", on)), on)
    funds.proxy_arrived(run.pk, run.total_fen, "代缴-1", **world.by("finance", on))
    runs.post(run.pk, **world.by("finance", on))


def accounts(world, on=CLOSING):
    """The account run of 2018, where there is something to book."""
    drafted = runs.draft_account(2018, **world.by("maker", on))
    if drafted.run is not None:
        runs.post(world.approved(drafted, on).pk, **world.by("finance", on))


def whole_year(world):
    """Everything of 2018 done: contributions, December through the bank, the accounts."""
    contributions(world)
    sent = world.month(DECEMBER)
    world.take(world.answer(sent[0]), PAYDAY[DECEMBER])
    accounts(world)


def proof(on=CLOSING):
    """What both officers look at."""
    return {"figures": year_end(POOL, 2018).as_json(), "failed": [one.zh for one in run_checks(POOL, on) if not one.ok]}


def closed(world):
    """2018 closed, by two."""
    whole_year(world)
    years.propose(2018, **proof(), **world.by("maker", CLOSING))
    return years.close(2018, **proof(), **world.by("checker", CLOSING))


def refused(world, by="maker", on=CLOSING):
    """Why the year cannot be closed yet."""
    with pytest.raises(YearNotReady) as found:
        years.propose(2018, **proof(on), **world.by(by, on))
    return found.value.text()


def test_a_year_is_closed_with_its_figures_by_the_second_officer(world):
    found = closed(world)
    assert (found.year, found.maker_id, found.checker_id) == (2018, world.officers["maker"].pk, world.officers["checker"].pk)
    assert found.figures == ClosedYear.objects.get().figures
    assert AuditEvent.objects.filter(verb="year.close").count() == 1
    assert not [one for one in run_checks(POOL, LATER) if not one.ok]


def test_what_is_not_booked_is_named_kind_by_kind(world):
    contributions(world)
    text = refused(world)
    assert "养老金发放有 13 人" in text
    assert "政府代缴有" not in text


def test_an_open_run_and_an_unanswered_payment_are_both_named(world):
    contributions(world)
    world.month(DECEMBER)
    text = refused(world)
    assert "银行尚未全部答复" in text
    drafted = runs.draft_payroll(month_from_text(JANUARY), **world.by("maker", PAYDAY[JANUARY]))
    assert f"批次 {drafted.run.pk}" not in refused(world)  # of the next year
    runs.void(drafted.run.pk, "重来", **world.by("maker", PAYDAY[JANUARY]))
    second = runs.draft_proxy(2018, date(2018, 12, 31), **world.by("maker", CLOSING))
    assert second.run is None or f"批次 {second.run.pk}" in refused(world)


def test_a_failed_check_and_stale_figures_are_refused(world):
    whole_year(world)
    old = proof()
    with pytest.raises(YearNotReady, match="借贷"):
        years.propose(2018, figures=old["figures"], failed=["借贷相等"], **world.by("maker", CLOSING))
    funds.benefit_arrived(100, "补贴-9", **world.by("finance", CLOSING))
    with pytest.raises(YearNotReady, match="数字是旧的"):
        years.propose(2018, **old, **world.by("maker", CLOSING))


def test_a_year_that_is_not_over_cannot_be_closed(world):
    whole_year(world)
    assert "次年" in refused(world, on=date(2018, 12, 31))


def test_who_proposed_cannot_close_and_nothing_is_closed_that_was_not_proposed(world):
    whole_year(world)
    with pytest.raises(YearNotProposed):
        years.close(2018, **proof(), **world.by("checker", CLOSING))
    years.propose(2018, **proof(), **world.by("both", CLOSING))
    with pytest.raises(MakerCannotClose):
        years.close(2018, **proof(), **world.by("both", CLOSING))
    assert not ClosedYear.objects.exists()


def test_figures_that_moved_after_the_proposal_are_not_closed(world):
    whole_year(world)
    years.propose(2018, **proof(), **world.by("maker", CLOSING))
    funds.benefit_arrived(100, "补贴-9", **world.by("finance", CLOSING))
    with pytest.raises(YearNotProposed):
        years.close(2018, **proof(), **world.by("checker", CLOSING))


def test_nothing_new_is_dated_into_a_closed_year_by_any_act(world):
    closed(world)
    before = AuditEvent.objects.count()
    with pytest.raises(YearClosed, match="2019"):
        registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2018, 12, 3), **world.by("maker", date(2018, 12, 20)))
    with pytest.raises(YearAlreadyClosed):
        years.propose(2018, **proof(), **world.by("maker", CLOSING))
    assert AuditEvent.objects.count() == before


def test_the_database_itself_refuses_an_entry_in_a_closed_year(world):
    closed(world)
    with pytest.raises(IntegrityError, match="已经关闭"), transaction.atomic():
        JournalEntry.objects.create(pool=POOL, kind="recognise", on=date(2018, 12, 31), reason="x", act_seq=1)
    JournalEntry.objects.create(pool=POOL, kind="opening_x", on=LATER, reason="x", act_seq=1)


def test_a_death_told_after_the_closing_is_recovered_in_the_open_year(world):
    found = closed(world)
    registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2018, 11, 20), **world.by("maker", LATER))
    drafted = world.recognise(JANUARY, LATER)
    assert drafted.figures["recover_fen"] < 0
    now = year_end(POOL, 2018).as_json()
    assert now["fund"] == found.figures["fund"]
    assert now["trial_balance"] == found.figures["trial_balance"]


def test_the_year_on_paper_and_as_data_says_the_same(world, tmp_path):
    whole_year(world)
    found = year_end(POOL, 2018)
    fund = {row["account"]: row["fen"] for row in found.fund.iter_rows(named=True)}
    assert fund["4101.03"] == 3 * 10_000
    assert fund["5001.01"] == 13 * 13_500
    for row in found.accounts.iter_rows(named=True):
        assert row["after_fen"] == row["before_fen"] + row["credited_fen"] + row["interest_fen"] + row["charged_fen"]
    path = write_year_end(
        tmp_path / "y.xlsx", year=2018, made_on=CLOSING, fund=found.fund.to_dicts(), cash=found.cash.to_dicts(),
        accounts=found.accounts.to_dicts(), account_persons=found.account_persons, coverage=found.coverage_rows(),
        roster_persons=found.covered.roster_persons)  # fmt: skip
    assert load_workbook(path).sheetnames == ["基金收支", "个人账户", "应保尽保"]


def test_who_was_identified_last_year_and_is_named_by_no_roster_of_this_year_is_on_the_list(world, tmp_path):
    still = [one for one in poor_people() if one.name != "陈桂兰"]
    world.load([roster_row(one) for one in still], JANUARY, date(2019, 1, 20), partial=True)
    found = identities(POOL, 2019, CLOSING)
    assert [(row["name"], row["state"]) for row in found.rows.iter_rows(named=True)] == [("陈桂兰", "to_confirm")]
    by = {row["category"]: row for row in found.totals.iter_rows(named=True)}
    assert by["registered_low_income"]["identified"] == len(poor_people())
    assert by["registered_low_income"]["confirmed"] == len(still)
    assert load_workbook(write_identities(tmp_path / "i.xlsx", found.rows.to_dicts(), year=2019, made_on=CLOSING)).sheetnames == ["名单"]


def test_another_roster_confirms_only_its_own_category(world):
    world.load([roster_row(VILLAGE_PEOPLE["陈桂兰"])], JANUARY, date(2019, 1, 20), kind=RURAL)
    by = {row["category"]: row for row in identities(POOL, 2019, CLOSING).totals.iter_rows(named=True)}
    assert by["registered_low_income"]["to_confirm"] == len(poor_people())
    assert by["subsistence_rural"]["identified"] == 0
