"""The one table of what may happen to a run, and by which step."""

from __future__ import annotations

from yingbao.acts.errors import WrongState
from yingbao.store.models import Run

# state → step → next state
TRANSITIONS: dict[str, dict[str, str]] = {
    "draft": {"submit": "submitted", "void": "void"},
    "submitted": {"approve": "approved", "void": "void"},
    "approved": {"post": "posted", "void": "void"},
    "posted": {"instruct": "instructed"},
    "instructed": {"settle": "settled"},
    "settled": {},
    "void": {},
}

STATE_ZH = {
    "draft": "拟定", "submitted": "已提交", "approved": "已复核", "posted": "已记账",
    "instructed": "已报盘", "settled": "已结清", "void": "已作废",
}  # fmt: skip
STEP_ZH = {"submit": "提交", "approve": "复核", "post": "记账", "instruct": "报盘", "settle": "结清", "void": "作废"}
KIND_ZH = {
    "proxy": "政府代缴", "payroll": "养老金发放", "disbursement": "资金支付", "account": "个人账户记账", "write_off": "核销",
}  # fmt: skip


def next_state(run: Run, step: str) -> str:
    """The state after a step. Raises WrongState."""
    found = TRANSITIONS[run.state].get(step)
    if found is None or (step == "instruct" and run.kind != "disbursement"):
        raise WrongState(run=run.pk, state=STATE_ZH[run.state], step=STEP_ZH[step])
    return found


def move(run: Run, step: str) -> None:
    """Take a step and keep it."""
    run.state = next_state(run, step)
    run.save()
