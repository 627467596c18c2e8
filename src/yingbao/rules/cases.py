"""Case documents: what a clerk, a policy officer and a test all read.

A document names people with facts, the law they live under, and what must come out of it. The
same functions derive it as derive a county. ``docs/guides/cases.md`` describes the format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from yingbao.rules.ages import OLDEST
from yingbao.rules.benefits import Opening
from yingbao.rules.boxes import BOX_BY_ID
from yingbao.rules.case_accounts import ACCOUNT_KEYS, compare_accounts
from yingbao.rules.case_facts import facts_of, people_of
from yingbao.rules.case_text import (
    count_at,
    day_at,
    day_in,
    fen_at,
    has,
    mappings_at,
    month_at,
    refuse_strange,
    refused,
    text_at,
    unknown_word,
    word_at,
    words_at,
)
from yingbao.rules.certificates import granted_pensions
from yingbao.rules.contributions import Snapshot
from yingbao.rules.coverage import Progress, boxes, population
from yingbao.rules.due import credited, due
from yingbao.rules.entitlement import CATEGORY_KEYS, grants
from yingbao.rules.gap import due_steps, gap
from yingbao.rules.holds import REASONS, held_on
from yingbao.rules.law import Law, whole
from yingbao.rules.proxy_amounts import AMOUNT
from yingbao.rules.relations import SPANS, Facts
from yingbao.rules.verdicts import CLAIM_OF, REASON_IDS, VERDICTS, Verdict
from yingbao.values.facts import FactKind
from yingbao.values.money import yuan
from yingbao.values.month import Month, month_of, month_of_date, show_month
from yingbao.values.purpose import BUCKET_OF, ITEM_BY_KEY, Item

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
# The items that each part of what is expected may name; interest and charges are asked of the account.
ITEMS_OF = {
    "due": tuple(item for item in Item if item.paid or item is Item.PROXY_CONTRIBUTION),
    "credited": tuple(item for item in BUCKET_OF if item not in (Item.INTEREST, Item.PROXY_CONTRIBUTION)),
}
ANSWERS = {"yes": "yes", "true": "yes", "no": "no", "false": "no", "unknown": "unknown"}


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


def batch_days(document: Mapping[str, Any], facts: Facts, law: Law, since: int) -> tuple[Snapshot, ...]:
    """The batch days named in the document, else the last day of every December from ``since`` on.

    A December in which everybody ever listed by then is past the contribution age asks nothing of the law of its year:
    a pensioner's case may go on beyond the years for which proxies were checked.
    """
    if "batches" in document:
        days = [day_in(document, "batches", text) for text in words_at(document, "batches")]
        return tuple(Snapshot(day.year, day) for day in days)
    listed = facts.of(FactKind.CATEGORY).join(facts.persons, on="person_id")
    last_year = pl.col("birth").dt.year() + whole(law.latest(OLDEST))
    decembers = [date(year, 12, 31) for year in range(since // 12, law.until // 12 + 1)
                 if since <= month_of(year, 12) < law.until]  # fmt: skip
    concerned = [day for day in decembers if listed.filter(
        (pl.col("holds_from") <= day) & (last_year.is_null() | (last_year >= day.year))).height]  # fmt: skip
    return tuple(Snapshot(day.year, day) for day in concerned)


def setting(document: Mapping[str, Any], in_force: Any) -> Setting:
    """Make a document ready. ``in_force`` is the law with the document's overrides and date. Raises CaseError."""
    _refuse_misspelt(document)
    people = people_of(document)
    until = month_at(document, "through") + 1
    first = min(month_of_date(day) for day in in_force.parameter(BASE).values)
    since = month_at(document, "since") if has(document, "since") else first
    if since >= until:
        raise refused(document, "through", f"through {show_month(until - 1)} 早于推算起始月 {show_month(since)}（可用 since 写明）")
    _refuse_impossible(document, people, since, until)
    facts = facts_of(document, people, day_at(document, "known_on"))
    # Before the first amount nobody's contribution was paid: no batch looks there.
    first_batch = max(since, min(month_of_date(day) for day in in_force.parameter(AMOUNT).values))
    begun = month_at(document, "opening") if has(document, "opening") else None
    opening = None if begun is None else Opening(begun, begun)
    law = Law(in_force, since, until)
    return Setting(people, facts, law, batch_days(document, facts, law, first_batch), opening)


def _refuse_misspelt(document: Mapping[str, Any]) -> None:
    """Raise CaseError for a field that is unknown or missing: an expectation nobody reads would always pass."""
    refuse_strange(document, KNOWN_KEYS, "案例")
    if missing := [key for key in NEEDED_KEYS if not document.get(key)]:
        raise refused(document, None, f"缺少字段 {'、'.join(missing)}")
    expect = document["expect"]
    if not isinstance(expect, Mapping):
        raise refused(document, "expect", "expect 应为“键: 值”")
    refuse_strange(expect, EXPECT_KEYS, "expect")


def expected(document: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    """The lines of a part of what is expected."""
    return mappings_at(document["expect"], part)


def _lines(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for part in EXPECT_KEYS:
        for one in expected(document, part):
            yield part, one


def _refuse_impossible(document: Mapping[str, Any], people: Mapping[str, int], since: Month, until: Month) -> None:
    """Raise CaseError for an expectation about nobody, or about a month that is not derived."""
    for part, one in _lines(document):
        refuse_strange(one, EXPECT_KEYS[part], part)
        word_at(one, "person", "人（不在 persons 里）", people)
        day = day_at(one, "date") if part in ("coverage", "holds") else None
        if part in ("coverage", "holds") and day is None:
            raise refused(one, None, "缺少字段 date")
        month = month_at(one, "month") if part == "verdicts" else since if day is None else month_of_date(day)
        if not since <= month < until:
            asked = "month" if part == "verdicts" else "date"
            raise refused(one, asked, f"{show_month(month)} 不在推算的月份（{show_month(since)} 至 {show_month(until - 1)}）之内")


def _expected_amounts(document: Mapping[str, Any], part: str, people: Mapping[str, int]) -> pl.DataFrame:
    """The expected lines as SPANS. A yearly item may name ``year``, or any months of that year."""
    rows = []
    for line in expected(document, part):
        item = ITEM_BY_KEY[word_at(line, "item", "款项", ITEM_BY_KEY)]
        if item not in ITEMS_OF[part]:
            belongs = next((other for other, items in ITEMS_OF.items() if item in items), "account")
            raise refused(line, "item", f"{item.key}（{item.zh}）不写在 {part} 里，应写在 {belongs} 里")
        first, after = _period(line, item)
        rows.append((people[text_at(line, "person")], int(item), first, after, fen_at(line, "yuan")))
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def _period(line: Mapping[str, Any], item: Item) -> tuple[Month, Month]:
    """The half-open months of an expected line; ``until`` of what is paid once may be left out."""
    if item.yearly:
        year = count_at(line, "year") if has(line, "year") else month_at(line, "from") // 12
        return month_of(year, 1), month_of(year, 1) + 1
    if has(line, "year"):
        raise refused(line, "year", f"{item.key}（{item.zh}）按月，应写 from 和 until")
    first = month_at(line, "from")
    last = first if item.once and not has(line, "until") else month_at(line, "until")
    if last < first:
        raise refused(line, "until", f"止月 {show_month(last)} 早于起月 {show_month(first)}")
    return first, last + 1


def run_case(document: Mapping[str, Any], in_force: Any) -> CaseResult:
    """Derive a case and compare it with what it expects. Raises CaseError for a bad document."""
    ready = setting(document, in_force)
    result = CaseResult(text_at(document, "case"))
    expect = document["expect"]
    derived = due(ready.facts, ready.law, ready.snapshots).sort("person_id", "item", "from_month")
    result.due = [_line(ready, row) for row in derived.iter_rows(named=True)]
    if "due" in expect:
        _compare_amounts(ready, _expected_amounts(document, "due", ready.people), derived, "应发", result)
    if "credited" in expect:
        came = credited(ready.facts, ready.law, ready.snapshots)
        _compare_amounts(ready, _expected_amounts(document, "credited", ready.people), came, "应记账", result)
    for part, compare in (("verdicts", _compare_verdict), ("coverage", _compare_box), ("holds", _compare_hold)):
        for one in expected(document, part):
            compare(ready, one, result)
    result.accounts, wrong = compare_accounts(
        expected(document, "account"), ready.people, ready.facts, ready.law, ready.snapshots)  # fmt: skip
    result.differences += wrong
    names = in_force.names_read()
    result.rests_on = list(in_force.illustrative(names))
    return result


def _compare_amounts(ready: Setting, wanted: pl.DataFrame, derived: pl.DataFrame, word: str, result: CaseResult) -> None:
    for row in gap(wanted, due_steps(derived)).iter_rows(named=True):
        line = _line(ready, row)
        more = f"多 {line.yuan}" if row["monthly_fen"] > 0 else f"少 {yuan(-row['monthly_fen'])}"
        result.differences.append(
            f"{word}不符：{line.person} {line.item} {line.from_month}–{line.until_month} 期望比推算{more} 元")


def _line(ready: Setting, row: Mapping[str, Any]) -> DueLine:
    item = Item(row["item"])
    last = row["until_month"] - 1
    start = str(row["from_month"] // 12) if item.yearly else show_month(row["from_month"])
    end = str(last // 12) if item.yearly else show_month(last)
    return DueLine(ready.name_of(row["person_id"]), item.key, start, end, yuan(row["monthly_fen"]))


def _compare_verdict(ready: Setting, wanted: Mapping[str, Any], result: CaseResult) -> None:
    name, question = text_at(wanted, "person"), word_at(wanted, "question", "问题", VERDICTS)
    hoped = word_at(wanted, "answer", "答案", [*ANSWERS, *(one.capitalize() for one in ANSWERS)])
    for one in words_at(wanted, "because"):
        if one not in REASON_IDS:
            raise unknown_word(wanted, "because", "理由", one, REASON_IDS)
    month = month_at(wanted, "month")
    found = VERDICTS[question](ready.facts, ready.law, ready.people[name], month)
    result.verdicts.append((name, found))
    answer, shown = ANSWERS[hoped.lower()], show_month(month)
    if found.answer != answer:
        result.differences.append(f"结论不符：{name} {question} {shown} 期望 {answer}，推算 {found.answer}")
    # A refusal may be named by its own word or by that of the condition that is not met.
    given = {name for reason in found.because for name in (reason.id, CLAIM_OF.get(reason.id))}
    missing = {*words_at(wanted, "because")} - given
    if missing:
        result.differences.append(f"理由不符：{name} {question} {shown} 缺少 {', '.join(sorted(missing))}")


def _compare_box(ready: Setting, wanted: Mapping[str, Any], result: CaseResult) -> None:
    name, box, day = text_at(wanted, "person"), word_at(wanted, "box", "归类", BOX_BY_ID), _day(wanted)
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
    if found != box:
        result.differences.append(f"归类不符：{name} {day} 期望 {box}，推算 {found}")


def _day(wanted: Mapping[str, Any]) -> date:
    return day_in(wanted, "date", text_at(wanted, "date"))


def _held(ready: Setting, day: date) -> pl.DataFrame:
    """Who is held on a day. Where the document names no opening, only who ever certified is asked for a certificate."""
    granted = granted_pensions(grants(ready.facts, ready.law))
    if ready.opening is None:
        granted = granted.join(ready.facts.of(FactKind.LIFE_CERTIFICATE), on="person_id", how="semi")
    persons = ready.facts.persons.select("person_id").join(granted, on="person_id", how="left")
    return held_on(ready.facts, persons, day, ready.law, ready.opening)


def _compare_hold(ready: Setting, wanted: Mapping[str, Any], result: CaseResult) -> None:
    name, hoped, day = text_at(wanted, "person"), word_at(wanted, "reason", "暂停事由", (*REASONS, "none")), _day(wanted)
    mine = _held(ready, day).filter(pl.col("person_id") == ready.people[name])
    reason = str(mine["reason"][0]) if mine.height else "none"
    if reason != hoped:
        result.differences.append(f"暂停不符：{name} {day} 期望 {hoped}，推算 {reason}")
