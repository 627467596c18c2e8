"""ID and account numbers of made-up people, whole columns at a time.

The area prefix follows the county's history: 320622 to 1990, 329016 to 1994, 320682 since;
one adult in eight married or moved in and has another county's.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.array(list("10X98765432"))
# Hai'an, Rudong, Qidong, Tongzhou, Taixing, Jingjiang, and three far ones: where in-married people came from.
_ELSEWHERE = np.array([320621, 320623, 320681, 320683, 321283, 321282, 341126, 422823, 522127])
_SEQUENCES = 490  # of each sex a day and prefix: 996 to 999 stay with the centenarians


def draw_prefix(rng: np.random.Generator, birth_year: Ints) -> Ints:
    """The first six digits."""
    home = np.where(birth_year < 1991, 320622, np.where(birth_year < 1995, 329016, 320682))
    moved = rng.random(len(birth_year)) < 0.12
    drawn: Ints = np.where(moved, rng.choice(_ELSEWHERE, size=len(birth_year)), home)
    return drawn


def _place_among_equals(key: Ints) -> Ints:
    """0, 1, 2 … within each group of equal keys, in order of appearance."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]]
    first = np.maximum.accumulate(np.where(starts, np.arange(len(key)), 0))
    place = np.empty(len(key), dtype=np.int64)
    place[order] = np.arange(len(key)) - first
    return place


def id_numbers(prefix: Ints, birth: Days, male: npt.NDArray[np.bool_], seed: int) -> pl.Series:
    """Distinct 18-character numbers with a true check digit. ``birth`` is datetime64[D]."""
    years = birth.astype("datetime64[Y]")
    months = birth.astype("datetime64[M]")
    ymd = (
        (years.astype(np.int64) + 1970) * 10000
        + ((months - years.astype("datetime64[M]")).astype(np.int64) + 1) * 100
        + (birth - months.astype("datetime64[D]")).astype(np.int64)
        + 1
    )
    key = (prefix * 10**8 + ymd) * 2 + male
    place = _place_among_equals(key)
    # Where the day's numbering starts differs from day to day and seed to seed; 7919 and 104729 are primes that spread it.
    sequence = 2 * (1 + (key % 104729 * 7919 + seed % 104729 * 31 + place) % _SEQUENCES) + male
    body = (prefix * 10**8 + ymd) * 1000 + sequence
    powers = 10 ** np.arange(16, -1, -1, dtype=np.int64)
    total = np.zeros(len(body), dtype=np.int64)
    for power, weight in zip(powers, _WEIGHTS, strict=True):
        total += body // power % 10 * weight
    return (pl.Series("id18", body).cast(pl.String) + pl.Series("check", _CHECK[total % 11])).alias("id18")


def account_numbers(rng: np.random.Generator, count: int) -> pl.Series:
    """Distinct 19-digit card numbers with the Luhn digit of bank cards."""
    serial = rng.permutation(count).astype(np.int64) * 13 + 100_000_000_000
    body = 623_066 * 10**12 + serial  # a made-up issuer's number, then twelve digits
    total = np.zeros(count, dtype=np.int64)
    for place in range(18):
        digit = body // 10**place % 10
        doubled = digit * 2 if place % 2 == 0 else digit
        total += np.where(doubled > 9, doubled - 9, doubled)
    return (
        pl.Series("account", body).cast(pl.String) + pl.Series("luhn", (10 - total % 10) % 10).cast(pl.String)
    ).alias("account")
