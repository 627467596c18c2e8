"""Rows that are no person: totals, signatures, notes, repeated headings, group titles; and what totals state."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from yingbao.formats.rosters.clean_values import clean_amount, clean_count
from yingbao.formats.rosters.grid import Sheet, Value, text_of
from yingbao.formats.rosters.groups import Group, group_of
from yingbao.formats.rosters.headings import Headings, fold
from yingbao.formats.rosters.kinds import KINDS, Kind
from yingbao.formats.rosters.records import ControlTotal

_TOTAL = re.compile(
    r"^(本页|本村|本镇|全镇|全村|全市|全县|总|各镇|.{0,12}(镇|村|居|社区|街道))?"
    r"(合计|总计|小计|共计|累计|总数|总人数|总户数|计)([:(人户数\d,共].*|[零〇一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+[人户名].*)?$"
)
_STATED = re.compile(r"^(合计|总计|小计|共计|共|总共|以上|全镇共?|全村共?|本页).{0,12}?\d[\d,]*\s*(人|户|名|元)")
_SIGNATURE = re.compile(
    r"(制表|填表|填报|经办|审核|复核|审批|负责|主管|签字|签名|签章|盖章|公章|领导|分管|报送|联系人|联系电话|单位\(?章?\)?|日期)[人单位日期员签字盖章()]*[:_]|"
    r"(签字|签章|盖章|公章|经办人|制表人|审核人|负责人|填表人|复核人)\)?[:]?$|^年\d*月\d*日?$|^\d{4}年\d{1,2}月\d{1,2}日$"
)
_NOTE = re.compile(
    r"^[(（]?(以下空白|此页无正文|本页以下空白|完毕?)[)）]?$|^(注|备注|说明|填表说明|附注|备 注|提示|填写说明)\d*[:、.]|^(注|说明)$|^[※★*]"
)
_IDENTITY = re.compile(r"\d{14,}|\d\.\d+E\+\d+")
_PERSONS = re.compile(r"(\d[\d,]*)\s*(?:人|名)")
_HOUSEHOLDS = re.compile(r"(\d[\d,]*)\s*户")
_YUAN = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*元")
_LABEL = re.compile(r"(村名?|村居|行政村|社区|镇村|镇|乡镇|街道|所属村|所在村|类别|类型|救助类型):?")
_GRAND = re.compile(r"总|全[镇乡市县部]|累计")
_TITLE = re.compile(r"(名单|名册|花名册|登记表|统计表|汇总表|明细表|一览表|信息表|情况表|续表?)(\(.*\))?$|^\(?第.{1,3}页|^续(表|上页)?$")
_NAMED = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af·•‧・.．]{2,20}")
_LONG_NOTE = 12
_SEQUENCE = 3
_NOTHING = re.compile(r"[-—–_/\\\\.…]+|无|空")


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(slots=True)
class Foot:
    """Tells the rows of one sheet apart. ``said``: what lines of their own say of the rows below them."""

    sheet: Sheet
    headings: Headings
    kind: Kind = KINDS["opening_register"]
    labels: set[str] = field(default_factory=set)
    number_columns: list[int] = field(default_factory=list)
    seq: int | None = None
    said: Group = field(default_factory=Group)
    lines: list[int] = field(default_factory=list)  # the rows that still say something of the rows below

    def __post_init__(self) -> None:
        rows = range(self.headings.first, self.headings.last + 1)
        self.labels = {fold(text) for row in rows for text in map(text_of, self.sheet.rows[row]) if text}
        self.number_columns = [c.index for c in self.headings.columns if c.field in ("id", "disability_card")]
        self.seq = self.headings.column("seq")

    def code(self, row: int) -> str | None:
        """Why a row is no person, or None if it may be one."""
        values = self.sheet.rows[row]
        # The fast way: a row with a long number where numbers belong is a person.
        for column in self.number_columns:
            value = values[column] if column < len(values) else None
            if isinstance(value, str) and len(value) >= 15 and value[:14].isdigit():  # noqa: PLR2004 - an ID's length
                return None
        filled = [(column, text) for column, value in enumerate(values) if (text := _fold(text_of(value)))]
        if not filled or (len(filled) == 1 and filled[0][0] == self.seq and filled[0][1].isdigit()):
            return "row_blank"
        texts = [text for _, text in filled]
        if all(_NOTHING.fullmatch(text) for text in texts):
            return "row_blank"
        if sum(fold(text) in self.labels for text in texts) * 3 > len(texts) * 2:
            return "row_heading"
        if row == self.headings.last + 1 and self._is_numbering(texts):
            return "row_heading"
        if any(_IDENTITY.search(text) for column, text in filled if column in self.number_columns):
            return None
        return self._words(row, texts, filled)

    @staticmethod
    def _is_numbering(texts: list[str]) -> bool:
        numbers = [int(text) for text in texts if text.isdigit() and len(text) < _SEQUENCE]
        letters = [text for text in texts if re.fullmatch(r"[A-Z]|[甲乙丙丁]|\(\d+\)", text)]
        rising = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
        return len(numbers) + len(letters) == len(texts) >= _SEQUENCE and rising

    def _words(self, row: int, texts: list[str], filled: list[tuple[int, str]]) -> str | None:
        if group := self._group(filled):
            self._take(group, row)
            return "row_title"
        if any(_TOTAL.match(text) for text in texts[:3]) or any(_STATED.match(text) for text in texts[:2]):
            return "row_total"
        if self._looks_like_person(filled):
            return None
        if any(_SIGNATURE.search(text) for text in texts):
            return "row_signature"
        if _NOTE.match(texts[0]):
            return "row_note"
        if len(set(texts)) == 1 and len(filled) <= 1:
            text = texts[0]
            return "row_title" if _TITLE.search(text) else "row_note" if len(text) > _LONG_NOTE else None
        return None

    def _group(self, filled: list[tuple[int, str]]) -> Group:
        """What a line of its own says: a village, a category. One cell, or a label and its word (村名： 杨洲村)."""
        first, text = filled[0]
        if len(filled) == 2 and _LABEL.fullmatch(text):  # noqa: PLR2004 - a label and its word
            return group_of(f"{text.rstrip(':')}:{filled[1][1]}", self.kind)
        if len({one for _, one in filled}) > 1 or _NOTE.match(text) or _TOTAL.match(text):
            return Group()
        name = any(column.index == first and column.field == "name" for column in self.headings.columns)
        if name and re.fullmatch(r"[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{2}[^村镇乡]", text):
            return Group()
        return group_of(text, self.kind)

    def _take(self, group: Group, row: int) -> None:
        """A new town ends the village before it; a new category leaves the place."""
        before = Group() if group.town and not group.village and not group.category else self.said
        self.said = group.over(before)
        self.lines.append(row)

    def _looks_like_person(self, filled: list[tuple[int, str]]) -> bool:
        name = next((column.index for column in self.headings.columns if column.field == "name"), None)
        text = dict(filled).get(name, "").strip("*※★") if name is not None else ""
        return bool(_NAMED.fullmatch(text)) and len(filled) > _SEQUENCE and not _SIGNATURE.search(text)


@dataclass(slots=True)
class Covered:
    """What the rows so far give, to compare with a stated total. Money in fen."""

    rows: int = 0
    persons: int = 0
    households: set[object] = field(default_factory=set)
    sums: dict[int, int] = field(default_factory=dict)
    unclear: set[int] = field(default_factory=set)

    def add(self, other: Covered) -> None:
        """Join two stretches of rows."""
        self.rows += other.rows
        self.persons += other.persons
        self.households |= other.households
        self.unclear |= other.unclear
        for column, amount in other.sums.items():
            self.sums[column] = self.sums.get(column, 0) + amount


class Totals:
    """Keeps the running counts of a sheet and compares each total row with them."""

    def __init__(self, sheet: Sheet, headings: Headings, filled: set[tuple[int, int]]) -> None:
        self.sheet, self.headings, self.filled = sheet, headings, filled
        self.summed = {
            column.index: column.field
            for column in headings.columns
            if column.field in ("amount", "household_size", "protected_count")
        }
        self.since, self.all, self.group = Covered(), Covered(), Covered()
        self.found: list[ControlTotal] = []
        self.stated: list[tuple[int, list[Covered]]] = []
        self.below: list[Covered] = []  # of each total row, the rows from it to the next

    def person_row(self, row: int, persons: int, household: str | None) -> None:
        """Count a row of persons."""
        values = self.sheet.rows[row]
        for since in (self.since, self.group):
            since.rows += 1
            since.persons += persons
            since.households.add(household or row)
        for column, name in self.summed.items():
            value = values[column] if column < len(values) else None
            if value in (None, "") or (row, column) in self.filled:
                continue
            amount = clean_amount(value)[0] if name == "amount" else clean_count(value)
            for since in (self.since, self.group):
                if amount is None:
                    since.unclear.add(column)
                else:
                    since.sums[column] = since.sums.get(column, 0) + amount

    def total_row(self, row: int) -> None:
        """Keep a total row with the counts since the last line of its own, since the last total, and of all rows."""
        self.stated.append((row, [self.group, self.since, self.everything]))
        self.all, self.since, self.group = self.everything, Covered(), Covered()
        self.below.append(self.since)

    def line(self) -> None:
        """A line of its own, as a village, begins a count of its own."""
        self.group = Covered()

    @property
    def everything(self) -> Covered:
        """The counts of all rows so far."""
        everything = Covered()
        everything.add(self.all)
        everything.add(self.since)
        return everything

    def compare(self, sheet: list[Covered], file: Covered) -> None:
        """Compare every total row. It may also mean the whole ``sheet`` of several tables, a grand total the ``file`` so far."""
        above = bool(self.stated) and not self.stated[0][1][-1].rows  # totals that stand above their rows
        for place, (row, choices) in enumerate(self.stated):
            values = self.sheet.rows[row]
            label = next((_fold(text_of(value)) for value in values if text_of(value).strip()), "")[:12]
            beyond = [*sheet, file] if _GRAND.match(label) else list(sheet)
            beyond += [self.everything, self.below[place]] if above else []
            for column, value in enumerate(values):
                if value is not None and value != "":
                    self._compare_cell(row, column, value, label, [*beyond, *choices])

    def title(self, text: str, sheet: list[Covered]) -> None:
        """A title that states a count (共1203人) is a total as well; called after the last row."""
        if found := re.search(r"(?:共|合计|总计|人数[:：]?)\s*(?:\d[\d,]*\s*户[、,，]?\s*)?(\d[\d,]*)\s*(?:人|名)", text):
            self._say(0, "标题人数", int(found[1].replace(",", "")), _counts([*sheet, self.everything]))

    def _compare_cell(self, row: int, column: int, value: Value, label: str, choices: list[Covered]) -> None:
        counts = _counts(choices)
        if isinstance(value, str):
            text = unicodedata.normalize("NFKC", value)
            stated = False
            for pattern, what, options in (
                (_PERSONS, "人数", counts),
                (_HOUSEHOLDS, "户数", _households(choices)),
                (_YUAN, "金额", self._amounts(choices)),
            ):
                if (found := pattern.search(text)) and options:
                    number = found[1].replace(",", "")
                    fen = clean_amount(number)[0] if pattern is _YUAN else int(number)
                    if fen is not None:
                        self._say(row + 1, f"{label}{what}", fen, options)
                    stated = True
            if stated:
                return
        name = self.summed.get(column)
        if name == "amount":
            amount = clean_amount(value)[0]
            if amount is not None and not any(column in choice.unclear for choice in choices):
                self._say(row + 1, f"{label}金额", amount, [choice.sums.get(column, 0) for choice in choices])
            return
        number_stated = clean_count(value)
        if number_stated is None:
            return
        if name:
            if not any(column in choice.unclear for choice in choices):
                sums = [choice.sums.get(column, 0) for choice in choices]
                self._say(row + 1, f"{label}人数", number_stated, [*sums, *counts])
        elif column in self._count_columns():
            self._say(row + 1, f"{label}人数", number_stated, [*counts, *_households(choices)])

    def _count_columns(self) -> set[int]:
        """Columns in which a bare number of a total row is a count of persons or households."""
        wanted = ("name", "id", "town", "village", "household_key", "sex", "address", "relation")
        return {column.index for column in self.headings.columns if column.field in wanted}

    def _amounts(self, choices: list[Covered]) -> list[int]:
        columns = [column for column, name in self.summed.items() if name == "amount"]
        if any(column in choice.unclear for column in columns for choice in choices):
            return []
        return [choice.sums.get(column, 0) for column in columns for choice in choices]

    def _say(self, row: int, label: str, stated: int, options: list[int]) -> None:
        found = stated if stated in options else options[-1]
        self.found.append(ControlTotal(self.sheet.name, row, label, stated, found))


def _counts(choices: list[Covered]) -> list[int]:
    """A count may mean rows or persons; the last option is the one named in a refusal."""
    return [number for choice in choices for number in (choice.rows, choice.persons)]


def _households(choices: list[Covered]) -> list[int]:
    return [number for choice in choices for number in (choice.rows, len(choice.households))]


def combined(tables: list[Totals]) -> Covered:
    """What several tables give together. A sum stands under every column that says the same in one of them."""
    whole = Covered()
    sums: dict[tuple[str, int], int] = {}
    places: dict[int, tuple[str, int]] = {}
    for number, table in enumerate(tables):
        part, seen = table.everything, dict.fromkeys(table.summed.values(), 0)
        whole.rows += part.rows
        whole.persons += part.persons
        whole.households |= {(number, one) for one in part.households}
        whole.unclear |= part.unclear
        for column, name in table.summed.items():
            places[column] = (name, seen[name])
            sums[places[column]] = sums.get(places[column], 0) + part.sums.get(column, 0)
            seen[name] += 1
    whole.sums = {column: sums[place] for column, place in places.items()}
    return whole
