"""Towns and villages by code, with validity and aliases. A village is never keyed by its name alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from yingbao.policy.errors import BadDivisions
from yingbao.policy.tree import policy_root
from yingbao.values.errors import NotADate
from yingbao.values.month import date_from_text

_COLUMNS = ("code", "name", "parent", "valid_from", "valid_until", "merged_into")
_ALIAS_COLUMNS = ("code", "alias", "status", "why")
_ALIAS_STATUSES = ("derived", "secondary", "illustrative")

# How people write the kind of a village, longest first, and the kind it means.
VILLAGE_ENDINGS = {
    "社区居民委员会": "居",
    "社区居委会": "居",
    "居民委员会": "居",
    "村民委员会": "村",
    "居委会": "居",
    "村委会": "村",
    "社区": "居",
    "居": "居",
    "村": "村",
}
COUNTY, TOWN, VILLAGE = 6, 9, 12  # digits of a code
_OFFICIAL_ENDING = re.compile(r"(.+?)(居委会|村委会)")


@dataclass(frozen=True, slots=True)
class Division:
    """A county (6 digits), a town, zone or farm (9) or a village (12)."""

    code: str
    name: str
    parent: str | None
    valid_from: date | None
    valid_until: date | None
    merged_into: str | None

    @property
    def stem(self) -> str:
        """``杨洲`` of 杨洲居委会; the whole name where it has no such ending."""
        found = _OFFICIAL_ENDING.fullmatch(self.name)
        return found[1] if found else self.name

    @property
    def ending(self) -> str | None:
        """``居`` or ``村``; None for anything else."""
        found = _OFFICIAL_ENDING.fullmatch(self.name)
        return VILLAGE_ENDINGS[found[2]] if found else None

    def valid_on(self, day: date | None) -> bool:
        """Whether it existed on a day; no day: at any time."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a division. ``status``: derived | secondary | illustrative."""

    code: str
    alias: str
    status: str
    why: str


@dataclass(frozen=True)
class Divisions:
    """All divisions of a county."""

    county: Division
    by_code: Mapping[str, Division]
    aliases: tuple[Alias, ...]

    def town(self, code: str) -> Division | None:
        """The town-level unit of a 9- or 12-digit code, or None."""
        return self.by_code.get(code[:TOWN]) if len(code) in (TOWN, VILLAGE) else None

    def village(self, code: str) -> Division | None:
        """The village of a 12-digit code, or None."""
        return self.by_code.get(code) if len(code) == VILLAGE else None

    def towns(self, on: date | None = None) -> list[Division]:
        """The town-level units that existed on a day (None: ever), by code."""
        return [one for one in self.by_code.values() if len(one.code) == TOWN and one.valid_on(on)]

    def villages(self, town: str | None = None, on: date | None = None) -> list[Division]:
        """The villages of a town (None: of the county) that existed on a day (None: ever), by code."""
        return [
            one
            for one in self.by_code.values()
            if len(one.code) == VILLAGE and (town is None or one.parent == town) and one.valid_on(on)
        ]

    def current(self, code: str) -> str:
        """The code that took a merged unit over; the code itself where it still stands."""
        seen = {code}
        while (found := self.by_code.get(code)) and found.merged_into and found.merged_into not in seen:
            code = found.merged_into
            seen.add(code)
        return code

    def full_name(self, code: str) -> str:
        """``如皋市长江镇杨洲居委会`` for a code; the code where it is not known."""
        names: list[str] = []
        one = self.by_code.get(code)
        while one is not None:
            names.insert(0, one.name)
            one = self.by_code.get(one.parent) if one.parent else None
        return "".join(names) or code


def load_divisions(root: Path | None = None, pool: int = 320682) -> Divisions:
    """The divisions of a county, read once a process. Raises BadDivisions, PolicyNotFound."""
    return _load((root or policy_root()) / "divisions", f"{pool:06d}")


@lru_cache(maxsize=8)
def _load(folder: Path, county: str) -> Divisions:
    path = folder / f"{county}.csv"
    found: dict[str, Division] = {}
    for line, row in _rows(path, _COLUMNS):
        one = _division(path.name, line, row)
        if one.code in found:
            raise _bad(path.name, line, f"{one.code} 重复", f"{one.code} comes twice")
        found[one.code] = one
    if county not in found:
        raise _bad(path.name, 1, f"缺少 {county}", f"{county} is missing")
    _check_tree(path.name, found)
    return Divisions(found[county], found, _aliases(folder / f"{county}-aliases.csv", found))


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise _bad(path.name, 0, "文件不存在", "the file does not exist")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise _bad(path.name, 1, f"表头应为 {','.join(columns)}", f"the heading must be {','.join(columns)}")
        rows = list(enumerate(reader, start=2))
    for line, row in rows:
        if None in row or None in row.values():
            raise _bad(path.name, line, "列数不对", "a wrong number of columns")
    return rows


def _division(file: str, line: int, row: dict[str, str]) -> Division:
    code = row["code"]
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code, re.ASCII) or not row["name"]:
        raise _bad(file, line, f"代码“{code}”或名称不对", f"bad code '{code}' or no name")
    parent = row["parent"] or None
    if (parent or "") != (code[:-3] if len(code) > COUNTY else ""):
        raise _bad(file, line, f"{code} 的上级应为 {code[:-3]}", f"the parent of {code} must be {code[:-3]}")
    try:
        days = [date_from_text(row[key]) if row[key] else None for key in ("valid_from", "valid_until")]
    except NotADate as error:
        raise _bad(file, line, error.text(), error.text("en")) from error
    return Division(code, row["name"], parent, days[0], days[1], row["merged_into"] or None)


def _check_tree(file: str, found: Mapping[str, Division]) -> None:
    for line, one in enumerate(found.values(), start=2):
        for other in (one.parent, one.merged_into):
            if other and other not in found:
                raise _bad(file, line, f"{other} 不在表中", f"{other} is not in the table")


def _aliases(path: Path, found: Mapping[str, Division]) -> tuple[Alias, ...]:
    aliases: list[Alias] = []
    for line, row in _rows(path, _ALIAS_COLUMNS):
        if row["code"] not in found or row["status"] not in _ALIAS_STATUSES or not row["why"] or not row["alias"]:
            raise _bad(path.name, line, "代码、别名、状态或理由不对", "bad code, alias, status or reason")
        aliases.append(Alias(row["code"], row["alias"], row["status"], row["why"]))
    if len({one.alias for one in aliases}) < len(aliases):
        raise _bad(path.name, 1, "同一别名指向两处", "one alias means two places")
    return tuple(aliases)


def _bad(file: str, line: int, why: str, why_en: str) -> BadDivisions:
    return BadDivisions(file=file, line=line, why=why, why_en=why_en)
