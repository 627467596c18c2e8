"""What a row says of everybody on it: place, household, category, dates, status, remark."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from yingbao.formats.rosters import payment_fields, plain_fields, yes_no
from yingbao.formats.rosters.clean_name import hints_of
from yingbao.formats.rosters.clean_status import place, register_state, scheme_status, village
from yingbao.formats.rosters.clean_values import CleanDate, clean_amount, clean_date, clean_yes, folded
from yingbao.formats.rosters.context import Context, place_in_address
from yingbao.formats.rosters.grid import Value, letter, text_of
from yingbao.formats.rosters.groups import RETIRED, Group
from yingbao.formats.rosters.kinds import CIVIL_ROSTERS, WATCH_LIST
from yingbao.formats.rosters.own_category import OwnCategory
from yingbao.formats.rosters.poverty_fields import read_exit, read_flag, read_remark, read_status
from yingbao.formats.rosters.records import Fields, Problem, Record
from yingbao.formats.rosters.remarks import both_ends, says_cancelled, says_ended
from yingbao.formats.rosters.watched import watched_group
from yingbao.values.facts import Category, FactKind
from yingbao.values.month import last_day, month_of_date

_YOUNGEST, _OLDEST = 16, 60  # 43: only said, never decided here; the rules hold the law's own ages
_STOPPED = re.compile(r"停保|停发|停止|暂停|退保|退出|取消|终止|注销|减少|核减|清退|已停|(?<!未)消除")
_NOT_IN_SCHEME = re.compile(r"未参保|终止|暂停|中断|一次性")
_OVER_WORDS = ("毕业", "退学", "退伍", "退役", "转业", "释放", "刑满", "假释", "肄业")
_HINT_CODES = {
    "suspected_death": "person_died",
    "moved_out": "person_moved_out",
    "other_scheme": "person_in_other_scheme",
    "student": "person_studying_serving_or_jailed",
    "soldier": "person_studying_serving_or_jailed",
    "prisoner": "person_studying_serving_or_jailed",
    "abroad": "person_studying_serving_or_jailed",
    "own_payment": "already_paid",
}
_SEVERE_LEVELS = (1, 2)


class RowFields:
    """Reads the shared columns of a row into a template for its persons."""

    def __init__(self, context: Context, slot: int | None = None) -> None:
        self.context = context
        self.kind = context.kind
        self.is_assistance = context.kind.is_assistance
        self.under = Group()  # what lines between the rows say of the rows below them
        shared = [column for column in context.headings.columns if column.slot is None]
        own = [column for column in context.headings.columns if slot is not None and column.slot == slot]
        columns = {column.field: column for column in [*reversed(shared), *reversed(own)]}
        self.labels = {name: column.label for name, column in columns.items() if name}
        readers: dict[str, Callable[[Fields, Value], str | None]] = {
            **plain_fields.READERS, "town": self._town, "village": self._village, "address": self._address, "area": self._area,
            "poverty_flag": self._poverty_flag, "poverty_exit": self._poverty_exit, "holds_from": self._holds_from,
            "holds_until": self._holds_until, "holds_span": self._holds_span, "death_date": self._death_date,
            "cremated_on": self._cremated_on, "amount": self._amount, "year": self._year, "paid_date": self._paid_date,
            "data_month": self._data_month, "scheme": self._scheme, "data_class": self._data_class, "status": self._status,
            "register_state": self._register_state, "register_state_code": self._register_state_code, "remark": self._remark,
        }  # fmt: skip
        if self.is_assistance:
            readers |= {name: partial(yes_no.read_answer, name) for name in yes_no.FIELDS}
        if self.kind.fact_value and not {"status", "data_class"} & columns.keys():
            readers["category"] = self._person_class
        if self.kind.name == "own_payments":
            readers |= payment_fields.READERS
        self.steps = [(columns[name].index, read) for name, read in readers.items() if name in columns]
        taken = columns["remark"].index if "remark" in columns else -1
        self.steps += [(one.index, self._remark) for one in [*own, *shared] if one.field == "remark" and one.index != taken]
        self.own_category = OwnCategory(
            self.kind, [column for column in own or shared if column.field == "category"] or
            [column for column in shared if column.field == "category"])
        self.said_of_all = watched_group(context.names) if self.kind.name == WATCH_LIST else self.kind.category
        self.has_level = any(column.field in ("disability_level", "disability_card") for column in context.headings.columns)
        self.says_state = bool({"status", "data_class"} & columns.keys())
        self.notes: list[str] = []

    def read(self, row: int, values: list[Value]) -> tuple[Fields, list[Problem], list[Problem]]:
        """The template, and the problems and notes of its cells."""
        context, kind = self.context, self.kind
        under = self.under
        flag = context.poverty_flag if under.poverty_flag is None else under.poverty_flag
        fields = Fields(
            town=under.town or context.town, village=under.village or (None if under.town else context.village),
            unit=context.unit, category=under.category or self.said_of_all, fact_kind=under.fact_kind or context.fact_kind,
            fact_value=kind.fact_value, poverty_exit_flag=None if kind.name == WATCH_LIST else flag,
        )  # fmt: skip
        problems: list[Problem] = []
        notes: list[Problem] = []
        width = len(values)
        for column, read in self.steps:
            value = values[column] if column < width else None
            if value is None or value == "":
                continue
            code = read(fields, value)
            if code or self.notes:
                name = letter(column)
                address = f"{name}{row + 1}"
                if code:
                    problems.append(Problem(code, name, address, text_of(value)))
                notes += [Problem(note, name, address, text_of(value)) for note in self.notes]
                self.notes.clear()
        if self.own_category.columns and (wrong := self.own_category.read(fields, row, values)):
            problems.append(wrong)
        if fields.address and not (fields.town and fields.village):
            town, village = place_in_address(fields.address)
            fields.town, fields.village = fields.town or town, fields.village or village
        return fields, problems, notes

    def finish(self, record: Record) -> None:
        """What needs the whole person: hints to codes, age, poverty and disability, the list's own meaning."""
        fields = record.fields
        for hint in fields.hints:
            code = _HINT_CODES[hint]
            target = record.problems if code == "person_moved_out" else record.notes
            if code not in {problem.code for problem in target}:
                target.append(Problem(code, shown=fields.remark or ""))
        if self.is_assistance:
            self._finish_assistance(record)
        elif self.kind.fact_value:
            self._finish_scheme(record)
        elif self.kind.name == "police_deaths":
            self._finish_death(record)
        elif self.kind.name == "own_payments" and fields.amount_fen is None and "amount_unclear" not in record.codes:
            record.problems.append(Problem("amount_unclear"))
        if self.kind.name == "own_payments" and fields.year and fields.year > self._paid_year(fields):
            record.problems.append(Problem("payment_wrong_year"))
        # A state in the register that speaks of a death without its day is a suspicion.
        if fields.fact_kind == FactKind.DEATH.key and fields.death_date is None and fields.holds_from is None:
            fields.fact_kind = FactKind.SUSPECTED_DEATH.key

    def _paid_year(self, fields: Fields) -> int:
        """The year in which the money was paid, else the year of the list; where neither is known, any year passes."""
        paid = fields.holds_from or self.context.on
        return paid.year if paid else fields.year or 0

    def comment(self, record: Record, text: str) -> str | None:
        """A note pinned to a cell is a remark that nobody typed into the list; the code of what it asks."""
        record.notes.append(Problem("cell_comment", shown=text))
        return self._remark(record.fields, text)

    def _finish_assistance(self, record: Record) -> None:
        fields, on = record.fields, self.context.on
        if self.kind.says_by_row and fields.category is None and "category_unknown" not in record.codes:
            record.problems.append(Problem("category_unknown"))
        left = self.context.left if self.under.left is None else self.under.left
        if left and self._runs_on(fields) and "allowance_stopped" not in record.codes:
            record.problems.append(Problem("allowance_stopped"))
        if self.kind.name == "poverty_register":
            self._finish_poverty(record)
        if fields.id and on:
            birth = fields.id.birth
            age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
            if age < _YOUNGEST or age >= _OLDEST:
                record.notes.append(Problem("age_outside_proxy", shown=str(age)))
        if self.kind.name == "severe_disability":
            if fields.disability_level and fields.disability_level not in _SEVERE_LEVELS:
                fields.category = None
            if not fields.disability_level and self.has_level and "disability_level_unclear" not in record.codes:
                record.problems.append(Problem("disability_level_unclear"))
        size, protected = fields.household_size, fields.protected_count
        flagged = any(column.field == "protected_flag" for column in self.context.headings.columns)
        if size is not None and protected is not None and size > protected and not flagged:
            record.problems.append(Problem("household_not_all_protected", shown=f"{size}>{protected}"))

    def _finish_poverty(self, record: Record) -> None:
        """A blank year of the flag means: not flagged. A blank flag beside no year is not said."""
        if record.fields.poverty_exit_flag is not None or "poverty_flag_unclear" in record.codes:
            return
        if "poverty_flag" in self.labels:
            record.problems.append(Problem("poverty_flag_unclear"))
        elif "poverty_exit" in self.labels:
            record.fields.poverty_exit_flag = False

    def _finish_death(self, record: Record) -> None:
        fields = record.fields
        fields.holds_from = fields.death_date
        suspected = "疑似" in f"{self.context.file}{self.context.title}{self.context.sheet.name}"
        if fields.death_date is None or suspected:
            fields.fact_kind = FactKind.SUSPECTED_DEATH.key
            if fields.death_date is None and "date_ambiguous" not in record.codes:
                record.notes.append(Problem("death_date_missing"))

    def _finish_scheme(self, record: Record) -> None:
        """A list without a column of states says in its remarks who draws a pension already."""
        fields = record.fields
        if not self.says_state and fields.fact_kind == FactKind.OTHER_SCHEME.key and RETIRED.search(fields.remark or ""):
            fields.fact_kind = FactKind.OTHER_PENSION.key

    # One small reader a column: sets the fields, returns the code of what is wrong or None.
    def _town(self, fields: Fields, value: Value) -> str | None:
        fields.town, abolished = place(text_of(value))
        return "place_abolished" if abolished else None

    def _village(self, fields: Fields, value: Value) -> str | None:
        town, fields.village, abolished = village(text_of(value))
        fields.town = fields.town or town
        return "place_abolished" if abolished else None

    def _address(self, fields: Fields, value: Value) -> str | None:
        fields.address = text_of(value).strip() or None
        return None

    def _area(self, fields: Fields, value: Value) -> str | None:
        text = text_of(value).strip()
        if self.kind.fact_value:
            fields.unit = text or None
        elif not fields.address and "镇" in text:
            fields.address = text
        return None

    def _poverty_flag(self, fields: Fields, value: Value) -> str | None:
        mine = self.kind.category == Category.REGISTERED_LOW_INCOME.key
        return read_flag(fields, value, self.labels["poverty_flag"], self.context.on) if mine else None

    def _poverty_exit(self, fields: Fields, value: Value) -> str | None:
        mine = self.kind.category == Category.REGISTERED_LOW_INCOME.key
        return read_exit(fields, value, self.context.on) if mine else None

    def _date(self, value: Value) -> CleanDate | None:
        when = clean_date(value)
        if when and when.reformed:
            self.notes.append("date_reformed")
        return when

    def _holds_from(self, fields: Fields, value: Value) -> str | None:
        when = self._date(value)
        fields.holds_from = when.first if when else None
        label = self.labels["holds_from"]
        if when and fields.fact_kind == FactKind.OTHER_SCHEME.key and any(w in label for w in ("领取", "退休")):
            fields.fact_kind = FactKind.OTHER_PENSION.key
        return None if when or not text_of(value).strip(" /-—无长期") else "date_ambiguous"

    def _holds_until(self, fields: Fields, value: Value) -> str | None:
        when = self._date(value)
        fields.holds_until = when.last if when else None
        return None if when or not text_of(value).strip(" /-—无长期至今") else "date_ambiguous"

    def _holds_span(self, fields: Fields, value: Value) -> str | None:
        ends = both_ends(value)
        if ends is None:
            return "date_ambiguous" if re.search(r"\d", text_of(value)) else None
        fields.holds_from, fields.holds_until = ends[0].first, ends[1].last
        return None

    def _cremated_on(self, fields: Fields, value: Value) -> str | None:
        """The day of the cremation stands for the day of death only where that is not written."""
        return None if fields.death_date else self._death_date(fields, value)

    def _death_date(self, fields: Fields, value: Value) -> str | None:
        if not text_of(value).strip(" /-—无"):
            return None
        when = self._date(value)
        if when is None or when.exact != "day":
            return "date_ambiguous"
        fields.death_date = when.first
        if self.kind.name not in ("police_deaths", "police_moves"):
            fields.hints = (*fields.hints, "suspected_death")
        return None

    def _amount(self, fields: Fields, value: Value) -> str | None:
        if not text_of(value).strip(" /-—"):
            return None
        fields.amount_fen, reformed = clean_amount(value)
        if reformed:
            self.notes.append("amount_reformed")
        if self.kind.name == "own_payments" and (fields.amount_fen or 0) <= 0:  # a payment taken back is told by its own act
            fields.amount_fen = None
        return "amount_unclear" if fields.amount_fen is None else None

    def _year(self, fields: Fields, value: Value) -> str | None:
        when = clean_date(value)
        fields.year = when.first.year if when else None
        return None if when else "date_ambiguous"

    def _paid_date(self, fields: Fields, value: Value) -> str | None:
        when = self._date(value)
        if when is None:
            return "date_ambiguous"
        if self.kind.name == "own_payments":
            fields.holds_from = when.first
            fields.year = fields.year or when.first.year
        return None

    def _data_month(self, fields: Fields, value: Value) -> str | None:
        del fields
        when = clean_date(value)
        if when is None:
            return "date_ambiguous" if text_of(value).strip() else None
        on = self.context.on
        other = on is not None and when.exact != "year" and last_day(month_of_date(when.first)) != on
        return "row_of_another_month" if other else None

    def _scheme(self, fields: Fields, value: Value) -> str | None:
        """One comparison list may hold several schemes; ours among them is no reason against anybody."""
        text = text_of(value).strip()
        if not self.kind.fact_value or not text:
            return None
        if re.search(r"机关|事业", text):
            fields.fact_value = "civil_service"
        elif re.search(r"职工|职保|企业|企保", text):
            fields.fact_value = "employee"
        elif re.search(r"居民|居保|新农保", text):
            fields.fact_kind = None
        return None

    def _data_class(self, fields: Fields, value: Value) -> str | None:
        """职保在职, 职保待遇领取, 居保参保: scheme and state in one word."""
        text = text_of(value).strip()
        fields.status = text or None
        self._scheme(fields, value)
        if fields.fact_kind is None or not self.kind.fact_value:
            return None
        if _NOT_IN_SCHEME.search(text) and "待遇暂停" not in text:
            fields.fact_kind = None
        elif RETIRED.search(text):
            fields.fact_kind = FactKind.OTHER_PENSION.key
        return None

    def _person_class(self, fields: Fields, value: Value) -> str | None:
        """人员类别 of a list of another scheme: 退休 draws its pension."""
        if fields.fact_kind == FactKind.OTHER_SCHEME.key and RETIRED.search(text_of(value)):
            fields.fact_kind = FactKind.OTHER_PENSION.key
        return None

    def _status(self, fields: Fields, value: Value) -> str | None:
        text = text_of(value).strip()
        fields.status = text or None
        if self.kind.name == WATCH_LIST:
            over = "消除" in self.labels["status"] and clean_yes(text)
            return self._allowance_state(fields, "已消除" if over else text)
        if self.kind.name in CIVIL_ROSTERS:
            return self._allowance_state(fields, text)
        if self.kind.name == "poverty_register":
            plain = None if {"poverty_flag", "poverty_exit"} & self.labels.keys() else self.labels["status"]
            return "allowance_stopped" if read_status(fields, text, plain) and self._runs_on(fields) else None
        if not text or self.kind.fact_kind is None or self.kind.name in ("own_payments", "police_deaths"):
            return None
        if self.kind.fact_value:
            ours = fields.fact_kind is None  # a row of our own scheme stays one
            found, known = scheme_status(text)
            fields.fact_kind = None if ours else found
            return None if known else "status_unknown"
        if self.kind.name == "police_moves":
            return self._register_state(fields, value)
        if any(word in folded(value) for word in _OVER_WORDS):
            fields.fact_kind = None
        return None

    def _allowance_state(self, fields: Fields, text: str) -> str | None:
        """正常, 停保, 死亡 of a list of civil affairs: whoever is stopped needs the month it ended."""
        self._hint(fields, register_state(text)[0])
        return "allowance_stopped" if _STOPPED.search(text) and self._runs_on(fields) else None

    def _runs_on(self, fields: Fields) -> bool:
        return fields.holds_until is None or (self.context.on is not None and fields.holds_until > self.context.on)

    def _register_state(self, fields: Fields, value: Value) -> str | None:
        text = text_of(value).strip()
        found, known = register_state(text)
        fields.status = text or fields.status
        if not known and "注销" in text and (self.is_assistance or self.kind.name == "police_moves"):
            return "register_cancelled"
        if self.kind.name == "police_moves":
            fields.fact_kind = found
            return None if known else "status_unknown"
        if self.is_assistance:
            self._hint(fields, found)
            return self._allowance_state(fields, text) if self.kind.name in CIVIL_ROSTERS else None
        return None

    def _register_state_code(self, fields: Fields, value: Value) -> str | None:
        """No list of these codes is published: without the name beside it, a code is asked."""
        if self.kind.name != "police_moves" or "register_state" in self.labels or "status" in self.labels:
            return None
        return self._register_state(fields, value) if re.search(r"[\u4e00-\u9fff]", text_of(value)) else "status_unknown"

    @staticmethod
    def _hint(fields: Fields, found: str | None) -> None:
        hint = FactKind.SUSPECTED_DEATH.key if found == FactKind.DEATH.key else found
        if hint and hint not in fields.hints:
            fields.hints = (*fields.hints, hint)

    def _remark(self, fields: Fields, value: Value) -> str | None:
        text = text_of(value).strip()
        fields.remark = "；".join(filter(None, (fields.remark, text))) or None
        if self.is_assistance:
            fields.hints = tuple(dict.fromkeys(fields.hints + hints_of(text)))
        if self.kind.name == "poverty_register":
            return read_remark(fields, text, self.context.on)
        if self.is_assistance and says_cancelled(text) and not fields.hints:
            return "register_cancelled"
        return "allowance_stopped" if self.kind.name in CIVIL_ROSTERS and says_ended(text) and self._runs_on(fields) else None
