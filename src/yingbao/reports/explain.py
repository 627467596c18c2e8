"""Why a person is owed what, in a month: verdicts, law, facts with their rows, and where the money is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from yingbao.policy import show
from yingbao.policy.tree import PolicyTree
from yingbao.reports import person_books
from yingbao.reports.ending_trial import EVERY_ACT
from yingbao.reports.moment import ALL_TOLD, Moment, moment
from yingbao.reports.money import amounts, fen_by_item
from yingbao.reports.person_books import PersonBooks
from yingbao.reports.person_facts import USED_BY, KnownFact, known_facts
from yingbao.reports.reckoning import AMOUNT_PARAMETERS, FACTS_BEHIND, sentence
from yingbao.rules import contributions, entitlement
from yingbao.rules.certificates import WAY_ZH, good_until, granted_pensions
from yingbao.rules.contributions import Snapshot
from yingbao.rules.due import Due
from yingbao.rules.holds import REASONS, held_on
from yingbao.rules.law import Law
from yingbao.rules.payments import PAYING
from yingbao.rules.relations import PERSONS, Facts
from yingbao.rules.supplements import pays_by_age
from yingbao.rules.verdicts import Reason, Verdict, benefit_verdict, proxy_verdict
from yingbao.store import sealed
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.errors import UnknownPerson
from yingbao.store.models import Person
from yingbao.values.errors import YingbaoError
from yingbao.values.identity import mask_id
from yingbao.values.month import Month, last_day, month_of, show_month
from yingbao.values.purpose import Item

# Shown in every explanation, also where nothing is owed; the other items only where there is something.
ALWAYS_SHOWN = (Item.PROXY_CONTRIBUTION, Item.BASE_PENSION, Item.ACCOUNT_PENSION, Item.COUNTY_TOP_UP)
# Whom an explanation speaks to.
READERS = RESIDENT, AUDITOR = ("resident", "auditor")


@dataclass(frozen=True)
class ItemMoney:
    """One item of a person in fen. ``month_*``: of the month asked; the others of the whole history through it.

    ``how``: how the amount of the month came about, in a sentence; empty where nothing is owed.
    """

    item: Item
    month_due_fen: int
    month_recognised_fen: int
    due_fen: int
    books: dict[str, int]
    how: str = ""

    @property
    def not_booked_fen(self) -> int:
        """Due and not recognised yet (the next run carries it); below zero: recognised above what is due."""
        return self.due_fen - self.books["recognised_fen"]

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in fen."""
        return {
            "item": self.item.key, "zh": self.item.zh, "month_due_fen": self.month_due_fen,
            "month_recognised_fen": self.month_recognised_fen, "due_fen": self.due_fen, **self.books,
            "not_booked_fen": self.not_booked_fen, "how": self.how,
            "parameters": list(AMOUNT_PARAMETERS[self.item]) if self.month_due_fen else [],
        }  # fmt: skip


@dataclass(frozen=True)
class Explanation:
    """Everything that decided about one person and month, as known. ``as_bytes`` is the same for the same inputs."""

    person_id: int
    name: str
    masked_id: str
    month: Month
    verdicts: tuple[Verdict, ...]
    items: tuple[ItemMoney, ...]
    recovered_fen: int
    held: str
    certificate: dict[str, str]
    parameters: dict[str, dict[str, Any]]
    facts: tuple[KnownFact, ...]
    basis: dict[str, object]
    zh_of: dict[str, str]  # Chinese words for the names of parameters and sources
    passages: dict[str, str]  # what an instrument says, by the citation: a criterion's ``cites``
    undecided: tuple[str, ...] = ()  # what cannot be said yet, and what would settle it

    def facts_of(self, reason: Reason) -> list[KnownFact]:
        """The facts that answered a criterion."""
        kinds = USED_BY.get(_claim_of(reason), ())
        return [fact for fact in self.facts if fact.kind in kinds]

    def facts_behind(self, one: ItemMoney) -> list[KnownFact]:
        """The facts that decided an amount of the month, beside those of its criteria."""
        kinds = FACTS_BEHIND.get(one.item, ()) if one.month_due_fen else ()
        return [fact for fact in self.facts if fact.kind in kinds]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "person_id": self.person_id, "name": self.name, "id": self.masked_id, "month": show_month(self.month),
            "verdicts": [self._verdict(one) for one in self.verdicts],
            "items": [{**one.as_json(), "facts": [fact.fact_id for fact in self.facts_behind(one)]} for one in self.items],
            "recovered_fen": self.recovered_fen, "held": self.held, "held_zh": REASONS.get(self.held, ""),
            "certificate": self.certificate, "undecided": list(self.undecided),
            "parameters": self.parameters,
            "facts": [one.as_json() for one in self.facts], "basis": self.basis,
        }  # fmt: skip

    def _verdict(self, verdict: Verdict) -> dict[str, Any]:
        return {
            "question": verdict.question, "answer": verdict.answer, "route": verdict.route,
            "granted_from": None if verdict.granted_from is None else show_month(verdict.granted_from),
            "because": [
                {"id": one.id, "zh": one.zh, "en": one.en, "cites": one.cites, "parameters": list(one.parameters),
                 "facts": [fact.fact_id for fact in self.facts_of(one)]}
                for one in verdict.because
            ],
            "would_turn": None if verdict.would_turn is None else {
                "id": verdict.would_turn.id, "zh": verdict.would_turn.zh, "en": verdict.would_turn.en},
        }  # fmt: skip

    def as_bytes(self) -> bytes:
        """Canonical JSON: sorted keys, no spaces."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def cited(self, cites: str) -> str:
        """``bulletin-2018 出口-1`` as a reader knows the paper: 市人社局宣传资料 出口-1."""
        source, _, article = cites.partition(" ")
        return f"{self.zh_of.get(source, source)} {article}".strip()

    def text(self, reader: str = RESIDENT) -> str:
        """Chinese for the person himself, or for an auditor (one of READERS)."""
        from yingbao.reports import explain_audit, explain_text  # noqa: PLC0415 - both are made of this class

        return explain_audit.text(self) if reader == AUDITOR else explain_text.text(self)


_CLAIM_BY_FAILURE: dict[str, str] = {
    one.fails_as: one.id
    for question in (entitlement.OVER_AGE_POOR, entitlement.REGULAR, contributions.PROXY_CONTRIBUTION)
    for one in question.criteria
}


def _claim_of(reason: Reason) -> str:
    return _CLAIM_BY_FAILURE.get(reason.id, reason.id.removeprefix("unknown_"))


def explain(pool: int, person_id: int, month: Month, known_on: date | None = None) -> Explanation:
    """Derive one person again from his own rows. Raises UnknownPerson, NotChecked past the checked law."""
    person = Person.objects.filter(pool=pool, pk=person_id).first()
    if person is None:
        raise UnknownPerson(pool=pool, shown=f"编号 {person_id}")
    known = _of_person(moment(pool, known_on, person_ids=[person_id]), person_id)
    law = known.law(month + 1)
    granted = entitlement.grants(known.facts, law)
    owed_to = Due(known.facts, law, known.opening, _batches(known), known_grants=granted)
    due = owed_to.payable
    verdicts = (benefit_verdict(known.facts, law, person_id, month, granted),
                proxy_verdict(known.facts, law, person_id, month))  # fmt: skip
    books = person_books.person_books(pool, person_id, known_on)
    items = tuple(one for one in _items(due, books, month, _proxy(verdicts[1], known.facts.only([person_id]), law))
                  if one.item in ALWAYS_SHOWN or one.due_fen or any(one.books.values()))  # fmt: skip
    items = tuple(replace(one, how=_how(one, known, owed_to, month, verdicts[0])) for one in items)
    persons = known.facts.persons.select("person_id").join(granted_pensions(granted), on="person_id", how="left")
    held = held_on(known.facts, persons, last_day(month), law, known.opening)
    certificate = _certificate(good_until(known.facts, persons, last_day(month), law, known.opening))
    owed = any(one.due_fen for one in items if not one.item.yearly)
    owed_items = [one.item for one in items if one.month_due_fen and not stated(one.item, verdicts[0])]
    parameters = parameters_behind(known.tree, verdicts, owed_items, month, known.known_on)
    masked = mask_id(sealed.open_ids([person.id_cipher], [person_id])[0])
    return Explanation(
        person_id, person.name, masked, month, verdicts, items, books.recovered_fen,
        str(held["reason"][0]) if held.height and owed else "", certificate if owed else {}, parameters,
        tuple(known_facts(pool, person_id, known.facts)), {**known.basis(), "month": show_month(month)},
        words_of(known.tree), passages_of(known.tree), undecided(known.facts, law, month, granted),
    )  # fmt: skip


def undecided(facts: Facts, law: Law, month: Month, granted: pl.DataFrame) -> tuple[str, ...]:
    """What nobody can say of a pensioner yet: whose birth is not known may have reached the age of a supplement."""
    unborn = facts.persons.filter(pl.col("birth").is_null())
    if unborn.is_empty() or granted.join(unborn, on="person_id", how="semi").is_empty() or not pays_by_age(law, month):
        return ()
    return ("高龄加发：出生日期不明，判断不了；由镇社保所核实登记后，从应领之月补发",)


def words_of(tree: PolicyTree) -> dict[str, str]:
    """Parameters by their labels, instruments by number or by what they are called."""
    found = {name: parameter.label_zh for name, parameter in tree.parameters.items()}
    return {**found, **{name: source.called for name, source in tree.sources.items()}}


def passages_of(tree: PolicyTree) -> dict[str, str]:
    """What each article says, and whether those are the instrument's own words: by its citation."""
    return {f"{source.id} {article.id}": f"“{article.text}”（{article.kind_zh}）"
            for source in tree.sources.values() for article in source.articles.values()}  # fmt: skip


def _batches(known: Moment) -> list[Snapshot]:
    """The batch days that decide what of a person's own payments goes back; nobody else's explanation needs them."""
    if known.facts.of(*PAYING).is_empty():
        return []
    told = ALL_TOLD if known.known_on is None else known.known_on
    seen = Basis(known.pool, "payroll", 0, told, EVERY_ACT if known.known_act is None else known.known_act)
    return [one for one in snapshots_of(seen) if one.day <= told]


def _of_person(known: Moment, person_id: int) -> Moment:
    """The moment with the person in it, also where nothing was known of him yet."""
    if known.facts.persons.height:
        return known
    nobody = pl.DataFrame([(person_id, None)], schema=PERSONS, orient="row")
    return replace(known, facts=replace(known.facts, persons=nobody))


def _how(one: ItemMoney, known: Moment, owed: Due, month: Month, verdict: Verdict) -> str:
    """The sentence for an amount of the month. Months before the books are as the opening register states."""
    if not one.month_due_fen:
        return ""
    stated = verdict.route == "stated" and known.opening is not None and month < known.opening.opening_month
    if stated and not one.item.yearly:
        return "按期初登记的金额"
    return sentence(one.item, one.month_due_fen, owed.law, month, owed, verdict.route)


def _certificate(found: pl.DataFrame) -> dict[str, str]:
    """The certificate that is good longest: ``way``, ``zh``, ``good_until``; empty where there never was one."""
    if not found.height or found["good_until"][0] is None:
        return {}
    way = str(found["way"][0])
    return {"way": way, "zh": WAY_ZH.get(way, way), "good_until": str(found["good_until"][0])}


def stated(item: Item, verdict: Verdict) -> bool:
    """The amount is that of the opening register, not computed: no parameter is behind it."""
    return item is Item.ACCOUNT_PENSION and verdict.route == "stated"


def _proxy(verdict: Verdict, mine: Facts, law: Law) -> int:
    """The year's contribution where the person is eligible on the last day of the month, in fen."""
    if verdict.answer != "yes":
        return 0
    snapshot = contributions.Snapshot(verdict.month // 12, last_day(verdict.month))
    return int(contributions.proxied_years(mine, law, [snapshot])["fen"].sum())


def _items(due: pl.DataFrame, books: PersonBooks, month: Month, proxy_fen: int) -> list[ItemMoney]:
    """Every item, owed or not. ``proxy_fen``: of the year's contribution, if it is owed."""
    of_month, of_year = (person_books.in_month(books.recognised, at) for at in (month, month_of(month // 12, 1)))
    due_in_month, due_in_all = person_books.in_month(due, month), fen_by_item(due, amounts())
    found = []
    for item in Item:
        recognised = (of_year if item.yearly else of_month).get(int(item), 0)
        due_fen, total = due_in_month.get(int(item), 0), due_in_all.get(int(item), 0)
        if item.yearly:
            # A year that a batch has booked stays owed, whatever has changed since its snapshot.
            due_fen = recognised or (proxy_fen if item is Item.PROXY_CONTRIBUTION else 0)
            total = books.by_item[item]["recognised_fen"] - recognised + due_fen
        found.append(ItemMoney(item, due_fen, recognised, total, books.by_item[item]))
    return found


def parameters_behind(
    tree: PolicyTree, verdicts: tuple[Verdict, ...], items: list[Item], month: Month, known_on: date | None
) -> dict[str, dict[str, Any]]:
    """The parameters behind reasons and amounts, as ``policy.show`` shows them."""
    names = {name for verdict in verdicts for reason in verdict.because for name in reason.parameters}
    names |= {name for item in items for name in AMOUNT_PARAMETERS[item]}
    found = {name: _shown(tree, name, month, known_on) for name in sorted(names)}
    return {name: one for name, one in found.items() if one is not None}


def _shown(tree: PolicyTree, name: str, month: Month, known_on: date | None) -> dict[str, Any] | None:
    try:
        return show.show_parameter(tree, name, month, known_on)
    except YingbaoError:  # not in force in that month: nothing was decided by it
        return None
