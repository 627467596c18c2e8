"""Rosters month after month: once, in order, and everybody in them placed or asked about."""

from __future__ import annotations

from datetime import date

import pytest
from world import POOL, POVERTY, VILLAGE_PEOPLE, World, in_file, poor_people, roster_row

from yingbao.acts import intake, matching
from yingbao.acts.errors import (
    FileRefused,
    NotOpened,
    OlderThanFollowed,
    OtherNumberLeaves,
    TooManyChanges,
    TotalsDiffer,
    UnknownCase,
)
from yingbao.store.models import AuditEvent, Fact, MatchCase, Person, Posting, SourceFile
from yingbao.values.facts import FactKind

DECEMBER_ROSTER = date(2018, 12, 10)


def poor_rows():
    return [roster_row(one) for one in poor_people()]


def counts():
    return [model.objects.count() for model in (Person, Fact, SourceFile, MatchCase, AuditEvent, Posting)]


def test_the_same_roster_twice_has_no_effect(world):
    before = counts()
    again = world.load(poor_rows(), "2018-11", date(2018, 12, 1))
    assert (again.repeated, counts()) == (True, before)


def test_a_roster_older_than_the_one_loaded_is_refused_and_nothing_is_stored(world):
    before = counts()
    with pytest.raises(OlderThanFollowed):
        world.load(poor_rows()[:-1], "2018-10", date(2018, 12, 1))
    assert counts() == before


def test_a_roster_of_another_month_than_its_name_says_is_refused(world):
    path = world.folder / "in" / "建档立卡人口信息201811.csv"
    reading = intake_reading(path, "2018-12")
    with pytest.raises(FileRefused):
        intake.load_roster(reading, **world.by("maker", DECEMBER_ROSTER))


def intake_reading(path, month):
    from yingbao.formats.rosters import read_roster
    from yingbao.values.month import month_from_text

    return read_roster(path, kind=POVERTY, data_month=month_from_text(month))


def test_the_next_roster_tells_who_joined_stayed_and_left(world):
    rows = [row for row in poor_rows() if row[0] != "陈桂兰"] + [roster_row(VILLAGE_PEOPLE["高志明"])]
    moves = world.load(rows, "2018-12", DECEMBER_ROSTER).moves
    assert moves == {"joined": 1, "stayed": len(rows) - 1, "left": 1, "changed": 0}


def test_who_is_flagged_out_of_poverty_stays_on_the_roster_with_one_more_fact(world):
    rows = [row for row in poor_rows() if row[0] != "顾建国"]
    rows.append(roster_row(VILLAGE_PEOPLE["顾建国"], flag="已脱贫"))
    world.load(rows, "2018-12", DECEMBER_ROSTER)
    kinds = set(Fact.objects.filter(person_id=world.person("顾建国")).values_list("kind", flat=True))
    assert int(FactKind.POVERTY_EXIT_FLAG) in kinds


def test_nobody_leaves_because_a_partial_roster_does_not_name_them(world):
    assert world.load(poor_rows()[:2], "2018-12", DECEMBER_ROSTER, partial=True).moves["left"] == 0


def test_who_could_not_be_placed_has_not_left(world):
    rows = [row for row in poor_rows() if row[0] != "陈桂兰"]
    rows.append(("陈桂兰", "320622195001010000", *poor_rows()[0][2:]))
    loaded = world.load(rows, "2018-12", DECEMBER_ROSTER)
    assert (loaded.counts["quarantined"], loaded.moves["left"]) == (1, 0)


def test_every_record_read_is_stored_quarantined_waiting_or_ignored(world):
    rows = [*poor_rows(), ("无名氏", "12345", "", "", "", "", ""), ("陈贵兰", *roster_row(VILLAGE_PEOPLE["陈桂兰"])[1:])]
    found = world.load(rows, "2018-12", DECEMBER_ROSTER).counts
    assert found["read"] == sum(found[name] for name in ("stored", "quarantined", "waiting", "ignored"))


def test_when_half_a_big_roster_is_gone_the_load_asks_first(world):
    many = [made_up(place) for place in range(60)]
    world.load([*poor_rows(), *many], "2018-12", DECEMBER_ROSTER)
    with pytest.raises(TooManyChanges):
        world.load(poor_rows()[:-1], "2019-01", date(2019, 1, 9))


def test_an_almost_empty_list_asks_however_small_it_was_and_is_confirmed_by_naming_how_many_leave(world):
    gone = len(poor_rows()) - 1
    with pytest.raises(TooManyChanges, match=f"--leaving {gone}"):
        world.load(poor_rows()[:1], "2018-12", DECEMBER_ROSTER)
    with pytest.raises(OtherNumberLeaves):
        world.load(poor_rows()[:1], "2018-12", DECEMBER_ROSTER, leaving=gone - 1)
    assert world.load(poor_rows()[:1], "2018-12", DECEMBER_ROSTER, leaving=gone).moves["left"] == gone


def made_up(place):
    from world import Villager

    names = "张王李赵钱孙周吴郑冯"
    name = names[place % 10] + names[place // 10] + "福"
    return roster_row(Villager(name, date(1970, 1, 1 + place % 28), "payer", poor=True, place=500 + place))


# --- whose row is it?


def doubtful(world: World) -> MatchCase:
    """Somebody new whose name and birthday are those of 沈美华, and the number but one digit."""
    one = VILLAGE_PEOPLE["沈美华"]
    from yingbao.values.identity import check_digit

    body = one.number[:15] + str((int(one.number[15]) + 1) % 10) + one.number[16]
    rows = [row for row in poor_rows() if row[0] != "沈美华"]
    rows.append(("沈美华", body + check_digit(body), *roster_row(one, account=False)[2:]))
    world.load(rows, "2018-12", DECEMBER_ROSTER)
    return MatchCase.objects.get()


def test_a_number_one_digit_off_waits_for_a_person(world):
    assert doubtful(world).level == "L3"


def test_who_waits_for_a_match_has_not_left_the_roster(world):
    doubtful(world)
    assert not changed_of(world, "沈美华")


def changed_of(world, name):
    from yingbao.store.models import FactChange

    facts = Fact.objects.filter(person_id=world.person(name)).values_list("pk", flat=True)
    return FactChange.objects.filter(fact_id__in=list(facts)).exists()


def test_an_accepted_match_is_told_of_the_candidate_and_makes_nobody_new(world):
    case = doubtful(world)
    people = Person.objects.count()
    chosen = matching.accept(case.pk, **world.by("maker", DECEMBER_ROSTER))
    assert (chosen, Person.objects.count()) == (world.person("沈美华"), people)


def test_a_rejected_match_is_a_new_person(world):
    case = doubtful(world)
    made = matching.reject(case.pk, **world.by("maker", DECEMBER_ROSTER))
    assert Person.objects.filter(name="沈美华").count() == 2
    assert Fact.objects.filter(person_id=made, kind=int(FactKind.CATEGORY)).count() == 1


def test_a_decided_match_cannot_be_decided_again_before_it_is_undone(world):
    case = doubtful(world)
    matching.accept(case.pk, **world.by("maker", DECEMBER_ROSTER))
    with pytest.raises(UnknownCase):
        matching.reject(case.pk, **world.by("maker", DECEMBER_ROSTER))


def test_an_undone_match_can_be_decided_the_other_way(world):
    case = doubtful(world)
    matching.accept(case.pk, **world.by("maker", DECEMBER_ROSTER))
    matching.undo(case.pk, **world.by("maker", DECEMBER_ROSTER))
    assert matching.reject(case.pk, **world.by("maker", DECEMBER_ROSTER)) is not None


def test_a_match_rejected_undone_and_rejected_again_ends_with_one_new_person(world):
    case = doubtful(world)
    matching.reject(case.pk, **world.by("maker", DECEMBER_ROSTER))
    matching.undo(case.pk, **world.by("maker", DECEMBER_ROSTER))
    matching.reject(case.pk, **world.by("maker", DECEMBER_ROSTER))
    assert Person.objects.filter(name="沈美华").count() == 2


def test_an_elder_whose_match_is_accepted_is_paid(world):
    one = VILLAGE_PEOPLE["陈桂兰"]
    rows = [("陈贵兰", *roster_row(one)[1:]) if row[0] == "陈桂兰" else row for row in poor_rows()]
    world.load(rows, "2018-12", DECEMBER_ROSTER)
    matching.accept(MatchCase.objects.get().pk, **world.by("maker", DECEMBER_ROSTER))
    assert in_file(world.month("2018-12"))["陈桂兰"] == 13_500


# --- the opening


def test_an_opening_register_that_differs_from_the_typed_totals_is_refused_and_nothing_is_stored(database, tmp_path):
    world = World(tmp_path)
    world.found()
    before = counts()
    with pytest.raises(TotalsDiffer):
        world.open_books({"persons": 12})
    assert counts() == before


def test_the_books_are_opened_once(world):
    before = counts()
    with pytest.raises(NotOpened):
        world.open_books()
    assert counts() == before


# --- the same list again, and lists that come back


def test_the_same_list_for_the_next_month_says_that_everybody_stayed(world):
    again = world.load(poor_rows(), "2018-12", DECEMBER_ROSTER)
    assert (again.repeated, again.same_as) == (False, "2018-11")
    assert again.moves == {"joined": 0, "stayed": len(poor_rows()), "left": 0, "changed": 0}


def test_the_same_list_for_the_next_month_twice_has_no_effect(world):
    world.load(poor_rows(), "2018-12", DECEMBER_ROSTER)
    before = counts()
    assert (world.load(poor_rows(), "2018-12", DECEMBER_ROSTER).repeated, counts()) == (True, before)


def test_a_mended_list_makes_no_new_error_and_its_people_join(world):
    from yingbao.formats.rosters import read_roster, write_back

    new = [made_up(60), made_up(61)]
    bad = [(name, number[:17] + ("0" if number[17] != "0" else "1"), *rest) for name, number, *rest in new]
    first = world.load([*poor_rows(), *bad], "2018-12", DECEMBER_ROSTER)
    reading = world.roster([*poor_rows(), *bad], "2018-12")
    (world.folder / "back").mkdir()
    back = write_back(reading, world.folder / "back")
    text = back.read_text(encoding="utf-8-sig")
    for wrong, good in zip(bad, new, strict=True):
        text = text.replace(wrong[1], good[1])
    back.write_text(text, encoding="utf-8-sig")
    again = intake.load_roster(read_roster(back), **world.by("maker", DECEMBER_ROSTER))
    assert (first.counts["quarantined"], again.counts["quarantined"]) == (2, 0)
    assert again.moves == {"joined": 2, "stayed": 0, "left": 0, "changed": 0}


def test_a_workbook_of_several_groups_passes_the_check_of_its_rows(world):
    from yingbao.formats.rosters import read_roster
    from yingbao.reports.checks.run import run_checks

    rows = [(*made_up(70 + place)[:4], kind) for place, kind in enumerate(["农村低保", "农村低保", "城市低保", "特困"])]
    path = world.table("民政困难群众201812.csv", ("姓名", "身份证号", "镇", "村", "困难类别"), rows)
    loaded = intake.load_roster(read_roster(path), **world.by("maker", DECEMBER_ROSTER))
    values = {fact.value for fact in Fact.objects.filter(source_file_id=loaded.file_id, kind=int(FactKind.CATEGORY))}
    assert (loaded.kind, values) == ("civil_affairs_groups", {"subsistence_rural", "subsistence_urban", "destitute"})
    assert [one.name for one in run_checks(POOL, DECEMBER_ROSTER, ["rows"]) if not one.ok] == []


# --- what is remembered of a bureau's headings


STRANGE = ("姓名", "身份证号", "镇", "村", "情况二")


def strange(world, name, rows):
    return world.table(name, STRANGE, [(*row[:4], "否") for row in rows])


def test_a_column_that_a_clerk_named_is_known_the_next_time(world):
    from yingbao.reports.remembered import read_as_before, remembered

    said = {"情况二": "poverty_flag"}
    first, _ = read_as_before(strange(world, "建档立卡人口信息201812.csv", poor_rows()), {}, kind=None, columns=said)
    intake.load_roster(first, **world.by("maker", DECEMBER_ROSTER))
    later = strange(world, "建档立卡人口信息201901.csv", poor_rows()[:-1])
    again, known = read_as_before(later, remembered(POOL), kind=None, columns={})
    assert {record.fields.poverty_exit_flag for record in again.records if record.is_person} == {False}
    assert known is not None
    assert "201812" in known.of


def test_headings_that_are_known_by_themselves_need_no_memory(world):
    from yingbao.reports.remembered import read_as_before, remembered

    path = world.table("建档立卡人口信息201812.csv", ("村", "镇", "证件号码", "户主", "脱贫属性"),
                       [(row[3], row[2], row[1], row[0], row[4]) for row in poor_rows()])  # fmt: skip
    reading, known = read_as_before(path, remembered(POOL), kind=None, columns={})
    assert known is None
    assert reading.record_account.stored == len(poor_rows())


def test_people_are_counted_who_moved_and_not_their_facts(world):
    rows = [row for row in poor_rows() if row[0] not in ("顾建国", "陈桂兰")]
    rows.append(roster_row(VILLAGE_PEOPLE["顾建国"], flag="已脱贫"))
    moves = world.load(rows, "2018-12", DECEMBER_ROSTER).moves
    assert moves == {"joined": 0, "stayed": len(rows) - 1, "left": 1, "changed": 1}
    back = world.load(poor_rows(), "2019-01", date(2019, 1, 9)).moves
    assert back == {"joined": 1, "stayed": len(rows) - 1, "left": 0, "changed": 1}


# --- a list on which each row says its own group


def groups_of(world, month, on, groups):
    """Civil affairs' list of a month: place of a made-up person → group."""
    from yingbao.formats.rosters import read_roster

    rows = [(*made_up(70 + place)[:4], group) for place, group in groups.items()]
    path = world.table(f"民政困难群众{month}.csv", ("姓名", "身份证号", "镇", "村", "困难类别"), rows)
    return intake.load_roster(read_roster(path), **world.by("maker", on))


def standing_groups(world):
    """Name → the groups that stand."""
    from yingbao.store.models import FactChange

    ended = set(FactChange.objects.values_list("fact_id", flat=True))
    people = dict(Person.objects.values_list("pk", "name"))
    facts = Fact.objects.filter(kind=int(FactKind.CATEGORY)).exclude(pk__in=ended).exclude(value="registered_low_income")
    return sorted((people[fact.person_id], fact.value) for fact in facts)


def test_a_mixed_list_ends_who_left_whatever_group_most_rows_have(world):
    names = [made_up(70 + place)[0] for place in range(5)]
    first = groups_of(world, "201812", DECEMBER_ROSTER, {0: "农村低保", 1: "农村低保", 2: "城市低保", 3: "特困"})
    later = groups_of(world, "201901", date(2019, 1, 9), {0: "城市低保", 2: "城市低保", 3: "特困", 4: "城市低保"})
    assert (first.kind, first.moves["joined"]) == ("civil_affairs_groups", 4)
    assert later.moves == {"joined": 1, "stayed": 2, "left": 1, "changed": 1}
    urban = [(names[place], "subsistence_urban") for place in (0, 2, 4)]
    assert standing_groups(world) == sorted([*urban, (names[3], "destitute")])


def test_a_list_of_one_group_continues_the_mixed_list_in_that_group_alone(world):
    groups_of(world, "201812", DECEMBER_ROSTER, {0: "农村低保", 1: "农村低保", 3: "特困"})
    rows = [(*made_up(70)[:4], "", "", "")]
    world.load(rows, "2019-01", date(2019, 1, 9), kind="subsistence_rural")
    assert standing_groups(world) == sorted([(made_up(70)[0], "subsistence_rural"), (made_up(73)[0], "destitute")])


def watch_list(world, month, on, groups):
    """The list against falling back into poverty of a month: place of a made-up person → group."""
    from yingbao.formats.rosters import read_roster

    rows = [(*made_up(80 + place)[:4], group) for place, group in groups.items()]
    path = world.table(f"防返贫监测对象{month}.csv", ("姓名", "身份证号", "镇", "村", "监测对象类别"), rows)
    return intake.load_roster(read_roster(path), **world.by("maker", on))


def test_a_watch_list_ends_who_left_or_moved_and_says_nothing_of_groups_that_it_does_not_hold(world):
    from yingbao.reports.checks.run import run_checks

    names = [made_up(80 + place)[0] for place in range(4)]
    first = watch_list(world, "201812", DECEMBER_ROSTER, {0: "脱贫不稳定户", 1: "脱贫不稳定户", 2: "突发严重困难户", 3: "返贫户"})
    watch_list(world, "201901", date(2019, 1, 9), {0: "脱贫不稳定户", 2: "边缘易致贫户"})
    assert first.kind == "poverty_watch"
    assert standing_groups(world) == sorted([
        (names[0], "monitored_unstable"), (names[2], "monitored_marginal"), (names[3], "fallen_into_poverty")])  # fmt: skip
    assert [one.name for one in run_checks(POOL, date(2019, 1, 9), ["rows"]) if not one.ok] == []
