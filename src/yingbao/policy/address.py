"""From an address as people write it to a village code, or to the reason why not.

``江苏省如皋市长江镇杨洲居3组`` → 320682111023. An address is data: what is wrong with it is a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from yingbao.policy.divisions import TOWN, VILLAGE_ENDINGS, Division, Divisions

# Reason code → what a clerk reads.
WHY_NO_VILLAGE = {
    "empty": "地址为空",
    "other_county": "地址不在本县（市）",
    "town_unknown": "镇（区、街道）不在区划表中",
    "village_missing": "地址只写到镇（区、街道）",
    "village_unknown": "村（居）不在该镇（区、街道）的区划表中",
    "ambiguous_village": "县内有同名村（居），须写明镇（区、街道）",
    "ambiguous_kind": "该镇有同名的村和居，须写明是村还是居",
}
_TOWN_KIND = re.compile(r".{1,6}?(?:镇|乡|街道|开发区)")
_OTHER_PLACE = re.compile(r"(?:.{2,8}?(?:省|自治区))?(?:.{2,7}?(?:市|自治州|地区|盟))?.{1,7}?(?:市|县|区|旗)")
# 杨洲3组 names the village; 薛窑路3号 names a street.
_AFTER_BARE_NAME = re.compile(r"$|[第\d一二三四五六七八九十]")
_ENDING = "|".join(VILLAGE_ENDINGS)


@dataclass(frozen=True, slots=True)
class Place:
    """What an address says. ``village`` (12 digits) or ``reason`` (a key of WHY_NO_VILLAGE), never both.

    ``town`` is the 9-digit code if it is known; ``rest`` what follows the village (组, number);
    ``by_alias`` the alias that was needed, which may be illustrative.
    """

    village: str | None
    town: str | None
    reason: str | None
    rest: str = ""
    candidates: tuple[str, ...] = ()
    by_alias: str | None = None


class AddressReader:
    """Reads addresses of one county. Build once and use for all rows of a roster."""

    def __init__(self, divisions: Divisions, on: date | None = None) -> None:
        self._divisions = divisions
        self._county_names = _longest_first(
            [divisions.county.name, *(one.alias for one in divisions.aliases if one.code == divisions.county.code)]
        )
        self._towns = self._town_names(on)
        self._villages: dict[str, list[Division]] = {}
        for village in divisions.villages(on=on):
            self._villages.setdefault(village.stem, []).append(village)

    def place(self, text: str, town: str | None = None) -> Place:
        """The village of an address. ``town`` is the 9-digit code of a separate column, if there is one."""
        cleaned = _clean(text)
        if not cleaned:
            return Place(None, town, "empty")
        in_county = self._after_county(cleaned)
        rest = cleaned if in_county is None else in_county
        found = self._town_at_start(rest)
        if found is not None:
            code, rest, alias = found
            return self._village(rest, code, alias)
        if town is not None:
            return self._village(rest, town, None)
        if in_county is None and self._elsewhere(rest):
            return Place(None, None, "other_county")
        return self._without_town(rest)

    def town_code(self, text: str) -> str | None:
        """The 9-digit code of a town as a column names it (``长江镇``, ``（原）雪岸镇``), or None."""
        cleaned = _clean(text)
        in_county = self._after_county(cleaned)
        for form in (cleaned, in_county or cleaned):
            if form in self._towns:
                return self._towns[form][0]
        return None

    def _town_names(self, on: date | None) -> dict[str, tuple[str, str | None]]:
        """Every way to write a town → (its present code, the alias used). A merged town gives its heir."""
        names: dict[str, tuple[str, str | None]] = {}
        for alias in self._divisions.aliases:
            if len(alias.code) == TOWN:
                for form in _old_name_forms(_clean(alias.alias)):
                    names[form] = (alias.code, alias.alias)
        for town in self._divisions.towns():
            code = town.code if town.valid_on(on) and not town.merged_into else self._divisions.current(town.code)
            for form in {town.name, town.name.removeprefix(self._divisions.county.name)}:
                names[form] = (code, None if code == town.code else town.name)
        return names

    def _after_county(self, text: str) -> str | None:
        """What follows province, city and county; None if the county is not named."""
        for name in self._county_names:
            found = re.match(rf"(?:江苏省?)?(?:南通市?)?{re.escape(name)}", text)
            if found:
                # 如皋市经济开发区 is a town whose own name begins with the county's.
                return text[found.end() :]
        return None

    def _town_at_start(self, text: str) -> tuple[str, str, str | None] | None:
        for name in _longest_first([name for name in self._towns if text.startswith(name)]):
            code, alias = self._towns[name]
            return code, text[len(name) :], alias
        return None

    def _elsewhere(self, text: str) -> bool:
        return bool(_OTHER_PLACE.match(text)) and self._stem_at(text) is None

    def _village(self, rest: str, town: str, alias: str | None) -> Place:
        if not rest:
            return Place(None, town, "village_missing", by_alias=alias)
        stem, kind, tail = self._stem_at(rest) or ("", None, rest)
        here = [one for one in self._villages.get(stem, ()) if one.parent == town]
        if not here:
            here, kind, tail = self._inside(rest, town)
        return _one_of(here, kind, Place(None, town, "village_unknown", tail, by_alias=alias))

    def _without_town(self, rest: str) -> Place:
        found = self._stem_at(rest)
        if found is None or (found[1] is None and found[2]):
            reason = "town_unknown" if _TOWN_KIND.match(rest) else "village_unknown"
            return Place(None, None, reason, rest)
        stem, kind, tail = found
        everywhere = self._villages[stem]
        if len({one.parent for one in everywhere}) > 1:
            # Also where 村 and 居 differ: people write either for either.
            return Place(None, None, "ambiguous_village", rest, tuple(one.code for one in everywhere))
        return _one_of(everywhere, kind, Place(None, everywhere[0].parent, "village_unknown", tail))

    def _inside(self, text: str, town: str) -> tuple[list[Division], str | None, str]:
        """The one village of the town that is named with its ending somewhere in the text, after a street."""
        found = [
            (one, VILLAGE_ENDINGS[match[1]], text[match.end() :])
            for villages in self._villages.values()
            for one in villages
            if one.parent == town and (match := re.search(f"{re.escape(one.stem)}({_ENDING})", text))
        ]
        if len({one.stem for one, _, _ in found}) != 1:
            return [], None, text
        return [one for one, _, _ in found], found[0][1], found[0][2]

    def _stem_at(self, text: str) -> tuple[str, str | None, str] | None:
        """The village's stem, its kind if written, and what follows. The longest stem wins."""
        best: tuple[str, str | None, str] | None = None
        for stem in _longest_first([stem for stem in self._villages if text.startswith(stem)]):
            tail = text[len(stem) :]
            ending = re.match(_ENDING, tail)
            if ending:
                return stem, VILLAGE_ENDINGS[ending[0]], tail[ending.end() :]
            if best is None and _AFTER_BARE_NAME.match(tail):
                best = stem, None, tail
        return best


def _one_of(here: list[Division], kind: str | None, read: Place) -> Place:
    """The village meant by a name (and 居 or 村, if written) among those of that name in one town."""
    if not here:
        return read
    of_kind = [one for one in here if kind is not None and one.ending == kind]
    # 杨洲村 is 杨洲居 since villages became communities: one name in the town, one place.
    meant = here if len(here) == 1 else of_kind
    if len(meant) == 1:
        return replace(read, village=meant[0].code, town=meant[0].parent, reason=None)
    return replace(read, reason="ambiguous_kind", candidates=tuple(one.code for one in here))


def _clean(text: str) -> str:
    """Full-width signs made plain, blanks and separators dropped."""
    return re.sub(r"[\s,，、;；.。/\\|_-]+", "", unicodedata.normalize("NFKC", text))


def _old_name_forms(alias: str) -> list[str]:
    """``(原)雪岸镇`` also as ``原雪岸镇`` and ``雪岸镇``."""
    found = re.fullmatch(r"\(原\)(.+)", alias)
    return [alias, f"原{found[1]}", found[1]] if found else [alias]


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))
