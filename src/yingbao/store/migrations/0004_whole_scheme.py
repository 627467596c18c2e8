"""References of facts, the law of each run, closed years."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models

from yingbao.store import triggers

APPEND_ONLY = {"store_policyversion": "政策版本", "store_closedyear": "已关闭年度"}


def guard(apps: Any, schema_editor: Any) -> None:
    """Nothing in the new tables is changed or deleted, and nothing is dated into a closed year."""
    vendor = schema_editor.connection.vendor
    statements = [one for table, zh in APPEND_ONLY.items() for one in triggers.append_only(vendor, table, zh)]
    statements += triggers.year_is_open(vendor, ("store_auditevent", "store_journalentry"))
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """What the whole scheme keeps beside the spine."""

    dependencies: ClassVar = [("store", "0003_guards")]
    operations: ClassVar = [
        migrations.AddField(model_name="fact", name="reference", field=models.TextField(null=True)),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.UniqueConstraint(
                fields=["pool", "kind", "reference"], name="fact_once_a_reference", condition=models.Q(reference__isnull=False)
            ),
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("version", models.TextField(primary_key=True, serialize=False)),
                ("content", models.TextField()),
            ],
            options={"verbose_name": "政策版本"},
        ),
        migrations.CreateModel(
            name="ClosedYear",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("year", models.IntegerField()),
                ("on", models.DateField()),
                ("figures", models.JSONField(default=dict)),
                ("figures_hash", models.TextField()),
                ("maker_id", models.BigIntegerField()),
                ("checker_id", models.BigIntegerField()),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "已关闭年度",
                "constraints": [
                    models.UniqueConstraint(fields=["pool", "year"], name="year_closed_once"),
                    models.CheckConstraint(condition=~models.Q(checker_id=models.F("maker_id")), name="year_checker_is_not_maker"),
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop, elidable=False),
    ]
