"""The acts that move money: vouchers, recoveries, runs, the bank's answers, the closing of a year. See ``act_table``."""

from __future__ import annotations

from datetime import date
from typing import Any

from act_bases import BEFORE, DAY
from act_table import PEOPLE, PEOPLE_RIVALS, Told, Trial, before, maker
from world import POOL, World

from yingbao.acts import funds, ledger, payments, recoveries, runs, years
from yingbao.formats.bank import load_profile
from yingbao.reports.checks import run_checks
from yingbao.reports.year_end import year_end
from yingbao.store.models import Fact, Run
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text

MARCH = month_from_text("2019-03")
OWED = 15_500
EIGHT = 8  # processes at one moment, where money moves


def finance(world: World) -> Told:
    """The arguments of an act of the money of the day."""
    return world.by("finance", DAY)


def checker(world: World) -> Told:
    """The arguments of the second officer."""
    return world.by("checker", DAY)


# --- preparations: a run of a kind, up to a state


def draft(world: World, kind: str, on: date = DAY) -> Any:
    """Draft a run of a kind, as the office would in March 2019."""
    by = world.by("maker", on)
    return {
        "payroll": lambda: runs.draft_payroll(MARCH, **by), "disbursement": lambda: runs.draft_disbursement(MARCH, **by),
        "account": lambda: runs.draft_account(2018, **by), "proxy": lambda: runs.draft_proxy(2019, **by),
        "write_off": lambda: runs.draft_write_off(**by),
    }[kind]()  # fmt: skip


def ground(world: World, kind: str) -> None:
    """What must be there before a run of a kind is drafted."""
    if kind == "write_off":
        recoveries.write_off(world.person("赵国强"), OWED, "下落不明", **before(world))
    if kind == "disbursement":
        recoveries.plan(world.person("赵国强"), 5_000, date(2019, 3, 1), **before(world))
        world.recognise("2019-03", BEFORE)


def to_draft(kind: str) -> Any:
    """Everything is there but the run."""

    def prepare(world: World) -> Told:
        ground(world, kind)
        return {}

    return prepare


def drafted(kind: str) -> Any:
    """A draft."""

    def prepare(world: World) -> Told:
        ground(world, kind)
        return {"run": draft(world, kind).run.pk}

    return prepare


def submitted(kind: str) -> Any:
    """A run that waits for the second officer."""

    def prepare(world: World) -> Told:
        told = drafted(kind)(world)
        runs.submit(told["run"], **maker(world))
        return told

    return prepare


def approved(kind: str) -> Any:
    """A run that waits to be booked; contributions with their money."""

    def prepare(world: World) -> Told:
        told = submitted(kind)(world)
        run = runs.approve(told["run"], **checker(world))
        if kind == "proxy":
            funds.proxy_arrived(run.pk, run.total_fen, "拨款-2", **finance(world))
        return told

    return prepare


def posted(kind: str) -> Any:
    """A run that is booked."""

    def prepare(world: World) -> Told:
        told = approved(kind)(world)
        runs.post(told["run"], **finance(world))
        return told

    return prepare


def answered(world: World) -> Told:
    """A bank's file with all that a bank can say."""
    sent = world.month("2019-03")
    back = world.answer(sent[0], {"柳康杰": "curable", "王桂兰": "do_not_resend", "徐长林": "unknown"})
    return {"file": f"back/{back.name}"}


def proved(world: World) -> Told:
    """The year's accounts booked, and what both officers look at."""
    posted("account")(world)
    return {"figures": year_end(POOL, 2018).as_json(), "failed": [one.zh for one in run_checks(POOL, DAY) if not one.ok]}


def proposed(world: World) -> Told:
    """A year that waits for the second officer."""
    told = proved(world)
    years.propose(2018, **told, **maker(world))
    return told


# --- doing


def instruct(world: World, told: Told) -> None:
    out = world.folder / "out"
    out.mkdir(exist_ok=True)
    payments.instruct(told["run"], profile=load_profile(), folder=out, **finance(world))


def close(world: World, told: Told) -> None:
    years.close(2018, figures=told["figures"], failed=told["failed"], **checker(world))


def propose(world: World, told: Told) -> None:
    years.propose(2018, figures=told["figures"], failed=told["failed"], **maker(world))


def proxy_of_2018() -> int:
    return int(Run.objects.get(kind="proxy").pk)


def drafting(kind: str, least: int, **how: Any) -> dict[str, Trial]:
    """A run is drafted once."""
    return {f"run.draft_{kind}": Trial(least, lambda w, t: draft(w, kind), to_draft(kind), again="RunAlreadyOpen", **how)}


def approving(kind: str, least: int, **how: Any) -> dict[str, Trial]:
    """A run is approved once."""
    return {f"run.approve {kind}": Trial(least, lambda w, t: runs.approve(t["run"], **checker(w)), submitted(kind), again="WrongState",
                                         **how)}  # fmt: skip


def booking(kind: str, least: int) -> dict[str, Trial]:
    """A run is booked once."""
    return {f"run.post {kind}": Trial(least, lambda w, t: runs.post(t["run"], **finance(w)), approved(kind), again="WrongState",
                                      count=EIGHT)}  # fmt: skip


MONEY: dict[str, Trial] = {
    "funds.proxy_arrived": Trial(
        13, lambda w, t: funds.proxy_arrived(proxy_of_2018(), 100, "拨款-9", **finance(w)), count=EIGHT),
    "funds.benefit_arrived": Trial(11, lambda w, t: funds.benefit_arrived(100_000, "补贴-2019-03", **finance(w)), count=EIGHT),
    "funds.subsidy_arrived": Trial(11, lambda w, t: funds.subsidy_arrived("county", 100_000, "补贴-9", **finance(w)), count=EIGHT),
    "funds.swept": Trial(11, lambda w, t: funds.swept(100_000, "划转-9", **finance(w)), count=EIGHT),
    "funds.draw": Trial(11, lambda w, t: funds.draw(100_000, "用款-2019-03", **finance(w)), count=EIGHT),
    "recovery.notice": Trial(16, lambda w, t: recoveries.notice(w.person("赵国强"), "追字1号", **maker(w))),
    "recovery.plan": Trial(14, lambda w, t: recoveries.plan(w.person("赵国强"), 5_000, date(2019, 3, 1), **maker(w))),
    "recovery.write_off": Trial(14, lambda w, t: recoveries.write_off(w.person("赵国强"), OWED, "下落不明", **maker(w))),
    "recovery.receive": Trial(
        15, lambda w, t: payments.receive_repayment(w.person("赵国强"), 5_000, "收据-1", **finance(w)), count=EIGHT),
    "ledger.compact": Trial(18, lambda w, t: ledger.compact(**finance(w))),
    **drafting("payroll", 25, count=EIGHT),
    **drafting("proxy", 8, reads=False),
    **drafting("account", 8, reads=False),
    **drafting("disbursement", 8, reads=False),
    **drafting("write_off", 8, reads=False),
    "run.submit": Trial(10, lambda w, t: runs.submit(t["run"], **maker(w)), drafted("payroll"), again="WrongState"),
    "run.void": Trial(10, lambda w, t: runs.void(t["run"], "重来", **maker(w)), drafted("payroll"), again="WrongState"),
    **approving("payroll", 20, count=EIGHT),
    **approving("account", 5, reads=False),
    **approving("write_off", 5, reads=False),
    **approving("disbursement", 5, reads=False),
    **booking("payroll", 12),
    **booking("account", 12),
    **booking("write_off", 12),
    **booking("disbursement", 12),
    **booking("proxy", 12),
    "run.instruct": Trial(31, instruct, posted("disbursement"), again="WrongState"),
    "bank.take_return": Trial(
        24, lambda w, t: w.take(w.folder / t["file"], DAY), answered, count=EIGHT),
    "year.propose": Trial(5, propose, proved, reads=False),
    "year.close": Trial(6, close, proposed, again="YearAlreadyClosed", reads=False),
}  # fmt: skip

MONEY_RIVALS: dict[str, Trial] = {
    "one voucher with several amounts": Trial(
        0, lambda w, t: funds.draw(100_000 + t["turn"], "用款-2019-03", **finance(w)), again="VoucherUsed", count=EIGHT),
    "more repayments than is owed": Trial(
        0, lambda w, t: payments.receive_repayment(w.person("赵国强"), 10_000, f"收据-{t['turn']}", **finance(w)),
        again="NothingToRecover", count=EIGHT),
    "one receipt with several amounts": Trial(
        0, lambda w, t: payments.receive_repayment(w.person("赵国强"), 1_000 + t["turn"], "收据-1", **finance(w)), again="VoucherUsed"),
    "booked and voided": Trial(
        0, lambda w, t: runs.post(t["run"], **finance(w)) if t["turn"] % 2 else runs.void(t["run"], "重来", **maker(w)),
        approved("write_off"), again="WrongState", count=EIGHT),
}  # fmt: skip


# --- what must never be, to prove that the tests can fail


def careless_halves(world: World, told: Told) -> None:
    """Two transactions, the second needed by the first."""
    if not Fact.objects.filter(value="careless").exists():
        for value in ("careless", "careless too"):
            _fact(world, value)


def careless_twice(world: World, told: Told) -> None:
    """One transaction, and again whenever it is asked."""
    _fact(world, "careless")


def _fact(world: World, value: str) -> None:
    Fact.objects.create(pool=POOL, person_id=world.person("王桂兰"), kind=int(FactKind.HOLD), value=value, holds_from=DAY,
                        told_at=DAY, act_seq=0)  # fmt: skip


CARELESS: dict[str, Trial] = {"halves": Trial(4, careless_halves), "twice": Trial(2, careless_twice)}
TRIALS: dict[str, Trial] = {**PEOPLE, **MONEY}
RIVALS: dict[str, Trial] = {**PEOPLE_RIVALS, **MONEY_RIVALS}
EVERYTHING: dict[str, Trial] = {**TRIALS, **RIVALS, **CARELESS}
