"""Every criterion, item, hold and box is shown by a case on both of its sides: where it is so, and just where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yingbao.policy.text_yaml import read_text_yaml
from yingbao.policy.tree import load
from yingbao.rules.boxes import BOX_BY_ID
from yingbao.rules.cases import ITEMS_OF
from yingbao.rules.holds import REASONS
from yingbao.rules.verdicts import CRITERIA, FOR_LIFE_REASON
from yingbao.values.month import month_from_text
from yingbao.values.purpose import CHARGES, Bucket, Item

CASES = [read_text_yaml(path) for path in sorted(Path(__file__).parent.glob("*.yaml"))]
ALL_BUCKETS = [bucket.key for bucket in Bucket]
# Who asks for a birth date that nobody knows gets no answer, and no silent no.
ANSWERED_BY_BIRTH = ("reached_pension_age", "reached_contribution_age", "within_contribution_age", "sixty_after_scheme_start")
# Boxes that no case can reach, and why.
NO_CASE = {
    "benefit_in_progress": "a case has no books: what is owed counts as booked (tests/unit/rules/test_rule_coverage.py)",
    "unexplained": "nobody may ever be in it",
}


def lines(part: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The expected lines of a part, each with the number of its case."""
    return ((place, one) for place, case in enumerate(CASES) for one in case["expect"].get(part) or [])


def answered(answer: str, reason: str) -> set[tuple[int, str, int]]:
    """(case, question, month) of the verdicts with an answer that name a reason."""
    return {(place, one["question"], month_from_text(one["month"])) for place, one in lines("verdicts")
            if one["answer"] == answer and reason in (one.get("because") or ())}  # fmt: skip


@pytest.mark.parametrize("claim", CRITERIA)
def test_a_criterion_holds_and_fails_in_one_case_in_the_same_or_the_next_month(claim: str) -> None:
    fails = answered("no", CRITERIA[claim].fails_as)
    near = {(case, asked, month + step) for case, asked, month in fails for step in (-1, 0, 1)}
    assert answered("yes", claim) & near != set()


@pytest.mark.parametrize("claim", ANSWERED_BY_BIRTH)
def test_a_criterion_that_asks_for_an_unknown_birth_date_is_answered_unknown(claim: str) -> None:
    assert answered("unknown", f"unknown_{claim}") != set()


def test_a_pension_granted_before_is_a_reason_of_its_own() -> None:
    assert answered("yes", FOR_LIFE_REASON) != set()


@pytest.mark.parametrize("claim", CRITERIA)
def test_a_criterion_cites_an_article_that_its_source_holds(claim: str) -> None:
    source, article = CRITERIA[claim].cites.split(" ")
    assert article in load(region="rugao").sources[source].articles


def part_of(item: Item) -> str:
    return "due" if item in ITEMS_OF["due"] else "credited"


@pytest.mark.parametrize("item", [one for one in Item if one not in (*CHARGES, Item.INTEREST)], ids=lambda one: one.key)
def test_an_item_is_owed_to_one_person_of_a_case_and_not_to_another(item: Item) -> None:
    """All that is owed must be listed, so whoever has no line in the same part is refused the item."""
    shown = []
    for case in CASES:
        listed = case["expect"].get(part_of(item)) or []
        with_it = {one["person"] for one in listed if one["item"] == item.key}
        shown += [with_it] if with_it and len(case["persons"]) > len(with_it) else []
    assert shown != []


@pytest.mark.parametrize("asks", ["interest", *(f"charged {bucket}" for bucket in ALL_BUCKETS)])
def test_interest_and_charges_are_something_and_nothing_in_one_case(asks: str) -> None:
    field, _, bucket = asks.partition(" ")
    told = [(place, one) for place, one in lines("account") if field in one and one.get("bucket", "") == bucket]
    nothing = {place for place, one in told if one[field] == "0.00"}
    assert nothing & {place for place, one in told if one[field] != "0.00"} != set()


@pytest.mark.parametrize("reason", REASONS)
def test_a_hold_is_there_on_one_day_and_gone_on_the_next(reason: str) -> None:
    held = {(place, one["person"], date.fromisoformat(one["date"]).toordinal() + 1) for place, one in lines("holds")
            if one["reason"] == reason}  # fmt: skip
    free = {(place, one["person"], date.fromisoformat(one["date"]).toordinal()) for place, one in lines("holds")
            if one["reason"] == "none"}  # fmt: skip
    assert held & free != set()


@pytest.mark.parametrize("box", sorted(BOX_BY_ID.keys() - NO_CASE.keys()))
def test_a_person_is_in_a_box_and_on_a_neighbouring_day_in_another(box: str) -> None:
    days = [(place, one["person"], date.fromisoformat(one["date"]).toordinal(), one["box"]) for place, one in lines("coverage")]
    inside = {(place, who, day + step) for place, who, day, found in days if found == box for step in (-1, 1)}
    assert inside & {(place, who, day) for place, who, day, found in days if found != box} != set()


def test_the_boxes_without_a_case_are_boxes() -> None:
    assert NO_CASE.keys() <= BOX_BY_ID.keys()
