"""Masks: everybody, at all times, each criterion counted once, and unknown is not no."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from crowd import crowd, law, one_person

from yingbao.rules.contributions import PROXY_CONTRIBUTION
from yingbao.rules.criterion import Question, failed, masks, unknown
from yingbao.rules.entitlement import CONTINUING, OVER_AGE_POOR, REGULAR
from yingbao.rules.verdicts import mask_at
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of

QUESTIONS = (PROXY_CONTRIBUTION, OVER_AGE_POOR, REGULAR, CONTINUING)
FAR = date(9999, 12, 31)


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.id for one in QUESTIONS])
def test_a_persons_masks_cover_all_time_without_a_gap(question: Question) -> None:
    people = crowd(1, 300)
    ordered = masks(question, people, law()).sort("person_id", "start")
    nexts = ordered.with_columns(pl.col("start").shift(-1).over("person_id").alias("next"))
    first, last = question.ends
    assert nexts.filter(pl.col("next").is_not_null() & (pl.col("next") != pl.col("end"))).is_empty()
    ends = ordered.group_by("person_id").agg(pl.col("start").min(), pl.col("end").max())
    assert ends.filter((pl.col("start") == first) & (pl.col("end") == last)).height == 300


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.id for one in QUESTIONS])
def test_touching_masks_of_a_person_differ(question: Question) -> None:
    ordered = masks(question, crowd(2, 300), law()).sort("person_id", "start")
    same = ordered.filter((pl.col("mask") == pl.col("mask").shift(-1)) & (pl.col("person_id") == pl.col("person_id").shift(-1)))
    assert same.is_empty()


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.id for one in QUESTIONS])
def test_no_criterion_both_fails_and_is_unknown(question: Question) -> None:
    for mask in masks(question, crowd(3, 300), law())["mask"].unique():
        assert not {one.id for one in failed(question, mask)} & {one.id for one in unknown(question, mask)}


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.id for one in QUESTIONS])
def test_a_fact_told_to_last_until_the_end_of_time_makes_no_mask_after_it(question: Question) -> None:
    kinds = [FactKind.PRISONER, FactKind.ENROLMENT, FactKind.STUDENT, FactKind.ABROAD, FactKind.OTHER_PENSION]
    spans = masks(question, one_person(date(1950, 1, 1), *[(kind, None, date(2018, 1, 1), FAR) for kind in kinds]), law())
    assert int(spans["end"].max() or 0) == question.ends[1]


def test_the_same_fact_told_twice_fails_a_criterion_once() -> None:
    death = (FactKind.DEATH, None, date(2018, 5, 5), None)
    once, twice = (mask_at(CONTINUING, one_person(date(1950, 1, 1), *[death] * times), law(), 1, month_of(2019, 1))
                   for times in (1, 2))  # fmt: skip
    assert once == twice
    assert [one.fails_as for one in failed(CONTINUING, once)] == ["deceased"]


def test_an_unknown_birth_date_is_unknown_and_not_a_failure() -> None:
    poor = one_person(None, (FactKind.CATEGORY, "destitute", date(2016, 1, 1), None))
    mask = mask_at(OVER_AGE_POOR, poor, law(), 1, month_of(2018, 12))
    assert [one.id for one in unknown(OVER_AGE_POOR, mask)] == ["reached_pension_age"]
    assert failed(OVER_AGE_POOR, mask) == []
