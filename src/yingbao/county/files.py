"""Every file that the office gets in the months of the story, written into one folder.

Beside them stands ``truth.parquet``: what was done to which part of which row. Only tests read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from yingbao.county import comparisons, rosters
from yingbao.county.cast import DESTITUTE, POVERTY, RURAL, URBAN
from yingbao.county.delivery import Delivery
from yingbao.county.people import County
from yingbao.county.poor import DISABILITY
from yingbao.county.register import write_register
from yingbao.values.month import Month, month_from_text, show_month

Maker = Callable[[County, Month, date], Delivery]

REGISTER_TOLD_ON = date(2018, 11, 20)


def _plain(kind: str) -> Maker:
    return lambda county, month, told_on: comparisons.plain_list(county, kind, month, told_on)


MAKERS: dict[str, Maker] = {
    **rosters.MAKERS,
    comparisons.EMPLOYEE: comparisons.employee_scheme,
    comparisons.CIVIL: comparisons.civil_service_scheme,
    comparisons.DEATHS: comparisons.police_deaths,
    comparisons.MOVES: comparisons.police_moves,
    comparisons.OWN_PAYMENTS: comparisons.own_payments,
    **{kind: _plain(kind) for kind in ("students", "soldiers", "prisoners")},
}

_COMPARED = (comparisons.EMPLOYEE, comparisons.CIVIL, comparisons.DEATHS, comparisons.MOVES, comparisons.OWN_PAYMENTS,
             "students", "soldiers", "prisoners")  # fmt: skip

# Data month, day told, kinds. The rural list of November came late, on 3 December: that is why
# 3,229 people were paid for by the end of November and 11,472 in the year.
CALENDAR: tuple[tuple[str, date, tuple[str, ...]], ...] = (
    ("2018-11", date(2018, 11, 22), (POVERTY, URBAN, DESTITUTE, DISABILITY)),
    ("2018-11", date(2018, 11, 23), _COMPARED),
    ("2018-11", date(2018, 12, 3), (RURAL,)),
    ("2018-12", date(2018, 12, 10), (POVERTY, URBAN, RURAL, DESTITUTE)),
    ("2018-12", date(2018, 12, 11), (comparisons.EMPLOYEE, comparisons.DEATHS)),
    ("2019-01", date(2019, 1, 9), (POVERTY, URBAN, RURAL, DESTITUTE, comparisons.DEATHS)),
    ("2019-02", date(2019, 2, 18), (POVERTY, URBAN, RURAL, DESTITUTE)),
    ("2019-03", date(2019, 3, 8), (POVERTY, URBAN, RURAL, DESTITUTE)),
    ("2019-03", date(2019, 3, 11), (comparisons.EMPLOYEE, comparisons.DEATHS)),
)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file in the folder: its name, sender, kind, data month (2018-11), day told, and how many parts it names."""

    name: str
    bureau: str
    kind: str
    month: str
    told_on: str
    parts: int


def deliveries(county: County, until: date | None = None) -> Iterator[Delivery]:
    """The bureaux' files in the order in which the office gets them, up to a day."""
    for month, told_on, kinds in CALENDAR:
        if until is None or told_on <= until:
            for kind in kinds:
                yield MAKERS[kind](county, month_from_text(month), told_on)


def _truth_frame(delivery: Delivery) -> pl.DataFrame:
    text, whole = pl.String, pl.Int64
    return pl.DataFrame(
        [(delivery.name, t.sheet, t.row, t.part, t.number, ",".join(map(str, t.kinds))) for t in delivery.truth],
        schema={"file": text, "sheet": text, "row": whole, "part": whole, "number": whole, "kinds": text},
        orient="row",
    )  # fmt: skip


def write_files(county: County, folder: Path, until: date | None = None) -> list[WrittenFile]:
    """Write register, control totals, all bureaux' files, ``files.json`` (this list) and ``truth.parquet``.

    ``until``: leave out files told after that day.
    """
    folder.mkdir(parents=True, exist_ok=True)
    csv, _, flaws = write_register(county, folder)
    truth = [
        flaws.select(
            pl.lit(csv.name).alias("file"), pl.lit("").alias("sheet"), "row",
            pl.lit(0, dtype=pl.Int64).alias("part"), "number",
            pl.col("kind").cast(pl.String).alias("kinds"),
        )
    ]  # fmt: skip
    persons = len(county.people.filter(pl.col("role") != "outsider"))
    written = [WrittenFile(csv.name, "social_insurance", "opening_register", "2018-11", str(REGISTER_TOLD_ON), persons)]
    for delivery in deliveries(county, until):
        delivery.write(folder)
        truth.append(_truth_frame(delivery))
        written.append(
            WrittenFile(
                delivery.name, delivery.bureau, delivery.kind, show_month(delivery.month), str(delivery.told_on),
                len(delivery.truth),
            )
        )  # fmt: skip
    pl.concat(truth).write_parquet(folder / "truth.parquet")
    listed = json.dumps([asdict(file) for file in written], ensure_ascii=False, indent=1)
    (folder / "files.json").write_text(listed + "\n", encoding="utf-8")
    return written
