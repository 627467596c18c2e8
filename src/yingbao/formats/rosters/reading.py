"""Read a roster file into judged records. Pure: nothing is stored, and reading twice gives the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yingbao.formats.rosters import by_content
from yingbao.formats.rosters.cards import Cards, cards_of
from yingbao.formats.rosters.collector import collector_paused
from yingbao.formats.rosters.context import Context, fill_merges, months_in, take_names, title_of
from yingbao.formats.rosters.crosscheck import crosscheck, household_of
from yingbao.formats.rosters.errors import HeadingsNotFound, KindAmbiguous, KindUnknown
from yingbao.formats.rosters.foot import Foot, Totals, combined
from yingbao.formats.rosters.grid import Grid, Sheet, is_blank_row, letter, read_grid
from yingbao.formats.rosters.guard import Limits
from yingbao.formats.rosters.headings import Headings
from yingbao.formats.rosters.kinds import (
    CIVIL_AFFAIRS,
    CIVIL_ROSTERS,
    KINDS,
    OF_EACH_ROW,
    Kind,
    guess,
    named_kinds,
    of_town_or_country,
)
from yingbao.formats.rosters.others import without_relatives
from yingbao.formats.rosters.person import RowReader
from yingbao.formats.rosters.pieces import PART, Piece, pieces_of, stretches
from yingbao.formats.rosters.profile import Profile
from yingbao.formats.rosters.records import (
    IGNORED,
    QUARANTINED,
    ControlTotal,
    Fields,
    Problem,
    Record,
    RosterReading,
    SheetReading,
    mismatch,
)
from yingbao.formats.rosters.telling import groups_told, lines_told, month_of_rows, scheme_of_mixed, signs_of
from yingbao.values.month import Month, last_day, show_month

_LIMITS = Limits()


@dataclass(slots=True)
class _Pass:
    """What one reading gathers."""

    grid: Grid
    month: Month | None
    accept_hidden: bool
    profile: Profile | None
    headings: dict[str, Headings] = field(default_factory=dict)
    stretches: dict[str, list[tuple[int, Headings]]] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    cards: dict[str, Cards] = field(default_factory=dict)
    tables: list[Totals] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)
    sheets: list[SheetReading] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    totals: list[ControlTotal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def on(self) -> date | None:
        return last_day(self.month) if self.month is not None else None

    @property
    def is_return(self) -> bool:
        return any(headings.is_return for headings in self.headings.values())


def read_roster(
    path: Path,
    *,
    kind: str | None = None,
    data_month: Month | None = None,
    profile: Profile | None = None,
    limits: Limits = _LIMITS,
    accept_hidden: bool = False,
) -> RosterReading:
    """Read and judge one roster file.

    ``kind`` as in :data:`.kinds.KINDS`, else told by the file; ``data_month`` the month the roster speaks of,
    else told by title or file name; ``accept_hidden`` after a person confirmed hidden rows.
    Raises a subclass of RosterRefused when the file cannot be read at all.
    """
    if kind is not None and kind not in KINDS:
        raise KindUnknown(kind=kind, kinds="、".join(KINDS))
    with collector_paused():
        work = _Pass(read_grid(Path(path), limits), data_month, accept_hidden, profile)
        return _read(work, kind)


def _read(work: _Pass, kind: str | None) -> RosterReading:
    profile = work.profile
    _find_all_headings(work)
    main = _decide_kinds(work, kind or (profile.kind if profile and profile.kind in KINDS else None))
    _decide_month(work)
    for sheet in work.grid.sheets:
        _read_sheet(work, sheet)
    crosscheck(work.records, main, text_only=work.grid.form == "csv", on=work.on)
    if main.is_assistance:
        _hold_households(work.records)
    if not work.is_return:
        work.problems += [mismatch(total) for total in work.totals if not total.matches]
    reading = _result(work, main)
    _assert_accounts(reading)
    return reading


def _find_all_headings(work: _Pass) -> None:
    known = work.profile.columns if work.profile else None
    without_ids: dict[str, Headings] = {}
    for place, whole in enumerate(work.grid.sheets):
        if not whole.rows:
            continue
        if cards := cards_of(whole):
            work.cards[whole.name], work.grid.sheets[place] = cards, cards.table
        sheet = work.grid.sheets[place]
        headings = by_content.headings_of(sheet, known)
        names = {column.field for column in headings.columns} if headings else set()
        named = headings if "name" in names else None
        if not headings or not names & {"id", "disability_card"} or "name" not in names:
            headings = by_content.headings_above_people(sheet) or (headings if names & {"id", "disability_card"} else None)
        if headings:
            work.headings[sheet.name] = headings
        elif named:
            without_ids[sheet.name] = named
        elif by_content.has_people(sheet):
            raise HeadingsNotFound(file=work.grid.path.name, sheet=sheet.name)
    if not work.headings:
        # A payout sheet of names alone: every person is asked for the number, none is lost.
        work.headings = without_ids
    if not work.headings:
        raise HeadingsNotFound(file=work.grid.path.name, sheet=work.grid.sheets[0].name)
    if work.profile and not any(work.profile.fits(headings) for headings in work.headings.values()):
        work.problems.append(Problem("profile_headings_changed"))


def _decide_kinds(work: _Pass, wanted: str | None) -> Kind:
    """The kind of each sheet; the file's is the one wanted, else that of its first sheet."""
    for sheet in work.grid.sheets:
        headings = work.headings.get(sheet.name)
        if headings is None:
            continue
        guesses = guess(signs_of(work.grid.path.stem, sheet, headings))
        if wanted is None and (told := _of_each_row(work, sheet, headings, guesses)):
            guesses = [told]
        if wanted is None and len(guesses) != 1:
            names = "、".join(f"{KINDS[name].zh} {name}" for name in guesses) or "未知"
            raise KindAmbiguous(file=work.grid.path.name, kinds=names)
        work.kinds[sheet.name] = _kind_of_sheet(work, sheet, wanted, guesses)
    if wanted:
        return KINDS[wanted]
    several = len(CIVIL_ROSTERS & {kind.name for kind in work.kinds.values()}) > 1
    return KINDS[OF_EACH_ROW] if several else next(iter(work.kinds.values()))


def _of_each_row(work: _Pass, sheet: Sheet, headings: Headings, guesses: list[str]) -> str | None:
    """The kind of a list on which each row says its own group or scheme, and no name says one for all."""
    if len(guesses) != 1 and (scheme := scheme_of_mixed(guesses, headings)):
        return scheme
    if not set(guesses) <= CIVIL_ROSTERS:
        return None
    several = KINDS[OF_EACH_ROW].names.search(f"{sheet.name} {title_of(sheet, headings)} {work.grid.path.stem}")
    if len(_groups_named(work, sheet, headings)) == 1 and not several:
        return None
    told = groups_told(sheet, headings) or lines_told(sheet, headings)
    return OF_EACH_ROW if len(told) > 1 or (told and several) else None


def _groups_named(work: _Pass, sheet: Sheet, headings: Headings) -> set[str]:
    """The groups of civil affairs that the names around the rows speak of: nearest first. 城市 of a file 低保 is 城市低保."""
    file = work.grid.path.stem
    joined = of_town_or_country(sheet.name, file)
    texts = (f"{sheet.name} {title_of(sheet, headings)}", joined, file)
    return next((set(found) for text in texts if (found := CIVIL_AFFAIRS & named_kinds(text))), set())


def _kind_of_sheet(work: _Pass, sheet: Sheet, wanted: str | None, guesses: list[str]) -> Kind:
    """A sheet that plainly names a sister roster of the same bureau counts as that one."""
    if wanted is None:
        return KINDS[guesses[0]]
    asked = KINDS[wanted]
    if wanted == OF_EACH_ROW:
        # The file's own name does not count: who asks for this kind says that its rows are of several groups.
        one = _groups_named(work, sheet, work.headings[sheet.name]) - named_kinds(work.grid.path.stem)
        return KINDS[one.pop()] if len(one) == 1 else asked
    around = f"{sheet.name} {title_of(sheet, work.headings[sheet.name])}"
    named = [name for name in KINDS if KINDS[name].names.search(around) and KINDS[name].bureau == asked.bureau]
    if len(named) == 1 and named[0] not in (wanted, OF_EACH_ROW) and asked.is_assistance and KINDS[named[0]].is_assistance:
        work.problems.append(Problem("kind_differs", details=(("text", sheet.name),)))
        return KINDS[named[0]]
    if guesses and wanted not in guesses and len(guesses) == 1:
        work.problems.append(Problem("kind_differs", details=(("text", sheet.name),)))
    return asked


def _decide_month(work: _Pass) -> None:
    """Kind 36: the month that title, sheet and file name state must be the month wanted."""
    texts = [work.grid.path.stem]
    texts += [f"{sheet.name} {title_of(sheet, work.headings.get(sheet.name))}" for sheet in work.grid.sheets]
    found = set().union(*(months_in(text) for text in texts))
    if work.month is None and not found:
        told = (month_of_rows(sheet, work.headings[sheet.name]) for sheet in work.grid.sheets if sheet.name in work.headings)
        found = {month for month in told if month is not None}
    if work.month is None:
        work.month = found.pop() if len(found) == 1 else None
    elif found and work.month not in found:
        stated = "、".join(show_month(month) for month in sorted(found))
        details = (("found", stated), ("wanted", show_month(work.month)))
        work.problems.append(Problem("wrong_month", details=details))


def _read_sheet(work: _Pass, sheet: Sheet) -> None:
    headings = work.headings.get(sheet.name)
    if headings is None:
        work.records += [_no_person(sheet, row, _code_without_headings(sheet, row)) for row in range(len(sheet.rows))]
        note = [Problem("sheet_without_people")] if sheet.rows else []
        work.sheets.append(_sheet_reading(sheet, None, None, note))
        return
    kind, notes, tables, before = work.kinds[sheet.name], _layout_notes(headings), [], len(work.records)
    headings = work.headings[sheet.name] = without_relatives(headings, kind)
    all_headings = [headings, *(without_relatives(one, kind) for one in
                                stretches(sheet, headings, work.profile.columns if work.profile else {})[1:])]  # fmt: skip
    filled = fill_merges(sheet, all_headings)
    for piece in pieces_of(sheet, all_headings, kind):
        context = Context(
            piece.sheet, piece.headings, kind, work.grid.path.stem, " ".join(piece.lines), work.month, work.on,
            filled=filled, accept_hidden=work.accept_hidden, lines=piece.lines,
        )  # fmt: skip
        take_names(context)
        notes += [note for note in context.notes if note not in notes]
        work.problems += [problem for problem in _unsaid(context) if problem not in work.problems]
        tables.append(_read_rows(work, context, piece))
        if not piece.place:
            work.stretches.setdefault(sheet.name, []).append((piece.start, piece.whole))
    if cards := work.cards.get(sheet.name):
        notes.append(Problem("layout_cards"))
        for record in work.records[before:]:
            cards.point(record)
    if len(tables) > 1:
        work.records[before:] = sorted(work.records[before:], key=lambda record: (record.row, record.part))
    _settle_totals(work, title_of(sheet, headings), tables)
    work.sheets.append(_sheet_reading(sheet, headings, kind, notes))


def _unsaid(context: Context) -> list[Problem]:
    """What the whole list should say and nowhere does."""
    found = []
    columns = (context.headings.column("poverty_flag"), context.headings.column("poverty_exit"))
    if context.kind.name == "poverty_register" and columns == (None, None) and context.poverty_flag is None:
        found.append(Problem("poverty_flag_missing"))
    if context.says_no_move:
        found.append(Problem("register_state_missing"))
    return found


def _layout_notes(headings: Headings) -> list[Problem]:
    notes = []
    if headings.first > 0 or headings.last > headings.first:
        notes.append(Problem("layout_title_rows", shown=f"{headings.first + 1}-{headings.last + 1}"))
    if headings.slots:
        code = "layout_side_by_side" if headings.tables else "layout_household_wide"
        notes.append(Problem(code, shown=str(len(headings.slots))))
    return notes + [Problem("column_by_content", details=(("text", label),)) for label in headings.notes]


def _read_rows(work: _Pass, context: Context, piece: Piece) -> Totals:
    """The records of one table. Of tables side by side the first also accounts for the rows that are nobody's."""
    sheet, headings = piece.sheet, piece.headings
    for row in range(piece.start, headings.last + 1):
        above = "row_title" if row < headings.first else "row_heading"
        if not piece.place:
            work.records.append(_no_person(sheet, row, "row_blank" if is_blank_row(sheet.rows[row]) else above))
    foot, reader = Foot(sheet, headings, context.kind), RowReader(context)
    totals = Totals(sheet, headings, context.filled)
    foot.said = piece.said
    reader.under(foot.said)
    for row in range(headings.last + 1, piece.end):
        code = foot.code(row)
        if code is None:
            persons = reader.persons(row)
            for record in persons if piece.place else ():
                record.part += piece.place * PART
            totals.person_row(row, len(persons), persons[0].fields.household_key)
            work.records += persons
            continue
        if code == "row_total":
            totals.total_row(row)
        elif code == "row_title":
            reader.under(foot.said)
            totals.line()
        if not piece.place or code in ("row_total", "row_title", "row_note"):
            work.records.append(_no_person(sheet, row, code, piece.place * PART))
    work.lines.setdefault(sheet.name, []).extend(foot.lines)
    return totals


def _settle_totals(work: _Pass, title: str, tables: list[Totals]) -> None:
    """Compare what totals and the title state, once all tables of the sheet have been read."""
    whole = [combined(tables)] if len(tables) > 1 else []
    work.tables += tables
    file = combined(work.tables)
    for table in tables:
        table.compare(whole, file)
        work.totals += table.found
    tables[0].found = []
    tables[0].title(title, whole)
    work.totals += tables[0].found


def _code_without_headings(sheet: Sheet, row: int) -> str:
    return "row_blank" if is_blank_row(sheet.rows[row]) else "sheet_without_people"


def _no_person(sheet: Sheet, row: int, code: str, part: int = 0) -> Record:
    return Record(sheet.name, row + 1, part, IGNORED, Fields(), sheet.rows[row], [Problem(code)])


def _sheet_reading(sheet: Sheet, headings: Headings | None, kind: Kind | None, notes: list[Problem]) -> SheetReading:
    hidden = len([row for row in sheet.hidden_rows if row < len(sheet.rows)])
    return SheetReading(
        name=sheet.name,
        kind=kind.name if kind else None,
        hidden=sheet.hidden,
        heading_rows=(headings.first + 1, headings.last + 1) if headings else None,
        mapping=headings.mapping if headings else {},
        labels={letter(column.index): column.label for column in headings.columns if column.label} if headings else {},
        rows=len(sheet.rows),
        hidden_rows=len(sheet.rows) if sheet.hidden else hidden,
        hidden_columns=len(sheet.hidden_columns),
        notes=notes,
    )


def _hold_households(records: list[Record]) -> None:
    """Kinds 16 and 38 hold the whole household: every member of the row or key waits."""
    whole = ("id_of_head_repeated", "household_not_all_protected")
    held = {
        household_of(record)
        for record in records
        if record.disposition == QUARANTINED and any(code in whole for code in record.codes)
    }
    if not held:
        return
    for record in records:
        is_held = record.disposition != IGNORED and household_of(record) in held
        if is_held and not set(whole) & set(record.codes):
            record.problems.append(Problem("member_of_rejected_household"))
            record.settle()


def _result(work: _Pass, main: Kind) -> RosterReading:
    profile = Profile.of(main.name, main.bureau, list(work.headings.values()))
    return RosterReading(
        file=work.grid.path.name,
        kind=main.name,
        form=work.grid.form,
        sha256=work.grid.sha256,
        encoding=work.grid.encoding,
        data_month=work.month,
        sheets=work.sheets,
        records=work.records,
        control_totals=work.totals,
        problems=work.problems,
        rows_read=sum(len(sheet.rows) for sheet in work.grid.sheets),
        is_return=work.is_return,
        profile=profile,
        grid=work.grid,
        headings=work.headings,
        stretches=work.stretches,
        lines=work.lines,
    )


def _assert_accounts(reading: RosterReading) -> None:
    """Nobody disappears: counted by rows of the sheet and by records, two ways."""
    rows, records = reading.row_account, reading.record_account
    if not (rows.balances and records.balances):
        message = f"{reading.file}: rows {rows}, records {records}"
        raise AssertionError(message)
