"""Every item says how its amount comes about, by parameters that exist, in a resident's words and in an auditor's."""

from __future__ import annotations

import re

import pytest

from yingbao.policy.tree import load
from yingbao.reports import plain_words
from yingbao.reports.reckoning import ALSO, AMOUNT_PARAMETERS, CITES, HOW_ZH, NOT_ZH, QUESTIONS, WHO_ZH
from yingbao.reports.switch_words import word_zh
from yingbao.rules.holds import REASONS as HOLDS
from yingbao.rules.verdicts import CRITERIA
from yingbao.values.purpose import Item

LAW = load(region="rugao")
# What is decided about no item: money that waits or goes back, incomes, statistics, estimates.
ABOUT_NO_ITEM = re.compile(r"hold/|recovery/|income/|account/estimate_method|benefit/application_needed|entry/category_precedence")


@pytest.mark.parametrize("item", Item, ids=lambda item: item.key)
def test_every_item_has_a_sentence_and_parameters_that_the_law_has(item: Item) -> None:
    assert HOW_ZH[item]
    assert {*AMOUNT_PARAMETERS[item], *ALSO.get(item, ())} <= set(LAW.parameters)
    assert (item in QUESTIONS) != (item in WHO_ZH)


@pytest.mark.parametrize("item", Item, ids=lambda item: item.key)
def test_every_item_cites_an_article_that_its_source_holds(item: Item) -> None:
    source, article = CITES[item].split(" ")
    assert article in LAW.sources[source].articles


def test_every_parameter_belongs_to_an_item_or_a_criterion_or_is_about_none() -> None:
    named = {name for item in Item for name in (*AMOUNT_PARAMETERS[item], *ALSO.get(item, ()))}
    named |= {name for one in CRITERIA.values() for name in one.parameters}
    assert [name for name in LAW.parameters if name not in named and not ABOUT_NO_ITEM.match(name)] == []


def test_every_reason_item_and_hold_is_said_in_a_residents_words_too() -> None:
    assert plain_words.HOLDS.keys() >= CRITERIA.keys()
    assert plain_words.FAILS.keys() == {one.fails_as for one in CRITERIA.values()}
    assert (set(plain_words.ITEMS), set(plain_words.NOT_OWED), set(NOT_ZH)) == (set(Item), set(Item), set(Item))
    assert plain_words.HELD.keys() == HOLDS.keys()


SAID = {**plain_words.REASONS, **plain_words.HELD, **{f"{one.key} yes": text for one, text in plain_words.ITEMS.items()},
        **{f"{one.key} no": text for one, text in plain_words.NOT_OWED.items()}}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_a_residents_sentence_has_no_word_of_the_office_or_the_program(name: str) -> None:
    said = re.sub(r"\{[a-z_/]+\}", "", SAID[name])  # the numbers of the law
    assert not re.search(r"[A-Za-z_]|居保|统筹区|核定|列支|储存额|计发|档次为|批次|注销", said)
    assert not SAID[name].endswith("。")


def test_every_word_of_a_switch_has_chinese_words() -> None:
    bare = []
    for name, parameter in LAW.parameters.items():
        if parameter.unit not in ("text", "list-of-text"):
            continue
        tail = parameter.description.rpartition("), ")[2]
        words = {*tail.split("|")} if "|" in tail else set()
        for value in (entry.value for entry in parameter.entries):
            words |= {*value} if isinstance(value, tuple) else {str(value)}
        bare += [f"{name} {word}" for word in sorted(words) if re.search("[a-z]", word_zh(name, word.strip()))]
    assert bare == []
