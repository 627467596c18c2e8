"""What is looked at before any parser sees a file: its bytes, its archive directory, its parts.

The kind of a file is told by its content, never by its name.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from yingbao.formats.rosters.errors import (
    ArchiveBomb,
    FileEmpty,
    FileEncrypted,
    FileHasForeignParts,
    FileHasMacros,
    FileIsWebPage,
    FileIsWps,
    FileMissing,
    FileTooLarge,
    FileUnreadable,
)

_MB = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be. Bytes, and counts of members, rows and columns."""

    file_bytes: int = 20 * _MB
    unpacked_bytes: int = 200 * _MB
    ratio: int = 100
    members: int = 200
    rows: int = 100_000
    columns: int = 512


# An opening register holds a whole county: some 650,000 rows.
REGISTER_LIMITS = Limits(file_bytes=200 * _MB, unpacked_bytes=2048 * _MB, rows=1_048_576)


def inspect(path: Path, limits: Limits) -> tuple[str, bytes]:
    """The kind of the file (``xlsx``, ``xls``, ``ods`` or ``csv``) and its bytes.

    Raises a subclass of RosterRefused for everything that is not a harmless sheet.
    """
    name = path.name
    data = _bytes_of(path, limits)
    if path.suffix.lower() == ".et":
        raise FileIsWps(file=name)
    if data.startswith(b"PK"):
        return _inspect_archive(name, data, limits), data
    if data.startswith(_OLE):
        _inspect_ole(name, data)
        return "xls", data
    _inspect_text(name, data)
    return "csv", data


def _bytes_of(path: Path, limits: Limits) -> bytes:
    """The bytes of the file, never more than allowed: it may grow while it is read."""
    name = path.name
    if path.exists() and not path.is_file():
        raise FileUnreadable(file=name, why="是文件夹或设备，不是文件")
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
            size = max(len(data), path.stat().st_size)
    except FileNotFoundError as error:
        raise FileMissing(file=name) from error
    except OSError as error:
        raise FileUnreadable(file=name, why="没有读取的权限" if isinstance(error, PermissionError) else "磁盘读取出错") from error
    if not data:
        raise FileEmpty(file=name)
    if size > limits.file_bytes:
        raise FileTooLarge(file=name, size_mb=round(size / _MB, 1), limit_mb=round(limits.file_bytes / _MB, 1))
    return data


def _inspect_archive(name: str, data: bytes, limits: Limits) -> str:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileUnreadable(file=name, why="压缩包目录损坏") from error
    with archive:
        members = archive.infolist()
        _refuse_bomb(name, members, limits)
        _refuse_foreign_parts(name, [member.filename for member in members])
        _refuse_lies(name, archive, members)
        return _kind_of_archive(name, archive)


def _refuse_bomb(name: str, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Sizes as the directory declares them: nothing has been unpacked yet."""
    if len(members) > limits.members:
        raise ArchiveBomb(file=name, why=f"内含{len(members)}个文件，上限{limits.members}")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise ArchiveBomb(file=name, why=f"解压后{unpacked // _MB}MB，上限{limits.unpacked_bytes // _MB}MB")
    # A few hundred kilobytes can harm nobody, and a sheet of blanks packs very well.
    if unpacked > _MB and unpacked > limits.ratio * max(packed, 1):
        raise ArchiveBomb(file=name, why=f"压缩比{unpacked // max(packed, 1)}，上限{limits.ratio}")
    if len({member.filename for member in members}) != len(members):
        raise ArchiveBomb(file=name, why="内含同名文件")


def _refuse_foreign_parts(name: str, parts: list[str]) -> None:
    for part in (part.lower() for part in parts):
        if part.endswith("encryptedpackage"):
            raise FileEncrypted(file=name)
        if "vbaproject" in part or part.startswith("basic/") or part.endswith("workbook.bin"):
            raise FileHasMacros(file=name)
        if "/externallinks/" in f"/{part}":
            raise FileHasForeignParts(file=name, what="指向其他文件的链接")
        if "/embeddings/" in f"/{part}" or "/activex/" in f"/{part}":
            raise FileHasForeignParts(file=name, what="嵌入的对象")
        if part.startswith("/") or ".." in part.split("/"):
            raise ArchiveBomb(file=name, why="内含越界路径")


def _refuse_lies(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack in pieces and stop past the declared size: a directory can lie. Also finds DTDs."""
    for member in members:
        if member.flag_bits & 0x1:
            raise FileEncrypted(file=name)
        read, first = 0, b""
        try:
            with archive.open(member) as stream:
                while piece := stream.read(_PIECE):
                    first = first or piece
                    read += len(piece)
                    if read > member.file_size:
                        raise ArchiveBomb(file=name, why="目录所写大小不实")
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise FileUnreadable(file=name, why="压缩内容损坏") from error
        head = first[:4096].replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise FileHasForeignParts(file=name, what="外部定义（DTD）")


def _kind_of_archive(name: str, archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if b"macroEnabled" in types or b"vbaProject" in types:
            raise FileHasMacros(file=name)
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise FileEncrypted(file=name)
        if b"spreadsheet" in archive.read("mimetype"):
            return "ods"
    raise FileUnreadable(file=name, why="压缩包里没有表格")


def _inspect_ole(name: str, data: bytes) -> None:
    """An old .xls. The names of its streams are UTF-16 text in its directory."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise FileEncrypted(file=name)
    if has("_VBA_PROJECT"):
        raise FileHasMacros(file=name)
    if has("Ole10Native") or has("MBD0"):
        raise FileHasForeignParts(file=name, what="嵌入的对象")
    if has("WpsDocument") or (has("ETWorkbook") and not has("Workbook")):
        raise FileIsWps(file=name)
    if not (has("Workbook") or has("Book")):
        raise FileUnreadable(file=name, why="不是表格")


def _inspect_text(name: str, data: bytes) -> None:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<div", b"<style", b"mime-version")):
        raise FileIsWebPage(file=name)
    if b"<table" in head or b"<html" in head:
        raise FileIsWebPage(file=name)
    if data.startswith((b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format", b"{\\rtf")):
        raise FileUnreadable(file=name, why="不是表格")
    if not data.strip(b"\xef\xbb\xbf \t\r\n,;"):
        raise FileEmpty(file=name)
