"""An explanation says what decided, from which row, and where the money is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from busy import UNTIL
from world import POOL, VILLAGE_PEOPLE

from yingbao.ledger.postings import KINDS
from yingbao.reports.explain import explain
from yingbao.reports.statements import KIND_ZH, statement
from yingbao.store.errors import UnknownPerson
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Item

DECEMBER = month_from_text("2018-12")


def of(busy, name, month=DECEMBER, known_on=None):
    return explain(POOL, busy.person(name), month, known_on)


def money(found, item):
    return next(one for one in found.items if one.item is item)


def test_a_poor_elder_is_answered_yes_with_the_route_and_first_month(busy):
    verdict = of(busy, "黄玉芳").verdicts[0]
    assert (verdict.answer, verdict.route, verdict.granted_from) == ("yes", "over_age_poor", DECEMBER)


def test_the_category_is_traced_to_the_file_and_row_that_told_it(busy):
    found = of(busy, "黄玉芳")
    reason = next(one for one in found.verdicts[0].because if one.id == "in_assisted_category")
    fact = found.facts_of(reason)[0]
    assert (fact.file, fact.row) == ("建档立卡人口信息201811.csv", 4)


def test_a_refusal_names_the_one_change_that_would_turn_it(busy):
    assert of(busy, "高志明").verdicts[0].would_turn is None
    assert of(busy, "李秀兰").verdicts[0].answer == "no"


def test_the_amount_comes_with_its_parameter_start_and_source(busy):
    shown = of(busy, "黄玉芳").parameters["benefit/base_pension"]
    assert (shown["text"], shown["from"], shown["citations"][0]["source"]) == ("135.00元", "2018-01", "bulletin-2018")


def test_money_returned_by_the_bank_for_good_is_payable_and_held(busy):
    found = of(busy, "李秀英")
    assert (found.held, money(found, Item.ACCOUNT_PENSION).books["payable_fen"]) == ("bank_do_not_resend", 4_000)


def test_money_settled_by_the_bank_shows_as_arrived(busy):
    assert money(of(busy, "周福生"), Item.ACCOUNT_PENSION).books["settled_fen"] == 2_000


def test_a_contribution_that_was_posted_shows_as_arrived(busy):
    assert money(of(busy, "顾建国"), Item.PROXY_CONTRIBUTION).books["settled_fen"] == 10_000


def test_known_before_the_roster_came_the_elder_was_refused(busy):
    assert of(busy, "黄玉芳", known_on=date(2018, 11, 21)).verdicts[0].answer == "no"


def test_the_same_inputs_give_the_same_bytes(busy):
    assert of(busy, "黄玉芳").as_bytes() == of(busy, "黄玉芳").as_bytes()


def test_the_text_never_shows_an_id_or_account_number_in_clear(busy):
    text = of(busy, "王桂兰").text()
    someone = VILLAGE_PEOPLE["王桂兰"]
    assert someone.number not in text
    assert someone.account not in text


def test_the_text_names_the_parameters_that_are_only_assumed(busy):
    assert "按本程序的假定计算：" in of(busy, "黄玉芳").text()


def test_a_person_nobody_knows_is_refused_by_number(busy):
    with pytest.raises(UnknownPerson):
        explain(POOL, 1, DECEMBER)


def test_a_statement_lists_each_month_that_arrived_once(busy):
    paid = statement(POOL, busy.person("周福生"), UNTIL).paid()
    assert paid[Item.BASE_PENSION, DECEMBER] == 13_500


def test_a_returned_payment_is_on_the_statement_but_not_paid(busy):
    paid = statement(POOL, busy.person("王桂兰"), date(2018, 12, 31)).paid()
    assert (Item.BASE_PENSION, DECEMBER) not in paid


def test_every_statement_line_has_a_reason_a_citation_and_a_source(busy):
    lines = statement(POOL, busy.person("王桂兰"), UNTIL).lines
    assert all(line.reason and line.citation and line.source for line in lines)


def test_a_statement_speaks_no_word_of_the_program(busy):
    for name in ("王桂兰", "周福生", "黄玉芳"):
        assert not re.search(r"[a-z]+_[a-z]+|bulletin-", statement(POOL, busy.person(name), UNTIL).text())


def test_every_happening_of_a_person_has_its_word_on_the_statement():
    assert set(KINDS) - set(KIND_ZH) == {"settle"}  # booked for a whole file: of nobody


def test_a_statement_has_no_eighteen_digits_in_a_row(busy):
    assert re.search(r"\d{17}[\dX]", statement(POOL, busy.person("王桂兰"), UNTIL).text()) is None


def test_the_text_speaks_no_word_of_the_program(busy):
    text = of(busy, "黄玉芳").text()
    assert not re.search(r"[a-z]+_[a-z]+|bulletin-|/[a-z]+", text)


def test_every_kind_of_fact_has_a_chinese_word():
    from yingbao.reports.person_facts import KIND_ZH

    assert [kind for kind in FactKind if not KIND_ZH.get(kind)] == []


def test_a_resident_is_told_plainly_what_decided_and_the_rest_in_one_line(busy):
    lines = of(busy, "黄玉芳").text().split("\n\n")[1].splitlines()
    assert lines[0] == "这个月您能不能领养老金：能领（按照顾困难老人的政策领取，从2018年12月算起）。"
    assert lines[1].startswith("  1. 您已经满60周岁，养老金从满60周岁的下一个月算起〔国发〔2014〕8号 领取条件〕　见 ")
    assert lines[-1].startswith("  别的也都符合：")


def test_an_auditor_is_told_the_passage_the_parameters_and_every_row(busy):
    text = of(busy, "黄玉芳").text("auditor")
    assert "依据：市人社局宣传资料 问答-2：“只要您年满60周岁" in text
    assert "参数：领取年龄 60周岁，自 2010-01 起，二手来源〔国发〔2014〕8号 领取条件〕" in text
    assert "来源 建档立卡人口信息201811.csv" in text
    assert not re.search(r"[a-z]+_[a-z]+|bulletin-|/[a-z]+", text)


def test_every_reason_of_an_auditor_says_what_it_rests_on(busy):
    found = of(busy, "黄玉芳")
    reasons = [one for verdict in found.verdicts for one in verdict.because]
    assert found.text("auditor").count("     依据：") == len(reasons) + sum(1 for one in found.items if one.month_due_fen)
    assert [one.cites for one in reasons if one.cites not in found.passages] == []
