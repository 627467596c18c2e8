"""What hands and machines do to a name and a number on their way to the office.

The kinds are those of the office's dirt catalogue, by number. Which row is hit follows from the
seed, the roster and the person, so that a fault stays from month to month, as it does in life,
until somebody mends it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from yingbao.county.books import Cell
from yingbao.values.identity import check_digit
from yingbao.values.month import Month, month_of


@dataclass(frozen=True, slots=True)
class Part:
    """A name and an ID number as they stand in two cells."""

    name: Cell
    id18: Cell


MENDED_FROM: Month = month_of(2019, 1)  # bureaux mend half of what was sent back to them by then

# Kind → how many of ten thousand parts, where the kind can happen at all. Kinds in HELD_BACK need a person.
RATES: dict[int, int] = {
    1: 40, 2: 60, 3: 30, 4: 30, 5: 1500, 6: 200, 7: 15, 8: 30, 9: 25, 10: 4, 11: 3, 14: 15, 15: 5, 17: 60, 18: 8,
    19: 60, 20: 5000, 21: 8, 22: 20, 23: 40, 24: 5, 31: 8,
}  # fmt: skip
HELD_BACK = frozenset({1, 7, 9, 10, 11, 15, 17, 18, 21, 24, 31})

_NEAR = dict(zip("杰兰英珍芳华明林军琴平红海志永", "洁蓝瑛贞方花民琳君芹萍洪诲治勇", strict=True))
_OLD_FORMS = dict(zip("陈张刘吴钱孙杨华兰凤马冯卢严单顾许黄国", "陳張劉吳錢孫楊華蘭鳳馬馮盧嚴單顧許黃國", strict=True))
_DOTS = "•・‧∙.．"
_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def luck(*of: object) -> int:
    """A number from 0 to 2**32 − 1 that follows from its arguments, the same on every machine."""
    return crc32("|".join(map(str, of)).encode())


def _revised(id18: str, *, area: str = "", year: str = "") -> str:
    body = (area or id18[:6]) + (year or id18[6:10]) + id18[10:17]
    return body + check_digit(body)


def _wrong_check(id18: str, salt: int) -> str:
    return (
        id18[:17] + "0123456789"[(int(id18[16]) + 1 + salt % 3) % 10 if id18[17] == "X" else (int(id18[17]) + 1) % 10]
    )


def _spaced(id18: str, salt: int) -> str:
    gap = (" ", "\u00a0", "\t", "\n")[salt % 4]
    return f"{id18[:6]}{gap}{id18[6:14]}{gap}{id18[14:]}" if salt % 3 else f"{id18}{gap}"


def _not_a_date(id18: str) -> str:
    body = id18[:10] + "0230" + id18[14:17]
    return body + check_digit(body)


_ON_ID: dict[int, Callable[[str, int], Cell]] = {
    1: lambda id18, _: float(id18),
    2: _spaced,
    3: lambda id18, _: id18.translate(_WIDE),
    4: lambda id18, _: "'" + id18,
    5: lambda id18, _: id18.lower(),
    6: lambda id18, salt: id18[:17] + "×*ХΧ"[salt % 4],
    7: lambda id18, _: id18.replace("0", "O", 1),
    8: lambda id18, _: id18[:6] + id18[8:17],
    9: _wrong_check,
    10: lambda id18, _: _not_a_date(id18),
    11: lambda id18, _: _revised(id18, year="2090"),
    14: lambda id18, salt: f"{id18}{salt % 7 + 1}{salt // 7 % 4 + 1}",
    15: lambda id18, _: f"{id18}/{_revised(id18, area='320682' if id18[:6] != '320682' else '320622')}",
    18: lambda id18, _: _revised(id18, area="320682" if id18[:6] != "320682" else "320622"),
    31: lambda _id, _salt: "#N/A",
}


def _near_name(name: str, _: int) -> str:
    return name[:-1] + _NEAR[name[-1]]


_ON_NAME: dict[int, Callable[[str, int], Cell]] = {
    17: _near_name,
    19: lambda name, salt: name[:1] + ("\u3000" if salt % 2 else " ") + name[1:],
    20: lambda name, salt: name.replace("·", _DOTS[salt % len(_DOTS)]),
    21: lambda name, salt: name[:-1] + "?□"[salt % 2],
    22: lambda name, salt: name + ("（户主）", "*", "(户主)")[salt % 3],
    23: lambda name, _: "".join(_OLD_FORMS.get(sign, sign) for sign in name),
    24: lambda name, salt: name[0] + ("小妹", "来弟", "狗子", "大丫")[salt % 4],
}


def _can(kind: int, name: str, id18: str) -> bool:
    """Whether a kind can happen to this name and number."""
    needs: dict[int, bool] = {
        1: id18[17] != "X",
        5: id18[17] == "X",
        6: id18[17] == "X",
        8: id18[6:8] == "19" and int(id18[8:10]) < 75,
        17: len(name) == 3 and name[-1] in _NEAR,
        19: len(name) < 4,
        20: "·" in name,
        23: any(_OLD_FORMS.get(sign, sign) != sign for sign in name),
        24: "·" not in name,
    }
    return needs.get(kind, True)


def choose(seed: int, roster: str, number: int, name: str, id18: str, month: Month, times: int = 1) -> int:
    """The kind of fault of one person's part in one roster of a month; 0 for none.

    ``times``: how many times as dirty as the rates say.
    """
    for kind, rate in RATES.items():
        if luck(seed, roster, number, kind) % 10_000 < rate * times and _can(kind, name, id18):
            mended = kind in HELD_BACK and month >= MENDED_FROM and luck(seed, roster, number, "mended") % 2
            return 0 if mended else kind
    return 0


def spoil(kind: int, name: str, id18: str, salt: int) -> Part:
    """The two cells with a fault of this kind (0: as they should be)."""
    if kind in _ON_ID:
        return Part(name, _ON_ID[kind](id18, salt))
    if kind in _ON_NAME:
        return Part(_ON_NAME[kind](name, salt), id18)
    return Part(name, id18)
