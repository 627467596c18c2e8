"""Many rows in and out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, transaction

from yingbao.store import bulk
from yingbao.store.errors import FrameDoesNotFit, NotInATransaction
from yingbao.store.models import Fact, MatchCase, Officer, Person, Posting
from yingbao.store.statements import watch

DAY = date(2018, 12, 1)
FACTS = pl.DataFrame(
    {
        "pool": 320682,
        "person_id": [1, 2, -3],
        "kind": 3,
        "value": ["subsistence_rural", None, "𠮷’；\t\\N\n特困"],
        "number": [None, 0, -(2**62)],
        "holds_from": [date(1, 1, 1), date(1969, 12, 31), date(2000, 2, 29)],
        "holds_until": [None, date(9999, 12, 31), None],
        "told_at": DAY,
        "act_seq": 1,
        "source_row": [None, 7, None],
    }
)
POSTINGS = pl.DataFrame(
    {
        "entry_id": 1, "person_id": [1, 2], "item": 2, "from_month": 24227, "until_month": 24229, "pool": 320682,
        "monthly_fen": 13500, "amount_fen": 27000, "debit": 500101, "credit": 220101,
    }
)  # fmt: skip


def stored(model, *columns):
    return bulk.read(model.objects.order_by("pk").values_list(*columns))


def test_text_nulls_dates_and_numbers_come_back_as_they_were(database):
    with transaction.atomic():
        bulk.write(Fact, FACTS)
    columns = FACTS.columns
    assert stored(Fact, *columns).equals(FACTS.cast(stored(Fact, *columns).schema))


def test_plain_numbers_come_back_as_they_were(database):
    with transaction.atomic():
        bulk.write(Posting, POSTINGS)
    assert stored(Posting, *POSTINGS.columns).equals(POSTINGS.cast(stored(Posting, *POSTINGS.columns).schema))


def test_json_and_truth_come_back_as_they_were(database):
    with transaction.atomic():
        bulk.write(Officer, pl.DataFrame({"login": ["zhou", "wu"], "name": "周", "roles": '["maker"]', "active": [True, False]}))
    assert list(Officer.objects.order_by("id").values_list("roles", "active")) == [(["maker"], True), (["maker"], False)]


def test_an_empty_answer_has_the_columns_and_types_of_the_model(database):
    assert bulk.read(Fact.objects.values_list("id", "value", "holds_until")).schema == {
        "id": pl.Int64, "value": pl.String, "holds_until": pl.Date}  # fmt: skip


def test_a_value_that_comes_late_is_not_lost(database):
    """Arrow's SQLite driver guesses types from the first rows: the guess must see all of them."""
    many = pl.DataFrame({
        "pool": 1, "person_id": range(3000), "kind": 1, "value": [None] * 2999 + ["last"], "holds_from": DAY,
        "told_at": DAY, "act_seq": 1,
    }, schema_overrides={"value": pl.String})  # fmt: skip
    with transaction.atomic():
        bulk.write(Fact, many)
    assert bulk.read(Fact.objects.order_by("id").values_list("value"))["value"][-1] == "last"


def test_conditions_are_passed_safely(database):
    with transaction.atomic():
        bulk.write(Fact, FACTS)
    wild = "x'; DROP TABLE store_fact; --%s%%"
    assert bulk.read(Fact.objects.filter(value=wild, told_at__lte=DAY).values_list("id")).is_empty()
    assert bulk.read(Fact.objects.filter(person_id__in=[1, 2], told_at__lte=DAY).values_list("id")).height == 2


def test_reading_here_sees_the_present_transaction_and_reading_at_large_does_not(database):
    with transaction.atomic():
        bulk.write(Fact, FACTS)
        query = Fact.objects.values_list("id", "holds_until")
        assert (bulk.read_here(query).height, bulk.read(query).height) == (3, 0)


def test_what_is_rolled_back_was_never_there(database):
    with transaction.atomic():
        bulk.write(Posting, POSTINGS)
        transaction.set_rollback(True)
    assert stored(Posting, "entry_id").is_empty()


def test_writing_outside_a_transaction_is_refused(database):
    with pytest.raises(NotInATransaction):
        bulk.write(Posting, POSTINGS)


@pytest.mark.parametrize(
    "frame",
    [
        POSTINGS.drop("debit"),
        POSTINGS.with_columns(surprise=1),
        POSTINGS.with_columns(debit=pl.lit(None, pl.Int32)),
    ],
)
def test_a_frame_that_does_not_fit_is_refused_by_column(database, frame):
    with pytest.raises(FrameDoesNotFit, match=r"debit|surprise"), transaction.atomic():
        bulk.write(Posting, frame)


@pytest.mark.parametrize("wrong", [{"amount_fen": 26999}, {"credit": 500101}, {"amount_fen": 0, "monthly_fen": 0}])
def test_a_posting_that_is_no_transfer_is_refused_by_the_database(database, wrong):
    changed = POSTINGS.with_columns(**{name: pl.lit(value) for name, value in wrong.items()})
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.write(Posting, changed)


def test_one_purpose_is_posted_once_an_entry(database):
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.write(Posting, pl.concat([POSTINGS, POSTINGS]))


def test_fresh_ids_are_given_once(database):
    with transaction.atomic():
        first = bulk.new_ids(Person, 3)
        second = bulk.new_ids(Person, 2)
    assert len({*first, *second}) == 5


def test_rows_after_fresh_ids_get_other_ids(database):
    with transaction.atomic():
        ids = bulk.new_ids(MatchCase, 3)
    made = MatchCase.objects.create(pool=1, source_file_id=1, number=1, level="L2", act_seq=1)
    assert made.id not in ids.to_list()


def test_ids_given_by_hand_are_not_given_again(database):
    with transaction.atomic():
        bulk.write(MatchCase, pl.DataFrame({"id": [50], "pool": 1, "source_file_id": 1, "number": 1, "level": "L2",
                                            "candidates": "[]", "act_seq": 1}))  # fmt: skip
    assert MatchCase.objects.create(pool=1, source_file_id=1, number=2, level="L2", act_seq=1).id == 51


def test_a_harness_sees_every_statement_and_the_borders(database):
    seen: list[str] = []
    with watch(seen.append), transaction.atomic():
        Officer.objects.create(login="a", name="b")
        bulk.write(Posting, POSTINGS)
    labels = [label for label in seen if not label.startswith(("BEGIN", "begin"))]
    assert labels[0].startswith("INSERT INTO")
    assert labels[1] in ("copy store_posting", "insert store_posting")
    assert labels[2:] == ["commit", "committed"]
    assert len(seen) == 5
