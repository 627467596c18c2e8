"""A copy of a base in which an act is tried: the rows and files of before come back as often as they are wanted.

Three states of it: the base as copied, ``before`` the act (prepared), and the present. Only here may rows be deleted.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import psycopg
from databases import with_name
from digest import digest_of


class Place:
    """``address``, ``keys`` and ``folder`` (the files of the office) of the copy."""

    def __init__(self, source: str, keys: str, files: str, root: Path) -> None:
        self.root, self.folder, self.keys = root, root / "files", str(root / "keys")
        shutil.copytree(keys, self.keys)
        shutil.copytree(files, root / "base-files")
        self.rows: _Rows = _File(source, root) if source.startswith("sqlite") else _Server(source, root.name)
        self.address = self.rows.address

    def begin(self) -> None:
        """The present as the base."""
        self.rows.copy("base", "now")
        self._files("base-files", "files")

    def keep(self) -> None:
        """What is there now is before the act."""
        self.rows.copy("now", "before")
        self._files("files", "before-files")

    def back(self) -> None:
        """The present as before the act."""
        self.rows.copy("before", "now")
        self._files("before-files", "files")

    def _files(self, source: str, target: str) -> None:
        shutil.rmtree(self.root / target, ignore_errors=True)
        shutil.copytree(self.root / source, self.root / target)

    def touched(self) -> bool:
        """Whether any row is not as before the act."""
        return bool(self.rows.differing("before", "now"))

    def digest(self) -> str:
        """The digest of all rows that acts write."""
        return digest_of(self.rows.read)

    def events(self) -> int:
        """How many acts there were."""
        return int(self.rows.read("SELECT count(*) FROM store_auditevent")[0][0])

    def out(self) -> dict[str, str]:
        """What a clerk sees in the bank folder, by content."""
        return {path.name: path.read_bytes().hex() for path in sorted((self.folder / "out").glob("[!.]*"))}

    def leave(self) -> None:
        """Remove it."""
        self.rows.leave()
        shutil.rmtree(self.root)


class _Rows:
    """The rows of the three states on one kind of database."""

    address: str
    tables: list[str]

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the present."""
        raise NotImplementedError

    def copy(self, source: str, target: str) -> None:
        """One state as another."""
        raise NotImplementedError

    def differing(self, here: str, there: str) -> list[str]:
        """The tables that are not the same in two states."""
        raise NotImplementedError

    def leave(self) -> None:
        """Nothing outside the folder."""

    def _differing(self, here: str, there: str) -> str:
        """Their names. ``EXCEPT`` knows no twice; every table has a key."""
        each = (f"SELECT '{table}' WHERE EXISTS (SELECT * FROM {here}.{table} EXCEPT SELECT * FROM {there}.{table})"
                f" OR EXISTS (SELECT * FROM {there}.{table} EXCEPT SELECT * FROM {here}.{table})" for table in self.tables)  # fmt: skip
        return " UNION ALL ".join(each)


class _File(_Rows):
    """SQLite: a file a state."""

    def __init__(self, source: str, root: Path) -> None:
        self.root = root
        shutil.copyfile(source.removeprefix("sqlite:///"), self._path("base"))
        self.address = f"sqlite:///{self._path('now')}"
        with closing(sqlite3.connect(self._path("base"))) as base:
            self.tables = [row[0] for row in base.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'store_%' ORDER BY 1")]  # fmt: skip

    def _path(self, state: str) -> Path:
        return self.root / f"{state}.sqlite3"

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._path("now"))) as base:
            return base.execute(sql).fetchall()

    def differing(self, here: str, there: str) -> list[str]:
        with closing(sqlite3.connect(self._path(here))) as base:
            base.execute("ATTACH ? AS other", [str(self._path(there))])
            return [row[0] for row in base.execute(self._differing("main", "other"))]

    def copy(self, source: str, target: str) -> None:
        for old in self.root.glob(f"{target}.sqlite3*"):
            old.unlink()
        # By the database's own copying: what was killed may have left its changes beside the file.
        with closing(sqlite3.connect(self._path(source))) as one, closing(sqlite3.connect(self._path(target))) as other:
            one.backup(other)


class _Server(_Rows):
    """PostgreSQL: a database with a schema a state; only the tables that differ are copied."""

    SCHEMAS: ClassVar = {"base": "base", "before": "before", "now": "public"}

    def __init__(self, source: str, name: str) -> None:
        database = urlsplit(source).path[1:]
        self.server, self.name = with_name(source, "postgres"), f"{database}_{name}"
        self.address = with_name(source, self.name)
        with closing(psycopg.connect(self.server, autocommit=True)) as server:
            server.execute(f"CREATE DATABASE {self.name} TEMPLATE {database}")
        self.base = psycopg.connect(self.address, autocommit=True)  # forks have it too and leave it alone
        with self.base.transaction():
            self.tables = [row[0] for row in self.base.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'store_%' ORDER BY 1")]  # fmt: skip
            for schema in ("base", "before"):
                self.base.execute(f"CREATE SCHEMA {schema}")
                for table in self.tables:
                    self.base.execute(f"CREATE TABLE {schema}.{table} AS SELECT * FROM public.{table}")

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        return self.base.execute(sql).fetchall()

    def differing(self, here: str, there: str) -> list[str]:
        return [row[0] for row in self.base.execute(self._differing(self.SCHEMAS[here], self.SCHEMAS[there]))]

    def copy(self, source: str, target: str) -> None:
        here, there = self.SCHEMAS[source], self.SCHEMAS[target]
        with self.base.transaction():
            for table in self.differing(source, target):
                guarded = there == "public"
                if guarded:
                    self.base.execute(f"ALTER TABLE {there}.{table} DISABLE TRIGGER USER")
                self.base.execute(f"DELETE FROM {there}.{table}")
                self.base.execute(f"INSERT INTO {there}.{table} SELECT * FROM {here}.{table}")
                if guarded:
                    self.base.execute(f"ALTER TABLE {there}.{table} ENABLE TRIGGER USER")

    def leave(self) -> None:
        self.base.close()
        with closing(psycopg.connect(self.server, autocommit=True)) as server:
            server.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
