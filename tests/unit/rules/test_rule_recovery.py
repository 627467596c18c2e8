"""Set-off and write-off to the fen, the order of a dated parameter, and the switches of endings and moves."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from yingbao.policy.tree import load
from yingbao.rules import recovery
from yingbao.rules.endings import goes_on_here, years_of_months
from yingbao.rules.law import Law, UnknownChoice
from yingbao.rules.recovery import MOVES
from yingbao.rules.relations import FACTS, PERSONS, SPANS, Facts
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of
from yingbao.values.purpose import Item

BASE, ACCOUNT, REFUND, GRANT = int(Item.BASE_PENSION), int(Item.ACCOUNT_PENSION), int(Item.ACCOUNT_REFUND), int(Item.FUNERAL_GRANT)
JANUARY, FEBRUARY, MARCH = (month_of(2019, one) for one in (1, 2, 3))
OWED = (1, BASE, JANUARY, FEBRUARY, 10_000)


def law(order: list[str] | None = None) -> Law:
    told = {} if order is None else {"recovery/set_off_order": {"2010-01-01": order}}
    return Law(load(region="rugao").in_force(None, told), month_of(2018, 1), MARCH + 1)


def facts(*told: tuple[FactKind, int, date]) -> Facts:
    rows = [(1, int(kind), None, number, day, None, place) for place, (kind, number, day) in enumerate(told, 1)]
    return Facts(pl.DataFrame([(1, None)], schema=PERSONS, orient="row"), pl.DataFrame(rows, schema=FACTS, orient="row"))


def moves(*rows: tuple[int, int, int, int, int], kind: str = "reclass_to_recover") -> pl.DataFrame:
    return pl.DataFrame([(*row, row[4] * (row[3] - row[2]), kind) for row in rows], schema=MOVES, orient="row")


def taken(
    waiting: list[tuple[int, int, int, int, int]], owed: pl.DataFrame, *, order: list[str] | None = None,
    known: Facts | None = None, ready: bool = True, recovering: tuple[tuple[int, int, int, int, int], ...] = (),
) -> list[tuple[int, int, int]]:  # fmt: skip
    """What is set off: item, first month and fen of each span."""
    payments = pl.DataFrame(waiting, schema=SPANS, orient="row").with_columns(pl.lit(ready).alias("ready"))
    over = pl.DataFrame(list(recovering), schema=SPANS, orient="row")
    found = recovery.set_off(payments, over, owed, known or facts(), law(order))
    return [(item, start, fen * (end - start)) for _, item, start, end, fen in found.select(*SPANS).iter_rows()]


def one(item: int, fen: int, month: int = MARCH) -> tuple[int, int, int, int, int]:
    return (1, item, month, month + 1, fen)


def test_the_refund_is_taken_before_the_funeral_grant_and_only_what_is_owed():
    assert taken([one(REFUND, 6_000), one(GRANT, 90_000)], moves(OWED)) == [(GRANT, MARCH, 4_000), (REFUND, MARCH, 6_000)]


def test_another_order_of_the_parameter_takes_the_grant_first():
    order = ["funeral_grant", "account_balance"]
    assert taken([one(REFUND, 6_000), one(GRANT, 90_000)], moves(OWED), order=order) == [(GRANT, MARCH, 10_000)]


def test_what_the_order_does_not_name_is_not_taken():
    assert taken([one(REFUND, 6_000)], moves(OWED), order=["funeral_grant"]) == []


def test_a_word_of_the_order_that_nobody_knows_is_refused_by_name():
    with pytest.raises(UnknownChoice, match="recovery/set_off_order"):
        taken([one(REFUND, 6_000)], moves(OWED), order=["heirs_pocket"])


def test_no_run_takes_the_pension_of_another_office():
    assert taken([one(BASE, 6_000), one(REFUND, 500)], moves(OWED), order=["employee_pension"]) == []


ENDED, DRAWS = (FactKind.RELATION_ENDED, "double_receipt"), (FactKind.OTHER_PENSION, "employee")
NAMED_BEFORE = ["account_balance", "employee_pension", "funeral_grant"]


@pytest.mark.parametrize(("told", "order", "fen"), [
    ((ENDED, DRAWS), None, [1_000]),  # 10,000 less a refund of 6,000 and a grant of 3,000
    ((ENDED, DRAWS), NAMED_BEFORE, [4_000]),  # the grant comes after
    ((ENDED, DRAWS), ["account_balance"], []),
    ((ENDED,), None, []), ((DRAWS,), None, []),
    (((FactKind.RELATION_ENDED, "joined_employee"), DRAWS), None, []),
])  # fmt: skip
def test_the_other_office_is_asked_after_a_double_receipt_for_what_our_own_money_does_not_settle(told, order, fen):
    rows = [(1, int(kind), value, None, date(2019, 1, 1), None, place) for place, (kind, value) in enumerate(told, 1)]
    known = Facts(pl.DataFrame([(1, None)], schema=PERSONS, orient="row"), pl.DataFrame(rows, schema=FACTS, orient="row"))
    left = pl.DataFrame([(1, REFUND, 6_000), (1, GRANT, 3_000), (1, BASE, 77)], schema=["person_id", "item", "fen"], orient="row")
    asked = recovery.asked_of_the_other_office(recovery.outstanding(moves(OWED)), left, known, law(order))
    assert asked["fen"].to_list() == fen


def test_nothing_is_asked_of_the_other_office_where_our_own_money_settles_all():
    left = pl.DataFrame([(1, REFUND, 10_000)], schema=["person_id", "item", "fen"], orient="row")
    rows = [(1, int(kind), value, None, date(2019, 1, 1), None, place) for place, (kind, value) in enumerate((ENDED, DRAWS), 1)]
    known = Facts(pl.DataFrame([(1, None)], schema=PERSONS, orient="row"), pl.DataFrame(rows, schema=FACTS, orient="row"))
    assert recovery.asked_of_the_other_office(recovery.outstanding(moves(OWED)), left, known, law()).is_empty()


def test_a_later_pension_is_not_touched_without_a_plan_and_by_a_plan_only_so_far_a_month():
    pension = [one(BASE, 14_800), one(ACCOUNT, 2_000)]
    agreed = facts((FactKind.RECOVERY_PLAN, 15_500, date(2019, 3, 5)))
    assert taken(pension, moves(OWED)) == []
    assert taken(pension, moves(one(BASE, 50_000, JANUARY)), known=agreed) == [(BASE, MARCH, 14_800), (ACCOUNT, MARCH, 700)]


def test_months_before_the_plan_are_left_alone():
    agreed = facts((FactKind.RECOVERY_PLAN, 5_000, date(2019, 3, 5)))
    assert taken([one(BASE, 14_800, FEBRUARY), one(BASE, 14_800)], moves(OWED), known=agreed) == [(BASE, MARCH, 5_000)]


def test_a_pension_that_is_held_is_left_alone_and_a_refund_that_is_held_is_not():
    agreed = facts((FactKind.RECOVERY_PLAN, 5_000, date(2019, 3, 5)))
    held = taken([one(BASE, 14_800), one(REFUND, 3_000)], moves(OWED), known=agreed, ready=False)
    assert held == [(REFUND, MARCH, 3_000)]


def test_a_purpose_that_is_owed_again_is_the_money_that_is_still_with_the_person():
    assert taken([one(BASE, 10_000, JANUARY)], moves(OWED)) == [(BASE, JANUARY, 10_000)]


def test_a_purpose_whose_money_came_back_in_cash_is_paid_again():
    repaid = pl.concat([moves(OWED), moves((1, 0, MARCH, MARCH + 1, 10_000), kind="repay")])
    assert taken([one(BASE, 10_000, JANUARY)], repaid) == []


def test_what_the_same_run_finds_overpaid_is_set_off_at_once():
    assert taken([one(REFUND, 9_000)], moves(), recovering=((1, BASE, JANUARY, MARCH, -1_500),)) == [(REFUND, MARCH, 3_000)]


def test_a_write_off_gives_up_the_latest_months_first_and_once():
    decided = facts((FactKind.WRITE_OFF, 12_000, date(2019, 3, 1)))
    owed = moves((1, BASE, JANUARY, MARCH, 10_000))
    first = recovery.written_off(decided, owed)
    assert sorted(first.select("from_month", "monthly_fen").iter_rows()) == [(JANUARY, 2_000), (FEBRUARY, 10_000)]
    done = pl.concat([owed, *(moves((1, BASE, start, start + 1, fen), kind="write_off")
                              for start, fen in first.select("from_month", "monthly_fen").iter_rows())])  # fmt: skip
    assert recovery.written_off(decided, done).is_empty()


def test_no_more_is_given_up_than_is_still_owed():
    decided = facts((FactKind.WRITE_OFF, 50_000, date(2019, 3, 1)))
    repaid = pl.concat([moves(OWED), moves((1, 0, MARCH, MARCH + 1, 4_000), kind="repay")])
    assert recovery.written_off(decided, repaid)["monthly_fen"].to_list() == [6_000]


def lost(fen: int, kind: str = "write_off") -> pl.DataFrame:
    return moves((1, BASE, JANUARY, FEBRUARY, fen), kind=kind)


def due_again(fen: int) -> pl.DataFrame:
    return pl.DataFrame([one(BASE, fen, JANUARY)], schema=SPANS, orient="row")


def test_what_was_given_up_and_is_owed_after_all_is_not_paid_a_second_time():
    booked = pl.concat([moves(OWED), lost(10_000)])
    restored = recovery.restored_claims(due_again(10_000), booked)
    assert restored.rows() == [one(BASE, 10_000, JANUARY)]
    assert taken([one(BASE, 10_000, JANUARY)], recovery.with_restored(booked, restored)) == [(BASE, JANUARY, 10_000)]
    decided = facts((FactKind.WRITE_OFF, 10_000, date(2019, 3, 1)))
    after = pl.concat([recovery.with_restored(booked, restored), moves(OWED, kind="set_off")])
    assert (recovery.outstanding(after).height, recovery.given_up(after).height) == (0, 0)
    assert recovery.written_off(decided, pl.concat([after, moves(one(BASE, 9_000))])).is_empty(), "a decision is used up once"


def test_of_a_part_given_up_only_what_the_open_part_does_not_cover_is_restored():
    booked = pl.concat([moves(OWED), lost(4_000)])
    assert recovery.restored_claims(due_again(7_000), booked)["monthly_fen"].to_list() == [1_000]
    assert recovery.restored_claims(due_again(6_000), booked).is_empty()


def test_a_decision_withdrawn_after_it_was_booked_is_taken_back():
    booked = pl.concat([moves(OWED), lost(10_000)])
    assert recovery.withdrawn_write_offs(facts(), booked).rows() == [OWED]
    assert recovery.withdrawn_write_offs(facts((FactKind.WRITE_OFF, 10_000, date(2019, 3, 1))), booked).is_empty()
    back = pl.concat([booked, lost(10_000, "write_off_withdrawn")])
    assert recovery.withdrawn_write_offs(facts(), back).is_empty()
    assert recovery.outstanding(back)["fen"].to_list() == [10_000]
    assert recovery.written_off(facts((FactKind.WRITE_OFF, 3_000, date(2019, 3, 9))), back)["monthly_fen"].to_list() == [3_000]


# refund/two_counties and transfer/employee_months_as_years: every value, and no other.


@pytest.mark.parametrize(("rule", "here_first", "ours"), [
    ("first_place_keeps", True, True), ("first_place_keeps", False, False),
    ("second_place_keeps", True, False), ("second_place_keeps", False, True),
])  # fmt: skip
def test_of_two_counties_the_rule_says_which_goes_on(rule, here_first, ours):
    assert goes_on_here(rule, paid_here_first=here_first) is ours


@pytest.mark.parametrize(("months", "rule", "years"), [
    (35, "full_years_only", 2), (36, "full_years_only", 3), (35, "rounded_up", 3), (36, "rounded_up", 3), (1, "rounded_up", 1),
])
def test_months_of_the_employee_scheme_count_as_years_by_the_rule(months, rule, years):
    assert years_of_months(months, rule) == years


def test_another_rule_is_refused_by_its_name():
    with pytest.raises(UnknownChoice, match="refund/two_counties"):
        goes_on_here("both_keep", paid_here_first=True)
    with pytest.raises(UnknownChoice, match="employee_months_as_years"):
        years_of_months(12, "by_day")
