"""An explanation in English: the same answers, reasons, amounts and places of the money as in Chinese.

Instruments are named by the program's own names for them (docs/reference), their articles as they are numbered in Chinese.
"""

from __future__ import annotations

from typing import Any

from yingbao.cli.english import said
from yingbao.cli.english_words import plain
from yingbao.policy.assumed import labels
from yingbao.values.money import yuan
from yingbao.values.month import show_month

QUESTIONS = {"benefit": "Is a pension owed in this month", "proxy_contribution": "Does the treasury pay this year's contribution"}
ROUTES = {"stated": "in payment at the opening", "regular": "at the pension age", "over_age_poor": "over-age poor"}
# Where the money of an item is: the sums of the books, in the order of its way.
PLACES = {"stated_fen": "paid before the opening", "settled_fen": "settled", "in_transit_fen": "in transit", "payable_fen": "payable",
          "overpaid_fen": "overpaid", "to_recover_fen": "to recover"}  # fmt: skip


def text(found: Any) -> str:
    """Several paragraphs, from a reports.explain.Explanation."""
    known = found.basis["known_on"]
    head = f"{found.name} (number {found.person_id}, ID {found.masked_id}), {show_month(found.month)}"
    parts = [head + (f", as known on {known}" if known else ""), *(_verdict(found, one) for one in found.verdicts)]
    owed = [_amount(found, one) for one in found.items if one.month_due_fen]
    if owed:
        parts.append("How the amounts come about:\n" + "\n".join(owed))
    money = _money(found)
    if money:
        parts.append("Where the money is:\n" + "\n".join(money))
    parts.append("From these facts:\n" + "\n".join(f"  · {_fact(one)}" for one in found.facts))
    names: Any = found.basis["rests_on_illustrative"]
    if names:
        parts.append(f"No public document could be read for these, they are only assumed: {'; '.join(labels(names, 'en'))}.")
    return "\n\n".join(parts)


def _verdict(found: Any, verdict: Any) -> str:
    route = ""
    if verdict.route is not None and verdict.granted_from is not None:
        route = f" ({ROUTES.get(verdict.route, plain(verdict.route))}, from {show_month(verdict.granted_from)})"
    lines = [f"{QUESTIONS[verdict.question]}: {verdict.answer}{route}."]
    for place, one in enumerate(verdict.because, 1):
        rows = list(dict.fromkeys(_source(fact) for fact in found.facts_of(one)))[:2]
        lines.append(f"  {place}. {one.en} [{one.cites}]" + (f" see {'; '.join(rows)}" if rows else ""))
    if verdict.would_turn is not None:
        lines.append(f"  All else holds, only this does not: {verdict.would_turn.en}.")
    return "\n".join(lines)


def _amount(found: Any, one: Any) -> str:
    numbers = [found.parameters[name] for name in one.as_json()["parameters"] if name in found.parameters]
    told = [f"{each['label_en']} {_value(each)} from {each['from']}, {each['status']}"
            + "".join(f" [{cited['source']} {cited['article']}]" for cited in each["citations"])
            for each in numbers if each["unit"] not in ("text", "bool") and each["value"] not in (0, None)]  # fmt: skip
    word = "of the year" if one.item.yearly else "of the month"
    parts = [part for part in (said(one.how), *told) if part]
    return f"  {plain(one.item.key)}: {yuan(one.month_due_fen)} yuan {word} ({'; '.join(parts)})"


def _value(shown: dict[str, Any]) -> str:
    """An amount in yuan, else the number as it is kept."""
    value = shown["value"]
    return f"{yuan(value)} yuan" if shown["unit"] == "currency-CNY" and isinstance(value, int) else str(value)


def _money(found: Any) -> list[str]:
    lines = []
    for one in found.items:
        books = {**one.books, "payable_fen": one.books["payable_fen"]}
        if not (one.due_fen or any(books.values())):
            continue
        shown = [f"{word} {yuan(books[name])}" for name, word in PLACES.items() if books[name]]
        if one.not_booked_fen > 0:
            shown.append(f"not booked yet {yuan(one.not_booked_fen)}")
        through = str(found.month // 12) if one.item.yearly else show_month(found.month)
        lines.append(f"  {plain(one.item.key)}: due through {through} {yuan(one.due_fen)} yuan; {', '.join(shown) or 'nothing yet'}.")
    if found.recovered_fen:
        lines.append(f"  Paid back: {yuan(found.recovered_fen)} yuan.")
    if found.held:
        lines.append(f"  The money waits ({plain(found.held)}); what is due stays due.")
    if lines and found.certificate:
        lines.append(f"  Certified by {plain(found.certificate['way'])}, good until {found.certificate['good_until']}.")
    return lines


def _fact(one: Any) -> str:
    since = "" if one.holds_from.year <= 1900 else f" from {one.holds_from}"  # noqa: PLR2004 - since for ever
    until = f" until {one.holds_until}" if one.holds_until else ""
    text_en = f": {said(one.text)}" if one.text else ""
    return f"{plain(one.kind.key)}{text_en}{since}{until}, told {one.told_at}, source {_source(one)}"


def _source(one: Any) -> str:
    return str(said(one.source))
