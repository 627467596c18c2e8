"""Office Open XML sheets: values by calamine; formulas, errors and hiding by one pass over the XML.

The pass is made only for sheets whose XML mentions what it looks for, so clean files pay nothing.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import lru_cache
from xml.parsers import expat

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from yingbao.formats.rosters.errors import TooManyRows
from yingbao.formats.rosters.grid import Sheet

# A county's register at full size has some twenty million cells.
_MOST_CELLS = 40_000_000
_COLUMN_LETTERS = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})\d')
_ROW_NUMBERS = re.compile(rb'<(?:\w+:)?(?:row|c)\s[^>]*?\br="[A-Z]{0,3}(\d{1,9})"')
_CELL = re.compile(r"([A-Z]+)(\d+)")


def read(name: str, data: bytes) -> list[Sheet]:
    """All worksheets in their order."""
    parts = _parts(data)
    _refuse_sparse(name, data, parts)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            source = book.get_sheet_by_name(meta.name)
            sheet = Sheet(
                name=meta.name,
                hidden=meta.visible != SheetVisibleEnum.Visible,
                rows=[[*row] for row in source.to_python(skip_empty_area=False)],
                merged=[(a[0], b[0], a[1], b[1]) for a, b in source.merged_cell_ranges or []],
            )
            if meta.name in parts:
                _mark(sheet, archive.read(parts[meta.name]))
                _pin(sheet, archive, parts[meta.name])
            sheets.append(sheet)
    return sheets


def _refuse_sparse(name: str, data: bytes, parts: dict[str, str]) -> None:
    """One cell in the last corner would make the parser lay out seventeen thousand million."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet, part in parts.items():
            xml = archive.read(part)
            letters = {found.decode() for found in _COLUMN_LETTERS.findall(xml)}
            columns = max((_place(f"{text}1", (0, 0))[1] + 1 for text in letters), default=0)
            rows = max(map(int, _ROW_NUMBERS.findall(xml)), default=0)
            if rows * columns > _MOST_CELLS:
                raise TooManyRows(file=name, sheet=sheet, rows=rows, columns=columns)


def _parts(data: bytes) -> dict[str, str]:
    """Sheet name → member of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        ids: dict[str, str] = {}
        targets: dict[str, str] = {}

        def on_sheet(tag: str, attributes: dict[str, str]) -> None:
            if _local(tag) == "sheet":
                relation = next((v for k, v in attributes.items() if _local(k) == "id" and k != "id"), "")
                ids[attributes.get("name", "")] = relation

        def on_relation(tag: str, attributes: dict[str, str]) -> None:
            if _local(tag) == "Relationship":
                target = attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
                targets[attributes.get("Id", "")] = path

        _walk(archive.read("xl/workbook.xml"), on_sheet)
        _walk(archive.read("xl/_rels/workbook.xml.rels"), on_relation)
    found = {sheet: targets.get(relation, "") for sheet, relation in ids.items()}
    return {sheet: part for sheet, part in found.items() if part in names}


@lru_cache(maxsize=256)  # a sheet has a dozen tags, and a million of each
def _local(tag: str) -> str:
    return tag.rsplit(":", 1)[-1]


def _walk(xml: bytes, on_start: object, on_text: object = None, on_end: object = None) -> None:
    """One pass without entities: a DTD stops it."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = on_start  # type: ignore[assignment]
    if on_text:
        parser.CharacterDataHandler = on_text  # type: ignore[assignment]
    if on_end:
        parser.EndElementHandler = on_end  # type: ignore[assignment]

    def refuse(*_: object) -> None:
        raise ValueError("DTD")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.Parse(xml, True)


def _mark(sheet: Sheet, xml: bytes) -> None:
    """Fill formulas, errors and hidden rows and columns of ``sheet``."""
    wanted = (b"<f", b":f>", b't="e"', b"t='e'", b"hidden=", b'ht="0"')
    if not any(mark in xml for mark in wanted):
        return
    here: list[tuple[int, int]] = [(0, -1)]
    state = {"error": False, "value": False}

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if local == "c":
            here[0] = _place(attributes.get("r"), here[0])
            state["error"] = attributes.get("t") == "e"
        elif local == "f":
            sheet.formulas.add(here[0])
        elif local == "v":
            state["value"] = state["error"]
        elif local == "row":
            here[0] = (int(attributes.get("r", here[0][0] + 2)) - 1, -1)
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                sheet.hidden_rows.add(here[0][0])
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            sheet.hidden_columns.update(range(first - 1, min(last, sheet.width or 1)))

    def on_text(text: str) -> None:
        if state["value"]:
            sheet.errors[here[0]] = sheet.errors.get(here[0], "") + text

    def on_end(tag: str) -> None:
        if _local(tag) == "v":
            state["value"] = False

    _walk(xml, on_start, on_text, on_end)


def _pin(sheet: Sheet, archive: zipfile.ZipFile, part: str) -> None:
    """Fill the comments of ``sheet``; a file without any pays nothing."""
    names = set(archive.namelist())
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names or not any("comments" in one.lower() for one in names):
        return
    members: list[str] = []
    here: list[tuple[int, int] | None] = [None]

    def on_relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship" and attributes.get("Type", "").endswith("/comments"):
            target = attributes.get("Target", "")
            members.append(target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}"))

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "comment":
            here[0] = _place(attributes.get("ref"), (0, 0))

    def on_text(text: str) -> None:
        if here[0] is not None:
            sheet.comments[here[0]] = sheet.comments.get(here[0], "") + text

    def on_end(tag: str) -> None:
        if _local(tag) == "comment":
            here[0] = None

    _walk(archive.read(relations), on_relation)
    for member in members:
        if member in names:
            _walk(archive.read(member), on_start, on_text, on_end)


def _place(reference: str | None, before: tuple[int, int]) -> tuple[int, int]:
    """Row and column of ``C17``; without a reference, the cell after the one before."""
    found = _CELL.fullmatch(reference) if reference else None
    if not found:
        return before[0], before[1] + 1
    column = 0
    for character in found[1]:
        column = column * 26 + ord(character) - 64
    return int(found[2]) - 1, column - 1
