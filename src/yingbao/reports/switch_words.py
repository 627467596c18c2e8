"""The words that a switch of the law may hold, in Chinese: no reader should meet ``month_after_birthday``."""

from __future__ import annotations

from yingbao.rules.holds import REASONS as HOLD_REASONS
from yingbao.values.facts import CATEGORY_BY_KEY
from yingbao.values.purpose import ITEM_BY_KEY

_UNITS = {"fen": "分", "jiao": "角", "yuan": "元"}
_WAYS = {"half_up": "四舍五入到", "floor": "舍去不足", "ceil": "不足进为"}
_AWARD_NONE, _FUNERAL_NONE = "account/interest_in_year_of_award none", "benefit/funeral_rule none"
_AID_NONE = "contribution/collective_aid_limit none"

# One meaning whatever the switch, or ``switch word`` where another switch has the word too.
WORDS: dict[str, str] = {
    "annuity_due": "先付年金", "to_month_before_first_payment": "计到首次发放的前一个月", _AWARD_NONE: "当年不计息",
    "separately": "分别取整", "together": "合计后取整",
    "month_product_next_month": "月积数法，入账次月起息", "month_product_same_month": "月积数法，入账当月起息",
    "actual_days": "按实际天数", "annual_factor": "年度计算法", "next_year_only": "入账当年不计息",
    "estimate_annuity_due": "估算，当年缴费计满一年",
    "month_after": "缴入的次月起", "first_month": "从首次发放月起",
    "goes_too": "一并冲回", "account/interest_of_money_taken_back stays": "留在账户",
    "last_published_stands": "用停止计息前最后公布的", "redecides": "按后来公布的重算",
    "start_of_year": "建账当年1月起", "opening_month": "建账当月起",
    "account/opening_balance_bears_from next_year": "建账次年起", "contribution/tier_change_rule next_year": "次年起生效",
    "contribution/late_payment next_year": "算下一年的缴费", "contribution/late_payment refused": "退还",
    "top_up_in_year": "当年可以补差升档",
    "collected_on": "缴费日（代缴为批次认定日）", "credited_on": "入账日", "refused": "不允许", "allowed": "允许",
    "highest_tier": "当年最高缴费档次", _AID_NONE: "不设上限",
    "on_the_day": "生日当天", "day_after": "生日次日", "month_after_birthday": "满岁的次月", "month_of_birthday": "满岁的当月",
    "february_28": "平年为2月28日", "march_1": "平年为3月1日",
    "month_after_qualifying": "符合条件的次月", "same_month": "当月", "month_after_qualifying_day": "资格日的次月",
    "qualifying_day_in_window": "只看资格日是否在政策期内",
    "pensioners": "领取人", "pensioners_and_payers": "领取人和缴费人",
    _FUNERAL_NONE: "没有这一项", "fixed": "定额", "months_of_base": "若干个月的基础养老金",
    "month_of_death": "死亡当月", "base_of_month": "发放当月的基础养老金", "base_of_first_month": "首发月的基础养老金",
    **{f"{way}_{unit}": f"{zh}{_UNITS[unit]}" for way, zh in _WAYS.items() for unit in _UNITS},
    "component": "各项分别", "total": "合计",
    "regular": "正常到龄领取", "over_age_poor": "困难群体超龄纳入",
    "by_months": "按月计算", "year_stands": "当年有效", "whole_year_reversed": "全年冲回",
    "month_after_imprisonment": "入狱的次月", "month_after_release": "释放的次月",
    "roster_at_batch_date": "批次日的名册", "previous_year_roster": "上年末的名册",
    "proxy_before_own": "代缴在先，相同部分退还本人", "own_stands": "自缴有效，当年不再代缴",
    "balance_over_divisor": "另按账户余额计发", "after_makeup": "补足最低年限后才另计",
    "full_base": "全部基础养老金", "central_minimum": "中央最低标准部分",
    "account_balance": "账户余额", "repayment_plan": "还款协议", "employee_pension": "职工（机关）养老金",
    "paid_back": "退还的余额应当交回，账户照旧", "refund/after_return stands": "退还有效，账户重新开始",
    "kept_back": "补贴留存，不退", "paid_out": "补贴一并退还",
    "what_is_left": "剩余的补贴", "what_was_paid_in": "已入账的补贴",
    "first_place_keeps": "先领取的地方", "second_place_keeps": "后领取的地方",
    "full_years_only": "只折算满年", "rounded_up": "不满一年的算一年",
    "account_moves": "账户转走", "stays": "留在本地",
    "month_after_signature": "签字的次月", "month_after_withdrawal": "撤回的次月", "at_once": "即时",
    **{key: category.zh for key, category in CATEGORY_BY_KEY.items()},
    **{key: item.zh for key, item in ITEM_BY_KEY.items()},
    **{key: zh.partition("，")[0] for key, zh in HOLD_REASONS.items()},
}  # fmt: skip


def word_zh(name: str, word: str) -> str:
    """A word of a switch in Chinese; the word itself where it has none."""
    return WORDS.get(f"{name} {word}", WORDS.get(word, word))


def text_zh(name: str, unit: object, value: object, text: str) -> str:
    """The text of a parameter's value (``policy.show``) with a switch's words in Chinese."""
    if unit == "list-of-text" and isinstance(value, list):
        return "、".join(word_zh(name, str(one)) for one in value) or "（无）"
    return word_zh(name, text) if unit == "text" else text
