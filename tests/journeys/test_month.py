"""The office's months, as sentences: due less done, whatever happened and whenever it was told."""

from __future__ import annotations

from datetime import date

import pytest
from world import PAYDAY, POOL, booked, in_file, poor_people, roster_row

from yingbao.acts import funds, registry, runs, waivers
from yingbao.acts.errors import InputsMoved, MakerCannotApprove, MoneyNotArrived, NotAllowed, VoucherUsed, WrongState
from yingbao.ledger.run_lines import LineClass
from yingbao.reports.checks import run_checks
from yingbao.store.models import Fact, JournalEntry, Run, RunLine
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text

DECEMBER, JANUARY, FEBRUARY, MARCH = "2018-12", "2019-01", "2019-02", "2019-03"
AFTER_DECEMBER = date(2018, 12, 17)


def answered(world, month, fates=None):
    """A month through bank and back."""
    sent = world.month(month)
    world.take(world.answer(sent[0], fates), PAYDAY[month])
    return sent


def test_a_poor_elder_is_in_the_december_bank_file_with_the_base_pension(world):
    assert in_file(world.month(DECEMBER))["陈桂兰"] == 13_500


def test_a_pensioner_of_the_register_gets_base_and_account_pension_in_one_line(world):
    assert in_file(world.month(DECEMBER))["王桂兰"] == 15_500


def test_who_turns_sixty_on_the_last_of_november_is_paid_from_december_and_a_day_later_from_january(world):
    december, january = in_file(world.month(DECEMBER)), in_file(world.month(JANUARY))
    assert ("柳康杰" in december, "柳小杰" in december, "柳小杰" in january) == (True, False, True)


def test_who_is_not_poor_and_paid_too_few_years_is_not_paid(world):
    assert "李秀兰" not in in_file(world.month(DECEMBER))


# --- the bank's answers


def test_a_returned_payment_is_not_in_the_next_bank_file_before_a_new_account_is_told(world):
    answered(world, DECEMBER, {"陈桂兰": "curable"})
    assert "陈桂兰" not in in_file(world.month(JANUARY))


def test_a_returned_payment_is_in_the_next_bank_file_once_a_new_account_is_told(world):
    answered(world, DECEMBER, {"陈桂兰": "curable"})
    world.new_account("陈桂兰", AFTER_DECEMBER)
    assert in_file(world.month(JANUARY))["陈桂兰"] == 2 * 13_500


def test_a_do_not_resend_is_in_no_later_bank_file(world):
    answered(world, DECEMBER, {"陈桂兰": "do_not_resend"})
    world.new_account("陈桂兰", AFTER_DECEMBER)
    assert "陈桂兰" not in in_file(world.month(JANUARY))


def test_an_unknown_payment_is_not_paid_again_before_the_bank_has_answered(world):
    answered(world, DECEMBER, {"陈桂兰": "unknown"})
    assert in_file(world.month(JANUARY))["陈桂兰"] == 13_500


def test_an_unknown_payment_that_settles_is_never_paid_again(world):
    sent = answered(world, DECEMBER, {"陈桂兰": "unknown"})
    world.take(world.answer(sent[0], sequence=2, only=["陈桂兰"]), AFTER_DECEMBER)
    assert in_file(world.month(JANUARY))["陈桂兰"] == 13_500


def test_an_unknown_payment_that_fails_is_paid_again_once_a_new_account_is_told(world):
    sent = answered(world, DECEMBER, {"陈桂兰": "unknown"})
    world.take(world.answer(sent[0], {"陈桂兰": "curable"}, sequence=2, only=["陈桂兰"]), AFTER_DECEMBER)
    world.new_account("陈桂兰", AFTER_DECEMBER)
    assert in_file(world.month(JANUARY))["陈桂兰"] == 2 * 13_500


def test_a_run_is_settled_only_when_the_bank_has_answered_every_line(world):
    sent = answered(world, DECEMBER, {"陈桂兰": "unknown"})
    before = Run.objects.get(kind="disbursement").state
    world.take(world.answer(sent[0], sequence=2, only=["陈桂兰"]), AFTER_DECEMBER)
    assert (before, Run.objects.get(kind="disbursement").state) == ("instructed", "settled")


def test_the_same_return_file_twice_has_no_effect(world):
    back = world.answer(world.month(DECEMBER)[0])
    world.take(back, AFTER_DECEMBER)
    entries = JournalEntry.objects.count()
    assert (world.take(back, AFTER_DECEMBER).repeated, JournalEntry.objects.count()) == (True, entries)


# --- what is told late


def test_a_death_told_late_is_recovered(world):
    for month in (DECEMBER, JANUARY):
        answered(world, month)
    registry.tell(world.person("徐长林"), FactKind.DEATH, date(2018, 12, 18), **world.by("maker", date(2019, 2, 8)))
    assert booked(world.recognise(FEBRUARY), world.person("徐长林")) == [("2019-01", "2019-02", -13_500)]


def test_a_recovery_is_not_in_the_bank_file(world):
    for month in (DECEMBER, JANUARY, FEBRUARY):
        answered(world, month)
    registry.tell(world.person("徐长林"), FactKind.DEATH, date(2018, 12, 18), **world.by("maker", date(2019, 3, 8)))
    world.recognise(MARCH)
    paid = in_file(world.pay(MARCH))
    run = Run.objects.filter(kind="disbursement").latest("pk")
    kinds = RunLine.objects.filter(run_id=run.pk, person_id=world.person("徐长林")).values_list("line_class", flat=True)
    assert ("徐长林" in paid, set(kinds)) == (False, {int(LineClass.RECOVER)})


def test_a_wrong_birthday_corrected_moves_the_money_by_itself(world):
    world.month(DECEMBER)
    number = world.person("柳小杰")
    registry.correct_birth(number, date(1958, 11, 1), "户口簿", **world.by("maker", date(2019, 1, 3)))
    assert booked(world.recognise(JANUARY), number) == [("2018-12", "2019-01", 13_500), ("2019-01", "2019-02", 13_500)]


def test_a_rise_announced_in_march_pays_two_months_of_arrears(world):
    for month in (DECEMBER, JANUARY, FEBRUARY):
        answered(world, month)
    assert in_file(world.month(MARCH))["陈桂兰"] == 14_800 + 2 * 1_300


def test_who_left_the_poverty_register_is_still_paid(world):
    world.month(DECEMBER)
    rest = [roster_row(one) for one in poor_people() if one.name != "陈桂兰"]
    world.load(rest, JANUARY, date(2019, 1, 9))
    assert in_file(world.month(JANUARY))["陈桂兰"] == 13_500


def test_who_signs_a_waiver_is_not_paid_from_the_next_month(world):
    waivers.sign(world.person("张玉珍"), "benefit", counselled=True, witnesses=["甲", "乙"],
                 **world.by("maker", date(2018, 12, 3)))  # fmt: skip
    december, january = in_file(world.month(DECEMBER)), in_file(world.month(JANUARY))
    assert ("张玉珍" in december, "张玉珍" in january) == (True, False)


def test_who_withdraws_a_waiver_is_paid_again_from_the_next_month_and_nothing_is_made_up(world):
    number = world.person("张玉珍")
    signed = waivers.sign(number, "benefit", counselled=True, witnesses=["甲", "乙"],
                          **world.by("maker", date(2018, 11, 25)))  # fmt: skip
    world.month(DECEMBER)
    waivers.withdraw(signed.pk, **world.by("maker", date(2019, 1, 8)))
    world.month(JANUARY)
    assert booked(world.recognise(FEBRUARY), number) == [("2019-02", "2019-03", 13_500)]


# --- runs


def test_running_a_month_twice_drafts_nothing(world):
    answered(world, DECEMBER)
    again = world.recognise(DECEMBER)
    assert (again.run, world.pay(DECEMBER)) == (None, [])


def test_approving_is_refused_to_the_maker_even_with_both_roles(world):
    on = PAYDAY[DECEMBER]
    both = {**world.by("both", on)}
    drafted = runs.draft_payroll(month_from_text(DECEMBER), **both)
    runs.submit(drafted.run.pk, **both)
    with pytest.raises(MakerCannotApprove):
        runs.approve(drafted.run.pk, **both)


def test_posting_is_refused_to_who_is_not_finance(world):
    on = PAYDAY[DECEMBER]
    approved = world.approved(runs.draft_payroll(month_from_text(DECEMBER), **world.by("maker", on)), on)
    with pytest.raises(NotAllowed):
        runs.post(approved.pk, **world.by("maker", on))


def test_approving_is_refused_when_the_inputs_have_moved_and_the_difference_is_shown(world):
    on = PAYDAY[DECEMBER]
    drafted = runs.draft_payroll(month_from_text(DECEMBER), **world.by("maker", on))
    runs.submit(drafted.run.pk, **world.by("maker", on))
    registry.tell(world.person("徐长林"), FactKind.DEATH, date(2018, 11, 2), **world.by("maker", on))
    with pytest.raises(InputsMoved) as refused:
        runs.approve(drafted.run.pk, **world.by("checker", on))
    assert f"#{world.person('徐长林')} 135.00→0.00" in str(refused.value)


def test_a_voided_run_makes_room_for_another(world):
    on = PAYDAY[DECEMBER]
    first = runs.draft_payroll(month_from_text(DECEMBER), **world.by("maker", on))
    runs.void(first.run.pk, "拟错了", **world.by("maker", on))
    assert world.recognise(DECEMBER).run.total_fen == first.run.total_fen


def test_a_booked_run_cannot_be_voided(world):
    done = world.recognise(DECEMBER)
    with pytest.raises(WrongState):
        runs.void(done.run.pk, "反悔", **world.by("maker", PAYDAY[DECEMBER]))


def proxy_run(world, on=date(2018, 12, 20)):
    return world.approved(runs.draft_proxy(2018, on, **world.by("maker", on)), on)


def test_contributions_are_for_the_poor_of_working_age_at_a_hundred_yuan_each(world):
    run = proxy_run(world)
    assert (run.line_count, run.total_fen) == (3, 30_000)


def test_posting_contributions_before_the_money_is_there_is_refused(world):
    run = proxy_run(world)
    funds.proxy_arrived(run.pk, run.total_fen - 1, "拨款-1", **world.by("finance", date(2018, 12, 21)))
    with pytest.raises(MoneyNotArrived):
        runs.post(run.pk, **world.by("finance", date(2018, 12, 21)))


def test_contributions_are_posted_once_the_money_is_there_and_never_twice(world):
    run = proxy_run(world)
    funds.proxy_arrived(run.pk, run.total_fen, "拨款-1", **world.by("finance", date(2018, 12, 21)))
    runs.post(run.pk, **world.by("finance", date(2018, 12, 21)))
    again = runs.draft_proxy(2018, date(2018, 12, 28), **world.by("maker", date(2018, 12, 28)))
    assert again.run is None


def test_whose_contribution_the_county_paid_has_a_proof_of_it_once_it_is_booked(world):
    from yingbao.reports.errors import NothingToPrint
    from yingbao.reports.receipts import receipts

    run = proxy_run(world)
    funds.proxy_arrived(run.pk, run.total_fen, "拨款-1", **world.by("finance", date(2018, 12, 21)))
    runs.post(run.pk, **world.by("finance", date(2018, 12, 21)))
    person = RunLine.objects.filter(run_id=run.pk).first().person_id
    with pytest.raises(NothingToPrint):
        receipts(POOL, person, 2018, date(2018, 12, 20))
    [proof], _ = receipts(POOL, person, 2018, date(2018, 12, 21))
    assert (proof.number, proof.fen, proof.by_county) == (f"DJ2018-{person}", 10_000, True)


def test_the_same_voucher_twice_is_money_once(world):
    run = proxy_run(world)
    by = world.by("finance", date(2018, 12, 21))
    first = funds.proxy_arrived(run.pk, run.total_fen, "拨款-1", **by)
    assert not first.repeated
    assert funds.proxy_arrived(run.pk, run.total_fen, "拨款-1", **by) == funds.Booked(first.entry, repeated=True)


def test_everything_adds_up_after_four_months(world):
    answered(world, DECEMBER, {"陈桂兰": "curable", "黄玉芳": "unknown", "王桂兰": "do_not_resend"})
    world.new_account("陈桂兰", AFTER_DECEMBER)
    answered(world, JANUARY)
    registry.tell(world.person("徐长林"), FactKind.DEATH, date(2018, 12, 18), **world.by("maker", date(2019, 2, 8)))
    answered(world, FEBRUARY)
    answered(world, MARCH)
    assert [f"{one.id} {one.zh} {one.left} {one.right}" for one in run_checks(POOL, date(2019, 3, 20)) if not one.ok] == []


def test_an_account_on_a_roster_never_replaces_the_one_that_is_registered(world):
    world.new_account("陈桂兰", date(2018, 12, 1))
    world.load([roster_row(one) for one in poor_people()], DECEMBER, date(2018, 12, 10))
    kept = Fact.objects.filter(person_id=world.person("陈桂兰"), kind=int(FactKind.BANK_ACCOUNT)).latest("pk")
    assert kept.value == "江苏农商银行"




def test_a_voucher_number_of_another_year_is_another_voucher(world):
    days = (date(2018, 12, 27), date(2018, 12, 28), date(2019, 1, 3))
    told = [funds.draw(1_000, "用款-12", **world.by("finance", day)) for day in days]
    assert [one.repeated for one in told] == [False, True, False]
    assert JournalEntry.objects.filter(kind="draw").count() == 2
    with pytest.raises(VoucherUsed):
        funds.draw(2_000, "用款-12", **world.by("finance", days[2]))
