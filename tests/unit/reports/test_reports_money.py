"""Due = settled + in transit + held + open − to recover, on the busy village."""

from __future__ import annotations

from datetime import date

from busy import UNTIL
from world import POOL

from yingbao.acts import payments, registry
from yingbao.reports.checks import run_checks
from yingbao.reports.money import money
from yingbao.store.models import Person
from yingbao.values.facts import FactKind
from yingbao.values.purpose import Item


def item(found, key):
    return found.items.filter(found.items["key"] == key).row(0, named=True)


def test_no_fen_of_any_item_is_missing(busy):
    found = money(POOL, UNTIL)
    assert {row["key"]: found.difference(row) for row in found.items.iter_rows(named=True)} == dict.fromkeys((item.key for item in Item), 0)


def test_what_the_bank_refused_for_good_is_held_not_lost(busy):
    assert item(money(POOL, UNTIL), "account_pension")["held_fen"] == 2 * 2_000


def test_what_was_paid_before_the_opening_stands_apart_as_stated(busy):
    assert item(money(POOL, UNTIL), "base_pension")["stated_fen"] == 8 * 11 * 13_500


def test_a_contribution_is_settled_when_it_is_booked(busy):
    assert item(money(POOL, UNTIL), "proxy_contribution")["settled_fen"] == 30_000


def test_lines_the_bank_has_not_answered_are_in_transit(busy):
    assert money(POOL, UNTIL).total["in_transit_fen"] > 0


def test_after_the_answer_nothing_is_in_transit(busy):
    file = max((busy.folder / "out").glob("*"))
    busy.take(busy.answer(file), UNTIL)
    assert money(POOL, UNTIL).total["in_transit_fen"] == 0


def test_money_paid_for_a_dead_persons_months_is_to_be_recovered_to_the_fen(busy):
    _a_death_is_told_late(busy)
    found = money(POOL, UNTIL)
    assert (found.sound, found.total["to_recover_fen"]) == (True, found.outstanding_fen)


def test_a_repayment_moves_from_outstanding_to_recovered(busy):
    _a_death_is_told_late(busy)
    owed = money(POOL, UNTIL).outstanding_fen
    payments.receive_repayment(_debtor(), owed, "凭证-9", **busy.by("finance", UNTIL))
    found = money(POOL, UNTIL)
    assert (found.outstanding_fen, found.recovered_fen, found.sound) == (0, owed, True)


def test_money_as_json_carries_its_basis_and_its_verdict(busy):
    shown = money(POOL, UNTIL).as_json()
    assert (shown["sound"], shown["basis"]["through_month"]) == (True, "2019-01")


def test_all_checks_pass_after_another_month(busy):
    _a_death_is_told_late(busy)
    assert [one for one in run_checks(POOL, UNTIL) if not one.ok] == []


def _a_death_is_told_late(busy):
    """Somebody dead since November, told only now: two months were paid too much."""
    registry.tell(_debtor(), FactKind.DEATH, date(2018, 11, 20), **busy.by("maker", date(2019, 2, 1)))
    file = max((busy.folder / "out").glob("*"))
    busy.take(busy.answer(file), date(2019, 1, 20))
    busy.month("2019-02")


def _debtor():
    return Person.objects.get(name="郑长根").pk
