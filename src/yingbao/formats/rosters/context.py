"""What surrounds the rows of a sheet: its meaning in names and titles, its month, its filled merges."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from yingbao.formats.rosters.clean_values import spelled_in_digits
from yingbao.formats.rosters.grid import Sheet
from yingbao.formats.rosters.groups import PAYS_IN, RETIRED, group_of, says_left
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.kinds import Kind
from yingbao.formats.rosters.records import Problem
from yingbao.values.facts import FactKind
from yingbao.values.month import Month, month_of

_TOWN = re.compile(r"(?:[\u4e00-\u9fff]*?[市县](?!场))?([\u4e00-\u9fff]{2,6}?(?:镇|街道|乡|开发区|高新区|园区|农场))")
_NO_TOWN = re.compile(r"((特困|低保|五保|困难|人员|对象|[两三四各全本几])镇|城镇|乡镇|各镇|全镇|村镇|市镇|所属街道|乡镇街道)$")
_VILLAGE = re.compile(r"([\u4e00-\u9fff0-9]{1,8}?(?:村民委员会|居民委员会|村委会|居委会|社区|行政村|村|居))(?![住民保])")
_GENERIC_SHEET = re.compile(r"(sheet|工作表|表)\s*\d*|page\s*\d+", re.IGNORECASE)
_MONTH = re.compile(
    r"(?<!\d)(20\d{2})\s*(?:年度?|-|\.|/|_)\s*(1[0-2]|0?[1-9])(?:\s*月份?(?!\s*\d{1,2}\s*[日号])|(?!\s*月|\d|\s*日|[-./]\d))"
)
# 2018年10月至11月 is no one month.
_SPAN = re.compile(r"(20\d{2})\s*年度?\s*(1[0-2]|0?[1-9])\s*月?份?\s*(?:至|到|-|—|~|、|和)\s*(1[0-2]|0?[1-9])\s*月")
_MONTH_PACKED = re.compile(r"(?<!\d)(20[12]\d)(0[1-9]|1[0-2])(?!\d)")
_AS_OF = re.compile(r"截[至止]到?\s*(20\d{2})\s*年\s*(1[0-2]|0?[1-9])\s*月\s*(?:\d{1,2}\s*日|底|末)")
# A day makes it the day of making, or the word 日期; 导出2018年11月 in a file name is the month.
_MADE = "(?:填报|制表|打印|导出|上报|填表|编制|生成)"
_MADE_ON = re.compile(
    rf"{_MADE}(?:日期|时间)[:：]?\s*20\d{{2}}\D{{0,2}}\d{{1,2}}\D{{0,2}}(?:\d{{1,2}}日?)?"
    rf"|{_MADE}[:：]?\s*20\d{{2}}(?:\D{{1,2}}\d{{1,2}}\D{{1,2}}\d{{1,2}}日?|\d{{4}}(?!\d))"
)


@dataclass(slots=True)
class Context:
    """What the rows of a sheet take from around them. ``on``: the last day of the data month."""

    sheet: Sheet
    headings: Headings
    kind: Kind
    file: str
    title: str
    month: Month | None
    on: date | None
    town: str | None = None
    village: str | None = None
    unit: str | None = None
    poverty_flag: bool | None = None
    filled: set[tuple[int, int]] = field(default_factory=set)
    accept_hidden: bool = False
    notes: list[Problem] = field(default_factory=list)
    fact_kind: str | None = None
    left: bool = False  # the people of this list are no longer on it
    lines: list[str] = field(default_factory=list)  # what stands above the headings, cell by cell

    def __post_init__(self) -> None:
        self.fact_kind = self.kind.fact_kind

    @property
    def names(self) -> str:
        """Sheet, title and file: all that is written around the rows."""
        return f"{self.sheet.name} {self.title} {self.file}"

    @property
    def says_no_move(self) -> bool:
        """A list of the police that has no column of states, and no word that its people moved out."""
        told = ("register_state", "register_state_code", "status")
        labels = " ".join(column.label for column in self.headings.columns)
        has_state = any(self.headings.column(name) is not None for name in told)
        return self.kind.name == "police_moves" and not has_state and "迁" not in self.names + labels


def title_of(sheet: Sheet, headings: Headings | None) -> str:
    """The text above the headings."""
    last = headings.first if headings else min(3, len(sheet.rows))
    return " ".join(lines_of(sheet, 0, last)).strip()


def lines_of(sheet: Sheet, first: int, last: int) -> list[str]:
    """The texts of some rows, cell by cell."""
    cells = (sheet.text(row, column) for row in range(first, last) for column in range(len(sheet.rows[row])))
    return [text for text in cells if text.strip()]


def town_in(text: str) -> str | None:
    """The town that a name or title speaks of."""
    for found in _TOWN.finditer(text):
        if not _NO_TOWN.search(found[1]):
            return found[1]
    return None


def place_in_address(address: str) -> tuple[str | None, str | None]:
    """Town and village of a free address; None where it does not say."""
    text = re.sub(r"^[\u4e00-\u9fff]{2,3}省", "", re.sub(r"\s+", "", address))
    text = re.sub(r"^[\u4e00-\u9fff]{2,3}市(?=[\u4e00-\u9fff]{2,3}[市县区])", "", text)
    text = re.sub(r"^[\u4e00-\u9fff]{2,3}[市县](?=[\u4e00-\u9fff])", "", text)
    town = re.match(r"[\u4e00-\u9fff]{1,6}?(?:镇|街道|乡|开发区|高新区)", text)
    rest = text[town.end() :] if town else text
    village = _VILLAGE.match(rest)
    return (town[0] if town else None), (village[1] if village else None)


def months_in(text: str) -> set[Month]:
    """The months a title or file name states; dates of making are left out."""
    plain = _MADE_ON.sub(" ", spelled_in_digits(text))
    pairs = _AS_OF.findall(plain) or [*_MONTH.findall(plain), *_MONTH_PACKED.findall(plain)]
    pairs += [(year, number) for year, *both in _SPAN.findall(plain) for number in both]
    return {month_of(int(year), int(number)) for year, number in pairs}


def take_names(context: Context) -> None:
    """Town, village, unit and poverty flag from sheet name, title and file name, where no column says it."""
    sheet, headings = context.sheet, context.headings
    own_name = "" if _GENERIC_SHEET.fullmatch(sheet.name.strip()) else sheet.name.strip()
    if headings.column("town") is None:
        context.town = next((town for text in (own_name, context.title, context.file) if (town := town_in(text))), None)
    if headings.column("village") is None:
        places = (group_of(text, context.kind).village for text in (own_name, *context.lines))
        context.village = next((village for village in places if village), None)
    said = (says_left(text, context.kind) for text in (own_name, " ".join(context.lines), context.file))
    context.left = next((one for one in said if one is not None), False)
    if context.kind.fact_value and headings.column("area") is None and own_name:
        context.unit = own_name
    if context.kind.fact_kind == FactKind.OTHER_SCHEME.key:
        state = next((text for text in (own_name, context.title, context.file) if RETIRED.search(text) or PAYS_IN.search(text)), "")
        if RETIRED.search(state) and not PAYS_IN.search(state):
            context.fact_kind = FactKind.OTHER_PENSION.key
    if headings.column("poverty_flag") is None and headings.column("poverty_exit") is None:
        joined = f"{own_name} {context.title} {context.file}"
        if re.search(r"未(标注)?脱贫", joined):
            context.poverty_flag = False
        elif re.search(r"已(标注)?脱贫|脱贫退出|退出(户|人口|人员|名单|名册)", joined):
            context.poverty_flag = True
    used = [value for value in (context.town, context.village, context.unit) if value]
    if used or context.poverty_flag is not None:
        context.notes.append(Problem("layout_meaning_in_name", shown="、".join(used)))


def fill_merges(sheet: Sheet, all_headings: list[Headings]) -> set[tuple[int, int]]:
    """Copy a merged value down inside its range only. Returns the cells filled (kind 29).

    A person's own name and number are never filled: that would invent a person.
    """
    own = {column.index for headings in all_headings for column in headings.columns if column.field in ("name", "id", "disability_card")}
    filled: set[tuple[int, int]] = set()
    for top, bottom, left, right in sheet.merged:
        heads = any(top <= headings.last and bottom >= headings.first for headings in all_headings)
        if heads or top <= all_headings[0].last or bottom == top or left in own:
            continue
        source = sheet.rows[top] if top < len(sheet.rows) else []
        value = source[left] if left < len(source) else None
        if value in (None, "") or right != left:
            continue
        for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
            cells = sheet.rows[row]
            cells += [None] * (left + 1 - len(cells))
            if cells[left] in (None, ""):
                cells[left] = value
                filled.add((row, left))
    return filled
