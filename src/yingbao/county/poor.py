"""Who of the made-up people stands on which roster, from which month until which month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from yingbao.county.cast import CAST, DESTITUTE, POVERTY, RURAL, URBAN
from yingbao.values.month import FOREVER, month_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOVEMBER = month_of(2018, 11)  # the data month of the first rosters
MARCH = month_of(2019, 3)  # and of the last
DISABILITY = "severe_disability"

# Of a thousand people on a roster, in each month after the first.
_LEAVE, _JOIN, _FLAGGED = 4, 8, 10
_ROSTERS_OF = {
    "R": (RURAL,), "U": (URBAN,), "D": (DESTITUTE,), "P": (POVERTY,), "F": (POVERTY,), "PR": (POVERTY, RURAL),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Household:
    """Allowance households: ``of_person`` (household by person, -1 for none) and who lives with whom.

    ``member`` and ``head`` are person numbers side by side, for those who are not heads themselves;
    ``place`` is the place in the household by person, 0 for the head.
    """

    of_person: Ints
    place: Ints
    member: Ints
    head: Ints
    same_surname: Bools


def _gather(rng: np.random.Generator, people: Ints, grown: Bools) -> tuple[Ints, Ints]:
    """Members and their heads: seven in ten adults head a household, the rest join one of them.

    About 1.4 persons a household, never more than six.
    """
    adults = rng.permutation(people[grown])
    heads = adults[: max(1, len(adults) * 7 // 10)]
    members = np.concatenate([adults[len(heads) :], people[~grown]])
    picked = rng.integers(0, len(heads), len(members))
    order = np.argsort(picked, kind="stable")
    run = picked[order]
    place = np.arange(len(run)) - np.searchsorted(run, run)
    crowded = order[place >= 5]
    spare = np.setdiff1d(np.arange(len(heads)), picked)
    picked[crowded] = spare[: len(crowded)]
    return members, heads[picked]


def gather_households(rng: np.random.Generator, people: pl.DataFrame) -> Household:
    """Put the people of rural and urban 低保 into households; the story's people live alone."""
    of_person = np.full(len(people), -1, dtype=np.int64)
    place = np.zeros(len(people), dtype=np.int64)
    members: list[Ints] = []
    heads: list[Ints] = []
    pattern = people["pattern"].to_numpy()
    grown = (people["birth"].dt.year() < 1997).to_numpy()
    for letter in "RU":
        numbers = np.flatnonzero(np.char.find(pattern.astype(str), letter) >= 0)
        of_person[numbers] = numbers
        found, with_head = _gather(rng, numbers, grown[numbers])
        of_person[found] = with_head
        members.append(found)
        heads.append(with_head)
    member, head = np.concatenate(members), np.concatenate(heads)
    order = np.argsort(head, kind="stable")
    member, head = member[order], head[order]
    place[member] = np.arange(len(head)) - np.searchsorted(head, head) + 1
    of_person[: len(CAST)] = np.arange(len(CAST))
    return Household(of_person, place, member, head, rng.random(len(member)) < 0.6)


def _stays(rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    """First month and first month no longer listed: most long before and long after the story."""
    start = rng.integers(month_of(2015, 1), month_of(2018, 10), count)
    late = rng.integers(0, 1000, count) < _JOIN * (MARCH - NOVEMBER)
    start = np.where(late, rng.integers(NOVEMBER + 1, MARCH + 1, count), start)
    leaves = ~late & (rng.integers(0, 1000, count) < _LEAVE * (MARCH - NOVEMBER))
    until = np.where(leaves, rng.integers(NOVEMBER + 1, MARCH + 1, count), FOREVER)
    return start, until


def _drawn_claims(rng: np.random.Generator, people: pl.DataFrame, homes: Household) -> pl.DataFrame:
    """The claims of everybody but the cast. A household comes and goes together."""
    listed = people.filter(pl.col("pattern") != "").select("number", "pattern", "group")
    start, until = _stays(rng, len(people))
    partial = rng.random(len(people)) < 0.7
    out_before = rng.integers(month_of(2016, 12), month_of(2018, 10), len(people))
    flags_later = rng.integers(0, 1000, len(people)) < _FLAGGED * (MARCH - NOVEMBER)
    out_later = rng.integers(NOVEMBER + 1, MARCH + 1, len(people))
    key = np.where(homes.of_person >= 0, homes.of_person, np.arange(len(people)))
    flagged = pl.Series(np.where(people["pattern"] == "F", out_before, np.where(flags_later, out_later, 0)))
    rows = listed.with_columns(
        from_month=pl.Series(start[key]).gather(listed["number"]),
        until_month=pl.Series(until[key]).gather(listed["number"]),
        flagged_from=flagged.gather(listed["number"]),
        allowance=pl.Series(["全额", "差额"]).gather(partial[key].astype(np.int64)[listed["number"].to_numpy()]),
        roster=pl.col("pattern").replace_strict(_ROSTERS_OF, return_dtype=pl.List(pl.String)),
    ).explode("roster")
    # Who was flagged out before the first roster came has been on it since.
    early = pl.min_horizontal("from_month", pl.lit(month_of(2016, 1)))
    rows = rows.with_columns(
        from_month=pl.when(pl.col("pattern") == "F").then(early).otherwise("from_month"),
        flagged_from=pl.when((pl.col("roster") == POVERTY) & (pl.col("flagged_from") > 0)).then("flagged_from"),
    )
    return rows.select("number", "roster", "from_month", "until_month", "flagged_from", "allowance")


def _cast_claims() -> pl.DataFrame:
    rows = [
        (number, c.roster, c.from_month, c.until_month, c.flagged_from, "全额")
        for number, person in enumerate(CAST)
        for c in person.claims
    ]
    columns = ["number", "roster", "from_month", "until_month", "flagged_from", "allowance"]
    return pl.DataFrame(rows, schema=columns, orient="row", schema_overrides={"flagged_from": pl.Int64})


def _disability(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """One in twelve of the poor and one in 120 of the others hold a certificate; 全额 stands for nothing here."""
    chance = np.where(people["pattern"] != "", 1 / 12, 1 / 120)
    holders = np.flatnonzero(rng.random(len(people)) < chance)
    start, until = _stays(rng, len(holders))
    return pl.DataFrame({"number": holders, "from_month": start, "until_month": until}).select(
        "number", pl.lit(DISABILITY).alias("roster"), "from_month", "until_month",
        pl.lit(None, dtype=pl.Int64).alias("flagged_from"), pl.lit("").alias("allowance"),
    )  # fmt: skip


def claims_of(rng: np.random.Generator, people: pl.DataFrame, homes: Household) -> pl.DataFrame:
    """Every stay on a roster; columns as in :class:`yingbao.county.people.County`."""
    rows = pl.concat([_cast_claims(), _drawn_claims(rng, people, homes), _disability(rng, people)])
    return rows.with_columns(
        household=pl.Series(homes.of_person).gather(rows["number"]), place=pl.Series(homes.place).gather(rows["number"])
    ).sort("roster", "number")
