"""KEEPS: the only Django models, their migrations with triggers, secrets, audit, bulk reading and writing.

Call :func:`open_store` (or :func:`setup` and :func:`migrate`) before importing
``yingbao.store.models``: Django needs its settings first.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_MIGRATION_LOCK = 320_682  # any number, the same in every process


def setup() -> None:
    """Start Django once. Does not touch the database."""
    import django  # noqa: PLC0415  (settings are read on import, so only when asked)
    from django.apps import apps  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yingbao.settings")
    if not apps.ready:
        django.setup()


def migrate() -> None:
    """Bring the database to the present schema, quietly; make its folder and its keys on first use.

    Safe when several processes start at once: one migrates, the others wait. Raises StoreNewer, and
    ``secrets.KeysDoNotFit`` when the key folder is not the one this database was filled with.
    """
    setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from yingbao.store import secrets  # noqa: PLC0415

    with _one_at_a_time(connection):
        executor = MigrationExecutor(connection)
        _refuse_newer(executor.loader)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        secrets.check_fit()


def _refuse_newer(loader: Any) -> None:
    """Raise StoreNewer for a migration that this program does not have."""
    from yingbao.store.errors import StoreNewer  # noqa: PLC0415

    if strange := sorted(name for app, name in loader.applied_migrations if app == "store" and (app, name) not in loader.disk_migrations):
        raise StoreNewer(names=" ".join(strange))


def open_store(url: str | None = None) -> None:
    """Start, point at ``url`` if given (else the settings' database) and migrate."""
    setup()
    if url is not None:
        use(url)
    migrate()


def use(url: str) -> None:
    """Point Django at another database from now on, in every thread; closes the present one.

    The key folder moves with it, unless ``YINGBAO_KEYS`` names one.
    """
    setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from yingbao.settings import database, keys_folder  # noqa: PLC0415
    from yingbao.store import secrets  # noqa: PLC0415

    connections["default"].close()
    settings.DATABASE_URL = url
    connections.settings = connections.configure_settings({"default": database(url)})
    connections["default"] = connections.create_connection("default")
    if not os.environ.get("YINGBAO_KEYS"):
        settings.YINGBAO_KEYS = keys_folder(url)
    secrets.forget()


@contextmanager
def _one_at_a_time(connection: Any) -> Iterator[None]:
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(path.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
