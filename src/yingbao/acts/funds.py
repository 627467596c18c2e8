"""Money of the office: from the treasury into the special account, and on to the payout account."""

from __future__ import annotations

from dataclasses import dataclass

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import UnknownLevel, VoucherUsed
from yingbao.acts.runs import find
from yingbao.store import journal
from yingbao.values.money import Fen, bounded, yuan


@dataclass(frozen=True)
class Booked:
    """The entry of a voucher. ``repeated``: the voucher was booked before, nothing was done."""

    entry: int
    repeated: bool = False


def _book(act: Act, name: str, fen: Fen, reason: str, voucher: str, run_id: int | None = None) -> Booked:
    """Book a move of money once: the same voucher again has no effect. Raises VoucherUsed for another amount."""
    known = booked_before(act, name, fen, reason, voucher, run_id=run_id)
    if known is not None:
        return Booked(known, repeated=True)
    entry = journal.move_money(name, bounded(fen), pool=act.pool, run_id=run_id, on=act.on, act_seq=act.seq,
                               reason=reason)  # fmt: skip
    act.about(f"run {run_id}" if run_id else _ACCOUNT.get(name, "special account"), fen=fen, voucher=voucher, entry=entry)
    return Booked(entry)


def booked_before(
    act: Act, name: str, fen: Fen, reason: str, voucher: str, *, run_id: int | None = None, person_id: int | None = None
) -> int | None:
    """The entry of this very voucher (of a person's, if one is named): then the act has no effect. None if it is new.

    Vouchers are numbered by year: the number of a voucher of another year is another voucher.
    Raises VoucherUsed for another amount.
    """
    known = journal.booked_before(act.pool, name, reason, act.on.year, run_id, person_id)
    if known is None:
        return None
    entry, before = known
    if before != fen:
        raise VoucherUsed(voucher=voucher, before=yuan(before), fen=yuan(fen))
    act.nothing_done()
    return entry


_ACCOUNT = {"draw": "payout account"}
SUBSIDY_LEVELS = {"province": "省级", "city": "市级", "county": "县级"}


@act("funds.proxy_arrived", needs=Role.FINANCE)
def proxy_arrived(act: Act, run_id: int, fen: Fen, voucher: str) -> Booked:
    """Contribution money has arrived for a run, on a voucher of the treasury."""
    run = find(act.pool, run_id)
    return _book(act, "proxy_money_arrived", fen, f"代缴资金到账，凭证 {voucher}", voucher, run.pk)


@act("funds.benefit_arrived", needs=Role.FINANCE)
def benefit_arrived(act: Act, fen: Fen, voucher: str) -> Booked:
    """Subsidies for the pensions have arrived in the special account."""
    return _book(act, "benefit_money_arrived", fen, f"养老金补贴到账，凭证 {voucher}", voucher)


@act("funds.subsidy_arrived", needs=Role.FINANCE)
def subsidy_arrived(act: Act, level: str, fen: Fen, voucher: str) -> Booked:
    """Contribution subsidies of the province, the city or the county have arrived. Raises UnknownLevel."""
    if level not in SUBSIDY_LEVELS:
        raise UnknownLevel(level=level, known="、".join(SUBSIDY_LEVELS))
    return _book(act, f"subsidy_{level}_arrived", fen, f"{SUBSIDY_LEVELS[level]}缴费补贴到账，凭证 {voucher}", voucher)


@act("funds.swept", needs=Role.FINANCE)
def swept(act: Act, fen: Fen, voucher: str) -> Booked:
    """Collected contributions go from the income account to the special account."""
    return _book(act, "swept", fen, f"收入户划转财政专户，凭证 {voucher}", voucher)


@act("funds.draw", needs=Role.FINANCE)
def draw(act: Act, fen: Fen, voucher: str) -> Booked:
    """Draw from the special account to the payout account, three working days before payday."""
    return _book(act, "draw", fen, f"用款，凭证 {voucher}", voucher)
