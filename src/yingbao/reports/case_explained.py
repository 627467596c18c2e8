"""The explanation of somebody in a case document: the same wording as for somebody in the store.

A case has no books, so nothing is said of where the money is; the source of a fact is its line in the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from yingbao.policy.overrides import overridden
from yingbao.policy.text_yaml import TextMapping
from yingbao.policy.tree import PolicyTree
from yingbao.reports.explain import Explanation, ItemMoney, parameters_behind, passages_of, stated, undecided, words_of
from yingbao.reports.person_facts import KnownFact, fact_text
from yingbao.reports.reckoning import sentence
from yingbao.rules.case_facts import facts_told
from yingbao.rules.case_text import EVER, day_at, has, mappings_at, text_at
from yingbao.rules.cases import Setting
from yingbao.rules.due import Due
from yingbao.rules.verdicts import VERDICTS, Verdict, benefit_verdict, proxy_verdict
from yingbao.values.facts import FactKind
from yingbao.values.month import Month, month_of, show_month
from yingbao.values.purpose import Item

_NO_BOOKS = dict.fromkeys(
    ("recognised_fen", "stated_fen", "settled_fen", "in_transit_fen", "payable_fen", "overpaid_fen", "to_recover_fen"), 0)


def explained(document: Mapping[str, Any], ready: Setting, tree: PolicyTree, name: str, month: Month) -> Explanation:
    """Why somebody of a case is owed what in a month. ``tree``: the law of the region, without the case's overrides."""
    number, law = ready.people[name], ready.law
    verdicts = tuple(ask(ready.facts, law, number, month) for ask in (benefit_verdict, proxy_verdict))
    owed = Due(ready.facts.only([number]), law, ready.opening, ready.snapshots, books=False)
    items = tuple(_item(item, fen, owed, month, verdicts[0]) for item, fen in _amounts(owed, month).items())
    found = _explanation(document, ready, tree, name, month, verdicts, items)
    return replace(found, undecided=undecided(owed.facts, law, month, owed.granted))


def answer_explained(
    document: Mapping[str, Any], ready: Setting, tree: PolicyTree, name: str, month: Month, question: str
) -> Explanation:
    """One question about somebody of a case in a month, without the amounts."""
    verdict = VERDICTS[question](ready.facts, ready.law, ready.people[name], month)
    return _explanation(document, ready, tree, name, month, (verdict,), ())


def _explanation(
    document: Mapping[str, Any], ready: Setting, tree: PolicyTree, name: str, month: Month,
    verdicts: tuple[Verdict, ...], items: tuple[ItemMoney, ...],
) -> Explanation:  # fmt: skip
    number, in_force = ready.people[name], ready.law.in_force
    known = replace(tree, parameters=overridden(tree.parameters, document.get("overrides") or {}))
    owed = [one.item for one in items if not stated(one.item, verdicts[0])]
    parameters = parameters_behind(known, verdicts, owed, month, in_force.known_on)
    basis: dict[str, object] = {
        "known_on": in_force.known_on, "month": show_month(month),
        "rests_on_illustrative": in_force.illustrative(list(parameters)),
    }  # fmt: skip
    facts = tuple(_known(document, name, ready.facts.only([number]).facts, tree.region.pool))
    return Explanation(number, name, "", month, verdicts, items, 0, "", {}, parameters, facts, basis, words_of(tree),
                       passages_of(tree))  # fmt: skip


def _amounts(owed: Due, month: Month) -> dict[Item, int]:
    """Fen of the month by item; of yearly items, of the month's year."""
    spans = pl.concat([owed.payable, owed.proxied, owed.account_moves])
    found: dict[Item, int] = {}
    for row in spans.sort("item").iter_rows(named=True):
        item = Item(row["item"])
        at = month_of(month // 12, 1) if item.yearly else month
        if row["from_month"] <= at < row["until_month"]:
            found[item] = found.get(item, 0) + row["monthly_fen"]
    return {item: fen for item, fen in found.items() if fen}


def _item(item: Item, fen: int, owed: Due, month: Month, verdict: Verdict) -> ItemMoney:
    how = sentence(item, fen, owed.law, month, owed, verdict.route)
    return ItemMoney(item, fen, 0, 0, dict(_NO_BOOKS), how)


def _known(document: Mapping[str, Any], name: str, facts: pl.DataFrame, pool: int) -> list[KnownFact]:
    """The person's facts, each with its line in the document; the birth date may stand beside the name."""
    person = next(one for one in mappings_at(document, "persons") if text_at(one, "name") == name)
    told = dict(enumerate(facts_told(document, day_at(document, "known_on")), start=1))
    made = []
    if has(person, "born"):
        made.append(KnownFact(0, FactKind.BIRTH, text_at(person, "born"), EVER, None, None, *_place(person, "born")))
    for row in facts.iter_rows(named=True):
        kind, (_, fact) = FactKind(row["kind"]), told[row["fact_id"]]
        made.append(KnownFact(
            row["fact_id"], kind, fact_text(pool, kind, row["value"], row["number"]), row["holds_from"], row["holds_until"],
            day_at(fact, "told"), *_place(fact),
        ))  # fmt: skip
    return made


def _place(at: Mapping[str, Any], key: str = "") -> tuple[str, str, int | None]:
    """File, sheet (none) and line."""
    return (at.file, "", at.lines.get(key, at.line)) if isinstance(at, TextMapping) else ("案例", "", None)
