"""Who, what was told of them, and from which file."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables only; their guards come in 0003."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("code", models.IntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
            ],
            options={
                "verbose_name": "统筹区",
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("login", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("pool", models.IntegerField(null=True)),
                ("roles", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "经办人员",
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("pool", models.IntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.TextField()),
            ],
            options={
                "verbose_name": "审计链头",
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "pool", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("pool", models.IntegerField()),
                ("seq", models.BigIntegerField()),
                ("recorded_at", models.TextField()),
                ("on", models.DateField()),
                ("officer_id", models.BigIntegerField()),
                ("verb", models.TextField()),
                ("subject", models.TextField()),
                ("summary", models.TextField()),
                ("previous_hash", models.TextField()),
                ("hash", models.TextField()),
            ],
            options={
                "verbose_name": "审计记录",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("name", models.TextField()),
                ("id_cipher", models.TextField()),
                ("id_index", models.TextField()),
                ("sex", models.TextField(default="")),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "人员",
                "constraints": [models.UniqueConstraint(fields=("pool", "id_index"), name="person_once_a_pool")],
            },
        ),
        migrations.CreateModel(
            name="PersonAlias",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("person_id", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("cipher", models.TextField()),
                ("index", models.TextField()),
                ("told_at", models.DateField()),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "人员曾用号码和姓名",
                "indexes": [models.Index(fields=["pool", "index"], name="alias_by_index")],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("person_id", models.BigIntegerField()),
                ("kind", models.SmallIntegerField()),
                ("value", models.TextField(null=True)),
                ("number", models.BigIntegerField(null=True)),
                ("secret", models.TextField(null=True)),
                ("secret_index", models.TextField(null=True)),
                ("holds_from", models.DateField()),
                ("holds_until", models.DateField(null=True)),
                ("told_at", models.DateField()),
                ("act_seq", models.BigIntegerField()),
                ("source_file_id", models.BigIntegerField(null=True)),
                ("source_row", models.IntegerField(null=True)),
            ],
            options={
                "verbose_name": "事实",
                "indexes": [
                    models.Index(fields=["person_id"], name="fact_by_person"),
                    models.Index(
                        condition=models.Q(("secret_index__isnull", False)),
                        fields=["pool", "secret_index"],
                        name="fact_by_secret",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("fact_id", models.BigIntegerField()),
                ("change", models.TextField()),
                ("holds_until", models.DateField(null=True)),
                ("told_at", models.DateField()),
                ("act_seq", models.BigIntegerField()),
                ("reason", models.TextField(default="")),
            ],
            options={
                "verbose_name": "事实变更",
                "indexes": [models.Index(fields=["fact_id"], name="change_by_fact")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("change__in", ["ended", "withdrawn"])), name="change_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("bureau", models.TextField()),
                ("kind", models.TextField()),
                ("data_month", models.IntegerField()),
                ("sha256", models.TextField()),
                ("name", models.TextField()),
                ("told_at", models.DateField()),
                ("counts", models.JSONField(default=dict)),
                ("control_totals", models.JSONField(default=dict)),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "来源文件",
                "constraints": [models.UniqueConstraint(fields=("pool", "sha256", "kind"), name="file_once")],
            },
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "source_file_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source_file_id", models.BigIntegerField()),
                ("number", models.IntegerField()),
                ("pool", models.IntegerField()),
                ("sheet", models.TextField()),
                ("row", models.IntegerField()),
                ("part", models.SmallIntegerField(default=0)),
                ("disposition", models.TextField()),
                ("reasons", models.TextField(default="")),
                ("person_id", models.BigIntegerField(null=True)),
                ("id_index", models.TextField(null=True)),
                ("name", models.TextField(null=True)),
                ("village", models.TextField(null=True)),
            ],
            options={
                "verbose_name": "来源记录",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("disposition__in", ["stored", "quarantined", "ignored", "waiting"])),
                        name="record_disposition_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordDecision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("source_file_id", models.BigIntegerField()),
                ("number", models.IntegerField()),
                ("disposition", models.TextField()),
                ("reasons", models.TextField(default="")),
                ("person_id", models.BigIntegerField(null=True)),
                ("officer_id", models.BigIntegerField()),
                ("told_at", models.DateField()),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "来源记录处理决定",
                "indexes": [models.Index(fields=["source_file_id", "number"], name="decision_by_record")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("disposition__in", ["stored", "quarantined", "ignored", "waiting"])),
                        name="decision_disposition_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceBlock",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "source_file_id", "first_number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source_file_id", models.BigIntegerField()),
                ("first_number", models.IntegerField()),
                ("last_number", models.IntegerField()),
                ("cipher", models.TextField()),
            ],
            options={
                "verbose_name": "来源原始单元格",
            },
        ),
        migrations.CreateModel(
            name="MatchCase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("source_file_id", models.BigIntegerField()),
                ("number", models.IntegerField()),
                ("level", models.TextField()),
                ("candidates", models.JSONField(default=list)),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "待比对事项",
                "constraints": [
                    models.UniqueConstraint(fields=("source_file_id", "number"), name="case_once_a_record")
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchDecision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("case_id", models.BigIntegerField()),
                ("decision", models.TextField()),
                ("person_id", models.BigIntegerField(null=True)),
                ("officer_id", models.BigIntegerField()),
                ("told_at", models.DateField()),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "比对决定",
                "indexes": [models.Index(fields=["case_id"], name="decision_by_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["accept", "reject", "undo"])),
                        name="match_decision_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyFingerprint",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("fingerprint", models.TextField()),
            ],
            options={
                "verbose_name": "密钥指纹",
            },
        ),
    ]
