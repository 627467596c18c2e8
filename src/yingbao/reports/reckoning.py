"""How each item's amount comes about: in a sentence, with the parameters and the kinds of fact behind it.

One table for explanations, calculation sheets and the reference page; an item that is not in it cannot be explained,
so a test asks for every item.
"""

from __future__ import annotations

import polars as pl

from yingbao.reports.contribution_list import refusal_zh
from yingbao.rules import benefits, contributions, funding, makeup, own_contributions, proxy_amounts, supplements, tiers
from yingbao.rules.criterion import Question
from yingbao.rules.due import Due
from yingbao.rules.entitlement import CONTINUING, OVER_AGE_POOR, REGULAR, YEARS
from yingbao.rules.law import Law, whole
from yingbao.rules.paid_years import paid_years_by_month
from yingbao.rules.rounding import APPLIES_TO, ROUNDING, rounding_of
from yingbao.values.facts import FactKind
from yingbao.values.money import Fen, yuan
from yingbao.values.month import Month, show_month
from yingbao.values.purpose import CHARGES, TRANSFERS_IN, Item

_BY_CATEGORY = (proxy_amounts.AMOUNT_BY_CATEGORY, proxy_amounts.SHARE_BY_CATEGORY)
_ROUNDED = (ROUNDING, APPLIES_TO)
_LONG_PAY = (supplements.SHARE, benefits.BASE, YEARS, supplements.MAKEUP_COUNTS, supplements.OF_BASE, *_ROUNDED)
_BY_AGE = (supplements.BY_AGE, supplements.AGE_FROM, supplements.LEAP_DAY)
_FUNERAL = (supplements.FUNERAL_RULE, supplements.FUNERAL_AMOUNT, supplements.FUNERAL_MONTHS, supplements.FUNERAL_FOR)
_INTEREST = ("account/interest_method", "account/crediting_rate", "account/interest_lines")
_MAKEUP = (tiers.TIERS, makeup.TOTAL, makeup.IN_PAYMENT)
_SUBSIDY = (tiers.SUBSIDY, *tiers.LEVELS.values(), own_contributions.MAKEUP_SUBSIDY, own_contributions.PROXY_SUBSIDY)

# The parameters behind each item's amount.
AMOUNT_PARAMETERS: dict[Item, tuple[str, ...]] = {
    Item.PROXY_CONTRIBUTION: (proxy_amounts.AMOUNT, proxy_amounts.SHARE, *_BY_CATEGORY),
    Item.BASE_PENSION: (benefits.BASE,),
    Item.ACCOUNT_PENSION: (benefits.DIVISOR, *_ROUNDED),
    Item.COUNTY_TOP_UP: (benefits.TOP_UP,),
    Item.OWN_CONTRIBUTION: (tiers.TIERS, tiers.PROTECTED_TIER),
    Item.MAKEUP_CONTRIBUTION: _MAKEUP,
    Item.COLLECTIVE_AID: (own_contributions.AID_LIMIT, tiers.TIERS),
    Item.SUBSIDY_PROVINCE: _SUBSIDY, Item.SUBSIDY_CITY: _SUBSIDY, Item.SUBSIDY_COUNTY: _SUBSIDY,
    Item.INTEREST: _INTEREST,
    Item.LONG_PAY_SUPPLEMENT: _LONG_PAY,
    Item.AGE_SUPPLEMENT: _BY_AGE,
    Item.FUNERAL_GRANT: _FUNERAL,
    Item.ACCOUNT_REFUND: ("refund/subsidies_kept_back", "refund/subsidies_of_joined_employee"),
    Item.CONTRIBUTION_REFUND: (),
    Item.TRANSFER_OUT: (),
    **dict.fromkeys(TRANSFERS_IN, ()),
    **dict.fromkeys(CHARGES, (benefits.DIVISOR,)),
}  # fmt: skip
# What decides about an item beside its amount: to whom, for which year, when, out of which money. On the reference page.
_AGES = ("age/contribution_age_years", "age/pension_age_years", "age/reached")
_OF_A_YEAR = ("contribution/closed_days_at_year_end", "contribution/late_payment", "contribution/tier_change_rule",
              "contribution/same_year_overlap", contributions.OWN_PAYMENT)  # fmt: skip
_ACCOUNT_YEARS = ("account/annual_factor", "account/interest_in_year_of_award", "account/interest_while_in_payment",
                  "account/interest_of_money_taken_back", "account/late_rate", "account/opening_balance_bears_from")  # fmt: skip
_MADE_UP = ("contribution/makeup_total_years", "contribution/makeup_in_payment")
ALSO: dict[Item, tuple[str, ...]] = {
    Item.PROXY_CONTRIBUTION: (contributions.SNAPSHOT_RULE, contributions.AFTER, contributions.NOT_ELIGIBLE,
                              "waiver/posted_proxy_stands"),
    Item.BASE_PENSION: (*funding.PARAMETERS, "exit/for_life", "contribution/year_counts_from"),
    Item.ACCOUNT_PENSION: (benefits.FOR_LIFE, "exit/account_pension_too", "account/money_after_award"),
    Item.OWN_CONTRIBUTION: (tiers.PROTECTED, "contribution/flexible_worker_yearly", *_AGES, *_OF_A_YEAR),
    Item.MAKEUP_CONTRIBUTION: (tiers.PROTECTED_TIER, tiers.PROTECTED, "age/contribution_age_years", "age/reached", *_MADE_UP),
    Item.COLLECTIVE_AID: (*_AGES, "contribution/same_year_overlap", "contribution/collective_aid_limit"),
    Item.INTEREST: _ACCOUNT_YEARS,
    Item.LONG_PAY_SUPPLEMENT: ("contribution/year_counts_from",),
    Item.ACCOUNT_REFUND: ("refund/after_return", "refund/subsidies_inheritable", "refund/two_counties"),
    Item.CONTRIBUTION_REFUND: (tiers.TIERS, tiers.PROTECTED_TIER, tiers.PROTECTED, *_AGES, *_OF_A_YEAR, *_MADE_UP,
                               "contribution/collective_aid_limit"),
    Item.TRANSFER_OUT: ("transfer/moving_in_month_of_sixty",),
    **dict.fromkeys((*TRANSFERS_IN, Item.TRANSFER_IN), ("transfer/employee_months_as_years",)),
}  # fmt: skip
_PAID = (FactKind.PAID_YEARS, FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.YEARS_TRANSFERRED)
# The kinds of fact behind each item's amount, beside those that its criteria ask for.
FACTS_BEHIND: dict[Item, tuple[FactKind, ...]] = {
    Item.LONG_PAY_SUPPLEMENT: _PAID, Item.AGE_SUPPLEMENT: (FactKind.BIRTH,), Item.FUNERAL_GRANT: (FactKind.DEATH,),
    Item.ACCOUNT_REFUND: (FactKind.DEATH, FactKind.RELATION_ENDED), Item.TRANSFER_OUT: (FactKind.RELATION_ENDED,),
    **dict.fromkeys((Item.SUBSIDY_PROVINCE, Item.SUBSIDY_CITY, Item.SUBSIDY_COUNTY), (FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT)),
    Item.OWN_CONTRIBUTION: (FactKind.OWN_PAYMENT,), Item.MAKEUP_CONTRIBUTION: (FactKind.MAKEUP_PAYMENT,),
    Item.COLLECTIVE_AID: (FactKind.COLLECTIVE_AID,), **dict.fromkeys(TRANSFERS_IN, (FactKind.TRANSFER_IN,)),
    Item.CONTRIBUTION_REFUND: (FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT), Item.ACCOUNT_PENSION: (FactKind.PENSION_IN_PAYMENT,),
}  # fmt: skip
HOW_ZH: dict[Item, str] = {
    Item.PROXY_CONTRIBUTION: "批次日符合条件的人，一年一次，由县级财政按当年的标准代缴",
    Item.BASE_PENSION: "当月的标准，全部由政府负担",
    Item.ACCOUNT_PENSION: "核定时个人账户累计存储额除以计发月数，支付终身",
    Item.COUNTY_TOP_UP: "当月的县级加发标准",
    Item.OWN_CONTRIBUTION: "本人当年选定档次的缴费，一年一次",
    Item.MAKEUP_CONTRIBUTION: "补缴以前没有缴的年度",
    Item.COLLECTIVE_AID: "集体经济组织给予的补助，记入个人账户",
    Item.SUBSIDY_PROVINCE: "按缴费档次的补贴中省级负担的部分",
    Item.SUBSIDY_CITY: "按缴费档次的补贴中市级负担的部分",
    Item.SUBSIDY_COUNTY: "按缴费档次的补贴中县级负担的部分",
    Item.INTEREST: "个人账户按公布的记账利率和结息方法计息",
    Item.LONG_PAY_SUPPLEMENT: "基础养老金乘以比例，再乘以超过最低缴费年限的整年数",
    Item.AGE_SUPPLEMENT: "到了哪一档年龄，按哪一档的金额，不叠加",
    Item.FUNERAL_GRANT: "死亡次月一次，按死亡当月的办法，发给继承人",
    Item.ACCOUNT_REFUND: "居保关系终止后，个人账户余额退给本人或继承人",
    Item.CONTRIBUTION_REFUND: "重复的、不该收的缴费退回",
    Item.TRANSFER_OUT: "个人账户随人转到其他统筹区或其他养老保险",
    **dict.fromkeys(TRANSFERS_IN, "随人转入的个人账户，按对方写明的来源"),
    Item.TRANSFER_IN: "随人转入的个人账户，对方没有写明来源，整笔记入“转入”",
    **dict.fromkeys(CHARGES, "个人账户养老金和退还，按各来源所余的比例列支"),
}
# Why there is none of an item, for an auditor, beside the failed criteria.
NOT_ZH: dict[Item, str] = {
    Item.PROXY_CONTRIBUTION: "批次日不符合代缴条件，或当年没有批次",
    Item.BASE_PENSION: "不符合待遇领取条件",
    Item.ACCOUNT_PENSION: "个人账户没有余额",
    Item.COUNTY_TOP_UP: "县级加发标准为零",
    Item.OWN_CONTRIBUTION: "没有成档的本人缴费；不成档、重复或不应缴的退还",
    Item.MAKEUP_CONTRIBUTION: "没有成档的补缴；已缴、已代缴的年度不再补缴，退还",
    Item.COLLECTIVE_AID: "没有集体补助",
    **dict.fromkeys((Item.SUBSIDY_PROVINCE, Item.SUBSIDY_CITY, Item.SUBSIDY_COUNTY), "当年缴费不成档，或该级负担的比例为零"),
    Item.INTEREST: "没有计息余额，或已停止计息",
    Item.LONG_PAY_SUPPLEMENT: "缴费年限未超过最低缴费年限，或比例为零",
    Item.AGE_SUPPLEMENT: "未到加发的年龄，或该档金额为零",
    Item.FUNERAL_GRANT: "死亡当月没有这项办法，或死亡当月不属补助对象",
    Item.ACCOUNT_REFUND: "居保关系未终止，或账户已无余额",
    Item.CONTRIBUTION_REFUND: "没有重复、不成档或不应缴的缴费",
    Item.TRANSFER_OUT: "关系未转出；已经领取的不转",
    **dict.fromkeys(TRANSFERS_IN, "没有转入的资金，或对方没有写明这一来源"),
    Item.TRANSFER_IN: "没有转入的资金，或对方写明了来源",
    **dict.fromkeys(CHARGES, "该来源没有余额，或当年没有从账户支出"),
}
# The article behind each item as such; its numbers have sources of their own.
CITES: dict[Item, str] = {
    Item.PROXY_CONTRIBUTION: "bulletin-2018 入口-2", Item.BASE_PENSION: "guofa-2014-8 待遇",
    Item.ACCOUNT_PENSION: "guofa-2014-8 待遇", Item.COUNTY_TOP_UP: "project-choices 县加发-1",
    Item.OWN_CONTRIBUTION: "guofa-2014-8 缴费档次", Item.MAKEUP_CONTRIBUTION: "project-choices 补缴-1",
    Item.COLLECTIVE_AID: "guofa-2014-8 个人账户",
    **dict.fromkeys((Item.SUBSIDY_PROVINCE, Item.SUBSIDY_CITY, Item.SUBSIDY_COUNTY), "guofa-2014-8 政府补贴"),
    Item.INTEREST: "guofa-2014-8 个人账户", Item.LONG_PAY_SUPPLEMENT: "jiangsu-long-payment 年限",
    Item.AGE_SUPPLEMENT: "project-choices 高龄-1", Item.FUNERAL_GRANT: "project-choices 丧葬-1",
    Item.ACCOUNT_REFUND: "jingban-2019-84 注销", Item.CONTRIBUTION_REFUND: "project-choices 换档-1",
    Item.TRANSFER_OUT: "guofa-2014-8 转移接续", **dict.fromkeys((*TRANSFERS_IN, Item.TRANSFER_IN), "guofa-2014-8 转移接续"),
    **dict.fromkeys(CHARGES, "guofa-2014-8 待遇"),
}  # fmt: skip
# Who has an item that no question decides.
WHO_ZH: dict[Item, str] = {
    Item.OWN_CONTRIBUTION: "缴费当天在世、已满参保年龄、未满领取年龄的人，一年认先缴成档的一笔",
    Item.MAKEUP_CONTRIBUTION: "补缴当天在世、已满参保年龄的人，补没有缴过、没有代缴过的年度",
    Item.COLLECTIVE_AID: "村（居）集体给予补助的参保人",
    **dict.fromkeys((Item.SUBSIDY_PROVINCE, Item.SUBSIDY_CITY, Item.SUBSIDY_COUNTY), "当年缴费成档的人；只有代缴的、补缴的，按参数"),
    Item.INTEREST: "个人账户有余额、还没有停止计息的人",
    Item.ACCOUNT_REFUND: "死亡、重复领取、参加职工养老保险、出国（境）定居或其他原因终止居保关系的人",
    Item.CONTRIBUTION_REFUND: "缴费不成档、重复、与代缴相同、与职工养老重叠或不应缴的人",
    Item.TRANSFER_OUT: "领取以前转出居保关系的人",
    **dict.fromkeys((*TRANSFERS_IN, Item.TRANSFER_IN), "转入居保关系的人"),
    **dict.fromkeys(CHARGES, "领取个人账户养老金或退还账户余额的人"),
}
_PENSIONS = (REGULAR, OVER_AGE_POOR, CONTINUING)
QUESTIONS: dict[Item, tuple[Question, ...]] = {
    Item.PROXY_CONTRIBUTION: (contributions.PROXY_CONTRIBUTION,),
    **dict.fromkeys((Item.BASE_PENSION, Item.ACCOUNT_PENSION, Item.COUNTY_TOP_UP, Item.LONG_PAY_SUPPLEMENT,
                     Item.AGE_SUPPLEMENT, Item.FUNERAL_GRANT), _PENSIONS),
}  # fmt: skip


def sentence(item: Item, fen: Fen, law: Law, month: Month, owed: Due, route: str | None) -> str:
    """How ``fen`` of one month came about for one person (``owed``: of that person alone), across the counter."""
    if item is Item.ACCOUNT_PENSION:
        return _stated(month, owed) if route == "stated" else _divided(law, month, owed)
    if item is Item.LONG_PAY_SUPPLEMENT:
        return _by_years(law, month, owed)
    if item is Item.AGE_SUPPLEMENT:
        table = law.in_force.value(supplements.BY_AGE, month)
        ages = [age for age, amount in supplements.brackets(table) if amount == fen]
        return f"已满{min(ages)}周岁的一档，每月 {yuan(fen)} 元"
    if item is Item.FUNERAL_GRANT:
        return _grant(law, month - 1)
    if item is Item.CONTRIBUTION_REFUND:
        return _why_back(month, owed) or HOW_ZH[item]
    if item is Item.BASE_PENSION:
        return f"{show_month(month)} 的标准"
    return HOW_ZH[item]


def _divided(law: Law, month: Month, owed: Due) -> str:
    total, first = int(owed.account_in(month)["fen"].sum()), _first_month(law, month, owed)
    return f"个人账户累计存储额 {yuan(total)} 元 ÷ {law.in_force.value(benefits.DIVISOR, first)}，{rounding_of(law, first).zh}"


def _stated(month: Month, owed: Due) -> str:
    """By the register, and what came in since."""
    more = int(owed.added_later.filter(pl.col("month") <= month)["fen"].sum())
    return "按期初登记的金额" + (f"，加上以后转入、补缴的 {yuan(more)} 元除以计发月数" if more else "")


def _first_month(law: Law, month: Month, owed: Due) -> Month:
    """The month whose divisor and rounding count: that of the first pension, as far back as this derivation goes."""
    granted = owed.account_granted
    return max(int(granted["granted_from"][0]), law.since) if granted.height else month


def _by_years(law: Law, month: Month, owed: Due) -> str:
    counts = bool(law.latest(supplements.MAKEUP_COUNTS))
    then = paid_years_by_month(owed.credited, law, makeup=counts).filter((pl.col("start") <= month) & (pl.col("end") > month))
    years = int(then["years"].sum())
    least = whole(law.latest(YEARS))
    first = month
    if law.word(supplements.OF_BASE, *supplements.OF_BASE_WORDS) == "base_of_first_month":
        first = int(owed.granted["granted_from"][0])
    base = yuan(whole(law.in_force.value(benefits.BASE, first)))
    share = yuan(whole(law.in_force.value(supplements.SHARE, month)))  # basis points shown as a percentage
    made_up = "" if counts else "（补缴的不算）"
    return (f"缴费 {years} 年{made_up}，超过 {least} 年的有 {years - least} 年；"
            f"基础养老金 {base} 元 × {share}% × {years - least}，{rounding_of(law, _first_month(law, month, owed)).zh}")  # fmt: skip


def _why_back(month: Month, owed: Due) -> str:
    """Each reason for which money went back in a month, with its yuan."""
    back = own_contributions.money_back(owed.facts, owed.law, owed.paid).filter(pl.col("month") == month)
    each = back.group_by("why").agg(pl.col("fen").sum()).sort("why")
    return "；".join(f"{refusal_zh(why)}（{yuan(fen)} 元）" for why, fen in each.iter_rows())


def _grant(law: Law, death: Month) -> str:
    """By the rule of the month of death."""
    if law.in_force.value(supplements.FUNERAL_RULE, death) == "months_of_base":
        months = whole(law.in_force.value(supplements.FUNERAL_MONTHS, death))
        return f"{months} 个月 × {show_month(death)} 的基础养老金 {yuan(whole(law.in_force.value(benefits.BASE, death)))} 元"
    return f"定额 {yuan(whole(law.in_force.value(supplements.FUNERAL_AMOUNT, death)))} 元"
