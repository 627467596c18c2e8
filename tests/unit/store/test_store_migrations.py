"""House rule 10: every migration runs forward from an older store with data in it, and its guards still stand."""

from __future__ import annotations

import databases
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from store_rows import a_row

from yingbao import store

# The first release is 0001 to 0003 together. Every state after it, but the present one, is somebody's store.
STATES = sorted(name for app, name in MigrationLoader(None).graph.nodes if app == "store")
OLDER = STATES[STATES.index("0003_guards") : -1]
GUARDED = {one._meta.db_table for one in apps.get_app_config("store").get_models() if getattr(one, "append_only", False)}


@pytest.fixture(params=databases.VENDORS)
def nothing(request, session_folder, tmp_path):
    """Django points at a database that nobody has migrated."""
    with databases.empty(request.param, session_folder, tmp_path) as address:
        (tmp_path / "new").mkdir()
        store.use(address)
        yield
        connections.close_all()
        store.use(databases.NOWHERE)


def brought_to(state):
    """The models of a state of the schema, once the database is in it."""
    executor = MigrationExecutor(connection)
    executor.migrate([("store", state)])
    return list(executor.loader.project_state([("store", state)]).apps.get_models())


def rows_of(models):
    """What stands in the tables of some models."""
    found = {}
    with connection.cursor() as cursor:
        for model in models:
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column)
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = [str(row) for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize("older", OLDER)
def test_an_older_store_comes_forward_with_all_its_rows(nothing, older):
    models = brought_to(older)
    for model in models:
        a_row(model)
    before = rows_of(models)
    assert {len(rows) for rows in before.values()} == {1}
    brought_to(STATES[-1])
    assert rows_of(models) == before
    for table in sorted(GUARDED & set(before)):
        with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}"')
