"""The people and facts of a case document, as the relations the rules see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from yingbao.rules import certificates, endings, holds
from yingbao.rules.case_text import (
    EVER,
    count_at,
    day_at,
    fen_at,
    has,
    mappings_at,
    refuse_strange,
    refused,
    signed_fen_at,
    text_at,
    word_at,
)
from yingbao.rules.relations import CREDITS, FACTS, FIXED_BALANCE, PERSONS, STATED_BALANCE, Facts
from yingbao.values.facts import CATEGORY_BY_KEY, FACT_KIND_BY_KEY, FactKind
from yingbao.values.purpose import BUCKET_BY_KEY, ITEM_BY_KEY

FACT_KEYS = {"kind", "value", "village", "number", "yuan", "years", "item", "from", "until", "told", "until_told",
             "withdrawn", "year", "bank", "bucket"}  # fmt: skip
BALANCES = {"account_balance": FIXED_BALANCE, "account_credit": STATED_BALANCE}
KINDS = (*FACT_KIND_BY_KEY, *BALANCES)
PERSON_KEYS = {"name", "sex", "born", "facts"}

# What a fact of a kind must say, beside its kind: each of one field or another. A payment without a year or an amount
# would be nobody's; a death without a day would be one of all time.
_YEARLY = (("year", "value"), ("yuan", "number"), ("from",))
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    FactKind.BIRTH.key: (("value",),), FactKind.CATEGORY.key: (("value",),),
    FactKind.PAID_YEARS.key: (("years", "number"),), FactKind.YEARS_TRANSFERRED.key: (("years", "number"), ("from",)),
    FactKind.PENSION_IN_PAYMENT.key: (("item", "value"), ("yuan", "number"), ("from",)),
    FactKind.OWN_PAYMENT.key: _YEARLY, FactKind.MAKEUP_PAYMENT.key: _YEARLY, FactKind.COLLECTIVE_AID.key: _YEARLY,
    FactKind.TRANSFER_IN.key: (("yuan", "number"), ("from",)),
    **{kind.key: (("from",),) for kind in (
        FactKind.DEATH, FactKind.SUSPECTED_DEATH, FactKind.WAIVER, FactKind.LIFE_CERTIFICATE, FactKind.APPLICATION,
        FactKind.RELATION_ENDED, FactKind.MOVED_OUT, FactKind.ABROAD, FactKind.ACCOUNT_REFUSED, FactKind.PRISONER)},
    FactKind.HOLD.key: (("value",),),
    "account_balance": (("yuan",),), "account_credit": (("yuan",), ("from",)),
}  # fmt: skip
_SCHEMES = ("employee", "civil_service")
# The words that the value of a kind may be, where it is written.
VALUES: dict[FactKind, tuple[str, ...]] = {
    FactKind.CATEGORY: tuple(CATEGORY_BY_KEY), FactKind.WAIVER: ("all", "proxy_contribution", "benefit"),
    FactKind.OTHER_PENSION: _SCHEMES, FactKind.OTHER_SCHEME: _SCHEMES, FactKind.HOLD: tuple(holds.REASONS),
    FactKind.LIFE_CERTIFICATE: tuple(certificates.WAYS), FactKind.TRANSFER_IN: tuple(BUCKET_BY_KEY),
    FactKind.RELATION_ENDED: tuple(one for one in endings.REASON_ZH if one != endings.DEATH),
}  # fmt: skip


def people_of(document: Mapping[str, Any]) -> dict[str, int]:
    """Name → number, in the order of the document. Raises CaseError for two of one name."""
    people: dict[str, int] = {}
    for place, person in enumerate(mappings_at(document, "persons"), start=1):
        refuse_strange(person, PERSON_KEYS, "persons")
        name = text_at(person, "name")
        if name in people:
            raise refused(person, "name", f"有重名“{name}”")
        people[name] = place
    return people


def _amount(kind: FactKind, fact: Mapping[str, Any]) -> int | None:
    if has(fact, "yuan"):
        return fen_at(fact, "yuan")
    for key in ("number", "years"):
        if has(fact, key):
            return count_at(fact, key)
    if kind is FactKind.BIRTH:
        born = day_at(fact, "value")
        return None if born is None else born.year * 10_000 + born.month * 100 + born.day
    return None


def _value(kind: FactKind, fact: Mapping[str, Any]) -> str | None:
    if kind in VALUES and has(fact, "value"):
        return word_at(fact, "value", f"值（{kind.key}）", VALUES[kind])
    if kind is FactKind.PENSION_IN_PAYMENT:
        return word_at(fact, "item" if has(fact, "item") else "value", "款项", ITEM_BY_KEY)
    if has(fact, "year"):
        return f"{count_at(fact, 'year'):04d}"
    for key in ("value", "village", "item"):
        if has(fact, key):
            return text_at(fact, key)
    return "all" if kind is FactKind.WAIVER else None


def _known(fact: Mapping[str, Any], known_on: date | None) -> bool:
    told, withdrawn = day_at(fact, "told"), day_at(fact, "withdrawn")
    if known_on is None:
        return withdrawn is None
    return (told is None or told <= known_on) and (withdrawn is None or withdrawn > known_on)


def _until(fact: Mapping[str, Any], known_on: date | None) -> date | None:
    until_told = day_at(fact, "until_told")
    if known_on is not None and until_told is not None and until_told > known_on:
        return None
    return day_at(fact, "until")


def _balance(number: int, fact: Mapping[str, Any]) -> tuple[int, int, int, int, date, int]:
    """A balance or a credit as a row of CREDITS: ``bucket`` (default own), ``from`` and ``yuan``.

    ``account_balance`` is what stands in the account, interest included; ``account_credit`` came in on its day and bears
    interest from then, or (below zero) was taken back: both for a ``year``, if that is not the year of the day.
    """
    source = word_at(fact, "bucket", "账户来源", BUCKET_BY_KEY) if has(fact, "bucket") else "own"
    day = day_at(fact, "from") or date(1, 1, 1)
    item = BALANCES[str(fact["kind"])]
    year = count_at(fact, "year") if has(fact, "year") else day.year
    fen = signed_fen_at(fact, "yuan") if item == STATED_BALANCE else fen_at(fact, "yuan")
    return number, int(BUCKET_BY_KEY[source]), item, year, day, fen


def _refuse_misspelt(fact: Mapping[str, Any]) -> None:
    """Raise CaseError for a fact that is misspelt, says too little, or ends before it begins."""
    refuse_strange(fact, FACT_KEYS, "facts")
    kind = word_at(fact, "kind", "事实", KINDS)
    for fields in NEEDED.get(kind, ()):
        if not any(has(fact, one) for one in fields):
            raise refused(fact, "kind", f"{kind} 缺少 {' 或 '.join(fields)}")
    begins, ends = day_at(fact, "from"), day_at(fact, "until")
    if begins is not None and ends is not None and ends < begins:
        raise refused(fact, "until", f"{kind} 的止日 {ends} 早于起日 {begins}")


def facts_told(document: Mapping[str, Any], known_on: date | None) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each person with each fact that is known on a day (None: all that stand), in the order of the document. Raises CaseError."""
    for person in mappings_at(document, "persons"):
        for fact in mappings_at(person, "facts"):
            _refuse_misspelt(fact)
            if _known(fact, known_on):
                yield person, fact


def facts_of(document: Mapping[str, Any], people: Mapping[str, int], known_on: date | None) -> Facts:
    """The relations of a case, as known on a day (None: all that is written). Raises CaseError.

    ``fact_id`` is the place of a fact in :func:`facts_told`, from 1.
    """
    births: dict[int, date] = {}
    rows: list[tuple[Any, ...]] = []
    balances: list[tuple[int, int, int, int, date, int]] = []
    for person in mappings_at(document, "persons"):
        born = day_at(person, "born")
        if born is not None:
            births[people[text_at(person, "name")]] = born
    for place, (person, fact) in enumerate(facts_told(document, known_on), start=1):
        number = people[text_at(person, "name")]
        if str(fact["kind"]) in BALANCES:
            balances.append(_balance(number, fact))
            continue
        kind = FACT_KIND_BY_KEY[text_at(fact, "kind")]
        if kind is FactKind.BIRTH:
            births[number] = day_at(fact, "value") or births[number]
        begins = day_at(fact, "from") or EVER
        rows.append((number, int(kind), _value(kind, fact), _amount(kind, fact), begins, _until(fact, known_on), place))
    persons = pl.DataFrame([(one, births.get(one)) for one in people.values()], schema=PERSONS, orient="row")
    return Facts(persons, pl.DataFrame(rows, schema=FACTS, orient="row"),
                 pl.DataFrame(balances, schema=CREDITS, orient="row"))  # fmt: skip

