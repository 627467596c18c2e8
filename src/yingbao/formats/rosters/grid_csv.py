"""Comma-separated text: UTF-8 or UTF-16 with or without a mark, or GB18030; comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io

from yingbao.formats.rosters.errors import EncodingDamaged, FileUnreadable
from yingbao.formats.rosters.grid import Value

_DELIMITERS = ",\t;|，"
# What UTF-8 read as GB18030 and saved again looks like, and the other way about.
_GARBLED = ("锟斤拷", "烫烫烫", "屯屯屯", "鎴峰", "濮撳悕", "韬唤", "Ã", "Ä", "Å", "Ð", "Õ", "¸", "ä½", "å§", "èº")
_MANY = 3


def decode(name: str, data: bytes) -> tuple[str, str]:
    """The text and its encoding (``utf-8``, ``utf-8-sig``, ``utf-16`` or ``gb18030``).

    Raises EncodingDamaged on replacement characters and on text converted twice.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif b"\0" in data and (text := _utf_16(data)):
        data, encoding = text.encode("utf-16"), "utf-16"
    else:
        encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
            raise EncodingDamaged(file=name, row=row) from error
    if "\0" in text:
        raise FileUnreadable(file=name, why="含有二进制内容")
    _refuse_garbled(name, text)
    return text, encoding


def _utf_16(data: bytes) -> str | None:
    """The text of UTF-16 without a mark, where only one order of the bytes gives lines of letters that a roster has."""
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\n" in text and not any(_strange(character) for character in set(text)):
            found.append(text)
    return found[0] if len(found) == 1 else None


def _strange(character: str) -> bool:
    """Neither plain text nor a character that Chinese text has: read in the wrong order, a line end is one."""
    if character in "\t\r\n" or " " <= character <= "~" or character >= "\U00020000" or "\u3400" <= character <= "\u9fff":
        return False
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return character not in "\xa0\u200b\u2022\ufeff"
    return character < " "


def _refuse_garbled(name: str, text: str) -> None:
    place = text.find("\ufffd")
    if place < 0:
        head = text[:4000]
        hits = [(head.count(mark), head.find(mark)) for mark in _GARBLED if mark in head]
        if sum(count for count, _ in hits) < _MANY:
            return
        place = min(where for _, where in hits)
    raise EncodingDamaged(file=name, row=text.count("\n", 0, place) + 1)


def sniff_delimiter(text: str) -> str:
    """The separator that splits the first lines most often and most evenly."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    best, best_score = ",", 0
    for mark in _DELIMITERS:
        counts = sorted(line.count(mark) for line in lines)
        middle = counts[len(counts) // 2] if counts else 0
        if middle > best_score:
            best, best_score = mark, middle
    return best


def read(name: str, data: bytes) -> tuple[str, str, str, list[list[Value]]]:
    """Text, encoding, delimiter and rows of text cells."""
    text, encoding = decode(name, data)
    delimiter = sniff_delimiter(text)
    rows: list[list[Value]] = [
        [_unwrapped(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]
    return text, encoding, delimiter, rows


def _unwrapped(cell: str) -> str:
    """``="3206…"`` is how some systems keep a spreadsheet from damaging a number: the number itself."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
