"""What the bank was sent for a person is found in every file that a run was cut into."""

from __future__ import annotations

from datetime import date

import pytest

from yingbao.reports.person_books import bank_payments
from yingbao.store.models import BankAnswer, BankBatch, BankLine

DAY = date(2018, 12, 20)
RUN = 7
FILES = ((1, 5), (6, 6), (7, 10))  # first and last line
OF_LINE = {line: 100 + 10 * line for line in range(1, 11)}  # the person of each line; nobody stands between them


@pytest.fixture
def sent(database):
    for place, (first, last) in enumerate(FILES):
        batch = BankBatch.objects.create(pool=1, run_id=RUN, number=f"N{place}", profile="daifa-text", count=last - first + 1,
                                         total_fen=1, sha256="", file_name="", act_seq=1, on=DAY)  # fmt: skip
        for line in range(first, last + 1):
            BankLine.objects.create(batch_id=batch.pk, line=line, person_id=OF_LINE[line], account_fact_id=1,
                                    amount_fen=line, pool=1, name="某")  # fmt: skip


def answer(line, outcome):
    batch = BankLine.objects.get(line=line).batch_id
    BankAnswer.objects.create(pool=1, batch_id=batch, line=line, outcome=outcome, code="01", message="账户已销户",
                              on=DAY, return_sha256="", act_seq=2)  # fmt: skip


def test_everybody_is_found_on_their_own_line_of_their_own_file(sent):
    found = {person: [(one.batch, one.line, one.fen) for one in bank_payments([RUN], person)] for person in OF_LINE.values()}
    expected = {}
    for place, (first, last) in enumerate(FILES):
        expected |= {OF_LINE[line]: [(f"N{place}", line, line)] for line in range(first, last + 1)}
    assert found == expected


@pytest.mark.parametrize("person", [1, 105, 155, 165, 205])
def test_who_was_not_paid_is_on_no_line(sent, person):
    assert list(bank_payments([RUN], person)) == []


def test_an_unknown_answer_leaves_the_money_in_transit_until_the_final_one(sent):
    answer(6, "unknown")
    before = [one.outcome for one in bank_payments([RUN], OF_LINE[6])]
    answer(6, "curable")
    after = [(one.outcome, one.message, one.answered_on) for one in bank_payments([RUN], OF_LINE[6])]
    assert (before, after) == (["in_transit"], [("curable", "账户已销户", DAY)])


def test_files_of_other_runs_are_not_looked_at(sent):
    assert list(bank_payments([RUN + 1], OF_LINE[3])) == []
    assert list(bank_payments([], OF_LINE[3])) == []
