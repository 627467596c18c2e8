"""Make the people of a made-up county, whole columns at a time, the same for the same seed.

A county is never a copy of anybody: names, birthdays, numbers and homes are drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from yingbao.county import names, numbers
from yingbao.county.cast import CAST, KEYS
from yingbao.county.errors import UnknownSize
from yingbao.county.places import STORY_TOWN, STORY_VILLAGE, villages
from yingbao.county.poor import Household, claims_of, gather_households
from yingbao.county.sizes import COUNTY_SHARE, OUTSIDERS, PAYERS, PENSIONERS, POOR, POOR_SHARE, at_share

SETTLED_ON = date(2018, 11, 30)  # ages in the plan are whole years on this day
ROLES = ("pensioner", "payer", "outsider")
_PENSIONER, _PAYER, _OUTSIDER = range(3)
_FIRST_PAYER = np.datetime64("1958-11-01")  # who is older was on the November 2018 payroll already

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class County:
    """The people and their places on the rosters.

    ``people``: number i64 (row), name, id18, sex (男 | 女), birth Date, village, role
    (pensioner | payer | outsider), group (why poor or listed, or empty), pattern, excluded,
    household i64 (-1: alone).
    ``claims``: number i64, roster, from_month i64, until_month i64, flagged_from i64|null,
    allowance (全额 | 差额), household i64, place i64 (0: head).
    """

    size: str
    seed: int
    people: pl.DataFrame
    claims: pl.DataFrame

    def person(self, key: str) -> dict[str, object]:
        """The row of a story person by key. Raises KeyError."""
        return self.people.row(KEYS[key], named=True)


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of rows drawn alike: how many, their role, ages, and what they are among the poor."""

    count: int
    role: int
    ages: tuple[int, int] | None
    group: str = ""
    pattern: str = ""
    excluded: str = ""


# Who else the comparison lists name: 1 in these many outsiders is of each kind.
_LISTED = (("employee", 40, (18, 58)), ("retired_employee", 20, (60, 85)), ("civil", 8, (22, 85)),
           ("student", 22, (16, 22)),
           ("soldier", 3, (18, 24)), ("prisoner", 2, (20, 58)), ("none", 5, (1, 90)))  # fmt: skip


def _segments(size: str) -> list[_Segment]:
    """The plan in rows: poor first, then the rest of the register, then those outside it."""
    made: list[_Segment] = []
    on_register = {role: sum(ROLES.index(p.role) == role for p in CAST) for role in (_PENSIONER, _PAYER)}
    for group in POOR:
        for pattern, at_county in group.patterns:
            count = at_share(at_county, POOR_SHARE[size])
            enrolled = count if group.in_payment else (count * group.enrolled + 500) // 1000
            role = _PENSIONER if group.in_payment else _PAYER
            on_register[role] += enrolled
            rest = (group.name, pattern, group.excluded)
            made.append(_Segment(enrolled, role, group.ages, *rest))
            made.append(_Segment(count - enrolled, _OUTSIDER, group.ages, *rest))
    share = COUNTY_SHARE[size]
    made.append(_Segment(at_share(PAYERS, share) - on_register[_PAYER], _PAYER, None))
    made.append(_Segment(at_share(PENSIONERS, share) - on_register[_PENSIONER], _PENSIONER, None))
    made.extend(
        _Segment(max(2, OUTSIDERS[size] * percent // 100), _OUTSIDER, ages, "listed", "", kind)
        for kind, percent, ages in _LISTED
    )
    return made


def _births(rng: np.random.Generator, segment: _Segment) -> numbers.Days:
    """Birthdays (datetime64[D]): even over the ages of a group, skewed to the old on the register."""
    count = segment.count
    if segment.ages is not None:
        low, high = segment.ages
        last = np.datetime64(f"{SETTLED_ON.year - low}-11-30")
        days = int((last - np.datetime64(f"{SETTLED_ON.year - high - 1}-12-01")).astype(int))
        drawn: numbers.Days = last - rng.integers(0, days + 1, count)
    elif segment.role == _PAYER:
        drawn = _FIRST_PAYER + (rng.beta(1.2, 2.2, count) * 365.25 * 44).astype(np.int64)
    else:
        drawn = _FIRST_PAYER - 1 - (np.minimum(rng.exponential(11, count), 43 * rng.random(count)) * 365.25).astype(int)
    # A pensioner of a group may not be younger than the register's youngest.
    return np.minimum(drawn, _FIRST_PAYER - 1) if segment.role == _PENSIONER else drawn


def _column(segments: list[_Segment], field: str, cast: list[str]) -> pl.Series:
    values = [*cast, *(str(getattr(s, field)) for s in segments)]
    repeats = [*[1] * len(cast), *(s.count for s in segments)]
    return pl.Series(field, values).gather(np.repeat(np.arange(len(values)), repeats))


def _homes(rng: np.random.Generator, size: str, count: int) -> pl.Series:
    """A village for each, in one town or in the whole county; villages differ threefold in size."""
    places = villages().filter(pl.lit(size == "county") | (pl.col("town") == STORY_TOWN))
    weight = rng.uniform(0.5, 1.5, len(places))
    return places["village"].gather(rng.choice(len(places), size=count, p=weight / weight.sum()))


def _together(county_rows: Household, village: pl.Series, surname: Ints) -> tuple[pl.Series, Ints]:
    """Members live with the head, and most carry the head's surname."""
    village = village.scatter(county_rows.member, village.gather(county_rows.head))
    surname = surname.copy()
    surname[county_rows.member[county_rows.same_surname]] = surname[county_rows.head[county_rows.same_surname]]
    return village, surname


def make_county(size: str, seed: int) -> County:
    """Draw a ``town`` (30,000 people), a ``county`` (682,000) or a ``hamlet`` (a few hundred).

    Raises UnknownSize.
    """
    if size not in COUNTY_SHARE:
        raise UnknownSize(size=size)
    rng = np.random.Generator(np.random.PCG64(seed))
    plan = _segments(size)
    head = len(CAST)
    birth = np.concatenate(
        [np.array([p.born for p in CAST], dtype="datetime64[D]"), *(_births(rng, segment) for segment in plan)]
    )
    count = len(birth)
    year = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    male = rng.random(count) < 0.49
    male[:head] = [p.male for p in CAST]
    prefix = numbers.draw_prefix(rng, year)
    prefix[:head] = [p.prefix for p in CAST]
    surname, given = names.draw_surnames(rng, count), names.draw_given(rng, year, male)
    village = _homes(rng, size, count).scatter(range(head), STORY_VILLAGE)
    people = pl.DataFrame(
        {
            "number": np.arange(count),
            "birth": pl.Series(birth, dtype=pl.Date),
            "sex": pl.Series(["女", "男"]).gather(male.astype(np.int64)),
            "id18": numbers.id_numbers(prefix, birth, male, seed),
            "role": pl.Series(ROLES).gather(
                np.r_[[ROLES.index(p.role) for p in CAST], np.repeat([s.role for s in plan], [s.count for s in plan])]
            ),
            "group": _column(plan, "group", ["story"] * head),
            "pattern": _column(plan, "pattern", [""] * head),
            "excluded": _column(plan, "excluded", [""] * head),
        }
    )  # fmt: skip
    homes = gather_households(rng, people)
    village, surname = _together(homes, village, surname)
    people = people.with_columns(
        name=_named(rng, names.compose(surname, given)), village=village, household=pl.Series(homes.of_person)
    )
    return County(size, seed, people, claims_of(rng, people, homes))


def _named(rng: np.random.Generator, drawn: pl.Series) -> pl.Series:
    """Put the cast's names, and a few with a middle dot or a rare character, among the drawn ones."""
    special = (*names.WITH_DOT, *names.WITH_RARE)
    few = max(2, len(drawn) // 4000)
    where = rng.choice(np.arange(len(CAST), len(drawn)), size=few, replace=False)
    drawn = drawn.scatter(where, pl.Series(special).gather(np.arange(few) % len(special)))
    return drawn.scatter(range(len(CAST)), [p.name for p in CAST]).alias("name")
