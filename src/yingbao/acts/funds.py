"""Money of the office: from the treasury into the special account, and on to the payout account."""

from __future__ import annotations

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import VoucherUsed
from yingbao.acts.runs import find
from yingbao.store import journal
from yingbao.values.money import Fen, bounded, yuan


def _book(act: Act, name: str, fen: Fen, reason: str, voucher: str, run_id: int | None = None) -> int:
    """Book a move of money once: the same voucher again has no effect. Raises VoucherUsed for another amount."""
    known = journal.booked_before(act.pool, name, reason, run_id)
    if known is None:
        entry = journal.move_money(name, bounded(fen), pool=act.pool, run_id=run_id, on=act.on, act_seq=act.seq,
                                   reason=reason)  # fmt: skip
        act.about(f"run {run_id}" if run_id else _ACCOUNT[name], fen=fen, voucher=voucher, entry=entry)
        return entry
    entry, before = known
    if before != fen:
        raise VoucherUsed(voucher=voucher, before=yuan(before), fen=yuan(fen))
    act.nothing_done()
    return entry


_ACCOUNT = {"benefit_money_arrived": "special account", "draw": "payout account"}


@act("funds.proxy_arrived", needs=Role.FINANCE)
def proxy_arrived(act: Act, run_id: int, fen: Fen, voucher: str) -> int:
    """Contribution money has arrived for a run, on a voucher of the treasury."""
    run = find(act.pool, run_id)
    return _book(act, "proxy_money_arrived", fen, f"代缴资金到账，凭证 {voucher}", voucher, run.pk)


@act("funds.benefit_arrived", needs=Role.FINANCE)
def benefit_arrived(act: Act, fen: Fen, voucher: str) -> int:
    """Subsidies for the pensions have arrived in the special account."""
    return _book(act, "benefit_money_arrived", fen, f"养老金补贴到账，凭证 {voucher}", voucher)


@act("funds.draw", needs=Role.FINANCE)
def draw(act: Act, fen: Fen, voucher: str) -> int:
    """Draw from the special account to the payout account, three working days before payday."""
    return _book(act, "draw", fen, f"用款，凭证 {voucher}", voucher)
