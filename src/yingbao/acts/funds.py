"""Money of the office: from the treasury into the special account, and on to the payout account."""

from __future__ import annotations

from yingbao.acts.act import Act, Role, act
from yingbao.acts.runs import find
from yingbao.store import journal
from yingbao.values.money import Fen, bounded


@act("funds.proxy_arrived", needs=Role.FINANCE)
def proxy_arrived(act: Act, run_id: int, fen: Fen, voucher: str) -> int:
    """Contribution money has arrived for a run, on a voucher of the treasury."""
    run = find(act.pool, run_id)
    entry = journal.move_money("proxy_money_arrived", bounded(fen), pool=act.pool, run_id=run.pk, on=act.on,
                               act_seq=act.seq, reason=f"代缴资金到账，凭证 {voucher}")  # fmt: skip
    act.about(f"run {run.pk}", fen=fen, voucher=voucher, entry=entry)
    return entry


@act("funds.benefit_arrived", needs=Role.FINANCE)
def benefit_arrived(act: Act, fen: Fen, voucher: str) -> int:
    """Subsidies for the pensions have arrived in the special account."""
    entry = journal.move_money("benefit_money_arrived", bounded(fen), pool=act.pool, run_id=None, on=act.on,
                               act_seq=act.seq, reason=f"养老金补贴到账，凭证 {voucher}")  # fmt: skip
    act.about("special account", fen=fen, voucher=voucher, entry=entry)
    return entry


@act("funds.draw", needs=Role.FINANCE)
def draw(act: Act, fen: Fen, voucher: str) -> int:
    """Draw from the special account to the payout account, three working days before payday."""
    entry = journal.move_money("draw", bounded(fen), pool=act.pool, run_id=None, on=act.on, act_seq=act.seq,
                               reason=f"用款，凭证 {voucher}")  # fmt: skip
    act.about("payout account", fen=fen, voucher=voucher, entry=entry)
    return entry
