"""The same bytes may be the roster of another month: everybody stayed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models

from yingbao.store import triggers


def guard_again(apps: Any, schema_editor: Any) -> None:
    """SQLite makes the table anew to change a constraint, and its triggers go with the old one."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in triggers.append_only("sqlite", "store_sourcefile", "来源文件"):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """A file is one by its bytes, its kind and its month."""

    dependencies: ClassVar = [("store", "0004_whole_scheme")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="sourcefile", name="file_once"),
        migrations.AddConstraint(
            model_name="sourcefile",
            constraint=models.UniqueConstraint(fields=["pool", "sha256", "kind", "data_month"], name="file_once_a_month"),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop, elidable=False),
    ]
