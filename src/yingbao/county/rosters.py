"""The rosters of the poverty office, civil affairs and the disabled persons' federation.

Layouts as read in a county office's tools: one title row or several, household-wide rows with
pairs of name and number, the meaning sometimes only in the file's name, twenty-digit certificates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

import polars as pl

from yingbao.county.books import Cell, Formula, Row, Sheet
from yingbao.county.cast import DESTITUTE, POVERTY, RURAL, URBAN
from yingbao.county.delivery import Delivery, Person, Truth, cells_of, foot, title
from yingbao.county.dirt import luck
from yingbao.county.people import County
from yingbao.county.places import villages
from yingbao.county.poor import DISABILITY, NOVEMBER
from yingbao.values.month import Month

PEOPLES = ("汉族",) * 60 + ("回族", "维吾尔族", "藏族", "苗族")
_CAUSES = ("因病", "因残", "缺劳动力", "因学", "缺资金", "自身发展动力不足")


def listed(county: County, roster: str, month: Month) -> list[Person]:
    """Who is on a roster in a month, with home and claim, in the order of villages and households."""
    claims = county.claims.filter(
        (pl.col("roster") == roster) & (pl.col("from_month") <= month) & (pl.col("until_month") > month)
    ).drop("household")
    rows = claims.join(county.people, on="number").join(villages(), on="village")
    rows = rows.with_columns(household=pl.when(pl.col("household") < 0).then("number").otherwise("household"))
    return rows.sort("village", "household", "place", "number").to_dicts()


def _number(person: Person) -> int:
    return int(str(person["number"]))


def _address(person: Person) -> str:
    return f"如皋市{person['town_name']}{person['village_name']}{luck(person['household']) % 30 + 1}组"


def _phone(person: Person) -> str:
    return f"139{luck('phone', person['number']) % 10**8:08d}"


def _shown_town(county: County, kind: str, person: Person) -> tuple[str, tuple[int, ...]]:
    """The town's name; now and then the abolished one that is part of it today."""
    if person["town_name"] == "长江镇" and luck(county.seed, kind, person["household"], 40) % 400 == 0:
        return "（原）郭园镇", (40,)
    return str(person["town_name"]), ()


def _kinds(fault: int, *more: tuple[int, ...]) -> tuple[int, ...]:
    return ((fault,) if fault else ()) + tuple(kind for some in more for kind in some)


def _recognised(person: Person, salt: int) -> tuple[Cell, tuple[int, ...]]:
    """The day of recognition in the many ways hands write one; now and then with a two-digit year (32)."""
    month, day = int(str(person["from_month"])), salt % 28 + 1
    year, number = month // 12, month % 12 + 1
    if salt // 7 % 250 == 0 and person["group"] != "story":
        return f"{number}.{day}.{year % 100}", (32,)
    forms: tuple[Cell, ...] = (
        f"{year}.{number}.{day}",
        f"{year}年{number}月",
        f"{year}{number:02d}{day:02d}",
        date(year, number, day),
    )
    return forms[salt // 7 % len(forms)], ()


def account_of(person: Person) -> tuple[str | None, str | None]:
    """The bank and card by which the office of the list pays, of those whom the register does not know.

    One in twelve has none yet.
    """
    salt = luck("account", person["number"])
    if person["role"] != "outsider" or (salt % 12 == 0 and person["group"] != "story"):
        return None, None
    return "江苏如皋农村商业银行", f"62306620{salt:011d}"


def poverty_register(county: County, month: Month, told_on: date) -> Delivery:
    """The national export of the registered poor: one person a row under two title rows, 30 columns."""
    made = Delivery(f"建档立卡人口信息{_tag(month)}.xlsx", "poverty_office", POVERTY, month, told_on)
    sheet = Sheet("贫困人口信息", hidden_columns={3})
    title(sheet, "建档立卡低收入人口基本信息表", 30)
    title(sheet, f"数据月份：{month // 12}年{month % 12 + 1}月　　　填报单位：如皋市扶贫工作办公室", 30)
    sheet.add(
        "行政县 乡镇 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 "
        "劳动技能 务工状况 务工时间(月) 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 人均纯收入 "
        "首次识别时间 在户状态 联系电话 开户银行 一卡通账号".split()
    )
    for person in listed(county, POVERTY, month):
        part, fault = cells_of(county, POVERTY, month, person)
        cells, place = _poverty_row(county, month, person)
        cells[6:8] = [part.name, part.id18]
        row = sheet.add(cells)
        hidden = (
            month == NOVEMBER and person["group"] != "story" and luck(county.seed, "hide", _number(person)) % 900 == 0
        )
        if hidden:
            sheet.hidden_rows.add(row)
        made.truth.append(Truth(sheet.name, row + 1, 0, _number(person), _kinds(fault, place, (30,) if hidden else ())))
    foot(sheet, f"{len(made.truth)}人", 30, month)
    made.sheets.append(sheet)
    return made


def _poverty_row(county: County, month: Month, person: Person) -> tuple[Row, tuple[int, ...]]:
    number, salt = _number(person), luck(county.seed, "poverty", person["number"])
    flagged = person["flagged_from"]
    out = flagged is not None and int(str(flagged)) <= month
    town, kinds = _shown_town(county, POVERTY, person)
    village = str(person["village_name"])
    if person["pattern"] == "PR" and salt % 60 == 0:  # the other roster has them in their own village
        town_villages = villages().filter(pl.col("town") == person["town"])["village_name"]
        village, kinds = str(town_villages[salt % len(town_villages)]), (*kinds, 35)
    income: tuple[Cell, ...] = (
        4200 + salt % 1700,
        f"{4 + salt % 2},{salt % 900 + 100}元",
        "五千元",
        f"{5000 + salt % 900}.00",
    )
    since, odd = _recognised(person, salt // 17)
    return [
        "如皋市", town, village, f"{salt % 30 + 1}组", f"32068201{int(str(person['household'])):08d}",
        f"32068201{number:08d}01", None, None, salt % 5 + 1, "户主" if person["place"] == 0 else "家庭成员",
        PEOPLES[salt % len(PEOPLES)], ("小学", "初中", "文盲或半文盲", "高中")[salt % 4], "非在校生",
        ("健康", "长期慢性病", "患有大病", "残疾")[salt // 3 % 4],
        ("普通劳动力", "丧失劳动力", "无劳动力")[salt // 5 % 3],
        None, salt % 12, "是", "已脱贫" if out else "未脱贫", int(str(flagged)) // 12 if out else None,
        ("一般农户", "低保户")[salt // 7 % 2], _CAUSES[salt // 11 % len(_CAUSES)], "否", "是",
        income[salt // 13 % 4], since, 1, _phone(person), *account_of(person),
    ], (*kinds, *odd)  # fmt: skip


def _tag(month: Month) -> str:
    return f"{month // 12}{month % 12 + 1:02d}"


def _households(rows: list[Person], width: int) -> Iterator[list[Person]]:
    """Neighbours in the list that live together; more than ``width`` go on in a row of their own."""
    for _, together in groupby(rows, key=itemgetter("village", "household")):
        members = list(together)
        for start in range(0, len(members), width):
            yield members[start : start + width]


def _household_fault(county: County, roster: str, members: list[Person]) -> int:
    """16: the head's number stands at every name; 38: more names than protected persons; 0: neither."""
    draw = luck(county.seed, roster, members[0]["household"], "household") % 1000
    if len(members) > 2 and draw < 12:
        return 16
    return 38 if len(members) > 1 and 12 <= draw < 22 else 0


def _pairs(
    county: County, roster: str, month: Month, members: list[Person], gap: int
) -> tuple[Row, list[tuple[int, ...]], int]:
    """Name and number of each member side by side, the faults of each, and how many are protected.

    ``gap`` empty columns stand between the head's name and the head's number.
    """
    whole = _household_fault(county, roster, members)
    cells: Row = []
    kinds: list[tuple[int, ...]] = []
    for place, person in enumerate(members):
        part, fault = cells_of(county, roster, month, person)
        id18: Cell = members[0]["id18"] if whole == 16 else part.id18  # type: ignore[assignment] # text by schema
        cells += [part.name, *[f"DB{luck(person['household']) % 10**8:08d}"] * (gap if place == 0 else 0), id18]
        kinds.append(_kinds(fault if whole != 16 else 0, (whole,) if whole else ()))
    return cells, kinds, len(members) - (whole == 38)


def subsistence_rural(county: County, month: Month, told_on: date) -> Delivery:
    """Household-wide rows, a sheet a town, a two-level heading; H holds the head's name and J the number.

    That these are the rural ones stands only in the name of the file.
    """
    made = Delivery(f"农保名册{_tag(month)}.xlsx", "civil_affairs", RURAL, month, told_on)
    rows = listed(county, RURAL, month)
    for town, people in groupby(sorted(rows, key=itemgetter("village", "household")), key=itemgetter("town_name")):
        sheet = Sheet(str(town))
        title(sheet, f"{month // 12}年{month % 12 + 1}月最低生活保障家庭花名册", 22)
        _two_level_heading(sheet)
        count = _rural_rows(county, month, sheet, made, list(people))
        foot(sheet, f"{len(sheet.rows) - 3}户{count}人", 22, month)
        made.sheets.append(sheet)
    return made


def _two_level_heading(sheet: Sheet) -> None:
    top: Row = ["序号", "镇", "村", "地址", "救助类型", "家庭人口", "保障人口", "户主姓名", "低保证号", "身份证号码"]
    below: Row = [None] * 10
    for member in range(1, 6):
        top += [f"成员{member}", None]
        below += ["姓名", "身份证号码"]
    first = sheet.add([*top, "开户银行", "银行账号"])
    sheet.add(below)
    sheet.merges += [(first, column, first + 1, column) for column in range(10)]
    sheet.merges += [(first, column, first, column + 1) for column in range(10, 20, 2)]
    sheet.merges += [(first, column, first + 1, column) for column in (20, 21)]


def _rural_rows(county: County, month: Month, sheet: Sheet, made: Delivery, people: list[Person]) -> int:
    """Write the households; the village stands on its first row only, in a cell merged down."""
    count, start, before = 0, len(sheet.rows), ""
    for members in _households(people, 6):
        head = members[0]
        cells, kinds, protected = _pairs(county, RURAL, month, members, 1)
        town, abolished = _shown_town(county, RURAL, head)
        village = str(head["village_name"])
        salt = luck(county.seed, "dibao", head["household"])
        allowance = ("全额", "全额救助")[salt % 9 == 0] if head["allowance"] == "全额" else "差额"
        same = village == before
        row = sheet.add(
            [len(sheet.rows) - 2, town, None if same else village, _address(head), allowance, len(members),
             protected, *cells,             *[None] * (13 - len(cells)), *account_of(head)]
        )  # fmt: skip
        if not same:
            _merge_down(sheet, start, row - 1, 2)
            start, before = row, village
        for place, (person, faults) in enumerate(zip(members, kinds, strict=True)):
            made.truth.append(Truth(sheet.name, row + 1, place, _number(person), _kinds(0, faults, abolished)))
            count += 1
    _merge_down(sheet, start, len(sheet.rows) - 1, 2)
    return count


def _merge_down(sheet: Sheet, first: int, last: int, column: int) -> None:
    if last > first and sheet.rows[first][column] is not None:
        sheet.merges.append((first, column, last, column))


def subsistence_urban(county: County, month: Month, told_on: date) -> Delivery:
    """Household-wide rows in one sheet, head in I and J; that they are urban stands in the file's name."""
    made = Delivery(f"城保名册{_tag(month)}.xlsx", "civil_affairs", URBAN, month, told_on)
    sheet = Sheet("Sheet1")
    title(sheet, f"低保家庭明细表（{month // 12}年{month % 12 + 1}月）", 20)
    heading: Row = [
        "序号",
        "镇（街道）",
        "社区",
        "地址",
        "救助类型",
        "家庭人口数",
        "保障人口数",
        "保障金额（元）",
        "户主姓名",
        "身份证",
    ]
    for member in range(1, 5):
        heading += [f"成员{member}姓名", "身份证"]
    sheet.add([*heading, "开户银行", "银行账号"])
    for members in _households(listed(county, URBAN, month), 5):
        head = members[0]
        cells, kinds, protected = _pairs(county, URBAN, month, members, 0)
        town, abolished = _shown_town(county, URBAN, head)
        line = len(sheet.rows) + 1
        amount = Formula(f"=G{line}*640", protected * 640)
        cells = [*cells, *[None] * (10 - len(cells)), *account_of(head)]
        row = sheet.add(
            [
                line - 2,
                town,
                str(head["village_name"]),
                _address(head),
                str(head["allowance"]),
                len(members),
                protected,
                amount,
                *cells,
            ]
        )
        for place, (person, faults) in enumerate(zip(members, kinds, strict=True)):
            made.truth.append(Truth(sheet.name, row + 1, place, _number(person), _kinds(0, faults, abolished)))
    foot(sheet, f"{len(sheet.rows) - 2}户{len(made.truth)}人", 18, month)
    made.sheets.append(sheet)
    return made


def destitute(county: County, month: Month, told_on: date) -> Delivery:
    """One person a row: C town, D village, E address, G name, H number."""
    made = Delivery(f"特困人员花名册{_tag(month)}.xlsx", "civil_affairs", DESTITUTE, month, told_on)
    sheet = Sheet("特困人员")
    title(sheet, "如皋市特困供养人员花名册", 12)
    title(sheet, f"填报单位：如皋市民政局　　{month // 12}年{month % 12 + 1}月", 12)
    sheet.add("序号 县（市） 镇 村 地址 性别 姓名 身份证号 供养方式 照料等级 供养金（元/月） 银行账号".split())
    for person in listed(county, DESTITUTE, month):
        part, fault = cells_of(county, DESTITUTE, month, person)
        salt = luck(county.seed, "destitute", person["number"])
        sex, wrong_sex = str(person["sex"]), ()
        if person["group"] != "story" and salt % 500 == 0:
            sex, wrong_sex = ("男" if sex == "女" else "女"), (13,)  # type: ignore[assignment] # a tuple of one
        town, abolished = _shown_town(county, DESTITUTE, person)
        amount, in_words = ("一千零四十元", (33,)) if salt // 11 % 80 == 0 else (("1040", "1,040元")[salt % 9 == 0], ())
        name: Cell = f"{part.name}(已故)" if person["excluded"] == "dead" and salt % 3 == 0 else part.name
        remark = () if name == part.name else (22,)
        row = sheet.add([
            len(sheet.rows) - 2, "如皋市", town, str(person["village_name"]), _address(person), sex, name, part.id18,
            ("分散", "集中")[salt % 5 == 0], ("全自理", "半护理", "全护理")[salt // 7 % 3],
            amount,
            account_of(person)[1],
        ])  # fmt: skip
        made.truth.append(
            Truth(sheet.name, row + 1, 0, _number(person), _kinds(fault, wrong_sex, abolished, remark, in_words))
        )
    foot(sheet, f"{len(made.truth)}人", 12, month)
    made.sheets += [sheet, Sheet("Sheet2", rows=[["2017年底已核销人员另册保存"]], hidden=True)]
    return made


def severe_disability(county: County, month: Month, told_on: date) -> Delivery:
    """Holders of a certificate of any level: the number is the ID, then type and level; D is the birthday."""
    made = Delivery(f"持证残疾人{_tag(month)}.ods", "dpf", DISABILITY, month, told_on)
    sheet = Sheet("持证人员")
    sheet.add("姓名 残疾证号 性别 出生日期 镇 村 地址 民族 监护人 联系电话 残疾类别 发证日期 残疾等级".split())
    levels, types = ("一级", "二级", "三级", "四级"), ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
    for person in listed(county, DISABILITY, month):
        number, salt = _number(person), luck(county.seed, "certificate", person["number"])
        part, fault = cells_of(county, DISABILITY, month, person)
        kind, level = salt % 7, salt // 7 % 4
        if fault in (1, 8, 14, 31):  # a certificate number is always whole and always text
            part, fault = type(part)(person["name"], person["id18"]), 0  # type: ignore[arg-type] # text by schema
        born: Cell = person["birth"]  # type: ignore[assignment] # a date by schema
        lunar = person["group"] != "story" and salt % 300 == 0
        if lunar and isinstance(born, date):
            born = date(born.year, born.month % 12 + 1, min(born.day, 28))
        row = sheet.add([
            part.name, f"{part.id18}{kind + 1}{level + 1}", str(person["sex"]), born, str(person["town_name"]),
            str(person["village_name"]), _address(person), PEOPLES[salt % len(PEOPLES)], None, _phone(person),
            types[kind],            f"{2010 + salt % 8}-0{salt % 9 + 1}-15", levels[level],
        ])  # fmt: skip
        made.truth.append(Truth(sheet.name, row + 1, 0, number, _kinds(fault, (12,) if lunar else ())))
    made.sheets.append(sheet)
    return made


MAKERS = {
    POVERTY: poverty_register, RURAL: subsistence_rural, URBAN: subsistence_urban, DESTITUTE: destitute,
    DISABILITY: severe_disability,
}  # fmt: skip
