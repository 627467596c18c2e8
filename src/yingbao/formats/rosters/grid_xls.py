"""Old Excel files (BIFF): values by calamine; formulas, errors, hiding and merging by walking the records."""

from __future__ import annotations

import io
import struct

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from xlrd.compdoc import CompDoc

from yingbao.formats.rosters.errors import FileEncrypted
from yingbao.formats.rosters.grid import Sheet, Value

# Record numbers of [MS-XLS] 2.3.
_FORMULA, _BOF, _EOF, _FILEPASS, _COLINFO = 0x0006, 0x0809, 0x000A, 0x002F, 0x007D
_MERGED, _BOOLERR, _ROW, _BOUNDSHEET = 0x00E5, 0x0205, 0x0208, 0x0085
_CACHED_ERROR = 2
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read(name: str, data: bytes) -> list[Sheet]:
    """All worksheets in their order. Raises FileEncrypted for a workbook with a password."""
    records, starts = _records(data)
    if any(kind == _FILEPASS for kind, _, _ in records.values()):
        raise FileEncrypted(file=name)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for number, meta in enumerate(book.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        rows: list[list[Value]] = [[*row] for row in book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)]
        sheet = Sheet(meta.name, meta.visible != SheetVisibleEnum.Visible, rows)
        if number < len(starts):
            _mark(sheet, records, starts[number])
        sheets.append(sheet)
    return sheets


_Record = tuple[int, bytes, int]  # kind, content, place of the next


def _records(data: bytes) -> tuple[dict[int, _Record], list[int]]:
    """The records of the workbook that matter here, by place, and where each sheet begins."""
    document = CompDoc(data, logfile=io.StringIO())
    for stream in ("Workbook", "Book"):
        memory, base, length = document.locate_named_stream(stream)
        if memory:
            break
    else:
        raise ValueError("no workbook stream")
    stream_bytes = bytes(memory[base : base + length])
    records: dict[int, _Record] = {}
    starts: list[int] = []
    place = 0
    wanted = {_FORMULA, _BOF, _EOF, _FILEPASS, _COLINFO, _MERGED, _BOOLERR, _ROW}
    unpack = struct.Struct("<HH").unpack_from
    while place + 4 <= len(stream_bytes):
        kind, size = unpack(stream_bytes, place)
        after = place + 4 + size
        if kind in wanted:
            records[place] = (kind, stream_bytes[place + 4 : after], after)
        elif kind == _BOUNDSHEET:
            starts.append(struct.unpack_from("<I", stream_bytes, place + 4)[0])
        place = after
    return records, starts


def _mark(sheet: Sheet, records: dict[int, _Record], start: int) -> None:
    """Fill what the records between the sheet's BOF and EOF say."""
    for place, (kind, content, _) in records.items():
        if place <= start:
            continue
        if kind == _EOF:
            return
        if kind == _MERGED:
            count = struct.unpack_from("<H", content)[0]
            sheet.merged += [struct.unpack_from("<HHHH", content, 2 + 8 * n) for n in range(count)]
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", content)
            if flags & 0x20:
                sheet.hidden_rows.add(row)
        elif kind == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", content)
            if flags & 1:
                sheet.hidden_columns.update(range(first, min(last + 1, sheet.width)))
        elif kind in (_FORMULA, _BOOLERR):
            _mark_cell(sheet, kind, content)


def _mark_cell(sheet: Sheet, kind: int, content: bytes) -> None:
    row, column = struct.unpack_from("<HH", content)
    if kind == _BOOLERR:
        if content[7]:
            sheet.errors[row, column] = _ERRORS.get(content[6], "#N/A")
        return
    sheet.formulas.add((row, column))
    # A formula's cached value that is not a number ends in FFFF; kind 2 is an error.
    if content[12:14] == b"\xff\xff" and content[6] == _CACHED_ERROR:
        sheet.errors[row, column] = _ERRORS.get(content[8], "#N/A")
