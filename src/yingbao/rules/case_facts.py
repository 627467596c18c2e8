"""The people and facts of a case document, as the relations the rules see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from yingbao.rules.relations import CREDITS, FACTS, FIXED_BALANCE, PERSONS, STATED_BALANCE, Facts
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import CATEGORY_BY_KEY, FACT_KIND_BY_KEY, FactKind
from yingbao.values.money import fen_of_yuan
from yingbao.values.month import date_from_text
from yingbao.values.purpose import BUCKET_BY_KEY, ITEM_BY_KEY

FACT_KEYS = {"kind", "value", "village", "number", "yuan", "years", "item", "from", "until", "told", "until_told",
             "withdrawn", "year", "bank", "bucket"}  # fmt: skip


BALANCES = {"account_balance": FIXED_BALANCE, "account_credit": STATED_BALANCE}

PERSON_KEYS = {"name", "sex", "born", "facts"}


class CaseError(YingbaoError):
    """A case document that cannot be read as one."""

    zh = "案例文档“{case}”不能使用：{why}。请对照案例格式说明改正。没有进行推算。"
    en = "The case document '{case}' cannot be used: {why}. Correct it; nothing was derived."


def _refuse_shapeless(document: Mapping[str, Any]) -> None:
    """Raise CaseError where a list of mappings should stand and something else does."""
    lists = [("persons", document.get("persons"))]
    people = document.get("persons")
    if isinstance(people, list):
        lists += [("facts", one.get("facts")) for one in people if isinstance(one, Mapping)]
    expected = document.get("expect")
    if not isinstance(expected, Mapping | None):
        raise CaseError(case=document.get("case", "?"), why="expect 应为“键: 值”")
    lists += [(f"expect/{name}", one) for name, one in (expected or {}).items()]
    for name, one in lists:
        if one and not (isinstance(one, list) and all(isinstance(each, Mapping) for each in one)):
            raise CaseError(case=document.get("case", "?"), why=f"{name} 应为一条一条的“键: 值”")


def people_of(document: Mapping[str, Any]) -> dict[str, int]:
    """Name → number, in the order of the document. Raises CaseError for two of one name."""
    _refuse_shapeless(document)
    names = [str(person.get("name", "")) for person in document.get("persons") or []]
    if len(set(names)) != len(names) or not names or "" in names:
        raise CaseError(case=document.get("case", "?"), why="persons 为空、缺姓名或有重名")
    for person in document["persons"]:
        if strange := sorted(set(person) - PERSON_KEYS):
            raise CaseError(case=document.get("case", "?"), why=f"{person['name']} 不认识的字段 {', '.join(strange)}")
    return {name: place for place, name in enumerate(names, start=1)}


def _day(fact: Mapping[str, Any], key: str) -> date | None:
    text = fact.get(key)
    return date_from_text(str(text)) if text not in (None, "") else None


def _number(kind: FactKind, fact: Mapping[str, Any]) -> int | None:
    if "yuan" in fact:
        return fen_of_yuan(str(fact["yuan"]))
    for key in ("number", "years"):
        if key in fact:
            return int(str(fact[key]))
    if kind is FactKind.BIRTH:
        return int(str(fact["value"]).replace("-", ""))
    return None


def _value(kind: FactKind, fact: Mapping[str, Any], case: str) -> str | None:
    if kind is FactKind.CATEGORY and str(fact.get("value")) not in CATEGORY_BY_KEY:
        raise CaseError(case=case, why=f"不认识的人员类别 {fact.get('value')}")
    if kind is FactKind.PENSION_IN_PAYMENT and str(fact.get("item", fact.get("value"))) not in ITEM_BY_KEY:
        raise CaseError(case=case, why=f"不认识的款项 {fact.get('item')}")
    for key in ("value", "village", "item", "year"):
        if key in fact:
            return str(fact[key])
    return "all" if kind is FactKind.WAIVER else None


def _known(fact: Mapping[str, Any], known_on: date | None) -> bool:
    told, withdrawn = _day(fact, "told"), _day(fact, "withdrawn")
    if known_on is None:
        return withdrawn is None
    return (told is None or told <= known_on) and (withdrawn is None or withdrawn > known_on)


def _until(fact: Mapping[str, Any], known_on: date | None) -> date | None:
    until_told = _day(fact, "until_told")
    if known_on is not None and until_told is not None and until_told > known_on:
        return None
    return _day(fact, "until")


def _balance(number: int, fact: Mapping[str, Any], case: str) -> tuple[int, int, int, int, date, int]:
    """A balance or a credit as a row of CREDITS: ``bucket`` (default own), ``from`` and ``yuan``.

    ``account_balance`` is what stands in the account, interest included; ``account_credit`` came in on its day and bears
    interest from then.
    """
    source = str(fact.get("bucket", "own"))
    if source not in BUCKET_BY_KEY:
        raise CaseError(case=case, why=f"不认识的账户来源 {source}")
    day = _day(fact, "from")
    if day is None and fact["kind"] == "account_credit":
        raise CaseError(case=case, why="account_credit 缺少入账日 from")
    day = day or date(1, 1, 1)
    item = BALANCES[str(fact["kind"])]
    return number, int(BUCKET_BY_KEY[source]), item, day.year, day, fen_of_yuan(str(fact["yuan"]))


def facts_of(document: Mapping[str, Any], people: Mapping[str, int], known_on: date | None) -> Facts:
    """The relations of a case, as known on a day (None: all that is written). Raises CaseError."""
    case = str(document.get("case", "?"))
    births: dict[int, date] = {}
    rows: list[tuple[Any, ...]] = []
    balances: list[tuple[int, int, int, int, date, int]] = []
    for person in document["persons"]:
        number = people[str(person["name"])]
        if person.get("born"):
            births[number] = date_from_text(str(person["born"]))
        for fact in person.get("facts") or []:
            if strange := sorted(set(fact) - FACT_KEYS):
                raise CaseError(case=case, why=f"事实中不认识的字段 {', '.join(strange)}")
            if not _known(fact, known_on):
                continue
            if str(fact["kind"]) in BALANCES:
                balances.append(_balance(number, fact, case))
                continue
            kind = FACT_KIND_BY_KEY.get(str(fact["kind"]))
            if kind is None:
                raise CaseError(case=case, why=f"不认识的事实 {fact['kind']}")
            if kind is FactKind.BIRTH:
                births[number] = date_from_text(str(fact["value"]))
            begins = _day(fact, "from") or date(1900, 1, 1)
            rows.append((number, int(kind), _value(kind, fact, case), _number(kind, fact), begins,
                         _until(fact, known_on), len(rows) + 1))  # fmt: skip
    persons = pl.DataFrame([(one, births.get(one)) for one in people.values()], schema=PERSONS, orient="row")
    return Facts(persons, pl.DataFrame(rows, schema=FACTS, orient="row"),
                 pl.DataFrame(balances, schema=CREDITS, orient="row"))  # fmt: skip
