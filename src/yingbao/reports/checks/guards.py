"""I11: the guards that keep posted rows as they are still stand in the database."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from yingbao.reports.checks.check import Check, none_of
from yingbao.reports.evidence import Evidence
from yingbao.store.models import KeyFingerprint, Person

_SQLITE = (
    "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' "
    "AND (name = tbl_name || '_no_update' OR name = tbl_name || '_no_delete') GROUP BY tbl_name"
)
_POSTGRESQL = (
    "SELECT c.relname, 2 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE t.tgname = c.relname || '_append_only' AND t.tgenabled = 'O'"
)


def check(evidence: Evidence) -> Iterator[Check]:  # noqa: ARG001 - the guards are of the database, not of a pool
    """Every append-only table still refuses UPDATE and DELETE."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)
        guarded = {table for table, count in cursor.fetchall() if count >= 2}  # noqa: PLR2004 - UPDATE and DELETE
    tables = [one._meta.db_table for one in apps.get_app_config("store").get_models()  # noqa: SLF001
              if getattr(one, "append_only", False)]  # fmt: skip
    yield none_of("I11", "append_only", "只能追加的表都有守卫", "every append-only table is guarded",
                  [table for table in tables if table not in guarded], len(tables))  # fmt: skip
    noted = KeyFingerprint.objects.exists() or not Person.objects.exists()
    yield Check("I11", "keys_noted", "密钥指纹在册", "the fingerprint of the index key is kept", noted, int(noted), 1)
