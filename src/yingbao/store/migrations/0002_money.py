"""Runs, the journal, what is done, and the bank."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables only; their guards come in 0003."""

    dependencies: ClassVar = [("store", "0001_people")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="BankBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("run_id", models.BigIntegerField()),
                ("number", models.TextField(unique=True)),
                ("profile", models.TextField()),
                ("count", models.BigIntegerField()),
                ("total_fen", models.BigIntegerField()),
                ("sha256", models.TextField()),
                ("file_name", models.TextField()),
                ("act_seq", models.BigIntegerField()),
                ("on", models.DateField()),
            ],
            options={
                "verbose_name": "代发批次",
            },
        ),
        migrations.CreateModel(
            name="DoneGeneration",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("through_entry", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "已发汇总版本",
            },
        ),
        migrations.CreateModel(
            name="DoneStep",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "generation_id",
                        "book",
                        "person_id",
                        "item",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("generation_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("monthly_fen", models.BigIntegerField()),
                ("month", models.IntegerField()),
                ("book", models.SmallIntegerField()),
                ("item", models.SmallIntegerField()),
            ],
            options={
                "verbose_name": "已发汇总",
            },
        ),
        migrations.CreateModel(
            name="OpeningTotal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("name", models.TextField()),
                ("value", models.BigIntegerField()),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "期初控制数",
            },
        ),
        migrations.CreateModel(
            name="RunLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("run_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("monthly_fen", models.BigIntegerField()),
                ("amount_fen", models.BigIntegerField()),
                ("line", models.IntegerField()),
                ("pool", models.IntegerField()),
                ("from_month", models.IntegerField()),
                ("until_month", models.IntegerField()),
                ("bank_line", models.IntegerField(null=True)),
                ("item", models.SmallIntegerField()),
                ("line_class", models.SmallIntegerField()),
                ("arrears_type", models.SmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "批次明细",
            },
        ),
        migrations.CreateModel(
            name="BankAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("batch_id", models.BigIntegerField()),
                ("line", models.IntegerField()),
                ("outcome", models.TextField()),
                ("code", models.TextField(default="")),
                ("message", models.TextField(default="")),
                ("bank_serial", models.TextField(default="")),
                ("on", models.DateField()),
                ("return_sha256", models.TextField()),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "银行回盘",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["settled", "curable", "do_not_resend", "unknown"])),
                        name="bank_outcome_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "unknown"), _negated=True),
                        fields=("batch_id", "line"),
                        name="bank_final_answer_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("batch_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("account_fact_id", models.BigIntegerField()),
                ("amount_fen", models.BigIntegerField()),
                ("line", models.IntegerField()),
                ("pool", models.IntegerField()),
                ("name", models.TextField()),
            ],
            options={
                "verbose_name": "代发明细",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="bank_line_is_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("run_id", models.BigIntegerField(null=True)),
                ("kind", models.TextField()),
                ("on", models.DateField()),
                ("reason", models.TextField()),
                ("citation", models.TextField(default="")),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "记账凭证",
                "indexes": [models.Index(fields=["pool", "id"], name="entry_by_pool")],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "person_id",
                        "item",
                        "from_month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entry_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("monthly_fen", models.BigIntegerField()),
                ("amount_fen", models.BigIntegerField()),
                ("from_month", models.IntegerField()),
                ("until_month", models.IntegerField()),
                ("pool", models.IntegerField()),
                ("debit", models.IntegerField()),
                ("credit", models.IntegerField()),
                ("item", models.SmallIntegerField()),
            ],
            options={
                "verbose_name": "记账明细",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="posting_is_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("debit", models.F("credit")), _negated=True), name="posting_moves_money"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount_fen",
                                models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("monthly_fen"),
                                        "*",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("until_month"), "-", models.F("from_month")
                                        ),
                                    ),
                                    output_field=models.BigIntegerField(),
                                ),
                            )
                        ),
                        name="posting_amount_is_months",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pool", models.IntegerField()),
                ("kind", models.TextField()),
                ("period", models.IntegerField()),
                ("on", models.DateField()),
                ("known_on", models.DateField()),
                ("known_act", models.BigIntegerField()),
                ("snapshot_on", models.DateField(null=True)),
                ("state", models.TextField()),
                ("policy_version", models.TextField()),
                ("code_version", models.TextField()),
                ("region", models.TextField()),
                ("line_count", models.BigIntegerField(default=0)),
                ("total_fen", models.BigIntegerField(default=0)),
                ("content_hash", models.TextField(default="")),
                ("maker_id", models.BigIntegerField()),
                ("checker_id", models.BigIntegerField(null=True)),
                ("holder", models.TextField(default="")),
                ("act_seq", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "批次",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checker_id__isnull", True),
                            models.Q(("checker_id", models.F("maker_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="run_checker_is_not_maker",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "submitted", "approved"))),
                        fields=("pool", "kind", "period"),
                        name="run_open_once",
                    ),
                ],
            },
        ),
    ]
