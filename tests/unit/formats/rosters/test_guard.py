"""Harmful and unreadable files are refused before any parser sees them, each with its own reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from yingbao.formats.rosters import Limits, read_roster
from yingbao.formats.rosters import errors as refused


def archive(path: Path, members: dict[str, bytes], *, base: Path | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        if base:
            with zipfile.ZipFile(base) as source:
                for name in source.namelist():
                    if name not in members:
                        target.writestr(name, source.read(name))
        for name, content in members.items():
            target.writestr(name, content)
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.xls", b"", refused.FileEmpty),
        ("a.csv", b"\xef\xbb\xbf \r\n", refused.FileEmpty),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table>", refused.FileIsWebPage),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', refused.FileIsWebPage),
        ("a.et", OLE, refused.FileIsWps),
        ("a.xls", OLE + "WpsDocument".encode("utf-16-le"), refused.FileIsWps),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), refused.FileEncrypted),
        ("a.xls", OLE + "Workbook_VBA_PROJECT_CUR".encode("utf-16-le"), refused.FileHasMacros),
        ("a.xls", OLE, refused.FileUnreadable),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), refused.FileUnreadable),
        ("a.xlsx", b"PK\x03\x04 broken", refused.FileUnreadable),
        ("a.xlsx", b"%PDF-1.7", refused.FileUnreadable),
        ("a.csv", b"\x00\x01\x02\x03", refused.FileUnreadable),
    ],
)
def test_a_file_that_is_no_harmless_sheet_is_refused(tmp_path: Path, name: str, content: bytes, error: Any) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        read_roster(path)
    assert name in str(caught.value)
    assert "没有写入任何数据" in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("part", "error"),
    [
        ("xl/vbaProject.bin", refused.FileHasMacros),
        ("xl/workbook.bin", refused.FileHasMacros),
        ("xl/externalLinks/externalLink1.xml", refused.FileHasForeignParts),
        ("xl/embeddings/oleObject1.bin", refused.FileHasForeignParts),
        ("EncryptedPackage", refused.FileEncrypted),
        ("../../evil", refused.ArchiveBomb),
    ],
)
def test_a_workbook_with_a_foreign_part_is_refused(book: Any, tmp_path: Path, part: str, error: Any) -> None:
    clean = book("特困.xlsx", {"a": [["姓名", "身份证号"]]})
    with pytest.raises(error):
        read_roster(archive(tmp_path / "b.xlsx", {part: b"x"}, base=clean))


def test_a_document_type_is_refused(book: Any, tmp_path: Path) -> None:
    clean = book("特困.xlsx", {"a": [["姓名", "身份证号"]]})
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    with pytest.raises(refused.FileHasForeignParts):
        read_roster(archive(tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": evil}, base=clean))


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"\0" * 300_000_000})
    with pytest.raises(refused.ArchiveBomb, match="MB"):
        read_roster(path)


def test_a_directory_that_lies_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "lie.xlsx", {"xl/workbook.xml": b"\0" * 3_000_000})
    data = bytearray(path.read_bytes())
    size = (3_000_000).to_bytes(4, "little")
    data = data.replace(size, (900).to_bytes(4, "little"))
    path.write_bytes(bytes(data))
    with pytest.raises((refused.ArchiveBomb, refused.FileUnreadable)):
        read_roster(path)


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    with pytest.raises(refused.ArchiveBomb, match="201"):
        read_roster(archive(tmp_path / "many.xlsx", {f"m{n}": b"" for n in range(201)}))


def test_one_cell_in_the_last_corner_is_refused(book: Any, tmp_path: Path) -> None:
    clean = book("特困.xlsx", {"a": [["姓名", "身份证号"]]})
    xml = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(refused.TooManyRows):
        read_roster(archive(tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": xml}, base=clean))


def test_a_file_beyond_the_size_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 2000)
    with pytest.raises(refused.FileTooLarge):
        read_roster(path, limits=Limits(file_bytes=1000))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(refused.FileMissing):
        read_roster(tmp_path / "nobody.xlsx")


def test_a_workbook_named_xls_is_read_by_its_content(book: Any, ids: list[str]) -> None:
    path = book("特困.xlsx", {"a": [["姓名", "身份证号"], ["王一", ids[0]]]})
    renamed = path.rename(path.with_suffix(".xls"))
    assert read_roster(renamed).form == "xlsx"


def test_a_protected_archive_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("xl/workbook.xml", b"x")
    data = bytearray(buffer.getvalue())
    data[6] |= 1  # the flag of the local header
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    path = tmp_path / "locked.xlsx"
    path.write_bytes(bytes(data))
    with pytest.raises(refused.FileEncrypted):
        read_roster(path)


MACROS = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'


def test_a_workbook_of_macros_is_refused_under_any_name(book: Any, tmp_path: Path) -> None:
    clean = book("特困.xlsx", {"a": [["姓名", "身份证号"]]})
    for name, part in (("a.xlsm", {"[Content_Types].xml": MACROS}), ("a.xlsx", {"[Content_Types].xml": MACROS}),
                       ("b.xlsx", {"xl/vbaProject.bin": b"x"}), ("c.xls", {"xl/VBAPROJECT.BIN": b"x"})):  # fmt: skip
        with pytest.raises(refused.FileHasMacros, match=name):
            read_roster(archive(tmp_path / name, part, base=clean))


def test_what_a_file_is_called_does_not_matter(book: Any, tmp_path: Path, ids: list[str]) -> None:
    workbook = book("特困201811.xlsx", {"a": [["姓名", "身份证号"], ["王一", ids[0]]]})
    text = tmp_path / "特困.xlsx.csv"
    text.write_text(f"姓名,身份证号\n王一,{ids[0]}\n", encoding="gb18030")
    for path in (workbook.rename(tmp_path / "特困201811.csv"), text.rename(tmp_path / "特困201812.xlsx")):
        assert [record.disposition for record in read_roster(path).records] == ["ignored", "stored"]


def test_what_is_no_file_or_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ids: list[str]) -> None:
    folder, link, lost = tmp_path / "特困", tmp_path / "特困链接.csv", tmp_path / "断链.csv"
    folder.mkdir()
    lost.symlink_to(tmp_path / "nobody.csv")
    good = tmp_path / "特困.csv"
    good.write_text(f"姓名,身份证号\n王一,{ids[0]}\n", encoding="utf-8")
    link.symlink_to(good)
    with pytest.raises(refused.FileUnreadable, match="文件夹"):
        read_roster(folder)
    with pytest.raises(refused.FileMissing, match="断链"):
        read_roster(lost)
    assert read_roster(link).record_account.stored == 1

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(refused.FileUnreadable, match="权限"):
        read_roster(good)


def test_a_file_that_grows_while_it_is_read_is_never_read_past_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 5000)
    real = Path.stat
    monkeypatch.setattr(Path, "stat", lambda self, **how: real(tmp_path, **how) if self == path else real(self, **how))
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(refused.FileTooLarge):
        read_roster(path, limits=Limits(file_bytes=4999))


def test_a_name_with_a_line_break_is_shown_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "特\n困\x1b[31m.xlsx"
    path.write_bytes(b"")
    with pytest.raises(refused.FileEmpty, match="特□困□") as caught:
        read_roster(path)
    assert "\n" not in str(caught.value)
