"""Which roster a sheet is: by the words of its file name, sheet name, title and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yingbao.values.facts import WATCHED, Category, FactKind

# A list of several groups of civil affairs on one sheet: no category but what each row says.
OF_EACH_ROW = "civil_affairs_groups"
CIVIL_AFFAIRS = frozenset({"subsistence_urban", "subsistence_rural", "destitute"})
CIVIL_ROSTERS = CIVIL_AFFAIRS | {OF_EACH_ROW}
# A list against falling back into poverty: its groups are said by its rows, its lines or its name.
WATCH_LIST = "poverty_watch"
WATCHED_GROUPS = frozenset(category.key for category in WATCHED)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of roster. ``category`` is what being on it means, if it means a category.

    ``fact_kind`` and ``fact_value``: what being on a comparison list means.
    """

    name: str
    zh: str
    bureau: str
    names: re.Pattern[str]
    category: str | None = None
    fact_kind: str | None = None
    fact_value: str | None = None

    @property
    def is_assistance(self) -> bool:
        """Being on it means a category: its own, or the one that each row says."""
        return self.category is not None or self.says_by_row

    @property
    def says_by_row(self) -> bool:
        """It has no category of its own: every row must say one."""
        return self.name in (OF_EACH_ROW, WATCH_LIST)


def _kind(
    name: str, zh: str, bureau: str, names: str, *, category: Category | None = None,
    fact: FactKind | None = None, value: str | None = None,
) -> Kind:  # fmt: skip
    return Kind(name, zh, bureau, re.compile(names), category.key if category else None, fact.key if fact else None, value)


_ALL = (
    _kind("poverty_register", "建档立卡低收入人口", "poverty_office", r"扶贫|建档立卡|贫困|低收入|脱贫|阳光扶贫",
          category=Category.REGISTERED_LOW_INCOME),
    _kind(WATCH_LIST, "防返贫监测对象", "poverty_office",
          r"监测(对象|户|人口|名单)|防(止)?返贫|易?返贫致贫|易返贫|脱贫不稳定|边缘易致贫|突发严重困难"),
    _kind("subsistence_urban", "城市低保", "civil_affairs",
          r"(城市|城镇|城区|城)(居民)?(最低生活保障|低保|保(?!险|障))|低保.{0,3}城(市|镇)", category=Category.SUBSISTENCE_URBAN),
    _kind("subsistence_rural", "农村低保", "civil_affairs",
          r"(农村|农)(居民)?(最低生活保障|低保|保(?!险|障))|低保.{0,3}农村", category=Category.SUBSISTENCE_RURAL),
    _kind("destitute", "特困人员", "civil_affairs", r"特困|五保|供养", category=Category.DESTITUTE),
    _kind("civil_affairs_groups", "民政各类对象（逐行写明）", "civil_affairs",
          r"困难群众|城乡低保|社会救助|(民政|救助)对象|低保.{0,2}特困|特困.{0,2}低保"),
    _kind("severe_disability", "残疾人", "dpf", r"残联|残疾|重残", category=Category.SEVERE_DISABILITY),
    _kind("employee_scheme", "职工养老保险", "social_insurance",
          r"职保|企业职工|职工(基本)?养老|城镇职工|企保|企业养老", fact=FactKind.OTHER_SCHEME, value="employee"),
    _kind("civil_service_scheme", "机关事业养老保险", "social_insurance",
          r"机关保|机关事业|机关养老|事业单位", fact=FactKind.OTHER_SCHEME, value="civil_service"),
    _kind("police_deaths", "死亡人员", "police", r"死亡|火化|殡葬|亡故|去世", fact=FactKind.DEATH),
    _kind("police_moves", "户籍迁移人员", "police",
          r"迁出|迁移|户籍(变动|变更|注销|状态|信息|人口|管理)|户口(迁|变动)|管理状态", fact=FactKind.MOVED_OUT),
    _kind("students", "在校学生", "education", r"在校|学生|学籍", fact=FactKind.STUDENT),
    _kind("soldiers", "现役军人", "military", r"参军|现役|军人|入伍|服役|兵役", fact=FactKind.SOLDIER),
    _kind("prisoners", "服刑人员", "justice", r"服刑|在押|监狱|判刑|羁押|收监", fact=FactKind.PRISONER),
    _kind("own_payments", "个人缴费明细", "social_insurance",
          r"缴费(明细|名单|清单|记录|人员|流水)|个人缴费|自行缴费|税务推送|已缴费", fact=FactKind.OWN_PAYMENT),
    _kind("opening_register", "城乡居保参保登记", "social_insurance",
          r"参保(人员|登记|名册|花名册|台账)|居保(登记|名册|花名册|人员|参保)|期初|在册(人员|登记)|opening"),
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}

# English names also serve: the program's own exports carry them.
_WEIGHT_FILE, _WEIGHT_SHEET, _WEIGHT_TITLE = 3, 3, 3
_ENGLISH = {name: re.compile(name.replace("_", "[-_ ]?"), re.IGNORECASE) for name in KINDS}

# Headings that only one kind has: fields → kinds, with the points they give.
_BY_FIELD: tuple[tuple[frozenset[str], str, int], ...] = (
    (frozenset({"poverty_flag"}), "poverty_register", 3),
    (frozenset({"poverty_exit"}), "poverty_register", 3),
    (frozenset({"disability_card", "disability_level"}), "severe_disability", 3),
    (frozenset({"disability_level", "disability_type"}), "severe_disability", 2),
    (frozenset({"death_date"}), "police_deaths", 3),
    (frozenset({"cremated_on"}), "police_deaths", 3),
    (frozenset({"register_state"}), "police_moves", 2),
    (frozenset({"payment_state", "status"}), "opening_register", 3),
    (frozenset({"account_own"}), "opening_register", 3),
    (frozenset({"paid_years"}), "opening_register", 2),
    (frozenset({"pension_from", "base_pension"}), "opening_register", 3),
)
_BY_LABEL: tuple[tuple[re.Pattern[str], str, int], ...] = (
    (re.compile(r"职保"), "employee_scheme", 4),
    (re.compile(r"机关保"), "civil_service_scheme", 4),
    (re.compile(r"入学|学校|学籍|在读|学制"), "students", 3),
    (re.compile(r"入伍|服役|部队|退役"), "soldiers", 3),
    (re.compile(r"刑期|罪名|监狱|收监|羁押"), "prisoners", 3),
    (re.compile(r"致贫原因|扶贫|贫困|户编号|低收入"), "poverty_register", 2),
    (re.compile(r"缴费年度|费款所属|税票|实缴|缴费日期"), "own_payments", 2),
    (re.compile(r"供养(方式|金|类型)|照料等级|护理"), "destitute", 3),
    (re.compile(r"监测(对象|类)|(返贫|致贫)风险|风险(类型|消除|是否)"), WATCH_LIST, 3),
    (re.compile(r"火化|殡葬"), "police_deaths", 2),
    (re.compile(r"迁出|迁往|管理状态"), "police_moves", 3),
)
_SUBSISTENCE_LABEL = re.compile(r"低保|救助类型|保障人口|保障人数|保障金额")
# The columns of civil affairs' own system; it names causes of poverty (致贫原因) as well.
_SUBSISTENCE_SYSTEM = re.compile(r"低保证|保障人口|保障人数|保障年月|救助对象类型")
# Lists that are none of the kinds, whatever their headings share with them.
_OTHER_LISTS = re.compile(r"医保|医疗保险|新农合|社保卡|社会保障卡")
_SUBSISTENCE = ("subsistence_urban", "subsistence_rural")


@dataclass(frozen=True, slots=True)
class Signs:
    """What can tell the kind of a sheet."""

    file: str
    sheet: str
    title: str
    labels: tuple[str, ...]
    fields: frozenset[str]
    values: str = ""  # the distinct words of the columns that say what a row is


def named_kinds(text: str) -> set[str]:
    """Kinds that a name or title speaks of."""
    found = {kind.name for kind in _ALL if kind.name != OF_EACH_ROW and kind.names.search(text)}
    found |= {name for name, pattern in _ENGLISH.items() if pattern.search(text)}
    if found & {"employee_scheme", "civil_service_scheme"}:
        found.discard("opening_register")  # 机关事业单位参保人员 is a list of the other scheme
    if "severe_disability" in found and found & {"destitute", *_SUBSISTENCE}:
        found.discard("severe_disability")  # 低保残疾人 is a list of civil affairs
    if WATCH_LIST in found:
        found.discard("poverty_register")  # 脱贫不稳定户 is a list of those who are watched
    return found


def of_town_or_country(sheet: str, file: str) -> str:
    """Sheet 城镇 of a file 低保对象 is 城镇低保; empty where the names do not say it together."""
    found = re.search(r"城市|城镇|城区|农村|^[城农]$", sheet.strip())
    return f"{found[0]}低保" if found and re.search(r"低保|最低生活", file) else ""


def score(signs: Signs) -> dict[str, int]:
    """Points by kind; zero left out."""
    points = dict.fromkeys(KINDS, 0)
    for text, weight in ((signs.file, _WEIGHT_FILE), (signs.sheet, _WEIGHT_SHEET), (signs.title, _WEIGHT_TITLE)):
        for name in named_kinds(text):
            points[name] += weight
    if not any(points[name] for name in _SUBSISTENCE):  # 低保201811.xlsx with the sheets 城市 and 农村
        for name in named_kinds(of_town_or_country(signs.sheet, signs.file)) & {*_SUBSISTENCE}:
            points[name] += _WEIGHT_SHEET
    for needed, name, weight in _BY_FIELD:
        if needed <= signs.fields:
            points[name] += weight
    joined = " ".join(label for label in signs.labels if not label.startswith("是否"))  # a question is no sign of what the list is
    for pattern, name, weight in _BY_LABEL:
        if pattern.search(joined):
            points[name] += weight
    if _SUBSISTENCE_LABEL.search(joined):
        for name in _SUBSISTENCE:
            points[name] += 3 if _SUBSISTENCE_SYSTEM.search(joined) else 1
    for name in named_kinds(signs.values):
        points[name] += 2
    return {name: value for name, value in points.items() if value}


def groups_of(roster: str) -> list[str]:
    """The categories that being on a kind of roster may mean, sorted: several where its rows say which."""
    several = {OF_EACH_ROW: CIVIL_AFFAIRS, WATCH_LIST: WATCHED_GROUPS}.get(roster)
    category = KINDS[roster].category if roster in KINDS else None
    return sorted(several) if several else [category] if category else []


def guess(signs: Signs) -> list[str]:
    """The likeliest kinds: one when it is clear, several when it is not, none without a sign."""
    points = score(signs)
    names = f"{signs.file} {signs.sheet} {signs.title}"
    if not points or (_OTHER_LISTS.search(names) and not named_kinds(names)):
        return []
    best = max(points.values())
    likeliest = sorted(name for name, value in points.items() if value == best)
    named = [name for name in likeliest if name in named_kinds(names)]
    return named if len(named) == 1 else likeliest  # what a list calls itself counts before what its columns share with others
