"""What reading a roster gives: records with their disposition, and the whole file's account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from yingbao.formats.rosters.dirt import REASONS, Reason
from yingbao.formats.rosters.grid import Grid, Value, letter, text_of
from yingbao.values.identity import AccountNumber, IdNumber, Secret
from yingbao.values.money import Fen
from yingbao.values.month import Month

if TYPE_CHECKING:
    from yingbao.formats.rosters.headings import Headings
    from yingbao.formats.rosters.profile import Profile

STORED, QUARANTINED, IGNORED = "stored", "quarantined", "ignored"


@dataclass(slots=True)
class Problem:
    """One reason at one place. ``shown`` is the cell, masked; ``details`` fills the sentence."""

    code: str
    column: str = ""
    address: str = ""
    shown: str = ""
    details: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> Reason:
        """The row of the table of reasons."""
        return REASONS[self.code]

    def text(self, lang: str = "zh") -> str:
        """The sentence for a clerk, with what it speaks of."""
        template = self.reason.en if lang == "en" else self.reason.zh
        if "{" not in template:
            return template
        known = dict(self.details) or {"text": self.shown}
        return template.format_map(_Blank(known))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@dataclass(slots=True)
class Fields:
    """What a row says of one person, cleaned. None: not said or not usable.

    ``category`` is a Category key; ``allowance`` full or partial; ``poverty_exit_flag`` True when flagged out of
    poverty, on ``poverty_exit_date``; dates include both ends; ``fact_kind`` and ``fact_value`` (FactKind key) are
    set by comparison lists; ``channel`` and its ``serial`` by lists of payments; ``hints`` are FactKind keys that remarks
    speak of (also ``former_name``).
    """

    name: str | None = None
    id: IdNumber | None = None
    alias_15: Secret | None = None
    id_candidates: tuple[Secret, ...] = ()
    sex: str | None = None
    birth: date | None = None
    town: str | None = None
    village: str | None = None
    division_code: str | None = None
    address: str | None = None
    unit: str | None = None
    household_key: str | None = None
    role: str | None = None
    relation: str | None = None
    category: str | None = None
    allowance: str | None = None
    poverty_exit_flag: bool | None = None
    poverty_exit_date: date | None = None
    disability_type: int | None = None
    disability_level: int | None = None
    holds_from: date | None = None
    holds_until: date | None = None
    death_date: date | None = None
    fact_kind: str | None = None
    fact_value: str | None = None
    status: str | None = None
    amount_fen: Fen | None = None
    year: int | None = None
    household_size: int | None = None
    protected_count: int | None = None
    former_name: str | None = None
    remark: str | None = None
    hints: tuple[str, ...] = ()
    account: AccountNumber | None = None
    channel: str | None = None
    serial: str | None = None
    bank_name: str | None = None


@dataclass(slots=True)
class Record:
    """One person of one row (``part`` 0, or the member position), or one row that is no person.

    ``row`` counts from 1 as in a spreadsheet. ``values`` are the row's own cells, shared by its members.
    """

    sheet: str
    row: int
    part: int
    disposition: str
    fields: Fields
    values: list[Value]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def line(self) -> list[str]:
        """The row's texts, column by column."""
        return [value if type(value) is str else text_of(value) for value in self.values]

    @property
    def cells(self) -> dict[str, str]:
        """Column letter → the cell's text, blanks left out."""
        return {letter(column): text for column, text in enumerate(self.line) if text}

    @property
    def codes(self) -> list[str]:
        """The codes of the problems, each once, in order."""
        return list(dict.fromkeys(problem.code for problem in self.problems))

    @property
    def is_person(self) -> bool:
        """A person's record, whatever became of it; not a title, total or blank row."""
        return self.disposition != IGNORED or any(
            problem.code in ("row_duplicate", "member_not_protected") for problem in self.problems
        )

    def settle(self) -> None:
        """Set the disposition that the problems ask for."""
        if self.disposition != IGNORED:
            held = self.problems and any(problem.reason.quarantines for problem in self.problems)
            self.disposition = QUARANTINED if held else STORED

    def ignore(self, code: str) -> None:
        """Not a person, or not to be counted; ``code`` says why."""
        self.disposition = IGNORED
        self.problems = [Problem(code)]


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A total the file states: ``label`` 合计 persons, ``stated`` and what the rows give. Money in fen."""

    sheet: str
    row: int
    label: str
    stated: int
    found: int

    @property
    def matches(self) -> bool:
        """The rows give what is stated."""
        return self.stated == self.found


@dataclass(slots=True)
class SheetReading:
    """How one sheet was understood. Rows of headings count from 1; ``mapping`` field → column letter."""

    name: str
    kind: str | None
    hidden: bool
    heading_rows: tuple[int, int] | None
    mapping: dict[str, str]
    labels: dict[str, str]
    rows: int
    hidden_rows: int
    hidden_columns: int
    notes: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """read = stored + quarantined + ignored. In rows or in records."""

    read: int
    stored: int
    quarantined: int
    ignored: int

    @property
    def balances(self) -> bool:
        """The three add up to what was read."""
        return self.read == self.stored + self.quarantined + self.ignored


@dataclass(slots=True)
class RosterReading:
    """A roster file, read and judged; nothing is stored by reading."""

    file: str
    kind: str
    form: str
    sha256: str
    encoding: str | None
    data_month: Month | None
    sheets: list[SheetReading]
    records: list[Record]
    control_totals: list[ControlTotal]
    problems: list[Problem]
    rows_read: int
    is_return: bool
    profile: Profile
    grid: Grid
    headings: dict[str, Headings]
    stretches: dict[str, list[tuple[int, Headings]]]  # of tables below each other: the first row of each, and its headings
    lines: dict[str, list[int]]  # rows that say something of the rows below them, as a village of its own line

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its sheets, the file's own first."""
        return tuple(dict.fromkeys([self.kind, *(sheet.kind for sheet in self.sheets if sheet.kind)]))

    @property
    def refusals(self) -> list[Problem]:
        """Problems of the whole file that forbid loading it."""
        return [problem for problem in self.problems if problem.reason.effect == "refused"]

    @property
    def row_account(self) -> Account:
        """By physical rows. A row with any quarantined record is quarantined; with any stored one, stored."""
        worst: dict[tuple[str, int], str] = {}
        rank = {IGNORED: 0, STORED: 1, QUARANTINED: 2}
        for record in self.records:
            key = (record.sheet, record.row)
            if rank[record.disposition] >= rank[worst.get(key, IGNORED)]:
                worst[key] = record.disposition
        counts = Counter(worst.values())
        return Account(self.rows_read, counts[STORED], counts[QUARANTINED], counts[IGNORED])

    @property
    def record_account(self) -> Account:
        """By records: persons, and the rows that are none."""
        counts = Counter(record.disposition for record in self.records)
        return Account(len(self.records), counts[STORED], counts[QUARANTINED], counts[IGNORED])

    @property
    def reasons(self) -> Counter[str]:
        """Code → how many records carry it, problems and notes together."""
        return Counter(
            code
            for record in self.records
            for code in {problem.code for problem in [*record.problems, *record.notes]}
        )


def mismatch(total: ControlTotal) -> Problem:
    """The refusal of a file whose total does not match."""
    details = (("label", total.label), ("stated", str(total.stated)), ("found", str(total.found)))
    return Problem("control_total_mismatch", address=f"{total.sheet}!{total.row}", details=details)
