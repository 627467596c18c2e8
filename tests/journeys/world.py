"""A small made-up world for journeys: one village, three officers, the office's months through bank and back.

Everything goes through the acts that the office uses. Names are the keys: each is there once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from yingbao.acts import funds, intake, opening, payments, registry, runs
from yingbao.acts.act import officer
from yingbao.acts.office import add_officer, found_pool
from yingbao.formats.bank import AnswerHead, AnswerLine, load_profile, read_payment_file, read_return_file
from yingbao.formats.bank.write_return import write_return_file
from yingbao.formats.rosters import read_roster
from yingbao.formats.rosters.register import read_register
from yingbao.store.models import Officer, Person, Run, RunLine
from yingbao.values.identity import AccountNumber, check_digit
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Item

POOL = 320682
TOWN, VILLAGE, VILLAGE_CODE = "长江镇", "二案居", "320682111002"
REGISTER_TOLD, ROSTER_TOLD = date(2018, 11, 20), date(2018, 11, 22)
PAYDAY = {
    "2018-12": date(2018, 12, 13), "2019-01": date(2019, 1, 14), "2019-02": date(2019, 2, 21),
    "2019-03": date(2019, 3, 13), "2019-04": date(2019, 4, 12),
}  # fmt: skip
REGISTER_HEADINGS = (
    "姓名", "公民身份号码", "性别", "村代码", "村", "镇", "参保日期", "参保状态", "缴费状态", "共缴年限", "个人账户-个人缴费",
    "待遇领取年月", "月基础养老金", "月个人账户养老金", "开户银行", "银行账号",
)  # fmt: skip
ROSTER_HEADINGS = ("姓名", "身份证号", "镇", "村", "脱贫属性", "开户银行", "银行账号")
POVERTY, RURAL = "poverty_register", "subsistence_rural"
FILE_NAMES = {POVERTY: "建档立卡人口信息", RURAL: "农村低保名册", "police_deaths": "死亡人员名单"}


@dataclass(frozen=True)
class Villager:
    """Somebody made up. ``role``: pensioner or payer (both on the register), or elder (on no list of ours yet)."""

    name: str
    born: date
    role: str
    poor: bool = False
    place: int = 0

    @property
    def number(self) -> str:
        """The ID number, with a sound check digit."""
        body = f"320622{self.born:%Y%m%d}{self.place:03d}"
        return body + check_digit(body)

    @property
    def account(self) -> str:
        """The bank account."""
        return f"62306610000{self.place:06d}88"

    @property
    def sex(self) -> str:
        """男 or 女, by the number."""
        return "男" if self.place % 2 else "女"


def _village() -> dict[str, Villager]:
    pensioners = "王桂兰 李秀英 赵国强 孙德明 周福生 吴玉珍 郑长根 冯翠华".split()
    elders = {"陈桂兰": date(1950, 1, 1), "张玉珍": date(1947, 4, 12), "黄玉芳": date(1952, 7, 25),
              "徐长林": date(1941, 3, 15), "柳康杰": date(1958, 11, 30), "柳小杰": date(1958, 12, 1)}  # fmt: skip
    payers = {"顾建国": date(1971, 8, 9), "沈美华": date(1975, 2, 17), "钱国英": date(1968, 10, 2)}
    people = [Villager(name, date(1940 + turn, 5, 6), "pensioner") for turn, name in enumerate(pensioners)]
    people += [Villager(name, born, "elder", poor=True) for name, born in elders.items()]
    people += [Villager(name, born, "payer", poor=True) for name, born in payers.items()]
    people += [Villager("高志明", date(1980, 3, 3), "payer"), Villager("李秀兰", date(1955, 6, 3), "payer")]
    return {one.name: Villager(one.name, one.born, one.role, one.poor, turn) for turn, one in enumerate(people, start=11)}


VILLAGE_PEOPLE = _village()
BASE_FEN, ACCOUNT_PENSION_FEN = 13_500, 2_000
TOTALS = {"persons": 13, "pensioners": 8, "payers": 5, "base_pension_fen": 8 * BASE_FEN}


def register_rows(people: Iterable[Villager], balances: Mapping[str, str] | None = None) -> list[tuple[str, ...]]:
    """Rows of the county's present register; ``balances``: own money in the account by name, where it is not the usual."""
    rows, told = [], balances or {}
    for one in people:
        if one.role == "elder":
            continue
        drawing = one.role == "pensioner"
        rows.append((
            one.name, one.number, one.sex, VILLAGE_CODE, VILLAGE, TOWN, "2010-04-17", "正常参保",
            "终止缴费" if drawing else "参保缴费", "15" if drawing else "5", told.get(one.name, "0.00" if drawing else "500.00"),
            "2015-01" if drawing else "", "135.00" if drawing else "", "20.00" if drawing else "",
            "江苏如皋农村商业银行", one.account,
        ))  # fmt: skip
    return rows


def roster_row(one: Villager, *, account: bool = True, flag: str = "未脱贫") -> tuple[str, ...]:
    """A row of the poverty register."""
    return (one.name, one.number, TOWN, VILLAGE, flag, "江苏如皋农村商业银行" if account else "",
            one.account if account else "")  # fmt: skip


def poor_people() -> list[Villager]:
    """Everybody on the poverty register when the books begin."""
    return [one for one in VILLAGE_PEOPLE.values() if one.poor]


@dataclass
class World:
    """The office at work. ``folder`` holds the files that came in and went out."""

    folder: Path
    officers: dict[str, Officer] = field(default_factory=dict)

    def by(self, login: str, on: date) -> dict[str, Any]:
        """The arguments of every act."""
        return {"pool": POOL, "by": self.officers[login], "on": on}

    def person(self, name: str) -> int:
        """The number of somebody in the store."""
        return int(Person.objects.get(name=name).pk)

    def table(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
        """A file as a bureau sends it."""
        path = self.folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([headings, *rows])
        return path

    # --- beginning

    def found(self) -> None:
        """The pool and its officers: who makes never checks."""
        admin = found_pool(POOL, "如皋市", "admin", "系统管理员", on=REGISTER_TOLD)
        for login, name, roles in (
            ("maker", "经办小周", ["maker"]), ("checker", "复核老吴", ["checker"]), ("finance", "财务老郑", ["finance"]),
            ("both", "经办兼复核", ["maker", "checker"]),
        ):  # fmt: skip
            add_officer(login, name, roles, pool=POOL, by=admin, on=REGISTER_TOLD)
            self.officers[login] = officer(login)

    def find_officers(self) -> None:
        """The officers of a world that was made before."""
        self.officers = {one.login: one for one in Officer.objects.all()}

    def open_books(self, totals: Mapping[str, int] | None = None, balances: Mapping[str, str] | None = None) -> Any:
        """The present register comes in; the books begin in December 2018."""
        path = self.table("居保参保登记册2018年11月.csv", REGISTER_HEADINGS, register_rows(VILLAGE_PEOPLE.values(), balances))
        return opening.load_register(read_register(path), opening_month=month_from_text("2018-12"),
                                     typed=totals or TOTALS, **self.by("maker", REGISTER_TOLD))  # fmt: skip

    def roster(self, rows: Iterable[Sequence[str]], month: str, *, kind: str = POVERTY) -> Any:
        """A roster as read, not yet loaded."""
        path = self.table(f"{FILE_NAMES[kind]}{month.replace('-', '')}.csv", ROSTER_HEADINGS, rows)
        return read_roster(path, kind=kind, data_month=month_from_text(month))

    def load(self, rows: Iterable[Sequence[str]], month: str, on: date, *, kind: str = POVERTY, **options: Any) -> Any:
        """A roster checked and loaded."""
        return intake.load_roster(self.roster(rows, month, kind=kind), **options, **self.by("maker", on))

    # --- runs

    def approved(self, drafted: Any, on: date) -> Run:
        """Submit and have another officer approve."""
        runs.submit(drafted.run.pk, **self.by("maker", on))
        return runs.approve(drafted.run.pk, **self.by("checker", on))

    def recognise(self, month: str, on: date | None = None) -> Any:
        """A month's payroll, booked. What was drafted (its run None where nothing differs)."""
        day = on or PAYDAY[month]
        drafted = runs.draft_payroll(month_from_text(month), **self.by("maker", day))
        if drafted.run is not None:
            runs.post(self.approved(drafted, day).pk, **self.by("finance", day))
        return drafted

    def pay(self, month: str, on: date | None = None) -> list[Path]:
        """Draft, fund and book a disbursement, and write its bank files. Empty where there is nothing to pay."""
        day = on or PAYDAY[month]
        drafted = runs.draft_disbursement(month_from_text(month), **self.by("maker", day))
        if drafted.run is None:
            return []
        if drafted.figures["pay_fen"]:
            funds.benefit_arrived(drafted.figures["pay_fen"], f"补贴-{drafted.run.pk}", **self.by("finance", day))
            funds.draw(drafted.figures["pay_fen"], f"用款-{drafted.run.pk}", **self.by("finance", day))
        runs.post(self.approved(drafted, day).pk, **self.by("finance", day))
        out = self.folder / "out"
        out.mkdir(parents=True, exist_ok=True)
        written = payments.instruct(drafted.run.pk, profile=load_profile(), folder=out, **self.by("finance", day))
        return [one.path for one in written]

    def month(self, month: str) -> list[Path]:
        """A month from due to bank file."""
        self.recognise(month)
        return self.pay(month)

    # --- bank

    def answer(self, path: Path, fates: Mapping[str, str] | None = None, *, sequence: int = 1,
               only: Iterable[str] | None = None) -> Path:  # fmt: skip
        """The bank's return file: by name curable, do_not_resend or unknown; everybody else is settled."""
        profile = load_profile()
        batch, lines = read_payment_file(profile, path)
        chosen = None if only is None else set(only)
        told = [answer_line(profile, line, (fates or {}).get(line.account_name, "settled"), batch.pay_on)
                for line in lines if chosen is None or line.account_name in chosen]  # fmt: skip
        head = AnswerHead(batch.number, sequence, batch.pay_on + timedelta(days=sequence))
        folder = self.folder / "back"
        folder.mkdir(parents=True, exist_ok=True)
        return Path(write_return_file(profile, head, told, folder).path)

    def take(self, path: Path, on: date) -> Any:
        """Book a return file."""
        return payments.take_return(read_return_file(load_profile(), path), **self.by("finance", on))

    def new_account(self, name: str, on: date) -> None:
        """Somebody brings another account."""
        registry.set_bank_account(self.person(name), AccountNumber(f"6223{self.person(name) % 10**8:08d}7755"),
                                  "江苏农商银行", **self.by("maker", on))  # fmt: skip


def answer_line(profile: Any, line: Any, fate: str, booked_on: date) -> AnswerLine:
    """What the bank says of one line."""
    if fate == "settled":
        return AnswerLine(line.line, profile.result_for("settled"), "", "", f"S{line.line:07d}", booked_on, line.amount_fen)
    code = profile.code_for(fate)[0]
    result = profile.result_for(fate) or profile.result_for("failed") or ""
    return AnswerLine(line.line, result, code, profile.codes[code].zh)


def in_file(paths: Iterable[Path]) -> dict[str, int]:
    """Who is in bank files, and with how many fen."""
    found: dict[str, int] = {}
    for path in paths:
        for line in read_payment_file(load_profile(), path)[1]:
            found[line.account_name] = found.get(line.account_name, 0) + line.amount_fen
    return found


def booked(drafted: Any, person_id: int) -> list[tuple[str, str, int]]:
    """A person's base pension in a run: from, until and fen a month."""
    if drafted.run is None:
        return []
    rows = RunLine.objects.filter(run_id=drafted.run.pk, person_id=person_id, item=int(Item.BASE_PENSION)).order_by("line")
    return [(shown(one.from_month), shown(one.until_month), one.monthly_fen) for one in rows]


def shown(month: int) -> str:
    """2018-12."""
    return f"{month // 12}-{month % 12 + 1:02d}"


def make(folder: Path, balances: Mapping[str, str] | None = None) -> World:
    """The village with its books open and its first poverty register loaded."""
    world = World(folder)
    world.found()
    world.open_books(balances=balances)
    world.load([roster_row(one) for one in poor_people()], "2018-11", ROSTER_TOLD)
    return world
