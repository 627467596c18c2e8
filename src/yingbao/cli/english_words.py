"""Headings, and words that stand alone or inside a line, in English. Words that the program keeps in tables come from those."""

from __future__ import annotations

from functools import cache

from yingbao import store

HEADINGS = {
    "来源": "source", "年初": "opening", "本年增减": "change in the year", "余额": "balance", "序号": "no.",
    "业务日期": "business date", "办理人": "officer", "事项": "act", "对象": "subject", "办理记录": "Acts", "镇": "town",
    "村": "village", "村居": "village", "姓名": "name", "到龄": "reaches the age", "首发": "first month", "年限": "years paid",
    "欠缴": "to make up", "账户（元）": "account (yuan)", "还差": "missing", "款项": "item", "人数": "persons",
    "金额（元）": "amount (yuan)", "报盘文件": "Files sent", "批次号": "batch", "批次": "run", "文件": "file", "笔数": "lines",
    "日期": "date", "应发": "Due", "人": "person", "自": "from", "至": "until", "元/期": "yuan a period", "退回": "rejected",
    "行": "row", "原因": "reason", "编号": "number", "最近一次": "last by", "有效至": "good until", "情况": "state",
    "条数": "count", "缴费明细": "Payments", "凭证": "Receipts", "种类": "kind", "年度": "year", "缴费日期": "paid on",
    "渠道流水号": "channel and serial", "状态": "state", "死亡日期": "died on", "应稽核": "overpaid", "多拨扣回": "taken back",
    "抵扣": "set off", "账户退还": "account refund", "丧葬补助": "funeral grant", "付继承人": "to heirs", "仍欠": "still owed",
    "在册": "on a roster as", "账户余额（元）": "account balance (yuan)",
    "死亡未清账户": "Deaths that are not settled", "得知": "told on", "时长": "age", "待付（元）": "to pay (yuan)",
    "待追回（元）": "to recover (yuan)", "继承人账户": "heir's account", "缴费补贴（元）": "Contribution subsidies (yuan)",
    "级": "level", "已记账": "booked", "已到账": "settled", "应收": "receivable", "计入的家庭收入": "Counted income of households",
    "家庭": "household", "月份": "month", "收到": "received", "不计入": "disregarded", "计入": "counted", "首发月": "first month",
    "退出日": "left on", "再测结果": "outcome of the test", "政策参数": "Parameters of the law", "参数": "parameter", "出处": "source",
    "值": "value",
    "登录名": "login", "权限": "roles", "经办人员": "Officers", "人员": "People", "性别": "sex", "内容": "content",
    "告知日": "told on", "追缴台账": "What is owed back", "起": "since", "通知书": "letter",
    "每月抵扣（元）": "set off a month (yuan)", "已提出核销（元）": "proposed to write off (yuan)", "归类": "box", "人次": "count",
    "下一步由谁": "next step by", "期限": "by when", "类别": "category", "分布": "Distribution", "表": "sheet", "单元格": "cell",
    "原因与处理": "reason, and what to do", "已入库文件": "Loaded files", "读入": "read", "入库": "stored", "待比对": "to match",
    "忽略": "ignored", "在哪里": "where", "为什么": "why", "候选人": "candidates", "期间": "period", "经办": "maker",
    "现行人数": "persons now", "方案人数": "persons, reform", "现行（元）": "now (yuan)", "方案（元）": "reform (yuan)",
    "差额（元）": "difference (yuan)", "负担": "borne by", "事实": "fact", "签字日": "signed on", "劝导文本": "text",
    "放弃意向书": "Waivers", "科目": "account", "名称": "name", "元": "yuan", "记入": "credited", "利息": "interest",
    "支出": "charged", "年末": "closing", "上年认定": "identified last year", "本年已确认": "confirmed this year",
    "已不在该类": "no longer in it", "待重新认定": "to confirm again", "已关闭年度": "Closed years", "关闭日期": "closed on",
    "数字指纹": "figures",
}  # fmt: skip
WORDS = {
    "现行政策": "the law in force",
    "男": "male", "女": "female", "无": "none", "待定": "open", "今": "now", "在岗": "active", "停用": "inactive",
    "已终止": "ended", "已撤销": "withdrawn", "有效": "good", "已撤回": "taken back", "已作废": "void", "未通知": "no letter",
    "已登记": "recorded", "未登记": "not recorded", "从未认证": "never certified", "月份未知": "month unknown",
    "（未知）": "(unknown)", "期初余额": "opening balance", "结息": "interest crediting", "期初登记": "opening register",
    "应记未记": "owed, not credited yet", "按余额比例列支": "by the shares of the sources",
    "推算，尚未记账": "derived, not booked yet", "已登记，待记账": "recorded, to be credited",
    "已经登记过，没有重复入库": "recorded before, not again", "没有收付记录。": "Nothing was paid or received.",
    "没有退回的行。": "No rows were rejected.", "审计链完整。": "The audit chain is whole.",
    "没有差额：应发与已发一致，不需要批次。": "No difference: all that is due is done, no run is needed.", "资金支付：": "payment:",
    "全部成立。": "All hold.", "有不成立的项，请立即查明。": "Some do not hold. Find out at once.",
    "与控制数相符。": "It agrees with the control totals.",
    "没有给出控制数（--totals）。": "No control totals were given (--totals).",
    "现行政策推算与账面一致。": "The law in force agrees with the books.", "应付": "to pay", "应追回": "to recover",
    "核销": "write off", "暂停": "held", "应代缴": "to contribute", "应冲回": "to reverse", "应记账": "to credit",
    "已提交复核": "submitted", "已复核": "approved", "到账": "settled", "退回（可修正）": "returned (curable)",
    "退回（勿重发）": "returned (do not resend)", "未知（在途，不重发）": "unknown (in transit, not resent)",
    "一人不漏": "nobody is lost", "养老金及退还支出": "pensions and refunds", "本统筹区没有此人": "nobody of this pool",
    "名单中出现两次": "twice in the list", "身份证号读不懂": "the ID number cannot be read", "领养老金": "pension",
    "政府代缴": "proxy contribution", "是": "yes", "否": "no", "不能判断": "not known", "已公布": "published",
    "二手来源": "secondary", "经办登记": "told at the counter", "30天以内": "to 30 days", "31—90天": "31-90 days",
    "91—365天": "91-365 days", "一年以上": "over a year", "领取养老金": "draws a pension", "窗口": "counter", "手机": "app",
    "银行": "bank", "税务": "tax office", "村（居）代收": "village", "应发（旧系统）": "due (old system)",
}  # fmt: skip
PROGRESS = {
    "查找到龄人员 …": "looking for who reaches the age …", "入库 …": "loading …", "试算 …": "trying …",
    "查找 …": "looking …", "汇总 …": "adding up …", "核算清单 …": "making the manifest …", "重新推算 …": "deriving again …",
    "测算 …": "simulating …", "归类 …": "boxing …", "核对 …": "checking …", "导出 …": "exporting …",
    "推算应发与已发之差 …": "deriving due less done …", "写银行文件 …": "writing bank files …",
    "汇总年度 …": "adding up the year …", "核对年度 …": "checking the year …",
    "期初登记已终止的人": "Ended by the opening register", "期初登记里没有已终止的人。": "The opening register states nobody as ended.",
    "出生日期不明的在领人员": "In payment without a known birth date",
    "没有出生日期不明的在领人员。": "Nobody in payment lacks a birth date.",
}  # fmt: skip
OWNERS = {
    "居保中心": "pension office", "镇社保所": "town office", "镇社保所（劝导）": "town office (counsels)", "提供单位": "the bureau",
    "居保中心（注销）": "pension office (closes)", "公安、村居核实": "police and village find out", "系统管理员": "administrator",
    "居保中心（刑满复核）": "pension office (at release)", "居保中心（退役复核）": "pension office (at discharge)",
    "居保中心（满16周岁纳入）": "pension office (at 16)", "居保中心（毕业复核）": "pension office (at graduation)",
    "镇社保所（动员参保）": "town office (invites)", "居保中心（逐人说明）": "pension office (explains one by one)",
    "镇社保所核实": "town office finds out", "应发": "due", "已发": "paid", "个人账户": "account",
}  # fmt: skip
STORY = {
    "名册进来：先检查，再入库": "Rosters come in: checked first, then loaded",
    "应保尽保：人人都在一个格子里": "Coverage: everybody in one box",
    "入口：政府代缴": "The entry: contributions paid by the treasury",
    "出口：发放、报盘、回盘": "The exit: payroll, files to the bank, its answers",
    "调待：2019年3月公布，1月起每月148元": "The rise: announced in March 2019, 148 yuan a month from January",
    "1月死亡、3月才知道：追回": "A death of January known in March: recovery",
    "退出建档立卡、签放弃、撤回放弃": "Out of poverty, a waiver, its withdrawal", "证明": "The proof",
    "1—11月": "January to November", "全年": "the whole year", "生成虚构的县 …": "making up the county …",
    "期初登记：读取并入库 …": "opening register: reading and loading …", "核对全部恒等式 …": "checking all identities …",
    "代缴批次 …": "the run of contributions …", "请拨单和花名册 …": "the papers of the run …", "个人账户记账 …": "booking the accounts …",
    "推算、复核、记账 …": "deriving, approving, booking …", "支付批次 …": "the payment …", "银行处理 …": "the bank is at work …",
    "回盘入账 …": "booking the answers …", "证明：全部成立。一人不漏，一分不差。": "The proof: all hold. Nobody is lost, no fen is wrong.",
    "证明：不成立，见上。": "The proof: it does not hold, see above.", "（无）": "(none)",
}  # fmt: skip
_OF_INTEREST = {
    "月积数法（入账次月起息）": "month products from the month after the credit",
    "月积数法（入账当月起息）": "month products from the month of the credit", "按实际天数（365天）": "actual days (365)",
    "年度计算法（系数）": "yearly, by a factor", "入账当年不计息": "none in the year of the credit",
    "估算：当年缴费计满一年": "estimate: a full first year",
    "期初与当年分别四舍五入到分": "opening and year rounded apart to the fen",
    "期初与当年合计后四舍五入到分": "opening and year rounded together to the fen", "分": "fen", "角": "jiao",
}  # fmt: skip
_OF_STATEMENTS = {
    "recognise": "due", "contribute": "contribution credited", "instruct": "payment", "bank_return": "returned by the bank",
    "reclass_to_recover": "to recover", "set_off": "set off", "write_off": "written off", "repay": "paid back",
    "claim_restored": "write-off reversed", "write_off_withdrawn": "write-off withdrawn",
    "opening_recognised": "due before the opening", "opening_disbursed": "paid before the opening",
    "opening_accounts": "accounts at the opening",
}  # fmt: skip


def plain(key: object) -> str:
    """``base_pension`` → ``base pension``."""
    return str(key).replace("_", " ")


@cache
def words() -> dict[str, str]:
    """Chinese → English: headings, words, and what the program's own tables call their rows."""
    return _of_the_law() | _of_the_books() | HEADINGS | WORDS | PROGRESS | OWNERS | STORY | _OF_INTEREST


def _of_the_law() -> dict[str, str]:
    """Boxes, criteria, categories, ways, reasons of rows and holds, items and money sources."""
    from yingbao.formats.rosters import KINDS, REASONS  # noqa: PLC0415 - only where somebody asked for English
    from yingbao.ledger.chart import load_chart  # noqa: PLC0415
    from yingbao.policy.parameter import Status  # noqa: PLC0415
    from yingbao.reports.words import in_law  # noqa: PLC0415
    from yingbao.rules import holds  # noqa: PLC0415
    from yingbao.rules.boxes import BOXES  # noqa: PLC0415
    from yingbao.rules.certificates import WAY_ZH  # noqa: PLC0415
    from yingbao.rules.criterion import REGISTRY, filled  # noqa: PLC0415
    from yingbao.rules.endings import REASON_ZH  # noqa: PLC0415
    from yingbao.rules.funding import Level  # noqa: PLC0415
    from yingbao.values.facts import Category  # noqa: PLC0415
    from yingbao.values.purpose import Bucket, Item  # noqa: PLC0415

    found = {one.zh: one.en for one in load_chart().accounts.values()} | {one.zh: one.en for one in BOXES}
    found |= {one.zh: one.en for one in REASONS.values()}
    pairs = [pair for one in REGISTRY.values() for pair in ((one.zh, one.en), (one.fails_zh, one.fails_en))]
    found |= {filled(zh, in_law): filled(en, in_law) for zh, en in pairs}
    found |= {one.zh: plain(name) for name, one in KINDS.items()}
    found |= {one.zh: plain(one.key) for one in (*Category, *Item, *Bucket)}
    found |= {zh: plain(key) for key, zh in (*WAY_ZH.items(), *holds.REASONS.items(), *REASON_ZH.items())}
    return found | {one.zh: plain(one.name.lower()) for one in Level} | {one.zh: one.value for one in Status}


def _of_the_books() -> dict[str, str]:
    """Acts, states and kinds of runs, kinds of facts, lines of statements, states of payments and certificates."""
    store.setup()  # a command that opens no store speaks English too
    from yingbao.acts.act import ROLE_ZH  # noqa: PLC0415
    from yingbao.acts.transitions import KIND_ZH, STATE_ZH  # noqa: PLC0415
    from yingbao.acts.verbs import VERB_EN, VERB_ZH  # noqa: PLC0415
    from yingbao.reports import certificates, contribution_list, disregard, match_queue, person_facts, statements  # noqa: PLC0415

    tables = (
        STATE_ZH, KIND_ZH, {role.value: zh for role, zh in ROLE_ZH.items()}, certificates.STATES, contribution_list.STATE_ZH,
        disregard.OUTCOME_ZH, match_queue.LEVEL_ZH, statements.OUTCOME_ZH,
        {kind.key: zh for kind, zh in person_facts.KIND_ZH.items()},
    )  # fmt: skip
    found = {zh: VERB_EN[verb] for verb, zh in VERB_ZH.items()}
    found |= {str(zh): plain(key) for table in tables for key, zh in table.items()}  # last: a heading may read as an act does
    return found | {zh: _OF_STATEMENTS.get(kind, plain(kind)) for kind, zh in statements.KIND_ZH.items()}
