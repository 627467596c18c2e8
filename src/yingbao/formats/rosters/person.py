"""One row → the persons on it, with every fix noted and every doubt asked."""

from __future__ import annotations

from dataclasses import replace

from yingbao.formats.rosters.clean_id import clean_id, shown_id
from yingbao.formats.rosters.clean_name import clean_name
from yingbao.formats.rosters.clean_status import account_text
from yingbao.formats.rosters.clean_values import clean_date, clean_disability, clean_level, clean_sex, clean_yes
from yingbao.formats.rosters.context import Context
from yingbao.formats.rosters.grid import Value, letter, text_of
from yingbao.formats.rosters.groups import Group
from yingbao.formats.rosters.kinds import CIVIL_AFFAIRS
from yingbao.formats.rosters.others import columns_of_names, name_and_number, unread_columns, unread_name, unread_number
from yingbao.formats.rosters.records import STORED, Fields, Problem, Record
from yingbao.formats.rosters.row_fields import RowFields
from yingbao.formats.rosters.synonyms import PERSON_FIELDS
from yingbao.values.errors import BadAccountNumber
from yingbao.values.identity import AccountNumber

_ROLE_OF_RELATION = {"户主", "本人", "本人或户主", "01", "1"}
_HOUSEHOLD_LISTS = CIVIL_AFFAIRS - {"destitute"}
# A formula may compute these for comparison; nothing of them is stored from the formula alone.
_FORMULA_ALLOWED = frozenset({"birth", "sex", "age", "seq", "household_size", "protected_count"})


class RowReader:
    """Reads the rows of one sheet. Built once; :meth:`persons` is called for each row."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.headings = context.headings
        self.slots: list[int | None] = list(self.headings.slots) or [None]
        self.own = {slot: self._own_columns(slot) for slot in self.slots}
        self.common = self._own_columns(None)  # a member also answers for the household's cells
        self.shared = RowFields(context)
        self.readers = {slot: self._reader(slot) for slot in self.slots}
        self.asks_flag = context.kind.name in _HOUSEHOLD_LISTS  # elsewhere 是否低保 says nothing against being on the list
        self.allowed = _FORMULA_ALLOWED if context.kind.name == "own_payments" else _FORMULA_ALLOWED | {"amount"}
        self.unread = unread_columns(self.headings.columns, context.kind)
        self.unread_names = columns_of_names(context.sheet, self.headings, self.unread, context.kind)
        self.sheet_hidden = context.sheet.hidden and not context.accept_hidden

    def _reader(self, slot: int | None) -> RowFields:
        """What reads the cells that are not a person's: the row's own, and where 备注 stands behind each member, the member's."""
        own = any(c.slot == slot and c.field and c.field not in PERSON_FIELDS for c in self.headings.columns)
        return RowFields(self.context, slot) if slot is not None and own else self.shared

    def under(self, group: Group) -> None:
        """What a line between the rows says of the rows below it."""
        for reader in {id(one): one for one in (self.shared, *self.readers.values())}.values():
            reader.under = group

    def _own_columns(self, slot: int | None) -> dict[str, int]:
        found = {
            column.field: column.index
            for column in reversed(self.headings.columns)
            if column.field and (column.slot == slot if slot is not None else column.slot is None)
        }
        if slot == 0:  # the allowance is paid to the head: an account at the row's end is the head's
            rest = {column.field: column.index for column in self.headings.columns if column.slot is None}
            found.update({name: rest[name] for name in ("account", "bank_name") if name in rest and name not in found})
        if "id" not in found and "disability_card" in found:
            found["id"] = found["disability_card"]
        return found

    def persons(self, row: int) -> list[Record]:
        """The persons of a row, each settled. A row with content and no person gives one record that asks."""
        context = self.context
        values = context.sheet.rows[row]
        shared, problems, notes = self._read(self.shared, row, values)
        records = []
        for place, slot in enumerate(self.slots):
            own = self.own[slot]
            if slot is not None and not self._filled(values, own) and (place > 0 or self._any_member(values)):
                continue
            record = Record(context.sheet.name, row + 1, slot or 0, STORED, shared, values, problems, notes)
            reader = self.readers[slot]
            if reader is not self.shared:
                record.fields, record.problems, record.notes = self._read(reader, row, values)
            elif slot is not None:
                record.fields, record.problems, record.notes = replace(shared), list(problems), list(notes)
            self._own(record, row, values, own)
            if context.sheet.comments:
                self._comments(record, reader, row, own)
            if slot is not None:
                record.fields.role = record.fields.role or ("head" if slot == 0 else "member")
            reader.finish(record)
            record.settle()
            records.append(record)
        if self.unread or self.unread_names:
            self._ask_unread(row, values, records)
        return records

    def _ask_unread(self, row: int, values: list[Value], records: list[Record]) -> None:
        """Somebody who stands on the row in a column that nobody reads is asked, or he would disappear."""
        code, column = "person_not_read", unread_number(values, self.unread, records)
        if column is None:
            code, column = "name_not_read", unread_name(values, self.unread_names, records)
        if column is None:
            return
        found = self.problem(code, row, column)
        found.details = (("text", next(one.label for one in self.headings.columns if one.index == column)),)
        for record in records:
            record.problems.append(found)
            record.settle()

    def _read(self, reader: RowFields, row: int, values: list[Value]) -> tuple[Fields, list[Problem], list[Problem]]:
        """The cells that are not a person's, with what is to be said of the whole row."""
        context = self.context
        fields, problems, notes = reader.read(row, values)
        if context.filled and any((row, column) in context.filled for column in range(len(values))):
            notes.append(Problem("layout_merged_down"))
        if (self.sheet_hidden or row in context.sheet.hidden_rows) and not context.accept_hidden:
            problems.append(Problem("row_hidden"))
        return fields, problems, notes

    def _filled(self, values: list[Value], own: dict[str, int]) -> bool:
        return any(text_of(self._value(values, own, name)).strip() for name in ("name", "id"))

    def _any_member(self, values: list[Value]) -> bool:
        return any(self._filled(values, self.own[slot]) for slot in self.slots)

    @staticmethod
    def _value(values: list[Value], own: dict[str, int], name: str) -> Value:
        column = own.get(name)
        return values[column] if column is not None and column < len(values) else None

    def _own(self, record: Record, row: int, values: list[Value], own: dict[str, int]) -> None:
        sheet = self.context.sheet
        if sheet.errors or sheet.formulas:
            self._mark_cells(record, row, {**self.common, **own})
        name, number = self._value(values, own, "name"), self._value(values, own, "id")
        if (name in (None, "") or number in (None, "")) and (both := name_and_number(name or number)):
            name, number = both
            record.notes.append(self.problem("name_and_id_together", row, own.get("name", own.get("id", 0))))
        self._name(record, row, own.get("name", own.get("id") if name else None), name)
        self._id(record, row, own.get("id", own.get("name") if number else None), number, own.get("disability_card"))
        self._birth_and_sex(record, row, values, own)
        self._disability(record, row, values, own)
        relation = text_of(self._value(values, own, "relation")).strip()
        if relation:
            record.fields.relation = relation
            record.fields.role = record.fields.role or ("head" if relation in _ROLE_OF_RELATION else "member")
        if former := text_of(self._value(values, own, "former_name")).strip():
            record.fields.former_name = former
            record.notes.append(self.problem("name_former", row, own["former_name"], former))
        if "account" in own:
            self._account(record, row, values, own["account"])
        flag = self._value(values, own, "protected_flag") if self.asks_flag else None
        if flag not in (None, ""):
            protected = clean_yes(flag)
            if protected is None:
                record.problems.append(self.problem("protected_flag_unclear", row, own["protected_flag"], text_of(flag)))
            elif not protected:
                record.ignore("member_not_protected")

    def problem(self, code: str, row: int, column: int, shown: str = "") -> Problem:
        """A problem at a cell."""
        name = letter(column)
        return Problem(code, name, f"{name}{row + 1}", shown)

    def _mark_cells(self, record: Record, row: int, own: dict[str, int]) -> None:
        """Kind 31: error cells and formulas in columns that count."""
        sheet = self.context.sheet
        for name, column in own.items():
            if (row, column) in sheet.errors:
                record.problems.append(self.problem("cell_error", row, column, sheet.errors[row, column]))
            elif (row, column) in sheet.formulas and name not in ("remark", "seq", "age"):
                if name in self.allowed:
                    record.notes.append(self.problem("cell_formula_used", row, column))
                else:
                    record.problems.append(self.problem("cell_formula", row, column))

    def _comments(self, record: Record, reader: RowFields, row: int, own: dict[str, int]) -> None:
        """What is pinned to the person's own cells, or to a cell that is nobody's in particular."""
        others = {column for one in self.own.values() for column in one.values()} - set(own.values())
        for (place, column), text in self.context.sheet.comments.items():
            if place == row and column not in others and (code := reader.comment(record, text)):
                record.problems.append(self.problem(code, row, column, text))

    def _name(self, record: Record, row: int, column: int | None, value: Value) -> None:
        if column is None:
            record.problems.append(Problem("name_missing"))
            return
        if (row, column) in self.context.sheet.errors:
            return
        cleaned = clean_name(value if isinstance(value, str) else text_of(value))
        fields = record.fields
        fields.name, fields.former_name = cleaned.name, cleaned.former_name
        fields.role = cleaned.role
        if cleaned.remark:
            fields.remark = "；".join(filter(None, (fields.remark, cleaned.remark)))
            fields.hints = tuple(dict.fromkeys(fields.hints + cleaned.hints))
        for code in cleaned.fixes:
            record.notes.append(self.problem(code, row, column, text_of(value)))
        if cleaned.problem:
            record.problems.append(self.problem(cleaned.problem, row, column, text_of(value)))

    def _id(self, record: Record, row: int, column: int | None, value: Value, card: int | None) -> None:
        if column is None:
            record.problems.append(Problem("id_missing"))
            return
        if (row, column) in self.context.sheet.errors:
            return
        cleaned = clean_id(value if value != "" else None, self.context.on)
        fields = record.fields
        fields.id, fields.alias_15, fields.id_candidates = cleaned.number, cleaned.alias_15, cleaned.candidates
        fields.disability_type, fields.disability_level = cleaned.disability_type, cleaned.disability_level
        if cleaned.fixes or cleaned.problem:
            shown = shown_id(text_of(value))
            for code in cleaned.fixes:
                if code != "disability_card_in_id" or column != card:
                    record.notes.append(self.problem(code, row, column, shown))
            if cleaned.problem:
                record.problems.append(self.problem(cleaned.problem, row, column, shown))

    def _birth_and_sex(self, record: Record, row: int, values: list[Value], own: dict[str, int]) -> None:
        """Kinds 12, 13 and 32: the ID counts, the columns are compared with it."""
        fields = record.fields
        number = fields.id
        raw = self._value(values, own, "birth")
        if raw not in (None, ""):
            written = clean_date(raw)
            if written is None:
                record.problems.append(self.problem("date_ambiguous", row, own["birth"], text_of(raw)))
            elif number and not written.first <= number.birth <= written.last:
                record.problems.append(self.problem("birth_differs_from_id", row, own["birth"], text_of(raw)))
            elif written.exact == "day":
                fields.birth = written.first
            if written and written.reformed:
                record.notes.append(self.problem("date_reformed", row, own["birth"], text_of(raw)))
        raw = self._value(values, own, "sex")
        if raw not in (None, ""):
            fields.sex = clean_sex(raw)
            if fields.sex is None:
                record.notes.append(self.problem("sex_unclear", row, own["sex"], text_of(raw)))
            elif number and fields.sex != number.sex:
                record.problems.append(self.problem("sex_differs_from_id", row, own["sex"], text_of(raw)))
        if number:
            fields.birth, fields.sex = number.birth, number.sex

    def _disability(self, record: Record, row: int, values: list[Value], own: dict[str, int]) -> None:
        """Kind 14: the card's type and level against the columns."""
        fields = record.fields
        card_column = own.get("disability_card")
        if card_column is not None and card_column != own.get("id"):
            raw = self._value(values, own, "disability_card")
            if raw not in (None, ""):
                card = clean_id(raw)
                if card.number and fields.id and card.number != fields.id:
                    record.problems.append(self.problem("disability_card_not_of_id", row, card_column))
                fields.disability_type = fields.disability_type or card.disability_type
                fields.disability_level = fields.disability_level or card.disability_level
        for name, parse in (("disability_level", clean_level), ("disability_type", clean_disability)):
            raw = self._value(values, own, name)
            if raw in (None, ""):
                continue
            told = parse(raw)
            from_card = getattr(fields, name)
            if told is None and name == "disability_level":
                code = "disability_level_unclear"
                record.problems.append(self.problem(code, row, own[name], text_of(raw)))
            elif told and from_card and told != from_card:
                record.problems.append(self.problem("disability_level_differs", row, own[name], text_of(raw)))
            setattr(fields, name, from_card or told)

    def _account(self, record: Record, row: int, values: list[Value], column: int) -> None:
        raw = values[column] if column < len(values) else None
        if raw in (None, ""):
            return
        try:
            record.fields.account = AccountNumber(account_text(raw) or "")
        except BadAccountNumber:
            # A bad account never keeps a person from a category: the bank files ask for it later.
            record.notes.append(self.problem("account_number_bad", row, column))
