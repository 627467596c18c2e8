"""放弃意向书的劝导: what is read out before somebody waives, in figures of that day, and the number of the text.

The text comes from the law alone, so that it can be made again on any day and compared with what was kept.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from yingbao.policy.errors import NotChecked, NotInForce
from yingbao.rules.benefits import BASE
from yingbao.rules.income import RULE
from yingbao.rules.law import Law, one_of, whole
from yingbao.rules.proxy_amounts import all_amounts
from yingbao.rules.waivers import ARREARS, POSTED_STANDS, TAKES_EFFECT, WITHDRAWAL
from yingbao.values.money import yuan
from yingbao.values.month import month_of, month_of_date, show_month

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce

VERSION = "1"  # of the sentences below; the figures come from the law
SCOPES = ("all", "proxy_contribution", "benefit")
_NOT_CHECKED = "现行标准以公布的文件为准（本系统尚未核对到 {month}）"


def counselling(scope: str, law: InForce, day: date) -> tuple[str, ...]:
    """The sentences for a scope (of SCOPES) on a day. A figure that is not checked is said to be so, never guessed."""
    one_of("scope", scope, SCOPES)
    lines = []
    if scope != "benefit":
        lines.append(f"放弃的是：每年由政府代缴 {_proxied(law, day)}，计入您的个人账户，归您本人所有。")
    if scope != "proxy_contribution":
        lines.append(f"放弃的是：按月领取的养老金，其中基础养老金现行每月 {_monthly(law, day)}，支付终身，全部由财政负担。")
        lines.append(f"养老金不影响困难救助：{_not_counted(law, day)}")
    lines += [_effect(law, day), _withdrawal(law, day), "本人随时可以撤回，书面或到镇（街道）社保所口头都可以；撤回不影响以后申请。"]
    return tuple(lines)


def number_of(scope: str, lines: tuple[str, ...]) -> str:
    """The number printed on the form and kept with the act: version and fingerprint of the text."""
    digest = hashlib.sha256("\n".join((scope, *lines)).encode()).hexdigest()
    return f"v{VERSION}-{digest[:16]}"


def _proxied(law: InForce, day: date) -> str:
    month = month_of(day.year, 12)
    try:
        amounts = sorted(all_amounts(Law(law, month, month + 1), day.year))
    except (NotChecked, NotInForce):
        return _NOT_CHECKED.format(month=show_month(month))
    one = f"{yuan(amounts[-1])} 元"
    return one if len(amounts) == 1 else f"{yuan(amounts[0])} 元至 {one}（按您的困难类别）"


def _monthly(law: InForce, day: date) -> str:
    month = month_of_date(day)
    try:
        return f"{yuan(whole(law.value(BASE, month)))} 元"
    except (NotChecked, NotInForce):
        return _NOT_CHECKED.format(month=show_month(month))


def _not_counted(law: InForce, day: date) -> str:
    month = month_of_date(day)
    try:
        rule = one_of(RULE, law.value(RULE, month), ("full_base", "central_minimum"))
    except (NotChecked, NotInForce):
        return _NOT_CHECKED.format(month=show_month(month))
    part = "基础养老金" if rule == "full_base" else "中央确定的基础养老金"
    return f"认定农村低保和扶贫对象时，{part}不计入家庭收入，只叠加、不扣减、不冲销。"


def _effect(law: InForce, day: date) -> str:
    begins = one_of(TAKES_EFFECT, law.value_on(TAKES_EFFECT, day), ("month_after_signature", "at_once"))
    stands = law.value_on(POSTED_STANDS, day)
    return ("签字次月起生效" if begins == "month_after_signature" else "签字当天起生效") + (
        "；已经入账的代缴仍然有效。" if stands else "；当年已经入账的代缴一并退回财政。")  # fmt: skip


def _withdrawal(law: InForce, day: date) -> str:
    begins = one_of(WITHDRAWAL, law.value_on(WITHDRAWAL, day), ("month_after_withdrawal", "at_once"))
    made_up = law.value_on(ARREARS, day)
    return ("撤回的次月起恢复" if begins == "month_after_withdrawal" else "撤回当天起恢复") + (
        "；放弃期间的待遇撤回后补发。" if made_up else "；放弃期间的待遇以后不补。")  # fmt: skip
