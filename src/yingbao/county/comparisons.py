"""The lists that others send for comparison: insured elsewhere, dead, moved, students, soldiers, prisoners.

And the office's own: the payments that the bank's application collected in a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import polars as pl

from yingbao.county.books import Cell, Sheet
from yingbao.county.cast import KEYS
from yingbao.county.delivery import Delivery, Person, Truth, cells_of, title
from yingbao.county.dirt import luck
from yingbao.county.people import SETTLED_ON, County
from yingbao.county.places import villages
from yingbao.county.poor import NOVEMBER
from yingbao.values.month import Month, first_day, month_of

EMPLOYEE, CIVIL = "employee_scheme", "civil_service_scheme"
DEATHS, MOVES, OWN_PAYMENTS = "police_deaths", "police_moves", "own_payments"
_UNITS = ("如皋市教育局", "如皋市卫生健康委员会", "长江镇人民政府", "如皋市水务局（退休）", "如皋市教育局（退休）")
DIED_IN_JANUARY = date(2019, 1, 18)  # 徐长林, told in March


def _of(county: County, *excluded: str) -> list[Person]:
    rows = county.people.filter(pl.col("excluded").is_in(excluded)).join(villages(), on="village")
    return rows.sort("number").to_dicts()


def _tag(month: Month) -> str:
    return f"{month // 12}{month % 12 + 1:02d}"


def _line(made: Delivery, sheet: Sheet, county: County, person: Person, cells: list[Cell]) -> None:
    """Add a row; the cells named NAME and ID are filled with the person's, faults included."""
    part, fault = cells_of(county, made.kind, made.month, person)
    row = sheet.add([part.name if cell is NAME else part.id18 if cell is ID else cell for cell in cells])
    made.truth.append(Truth(sheet.name, row + 1, 0, int(str(person["number"])), (fault,) if fault else ()))


NAME: Cell = "<name>"
ID: Cell = "<id>"


def employee_scheme(county: County, month: Month, told_on: date) -> Delivery:
    """The province's comparison: state 1 insured, 2 drawing, 3 paused: not insured now."""
    made = Delivery(f"职保比对结果{_tag(month)}.xlsx", "social_insurance", EMPLOYEE, month, told_on)
    sheet = Sheet("比对结果")
    sheet.add("序号 证件号码 姓名 职保领取时间 职保状态 参保地".split())
    for person in _of(county, "employee", "retired_employee"):
        salt = luck(county.seed, EMPLOYEE, person["number"])
        drawing = person["excluded"] == "retired_employee"
        state = 2 if drawing else (1, 3)[person["pattern"] == "" and salt % 5 == 0]
        since = f"{SETTLED_ON.year - salt % 12}{salt // 12 % 12 + 1:02d}" if drawing else None
        _line(made, sheet, county, person, [len(sheet.rows), ID, NAME, since, state, "江苏省如皋市"])
    sheet.filtered = (0, 0, len(sheet.rows) - 1, 5)
    made.sheets.append(sheet)
    return made


def civil_service_scheme(county: County, month: Month, told_on: date) -> Delivery:
    """B number, C name; the unit, and whether they are retired, stands only in the name of the sheet."""
    made = Delivery(f"机关事业单位养老保险人员{_tag(month)}.xlsx", "social_insurance", CIVIL, month, told_on)

    def unit(person: Person) -> str:
        old = person["birth"] <= date(1958, 6, 1)  # type: ignore[operator] # a date by schema
        return _UNITS[3 + int(str(person["number"])) % 2] if old else _UNITS[int(str(person["number"])) % 3]

    for name, people in groupby(sorted(_of(county, "civil"), key=unit), key=unit):
        sheet = Sheet(name)
        sheet.add(["序号", "身份证", "姓名"])
        for person in people:
            _line(made, sheet, county, person, [len(sheet.rows), ID, NAME])
        made.sheets.append(sheet)
    return made


def deaths_by(county: County, month: Month) -> pl.DataFrame:
    """Who died, as told with the list of a month: number i64, died Date.

    November's names the poor who are dead already; every later one a few pensioners of the months before.
    徐长林 died in January and is told in March.
    """
    if month == NOVEMBER:
        dead = county.people.filter(pl.col("excluded") == "dead").select("number")
        return dead.with_columns(died=pl.lit(date(2018, 8, 1)) + pl.duration(days=pl.col("number") % 60))
    share = 2_000 if county.size == "county" else 3_000  # one pensioner in so many, a list
    old = county.people.filter((pl.col("role") == "pensioner") & (pl.col("group") != "story"))["number"].to_list()
    drawn = [number for number in old if luck(county.seed, DEATHS, number, month) % share == 0]
    days = [first_day(month - 1) + timedelta(days=number % 27) for number in drawn]
    if month == month_of(2019, 3):
        drawn, days = [KEYS["xu_changlin"], *drawn], [DIED_IN_JANUARY, *days]
    return pl.DataFrame({"number": drawn, "died": days}, schema={"number": pl.Int64, "died": pl.Date})


def police_deaths(county: County, month: Month, told_on: date) -> Delivery:
    """Three sources, a sheet each: police, crematorium, hospitals. They differ by days and write days differently."""
    made = Delivery(f"死亡人员比对{_tag(month)}.xlsx", "police", DEATHS, month, told_on)
    rows = deaths_by(county, month).join(county.people, on="number", maintain_order="left").to_dicts()
    for source, (name, late) in enumerate((("公安户籍注销", 4), ("民政火化", 2), ("卫健死因登记", 0))):
        sheet = Sheet(name)
        sheet.add(["证件号码", "姓名", "死亡日期"])
        for person in rows:
            salt = luck(county.seed, DEATHS, person["number"], source)
            if source and salt % 4 == 0 and person["group"] != "story":
                continue  # each source misses some
            day = person["died"] + timedelta(days=late if salt % 3 == 0 and person["group"] != "story" else 0)
            shown: tuple[Cell, ...] = (int(day.strftime("%Y%m%d")), f"{day.year}.{day.month}.{day.day}", day)
            _line(made, sheet, county, person, [ID, NAME, shown[source]])
        made.sheets.append(sheet)
    return made


def police_moves(county: County, month: Month, told_on: date) -> Delivery:
    """Household registrations moved out, as text in GB18030."""
    made = Delivery(f"户籍迁出{_tag(month)}.csv", "police", MOVES, month, told_on)
    sheet = Sheet("户籍迁出")
    sheet.add("姓名 身份证号 户籍地址 管理状态代码 管理状态名称 迁出日期".split())
    for person in _of(county, "moved"):
        salt = luck(county.seed, MOVES, person["number"])
        address = f"江苏省如皋市{person['town_name']}{person['village_name']}{salt % 30 + 1}组"
        _line(
            made,
            sheet,
            county,
            person,
            [NAME, ID, address, "2", "迁出", f"2018-{salt % 9 + 1:02d}-{salt % 28 + 1:02d}"],
        )
    made.sheets.append(sheet)
    return made


@dataclass(frozen=True, slots=True)
class _Plain:
    """A one-sheet list with a title: the file's name, heading, and the cells after name and number."""

    kind: str
    bureau: str
    file: str
    excluded: str
    heading: str


_PLAIN = {
    plain.kind: plain
    for plain in (
        _Plain("students", "education", "在校学生名册", "student", "身份证 姓名 类别 学校 预计毕业时间"),
        _Plain("soldiers", "military", "现役军人名册", "soldier", "身份证号 姓名 入伍时间 预计退役时间"),
        _Plain("prisoners", "justice", "服刑人员名册", "prisoner", "证件号码 姓名 刑期起 刑期止"),
    )
}


def _plain_tail(kind: str, person: Person, salt: int) -> list[Cell]:
    """What a student's, a soldier's, a prisoner's row says after the name; terms reach past the story."""
    year = int(str(person["birth"])[:4])
    if kind == "students":
        level, ends = ("高中", year + 19) if year >= 2000 else ("普通本专科", year + 24)
        return [level, ("如皋中学", "南通大学", "如皋第一中等专业学校")[salt % 3], f"{max(ends, 2019)}-06-30"]
    if kind == "soldiers":
        return [f"{2017 + salt % 2}.9.1", f"{2019 + salt % 2}.9.1"]
    return [date(2014 + salt % 4, salt % 12 + 1, 1), date(2020 + salt % 5, salt % 12 + 1, 1)]


def plain_list(county: County, kind: str, month: Month, told_on: date) -> Delivery:
    """Students, soldiers or prisoners: number, name, and until when."""
    plain = _PLAIN[kind]
    made = Delivery(f"{plain.file}{_tag(month)}.xlsx", plain.bureau, kind, month, told_on)
    sheet, heading = Sheet(plain.file), plain.heading.split()
    title(sheet, f"{plain.file}（{month // 12}年{month % 12 + 1}月）", len(heading))
    sheet.add(heading)
    for person in _of(county, plain.excluded):
        tail = _plain_tail(kind, person, luck(county.seed, kind, person["number"]))
        _line(made, sheet, county, person, [ID, NAME, *tail])
    made.sheets.append(sheet)
    return made


def own_payments(county: County, month: Month, told_on: date) -> Delivery:
    """What the bank's application collected in a month: one payer in forty, poor ones among them.

    GB18030 text; the channel's serial number tells one payment from another.
    """
    made = Delivery(f"居保收费明细{_tag(month)}.csv", "social_insurance", OWN_PAYMENTS, month, told_on)
    sheet = Sheet("收费明细")
    sheet.add("渠道流水号 交易时间 统筹区 公民身份号码 姓名 缴费年度 缴费档次 金额（元） 渠道".split())
    payers = county.people.filter((pl.col("role") == "payer") & (pl.col("group") != "story"))
    for person in payers.iter_rows(named=True):
        salt = luck(county.seed, OWN_PAYMENTS, person["number"], month)
        if salt % 40:
            continue
        tier = 100 if person["pattern"] else (100, 300, 500, 1000)[salt // 40 % 4]
        serial = f"JSNX{_tag(month)}{int(str(person['number'])):010d}"
        paid_at = f"{month // 12}-{month % 12 + 1:02d}-{salt % 20 + 1:02d} {salt % 12 + 8:02d}:{salt % 60:02d}:05"
        _line(
            made,
            sheet,
            county,
            person,
            [serial, paid_at, "320682", ID, NAME, month // 12, tier, f"{tier}.00", "手机银行"],
        )
    made.sheets.append(sheet)
    return made
