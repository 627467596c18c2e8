"""House rules 5 and 6: money is whole fen; what has been written stays written."""

from __future__ import annotations

import importlib
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

MODELS = list(apps.get_app_config("store").get_models())
# Rows that may change, and why. Every other table is append-only.
MAY_CHANGE = {
    "AuditHead": "where the chain stands; the chain itself proves it",
    "Officer": "people come, change roles and leave; each change is an act",
    "Pool": "a name",
    "Run": "its state; what it says is frozen by triggers",
    "DoneGeneration": "derived from the journal",
    "DoneStep": "derived from the journal",
}
MONEY = re.compile(r"amount|money|balance|fen|yuan|monthly|total")
NOT_MONEY = {"SourceFile.control_totals": "a JSON of control totals as typed in the file"}


def test_every_model_is_append_only_or_says_why_not():
    open_models = {model.__name__ for model in MODELS if not getattr(model, "append_only", False)}
    assert open_models == set(MAY_CHANGE)


def test_every_append_only_model_has_its_guard_in_the_migrations():
    guards: dict[str, str] = {}
    for name in ("0003_guards", "0004_whole_scheme"):
        guards |= importlib.import_module(f"yingbao.store.migrations.{name}").APPEND_ONLY
    guarded = {model._meta.db_table: model._meta.verbose_name for model in MODELS if getattr(model, "append_only", False)}
    assert guarded == guards


def test_every_append_only_table_has_its_triggers_in_the_database(database, vendor):
    source = "sqlite_master WHERE type = 'trigger'" if vendor == "sqlite" else "pg_trigger WHERE NOT tgisinternal"
    name = "name" if vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {source}")
        found = {row[0] for row in cursor.fetchall()}
    endings = ("no_update", "no_delete") if vendor == "sqlite" else ("append_only",)
    wanted = {f"{m._meta.db_table}_{e}" for m in MODELS if getattr(m, "append_only", False) for e in endings}
    assert wanted <= found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_column_is_a_float_or_a_decimal(model):
    kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
    assert not kinds & {"FloatField", "DecimalField", "DurationField"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_money_is_a_whole_number_in_a_column_that_ends_in_fen(model):
    for field in model._meta.concrete_fields:
        if MONEY.search(field.name) and f"{model.__name__}.{field.name}" not in NOT_MONEY:
            assert field.name.endswith("_fen"), field.name
            assert field.get_internal_type() == "BigIntegerField", field.name


def test_migrations_say_what_the_models_say(sqlite):
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)
