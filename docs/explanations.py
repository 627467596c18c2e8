"""The page of explanations: all wordings on one page, brought out by the cases of ``tests/law``, for whoever reviews the Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from yingbao.cli.case_commands import law_of, read_case, tree_of
from yingbao.policy.text_yaml import TextMapping
from yingbao.reports import explain_audit, explain_text, plain_words
from yingbao.reports.case_explained import answer_explained, explained
from yingbao.reports.explain import Explanation
from yingbao.reports.reckoning import NOT_ZH
from yingbao.reports.words import in_law
from yingbao.rules.boxes import BOXES
from yingbao.rules.cases import Setting, setting
from yingbao.rules.criterion import filled
from yingbao.rules.holds import REASONS as HOLDS
from yingbao.rules.verdicts import CRITERIA, FOR_LIFE_REASON
from yingbao.values.month import Month, month_from_text, month_of
from yingbao.values.purpose import CHARGES, Bucket, Item

CASES = Path(__file__).resolve().parents[1] / "tests" / "law"
HEAD = """# 说明的措辞 · Explanations

同一件事两种说法：**对本人**，是窗口上讲给老人听的话；**供审计**，写明依据、参数和资料所在的行。都由 `tests/law` 的案例当场推算出来，
和 `yingbao explain` 用的是同一段程序。审阅中文的人读这一页就够了。
"""


@cache
def read(name: str) -> tuple[TextMapping, Setting]:
    """A case document, ready to derive."""
    document = read_case(CASES / name)
    return document, setting(document, law_of(document))


@cache
def documents() -> tuple[tuple[str, TextMapping], ...]:
    """All cases by name."""
    return tuple((path.name, read_case(path)) for path in sorted(CASES.glob("*.yaml")))


def lines(part: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The expected lines of a part, each with the name of its case."""
    return ((name, one) for name, document in documents() for one in document["expect"].get(part) or [])


def shown_by(name: str, person: str, month: Month) -> str:
    """The case that brings a wording out."""
    return f"案例：{read(name)[0]['case']}（{name}，{person}，{explain_text.month_zh(month)}）"


def bullets(plain: str, audit: list[str], case: str) -> str:
    """Both wordings of one thing."""
    return "\n".join([f"- 对本人：{plain}", "- 供审计：", *(f"  - {line}" for line in audit), f"- {case}"]) + "\n"


def answer_of(name: str, one: Mapping[str, Any]) -> Explanation:
    """The explanation of one expected verdict of a case."""
    document, ready = read(name)
    return answer_explained(document, ready, tree_of(document), one["person"], month_from_text(one["month"]), one["question"])


def reason(reason_id: str, word: str) -> str:
    """One reason as the first case that names it brings it out."""
    name, one = next((name, one) for name, one in lines("verdicts") if reason_id in (one.get("because") or []))
    found = answer_of(name, one)
    mine = next(each for each in found.verdicts[0].because if each.id == reason_id)
    audit = [mine.zh, *explain_audit.reason_lines(found, mine)]
    return f"\n**{word}**\n\n" + bullets(explain_text.reason_line(found, mine), audit, shown_by(name, one["person"], found.month))


def criteria() -> str:
    """Every criterion, where it holds, where it fails, and where nobody knows."""
    parts = ["\n## 条件\n"]
    told = {reason_id for _, one in lines("verdicts") for reason_id in one.get("because") or []}
    for claim, one in CRITERIA.items():
        parts.append(f"\n### {filled(one.zh, in_law)}\n")
        for reason_id, word in ((claim, "符合"), (one.fails_as, "不符合"), (f"unknown_{claim}", "不能断定")):
            parts += [reason(reason_id, word)] if reason_id in told else []
    parts.append("\n### 已经核定的\n" + reason(FOR_LIFE_REASON, "符合"))
    return "".join(parts)


def where(item: Item) -> tuple[str, str, Month]:
    """A case, a person and a month in which there is something of an item."""
    if item in CHARGES or item is Item.INTEREST:
        field = "interest" if item is Item.INTEREST else "charged"
        bucket = "" if item is Item.INTEREST else next(one.key for one in Bucket if one.charge is item)
        name, one = next((name, one) for name, one in lines("account")
                         if one.get(field, "0.00") != "0.00" and one.get("bucket", "") == bucket)  # fmt: skip
        return name, one["person"], month_of(int(one["year"]), 12)
    part = "due" if item.paid or item is Item.PROXY_CONTRIBUTION else "credited"
    name, one = next((name, one) for name, one in lines(part) if one["item"] == item.key)
    if not item.yearly:
        return name, one["person"], month_from_text(one["from"])
    return name, one["person"], min(month_of(int(one["year"]), 12), read(name)[1].law.until - 1)


@cache
def money_of(name: str, person: str, month: Month) -> Explanation:
    """Everything somebody of a case has in a month."""
    document, ready = read(name)
    return explained(document, ready, tree_of(document), person, month)


def items() -> str:
    """Every item, where there is one, and where there is none."""
    parts = ["\n## 款项\n"]
    for item in Item:
        name, person, month = where(item)
        found = money_of(name, person, month)
        mine = next(one for one in found.items if one.item is item)
        audit = [explain_audit.item_head(mine), *explain_audit.item_lines(found, mine)]
        parts.append(f"\n### {item.zh}\n\n**有**\n\n" + bullets(explain_text.item_line(found, mine), audit, shown_by(name, person, month)))
        parts.append(f"\n**没有**\n\n- 对本人：{plain_words.NOT_OWED[item]}\n- 供审计：{NOT_ZH[item]}\n")
    return "".join(parts)


def holds() -> str:
    """Why money waits, and what ends it."""
    rows = [f"| {zh} | {plain_words.HELD[reason_id]}。{plain_words.HELD_TAIL}。 |\n" for reason_id, zh in HOLDS.items()]
    return "\n## 暂停发放\n\n应发不变，钱等着。\n\n| 供审计 | 对本人 |\n| --- | --- |\n" + "".join(rows)


def boxes() -> str:
    """The coverage boxes with who owns the next step, and by when."""
    rows = []
    for box in BOXES:
        step = f"{box.owner}，{box.within_days} 天内" if box.owner else "不用办"
        rows.append(f"| {box.zh} | {'已保' if box.covered else '未保'} | {step} |\n")
    return "\n## 归类\n\n名册上的每个人在且只在一个格子里。\n\n| 归类 | | 下一步由谁、何时以前 |\n| --- | --- | --- |\n" + "".join(rows)


def page() -> str:
    """The whole page."""
    return HEAD + criteria() + items() + holds() + boxes()

