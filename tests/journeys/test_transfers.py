"""Relations that move: away with the whole account, or in with money and years."""

from __future__ import annotations

from datetime import date

import pytest
from world import PAYDAY, POOL, in_file

from yingbao.acts import endings, runs, transfers
from yingbao.acts.errors import TransferRefused
from yingbao.reports import ending_papers
from yingbao.reports.checks import run_checks
from yingbao.reports.moment import moment
from yingbao.rules.paid_years import paid_years
from yingbao.store.models import RunLine
from yingbao.values.identity import AccountNumber
from yingbao.values.purpose import Item

JANUARY, FEBRUARY = "2019-01", "2019-02"
DAY = date(2019, 1, 8)


def test_a_contributor_moves_with_the_whole_account_to_the_account_of_the_other_office(world, tmp_path):
    person, by = world.person("高志明"), world.by("maker", DAY)
    transfers.transfer_out(person, "resident", date(2019, 1, 7), **by)
    endings.set_payee(person, AccountNumber("6223000000000088888"), "邻县居保中心", **by)
    letter = ending_papers.transfer_letter(POOL, person, date(2019, 2, 1), tmp_path)
    for month in ("2018-12", JANUARY, FEBRUARY):
        sent = world.month(month)
    assert (letter.is_file(), in_file(sent)["邻县居保中心"] >= 50_000) == (True, True)
    world.take(world.answer(sent[0]), PAYDAY[FEBRUARY])
    assert [one.zh for one in run_checks(POOL, date(2019, 3, 1)) if not one.ok] == []


def test_who_draws_a_pension_does_not_move(world):
    with pytest.raises(TransferRefused, match="不再转移"):
        transfers.transfer_out(world.person("王桂兰"), "resident", DAY, **world.by("maker", DAY))


def test_a_scheme_nobody_knows_is_refused(world):
    with pytest.raises(TransferRefused, match="civil"):
        transfers.transfer_out(world.person("高志明"), "civil", DAY, **world.by("maker", DAY))


def test_what_comes_in_is_credited_and_its_months_count_as_full_years(world):
    person, by = world.person("高志明"), world.by("maker", DAY)
    money = {"own": 120_000, "county": 30_000, "transferred": 500}
    transfers.take_in(person, money, DAY, years=3, employee_months=35, reference="邻县转1", **by)
    drafted = runs.draft_account(2019, **world.by("maker", date(2019, 1, 31)))
    known = moment(POOL, DAY, person_ids=[person])
    years = paid_years(known.facts, known.law(12 * 2019 + 2))
    came = dict(RunLine.objects.filter(run_id=drafted.run.pk, person_id=person).values_list("item", "amount_fen"))
    sources = (came[int(Item.TRANSFER_IN_OWN)], came[int(Item.TRANSFER_IN_COUNTY)], came[int(Item.TRANSFER_IN)])
    # 5 stated by the register, 3 of the other county, 35 months as 2 full years
    assert (sources, years["years"].to_list()) == ((120_000, 30_000, 500), [10])


def test_one_letter_is_taken_in_once(world):
    by = world.by("maker", DAY)
    transfers.take_in(world.person("高志明"), {"own": 100}, DAY, reference="邻县转1", **by)
    with pytest.raises(TransferRefused, match="已经登记过"):
        transfers.take_in(world.person("高志明"), {"own": 100}, DAY, reference="邻县转1", **by)


def test_money_that_comes_when_a_pension_is_drawn_pays_no_month_in_which_there_was_none(world):
    world.month("2018-12")  # 王桂兰 draws 20.00 of an account in which nothing is
    transfers.take_in(world.person("王桂兰"), {"own": 5_000}, DAY, reference="邻县转1", **world.by("maker", DAY))
    on = date(2019, 1, 31)
    run = world.approved(runs.draft_account(2019, **world.by("maker", on)), on)
    runs.post(run.pk, **world.by("finance", on))
    assert [(one.key, one.detail) for one in run_checks(POOL, on) if not one.ok] == []
