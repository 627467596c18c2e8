"""A decision in a resident's own words: what one says across the counter to an old villager.

The auditor's wording of the same reasons is that of the criteria (``rules``) and of ``reckoning``. Every reason and every
item is in both; ``docs/reference/explanations.md`` shows all of them side by side. A number of the law stands as the name
of its parameter (``criterion.filled``).
"""

from __future__ import annotations

from yingbao.rules.holds import REASONS as HOLD_REASONS
from yingbao.values.purpose import Bucket, Item

# A reason for yes, by the claim that holds.
HOLDS: dict[str, str] = {
    "reached_pension_age": "您已经满{age/pension_age_years}周岁，养老金从满{age/pension_age_years}周岁的下一个月算起",
    "in_assisted_category": "您是建档立卡低收入人口、低保对象或者特困人员",
    "no_other_basic_pension": "您没有在领国家的另一份养老金",
    "over_age_window_open": "这项照顾困难老人的政策，这个月还可以办",
    "alive": "本人健在",
    "not_imprisoned": "您没有在服刑",
    "not_settled_abroad": "您没有到国外（境外）定居",
    "registered_here": "您的户口在本地",
    "not_insured_elsewhere": "您没有在外地参加城乡居民养老保险",
    "benefit_not_waived": "您没有签字放弃养老金",
    "relation_standing": "您的城乡居民养老保险没有终止",
    "relation_not_moved": "您的养老保险没有转到别处",
    "never_joined": "您以前没有参加过国家的养老保险",
    "sixty_after_scheme_start": "本地开办城乡居民养老保险以后，您才满{age/pension_age_years}周岁",
    "paid_long_enough": "您缴费已经满{benefit/minimum_paid_years}年，或者本地开办这项保险时您已经满{age/pension_age_years}周岁",
    "enrolled": "您已经办好参保登记",
    "granted_for_life": "养老金已经批给您了，一直发到终身",
    "in_proxy_category": "您属于这一年由政府代缴的困难群体（{entry/proxy_categories}）",
    "reached_contribution_age": "您已经满{age/contribution_age_years}周岁",
    "within_contribution_age": "您还不满{age/pension_age_years}周岁",
    "alive_on_day": "本人健在",
    "in_no_other_scheme": "您没有参加职工养老保险或者机关事业单位养老保险",
    "not_student": "您不是在校学生",
    "not_soldier": "您不是现役军人",
    "free_on_day": "您没有在服刑",
    "resident_on_day": "您的户口在本地，没有到国外（境外）定居，也没有在外地参保",
    "contribution_not_waived": "您没有签字放弃政府代缴",
    "relation_open_on_day": "您的城乡居民养老保险没有终止",
    "no_own_payment_instead": "这一年没有用您自己缴的费来代替政府代缴",
}

# A reason for no, by the name of the failed claim: what is so, and what can be done.
FAILS: dict[str, str] = {
    "under_pension_age": "您还不满{age/pension_age_years}周岁，或者这个月才满；满{age/pension_age_years}周岁的下一个月起才可以领",
    "not_in_assisted_category": "这个月您不算建档立卡低收入人口、低保对象或者特困人员（刚评上的，一般从下一个月算起）",
    "other_basic_pension": "您已经在领国家的另一份养老金，两份只能领一份",
    "outside_over_age_window": "这项照顾困难老人的政策，这个月不在办理期限里",
    "deceased": "本人已经去世，去世的当月照发，下一个月起不再发",
    "imprisoned": "您在服刑，服刑期间不发养老金，以后也不补",
    "settled_abroad": "您已经到国外（境外）定居",
    "moved_out": "您的户口已经迁走，请到户口所在地的社保所办理",
    "insured_elsewhere": "您已经在外地参加城乡居民养老保险，请在参保的地方办理",
    "benefit_waived": "您签过字，放弃了养老金；想领了，随时可以到镇社保所撤回",
    "relation_ended": "您的城乡居民养老保险已经终止",
    "relation_moved": "您的养老保险已经转走，请到转去的地方办理",
    "joined_before": "您以前参加过国家的养老保险，不能按照顾困难老人的政策领取",
    "sixty_before_scheme_start": "本地开办城乡居民养老保险时您已经满{age/pension_age_years}周岁，不能按照顾困难老人的政策领取",
    "paid_too_few_years": "您缴费还不满{benefit/minimum_paid_years}年；能不能补缴，请到镇社保所问一问",
    "not_enrolled": "您还没有办参保登记，请带身份证和户口簿到镇社保所办理",
    "not_in_proxy_category": "您不在这一年由政府代缴的人里（{entry/proxy_categories}；已经标注脱贫的，不再按建档立卡代缴）",
    "under_contribution_age": "您还不满{age/contribution_age_years}周岁，满了{age/contribution_age_years}周岁再参保",
    "over_contribution_age": "您已经满{age/pension_age_years}周岁，不用再缴费了",
    "deceased_on_day": "本人已经去世",
    "in_other_scheme": "您已经参加职工养老保险或者机关事业单位养老保险",
    "student": "您是在校学生，毕业以后再办",
    "soldier": "您是现役军人，退役以后再办",
    "prisoner_on_day": "您在服刑，刑满以后再办",
    "not_resident_on_day": "您的户口已经迁走，或者人已经到国外（境外）定居，或者已经在外地参保",
    "contribution_waived": "您签过字，放弃了政府代缴；改了主意，随时可以到镇社保所撤回",
    "relation_ended_on_day": "您的城乡居民养老保险已经终止，恢复参保以后再办",
    "paid_himself": "这一年您自己已经缴了费，政府就不再代缴",
}
# Nothing can be done about these: nobody is told that he lacks only this one thing.
FOR_GOOD = ("deceased", "deceased_on_day", "over_contribution_age", "joined_before", "sixty_before_scheme_start")
_NO_BIRTH = "我们还没有您的出生日期，算不出您满了多少岁；请带身份证到镇社保所登记"
UNKNOWN: dict[str, str] = {
    f"unknown_{claim}": _NO_BIRTH
    for claim in ("reached_pension_age", "reached_contribution_age", "within_contribution_age", "sixty_after_scheme_start")
}
REASONS: dict[str, str] = {**HOLDS, **FAILS, **UNKNOWN}

_INTO_ACCOUNT = "记在您的个人账户里"
ITEMS: dict[Item, str] = {
    Item.PROXY_CONTRIBUTION: f"政府替您缴这一年的养老保险费，这笔钱您自己不用出，{_INTO_ACCOUNT}",
    Item.BASE_PENSION: "这一份由政府出钱，符合条件的老人每月一样多",
    Item.ACCOUNT_PENSION: "您个人账户里的钱按月发给您；账户里的钱发完了，还照样发",
    Item.COUNTY_TOP_UP: "这是县里另外加发的",
    Item.OWN_CONTRIBUTION: f"这是您自己缴的养老保险费，{_INTO_ACCOUNT}",
    Item.MAKEUP_CONTRIBUTION: f"这是您补缴的以前年度的养老保险费，{_INTO_ACCOUNT}",
    Item.COLLECTIVE_AID: f"这是村（居）集体补助您的，{_INTO_ACCOUNT}",
    Item.SUBSIDY_PROVINCE: f"这一年缴了费（您自己缴的、政府代缴的都算），这是省里补贴您的，{_INTO_ACCOUNT}",
    Item.SUBSIDY_CITY: f"这一年缴了费（您自己缴的、政府代缴的都算），这是市里补贴您的，{_INTO_ACCOUNT}",
    Item.SUBSIDY_COUNTY: f"这一年缴了费（您自己缴的、政府代缴的都算），这是县里补贴您的，{_INTO_ACCOUNT}",
    Item.INTEREST: "这是您个人账户里的钱一年得的利息",
    Item.LONG_PAY_SUPPLEMENT: "您缴费的年数比规定的多，每多一年就多发一点",
    Item.AGE_SUPPLEMENT: "您到了高龄，这是每月多发的",
    Item.FUNERAL_GRANT: "老人去世以后，一次发给家里办后事的",
    Item.ACCOUNT_REFUND: "个人账户里剩下的钱一次退还给本人；本人去世的，退给继承人",
    Item.CONTRIBUTION_REFUND: "多缴、重缴或者不该收的钱，退还给您",
    Item.TRANSFER_OUT: "您的养老保险转走了，个人账户里的钱跟着转过去",
    **{bucket.transfer: f"这是从别处转来的您个人账户里的钱（{bucket.zh}），{_INTO_ACCOUNT}" for bucket in Bucket},
    Item.TRANSFER_IN: f"这是从别处转来的您个人账户里的钱，对方没有写明来源，{_INTO_ACCOUNT}",
    **{bucket.charge: f"发给您、退给您的钱里，从账户里“{bucket.zh}”这一份出的" for bucket in Bucket},
}

# Why somebody does not have an item, beside the reasons of the criteria.
NOT_OWED: dict[Item, str] = {
    Item.PROXY_CONTRIBUTION: "这一年政府没有替您缴费，原因见上面各条",
    Item.BASE_PENSION: "这个月没有基础养老金，原因见上面各条",
    Item.ACCOUNT_PENSION: "您的个人账户里没有钱，所以没有这一份",
    Item.COUNTY_TOP_UP: "县里现在没有另外加发",
    Item.OWN_CONTRIBUTION: "这一年没有您自己缴的费；缴的钱不合缴费档次，或者这一年已经缴过的，退还给您",
    Item.MAKEUP_CONTRIBUTION: "没有补缴的年度；那一年已经缴过或者政府代缴过的，补缴的钱退还给您",
    Item.COLLECTIVE_AID: "没有村（居）集体的补助",
    Item.SUBSIDY_PROVINCE: "省里没有补贴这一年的缴费",
    Item.SUBSIDY_CITY: "市里没有补贴这一年的缴费",
    Item.SUBSIDY_COUNTY: "县里没有补贴这一年的缴费",
    Item.INTEREST: "账户里没有可以算利息的钱，或者那时已经不再计息",
    Item.LONG_PAY_SUPPLEMENT: "您缴费的年数没有超过规定的年数，或者本地没有这一项",
    Item.AGE_SUPPLEMENT: "您还没有到多发的年龄，或者本地没有这一项",
    Item.FUNERAL_GRANT: "本地没有这一项，或者老人去世时没有在领养老金",
    Item.ACCOUNT_REFUND: "养老保险没有终止，或者账户里的钱已经发完，没有可退的",
    Item.CONTRIBUTION_REFUND: "没有多缴、重缴或者不该收的钱",
    Item.TRANSFER_OUT: "养老保险没有转走；已经在领养老金的，不再转",
    **{bucket.transfer: f"没有从别处转来的“{bucket.zh}”" for bucket in Bucket},
    Item.TRANSFER_IN: "没有从别处转来、没有写明来源的钱",
    **{bucket.charge: f"没有从账户里“{bucket.zh}”这一份出钱" for bucket in Bucket},
}

# A hold: the due does not change.
HELD: dict[str, str] = {
    "suspected_death": "有消息说本人可能已经去世，正在核实；人健在的，请家里人或者村（居）干部告诉镇社保所",
    "deceased_no_heir": "本人已经去世（或者养老保险已经转走），请继承人到镇社保所登记收款的银行卡",
    "not_applied": "还没有办领取手续，请带身份证到镇社保所办理",
    "life_certificate_lapsed": "养老资格认证过期了，认证一次就可以：到窗口、用手机都行，走不动的可以请村（居）干部上门",
    "bank_do_not_resend": "银行说这张卡不能用了（已经销户、冻结等），请查清楚再到镇社保所登记",
    "no_bank_account": "还没有登记银行卡，请带卡到镇社保所登记",
    "bank_account_refused": "银行把钱退回来了，请到镇社保所登记一张能用的卡",
    "other": "因为别的原因暂时没有发，请到镇社保所问一问",
}
HELD_TAIL = "该发的钱一分不少，办好以后一起补上"


def reason(found_id: str, otherwise: str) -> str:
    """A reason in a resident's words; the auditor's where there is none."""
    return REASONS.get(found_id, otherwise)


def held(found_reason: str) -> str:
    """Why money waits, in a resident's words."""
    return HELD.get(found_reason, HOLD_REASONS.get(found_reason, HELD["other"]))
