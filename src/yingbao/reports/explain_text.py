"""An explanation in plain Chinese for the person himself, as one would say it across the counter.

:mod:`explain_audit` says the same to an auditor. Both name the instrument and the row of the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yingbao.reports import plain_words
from yingbao.reports.reckoning import AMOUNT_PARAMETERS, CITES, HOW_ZH
from yingbao.reports.switch_words import text_zh
from yingbao.reports.words import in_law
from yingbao.rules.criterion import filled
from yingbao.rules.tiers import TIERS
from yingbao.values.money import yuan
from yingbao.values.month import Month
from yingbao.values.purpose import CHARGES, Item

if TYPE_CHECKING:
    from yingbao.reports.explain import Explanation, ItemMoney
    from yingbao.reports.person_facts import KnownFact
    from yingbao.rules.verdicts import Reason, Verdict

QUESTION_ZH = {"benefit": "这个月您能不能领养老金", "proxy_contribution": "这一年政府替不替您缴费（按这个月最后一天的情况）"}
ANSWER_ZH = {
    "benefit": {"yes": "能领", "no": "不能领", "unknown": "资料不全，还不能断定"},
    "proxy_contribution": {"yes": "替您缴", "no": "不替您缴", "unknown": "资料不全，还不能断定"},
}
ROUTE_ZH = {"stated": "以前就在领", "regular": "到龄正常领取", "over_age_poor": "按照顾困难老人的政策领取"}


def text(found: Explanation) -> str:
    """Several paragraphs: the answers and why, the amount, where the money is, the facts, what is only assumed."""
    parts = [f"{who(found)}，{month_zh(found.month)}{as_known(found)}"]
    parts += [_verdict(found, one) for one in found.verdicts]
    parts.append(_amounts(found))
    parts += [unsaid(found), _money(found)]
    parts.append("根据这些资料：\n" + "\n".join(f"  · {fact.sentence()}" for fact in found.facts))
    parts.append(assumed(found))
    return "\n\n".join(part for part in parts if part)


def who(found: Explanation) -> str:
    """The person; somebody in a case document has no ID number."""
    return f"{found.name}（编号 {found.person_id}，身份证号 {found.masked_id}）" if found.masked_id else f"{found.name}（案例中的人）"


def month_zh(month: Month) -> str:
    """``2018年12月``."""
    return f"{month // 12}年{month % 12 + 1}月"


def as_known(found: Explanation) -> str:
    """A word on the moment of knowledge, where it is not now."""
    known = found.basis["known_on"]
    return f"（按 {known} 当时所知）" if known else ""


def assumed(found: Explanation) -> str:
    """What rests on no published paper."""
    names: Any = found.basis["rests_on_illustrative"]
    told = "、".join(dict.fromkeys(found.zh_of.get(name, name) for name in names))
    return f"说明：以下各项没有公布的文件可查，按本程序的假定计算：{told}。" if told else ""


def unsaid(found: Explanation) -> str:
    """What cannot be said yet; unknown is never a silent no."""
    return "还说不准的：\n" + "\n".join(f"  · {one}。" for one in found.undecided) if found.undecided else ""


def _verdict(found: Explanation, verdict: Verdict) -> str:
    route = ""
    if verdict.route is not None and verdict.granted_from is not None and verdict.question == "benefit":
        before = "" if verdict.answer == "yes" or verdict.route == "stated" else "原来"
        route = f"（{before}{ROUTE_ZH.get(verdict.route, verdict.route)}，从{month_zh(verdict.granted_from)}算起）"
    lines = [f"{QUESTION_ZH[verdict.question]}：{ANSWER_ZH[verdict.question][verdict.answer]}{route}。"]
    # For a yes, what nothing was told about stands in one line: twelve numbered ones would hide the three that decided.
    seen = [one for one in verdict.because if verdict.answer != "yes" or found.facts_of(one)]
    lines += [f"  {place}. {reason_line(found, one)}" for place, one in enumerate(seen, 1)]
    if rest := [one for one in verdict.because if one not in seen]:
        lines.append(f"  别的也都符合：{'；'.join(reason_line(found, one) for one in rest)}。")
    if verdict.would_turn is not None and verdict.would_turn.id not in plain_words.FOR_GOOD:
        lines.append("  别的都符合，只差这一条。" if len(verdict.because) == 1 else "  别的都符合，上面几条里符合一条就可以。")
    return "\n".join(lines)


def plain(found: Explanation, one: Reason) -> str:
    """A reason in a resident's words, with the numbers of the law that decided."""
    known = found.parameters
    return filled(plain_words.reason(one.id, one.zh), lambda name: known[name]["value"] if name in known else in_law(name))


def reason_line(found: Explanation, one: Reason) -> str:
    """A reason in a resident's words, with its instrument and the rows that told the facts behind it."""
    return f"{plain(found, one)}〔{found.cited(one.cites)}〕" + _seen(found.facts_of(one))


def _seen(facts: list[KnownFact]) -> str:
    rows = list(dict.fromkeys(fact.source for fact in facts))[:2]
    return f"　见 {'；'.join(rows)}" if rows else ""


def _amounts(found: Explanation) -> str:
    owed = [f"  {item_line(found, one)}" for one in found.items if one.month_due_fen]
    return "钱是怎么算的：\n" + "\n".join(owed) if owed else ""


def amount_word(item: Item) -> str:
    """What an amount of the month or of the year is."""
    if item in CHARGES:
        return "本年从账户列支"
    if item is Item.PROXY_CONTRIBUTION:
        return "本年应代缴"
    if item is Item.TRANSFER_OUT:
        return "本月应转出"
    return "本年记入账户" if item.yearly else "本月应发"


def item_line(found: Explanation, one: ItemMoney) -> str:
    """An item in a resident's words: the amount, what it is, how it came about, and what it rests on."""
    rows = list(dict.fromkeys(fact.source for fact in found.facts_behind(one)))[:2]
    how = [one.how] if one.how and one.how != HOW_ZH[one.item] else []
    what = f"{plain_words.ITEMS[one.item]}〔{found.cited(CITES[one.item])}〕"
    parts = [what, *how, *numbers(found, one), *([f"见 {'；'.join(rows)}"] if rows else [])]
    return f"{one.item.zh}：{amount_word(one.item)} {yuan(one.month_due_fen)} 元（{'；'.join(parts)}）"


def numbers(found: Explanation, one: ItemMoney) -> list[str]:
    """The numbers of the law behind an amount that a resident asks about: no switches, no shares, no list of all tiers."""
    known = [found.parameters[name] for name in AMOUNT_PARAMETERS[one.item] if name in found.parameters]
    return [number(found, each) for each in known
            if each["unit"] not in ("text", "bool", "basis-points") and each["value"] not in (0, None) and each["name"] != TIERS]


def number(found: Explanation, shown: dict[str, Any]) -> str:
    """``基础养老金 135.00元，自 2018-01 起，已公布〔市人社局宣传资料 三-从出口〕``."""
    text = text_zh(shown["name"], shown["unit"], shown["value"], shown["text"])
    cites = (f"{one['source']} {one['article']}" for one in shown["citations"])
    cited = "".join(f"〔{found.cited(one)}〕" for one in cites)
    status = "案例设定" if shown["layer"] == "override" else shown["status_zh"]
    return f"{shown['label_zh']} {text}，自 {shown['from']} 起，{status}{cited}"


def _money(found: Explanation) -> str:
    lines = money_lines(found)
    if found.held:
        lines.append(f"  现在暂停发放：{plain_words.held(found.held)}。{plain_words.HELD_TAIL}。")
    if lines and found.certificate:
        lines.append(certified(found))
    return "钱在哪里：\n" + "\n".join(lines) if lines else ""


def certified(found: Explanation) -> str:
    """The certificate that is good longest."""
    return f"  资格认证：最近一次是{found.certificate['zh']}，有效至 {found.certificate['good_until']}。"


def money_lines(found: Explanation) -> list[str]:
    """Where the money of each item is."""
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
        through = f"截至{found.month // 12}年" if one.item.yearly else f"截至{month_zh(found.month)}"
        lines.append(f"  {one.item.zh}：{through}共应 {yuan(one.due_fen)} 元；{shown or '尚无'}。")
    if found.recovered_fen:
        lines.append(f"  本人已退回 {yuan(found.recovered_fen)} 元。")
    return lines
