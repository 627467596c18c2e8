"""What each act and what it is about is called on screens."""

from __future__ import annotations

VERB_ZH = {
    "pool.found": "建立统筹区", "pool.open": "确定建账月", "officer.add": "登记经办人员", "officer.end": "经办人员离岗",
    "opening.load": "期初登记入库", "roster.load": "名册入库",
    "match.accept": "比对：认定为本人", "match.reject": "比对：不是本人", "match.undo": "比对：撤销答复",
    "person.add": "登记人员", "person.correct_birth": "更正出生日期", "person.bank_account": "登记银行账号",
    "fact.tell": "登记事实", "fact.end": "终止事实", "fact.withdraw": "撤销事实",
    "waiver.sign": "登记放弃意向书", "waiver.withdraw": "撤回放弃",
    "certificate.record": "登记资格认证", "certificate.load": "认证结果入库",
    "death.suspect": "登记疑似死亡", "death.confirm": "核实死亡", "death.clear": "核实在世",
    "contribution.record": "登记缴费", "contribution.load": "缴费明细入库",
    "run.draft_payroll": "拟定养老金批次", "run.draft_proxy": "拟定代缴批次", "run.draft_account": "拟定个人账户批次",
    "run.draft_disbursement": "拟定支付批次", "run.draft_write_off": "拟定核销批次",
    "run.submit": "提交批次", "run.approve": "复核批次", "run.post": "批次记账", "run.void": "作废批次", "run.instruct": "报盘",
    "bank.take_return": "回盘入账",
    "funds.proxy_arrived": "代缴资金到账", "funds.benefit_arrived": "养老金补贴到账", "funds.subsidy_arrived": "缴费补贴到账",
    "funds.draw": "划到支出户", "funds.swept": "收入户划转专户",
    "ending.tell": "登记关系终止", "ending.double_receipt": "登记重复领取", "ending.come_back": "登记恢复参保",
    "ending.payee": "登记收款人账户",
    "recovery.notice": "登记退还通知", "recovery.plan": "登记还款协议", "recovery.receive": "追回到账", "recovery.write_off": "提请核销",
    "transfer.out": "转出", "transfer.take_in": "转入", "ledger.compact": "汇总已记账",
    "year.propose": "提请关账", "year.close": "关账",
}  # fmt: skip
VERB_EN = {
    "pool.found": "found a pool", "pool.open": "fix the month the books begin", "officer.add": "add an officer",
    "officer.end": "an officer leaves",
    "opening.load": "load the opening register", "roster.load": "load a roster", "match.accept": "match: it is that person",
    "match.reject": "match: it is not", "match.undo": "match: take an answer back", "person.add": "add a person",
    "person.correct_birth": "correct a birth date", "person.bank_account": "record a bank account", "fact.tell": "tell a fact",
    "fact.end": "end a fact", "fact.withdraw": "withdraw a fact", "waiver.sign": "record a signed waiver",
    "waiver.withdraw": "take a waiver back", "certificate.record": "record a certificate of life",
    "certificate.load": "load certificates of life", "death.suspect": "record a suspected death",
    "death.confirm": "confirm a death", "death.clear": "confirm that a person lives",
    "contribution.record": "record a contribution", "contribution.load": "load contributions",
    "run.draft_payroll": "draft a payroll", "run.draft_proxy": "draft proxy contributions",
    "run.draft_account": "draft the accounts", "run.draft_disbursement": "draft payments",
    "run.draft_write_off": "draft a write-off", "run.submit": "submit a run", "run.approve": "approve a run",
    "run.post": "post a run", "run.void": "void a run", "run.instruct": "write bank files",
    "bank.take_return": "take a bank's return file", "funds.proxy_arrived": "proxy money arrived",
    "funds.benefit_arrived": "pension money arrived", "funds.subsidy_arrived": "contribution subsidies arrived",
    "funds.draw": "draw to the payout account", "funds.swept": "sweep the income account",
    "ending.tell": "record the end of a relation", "ending.double_receipt": "record a double receipt",
    "ending.come_back": "record a return to the scheme", "ending.payee": "record the account of a payee",
    "recovery.notice": "record a recovery notice", "recovery.plan": "record an instalment plan",
    "recovery.receive": "recovered money arrived", "recovery.write_off": "propose a write-off", "transfer.out": "transfer out",
    "transfer.take_in": "transfer in", "ledger.compact": "compact what is done", "year.propose": "propose to close a year",
    "year.close": "close a year",
}  # fmt: skip
_SUBJECT_ZH = {
    "run": "批次", "person": "人员", "batch": "银行文件", "case": "比对事项", "file": "来源文件", "officer": "经办人员", "year": "年度",
}  # fmt: skip
_WHOLE_ZH = {"opening": "期初", "done": "已记账", "special account": "财政专户", "payout account": "支出户"}


def subject_zh(subject: str) -> str:
    """``run 3`` → 批次 3."""
    word, _, number = subject.partition(" ")
    return _WHOLE_ZH.get(subject) or f"{_SUBJECT_ZH.get(word, word)} {number}".strip()
