"""Amounts in words (人民币大写), as 支付结算办法 annex 1 asks: 壹拾万柒仟元零伍分."""

from __future__ import annotations

from yingbao.values.money import Fen, bounded

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_GROUP = 10_000
_THOUSAND = 1_000


def in_words(fen: Fen) -> str:
    """An amount in fen as the words for paper: ``人民币壹佰贰拾万元整``. Raises AmountOutOfBounds."""
    sign = "负" if bounded(fen) < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    jiao, part = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"人民币{sign}{words}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    words += f"{_DIGITS[part]}分" if part else "整"
    return f"人民币{sign}{words}"


def _whole(yuan: int) -> str:
    """Whole yuan in words: one 零 for any run of zeros between digits, none at the end."""
    if not yuan:
        return "零"
    words, gap = "", False
    for level in range(len(_GROUPS) - 1, -1, -1):
        group = yuan // _GROUP**level % _GROUP
        if not group:
            gap = gap or bool(words)
            continue
        if words and (gap or group < _THOUSAND):
            words += "零"
        words += _group(group) + _GROUPS[level]
        gap = False
    return words


def _group(number: int) -> str:
    """Up to four digits in words."""
    words, gap = "", False
    for place in range(len(_PLACES) - 1, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = gap or bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
