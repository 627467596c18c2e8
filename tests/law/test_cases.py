"""Each case document beside this file holds, by the very path that ``yingbao case run`` takes."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from yingbao.cli.case_commands import derive
from yingbao.policy.text_yaml import read_text_yaml
from yingbao.policy.tree import load
from yingbao.rules.case_text import CaseError
from yingbao.rules.cases import CaseResult, run_case

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "policy" / "sources"
DOCUMENTS = sorted(HERE.glob("*.yaml"))
SAMPLE = HERE / "poor_elder_from_december_2018.yaml"


def sample() -> dict[str, Any]:
    return deepcopy(dict(read_text_yaml(SAMPLE)))


def outcome(document: dict[str, Any]) -> CaseResult:
    return run_case(document, load(region="rugao").in_force(None, document.get("overrides")))


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_the_case_holds(path: Path) -> None:
    assert derive(path).differences == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_the_instrument_that_a_case_proves_quotes_the_article(path: Path) -> None:
    for proven in read_text_yaml(path)["proves"]:
        source, article = proven.split(" ")
        assert article in read_text_yaml(SOURCES / f"{source}.yaml")["articles"]


def test_a_wrong_amount_is_named_with_person_months_and_yuan() -> None:
    document = sample()
    document["expect"]["due"][1]["yuan"] = "150.00"
    assert outcome(document).differences == [
        "应发不符：陈桂兰 base_pension 2019-01–2019-03 期望比推算多 2.00 元"]  # fmt: skip


def test_a_due_that_is_not_listed_is_a_difference() -> None:
    document = sample()
    document["expect"]["due"] = []
    assert [line.split(" 期望")[0] for line in outcome(document).differences] == [
        "应发不符：陈桂兰 base_pension 2018-12–2018-12", "应发不符：陈桂兰 base_pension 2019-01–2019-03"]  # fmt: skip


def test_a_wrong_answer_is_a_difference() -> None:
    document = sample()
    document["expect"]["verdicts"][1] |= {"answer": "no", "because": []}
    assert outcome(document).differences == ["结论不符：陈桂兰 benefit 2018-12 期望 no，推算 yes"]


def test_a_reason_that_did_not_decide_is_a_difference() -> None:
    document = sample()
    document["expect"]["verdicts"][2]["because"] = ["under_contribution_age"]
    assert outcome(document).differences == [
        "理由不符：陈桂兰 proxy_contribution 2018-12 缺少 under_contribution_age"]  # fmt: skip


def test_a_wrong_box_is_a_difference() -> None:
    document = sample()
    document["expect"]["coverage"][0]["box"] = "waived"
    assert outcome(document).differences == ["归类不符：陈桂兰 2018-12-31 期望 waived，推算 receiving_benefit"]


def misspelt_in(place: str) -> dict[str, Any]:
    document = sample()
    person = document["persons"][0]
    {
        "document": document,
        "expect": document["expect"],
        "due": document["expect"]["due"][0],
        "verdicts": document["expect"]["verdicts"][0],
        "coverage": document["expect"]["coverage"][0],
        "person": person,
        "fact": person["facts"][0],
    }[place]["knwon_on"] = "2019-01-01"
    return document


@pytest.mark.parametrize("place", ["document", "expect", "due", "verdicts", "coverage", "person", "fact"])
def test_a_field_nobody_knows_is_refused_by_name(place: str) -> None:
    with pytest.raises(CaseError, match="knwon_on"):
        outcome(misspelt_in(place))


ACCOUNT_SAMPLE = HERE / "interest_of_a_year_next_month.yaml"


def account_outcome(line: dict[str, str]) -> CaseResult:
    """The sample with one expectation of an account."""
    document = deepcopy(dict(read_text_yaml(ACCOUNT_SAMPLE)))
    document["expect"] = {"account": [line]}
    return outcome(document)


def test_a_wrong_balance_is_named_with_what_was_found() -> None:
    found = account_outcome({"person": "缴费人", "on": "2018-12", "bucket": "own", "yuan": "1501.00"})
    assert found.differences == ["账户不符：缴费人 2018-12 余额（个人缴费） 1,500.00，期望 1,501.00"]


@pytest.mark.parametrize("line", [
    {"yuan": "1.00"}, {"on": "2018-12"}, {"year": "2018", "yuan": "1.00"}, {"on": "2018-12", "interest": "1.00"},
    {"on": "2018-12", "yuan": "1.00", "interest": "1.00"}, {"on": "2018-12", "year": "2018", "yuan": "1.00"},
    {"on": "2018-12", "bucket": "purse", "yuan": "1.00"}, {"year": "2018", "bucket": "own", "interest": "1.00"},
    {"year": "today", "interest": "1.00"}, {"on": "2019-01", "yuan": "1.00"}, {"on": "2018-12", "yuan": "1.00", "knwon_on": "x"},
])  # fmt: skip
def test_an_expected_account_that_says_too_little_too_much_or_misspelt_is_refused(line: dict[str, str]) -> None:
    with pytest.raises(CaseError):
        account_outcome({"person": "缴费人", **line})


def test_a_credit_without_a_day_is_refused() -> None:
    document = deepcopy(dict(read_text_yaml(ACCOUNT_SAMPLE)))
    del document["persons"][0]["facts"][0]["from"]
    with pytest.raises(CaseError, match="account_credit"):
        outcome(document)


@pytest.mark.parametrize("field", ["case", "through", "persons", "expect"])
def test_a_document_without_a_needed_field_is_refused(field: str) -> None:
    document = sample()
    del document[field]
    with pytest.raises(CaseError):
        outcome(document)


def test_an_expectation_about_somebody_who_is_not_there_is_refused() -> None:
    document = sample()
    document["expect"]["coverage"][0]["person"] = "陈桂花"
    with pytest.raises(CaseError, match="陈桂花"):
        outcome(document)


def test_a_reason_says_the_number_of_the_law_that_decided() -> None:
    found = derive(HERE / "the_pension_age_raised_to_63.yaml")
    assert [(one.because[0].zh, one.because[0].en) for _, one in found.verdicts][1] == (
        "未满63周岁，或当月才满（从满岁的次月起算）", "under the pension age, or reached it in this very month (counts from the next)")
    assert "已满63周岁，不再缴费" in [reason.zh for reason in found.verdicts[2][1].because]


def test_what_rests_on_an_unverified_parameter_says_so() -> None:
    assert "exit/excludes_flagged_out_of_poverty" in outcome(sample()).rests_on


def test_an_overridden_parameter_is_the_askers_own_and_not_named() -> None:
    document = sample()
    document["overrides"]["exit/excludes_flagged_out_of_poverty"] = {"2018-01-01": "false"}
    assert "exit/excludes_flagged_out_of_poverty" not in outcome(document).rests_on


@pytest.mark.parametrize("change", [{"persons": "陈桂兰"}, {"persons": ["陈桂兰"]}, {"expect": "无"}, {"expect": {"due": "无"}}])
def test_a_document_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    document = {"case": "形状", "proves": ["x"], "through": "2018-12", "persons": [{"name": "陈桂兰"}], "expect": {"due": []}}
    with pytest.raises(CaseError, match="键: 值"):
        run_case({**document, **change}, load(region="rugao").in_force())
