"""The result of a round of certification, as a village or a comparison sends it back: who, on which day, in which way.

A heading row with 公民身份号码, 认证日期, 认证方式 (姓名 is compared if it is there), on one sheet or several. Every row of a
person is kept, good or not; one bad row never hides another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yingbao.formats.plain_list import PlainList, PlainRow, read_plain_list
from yingbao.formats.rosters.clean_id import clean_id
from yingbao.formats.rosters.clean_name import clean_name
from yingbao.formats.rosters.clean_values import clean_date, folded
from yingbao.formats.rosters.dirt import REASONS
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.values.errors import YingbaoError
from yingbao.values.identity import IdNumber

_HEADINGS = {
    "id": ("公民身份号码", "身份证号", "身份证号码", "证件号码"),
    "day": ("认证日期", "认证时间", "认证年月日", "最近认证日期", "认证通过日期", "核查日期", "比对日期"),
    "way": ("认证方式", "认证渠道", "认证途径", "认证类型", "核查方式"),
    "name": ("姓名",),
}
_NEEDED = ({"id"}, {"day"}, {"way"})
_WAYS = {
    "经办窗口": "counter", "经办机构": "counter", "窗口": "counter", "01": "counter", "手机": "phone", "手机认证": "phone", "02": "phone",
    "自助终端": "kiosk", "自助机": "kiosk", "03": "kiosk", "村（居）上门": "village_visit", "上门": "village_visit",
    "上门认证": "village_visit", "入户": "village_visit", "数据比对": "data_trace", "静默认证": "data_trace",
    "counter": "counter", "phone": "phone", "kiosk": "kiosk", "village_visit": "village_visit", "data_trace": "data_trace",
}  # fmt: skip
_WAY_BY_FOLDED = {folded(word): way for word, way in _WAYS.items()}
PROBLEMS = {
    "certificate_day_unclear": "认证日期看不出是哪一天",
    "certificate_way_unknown": "认证方式不认识（窗口、手机、自助终端、上门、数据比对）",
    "certificate_in_future": "认证日期在登记日之后",
    "certificate_person_unknown": "没有这个人",
    "certificate_told_twice": "同一人同一天已经登记",
}
_FIELD_OF = {"certificate_day_unclear": "day", "certificate_in_future": "day", "certificate_way_unknown": "way",
             "same_id_different_names": "name", "certificate_person_unknown": "id"}  # fmt: skip


class CertificateFileRefused(YingbaoError):
    """A result file that cannot be read as one."""

    zh = "文件 {file} 不能作为认证结果读入：{why}。请按“公民身份号码、认证日期、认证方式”三列重做。本次没有写入任何数据。"
    en = "The file {file} cannot be read as results of certification: {why}. Nothing was written."


@dataclass
class CertificateRow:
    """A row of the file: whose, on which day, in which way; ``problems`` are codes, empty for a good row."""

    sheet: str
    row: int
    cells: list[Value]
    number: IdNumber | None = None
    name: str | None = None
    day: date | None = None
    way: str | None = None
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CertificateFile:
    """What was read: ``rows`` in order; title, heading, total and blank rows are in ``ignored``."""

    name: str
    sha256: str
    rows: tuple[CertificateRow, ...]
    ignored: tuple[CertificateRow, ...]
    source: PlainList

    @property
    def sheets(self) -> int:
        """How many sheets it has."""
        return self.source.sheets

    def write_back(self, refused: Sequence[tuple[str, int, str, str]], folder: Path) -> Path | None:
        """The refused rows (sheet, row, name, codes) as the same file, with why and where; None when there are none."""
        rows = {(one.sheet, one.row): one for one in self.source.rows}
        why = [(sheet, row, _sentences(codes), _cells(rows[sheet, row], codes)) for sheet, row, _, codes in refused]
        return self.source.write_back(why, folder)


def _sentences(codes: str) -> str:
    """Codes joined by commas, as sentences for whoever sent the file."""
    said = (PROBLEMS.get(code) or REASONS[code].zh for code in codes.split(","))
    return "".join(f"{one.rstrip('。')}。" for one in said)


def _cells(row: PlainRow, codes: str) -> str:
    """The cells that the codes speak of; empty where they speak of the whole row."""
    fields = (_FIELD_OF.get(code, "id" if code.startswith("id_") else "") for code in codes.split(","))
    return "、".join(dict.fromkeys(address for one in fields if (address := row.address(one))))


def read_certificates(path: Path) -> CertificateFile:
    """Read and judge a result file. Raises CertificateFileRefused, and RosterRefused for an unreadable one."""
    found = read_plain_list(path, _HEADINGS, _NEEDED, lambda why: CertificateFileRefused(file=path.name, why=why))
    rows = tuple(_judged(one) for one in found.rows)
    ignored = tuple(CertificateRow(one.sheet, one.row, one.cells) for one in found.ignored)
    return CertificateFile(found.name, found.sha256, rows, ignored, found)


def _judged(plain: PlainRow) -> CertificateRow:
    one = CertificateRow(plain.sheet, plain.row, plain.cells, problems=list(plain.problems))
    cleaned, when = clean_id(plain.cell("id") or None), clean_date(plain.cell("day"))
    one.number, one.way = cleaned.number, _WAY_BY_FOLDED.get(folded(plain.cell("way")))
    written = text_of(plain.cell("name"))
    one.name = (clean_name(written).name or written.strip() or None) if written else None
    if cleaned.number is None:
        one.problems.append(cleaned.problem or "id_missing")
    if when is None or when.first != when.last:
        one.problems.append("certificate_day_unclear")
    else:
        one.day = when.first
    if one.way is None:
        one.problems.append("certificate_way_unknown")
    return one
