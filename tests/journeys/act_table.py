"""Every act of the office once, ready to be done, killed and done by several at one moment.

A place is prepared and the act done in processes of their own (``kill_driver``), on a copy of a base (``act_bases``).
What a preparation found is told as plain JSON. The first word of a name is the verb of the act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from act_bases import BEFORE, DAY, december_rows
from world import POOL, POVERTY, TOTALS, VILLAGE_PEOPLE, Villager, World, register_rows, roster_row
from world import REGISTER_HEADINGS as REGISTER

from yingbao.acts import (
    certificates,
    contributions,
    endings,
    intake,
    matching,
    office,
    opening,
    registry,
    transfers,
    waivers,
)
from yingbao.formats.certificates import read_certificates
from yingbao.formats.rosters import read_roster
from yingbao.formats.rosters.register import read_register
from yingbao.rules.collecting import Asked
from yingbao.store.models import Fact, MatchCase, Pool
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber, IdNumber
from yingbao.values.month import month_from_text

Told = dict[str, Any]


def nothing(world: World) -> Told:
    """An act that needs no preparation."""
    return {}


@dataclass(frozen=True)
class Trial:
    """``do(world, told)`` does the act; ``prepare(world)`` says what it is about.

    ``at_least``: the places where it is killed, on either database; one that grows has more, none may lose them unseen.
    ``again``: the refusal that says it was done before; empty where doing it again has no effect. ``count``: how many do
    it at one moment. ``reads``: kill between its reads too; without, at the first of them and from the first write
    on: nothing can be half done before it, and the reading of some acts is dear.
    """

    at_least: int
    do: Callable[[World, Told], Any]
    prepare: Callable[[World], Told] = nothing
    again: str = ""
    base: str = "office"
    count: int = 4
    reads: bool = True


def maker(world: World) -> Told:
    """The arguments of an act of the day."""
    return world.by("maker", DAY)


def before(world: World) -> Told:
    """The arguments of an act that was done some days ago."""
    return world.by("maker", BEFORE)


# --- preparations


def held(world: World) -> Told:
    """A pension that waits."""
    made = registry.tell(world.person("吴玉珍"), FactKind.HOLD, BEFORE, value="other", **before(world))
    return {"fact": made.pk}


def suspected(world: World) -> Told:
    """A death that somebody has heard of."""
    certificates.suspect(world.person("吴玉珍"), "火化名单", **before(world))
    return {}


def paid_in(world: World) -> Told:
    """A contribution at the counter."""
    contributions.record(own_payment(world, "高志明", 30_000), channel="bank", serial="B0", **before(world))
    return {"fact": Fact.objects.get(reference="bank:B0").pk}


def with_neighbour(world: World) -> Told:
    """A second county in the same store."""
    Pool.objects.create(pk=POOL + 1, name="邻县")
    return {}


def own_payment(world: World, name: str, fen: int) -> Asked:
    """Money for 2019 that came in February."""
    return Asked(world.person(name), FactKind.OWN_PAYMENT, 2019, fen, date(2019, 2, 20))


def accepted(world: World) -> Told:
    """A doubtful row that was somebody."""
    matching.accept(case_of("L2"), **before(world))
    return {}


def case_of(level: str) -> int:
    """The first waiting case of a level: L2 another name, L3 nearly the number."""
    return int(MatchCase.objects.filter(level=level).order_by("pk")[0].pk)


def abroad(world: World) -> Told:
    """A relation that has ended."""
    endings.tell(world.person("高志明"), "abroad", date(2019, 2, 1), **before(world))
    return {}


def signed(world: World) -> Told:
    """A waiver."""
    return {"fact": sign(world, before(world)).pk}


def sign(world: World, by: Told) -> Fact:
    """The waiver of a pension."""
    made: Fact = waivers.sign(world.person("张玉珍"), "benefit", counselled=True, witnesses=["甲", "乙"], **by)
    return made


def march_roster(world: World) -> Told:
    """One has left, one is new, the doubtful rows stay."""
    rows = [*december_rows()[1:], roster_row(VILLAGE_PEOPLE["高志明"])]
    return {"file": f"in/{world.roster(rows, '2019-03').file}"}


def register(world: World) -> Told:
    """The register of the opening, and what it adds up to."""
    path = world.table("居保参保登记册2018年11月.csv", REGISTER, register_rows(VILLAGE_PEOPLE.values()))
    return {"file": f"in/{path.name}"}


def visits(world: World) -> Told:
    """A file of results, one of them bad."""
    rows = [(name, VILLAGE_PEOPLE[name].number, "2019-03-01", way) for name, way in (
        ("王桂兰", "上门"), ("李秀英", "窗口"), ("周福生", "打电话"))]  # fmt: skip
    return {"file": f"in/{world.table('认证结果.csv', ('姓名', '公民身份号码', '认证日期', '认证方式'), rows).name}"}


def channel_file(world: World) -> Told:
    """A channel's file, one amount of which is no tier."""
    headings = ("流水号", "缴费日期", "公民身份号码", "姓名", "缴费年度", "金额（元）")
    rows = [(f"B{place}", "2019-03-01", VILLAGE_PEOPLE[name].number, name, "2019", yuan)
            for place, (name, yuan) in enumerate([("高志明", "300.00"), ("沈美华", "500.00"), ("顾建国", "250.00")])]  # fmt: skip
    return {"file": f"in/{world.table('居保缴费明细201903.csv', headings, rows).name}"}


# --- doing


def newcomer(world: World) -> None:
    number = Villager("新来客", date(1960, 2, 3), "elder", place=177).number
    registry.add_person("新来客", IdNumber(number), **maker(world))


def load_march(world: World, told: Told) -> None:
    reading = read_roster(world.folder / told["file"], kind=POVERTY, data_month=month_from_text("2019-03"))
    intake.load_roster(reading, confirm_changes=True, **maker(world))


def open_books(world: World, told: Told) -> None:
    opening.load_register(read_register(world.folder / told["file"]), opening_month=month_from_text("2018-12"), typed=TOTALS,
                          **maker(world))  # fmt: skip


def collect(world: World, told: Told) -> None:
    contributions.load(read_roster(world.folder / told["file"], kind="own_payments"), channel="bank", **maker(world))


def come_in(world: World, name: str = "高志明") -> None:
    transfers.take_in(world.person(name), {"own": 120_000, "county": 30_000}, DAY, years=3, employee_months=35,
                      reference="邻县转1", **maker(world))  # fmt: skip


def add_officer(world: World) -> None:
    office.add_officer("second", "复核老钱", ["checker"], **world.by("admin", DAY))


PEOPLE: dict[str, Trial] = {
    "pool.open": Trial(11, lambda w, t: office.open_empty(month_from_text("2018-12"), **maker(w)), again="NotOpened", base="founded"),
    "opening.load": Trial(39, open_books, register, again="NotOpened", base="founded"),
    "officer.add": Trial(10, lambda w, t: add_officer(w)),
    "officer.end": Trial(8, lambda w, t: office.end_officer("both", "退休", **w.by("admin", DAY))),
    "person.add": Trial(12, lambda w, t: newcomer(w)),
    "person.correct_birth": Trial(
        14, lambda w, t: registry.correct_birth(w.person("柳小杰"), date(1958, 11, 1), "户口簿", **maker(w))),
    "person.bank_account": Trial(13, lambda w, t: w.new_account("王桂兰", DAY)),
    "fact.tell": Trial(12, lambda w, t: registry.tell(w.person("吴玉珍"), FactKind.HOLD, DAY, value="other", **maker(w))),
    "fact.tell death": Trial(13, lambda w, t: registry.tell(w.person("吴玉珍"), FactKind.DEATH, date(2019, 2, 28), **maker(w))),
    "fact.end": Trial(12, lambda w, t: registry.end(t["fact"], date(2019, 3, 4), "已核实", **maker(w)), held),
    "fact.withdraw": Trial(11, lambda w, t: registry.withdraw(t["fact"], "同名错报", **maker(w)), held, again="UnknownFact"),
    "fact.withdraw payment": Trial(
        14, lambda w, t: registry.withdraw(t["fact"], "渠道误报", **maker(w)), paid_in, again="UnknownFact", count=8),
    "roster.load": Trial(31, load_march, march_roster),
    "match.accept": Trial(18, lambda w, t: matching.accept(case_of("L2"), **maker(w)), again="UnknownCase"),
    "match.reject": Trial(29, lambda w, t: matching.reject(case_of("L3"), **maker(w)), again="UnknownCase"),
    "match.undo": Trial(14, lambda w, t: matching.undo(case_of("L2"), **maker(w)), accepted, again="UnknownCase"),
    "certificate.record": Trial(12, lambda w, t: certificates.record(w.person("王桂兰"), "village_visit", **maker(w))),
    "certificate.load": Trial(
        15, lambda w, t: certificates.load(read_certificates(w.folder / t["file"]), **maker(w)), visits),
    "death.suspect": Trial(12, lambda w, t: certificates.suspect(w.person("吴玉珍"), "火化名单", **maker(w))),
    "death.confirm": Trial(
        15, lambda w, t: certificates.confirm_death(w.person("吴玉珍"), date(2019, 2, 20), **maker(w)), suspected, again="NoSuspicion"),
    "death.clear": Trial(
        14, lambda w, t: certificates.clear(w.person("吴玉珍"), "village_visit", "见到本人", **maker(w)), suspected, again="NoSuspicion"),
    "ending.tell": Trial(13, lambda w, t: endings.tell(w.person("高志明"), "joined_employee", date(2019, 3, 1), **maker(w)), count=8),
    "ending.double_receipt": Trial(
        16, lambda w, t: endings.double_receipt(w.person("李秀英"), "employee", date(2019, 1, 15), **maker(w)), count=8),
    "ending.come_back": Trial(13, lambda w, t: endings.come_back(w.person("高志明"), DAY, **maker(w)), abroad, again="UnknownEnding"),
    "ending.payee": Trial(
        12, lambda w, t: endings.set_payee(w.person("王桂兰"), AccountNumber("6223000000000077555"), "王小兰", **maker(w))),
    "transfer.out": Trial(18, lambda w, t: transfers.transfer_out(w.person("高志明"), "resident", date(2019, 3, 4), **maker(w)), count=8),
    "transfer.take_in": Trial(17, lambda w, t: come_in(w), again="TransferRefused", count=8),
    "waiver.sign": Trial(13, lambda w, t: sign(w, maker(w)), again="WaiverNotSound"),
    "waiver.withdraw": Trial(12, lambda w, t: waivers.withdraw(t["fact"], **maker(w)), signed, again="WaiverNotSound"),
    "contribution.record": Trial(
        19, lambda w, t: contributions.record(own_payment(w, "高志明", 30_000), channel="bank", serial="B9", **maker(w)), count=8),
    "contribution.load": Trial(29, collect, channel_file, count=8),
}  # fmt: skip

# What different people do at one moment about the same thing: only one of it may be.
PEOPLE_RIVALS: dict[str, Trial] = {
    "one login in two pools": Trial(
        0, lambda w, t: office.add_officer("third", "复核老孙", ["checker"], **{**w.by("admin", DAY), "pool": POOL + t["turn"]}),
        with_neighbour, again="OfficerElsewhere", count=2),
    "several endings of one relation": Trial(
        0, lambda w, t: endings.tell(w.person("高志明"), ("abroad", "joined_employee", "other")[t["turn"] % 3],
                                     date(2019, 3, 1 + t["turn"]), **maker(w)), again="EndedAlready", count=8),
    "several moves of one relation": Trial(
        0, lambda w, t: transfers.transfer_out(w.person("高志明"), "resident", date(2019, 3, 1 + t["turn"]), **maker(w)),
        again="EndedAlready"),
    "several days of one death": Trial(
        0, lambda w, t: registry.tell(w.person("吴玉珍"), FactKind.DEATH, date(2019, 2, 20 + t["turn"]), **maker(w)), again="BadFact"),
    "one letter about several people": Trial(
        0, lambda w, t: come_in(w, ("高志明", "沈美华", "顾建国", "钱国英")[t["turn"]]), again="TransferRefused"),
    "one serial number with several amounts": Trial(
        0, lambda w, t: contributions.record(own_payment(w, "高志明", (30_000, 50_000)[t["turn"]]), channel="bank", serial="B9",
                                             **maker(w)), again="PaymentRefused", count=2),
    "accepted and rejected": Trial(
        0, lambda w, t: (matching.accept, matching.reject)[t["turn"] % 2](case_of("L3"), **maker(w)), again="UnknownCase"),
}  # fmt: skip
