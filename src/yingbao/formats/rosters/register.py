"""The county's present register: up to a million rows of csv or xlsx, with the same row accounting.

Plain rows are cleaned in columns; the others one by one with the same cleaners as every roster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

import polars as pl

from yingbao.formats.rosters import by_content
from yingbao.formats.rosters import register_columns as columns
from yingbao.formats.rosters.clean_id import MAX_AGE_YEARS
from yingbao.formats.rosters.clean_name import name_key
from yingbao.formats.rosters.collector import collector_paused
from yingbao.formats.rosters.errors import HeadingsNotFound, NotOnePersonARow
from yingbao.formats.rosters.foot import Foot
from yingbao.formats.rosters.grid import Sheet, Value, letter, text_of
from yingbao.formats.rosters.guard import REGISTER_LIMITS, Limits
from yingbao.formats.rosters.headings import Headings, find_headings
from yingbao.formats.rosters.profile import Profile
from yingbao.formats.rosters.records import (
    IGNORED,
    QUARANTINED,
    Account,
    ControlTotal,
    Fields,
    Problem,
    Record,
    SheetReading,
    mismatch,
)
from yingbao.formats.rosters.register_rows import clean_row, plain_text
from yingbao.formats.rosters.register_source import SourceSheet, open_source
from yingbao.formats.rosters.register_totals import Sums, register_totals
from yingbao.values.identity import IdNumber
from yingbao.values.month import Month, last_day

_CHUNK = 50_000
_HEAD = 40



@dataclass(slots=True)
class RegisterReading:
    """The register, read and judged. ``stored``: columns of SCHEMA, in clear; never print it.

    ``rejected``: quarantined persons; ``ignored``: rows that are no persons; ``raw``: every person row as text,
    columns ``sheet, row`` and the column letters in use.
    """

    file: str
    kind: str
    form: str
    sha256: str
    encoding: str | None
    data_month: Month | None
    stored: pl.DataFrame
    raw: pl.DataFrame
    rejected: list[Record]
    ignored: list[Record]
    control_totals: list[ControlTotal]
    problems: list[Problem]
    rows_read: int
    sheets: list[SheetReading]
    profile: Profile

    @property
    def refusals(self) -> list[Problem]:
        """Problems of the whole file that forbid loading it."""
        return [problem for problem in self.problems if problem.reason.effect == "refused"]

    @property
    def row_account(self) -> Account:
        """Read = stored + quarantined + ignored; one person a row, so rows and records are the same."""
        return Account(self.rows_read, self.stored.height, len(self.rejected), len(self.ignored))


@dataclass(slots=True)
class _Gathered:
    """What the passes over the sheets gather."""

    file: str
    on: date | None
    accept_hidden: bool
    profile: Profile | None
    frames: list[pl.DataFrame] = field(default_factory=list)
    raws: list[pl.DataFrame] = field(default_factory=list)
    rejected: list[Record] = field(default_factory=list)
    ignored: list[Record] = field(default_factory=list)
    totals: list[ControlTotal] = field(default_factory=list)
    headings: list[Headings] = field(default_factory=list)
    read: int = 0


@dataclass(slots=True)
class _SheetPass:
    """One sheet while it is read."""

    source: SourceSheet
    headings: Headings
    places: dict[str, int]
    head: list[list[Value]]
    before: Sums = field(default_factory=Sums)  # up to the last total row
    since: Sums = field(default_factory=Sums)
    stated: list[tuple[int, list[Value], tuple[Sums, Sums]]] = field(default_factory=list)


def read_register(
    path: Path,
    *,
    data_month: Month | None = None,
    profile: Profile | None = None,
    limits: Limits = REGISTER_LIMITS,
    accept_hidden: bool = False,
) -> RegisterReading:
    """Read and judge the register. Raises a subclass of RosterRefused when it cannot be read at all."""
    with collector_paused():
        source = open_source(Path(path), limits)
        on = last_day(data_month) if data_month is not None else None
        gathered = _Gathered(source.name, on, accept_hidden, profile)
        sheets = [sheet.reading(_read_sheet(sheet, gathered)) for sheet in source.sheets]
        if not gathered.headings:
            raise HeadingsNotFound(file=source.name, sheet=source.sheets[0].name if source.sheets else "")
        raw = pl.concat(gathered.raws, how="diagonal") if gathered.raws else pl.DataFrame({"sheet": [], "row": []})
        together = pl.concat(gathered.frames) if gathered.frames else pl.DataFrame(schema=columns.SCHEMA)
        stored = _judge_together(together, raw, gathered)
    reading = RegisterReading(
        file=source.name, kind="opening_register", form=source.form, sha256=source.sha256, encoding=source.encoding,
        data_month=data_month, stored=stored, raw=raw, rejected=gathered.rejected, ignored=gathered.ignored,
        control_totals=gathered.totals, problems=_problems(gathered), rows_read=gathered.read, sheets=sheets,
        profile=Profile.of("opening_register", "social_insurance", gathered.headings),
    )  # fmt: skip
    if not reading.row_account.balances:
        message = f"{reading.file}: {reading.row_account}"
        raise AssertionError(message)
    return reading


def _problems(gathered: _Gathered) -> list[Problem]:
    problems = [mismatch(total) for total in gathered.totals if not total.matches]
    if gathered.profile and not all(gathered.profile.fits(headings) for headings in gathered.headings):
        problems.append(Problem("profile_headings_changed"))
    return problems


def _read_sheet(source: SourceSheet, gathered: _Gathered) -> Headings | None:
    head = list(islice(source.rows, _HEAD))
    marks = source.sheet or Sheet(source.name, hidden=False, rows=[])
    sheet = Sheet(source.name, marks.hidden, head, marks.merged)
    known = gathered.profile.columns if gathered.profile else None
    headings = find_headings(sheet, register=True, known=known)
    if headings is None:
        if by_content.has_people(sheet):
            raise HeadingsNotFound(file=gathered.file, sheet=source.name)
        rest = [*head, *source.rows]
        _ignore(gathered, source, range(len(rest)), rest, "sheet_without_people")
        source.count = len(rest)
        gathered.read += len(rest)
        return None
    places = {c.field: c.index for c in reversed(headings.columns) if c.field in columns.RAW}
    if "id" not in places or "name" not in places:
        raise HeadingsNotFound(file=gathered.file, sheet=source.name)
    if headings.slots:
        cells = "、".join(f"{letter(c.index)}{headings.last + 1}" for c in headings.columns if c.field == "name")
        raise NotOnePersonARow(file=gathered.file, sheet=source.name, cells=cells)
    gathered.headings.append(headings)
    top = headings.last + 1
    _ignore(gathered, source, range(headings.first), head[: headings.first], "row_title")
    _ignore(gathered, source, range(headings.first, top), head[headings.first : top], "row_heading")
    work = _SheetPass(source, headings, places, head[:top])
    rows: Iterator[list[Value]] = chain(head[top:], source.rows)
    source.count = top
    while chunk := list(islice(rows, _CHUNK)):
        _read_chunk(work, chunk, gathered)
        source.count += len(chunk)
    gathered.read += source.count
    gathered.totals += register_totals(source.name, headings, work.stated)
    return headings


def _ignore(
    gathered: _Gathered, source: SourceSheet, numbers: Iterable[int], rows: Iterable[list[Value]], code: str
) -> None:
    gathered.ignored += [
        Record(source.name, number + 1, 0, IGNORED, Fields(), list(row), [Problem(code)])
        for number, row in zip(numbers, rows, strict=False)
    ]


def _read_chunk(work: _SheetPass, chunk: list[list[Value]], gathered: _Gathered) -> None:
    """Clean the plain rows in columns, the others one by one; keep every person row as text."""
    start = work.source.count
    raw = _raw_frame(work, chunk, start, accept_hidden=gathered.accept_hidden)
    judged = columns.plainly_written(raw.select("sheet", "row", "hidden", *_raw_fields(work.places)))
    fast = columns.cleaned(judged.filter("fast"))
    good = fast.filter(_believable(gathered.on) & pl.col("state").is_not_null())
    slow_rows = set(range(start + 1, start + 1 + len(chunk))) - set(good["row"].to_list())
    found: list[dict[str, object]] = []
    no_persons: set[int] = set()
    totals: list[tuple[int, list[Value]]] = []
    foot = Foot(Sheet(work.source.name, hidden=False, rows=[*work.head, *chunk]), work.headings)
    hidden = set() if gathered.accept_hidden else (work.source.sheet.hidden_rows if work.source.sheet else set())
    for row in sorted(slow_rows):
        values = chunk[row - 1 - start]
        if code := foot.code(len(work.head) + row - 1 - start):
            _ignore(gathered, work.source, [row - 1], [values], code)
            no_persons.add(row)
            if code == "row_total":
                totals.append((row, values))
            continue
        cells, record = clean_row(
            work.places, values, sheet=work.source.name, row=row, on=gathered.on, hidden=row - 1 in hidden
        )
        if record.disposition == QUARANTINED:
            gathered.rejected.append(record)
        else:
            found.append(cells)
    slow = pl.DataFrame(found, schema=columns.SCHEMA) if found else pl.DataFrame(schema=columns.SCHEMA)
    gathered.frames.append(pl.concat([good.select(columns.SCHEMA.keys()), slow]).sort("row"))
    persons = raw.filter(~pl.col("row").is_in(list(no_persons)))
    gathered.raws.append(persons.drop("hidden"))
    _add_sums(work, persons, totals)


def _raw_frame(work: _SheetPass, chunk: list[list[Value]], start: int, *, accept_hidden: bool) -> pl.DataFrame:
    """All cells as text, columns named by letter, with sheet, row (from 1) and hidden."""
    width = max(map(len, chunk))
    padded = [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in chunk]
    number_column = work.places["id"]
    texts = {}
    for index, cells in enumerate(zip(*padded, strict=True)):
        convert = text_of if index == number_column else plain_text
        plain = [cell if cell is None or type(cell) is str else convert(cell) for cell in cells]
        texts[letter(index)] = pl.Series(plain, dtype=pl.String)
    marks = work.source.sheet
    whole = bool(marks and marks.hidden)
    hidden_rows = marks.hidden_rows if marks else set()
    hidden = [not accept_hidden and (whole or start + at in hidden_rows) for at in range(len(chunk))]
    frame = pl.DataFrame(texts).with_columns(
        pl.when(pl.col(pl.String).str.len_bytes() > 0).then(pl.col(pl.String)).name.keep()
    )
    for index in set(work.places.values()):
        if letter(index) not in frame.columns:
            frame = frame.with_columns(pl.lit(None, pl.String).alias(letter(index)))
    rows = pl.Series("row", range(start + 1, start + 1 + len(chunk)), dtype=pl.Int64)
    return frame.with_columns(pl.lit(work.source.name).alias("sheet"), rows, pl.Series("hidden", hidden))


def _raw_fields(places: dict[str, int]) -> list[pl.Expr]:
    """The columns of RAW; all but the ID without blanks around (those of an ID are noted one by one)."""
    chosen = []
    for name in columns.RAW:
        if name not in places:
            chosen.append(pl.lit(None, pl.String).alias(name))
            continue
        text = pl.col(letter(places[name]))
        stripped = text if name in ("id", "name") else text.str.strip_chars()
        chosen.append(pl.when(stripped.str.len_bytes() > 0).then(stripped).alias(name))
    return chosen


def _believable(on: date | None) -> pl.Expr:
    """A birth neither in the future nor more than 115 years ago."""
    if on is None:
        return pl.lit(value=True)
    return (pl.col("birth") <= on) & (pl.col("birth").dt.year() >= on.year - MAX_AGE_YEARS)


def _add_sums(work: _SheetPass, persons: pl.DataFrame, totals: list[tuple[int, list[Value]]]) -> None:
    """Count the rows of a chunk, total row by total row."""
    first = 0
    for row, values in totals:
        work.since.add(persons.filter(pl.col("row").is_between(first, row)), work.places)
        whole = work.since.over(work.before)
        work.stated.append((row, values, (work.since, whole)))
        work.before, work.since, first = whole, Sums(), row
    work.since.add(persons.filter(pl.col("row") > first), work.places)


def _judge_together(stored: pl.DataFrame, raw: pl.DataFrame, gathered: _Gathered) -> pl.DataFrame:
    """The same number twice: the same row counts once; another name or other contents are asked."""
    doubles = stored.filter(pl.col("id").is_duplicated())
    if doubles.is_empty():
        return stored
    substance = [name for name in columns.SCHEMA if name not in ("sheet", "row", "remark", "notes", "person_key")]
    out: list[tuple[str, int]] = []
    for _, group in doubles.group_by("id", maintain_order=True):
        rows = group.select("sheet", "row").rows()
        keys = {name_key(name) for name in group["name"]}
        if len(keys) > 1:
            code = "same_id_different_names"
        elif group.select(substance).n_unique() > 1:
            code = "row_duplicate_conflict"
        else:
            for sheet, row in rows[1:]:
                values = _values_of(raw, sheet, row)
                gathered.ignored.append(Record(sheet, row, 0, IGNORED, Fields(), values, [Problem("row_duplicate")]))
            out += rows[1:]
            continue
        for sheet, row in rows:
            fields = Fields(name=group.filter(pl.col("row") == row)["name"][0], id=IdNumber(group["id"][0]))
            values = _values_of(raw, sheet, row)
            gathered.rejected.append(Record(sheet, row, 0, QUARANTINED, fields, values, [Problem(code)]))
        out += rows
    gone = pl.DataFrame(out, schema={"sheet": pl.String, "row": pl.Int64}, orient="row")
    return stored.join(gone, on=["sheet", "row"], how="anti", maintain_order="left")


def _values_of(raw: pl.DataFrame, sheet: str, row: int) -> list[Value]:
    found = raw.filter((pl.col("sheet") == sheet) & (pl.col("row") == row)).drop("sheet", "row")
    return list(found.row(0))
