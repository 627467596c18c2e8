"""Cleaning an ID cell: one small function a kind of dirt, and the fast way for clean ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from yingbao.formats.rosters.grid import Value, is_error
from yingbao.values.errors import BadIdNumber
from yingbao.values.identity import IdNumber, Secret, check_digit, mask_id, upgrade_15, why_not_id

MAX_AGE_YEARS = 115

_BLANKS = re.compile(r"[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060\ufeff\u3000\u00ad\-‐‑–—_]+")
_QUOTES = "'’‘`\"“”＇´"
_X_LOOKALIKES = "ХхχΧ×✕✖*＊╳⨯Ⅹⅹ"
_LETTER_DIGITS = str.maketrans({"O": "0", "o": "0", "О": "0", "о": "0", "Ο": "0", "Q": "0", "D": "0", "〇": "0", "○": "0",
                                "l": "1", "I": "1", "i": "1", "|": "1", "L": "1", "!": "1", "Z": "2", "z": "2",
                                "S": "5", "s": "5", "B": "8"})  # fmt: skip
_SCIENTIFIC = re.compile(r"[1-9]([.．]\d+)?[Ee][+＋]?\d{2}")
_GOOD = re.compile(r"\d{17}[\dX]", re.ASCII)
_CARD = re.compile(r"(\d{17}[\dXx])([1-7])([1-4])([Bb]\d)?", re.ASCII)
_TWO = re.compile(r"\d{17}[\dXx]|\d{15}", re.ASCII)


@dataclass(slots=True)
class CleanId:
    """The outcome: the number if usable, else ``problem``; ``fixes`` are codes of what was mended."""

    number: IdNumber | None = None
    problem: str | None = None
    fixes: list[str] = field(default_factory=list)
    alias_15: Secret | None = None
    candidates: tuple[Secret, ...] = ()
    disability_type: int | None = None
    disability_level: int | None = None


def clean_id(value: Value, on: date | None = None) -> CleanId:
    """Clean one ID cell. ``on``: the day ages are counted, if known."""
    if isinstance(value, str):
        if _GOOD.fullmatch(value):
            try:
                return _with_age(CleanId(IdNumber(value)), on)
            except BadIdNumber:
                pass
        return _clean_text(value, on)
    if value is None:
        return CleanId(problem="id_missing")
    # A number, a date or a truth value: never a text that somebody typed digit by digit.
    return CleanId(problem="id_in_numeric_cell")


def _clean_text(raw: str, on: date | None) -> CleanId:
    result = CleanId()
    text = _plain(raw, result.fixes)
    if not text:
        return CleanId(problem="id_missing")
    if is_error(text):
        return CleanId(problem="cell_error")
    if _SCIENTIFIC.fullmatch(text) or re.fullmatch(r"\d{15,18}\.0+", text):
        return CleanId(problem="id_in_numeric_cell")
    text = _x_lookalike(text, result)
    if result.problem:
        return result
    if len(text) == 18 and text.endswith("x"):  # noqa: PLR2004 - the length of an ID number
        text = text[:-1] + "X"
        result.fixes.append("id_lower_x")
    if len(_TWO.findall(text)) > 1 and not _CARD.fullmatch(text):
        result.problem = "id_two_in_cell"
        return result
    if card := _CARD.fullmatch(text):
        text = card[1].upper()
        result.disability_type, result.disability_level = int(card[2]), int(card[3])
        result.fixes.append("disability_card_in_id")
    if re.fullmatch(r"\d{15}", text, re.ASCII):
        return _old_number(text, result, on)
    return _judge(text, result, on)


def _plain(raw: str, fixes: list[str]) -> str:
    """Kinds 2, 3 and 4: blanks, full-width forms, a leading apostrophe."""
    text = raw
    if any(character in _QUOTES for character in text):
        text = text.strip().strip(_QUOTES)
        fixes.append("id_apostrophe")
    if not text.isascii():
        # The look-alikes of X keep their own form here: × is not a full-width X.
        folded = "".join(c if c in _X_LOOKALIKES else unicodedata.normalize("NFKC", c) for c in text)
        if re.search(r"[\uff01-\uff5e]", text) and folded != text:
            fixes.append("id_full_width")
        text = folded
    joined = _BLANKS.sub("", text)
    if joined != text:
        fixes.append("id_blanks")
    return joined


def _x_lookalike(text: str, result: CleanId) -> str:
    """Kind 6: fixed only when the check digit is X."""
    if len(text) != 18 or text[17] not in _X_LOOKALIKES or not text[:17].isdigit():  # noqa: PLR2004
        return text
    if check_digit(text[:17]) != "X":
        result.problem = "id_x_lookalike_wrong"
        return text
    result.fixes.append("id_x_lookalike")
    return text[:17] + "X"


def _old_number(text: str, result: CleanId, on: date | None) -> CleanId:
    """Kind 8. The upgrade is a computed number: kept with the old one, not proof of the present one."""
    body = text[:6] + "19" + text[6:]
    if why_not_id(body + check_digit(body)):
        result.problem = "id_impossible_date"
        return result
    result.number, result.alias_15 = IdNumber(upgrade_15(text)), Secret(text)
    result.fixes.append("id_15_digits")
    return _with_age(result, on)


def _judge(text: str, result: CleanId, on: date | None) -> CleanId:
    reason = why_not_id(text)
    if reason is None:
        result.number = IdNumber(text)
        return _with_age(result, on)
    if reason == "characters" or (reason == "length" and re.search(r"[A-Za-z]", text)):
        swapped = text[:-1].translate(_LETTER_DIGITS) + _last(text[-1])
        if swapped != text and re.fullmatch(r"\d{17}[\dX]|\d{15}", swapped, re.ASCII):
            result.problem = "id_letter_for_digit"
            if why_not_id(swapped) is None:
                result.candidates = (Secret(swapped),)
            return result
    result.problem = {
        "length": "id_length",
        "characters": "id_characters",
        "date": "id_impossible_date",
        "check_digit": "id_check_digit",
    }[reason]
    return result


def _last(character: str) -> str:
    return "X" if character in "xX" else character.translate(_LETTER_DIGITS)


def _with_age(result: CleanId, on: date | None) -> CleanId:
    """Kind 11: a birth in the future or more than 115 years ago."""
    if result.number is None or on is None:
        return result
    birth = result.number.birth
    if birth > on or on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)) > MAX_AGE_YEARS:
        result.problem, result.number = "id_future_or_over_115", None
    return result


def one_edit_candidates(text: str) -> list[str]:
    """Numbers one edit away (a digit changed, or two neighbours swapped) whose check digit and date are good.

    For the queue of matches, level L3: never to repair silently.
    """
    if not re.fullmatch(r"\d{17}[\dXx]", text, re.ASCII):
        return []
    found: dict[str, None] = {}
    upper = text.upper()
    for place in range(18):
        for character in "0123456789X" if place == 17 else "0123456789":  # noqa: PLR2004
            other = upper[:place] + character + upper[place + 1 :]
            if other != upper and why_not_id(other) is None:
                found[other] = None
    for place in range(17):
        other = upper[:place] + upper[place + 1] + upper[place] + upper[place + 2 :]
        if other != upper and why_not_id(other) is None:
            found[other] = None
    return list(found)


def shown_id(text: str) -> str:
    """A cell with an ID in it, masked for messages."""
    return mask_id(re.sub(r"\s", "", text))
