"""What every command needs: the store opened, the pool, the officer, the business date."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yingbao.cli.errors import NoDatabase, YearBeyond
from yingbao.values.month import date_from_text, month_from_text, year_of

if TYPE_CHECKING:
    from yingbao.store.models import Officer

PoolOption = Annotated[int, typer.Option("--pool", envvar="YINGBAO_POOL", help="统筹区代码 (pool code)")]
ByOption = Annotated[str, typer.Option("--by", envvar="YINGBAO_OFFICER", help="经办人员登录名 (officer's login)")]
OnOption = Annotated[str, typer.Option("--on", help="业务日期 YYYY-MM-DD，默认今天 (business date)")]
PersonArgument = Annotated[int, typer.Argument(metavar="PERSON", help="人员编号")]
YEARS: Any = {"min": 1900, "max": 2199}  # past these a year is a slip of the hand
YearArgument = Annotated[int, typer.Argument(metavar="YEAR", help="年度", **YEARS)]
KnownOption = Annotated[str, typer.Option("--known-on", help="按当日所知推算 (as known on that day)")]

DEFAULT_POOL = 320682


def open_store(*, make: bool = False) -> None:
    """Open the store, bringing it to the present schema. Only ``make`` makes a new SQLite file: a slip in its path makes none."""
    from yingbao import store  # noqa: PLC0415 - Django starts only for commands that need it

    if not make and not has_store():
        raise NoDatabase(file=_sqlite_file())
    store.open_store(os.environ.get("YINGBAO_DATABASE_URL"))


def has_store() -> bool:
    """There is a database already; a check of a file makes none."""
    path = _sqlite_file()
    return path is None or path.is_file()


def _sqlite_file() -> Path | None:
    """The file of the database; None if a server keeps it."""
    from yingbao.settings import DATABASE_URL, sqlite_path  # noqa: PLC0415

    path = sqlite_path(os.environ.get("YINGBAO_DATABASE_URL") or DATABASE_URL)
    return path.absolute() if path else None


def day(text: str) -> date:
    """A business date; empty means today. The one place that reads the clock."""
    if not text:
        return date.today()  # noqa: DTZ011 - the office's own calendar day
    found = date_from_text(text)
    _refuse_beyond(found.year, text)
    return found


def month(text: str) -> int:
    """A month."""
    found = month_from_text(text)
    _refuse_beyond(year_of(found), text)
    return found


def _refuse_beyond(year: int, text: str) -> None:
    """Raise YearBeyond for a slip of the hand: rules count decades before and after a day, and no calendar would hold them."""
    if not YEARS["min"] <= year <= YEARS["max"]:
        raise YearBeyond(text=text, first=YEARS["min"], last=YEARS["max"])


def who(login: str) -> Officer:
    """The officer of a login."""
    from yingbao.acts.act import officer  # noqa: PLC0415

    return officer(login)


def doing(pool: int, by: str, on: str) -> dict[str, Any]:
    """The keyword arguments every act takes."""
    return {"pool": pool, "by": who(by), "on": day(on)}
