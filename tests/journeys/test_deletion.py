"""Nobody and no fen can vanish unseen: any one row taken out of any table is noticed by the check."""

from __future__ import annotations

import busy
import erase
import pytest
import world as worlds
from erase import Row

from yingbao.acts.ledger import compact
from yingbao.reports.checks import run_checks


@pytest.fixture
def busy_world(world: worlds.World) -> worlds.World:
    """A village with rows in every table, its picture of done compacted."""
    told = busy.tell(world)
    compact(**told.by("finance", busy.UNTIL))
    return told


# Tables in which the first and the last row are of another kind than those between.
ENDS_TOO = ("store_fact", "store_factchange", "store_sourcerecord", "store_posting", "store_runline")


def chosen() -> list[Row]:
    """A row from the middle of every table; of some, the ends as well."""
    found: list[Row] = []
    for table in erase.tables():
        keys = erase.keys(table)
        places = {0, len(keys) // 2, len(keys) - 1} if table in ENDS_TOO else {len(keys) // 2}
        if keys:
            found += [(table, keys[place]) for place in sorted(places)]
    return found


def sound() -> bool:
    return all(one.ok for one in run_checks(worlds.POOL, busy.UNTIL))


def test_the_busy_village_passes_every_check(busy_world):
    assert [one for one in run_checks(worlds.POOL, busy.UNTIL) if not one.ok] == []


def test_a_row_missing_from_any_table_fails_the_check(busy_world):
    unnoticed = []
    for table, key in chosen():
        with erase.without(table, key):
            if sound():
                unnoticed.append((table, key))
    assert unnoticed == []


def test_every_table_of_the_pipeline_has_rows_to_lose(busy_world):
    empty = {table for table in erase.tables() if not erase.keys(table)}
    assert empty <= {"store_personalias", "store_closedyear"}  # no act of a village's two months writes them


def test_a_kept_law_that_was_altered_fails_the_check(busy_world):
    from django.db import connection

    with erase.unguarded("store_policyversion"), connection.cursor() as cursor:
        cursor.execute("UPDATE store_policyversion SET content = 'eJyrVs' || content")
    assert [one.key for one in run_checks(worlds.POOL, busy.UNTIL, ["runs"]) if not one.ok] == ["laws_kept"]
