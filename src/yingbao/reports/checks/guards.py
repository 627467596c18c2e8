"""I11: the guards that keep posted rows as they are still stand in the database, and the keys are those it was filled with."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from yingbao.reports.checks.check import Check, none_of
from yingbao.reports.evidence import Evidence
from yingbao.store import secrets
from yingbao.store.models import KeyFingerprint, Person

_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL = (
    "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
)
# Guards of what may change its state but not what it says, and of closed years.
OTHERS = (
    "run_keeps_its_name", "run_keeps_what_was_submitted", "run_keeps_its_checker", "run_does_not_go_back", "store_run_no_delete",
    "store_auditevent_year_is_open", "store_journalentry_year_is_open",
)  # fmt: skip


def check(evidence: Evidence) -> Iterator[Check]:  # noqa: ARG001 - the guards are of the database, not of a pool
    """Every append-only table still refuses UPDATE and DELETE, every run keeps what was submitted."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)
        standing = {name for (name,) in cursor.fetchall()}
    wanted = [f"{table}_{ending}" for table in _append_only() for ending in _ENDINGS[connection.vendor]]
    missing = [name for name in (*wanted, *OTHERS) if name not in standing]
    yield none_of("I11", "append_only", "只能追加的表和批次都有守卫", "every append-only table and every run is guarded",
                  missing, len(wanted) + len(OTHERS))  # fmt: skip
    noted = secrets.fits() if KeyFingerprint.objects.exists() else not Person.objects.exists()
    yield Check("I11", "keys_noted", "密钥指纹在册，与所用的密钥相符", "the fingerprint of the index key is kept and fits", noted,
                int(noted), 1)  # fmt: skip


_ENDINGS = {"sqlite": ("no_update", "no_delete"), "postgresql": ("append_only",)}


def _append_only() -> list[str]:
    return [one._meta.db_table for one in apps.get_app_config("store").get_models() if getattr(one, "append_only", False)]  # noqa: SLF001
