"""Money is an integer number of fen. This is the only module that divides it.

``-7 // 2`` differs between engines and databases, so nobody else divides money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

import numpy as np
import numpy.typing as npt

from yingbao.values.errors import AmountOutOfBounds, NotWholeFen

Fen = int

# One hundred times the yearly spending of a large county; past it, a unit or a column is wrong.
LIMIT_FEN = 10**13

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")


def bounded(fen: int) -> Fen:
    """The same amount, if it can be real. int64 wraps silently in frames, so check first.

    Raises AmountOutOfBounds beyond ±10^13 fen.
    """
    if not -LIMIT_FEN <= fen <= LIMIT_FEN:
        raise AmountOutOfBounds(fen=fen, limit=LIMIT_FEN)
    return fen


def fen_of_yuan(text: str) -> Fen:
    """Read yuan written as a plain decimal ("135", "1200000.00") as whole fen.

    Raises NotWholeFen for anything else, also for thousands separators and units.
    """
    cleaned = text.strip()
    if not _PLAIN.fullmatch(cleaned):
        raise NotWholeFen(text=text)
    try:
        fen = Decimal(cleaned) * 100
    except InvalidOperation as error:
        raise NotWholeFen(text=text) from error
    if fen != fen.to_integral_value():
        raise NotWholeFen(text=text)
    return bounded(int(fen))


def yuan(fen: Fen) -> str:
    """Show fen as yuan with two decimals and thousands separators: ``1,200,000.00``."""
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{part:02d}"


def yuan_plain(fen: Fen) -> str:
    """Show fen as yuan for files: ``1200000.00``, no separators."""
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{part:02d}"


def divide_half_up(fen: Fen, divisor: int) -> Fen:
    """``fen / divisor`` rounded half up on the absolute value, then the sign."""
    if divisor <= 0:
        raise ZeroDivisionError(divisor)
    whole, rest = divmod(abs(fen), divisor)
    rounded = whole + (1 if 2 * rest >= divisor else 0)
    return -rounded if fen < 0 else rounded


FenArray = npt.NDArray[np.int64]


_MOST = 2**62  # int64 wraps silently past twice this


def multiplied(fen: FenArray, by: FenArray | int) -> FenArray:
    """``fen × by``, refused where it could wrap. Raises AmountOutOfBounds."""
    largest = int(np.abs(fen).max(initial=0)) * int(np.abs(by).max(initial=0))
    if largest > _MOST:
        raise AmountOutOfBounds(fen=largest, limit=_MOST)
    found: FenArray = fen * by
    return found


def divide_half_up_all(fen: FenArray, divisor: int) -> FenArray:
    """:func:`divide_half_up` of an int64 array by one divisor: interest and pensions of a whole county."""
    if divisor <= 0:
        raise ZeroDivisionError(divisor)
    size = np.abs(fen)
    rounded: FenArray = size // divisor + (2 * (size % divisor) >= divisor).astype(np.int64)
    found: FenArray = np.where(fen < 0, -rounded, rounded)
    return found


def round_one(fen: int, divisor: int, mode: str, unit: int) -> Fen:
    """:func:`round_all` of one amount, however large the numbers."""
    if divisor <= 0:
        raise ZeroDivisionError(divisor)
    whole = divisor * unit
    if mode == "half_up":
        return divide_half_up(fen, whole) * unit
    return (-(-fen // whole) if mode == "ceil" else fen // whole) * unit


def round_all(fen: FenArray, divisor: int, mode: str, unit: int) -> FenArray:
    """``fen / divisor`` rounded once to whole units of ``unit`` fen (1, 10 or 100).

    ``mode``: ``half_up`` (on the absolute value), ``floor`` (never above the exact amount) or ``ceil`` (never below it).
    """
    if divisor <= 0:
        raise ZeroDivisionError(divisor)
    whole = divisor * unit
    if mode == "half_up":
        return divide_half_up_all(fen, whole) * unit
    rounded: FenArray = -(-fen // whole) if mode == "ceil" else fen // whole
    return rounded * unit


def share_all_by_weight(fen: FenArray, weights: FenArray) -> FenArray:
    """:func:`share_by_weight` row by row: ``fen`` (n) not negative, ``weights`` (n × k); the parts (n × k) sum to ``fen``.

    A row whose weights are all zero gives everything to the first.
    """
    parts = share_columns_by_weight(fen, np.ascontiguousarray(weights.T)).T
    found: FenArray = np.ascontiguousarray(parts)
    return found


def share_columns_by_weight(fen: FenArray, weights: FenArray) -> FenArray:
    """As :func:`share_all_by_weight`, with one row a weight (k × n): long rows are what a county's accounts need."""
    total = weights.sum(axis=0)
    multiplied(fen, total)  # the bound of every product below
    # Nothing here is negative, and unsigned division takes half the time.
    divisor = np.maximum(total, 1).astype(np.uint64)
    exact = (fen * weights).astype(np.uint64)
    parts = exact // divisor
    rests = exact - parts * divisor
    found: FenArray = parts.astype(np.int64)
    left = fen - found.sum(axis=0)
    # The largest remainder first, the earlier weight on a tie: a part's rank is how many others come before it.
    for place, rest in enumerate(rests):
        rank = np.zeros(len(fen), np.int8)
        for other, its in enumerate(rests):
            if other != place:
                rank += (its >= rest) if other < place else (its > rest)
        found[place] += (rank < left) & (total > 0)
    found[0] += np.where(total == 0, fen, 0)
    return found


def share_by_weight(fen: Fen, weights: Sequence[int]) -> list[Fen]:
    """Split ``fen`` in proportion to the weights by the largest remainder; parts sum to ``fen``.

    Ties go to the earlier weight. All weights zero: everything goes to the first.
    """
    total = sum(weights)
    if total == 0:
        return [fen, *[0] * (len(weights) - 1)]
    size = abs(fen)
    floors = [size * weight // total for weight in weights]
    rests = [(size * weight % total, -place) for place, weight in enumerate(weights)]
    for _, place in sorted(rests, reverse=True)[: size - sum(floors)]:
        floors[-place] += 1
    return [-part for part in floors] if fen < 0 else floors
