"""The chart of accounts."""

from __future__ import annotations

from datetime import date

import pytest

from yingbao.ledger import chart, postings
from yingbao.ledger.chart import PATH, chart_from_text, dotted, load_chart, number_of
from yingbao.ledger.errors import BadChart, UnknownAccount


def test_every_account_that_postings_name_is_in_the_chart() -> None:
    named = {side for kind in postings.KINDS.values() for pair in kind.sides.values() for side in pair}
    named |= {side for pair in postings.FUND_MOVES.values() for side in pair} | set(chart.OPENING_BUCKET.values())
    assert named <= set(load_chart().accounts)


def test_a_code_is_dotted_in_documents_and_six_digits_in_the_books() -> None:
    assert (number_of("5001.01"), dotted(500101)) == (500101, "5001.01")


def test_codes_without_a_source_say_so() -> None:
    illustrative = set(load_chart().illustrative())
    assert "2201.01" in illustrative
    assert not illustrative & {"5001.01", "5001.02", "5001.03"}


def test_an_account_is_not_there_before_the_rules_began() -> None:
    load_chart().account(500101, date(2018, 1, 1))
    with pytest.raises(UnknownAccount, match=r"5001\.01"):
        load_chart().account(500101, date(2017, 12, 31))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('code: "5001.01"', 'code: "5001.1"'),
        ('code: "5001.02"', 'code: "5001.01"'),
        ("class: expense, status: secondary", "class: cost, status: secondary"),
        ("status: secondary, source: caiban43", "status: sure, source: caiban43"),
        ("source: caiban43}", "source: hearsay}"),
        ("source: caiban43}", "source: caiban43, colour: red}"),
        ("bucket: own", "bucket: owner"),
        ("en: base pension expense, ", ""),
        ("source: caiban43}", 'source: caiban43, valid_until: "2001-01-01"}'),
    ],
)
def test_a_chart_with_a_mistake_does_not_load(before: str, after: str) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert before in text
    with pytest.raises(BadChart):
        chart_from_text(text.replace(before, after, 1))
