"""What a reform would cost: the real population under the law in force and under an overlay, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from yingbao.engine import costs as engine
from yingbao.policy.divisions import TOWN
from yingbao.policy.overlay import Overlay
from yingbao.reports.errors import NothingToSimulate
from yingbao.reports.moment import moment
from yingbao.reports.words import divisions
from yingbao.rules.contributions import Snapshot
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.books import Book
from yingbao.store.done import done
from yingbao.values.facts import FactKind
from yingbao.values.month import FOREVER, Month, month_of, show_month, year_of
from yingbao.values.purpose import Item
from yingbao.values.steps import to_spans

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce

# What governments pay into accounts; people's own money and interest are no cost of a law.
SUBSIDIES = (Item.SUBSIDY_PROVINCE, Item.SUBSIDY_CITY, Item.SUBSIDY_COUNTY)
COUNTED = tuple(item for item in Item if item.paid or item is Item.PROXY_CONTRIBUTION or item in SUBSIDIES)
KEYS = ("month", "town", "item", "level")
_EVERYTHING_TOLD = 2**62


@dataclass(frozen=True)
class Side:
    """One law over the population: COSTS and HEADS of ``engine.costs``."""

    costs: pl.DataFrame
    heads: pl.DataFrame


@dataclass(frozen=True)
class Simulation:
    """``rows``: KEYS, ``law_fen`` (null past the checked law), ``reform_fen``, ``difference_fen``.

    ``booked``: ``month, town, item, fen`` as recognised in the books; ``checked_until``: the first month the law in
    force has not been checked for.
    """

    overlay: Overlay
    since: Month
    through: Month
    checked_until: Month
    rows: pl.DataFrame
    heads: pl.DataFrame
    booked: pl.DataFrame
    assumed_years: tuple[int, ...]
    notes: tuple[str, ...]
    basis: dict[str, object]
    towns: dict[int, str]

    def by(self, *columns: str) -> pl.DataFrame:
        """Fen by any of KEYS: the columns, ``law_fen``, ``reform_fen``, ``difference_fen``."""
        known = pl.col("law_fen").is_not_null().any()
        summed = self.rows.group_by(*columns).agg(
            pl.when(known).then(pl.col("law_fen").sum()).alias("law_fen"), pl.col("reform_fen").sum(),
            pl.when(known).then(pl.col("difference_fen").sum()).alias("difference_fen"))  # fmt: skip
        return summed.sort(*columns)

    def against_the_books(self) -> pl.DataFrame:
        """The law in force less the books, where they differ: ``month, town, item, law_fen, booked_fen, difference_fen``.

        Without the contributions, and the subsidies that follow them, of years whose batch is only assumed.
        """
        keys = ["month", "town", "item"]
        of_a_batch = pl.col("item").is_in([int(item) for item in (Item.PROXY_CONTRIBUTION, *SUBSIDIES)])
        assumed = of_a_batch & pl.col("month").floordiv(12).is_in(self.assumed_years)
        law = self.rows.filter(pl.col("law_fen").is_not_null() & ~assumed).group_by(keys).agg(pl.col("law_fen").sum())
        booked = self.booked.filter(pl.col("month") < self.checked_until).rename({"fen": "booked_fen"})
        both = law.join(booked, on=keys, how="full", coalesce=True).with_columns(
            pl.col("law_fen").fill_null(0), pl.col("booked_fen").fill_null(0))  # fmt: skip
        found = both.with_columns((pl.col("law_fen") - pl.col("booked_fen")).alias("difference_fen"))
        return found.filter(pl.col("difference_fen") != 0).sort(keys)

    def people_by_month(self) -> dict[Month, tuple[int | None, int]]:
        """People with any item in a month, under the law in force (None: not checked) and under the reform."""
        chosen = self.heads.filter(pl.col("item") == engine.EVERY_ITEM)
        law = pl.when(pl.col("law_persons").is_not_null().any()).then(pl.col("law_persons").sum()).alias("law")
        summed = chosen.group_by("month").agg(law, pl.col("reform_persons").sum().alias("reform"))
        return {month: (before, after) for month, before, after in summed.iter_rows()}

    def word(self, column: str, value: Any) -> str:
        """A key as a clerk reads it."""
        if column == "item":
            return Item(value).zh
        return engine.LEVEL_ZH[value] if column == "level" else self.towns.get(value, "（未知）")

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in fen."""
        return {
            "basis": self.basis, "overlay": self.overlay.as_json(), "from": show_month(self.since), "to": show_month(self.through),
            "law_checked_through": show_month(self.checked_until - 1) if self.checked_until <= self.through else None,
            "notes": list(self.notes), "by_month": self._plain(self.by("month")), "by_item": self._plain(self.by("item")),
            "by_level": self._plain(self.by("level")), "by_town": self._plain(self.by("town")),
            "against_the_books": self._plain(self.against_the_books()), "persons": self._plain(self.heads),
            "rows": self._plain(self.rows),
        }  # fmt: skip

    def _plain(self, frame: pl.DataFrame) -> list[dict[str, Any]]:
        items = {engine.EVERY_ITEM: "all", **{int(item): item.key for item in Item}}
        shown = frame
        if "item" in frame.columns:
            shown = shown.with_columns(pl.col("item").cast(pl.Int64).replace_strict(items, return_dtype=pl.String))
        if "town" in frame.columns:
            named = pl.col("town").replace_strict(self.towns, default="（未知）", return_dtype=pl.String)
            shown = shown.with_columns(named.alias("town_name"), pl.col("town").cast(pl.String))
        rows = shown.to_dicts()
        return [{**row, "month": show_month(row["month"])} if "month" in row else row for row in rows]


def simulate(pool: int, overlay: Overlay, since: Month, through: Month, known_on: date | None = None) -> Simulation:
    """The cost of an overlay over some months, both ends included. Raises NothingToSimulate, NotChecked naming a parameter.

    Births bring people in by themselves; deaths, moves and new rosters that nobody has told are not foreseen.
    """
    known = moment(pool, known_on)
    if known.opening is None or through < since or since < known.opening.statement_from:
        first = "" if known.opening is None else show_month(known.opening.statement_from)
        raise NothingToSimulate(since=show_month(since), through=show_month(through), first=first)
    law = known.tree.reformed(known_on, overlay.assume)
    reform = known.tree.reformed(known_on, overlay.assume, overlay.overrides)
    towns, posted = towns_of(known.facts), posted_snapshots(pool)
    opening = known.opening

    def under(in_force: InForce, end: Month, limit: Month) -> Side:
        owed = Law(in_force, opening.statement_from, end)
        return side_of(Due(known.facts, owed, opening, with_assumed(posted, since, through, limit)), since, towns)

    after = under(reform, through + 1, FOREVER)
    checked = min([FOREVER, *(end for name in reform.names_read() if (end := law.parameter(name).end_month) is not None)])
    until = min(through + 1, checked)
    before = under(law, until, checked) if since < until else None
    booked = _booked(pool, since, until, towns)
    assumed = tuple(one.year for one in with_assumed(posted, since, through, FOREVER) if one not in posted)
    basis = {**known.basis(), "rests_on_illustrative": sorted(reform.illustrative())}
    return Simulation(overlay, since, through, checked, _compared(before, after, checked), _heads(before, after, until), booked,
                      assumed, _notes(through, checked, assumed, law), basis, _town_names(pool))  # fmt: skip


def side_of(owed: Due, since: Month, towns: pl.DataFrame) -> Side:
    """What a derivation costs from a month to the end of its law."""
    subsidies = owed.contributions.filter(pl.col("item").is_in([int(item) for item in SUBSIDIES]))
    spans = pl.concat([part.select(pl.col(name).cast(kind) for name, kind in SPANS.items())
                       for part in (owed.payable, owed.proxied, subsidies)])  # fmt: skip
    placed = engine.placed(spans, towns, since, owed.law.until)
    return Side(engine.costs(placed, owed.law.in_force, since, owed.law.until), engine.heads(placed, since, owed.law.until))


def towns_of(facts: Facts) -> pl.DataFrame:
    """Where people are registered, by the latest told: ``person_id, town`` (nine digits as a number)."""
    latest = facts.of(FactKind.HOUSEHOLD_REGISTRATION).sort("fact_id").unique("person_id", keep="last")
    return latest.select("person_id", pl.col("value").str.slice(0, TOWN).cast(pl.Int64).alias("town"))


def posted_snapshots(pool: int) -> list[Snapshot]:
    """The snapshot days of all contributions that are booked."""
    return snapshots_of(Basis(pool, "payroll", 0, date.min, _EVERYTHING_TOLD))


def with_assumed(posted: Sequence[Snapshot], since: Month, through: Month, checked: Month) -> list[Snapshot]:
    """With the last day of each year of the range that has no batch yet and whose law is checked."""
    have = {one.year for one in posted}
    years = [year for year in range(year_of(since), year_of(through) + 1)
             if year not in have and since <= month_of(year, 1) <= through and month_of(year, 12) < checked]  # fmt: skip
    return sorted([*posted, *(Snapshot(year, date(year, 12, 31)) for year in years)])


def _compared(before: Side | None, after: Side, checked: Month) -> pl.DataFrame:
    """Both sides by KEYS. Where the law in force is not checked its column is null: unknown is never a silent nothing."""
    law = (before.costs if before else after.costs.clear()).rename({"fen": "law_fen"})
    both = law.join(after.costs.rename({"fen": "reform_fen"}), on=list(KEYS), how="full", coalesce=True)
    yearly = pl.col("item").is_in([int(item) for item in Item if item.yearly])
    last = pl.when(yearly).then(pl.col("month").floordiv(12) * 12 + 11).otherwise(pl.col("month"))
    filled = both.with_columns(pl.when(last < checked).then(pl.col("law_fen").fill_null(0)).alias("law_fen"),
                               pl.col("reform_fen").fill_null(0))  # fmt: skip
    return filled.with_columns((pl.col("reform_fen") - pl.col("law_fen")).alias("difference_fen")).select(
        *KEYS, "law_fen", "reform_fen", "difference_fen").sort(*KEYS)  # fmt: skip


def _heads(before: Side | None, after: Side, until: Month) -> pl.DataFrame:
    keys = ["month", "town", "item"]
    law = (before.heads if before else after.heads.clear()).rename({"persons": "law_persons"})
    both = law.join(after.heads.rename({"persons": "reform_persons"}), on=keys, how="full", coalesce=True)
    known = pl.when(pl.col("month") < until).then(pl.col("law_persons").fill_null(0)).alias("law_persons")
    return both.with_columns(known, pl.col("reform_persons").fill_null(0)).sort(keys)


def _booked(pool: int, since: Month, until: Month, towns: pl.DataFrame) -> pl.DataFrame:
    """What the books have recognised in the months: ``month, town, item, fen``."""
    counted = done(pool, Book.RECOGNISED).filter(pl.col("item").is_in([int(item) for item in COUNTED]))
    spans = to_spans(counted, ("person_id", "item"), "monthly_fen").select(*SPANS)
    return engine.undivided(engine.placed(spans, towns, since, until), since, until)


def _notes(through: Month, checked: Month, assumed: Sequence[int], law: InForce) -> tuple[str, ...]:
    notes = ["不预测死亡：按已知的人员推算，没有告知的死亡、迁移、名册变动都没有计入，越往后越偏高；到龄自动计入；镇按现在的登记。"]
    if checked <= through:
        short = "、".join(name for name in law.names() if law.parameter(name).end_month == checked)
        notes.append(f"{show_month(checked)} 起现行政策尚未核对（{short}），该月起只列方案，不列现行和差额。")
    if assumed:
        notes.append(f"{'、'.join(str(year) for year in assumed)} 年度还没有代缴批次，按年末在册人员假设，不与账面比较。")
    return tuple(notes)


def _town_names(pool: int) -> dict[int, str]:
    known = divisions(pool)
    return {} if known is None else {int(code): one.name for code, one in known.by_code.items() if len(code) == TOWN}
