"""What was known, when: the bridge from rows to frames."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from yingbao.store import tables
from yingbao.store.models import Fact, FactChange, Person, RecordDecision, SourceRecord
from yingbao.values.facts import FactKind

POOL = 320682
NOVEMBER, DECEMBER, MARCH = date(2018, 11, 5), date(2018, 12, 5), date(2019, 3, 5)
ALWAYS = date(2099, 1, 1)


def tell(person, kind, *, told=NOVEMBER, act=1, pool=POOL, since=date(2018, 11, 1), **said):
    return Fact.objects.create(pool=pool, person_id=person, kind=int(kind), holds_from=since, told_at=told, act_seq=act, **said).id


def change(fact, what, *, told, act, until=None):
    FactChange.objects.create(pool=POOL, fact_id=fact, change=what, holds_until=until, told_at=told, act_seq=act)


def last_day(known_on, known_act=None, **kwargs):
    """The last days of the facts in force, as known."""
    return tables.facts(POOL, known_on, known_act, **kwargs)["holds_until"].to_list()


@pytest.fixture(params=["arrow", "own connection"])
def few(request):
    """Both ways of reading must say the same."""
    return {} if request.param == "arrow" else {"person_ids": [1]}


def test_what_was_told_later_was_not_known(database, few):
    tell(1, FactKind.DEATH, told=MARCH)
    assert (len(last_day(DECEMBER, **few)), len(last_day(MARCH, **few))) == (0, 1)


def test_what_a_later_act_of_the_same_day_told_was_not_known(database, few):
    tell(1, FactKind.DEATH, act=5)
    assert (len(last_day(NOVEMBER, 4, **few)), len(last_day(NOVEMBER, 5, **few))) == (0, 1)


def test_a_fact_ends_only_from_when_its_end_was_told(database, few):
    fact = tell(1, FactKind.CATEGORY, value="subsistence_rural")
    change(fact, "ended", told=MARCH, act=2, until=date(2019, 2, 28))
    assert last_day(DECEMBER, **few) == [None]
    assert last_day(MARCH, **few) == [date(2019, 2, 28)]


def test_of_two_endings_the_later_told_holds(database, few):
    fact = tell(1, FactKind.CATEGORY)
    change(fact, "ended", told=DECEMBER, act=2, until=date(2018, 12, 31))
    change(fact, "ended", told=MARCH, act=3, until=date(2019, 1, 31))
    assert last_day(ALWAYS, **few) == [date(2019, 1, 31)]
    assert last_day(ALWAYS, 2, **few) == [date(2018, 12, 31)]


def test_an_ending_can_be_taken_back(database, few):
    fact = tell(1, FactKind.CATEGORY, holds_until=date(2018, 11, 30))
    change(fact, "ended", told=MARCH, act=2, until=None)
    assert last_day(ALWAYS, **few) == [None]


def test_a_withdrawn_fact_was_still_believed_before(database, few):
    fact = tell(1, FactKind.DEATH)
    change(fact, "withdrawn", told=MARCH, act=2)
    assert (len(last_day(DECEMBER, **few)), len(last_day(MARCH, **few))) == (1, 0)


def test_a_withdrawal_stands_whatever_ending_follows(database, few):
    fact = tell(1, FactKind.DEATH)
    change(fact, "withdrawn", told=DECEMBER, act=2)
    change(fact, "ended", told=MARCH, act=3, until=MARCH)
    assert last_day(ALWAYS, **few) == []


def test_only_the_pool_asked_for_and_the_kinds_asked_for_are_read(database, few):
    tell(1, FactKind.BIRTH, number=19581130)
    tell(1, FactKind.DEATH)
    tell(1, FactKind.BIRTH, number=19600101, pool=320600)
    found = tables.facts(POOL, ALWAYS, kinds=[FactKind.BIRTH], **few)
    assert found["number"].to_list() == [19581130]


def test_the_columns_are_those_that_rules_expect(database, few):
    assert tables.facts(POOL, ALWAYS, **few).schema == {
        "person_id": pl.Int64, "kind": pl.Int16, "value": pl.String, "number": pl.Int64, "holds_from": pl.Date,
        "holds_until": pl.Date, "fact_id": pl.Int64, "told_at": pl.Date}  # fmt: skip


def test_a_corrected_birth_date_is_believed_from_when_it_was_told(database, few):
    tell(1, FactKind.BIRTH, number=19581201)
    tell(1, FactKind.BIRTH, number=19581130, told=MARCH, act=2)
    assert tables.persons(POOL, DECEMBER, **few)["birth"].to_list() == [date(1958, 12, 1)]
    assert tables.persons(POOL, MARCH, **few)["birth"].to_list() == [date(1958, 11, 30)]


def test_somebody_lives_in_the_village_registered_on_the_day(database, few):
    tell(1, FactKind.HOUSEHOLD_REGISTRATION, value="320682100201", holds_until=date(2018, 12, 31))
    tell(1, FactKind.HOUSEHOLD_REGISTRATION, value="320682100202", since=date(2019, 1, 1))
    villages = [tables.persons(POOL, day, **few)["village"].to_list() for day in (DECEMBER, MARCH)]
    assert villages == [["320682100201"], ["320682100202"]]


def test_a_person_of_whom_no_birth_is_known_is_still_there(database, few):
    tell(1, FactKind.HOUSEHOLD_REGISTRATION, value="320682100201")
    assert tables.persons(POOL, DECEMBER, **few).rows() == [(1, None, "320682100201")]


def test_many_people_asked_for_are_cut_from_the_whole(database):
    for person in (1, 2, 5000):
        tell(person, FactKind.DEATH)
    asked = tables.facts(POOL, ALWAYS, person_ids=range(2, 3000))
    assert asked["person_id"].to_list() == [2]


def test_people_come_with_their_sealed_numbers(database):
    Person.objects.create(pool=POOL, name="王桂兰", id_cipher="v1:…", id_index="00", sex="female", act_seq=1)
    assert tables.people(POOL).drop("person_id").rows() == [("王桂兰", "female", "v1:…", "00", 1)]


def test_the_newest_decision_is_the_disposition_of_a_record(database):
    for number in (1, 2):
        SourceRecord.objects.create(pool=POOL, source_file_id=4, number=number, sheet="一", row=number, disposition="waiting")
    for act, (disposition, person) in enumerate([("quarantined", None), ("stored", 77)], start=2):
        RecordDecision.objects.create(pool=POOL, source_file_id=4, number=2, disposition=disposition, person_id=person,
                                      officer_id=1, told_at=MARCH, act_seq=act)  # fmt: skip
    found = tables.source_records(4).select("number", "disposition", "person_id").rows()
    assert found == [(1, "waiting", None), (2, "stored", 77)]
