"""An explanation for an auditor: each reason with its passage, the parameters with dates and status, every source row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yingbao.reports import explain_text
from yingbao.reports.reckoning import AMOUNT_PARAMETERS, CITES, HOW_ZH, NOT_ZH, QUESTIONS
from yingbao.rules.holds import REASONS as HOLD_REASONS
from yingbao.values.money import yuan
from yingbao.values.month import show_month
from yingbao.values.purpose import Item

if TYPE_CHECKING:
    from yingbao.reports.explain import Explanation, ItemMoney
    from yingbao.rules.verdicts import Reason, Verdict

QUESTION_ZH = {"benefit": "待遇领取资格", "proxy_contribution": "政府代缴资格（以月末为准）"}
ANSWER_ZH = {"yes": "符合", "no": "不符合", "unknown": "资料不全，无法认定"}
ROUTE_ZH = {"stated": "期初已在领取", "regular": "正常到龄领取", "over_age_poor": "困难群体超龄纳入"}
# What a pensioner may ask about although he has none of it.
ASKED_ABOUT = (Item.ACCOUNT_PENSION, Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT, Item.AGE_SUPPLEMENT)


def text(found: Explanation) -> str:
    """The paragraphs of :func:`explain_text.text` with everything that an auditor follows up."""
    parts = [f"{explain_text.who(found)}，{show_month(found.month)}{explain_text.as_known(found)}"]
    parts += [_verdict(found, one) for one in found.verdicts]
    parts += [_amounts(found), explain_text.unsaid(found), _money(found)]
    parts.append("全部资料：\n" + "\n".join(f"  · {fact.sentence()}" for fact in found.facts))
    parts.append(explain_text.assumed(found))
    return "\n\n".join(part for part in parts if part)


def _verdict(found: Explanation, verdict: Verdict) -> str:
    route = ""
    if verdict.route is not None and verdict.granted_from is not None:
        before = "" if verdict.answer == "yes" or verdict.route == "stated" else "原"
        route = f"（{before}{ROUTE_ZH.get(verdict.route, verdict.route)}，自 {show_month(verdict.granted_from)} 起）"
    lines = [f"{QUESTION_ZH[verdict.question]}：{ANSWER_ZH[verdict.answer]}{route}。"]
    for place, one in enumerate(verdict.because, 1):
        lines += [f"  {place}. {one.zh}", *(f"     {line}" for line in reason_lines(found, one))]
    if verdict.would_turn is not None:
        lines.append("  其余条件均符合，仅此一条不符合。" if len(verdict.because) == 1 else "  其余条件均符合，以上各条符合其一即可。")
    return "\n".join(lines)


def reason_lines(found: Explanation, one: Reason) -> list[str]:
    """What a reason rests on: its passage, the parameters that decide, the facts with the rows that told them."""
    lines = [f"依据：{found.cited(one.cites)}：{found.passages.get(one.cites, '未录原文')}"]
    numbers = [explain_text.number(found, found.parameters[name]) for name in one.parameters if name in found.parameters]
    facts = [fact.sentence() for fact in found.facts_of(one)]
    lines += [f"参数：{'；'.join(numbers)}"] if numbers else []
    return [*lines, f"资料：{'；'.join(facts) if facts else '没有登记与此有关的事实'}"]


def _amounts(found: Explanation) -> str:
    lines = []
    for one in found.items:
        if one.month_due_fen:
            lines += [f"  {item_head(one)}", *(f"     {line}" for line in item_lines(found, one))]
    owed = {one.item for one in found.items if one.month_due_fen}
    if Item.BASE_PENSION in owed:
        lines += [f"  {item.zh}：没有。{NOT_ZH[item]}。" for item in ASKED_ABOUT if item not in owed]
    return "金额的计算：\n" + "\n".join(lines) if lines else ""


def item_head(one: ItemMoney) -> str:
    """An item with its amount."""
    return f"{one.item.zh}：{explain_text.amount_word(one.item)} {yuan(one.month_due_fen)} 元"


def item_lines(found: Explanation, one: ItemMoney) -> list[str]:
    """How an amount came about: the rule, the reckoning, the parameters, the facts."""
    cites = CITES[one.item]
    lines = [f"依据：{found.cited(cites)}：{found.passages.get(cites, '未录原文')}", f"办法：{HOW_ZH[one.item]}"]
    lines += [f"计算：{one.how}"] if one.how and one.how != HOW_ZH[one.item] else []
    known = [found.parameters[name] for name in AMOUNT_PARAMETERS[one.item] if name in found.parameters]
    facts = [fact.sentence() for fact in found.facts_behind(one)]
    lines += [f"参数：{'；'.join(explain_text.number(found, each) for each in known)}"] if known else []
    elsewhere = "与各条件所据的资料相同" if one.item in QUESTIONS else "个人账户逐笔明细（权益单）"
    return [*lines, f"资料：{'；'.join(facts) if facts else elsewhere}"]


def _money(found: Explanation) -> str:
    lines = explain_text.money_lines(found)
    if found.held:
        lines.append(f"  暂停发放：{HOLD_REASONS.get(found.held, found.held)}。应发不变。")
    if lines and found.certificate:
        lines.append(explain_text.certified(found))
    return "资金所在：\n" + "\n".join(lines) if lines else ""
