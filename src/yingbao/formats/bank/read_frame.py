"""What reading a payment file and reading a return file share: digest, rows, cells, each problem with its row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from yingbao.formats.bank.digest import digest_hex
from yingbao.formats.bank.errors import BankFileRefused, Problem
from yingbao.formats.bank.profile import Field, Layout, Profile
from yingbao.formats.bank.table import INVISIBLE, parse_cell, parse_column, split_row


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as values by source: one header, one trailer, the lines as columns. ``first_row``: of the lines."""

    header: dict[str, object]
    trailer: dict[str, object]
    columns: dict[str, list[object]]
    count: int
    first_row: int


def parse(profile: Profile, layout: Layout, content: bytes, name: str) -> Parsed:
    """Read a whole file by layout. Raises BankFileRefused with every problem found."""
    rows = _rows(profile, layout, content, name)
    bottom = len(rows) - int(bool(layout.trailer))
    problems: list[Problem] = []
    header = _record(profile, layout.header, rows[0], 1, problems) if layout.header else {}
    trailer = _record(profile, layout.trailer, rows[-1], len(rows), problems) if layout.trailer else {}
    if layout.titles:
        _titles(profile, layout, rows[layout.top_rows - 1], layout.top_rows, problems)
    columns = _detail(profile, layout, rows[layout.top_rows : bottom], problems)
    if problems:
        raise BankFileRefused(name, sorted(problems, key=lambda problem: problem.row))
    return Parsed(header, trailer, columns, bottom - layout.top_rows, layout.top_rows + 1)


def _rows(profile: Profile, layout: Layout, content: bytes, name: str) -> list[bytes]:
    """The rows, after the digest was found right: of a damaged file nothing is believed."""
    end = profile.line_end.encode("ascii")
    if not content:
        raise BankFileRefused(name, [Problem("empty")])
    if odd := _saved_anew(profile, content):
        raise BankFileRefused(name, [odd])
    rows = content.split(end)
    if rows.pop() != b"":
        raise BankFileRefused(name, [Problem("cut", len(rows) + 1, "最后一行没有结束")])
    if len(rows) < layout.top_rows + int(bool(layout.trailer)) + 1:
        raise BankFileRefused(name, [Problem("cut", len(rows), "缺少表头、明细或结尾行")])
    if profile.digest and layout.trailer:
        body = content[: len(content) - len(rows[-1]) - len(end)]
        problems: list[Problem] = []
        trailer = _record(profile, layout.trailer, rows[-1], len(rows), problems)
        if problems:
            raise BankFileRefused(name, [Problem("cut", len(rows), "结尾行缺失或损坏")])
        if trailer["digest"] != digest_hex(profile.digest, body):
            raise BankFileRefused(name, [Problem("digest", len(rows))])
    return rows


_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _saved_anew(profile: Profile, content: bytes) -> Problem | None:
    """What only another program does to a file of the bank: said plainly, for the digest would only say that it is changed."""
    end = profile.line_end.encode("ascii")
    if content.startswith(_MARKS):
        return Problem("mark", 1)
    count = content.count(end)
    if (b"\n" in content or b"\r" in content) and (not count or (end != b"\n" and content.count(b"\n") > count)):
        return Problem("line_ends", 1, "CRLF" if end == b"\r\n" else "LF")
    if end == b"\n" and b"\r\n" in content:
        return Problem("line_ends", 1, "LF")
    if content.endswith(end + end) and content.strip():
        return Problem("blank_end", count)
    return None


def _record(
    profile: Profile, fields: tuple[Field, ...], row: bytes, number: int, problems: list[Problem]
) -> dict[str, object]:
    cells = _cells(profile, fields, row, number, problems)
    values: dict[str, object] = {}
    for field, cell in zip(fields, cells or [], strict=False):
        if not field.source:
            if cell != field.constant:
                problems.append(Problem("constant", number, field.name))
            continue
        try:
            values[field.source] = parse_cell(profile, field, cell)
        except ValueError:
            problems.append(Problem("value", number, field.name))
    return values


def _cells(
    profile: Profile, fields: tuple[Field, ...], row: bytes, number: int, problems: list[Problem]
) -> list[str] | None:
    try:
        cells = split_row(profile, fields, row)
    except UnicodeDecodeError:
        problems.append(Problem("encoding", number, profile.encoding.upper()))
        return None
    if cells is None:
        problems.append(Problem("columns", number, f"应为 {len(fields)} 列"))
        return None
    if any(INVISIBLE.search(cell) for cell in cells):
        problems.append(Problem("control", number))
        return None
    return cells


def _titles(profile: Profile, layout: Layout, row: bytes, number: int, problems: list[Problem]) -> None:
    titles = (profile.separator or "").join(field.name for field in layout.detail)
    if row.decode(profile.encoding, "replace") != titles:
        problems.append(Problem("constant", number, "标题行"))


def _detail(profile: Profile, layout: Layout, rows: list[bytes], problems: list[Problem]) -> dict[str, list[object]]:
    """The lines as columns; a row that does not parse gives a problem and no cells."""
    if (quick := _detail_at_once(profile, layout, rows)) is not None:
        return quick
    table: list[list[str]] = []
    places: list[int] = []
    for number, row in enumerate(rows, layout.top_rows + 1):
        cells = _cells(profile, layout.detail, row, number, problems)
        if cells is not None:
            table.append(cells)
            places.append(number)
    columns: dict[str, list[object]] = {}
    for field, cells_ in zip(layout.detail, zip(*table, strict=True), strict=False):
        column: list[object] = []
        for number, cell in zip(places, cells_, strict=True):
            try:
                column.append(parse_cell(profile, field, cell))
            except ValueError:
                problems.append(Problem("value", number, field.name))
                column.append(None)
        columns[field.source] = column
    return columns


def _detail_at_once(profile: Profile, layout: Layout, rows: list[bytes]) -> dict[str, list[object]] | None:
    """The same for a file without fault, a column at a time; None if anything is odd, and the slow way names it."""
    separator, end = profile.separator, profile.line_end
    if separator is None or layout.detail[-1].optional:
        return None
    try:
        text = end.encode("ascii").join(rows).decode(profile.encoding)
    except UnicodeDecodeError:
        return None
    if INVISIBLE.search(text.replace(end, "").replace(separator, "")):
        return None
    table = [row.split(separator) for row in text.split(end)]
    if len(table) != len(rows) or set(map(len, table)) != {len(layout.detail)}:
        return None
    columns: dict[str, list[object]] = {}
    try:
        for field, cells in zip(layout.detail, zip(*table, strict=True), strict=True):
            columns[field.source] = parse_column(profile, field, cells)
    except ValueError:
        return None
    return columns


def check_head(parsed: Parsed, batch: str, count: int, total: int, totals_of: str) -> list[Problem]:
    """Count, total and batch of header and trailer against the lines. ``totals_of``: count's source."""
    problems = []
    for row, record in ((1, parsed.header), (parsed.first_row + parsed.count, parsed.trailer)):
        if record.get("count", parsed.count) != parsed.count:
            problems.append(Problem("count", row, f"{record['count']} ≠ {parsed.count}"))
        if totals_of in record and record[totals_of] != count:
            problems.append(Problem("count", row, f"{record[totals_of]} ≠ {count}"))
        if record.get("total", total) != total:
            problems.append(Problem("total", row, f"{record['total']} ≠ {total} (分)"))
    for place, told in enumerate(parsed.columns.get("batch", [])):
        if told != batch:
            problems.append(Problem("other_batch", parsed.first_row + place, str(told)))
    repeated = {line for line, times in Counter(parsed.columns["line"]).items() if times > 1}
    if repeated:
        for place, line in enumerate(parsed.columns["line"]):
            if line in repeated:
                problems.append(Problem("duplicate_line", parsed.first_row + place, str(line)))
    return problems
