"""Coverage of the busy village: everybody once, by two routes, with the next step."""

from __future__ import annotations

from datetime import date

from busy import UNTIL
from world import POOL

from yingbao.acts import runs
from yingbao.reports.coverage import coverage
from yingbao.reports.year_to_date import year_to_date
from yingbao.store.models import Person


def box_of(found, name):
    number = Person.objects.get(name=name).pk
    return found.people.filter(person_id=number)["box"].to_list()


def test_the_boxes_add_up_to_the_roster_counted_by_the_database(busy):
    found = coverage(POOL, UNTIL)
    assert found.people.height == found.roster_persons > 0


def test_every_count_of_the_boxes_is_a_row(busy):
    found = coverage(POOL, UNTIL)
    assert int(found.totals["count"].sum()) == found.rows.height


def test_a_row_that_could_not_be_read_waits_to_be_verified(busy):
    found = coverage(POOL, UNTIL)
    waiting = found.rows.filter(found.rows["person_id"].is_null())
    assert waiting["box"].to_list() == ["to_verify"] * found.roster_rows


def test_an_unreadable_row_says_who_must_mend_it_by_when(busy):
    found = coverage(POOL, UNTIL)
    row = found.worklist.filter(found.worklist["box"] == "to_verify").row(0, named=True)
    assert (row["owner"], row["due_by"]) == ("提供单位", date(2019, 3, 2))


def test_an_elder_without_an_account_is_owed_and_held_and_counts_as_covered(busy):
    found = coverage(POOL, UNTIL)
    held = found.rows.filter(found.rows["box"] == "benefit_held")
    assert all(held["covered"].to_list())


def test_the_contribution_of_the_year_is_proxied_once_it_is_posted(busy):
    assert box_of(coverage(POOL, date(2018, 12, 6)), "顾建国") == ["proxied"]


def test_before_the_batch_the_county_owes_the_contribution(busy):
    assert box_of(coverage(POOL, date(2018, 12, 5)), "顾建国") == ["proxy_in_progress"]


def test_a_person_who_signed_a_waiver_is_in_the_waived_box_from_the_next_month(busy):
    assert box_of(coverage(POOL, date(2019, 1, 31)), "张玉珍") == ["waived"]


def test_who_left_the_roster_is_not_counted_after_it(busy):
    assert box_of(coverage(POOL, UNTIL), "徐长林") == []


def test_who_left_the_roster_is_still_there_on_a_day_before(busy):
    assert box_of(coverage(POOL, date(2018, 11, 30)), "徐长林") != []


def test_known_on_an_earlier_day_the_december_roster_has_not_come(busy):
    assert coverage(POOL, UNTIL, date(2018, 11, 25)).roster_rows == 0


def test_coverage_as_json_says_what_it_rests_on(busy):
    shown = coverage(POOL, UNTIL).as_json()
    assert (shown["as_of"], shown["sound"], shown["basis"]["pool"]) == ("2019-01-31", True, POOL)


def test_the_year_to_the_day_before_the_batch_holds_nobody(busy):
    assert year_to_date(POOL, 2018, date(2018, 12, 5)).persons == 0


def test_the_year_to_the_day_of_the_batch_holds_the_three_payers(busy):
    found = year_to_date(POOL, 2018, date(2018, 12, 6))
    assert (found.persons, found.fen) == (3, 30_000)


def test_the_year_by_category_adds_up_to_the_year(busy):
    found = year_to_date(POOL, 2018, UNTIL)
    assert int(found.by("category")["persons"].sum()) == found.persons


def test_nobody_proxied_in_the_year_is_without_a_category(busy):
    assert set(year_to_date(POOL, 2018, UNTIL).people["category"]) == {"registered_low_income"}


def test_an_empty_draft_leaves_the_year_as_it_is(busy):
    runs.draft_proxy(2018, UNTIL, **busy.by("maker", UNTIL))
    assert year_to_date(POOL, 2018, UNTIL).persons == 3


def test_a_box_of_a_contribution_says_of_which_year_it_is(busy):
    for day, said in ((date(2018, 12, 6), "已由政府代缴（2018年度）"), (date(2019, 1, 31), "应代缴、未代缴（2019年度）")):
        found = coverage(POOL, day)
        number = Person.objects.get(name="顾建国").pk
        assert found.people.filter(person_id=number)["why"].to_list() == [said]
