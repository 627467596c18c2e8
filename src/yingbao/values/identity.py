"""ID numbers (GB 11643-1999) and bank account numbers. ``str()`` of one is its mask.

The area prefix is never a test: 320622, 329016 and 320682 are all Rugao, and people marry in
and move in from everywhere. Only the check digit and the calendar date are checked.
"""

from __future__ import annotations

import re
from datetime import date

from yingbao.values.errors import BadAccountNumber, BadIdNumber

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
ID_LENGTH, OLD_ID_LENGTH = 18, 15
ACCOUNT_SHOWN = 4  # digits of an account that a mask leaves

# Why an ID number cannot be used: reason code → what a clerk reads.
WHY_NOT = {
    "length": "位数不是18位",
    "characters": "含有不应出现的字符",
    "date": "出生日期不存在",
    "check_digit": "校验码不符",
}


def check_digit(body: str) -> str:
    """The 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(w * (ord(d) - 48) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


def why_not_id(text: str) -> str | None:
    """None for a good 18-character ID number, else a key of WHY_NOT."""
    if len(text) != ID_LENGTH:
        return "length"
    if not (text.isascii() and text[:17].isdigit() and (text[17].isdigit() or text[17] == "X")):
        return "characters"
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return "date"
    return None if check_digit(text[:17]) == text[17] else "check_digit"


def upgrade_15(text: str) -> str:
    """An old 15-digit number as 18 characters: 19 after the area, then the check digit.

    Raises BadIdNumber if it is not 15 digits or its date does not exist.
    """
    if not re.fullmatch(r"\d{15}", text, re.ASCII):
        raise BadIdNumber(shown=mask_id(text), why=WHY_NOT["characters"])
    body = text[:6] + "19" + text[6:]
    whole = body + check_digit(body)
    if reason := why_not_id(whole):
        raise BadIdNumber(shown=mask_id(text), why=WHY_NOT[reason])
    return whole


def mask_id(text: str) -> str:
    """First six and last four: enough for a colleague, not for the public."""
    return f"{text[:6]}********{text[-4:]}" if len(text) >= OLD_ID_LENGTH else "*" * len(text)


def mask_account(text: str) -> str:
    """The last four digits of an account."""
    return "****" + text[-ACCOUNT_SHOWN:] if len(text) > ACCOUNT_SHOWN else "****"


_SHAPED = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])", re.ASCII)
_LONG = re.compile(r"\d{14,}[\dXx]", re.ASCII)


def id_in(text: str) -> str | None:
    """The mask of the first good ID number that stands in a text, or None."""
    found = (one.group().upper() for one in _SHAPED.finditer(text))
    return next((mask_id(one) for one in found if why_not_id(one) is None), None)


def hide_numbers(text: str) -> str:
    """A name, a place or a file's name without the ID or account numbers that somebody put into it: 15 digits or more, masked."""
    return _LONG.sub(lambda one: mask_id(one.group()), text)


class Secret:
    """A personal value in clear. Its ``str`` is the mask; it cannot be pickled or made JSON.

    Only :meth:`reveal` gives the clear text, and only the store and the bank files call it.
    """

    __slots__ = ("_clear",)

    def __init__(self, clear: str) -> None:
        self._clear = clear

    def reveal(self) -> str:
        """The clear text. Call it where it is encrypted or written for the bank, nowhere else."""
        return self._clear

    def __str__(self) -> str:
        return "****"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Secret) and self._clear == other._clear

    def __hash__(self) -> int:
        return hash((type(self), self._clear))

    def __reduce__(self) -> tuple[object, ...]:
        message = "a Secret is never pickled"
        raise TypeError(message)


class IdNumber(Secret):
    """An 18-character ID number with a valid date and check digit.

    Raises BadIdNumber. ``birth`` and ``sex`` are read from the number.
    """

    __slots__ = ()

    def __init__(self, clear: str) -> None:
        if reason := why_not_id(clear):
            raise BadIdNumber(shown=mask_id(clear), why=WHY_NOT[reason])
        super().__init__(clear)

    @property
    def birth(self) -> date:
        """The birth date inside the number."""
        text = self._clear
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))

    @property
    def sex(self) -> str:
        """``male`` or ``female``, by the parity of the 17th digit."""
        return "male" if int(self._clear[16]) % 2 else "female"

    def __str__(self) -> str:
        return mask_id(self._clear)


class AccountNumber(Secret):
    """A bank account or card number: 8 to 32 digits. Raises BadAccountNumber."""

    __slots__ = ()

    def __init__(self, clear: str) -> None:
        if not re.fullmatch(r"\d{8,32}", clear, re.ASCII):
            raise BadAccountNumber(shown=mask_account(clear))
        super().__init__(clear)

    def __str__(self) -> str:
        return mask_account(self._clear)
