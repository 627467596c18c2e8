"""Case documents: what a clerk, a policy officer and a test all read.

A document names people with facts, the law they live under, and what must come out of it. The
same functions derive it as derive a county. ``docs/guides/cases.md`` describes the format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from yingbao.rules.benefits import Opening
from yingbao.rules.case_accounts import ACCOUNT_KEYS, compare_accounts
from yingbao.rules.case_facts import CaseError, facts_of, people_of
from yingbao.rules.certificates import granted_pensions
from yingbao.rules.contributions import AMOUNT, Snapshot
from yingbao.rules.coverage import BOX_BY_ID, Progress, boxes, population
from yingbao.rules.due import credited, due
from yingbao.rules.entitlement import CATEGORY_KEYS, grants
from yingbao.rules.gap import due_steps, gap
from yingbao.rules.holds import REASONS, held_on
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts
from yingbao.rules.verdicts import VERDICTS, Verdict
from yingbao.values.facts import FactKind
from yingbao.values.money import fen_of_yuan, yuan
from yingbao.values.month import (
    date_from_text,
    last_day,
    month_from_text,
    month_of,
    month_of_date,
    show_month,
)
from yingbao.values.purpose import ITEM_BY_KEY, Item

BASE = "benefit/base_pension"
KNOWN_KEYS = {"case", "proves", "law", "overrides", "known_on", "through", "since", "opening", "batches", "persons", "expect"}
NEEDED_KEYS = ("case", "through", "persons", "expect")
EXPECT_KEYS = {
    "due": {"person", "item", "from", "until", "year", "yuan"},
    "credited": {"person", "item", "year", "yuan"},
    "verdicts": {"person", "question", "month", "answer", "because"},
    "coverage": {"person", "date", "box"},
    "holds": {"person", "date", "reason"},
    "account": ACCOUNT_KEYS,
}


@dataclass(frozen=True)
class DueLine:
    """One derived due: months as text, both ends included, yuan as text."""

    person: str
    item: str
    from_month: str
    until_month: str
    yuan: str


@dataclass
class CaseResult:
    """What came out of a case and where it differs from what was expected."""

    case: str
    due: list[DueLine] = field(default_factory=list)
    verdicts: list[tuple[str, Verdict]] = field(default_factory=list)
    boxes: list[tuple[str, str, str]] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    rests_on: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Nothing differs."""
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        """The whole result as plain values."""
        return {
            "case": self.case,
            "passed": self.passed,
            "differences": self.differences,
            "rests_on_illustrative": self.rests_on,
            "due": [vars(line) for line in self.due],
            "accounts": self.accounts,
            "verdicts": [
                {"person": name, "question": one.question, "month": show_month(one.month), "answer": one.answer,
                 "because": [reason.id for reason in one.because],
                 "sentences": [reason.zh for reason in one.because],
                 "cites": [reason.cites for reason in one.because],
                 "would_turn": one.would_turn.id if one.would_turn else None}
                for name, one in self.verdicts
            ],
            "coverage": [{"person": name, "date": day, "box": box} for name, day, box in self.boxes],
        }  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """A case made ready to derive: people by name, their facts, the law, the batch days."""

    people: Mapping[str, int]
    facts: Facts
    law: Law
    snapshots: tuple[Snapshot, ...]
    opening: Opening | None = None

    def name_of(self, person_id: int) -> str:
        """The name behind a number of this case."""
        return next(name for name, number in self.people.items() if number == person_id)


def batch_days(document: Mapping[str, Any], since: int, until: int) -> tuple[Snapshot, ...]:
    """The batch days named in the document, else the last day of every December of ``since`` to ``until``."""
    if "batches" in document:
        days = [date_from_text(str(text)) for text in document["batches"]]
        return tuple(Snapshot(day.year, day) for day in days)
    decembers = range(since // 12, until // 12 + 1)
    return tuple(Snapshot(year, date(year, 12, 31)) for year in decembers if since <= month_of(year, 12) < until)


def setting(document: Mapping[str, Any], in_force: Any) -> Setting:
    """Make a document ready. ``in_force`` is the law with the document's overrides and date."""
    people = people_of(document)
    _refuse_misspelt(document, people)
    known_on = date_from_text(str(document["known_on"])) if document.get("known_on") else None
    facts = facts_of(document, people, known_on)
    until = month_from_text(str(document["through"])) + 1
    first = min(month_of_date(day) for day in in_force.parameter(BASE).values)
    since = month_from_text(str(document["since"])) if document.get("since") else first
    # Before the first amount nobody's contribution was paid: no batch looks there.
    first_batch = max(since, min(month_of_date(day) for day in in_force.parameter(AMOUNT).values))
    begun = month_from_text(str(document["opening"])) if document.get("opening") else None
    opening = None if begun is None else Opening(begun, begun)
    return Setting(people, facts, Law(in_force, since, until), batch_days(document, first_batch, until), opening)


def _refuse_misspelt(document: Mapping[str, Any], people: Mapping[str, int]) -> None:
    """Raise CaseError for a field that is unknown or missing: an expectation nobody reads would always pass."""
    case, expect = document.get("case", "?"), document.get("expect") or {}
    if strange := sorted(set(document) - KNOWN_KEYS) or sorted(set(expect) - set(EXPECT_KEYS)):
        raise CaseError(case=case, why=f"不认识的字段 {', '.join(strange)}")
    if missing := [key for key in NEEDED_KEYS if not document.get(key)]:
        raise CaseError(case=case, why=f"缺少字段 {', '.join(missing)}")
    for part, keys in EXPECT_KEYS.items():
        for one in expect.get(part) or []:
            if strange := sorted(set(one) - keys):
                raise CaseError(case=case, why=f"{part} 中不认识的字段 {', '.join(strange)}")
            if str(one.get("person")) not in people:
                raise CaseError(case=case, why=f"{part} 中的 {one.get('person')} 不在 persons 里")


def expected_due(lines: Sequence[Mapping[str, Any]], people: Mapping[str, int]) -> pl.DataFrame:
    """The expected lines as SPANS. A yearly item may name ``year``, or any months of that year."""
    rows = []
    for line in lines:
        item = ITEM_BY_KEY.get(str(line["item"]))
        if item is None:
            raise CaseError(case=str(line), why=f"不认识的款项 {line['item']}")
        begins = str(line["year"] if "year" in line else line["from"])
        if item.yearly:
            first = month_of(int(begins[:4]), 1)
            after = first + 1
        else:
            first, after = month_from_text(begins), month_from_text(str(line["until"])) + 1
        rows.append((people[str(line["person"])], int(item), first, after, fen_of_yuan(str(line["yuan"]))))
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def run_case(document: Mapping[str, Any], in_force: Any) -> CaseResult:
    """Derive a case and compare it with what it expects. Raises CaseError for a bad document."""
    ready = setting(document, in_force)
    result = CaseResult(str(document.get("case", "")))
    expect = document.get("expect") or {}
    derived = due(ready.facts, ready.law, ready.snapshots).sort("person_id", "item", "from_month")
    result.due = [_line(ready, row) for row in derived.iter_rows(named=True)]
    if "due" in expect:
        _compare_amounts(ready, expect["due"] or [], derived, "应发", result)
    if "credited" in expect:
        _compare_amounts(ready, expect["credited"] or [], credited(ready.facts, ready.law, ready.snapshots), "应记账", result)
    for one in expect.get("verdicts") or []:
        _compare_verdict(ready, one, result)
    for one in expect.get("coverage") or []:
        _compare_box(ready, one, result)
    for one in expect.get("holds") or []:
        _compare_hold(ready, one, result)
    result.accounts, wrong = compare_accounts(
        result.case, expect.get("account") or [], ready.people, ready.facts, ready.law, ready.snapshots)  # fmt: skip
    result.differences += wrong
    names = in_force.names_read()
    result.rests_on = list(in_force.illustrative(names))
    return result


def _compare_amounts(
    ready: Setting, expected: Sequence[Mapping[str, Any]], derived: pl.DataFrame, word: str, result: CaseResult
) -> None:
    wanted = expected_due(expected, ready.people)
    for row in gap(wanted, due_steps(derived)).iter_rows(named=True):
        line = _line(ready, row)
        result.differences.append(
            f"{word}不符：{line.person} {line.item} {line.from_month}–{line.until_month} 期望与推算相差 {line.yuan} 元")


def _line(ready: Setting, row: Mapping[str, Any]) -> DueLine:
    item = Item(row["item"])
    last = row["until_month"] - 1
    start = str(row["from_month"] // 12) if item.yearly else show_month(row["from_month"])
    end = str(last // 12) if item.yearly else show_month(last)
    return DueLine(ready.name_of(row["person_id"]), item.key, start, end, yuan(row["monthly_fen"]))


def _compare_verdict(ready: Setting, wanted: Mapping[str, Any], result: CaseResult) -> None:
    name, question = str(wanted["person"]), str(wanted["question"])
    if question not in VERDICTS:
        raise CaseError(case=result.case, why=f"不认识的问题 {question}")
    month = month_from_text(str(wanted["month"]))
    found = VERDICTS[question](ready.facts, ready.law, ready.people[name], month)
    result.verdicts.append((name, found))
    answer = {"true": "yes", "false": "no"}.get(str(wanted["answer"]).lower(), str(wanted["answer"]).lower())
    if found.answer != answer:
        result.differences.append(f"结论不符：{name} {question} {wanted['month']} 期望 {answer}，推算 {found.answer}")
    missing = {str(one) for one in wanted.get("because") or []} - {reason.id for reason in found.because}
    if missing:
        result.differences.append(f"理由不符：{name} {question} {wanted['month']} 缺少 {', '.join(sorted(missing))}")


def _compare_box(ready: Setting, wanted: Mapping[str, Any], result: CaseResult) -> None:
    name, day = str(wanted["person"]), date_from_text(str(wanted["date"]))
    if str(wanted["box"]) not in BOX_BY_ID:
        raise CaseError(case=result.case, why=f"不认识的归类 {wanted['box']}")
    law = ready.law
    precedence = law.words_among("entry/category_precedence", CATEGORY_KEYS)
    who = population(ready.facts, day, precedence)
    mine = who.filter(pl.col("person_id") == ready.people[name])
    if mine.is_empty():
        # Not on a roster that day: still shown in a box, so that a refusal can be written down.
        mine = pl.DataFrame({"person_id": [ready.people[name]], "category": [""], "categories": [""]})
    proxied = due(ready.facts, law, [one for one in ready.snapshots if one.year == day.year and one.day <= day])
    posted = proxied.filter(pl.col("item") == int(Item.PROXY_CONTRIBUTION)).select("person_id")
    found = boxes(ready.facts, law, day, Progress(proxied=posted, held=_held(ready, day)), mine)["box"][0]
    result.boxes.append((name, str(day), found))
    if found != str(wanted["box"]):
        result.differences.append(f"归类不符：{name} {day} 期望 {wanted['box']}，推算 {found}")


def _held(ready: Setting, day: date) -> pl.DataFrame:
    """Who is held on a day. Where the document names no opening, only who ever certified is asked for a certificate."""
    granted = granted_pensions(grants(ready.facts, ready.law))
    if ready.opening is None:
        granted = granted.join(ready.facts.of(FactKind.LIFE_CERTIFICATE), on="person_id", how="semi")
    persons = ready.facts.persons.select("person_id").join(granted, on="person_id", how="left")
    return held_on(ready.facts, persons, day, ready.law, ready.opening)


def _compare_hold(ready: Setting, wanted: Mapping[str, Any], result: CaseResult) -> None:
    name, day = str(wanted["person"]), date_from_text(str(wanted["date"]))
    mine = _held(ready, day).filter(pl.col("person_id") == ready.people[name])
    reason, hoped = (str(mine["reason"][0]) if mine.height else "none"), str(wanted["reason"])
    if hoped not in (*REASONS, "none"):
        raise CaseError(case=result.case, why=f"不认识的暂停事由 {hoped}")
    if reason != hoped:
        result.differences.append(f"暂停不符：{name} {day} 期望 {hoped}，推算 {reason}")


def case_until(document: Mapping[str, Any]) -> date:
    """The last day a document speaks of."""
    return last_day(month_from_text(str(document["through"])))
