"""The lines of the screen in English. ``{}`` stands for what is filled in, in the same order in both."""

from __future__ import annotations

SENTENCES = {
    # people and facts
    "{} 的编号是 #{}。": "{} has number #{}.",
    "#{} 的事实": "Facts of #{}",
    "#{} 的出生日期更正为 {}；应发由下一批次自动调整。": "The birth date of #{} is now {}; the next run adjusts what is due.",
    "#{} 的银行账号已登记，下一支付批次补发。": "The bank account of #{} is recorded; the next payment carries what waits.",
    "#{}：已登记 {}，自 {}（事实 {}）。": "#{}: {} recorded from {} (fact {}).",
    "事实 {} 至 {} 为止。": "Fact {} ends on {}.",
    "事实 {} 已撤销。": "Fact {} is withdrawn.",
    # accounts
    "{} 的个人账户（{}）": "Individual account of {} ({})",
    "合计 {} 元。计息：{}": "Total {} yuan. Interest: {}",
    "{}（编号 {}，身份证号 {}）{} 年个人账户，截至 {}": "{} (number {}, ID {}): individual account of {}, through {}",
    "{} {}（{}） {} 元，{}（{}）": "{} {} ({}) {} yuan, {} ({})",
    "{}（{}） {} 元，{}（{}）": "{} ({}) {} yuan, {} ({})",
    "待记账：{}（{}） {} 元": "to be credited: {} ({}) {} yuan",
    "年初余额 {} 元：{}": "Opening balance {} yuan: {}",
    "期末余额 {} 元：{}": "Closing balance {} yuan: {}",
    "计息：{}": "Interest: {}",
    "年利率 {}，{}，{}": "{} a year, {}, {}",
    "{} 起停止计息": "no interest from {}",
    "批次 {}": "run {}",
    "{}（编号 {}，身份证号 {}）对账单，截至 {}": "{} (number {}, ID {}): statement, as of {}",
    "{} {} {} {} {} 元，{}（{}；{}；{}）": "{} {} {} {} {} yuan, {} ({}; {}; {})",
    "{} {} {} {} {} 元（{}；{}；{}）": "{} {} {} {} {} yuan ({}; {}; {})",
    "批次 {}，银行文件 {} 第 {} 笔": "run {}, bank file {} line {}",
    "期初登记 {}": "opening register {}",
    "凭证 {}": "voucher {}",
    ("每年缴 {} 元、补贴 {} 元，{} 年，年利率 {}：账户约 {} 元，除以 {}，每月约 {} 元（{}）。"
     "仅供估算：每次缴费当年按计满一年算，实际按各年公布的利率和结息方法。"): (
        "{} yuan a year and {} of subsidy for {} years at {}: an account of about {} yuan, by {} about {} yuan a month ({}). "
        "An estimate only: each payment bears a full first year; really each year's published rate and method count."),
    # awards
    "{} 至 {} 到龄": "Reaching the pension age {} to {}",
    "共 {} 人，资料齐全 {} 人。": "{} persons, {} with nothing missing.",
    "名单：{}": "List: {}",
    "共 {} 人：{}。由{}在 {} 前核实，用 yingbao person birth 登记。": (
        "{} persons: {}. To be found out by {} until {}; then yingbao person birth."),
    ("共 {} 人，其中 {} 人在困难群体名册上。由{}在 {} 前核实："
     "在的用 yingbao ending back，其余用 yingbao ending death、ending tell 或 transfer out 登记。"): (
        "{} persons, {} of them on a roster of the poor. To be found out by {} until {}: yingbao ending back for who is here, "
        "else yingbao ending death, ending tell or transfer out."),
    "这笔不能记入账户，将退还：{}。": "It cannot be credited and goes back: {}.",
    "读取 {} …": "reading {} …",
    "通知表 {} 张：{}": "{} notices: {}",
    "{} 在这几个月没有到龄的人。": "Nobody of {} reaches the age in these months.",
    "{}（编号 {}）自 {} 起领取，{} 共 {} 元：": "{} (number {}) draws a pension from {}; {} in all {} yuan:",
    "基础养老金{} {} 元": "Base pension: {} {} yuan",
    "{} {} 元：{}": "{} {} yuan: {}",
    "计算表：{}": "Calculation sheet: {}",
    "合计 {} 人 {} 元；其中基础养老金{}": "In all {} persons, {} yuan; base pensions borne by: {}",
    "差 {} 年，按最低档 {} 元": "{} years short, {} yuan at the lowest tier",
    "差 {} 年，金额按当年档次": "{} years short, at the tier of the year",
    # rosters
    "有的列沿用以前的对照：{}。": "Some columns are read as before: {}.",
    "{}：{}（{}） {}": "{}: {} ({}) {}",
    "行：读入 {} = 可入库 {} + 退回 {} + 忽略 {}": "rows: read {} = to store {} + rejected {} + ignored {}",
    "人次：读入 {} = 可入库 {} + 退回 {} + 忽略 {}": "persons: read {} = to store {} + rejected {} + ignored {}",
    "{}：读入 {} = 可入库 {} + 退回 {} + 忽略 {}": "{}: read {} = to store {} + rejected {} + ignored {}",
    "整份不能入库：{}": "refused as a whole: {}",
    "请核对：{}": "please check: {}",
    "退回的行（前 {} 条，共 {} 条）": "Rejected rows (first {} of {})",
    "表“{}”的列：{}；没有用：{}": "columns of sheet '{}': {}; not used: {}",
    "表“{}”的列：{}": "columns of sheet '{}': {}",
    "表“{}”有隐藏的行 {} 行、列 {} 列。": "sheet '{}' hides {} rows and {} columns.",
    "退回的行已写到 {}。改好后直接再次入库。": "Rejected rows are in {}. Mend them and load the file again.",
    "退回的行已写到 {}。改好后直接再来。": "Refused rows are in {}. Mend them and come again with that file.",
    "{} 以前已入库（文件 {}），内容完全相同，没有任何变化。": "{} was loaded before (file {}), with the same content: nothing changed.",
    "{} 已入库（{}）：读入 {} = 入库 {} + 退回 {} + 待比对 {} + 忽略 {}": (
        "{} is loaded ({}): read {} = stored {} + rejected {} + to match {} + ignored {}"),
    "内容与 {} 的名册逐字相同：在册的人全部算作延续。若部门误发了旧文件，请换成本月的再入库。": (
        "Letter for letter the roster of {}: everybody counts as staying. If an old file was sent by mistake, load this month's."),
    "新增 {}，延续 {}，退出 {}，变化 {}；新登记人员 {}，待比对 {}": (
        "joined {}, stayed {}, left {}, changed {}; new people {}, to match {}"),
    "期初已建立：读入 {} = 入库 {} + 退回 {} + 忽略 {}；从 {} 起记账。": (
        "The opening is made: read {} = stored {} + rejected {} + ignored {}; the books begin in {}."),
    "待比对 {} 条": "{} records to match",
    "{} 表“{}” 第 {} 行": "{} sheet '{}' row {}",
    "#{} {} {}分 {}": "#{} {} score {} {}",
    "待比对 {}：认定为 #{}。": "Case {}: it is #{}.",
    "待比对 {}：不是候选人，登记为新人 #{}。": "Case {}: none of the candidates; registered as #{}.",
    "待比对 {}：不是候选人，号码已属他人，退回提供单位。": "Case {}: none of them; the ID number is another's, so the row goes back.",
    "待比对 {}：决定已撤销，重新待办。": "Case {}: the decision is taken back; it waits again.",
    # runs, money, bank
    "批次 {} 已拟定：{} 人、{} 笔；{}。指纹 {}": "Run {} is drafted: {} persons, {} lines; {}. Hash {}",
    "{} {} 人 {} 元": "{} {} persons {} yuan",
    "批次 {}：{}（{} 笔，{} 元）。": "Run {}: {} ({} lines, {} yuan).",
    "批次 {} 已作废。": "Run {} is void.",
    "{}：{} 笔 {} 元": "{}: {} payments, {} yuan",
    "批次 {}：到账 {} 元，凭证 {}。": "Run {}: {} yuan arrived, voucher {}.",
    "财政专户到账 {} 元。": "{} yuan arrived at the special account.",
    "已划到支出户 {} 元。": "{} yuan drawn to the payout account.",
    "已划转财政专户 {} 元。": "{} yuan moved to the special account.",
    "凭证 {} 以前已经入账，没有再记。": "Voucher {} was booked before; nothing was booked now.",
    "#{} 追回 {} 元。": "#{} paid back {} yuan.",
    "已收 {} = 已记账 {} + 已退还 {} + 待记账 {}（元）": "collected {} = credited {} + returned {} + to be credited {} (yuan)",
    "缴费补贴到账 {} 元，凭证 {}。": "{} yuan of subsidy arrived, voucher {}.",
    "#{} {} 年 {} 元（{}）：{}。": "#{} {}: {} yuan ({}): {}.",
    "{} 以前已入账，内容完全相同，没有任何变化。": "{} was booked before, with the same content: nothing changed.",
    "批次文件 {}：{}；到账 {} 元，退回 {} 元。": "Batch file {}: {}; settled {} yuan, returned {} yuan.",
    "“已发”已重新汇总为 {} 步。": "What has been done is summed up again: {} steps.",
    "{} 年度截至 {} 已代缴 {} 人 {} 元（按记账日期）。": "For {} by {}: {} persons proxied, {} yuan (by the day of booking).",
    # endings, recoveries, transfers
    "#{} 于 {} 死亡，已登记（事实 {}）。": "#{} died on {}: recorded (fact {}).",
    "#{} 的居保关系自 {} 终止（事实 {}），余额在次月批次退还。": (
        "The relation of #{} ends on {} (fact {}); the balance is refunded in the next month's run."),
    "#{} 自 {} 起重复领取，居保关系终止（事实 {}）。": "#{} draws two pensions from {}: the relation ends (fact {}).",
    "#{} 自 {} 起回到居保，事实 {} 到前一日为止。": "#{} is back from {}; fact {} ends the day before.",
    "#{} 的款项付给 {}（事实 {}）。": "What is owed to #{} goes to {} (fact {}).",
    "死亡终止试算（元）": "Deaths tried (yuan)",
    "第 {} 行没有试算：{}": "Row {} was not tried: {}",
    "{} 表“{}” 第 {} 行没有试算：{}": "{} sheet '{}' row {} was not tried: {}",
    "试算 {} 人，{} 行不能试算。没有写入任何数据。": "{} persons tried, {} rows could not be. Nothing was written.",
    "人员编号“{}”不是数字": "the number '{}' is no number",
    "死亡日期“{}”读不懂": "the day of death '{}' cannot be read",
    "{} 人，共 {} 元。": "{} persons, {} yuan in all.",
    "#{} 应退还 {} 元，通知书 {}：{}。": "#{} is to pay back {} yuan, letter {}: {}.",
    "#{} 请协助抵扣 {} 元，函号 {}：{}。": "#{}: the other office is asked to set off {} yuan, letter {}: {}.",
    "#{} 请协助抵扣 {} 元，函号 {}。": "#{}: the other office is asked to set off {} yuan, letter {}.",
    "#{} 应退还 {} 元，通知书 {}。": "#{} is to pay back {} yuan, letter {}.",
    "#{} 自 {} 起每月抵扣 {} 元（事实 {}）。": "#{}: from {} on {} yuan a month are set off (fact {}).",
    "#{} 拟核销 {} 元（事实 {}）。请拟定核销批次：yingbao run draft write_off。": (
        "#{}: {} yuan proposed to be written off (fact {}). Now draft the run: yingbao run draft write_off."),
    "#{} 自 {} 转出（事实 {}），账户余额在次月批次转移。": "#{} moves away on {} (fact {}); the account goes in the next month's run.",
    "已写 {}。": "Written: {}.",
    "#{} 转入已登记：{} 条事实。资金到账后入收入户，账户批次记入个人账户。": (
        "#{}: the transfer in is recorded, {} facts. The money goes to the income account; the account run credits it."),
    # certificates, waivers, income
    "#{} 已认证（{}，事实 {}）。": "#{} is certified ({}, fact {}).",
    "{}：读入 {} 行 = 登记 {} + 退回 {} + 忽略 {}。{}": "{}: read {} rows = recorded {} + rejected {} + ignored {}. {}",
    "{}：读入 {} 行 = 登记 {} + 退回 {} + 忽略 {}。": "{}: read {} rows = recorded {} + rejected {} + ignored {}.",
    "（同一文件已经读入过，没有再登记）": "(the same file was read before; nothing was recorded again)",
    "{}：读入 {} = 入库 {} + 退回 {} + 忽略 {} + 待比对 {}（以前已入库，没有变化）": (
        "{}: read {} = stored {} + rejected {} + ignored {} + to match {} (loaded before, nothing changed)"),
    "{}：读入 {} = 入库 {} + 退回 {} + 忽略 {} + 待比对 {}": "{}: read {} = stored {} + rejected {} + ignored {} + to match {}",
    "{} 天内到期或已过期（{}）": "Certificates that end within {} days or have ended ({})",
    "认证进度（{}，在领 {} 人）": "Progress of certification ({}, {} in payment)",
    "#{} 登记为疑似死亡（事实 {}），钱先不走；请核实后 confirm-death 或 clear。": (
        "#{}: suspected dead (fact {}); the money waits. Find out, then confirm-death or clear."),
    "#{} 已于 {} 死亡（事实 {}）；次月起不再应发，多发的由下一批次转追回。": (
        "#{} died on {} (fact {}); nothing is due from the next month on, and the next run asks back what was overpaid."),
    "#{} 仍在世（事实 {}），等着的钱随下一支付批次发出。": "#{} lives (fact {}); what waited goes out with the next payment.",
    "已写出 {}（劝导文本 {}）。": "Written: {} (text {}).",
    "已写出 {}": "Written: {}",
    "#{} 的放弃意向书已登记（事实 {}，劝导文本 {}），可随时撤回。": (
        "The waiver of #{} is recorded (fact {}, text {}); it can be taken back at any time."),
    "放弃意向书（事实 {}）已撤回。": "The waiver (fact {}) is taken back.",
    "领养老金以后退出低保（{} 人）": "Left the allowance after the first pension ({} persons)",
    "只因养老金退出的 {} 人（应为 0）；没有收入资料的 {} 人。": (
        "{} left by the pension alone (must be 0); of {} there are no incomes."),
    # years, checks, exports, law, cases, replay
    "{} 基金收支（按记账日期）": "{}: income and expense of the fund (by day of booking)",
    "{} 个人账户（按所属年度）": "{}: individual accounts (by the year they are for)",
    "{} 应保尽保": "{}: coverage",
    "{} 年度特殊身份": "{}: special identities",
    "{} 年度已提请关账，数字指纹 {}。请另一位复核人员办理 yingbao year close {}。": (
        "The closing of {} is proposed, figures {}. Another officer now does: yingbao year close {}."),
    "{} 年度已关闭，数字指纹 {}。该年月份的新差额记入 {} 年。": (
        "The year {} is closed, figures {}. Its later differences are booked in {}."),
    "已写到 {}，说明在 {}。": "Written to {}; its notes are in {}.",
    "已写到 {}。": "Written to {}.",
    "{}：{}（{} 至 {}，{}）": "{}: {} ({} to {}, {})",
    "依据：{} {}：{}": "source: {} {}: {}",
    "{} {}：{}；{}": "{} {}: {}; {}",
    "{} {} 归类：{}": "{} {}: in box {}",
    "账户 {} 元": "account {} yuan",
    "差异：{}": "difference: {}",
    "批次 {}（{} {}）指纹 {}": "Run {} ({} {}) hash {}",
    "所知日期 {}，办理序号 {}": "known on {}, act {}",
    "政策版本 {}（未留存），程序 {}": "law {} (not kept), program {}",
    "政策版本 {}，程序 {}": "law {}, program {}",
    "事实 {}：{} 条 {}": "facts {}: {}, {}",
    "文件 {} {}": "file {} {}",
    "批次 {}：重做结果与当时逐字节相同。": "Run {}: made again, the same byte for byte.",
    "批次 {}：重做结果与当时不同。": "Run {}: made again, it differs.",
    "现行政策推算与账面相差 {} 元（{} 处尚未入账或已变动）。": (
        "The law in force and the books differ by {} yuan ({} places not booked yet, or moved)."),
    "不预测死亡：按已知的人员推算，没有告知的死亡、迁移、名册变动都没有计入，越往后越偏高；到龄自动计入；镇按现在的登记。": (
        "No deaths are foreseen: deaths, moves and changes of rosters that were not told are left out, so later months are too high; "
        "who reaches the age is in; towns are those of now."),
    "账面的养老金记到 {}，以后的月份不比较。": "Pensions are booked to {}; later months are not compared.",
    "这些月份账面还没有记养老金，不比较。": "No pensions of these months are booked; nothing is compared.",
    "不预测今后的缴费：缴费年限和个人账户按已入账的算，今后到龄的人可能因此少算。": (
        "No contributions to come are foreseen: years and accounts are those booked, so who reaches the age later may count for less."),
    "假设：下列 {} 个参数核对截止后沿用最后一个值，只作测算，不能据此办理：{}。": (
        "Assumed: past their last checked month the last values of these {} parameters go on, for this what-if only: {}."),
    "{}（参数 {}，核对至 {}）": "{1} (checked to {2})", "{}（参数 {}）": "{1}",
    "方案改的 {}，在 {} 以后才起作用，这里看不到。": "What the reform sets of {} begins after {} and is not seen here.",
    "方案改的 {}，推算应发时没有用到：它不决定应发多少，或决定它是否施行的参数没有开启。": (
        "What the reform sets of {} was not asked for: it does not decide what is due, or what would put it in force is not on."),
    "{} 起现行政策尚未核对（{}），该月起只列方案，不列现行和差额。": (
        "From {} the law in force is not checked ({}): from then on only the reform is shown, without the present and the difference."),
    "{} 年度还没有代缴批次，按年末在册人员假设，不与账面比较。": (
        "There is no run of contributions for {} yet: the people on the rosters at the end of the year are assumed, and not compared."),
    "统筹区 {} {} 已建立；系统管理员：{}。下一步：yingbao officer add。": (
        "Pool {} {} is founded; administrator: {}. Next: yingbao officer add."),
    "统筹区 {} 从 {} 起记账。": "The books of pool {} begin in {}.",
    "已登记 {}（{}）：{}。": "Registered {} ({}): {}.",
    "{}（{}）已离岗。": "{} ({}) has left.",
    # the story of the demonstration
    "虚构的县：{} 人，{} 份文件在 {}（{} 秒）": "A made-up county: {} people, {} files in {} ({} s)",
    "【{}】{}": "[{}] {}",
    "用时 {} 秒，{}。数据库和文件都在 {}。": "It took {} s, {}. Database and files are in {}.",
    "内存峰值 {} GB（主进程 {}，读库进程 {}）": "at most {} GB of memory (program {}, its reader {})",
    "{} 期初登记：读入 {} = 入库 {} + 退回 {} + 忽略 {}；与 {} 个控制数相符，2018-12 起记账": (
        "{} opening register: read {} = stored {} + rejected {} + ignored {}; as {} control totals say, the books begin in 2018-12"),
    "{} {} 签署放弃意向书（已劝导，次月生效，可撤回）": "{} {} signs a waiver (counselled, from the next month, can be taken back)",
    "{} {} 撤回放弃意向书（次月生效）": "{} {} takes the waiver back (from the next month)",
    "{} 公布：基础养老金自 2019-01 起每月 148 元（政策参数带公布日期，此前推算仍用 135 元）": (
        "{} announced: the base pension is 148 yuan a month from 2019-01 (dated in the law: what was derived before used 135)"),
    "{} 政府代缴 {} 年度，认定日 {}": "{} contributions of {} paid by the treasury, as of {}",
    "请拨 {} 人 × 100 元 = {} 元（{}），资金到账后已记入个人账户": (
        "asked for: {0} persons times 100 yuan = {1} yuan; credited to the accounts when the money had arrived"),
    "已代缴 {}（至 {}）：{} 人，{} 元": "contributed in {} (by {}): {} persons, {} yuan",
    "{} 个人账户 {} 年度：缴费补贴、结息、账户支出": "{} individual accounts of {}: subsidies, interest, what pensions took out",
    "{} 养老金 {}": "{} pensions of {}",
    "银行文件 {}：{} 笔 {} 元": "bank file {}: {} payments, {} yuan",
    "{}：同一文件再来一次，没有任何变化": "{}: the same file again, nothing changed",
    "{} 回盘 {}：到账 {}，可修正 {}，勿重发 {}，未知 {}（不重发，等银行答复）": (
        "{} the bank's answer to {}: settled {}, curable {}, do not resend {}, unknown {} (not resent, the bank is asked)"),
    "账户被退 {} 人，已登记新账户 {} 人：下一批自动补发这 {} 人": (
        "{} accounts were refused, {} new ones are recorded: the next payment carries these {}"),
    # how amounts come about
    "{} 的标准": "the rate of {}",
    "按期初登记的金额": "as the opening register states",
    "个人账户累计存储额 {} 元 ÷ {}，{}": "account of {} yuan divided by {}, {}",
    "已满{}周岁的一档，每月 {} 元": "the bracket from age {}, {} yuan a month",
    "{} 个月 × {} 的基础养老金 {} 元": "{} months times the base pension of {}, {} yuan",
    "定额 {} 元": "fixed, {} yuan",
    "缴费 {} 年，超过 {} 年的有 {} 年；基础养老金 {} 元 × {}% × {}，{}": (
        "paid {} years, beyond {} years {}; base pension {} yuan times {}% times {}, {}"),
    "缴费 {} 年（补缴的不算），超过 {} 年的有 {} 年；基础养老金 {} 元 × {}% × {}，{}": (
        "paid {} years without made-up ones, beyond {} years {}; base pension {} yuan times {}% times {}, {}"),
    "{} 第 {} 行": "{} row {}",
    "每月 {} 元": "{} yuan a month",
    "基础养老金 每月 {} 元": "base pension {} yuan a month",
    "{}元": "{} yuan",
    "{} 每月 {} 元": "{} {} yuan a month",
    "期初：按旧系统{}": "opening: {} as the old system has it",
    "各项四舍五入到{}": "each item rounded half up to the {}",
    "合计四舍五入到{}": "the total rounded half up to the {}",
    "各项舍去不足{}": "each item rounded down to the {}",
    "合计舍去不足{}": "the total rounded down to the {}",
    "各项不足进为{}": "each item rounded up to the {}",
    "合计不足进为{}": "the total rounded up to the {}",
    # what stands inside others
    "{} 人": "{} persons",
    "{} 笔": "{} payments",
    "{} 元": "{} yuan",
    "{} 年": "{} years",
    "{}（{}年度）": "{} (year {})",
    "{}（{}）": "{} ({})",
    "{}：{}": "{}: {}",
}  # fmt: skip
