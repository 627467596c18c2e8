"""What a reform would cost: the real population under the law in force and under an overlay, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from yingbao.engine import costs as engine
from yingbao.policy.divisions import TOWN
from yingbao.policy.errors import NotChecked
from yingbao.policy.overlay import Overlay
from yingbao.reports.errors import NotCheckedToSimulate, NothingToSimulate
from yingbao.reports.moment import Moment, moment
from yingbao.reports.simulation_notes import carried_on, notes
from yingbao.reports.words import divisions
from yingbao.rules.benefits import Opening
from yingbao.rules.contributions import Snapshot
from yingbao.rules.due import Due
from yingbao.rules.law import Law
from yingbao.rules.relations import SPANS, Facts
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.books import Book
from yingbao.store.done import done
from yingbao.values.facts import FactKind
from yingbao.values.month import FOREVER, Month, month_of, show_month, year_of
from yingbao.values.purpose import MONTHLY, Item
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
    force has not been checked for; ``carried``: each parameter whose last value was taken to go on, and the last month
    it has been checked for.
    """

    overlay: Overlay
    since: Month
    through: Month
    checked_until: Month
    rows: pl.DataFrame
    heads: pl.DataFrame
    booked: pl.DataFrame
    assumed_years: tuple[int, ...]
    carried: dict[str, str]
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
        law = self.rows.filter((_last_month() < self.checked_until) & ~assumed).group_by(keys).agg(pl.col("law_fen").sum())
        booked = self.booked.filter(pl.col("month") < self.checked_until).rename({"fen": "booked_fen"})
        both = law.join(booked, on=keys, how="full", coalesce=True).with_columns(
            pl.col("law_fen").fill_null(0), pl.col("booked_fen").fill_null(0))  # fmt: skip
        found = both.with_columns((pl.col("law_fen") - pl.col("booked_fen")).alias("difference_fen"))
        return found.filter(pl.col("difference_fen") != 0).sort(keys)

    @property
    def booked_through(self) -> Month | None:
        """The last of the months for which pensions are booked; None: none is."""
        monthly = self.booked.filter(pl.col("item").is_in([int(item) for item in MONTHLY]))
        return None if monthly.is_empty() else int(monthly["month"].cast(pl.Int64).to_list()[-1])

    def people_by_month(self) -> dict[Month, tuple[int | None, int]]:
        """People with any item in a month, under the law in force (None: not checked) and under the reform."""
        chosen = self.heads.filter(pl.col("item") == engine.EVERY_ITEM)
        law = pl.when(pl.col("law_persons").is_not_null().any()).then(pl.col("law_persons").sum()).alias("law")
        summed = chosen.group_by("month").agg(law, pl.col("reform_persons").sum().alias("reform"))
        return {month: (before, after) for month, before, after in summed.iter_rows()}

    def word(self, column: str, value: Any) -> str:
        """A key as a clerk reads it."""
        if column == "item":
            return "全部款项" if value == engine.EVERY_ITEM else Item(value).zh
        return engine.LEVEL_ZH[value] if column == "level" else self.towns.get(value, "（未知）")

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in fen."""
        return {
            "basis": self.basis, "overlay": self.overlay.as_json(), "from": show_month(self.since), "to": show_month(self.through),
            "law_checked_through": show_month(self.checked_until - 1) if self.checked_until <= self.through else None,
            "carried_on": self.carried, "notes": list(self.notes),
            "by_month": self._plain(self.by("month")), "by_item": self._plain(self.by("item")),
            "by_level": self._plain(self.by("level")), "by_town": self._plain(self.by("town")),
            "against_the_books": self._plain(self.against_the_books()), "persons": self._plain(self.heads),
            "rows": self._plain(self.rows),
        }  # fmt: skip

    def _plain(self, frame: pl.DataFrame) -> list[dict[str, Any]]:
        return self.readable(frame).to_dicts()

    def readable(self, frame: pl.DataFrame) -> pl.DataFrame:
        """With months, items and towns as a program or a spreadsheet reads them."""
        items = {engine.EVERY_ITEM: "all", **{int(item): item.key for item in Item}}
        shown = frame
        if "item" in frame.columns:
            shown = shown.with_columns(pl.col("item").cast(pl.Int64).replace_strict(items, return_dtype=pl.String))
        if "town" in frame.columns:
            named = pl.col("town").replace_strict(self.towns, default="（未知）", return_dtype=pl.String)
            shown = shown.with_columns(named.alias("town_name"), pl.col("town").cast(pl.String))
        if "month" not in frame.columns:
            return shown
        months = {month: show_month(month) for month in frame["month"].unique().to_list()}
        return shown.with_columns(pl.col("month").replace_strict(months, return_dtype=pl.String))


def simulate(
    pool: int, overlay: Overlay, since: Month, through: Month, known_on: date | None = None, *, carry: bool = False
) -> Simulation:
    """The cost of an overlay over some months, both ends included. Raises NothingToSimulate, NotCheckedToSimulate.

    Births bring people in by themselves; deaths, moves and new rosters that nobody has told are not foreseen.
    ``carry``: past the last checked month of a parameter its last value is taken to go on, on both sides.
    """
    known = moment(pool, known_on)
    if known.opening is None or through < since or since < known.opening.statement_from:
        first = "" if known.opening is None else show_month(known.opening.statement_from)
        raise NothingToSimulate(since=show_month(since), through=show_month(through), first=first)
    try:
        return _simulated(known, known.opening, overlay, since, through, carry=carry)
    except NotChecked as error:
        raise NotCheckedToSimulate(**error.details) from error


def _simulated(known: Moment, opening: Opening, overlay: Overlay, since: Month, through: Month, *, carry: bool) -> Simulation:
    law = known.tree.reformed(known.known_on, overlay.assume, carry=carry)
    reform = known.tree.reformed(known.known_on, overlay.assume, overlay.overrides, carry=carry)
    towns, posted = towns_of(known.facts), posted_snapshots(known.pool)

    def under(in_force: InForce, end: Month, limit: Month) -> Side:
        owed = Law(in_force, opening.statement_from, end)
        return side_of(Due(known.facts, owed, opening, with_assumed(posted, since, through, limit)), since, towns)

    after = under(reform, through + 1, FOREVER)
    checked = min([FOREVER, *(end for name in reform.names_read() if (end := law.parameter(name).end_month) is not None)])
    limit = FOREVER if carry else checked
    until = min(through + 1, limit)
    before = under(law, until, limit) if since < until else None
    booked = _booked(known.pool, since, min(until, checked), towns)
    assumed = tuple(one.year for one in with_assumed(posted, since, through, FOREVER) if one not in posted)
    carried = carried_on(law, reform)
    unchecked = [name for name in law.names() if law.parameter(name).end_month == checked] if limit <= through else []
    told = notes(overlay, reform, through, assumed, [law.parameter(name) for name in unchecked], carried)
    basis = {**known.basis(), "rests_on_illustrative": sorted({*law.illustrative(), *reform.illustrative()})}
    return Simulation(overlay, since, through, checked, _compared(before, after, limit), _heads(before, after, until), booked,
                      assumed, carried, told, basis, _town_names(known.pool))  # fmt: skip


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
    filled = both.with_columns(pl.when(_last_month() < checked).then(pl.col("law_fen").fill_null(0)).alias("law_fen"),
                               pl.col("reform_fen").fill_null(0))  # fmt: skip
    return filled.with_columns((pl.col("reform_fen") - pl.col("law_fen")).alias("difference_fen")).select(
        *KEYS, "law_fen", "reform_fen", "difference_fen").sort(*KEYS)  # fmt: skip


def _last_month() -> pl.Expr:
    """The last month that decides about a row: of its year, where the item is a year's."""
    yearly = pl.col("item").is_in([int(item) for item in Item if item.yearly])
    return pl.when(yearly).then(pl.col("month").floordiv(12) * 12 + 11).otherwise(pl.col("month"))


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


def _town_names(pool: int) -> dict[int, str]:
    known = divisions(pool)
    return {} if known is None else {int(code): one.name for code, one in known.by_code.items() if len(code) == TOWN}
