"""Criteria: cited yes/no claims that answer for all time at once, and the mask of those that fail.

A criterion returns the spans in which its claim holds (or, when the claim holds by default, the
spans in which it fails). Criterion *i* of a question puts bit *i* into the mask wherever it
fails and bit 32+*i* wherever the answer is not known; one running sum over everybody's steps is
then the mask at every moment. Eligible is where the mask is 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from yingbao.rules.law import Law
from yingbao.rules.relations import FIRST_DAY, LAST_DAY, TIMES, Facts, day_of, empty
from yingbao.values.facts import CATEGORY_BY_KEY
from yingbao.values.month import BEGINNING, FOREVER, Month, first_day
from yingbao.values.steps import add_steps, to_spans, union

UNKNOWN_SHIFT = 32
MOST_CRITERIA = 29  # bit 62 marks that a person is there at all
PRESENT = 1 << 62


_NOBODY = empty(TIMES)


@dataclass(frozen=True)
class Answer:
    """``holds``: spans where the claim is true, or ``fails``: spans where it is not; one of the two.

    ``unknown``: spans where a needed fact is missing. Never a silent false. Columns: TIMES.
    """

    holds: pl.DataFrame | None = None
    fails: pl.DataFrame | None = None
    unknown: pl.DataFrame = field(default_factory=lambda: _NOBODY)


Finder = Callable[[Facts, Law], Answer]
_NUMBER = re.compile(r"\{([a-z_]+/[a-z_]+)\}")


def filled(sentence: str, number: Callable[[str], object]) -> str:
    """A sentence with the numbers of the law in it: ``已满{age/pension_age_years}周岁`` by the value of that parameter.

    The categories that a parameter lists stand there by their names.
    """
    return _NUMBER.sub(lambda found: _said(number(found[1])), sentence)


def _said(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return "、".join(CATEGORY_BY_KEY[one].zh if one in CATEGORY_BY_KEY else str(one) for one in value)
    return str(value)


@dataclass(frozen=True)
class Criterion:
    """A claim with its sentence and citation. ``fails_as`` names the failed claim in a refusal.

    A number of the law stands in a sentence as the name of its parameter (:func:`filled`).
    """

    id: str
    zh: str
    en: str
    fails_as: str
    fails_zh: str
    fails_en: str
    cites: str
    parameters: tuple[str, ...]
    find: Finder
    only_if: str | None = None  # a yes-or-no parameter: in months in which it says no, nobody is asked and nobody fails

    def asked(self, law: Law) -> bool:
        """Whether the law asks this in the last month of the derivation."""
        return self.only_if is None or law.is_on(self.only_if)

    def unasked(self, law: Law) -> list[tuple[Month, Month]]:
        """The months (from, until) in which the law does not ask this."""
        return [] if self.only_if is None else [(start, end) for start, end, on in law.everywhere(self.only_if) if not on]


REGISTRY: dict[str, Criterion] = {}


def criterion(
    name: str,
    *,
    zh: str,
    en: str,
    cites: str,
    fails_as: str | None = None,
    fails_zh: str | None = None,
    fails_en: str | None = None,
    parameters: tuple[str, ...] = (),
    only_if: str | None = None,
) -> Callable[[Finder], Criterion]:
    """Register a criterion: a claim for a name, its Chinese sentence and its source. ``only_if``: see Criterion."""

    def register(find: Finder) -> Criterion:
        made = Criterion(
            name, zh, en, fails_as or f"not_{name}", fails_zh or f"不满足：{zh}", fails_en or f"not so: {en}",
            cites, (*parameters, *([only_if] if only_if else [])), find, only_if,
        )  # fmt: skip
        if name in REGISTRY:
            message = f"two criteria are called {name}"
            raise ValueError(message)
        REGISTRY[name] = made
        return made

    return register


@dataclass(frozen=True)
class Question:
    """Criteria that must all hold, over time counted in ``months`` or ``days``."""

    id: str
    zh: str
    unit: str
    criteria: tuple[Criterion, ...]

    @property
    def ends(self) -> tuple[int, int]:
        """Before and after all time, in this question's unit."""
        return (BEGINNING, FOREVER) if self.unit == "months" else (FIRST_DAY, LAST_DAY)


def answer_of(one: Criterion, facts: Facts, law: Law) -> Answer:
    """What a criterion finds, found once for the same relations and law."""
    known = facts.answers.get(one.find)  # not by its id: two criteria may say the same and count from other months
    if known is not None and known[0] is law and isinstance(known[1], Answer):
        return known[1]
    found = one.find(facts, law)
    facts.answers[one.find] = (law, found)
    return found


def merged(times: pl.DataFrame) -> pl.DataFrame:
    """Spans of TIMES, overlaps and touching ones merged."""
    return union(times, ["person_id"], start="start", end="end")


def masks(question: Question, facts: Facts, law: Law) -> pl.DataFrame:
    """The mask of every person of ``facts`` at all times: ``person_id, start, end, mask`` (Int64).

    A person's spans cover all time without gaps; touching spans differ in mask.
    """
    if facts.persons.is_empty():
        return empty({**TIMES, "mask": pl.Int64})
    beginning, forever = question.ends
    marked: list[tuple[pl.DataFrame, int]] = []
    failing_by_default = 0
    for place, one in enumerate(question.criteria):
        unasked = one.unasked(law)
        if (BEGINNING, FOREVER) in unasked:
            continue
        bit = 1 << place
        answer = _without(answer_of(one, facts, law), unasked, question.unit)
        if answer.holds is not None:
            failing_by_default += bit
            marked += [(answer.holds, -bit), (answer.unknown, -bit)]
        elif answer.fails is not None:
            marked.append((answer.fails, bit))
        marked.append((answer.unknown, bit << UNKNOWN_SHIFT))
    parts = [empty({**TIMES, "bit": pl.Int64}), *(_marked(times, bit) for times, bit in marked if times.height)]
    # One union for all criteria: each bit's own overlaps are merged, so that no bit counts twice.
    once = union(pl.concat(parts), ["person_id", "bit"], start="start", end="end")
    rises = once.select("person_id", pl.col("start").alias("month"), pl.col("bit").alias("mask"))
    falls = once.select("person_id", pl.col("end").alias("month"), -pl.col("bit").alias("mask"))
    # Everybody has a step at both ends of time, so that nobody is without a mask.
    marker = failing_by_default + PRESENT
    everyone = facts.persons.select("person_id")
    ends = [
        everyone.select("person_id", pl.lit(at, pl.Int32).alias("month"), pl.lit(value, pl.Int64).alias("mask"))
        for at, value in ((beginning, marker), (forever, -marker))
    ]
    steps = add_steps([rises, falls, *ends], ["person_id"], "mask")
    spans = to_spans(steps, ["person_id"], "mask", start="start", end="end")
    return spans.with_columns(pl.col("mask") - PRESENT)


def _without(answer: Answer, unasked: list[tuple[Month, Month]], unit: str) -> Answer:
    """An answer that is said by where it fails, but in months in which it is not asked."""
    if not unasked or answer.fails is None:
        return answer
    fails, missing = answer.fails, answer.unknown
    for start, end in unasked:
        if unit == "days":
            start = FIRST_DAY if start == BEGINNING else day_of(first_day(start))  # noqa: PLW2901 - the same time as a day
            end = LAST_DAY if end == FOREVER else day_of(first_day(end))  # noqa: PLW2901
        fails, missing = (_cut(times, start, end) for times in (fails, missing))
    return Answer(fails=fails, unknown=missing)


def _cut(times: pl.DataFrame, start: int, end: int) -> pl.DataFrame:
    """Spans of TIMES without those from ``start`` until ``end``."""
    before = times.with_columns(pl.col("end").clip(upper_bound=start))
    after = times.with_columns(pl.col("start").clip(lower_bound=end))
    return pl.concat([before, after]).filter(pl.col("start") < pl.col("end"))


def _marked(times: pl.DataFrame, bit: int) -> pl.DataFrame:
    """Spans of TIMES with the bit they carry."""
    return times.select(*(pl.col(name).cast(kind) for name, kind in TIMES.items()), pl.lit(bit, pl.Int64).alias("bit"))


def where_all_hold(question: Question, facts: Facts, law: Law) -> pl.DataFrame:
    """The spans (TIMES) in which every criterion of the question holds."""
    return masks(question, facts, law).filter(pl.col("mask") == 0).select("person_id", "start", "end")


def failed(question: Question, mask: int) -> list[Criterion]:
    """The criteria that fail in a mask."""
    return [one for place, one in enumerate(question.criteria) if mask >> place & 1]


def unknown(question: Question, mask: int) -> list[Criterion]:
    """The criteria without an answer in a mask."""
    return [one for place, one in enumerate(question.criteria) if mask >> (place + UNKNOWN_SHIFT) & 1]


def question(name: str, zh: str, unit: str, criteria: Sequence[Criterion]) -> Question:
    """A question over months or days. At most MOST_CRITERIA."""
    if len(criteria) > MOST_CRITERIA:
        message = f"question {name} has too many criteria for one mask"
        raise ValueError(message)
    return Question(name, zh, unit, tuple(criteria))
