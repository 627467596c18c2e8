"""An explanation in plain Chinese, as one would say it across the counter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yingbao.reports.reckoning import AMOUNT_PARAMETERS
from yingbao.rules.holds import REASONS
from yingbao.values.money import yuan
from yingbao.values.month import show_month

if TYPE_CHECKING:
    from yingbao.reports.explain import Explanation, ItemMoney
    from yingbao.rules.verdicts import Verdict

QUESTION_ZH = {"benefit": "这个月能不能领养老金", "proxy_contribution": "这一年政府替不替他缴费（按这个月月末的情况）"}
ANSWER_ZH = {"yes": "能", "no": "不能", "unknown": "资料不全，还判断不了"}
ROUTE_ZH = {"stated": "期初已在领取", "regular": "到龄正常领取", "over_age_poor": "困难群体超龄纳入"}


def text(found: Explanation) -> str:
    """Several paragraphs: the answers and why, the amount, where the money is, the facts, what is only assumed."""
    month = show_month(found.month)
    known = found.basis["known_on"]
    as_known = f"（按 {known} 当时所知）" if known else ""
    parts = [f"{found.name}（编号 {found.person_id}，身份证号 {found.masked_id}），{month}{as_known}"]
    parts += [_verdict(found, one) for one in found.verdicts]
    parts.append(_amounts(found))
    parts.append(_money(found))
    parts.append("所依据的资料：\n" + "\n".join(f"  · {fact.sentence()}" for fact in found.facts))
    names: Any = found.basis["rests_on_illustrative"]
    if names:
        told = "、".join(dict.fromkeys(found.zh_of.get(name, name) for name in names))
        parts.append(f"说明：以下各项没有公布的文件可查，按本程序的假定计算：{told}。")
    return "\n\n".join(part for part in parts if part)


def _verdict(found: Explanation, verdict: Verdict) -> str:
    answer = ANSWER_ZH[verdict.answer]
    route = ""
    if verdict.route is not None and verdict.granted_from is not None:
        route = f"（{ROUTE_ZH.get(verdict.route, verdict.route)}，自 {show_month(verdict.granted_from)} 起）"
    lines = [f"{QUESTION_ZH[verdict.question]}：{answer}{route}。"]
    for place, one in enumerate(verdict.because, 1):
        told = "；".join(list(dict.fromkeys(fact.source for fact in found.facts_of(one)))[:2])
        lines.append(f"  {place}. {one.zh}〔{_cited(found, one.cites)}〕" + (f"　见 {told}" if told else ""))
    if verdict.would_turn is not None:
        lines.append(f"  其余各条都符合，只有这一条不符合：{verdict.would_turn.zh}。")
    return "\n".join(lines)


def _cited(found: Explanation, cites: str) -> str:
    """``bulletin-2018 出口1`` as a reader knows the paper: 市人社局宣传资料 出口1."""
    name, _, article = cites.partition(" ")
    return f"{found.zh_of.get(name, name)} {article}".strip() if name in found.zh_of else re.sub(r"（[a-z_]+/[a-z_]+）", "", cites)


def _amounts(found: Explanation) -> str:
    owed = [one for one in found.items if one.month_due_fen]
    if not owed:
        return ""
    lines = []
    for one in owed:
        word = "本年应代缴" if one.item.yearly else "本月应发"
        lines.append(f"  {one.item.zh}：{word} {yuan(one.month_due_fen)} 元" + _founded(found, one))
    return "金额怎么来的：\n" + "\n".join(lines)


def _founded(found: Explanation, one: ItemMoney) -> str:
    """How the amount came about, the numbers of the law in it with their sources, and where the facts were told."""
    numbers = [found.parameters[name] for name in AMOUNT_PARAMETERS[one.item] if name in found.parameters]
    told = [
        f"{each['label_zh']} {each['text']}，自 {each['from']} 起，{each['status_zh']}"
        + "".join(f"〔{found.zh_of.get(cited['source'], cited['title'])} {cited['article']}〕" for cited in each["citations"])
        for each in numbers if each["unit"] not in ("text", "bool") and each["value"] not in (0, None)
    ]
    rows = list(dict.fromkeys(fact.source for fact in found.facts_behind(one)))[:2]
    parts = [one.how, *told, *([f"见 {'；'.join(rows)}"] if rows else [])]
    return f"（{'；'.join(part for part in parts if part)}）"


def _money(found: Explanation) -> str:
    lines = []
    for one in found.items:
        books = one.books
        if not (one.due_fen or any(books.values())):
            continue
        waits = "暂停待发" if found.held else "待发"
        named = (
            ("期初以前已发", books["stated_fen"]), ("已到账", books["settled_fen"]), ("在途", books["in_transit_fen"]),
            (waits, books["payable_fen"]), ("尚未记账", max(one.not_booked_fen, 0)),
            ("多记、下一批次冲回", max(-one.not_booked_fen, 0) + books["overpaid_fen"]), ("已转追回", books["to_recover_fen"]),
        )  # fmt: skip
        shown = "，".join(f"{zh} {yuan(fen)}" for zh, fen in named if fen)
        through = f"截至 {found.month // 12} 年" if one.item.yearly else f"截至 {show_month(found.month)}"
        lines.append(f"  {one.item.zh}：{through} 共应 {yuan(one.due_fen)} 元；{shown or '尚无'}。")
    if found.recovered_fen:
        lines.append(f"  本人已退回 {yuan(found.recovered_fen)} 元。")
    if found.held:
        lines.append(f"  现在暂停发放：{REASONS.get(found.held, found.held)}。应发不变，等着的钱一分不少。")
    if lines and found.certificate:
        lines.append(f"  资格认证：最近一次是{found.certificate['zh']}，有效至 {found.certificate['good_until']}。")
    return "钱在哪里：\n" + "\n".join(lines) if lines else ""
