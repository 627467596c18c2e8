"""What has been done, as steps: base and tail always say what the journal says."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from django.db import transaction

from yingbao.ledger import chart, postings
from yingbao.store import bulk, done
from yingbao.store.books import RULES, Book
from yingbao.store.models import DoneGeneration, DoneStep, JournalEntry, Posting
from yingbao.values.purpose import Item

POOL = 320682
BASE = int(Item.BASE_PENSION)
DECEMBER = 2018 * 12 + 11


def post(kind, *spans, pool=POOL):
    """Spans ``(person, from, until, monthly_fen)`` as an entry of a kind."""
    with transaction.atomic():
        entry = JournalEntry.objects.create(pool=pool, kind=kind.name, on=date(2018, 12, 3), reason="", act_seq=1)
        lines = pl.DataFrame(spans, orient="row", schema={"person_id": pl.Int64, "from_month": pl.Int32,
                                                          "until_month": pl.Int32, "monthly_fen": pl.Int64})  # fmt: skip
        item = int(Item.PROXY_CONTRIBUTION) if kind is postings.CONTRIBUTE else BASE
        lines = lines.with_columns(pl.lit(item, pl.Int16).alias("item"))
        bulk.write(Posting, postings.post(kind, lines, entry_id=entry.id, pool=pool))
    return entry.id


def rebuild(**kwargs):
    with transaction.atomic():
        return done.rebuild_done(POOL, **kwargs)


def steps(book=Book.RECOGNISED, **kwargs):
    return done.done(POOL, book, **kwargs).rows()


@pytest.fixture(params=["arrow", "own connection"])
def few(request):
    return {} if request.param == "arrow" else {"person_ids": [7]}


def month(place):
    return DECEMBER + place


def test_even_months_are_two_steps_however_many(database, few):
    for place in range(5):
        post(postings.RECOGNISE, (7, month(place), month(place + 1), 13500))
    assert steps(**few) == [(7, BASE, month(0), 13500), (7, BASE, month(5), -13500)]


def test_what_is_taken_back_vanishes(database, few):
    post(postings.RECOGNISE, (7, month(0), month(2), 13500))
    post(postings.RECOGNISE, (7, month(0), month(2), -13500))
    assert steps(**few) == []


def test_recognised_is_not_disbursed_until_instructed(database, few):
    post(postings.RECOGNISE, (7, month(0), month(1), 13500))
    assert steps(Book.DISBURSED, **few) == []
    post(postings.INSTRUCT, (7, month(0), month(1), 13500))
    assert steps(Book.DISBURSED, **few) == steps(**few)


def test_a_returned_payment_is_not_disbursed(database, few):
    post(postings.INSTRUCT, (7, month(0), month(1), 13500))
    post(postings.BANK_RETURN, (7, month(0), month(1), 13500))
    assert steps(Book.DISBURSED, **few) == []


def test_settlement_moves_neither_book(database, few):
    post(postings.SETTLE, (7, month(0), month(1), 13500))
    assert (steps(**few), steps(Book.DISBURSED, **few)) == ([], [])


def test_a_contribution_is_recognised_at_once(database, few):
    post(postings.CONTRIBUTE, (7, 2018 * 12, 2018 * 12 + 1, 10000))
    assert steps(**few)[0] == (7, int(Item.PROXY_CONTRIBUTION), 2018 * 12, 10000)


def test_done_can_be_asked_as_of_an_entry(database, few):
    first = post(postings.RECOGNISE, (7, month(0), month(1), 13500))
    post(postings.RECOGNISE, (7, month(1), month(2), 14800))
    assert steps(through_entry=first, **few) == [(7, BASE, month(0), 13500), (7, BASE, month(1), -13500)]


def test_another_pool_is_not_done_here(database, few):
    post(postings.RECOGNISE, (7, month(0), month(1), 13500), pool=320600)
    assert steps(**few) == []


def a_history():
    for place in range(4):
        lines = [(person, month(place), month(place + 1), 13500 + person) for person in (7, 8, 9)]
        post(postings.RECOGNISE, *lines)
        post(postings.INSTRUCT, *lines)
    post(postings.BANK_RETURN, (8, month(3), month(4), 13508))
    post(postings.RECOGNISE, (9, month(2), month(4), -13509))
    post(postings.RECLASS_TO_RECOVER, (9, month(2), month(4), -13509))


@pytest.mark.parametrize("book", list(Book))
@pytest.mark.parametrize("through", [1, 4, 8, 11])
def test_base_and_tail_say_what_the_journal_says(database, book, through):
    a_history()
    entries = done.entries(POOL)["entry_id"]
    rebuild(through_entry=entries[through - 1])
    assert done.done(POOL, book).equals(done.done_from_journal(POOL, book))


def test_a_base_too_new_for_the_question_is_not_used(database):
    a_history()
    third = done.entries(POOL)["entry_id"][2]
    rebuild()
    assert done.done(POOL, Book.RECOGNISED, third).equals(done.done_from_journal(POOL, Book.RECOGNISED, third))


def test_a_base_upon_a_base_is_the_same_as_from_the_journal(database):
    a_history()
    rebuild(through_entry=done.entries(POOL)["entry_id"][3])
    rebuild()
    again = done.done(POOL, Book.DISBURSED)
    rebuild(from_journal=True)
    assert again.equals(done.done(POOL, Book.DISBURSED))


def test_one_picture_is_kept(database):
    a_history()
    rebuild()
    rows = rebuild()
    assert (DoneGeneration.objects.count(), DoneStep.objects.count()) == (1, rows)


def test_postings_of_a_person_and_of_an_entry_come_in_the_order_of_the_key(database):
    a_history()
    first = done.entries(POOL)["entry_id"][0]
    assert done.postings(POOL, entry_ids=[first])["person_id"].to_list() == [7, 8, 9]
    assert done.postings(POOL, person_ids=[8])["kind"].to_list() == ["recognise", "instruct"] * 4 + ["bank_return"]


def test_every_kind_that_a_book_listens_to_is_one_the_ledger_names():
    named = {*postings.KINDS, "opening_recognised", "opening_disbursed"}
    assert {kind for rule in RULES for kind in rule.kinds} <= named


def test_every_kind_that_touches_the_payable_moves_a_book():
    touching = {kind.name for kind in postings.KINDS.values() if any(chart.PAYABLE in pair for pair in kind.sides.values())}
    assert touching <= {kind for rule in RULES for kind in rule.kinds}
