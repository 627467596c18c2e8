"""The made-up county of a run: its register and rosters on disk, and a database of it opened from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.measure import Row, taken
from bench.places import POOL, SEED
from yingbao import store
from yingbao.county.cast import POVERTY
from yingbao.county.people import County, make_county
from yingbao.county.register import write_register
from yingbao.county.rosters import poverty_register
from yingbao.values.month import month_from_text

OPENED_ON = date(2018, 11, 20)
OPENING = month_from_text("2018-12")
ROSTER_ROWS = {"county": 50_000, "town": 2_500, "hamlet": 200}


def write_county(size: str, folder: Path) -> None:
    """The register with its control totals, and one large roster of registered poor households."""
    county = make_county(size, SEED)
    write_register(county, folder)
    chosen = np.random.default_rng(SEED).choice(county.people.height, ROSTER_ROWS[size], replace=False)
    claims = pl.DataFrame({"number": np.sort(chosen)}).select(
        pl.col("number").cast(pl.Int64), pl.lit(POVERTY).alias("roster"),
        pl.lit(month_from_text("2017-01"), pl.Int64).alias("from_month"),
        pl.lit(month_from_text("2030-01"), pl.Int64).alias("until_month"),
        pl.lit(None, pl.Int64).alias("flagged_from"), pl.lit("全额").alias("allowance"),
        pl.lit(-1, pl.Int64).alias("household"), pl.lit(0, pl.Int64).alias("place"),
    )  # fmt: skip
    many = County(county.size, county.seed, county.people, claims.select(county.claims.columns))
    made = poverty_register(many, month_from_text("2018-12"), date(2018, 12, 10))
    made.write(folder)
    (folder / "bench.json").write_text(json.dumps({"roster": made.name, "rows": ROSTER_ROWS[size]}), encoding="utf-8")


def roster_path(folder: Path) -> Path:
    """The large roster."""
    told: dict[str, Any] = json.loads((folder / "bench.json").read_text(encoding="utf-8"))
    return folder / str(told["roster"])


def officers() -> dict[str, Any]:
    """The three officers of the opened county, by login."""
    from yingbao.acts.act import officer  # noqa: PLC0415

    return {login: officer(login) for login in ("jingban", "fuhe", "caiwu")}


@contextmanager
def opened(address: str) -> Iterator[Any]:
    """A database of the run; gives ``by(login, on)``: the arguments of an act."""
    store.open_store(address)
    known = officers()
    yield lambda login, on: {"pool": POOL, "by": known[login], "on": on}


def open_county(vendor: str, address: str, folder: Path) -> list[Row]:
    """Load the register into an empty database: what every item is copied from."""
    store.open_store(address)
    from django.db import connection  # noqa: PLC0415

    from yingbao.acts.office import add_officer, found_pool  # noqa: PLC0415
    from yingbao.acts.opening import load_register  # noqa: PLC0415
    from yingbao.formats.rosters.register import read_register  # noqa: PLC0415

    admin = found_pool(POOL, "bench", "admin", "admin", on=OPENED_ON)
    by = {}
    for login, role in (("jingban", "maker"), ("fuhe", "checker"), ("caiwu", "finance")):
        by[login] = add_officer(login, login, [role], pool=POOL, by=admin, on=OPENED_ON)
    path = next(folder.glob("*.csv"))
    with taken() as read:
        reading = read_register(path)
    with taken() as kept:
        load_register(reading, opening_month=OPENING, typed=_typed(folder), pool=POOL, by=by["jingban"], on=OPENED_ON)
    if vendor == "sqlite":
        # One file, so that a copy is whole.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    persons = f"{reading.stored.height:,} people"
    return [Row("0 open a county", f"read and judge the register, {persons}", "—", read.seconds, read.cpu_seconds, read.peak_gb),
            Row("0 open a county", f"load it, {persons}", vendor, kept.seconds, kept.cpu_seconds, kept.peak_gb)]  # fmt: skip


def _typed(folder: Path) -> dict[str, int]:
    from yingbao.cli.roster_commands import typed_totals  # noqa: PLC0415

    return typed_totals(folder / "控制数.json")
