"""Nobody and no fen can vanish or change unseen: any one row taken out of any table, or altered, is noticed by the check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import busy
import erase
import pytest
import world as worlds
from erase import Row

from yingbao.acts import runs
from yingbao.acts.ledger import compact
from yingbao.reports.checks import ALL, run_checks
from yingbao.store import tally
from yingbao.store.models import Fact, Officer
from yingbao.values.facts import FactKind

LATER = date(2019, 2, 28)
# What the busier village must have told of, or its test would prove less than it says.
WRITTEN = {int(kind) for kind in (
    FactKind.CATEGORY, FactKind.DEATH, FactKind.LIFE_CERTIFICATE, FactKind.SUSPECTED_DEATH, FactKind.OWN_PAYMENT,
    FactKind.RECOVERY_NOTICE, FactKind.RECOVERY_PLAN, FactKind.WRITE_OFF)}  # fmt: skip


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


# What tells the kinds of rows in the tables that carry a person or a fen.
KINDS = {
    "store_fact": "kind", "store_posting": "item", "store_runline": "item", "store_journalentry": "kind",
    "store_run": "kind", "store_sourcefile": "kind", "store_bankanswer": "outcome", "store_donestep": "book, item",
}  # fmt: skip


def noticed() -> bool:
    """Some part of the check fails; the quick parts first."""
    return any(not one.ok for part in ALL for one in run_checks(worlds.POOL, LATER, [part]))


@pytest.fixture
def busier_world(sqlite: str, tmp_path: Path) -> worlds.World:
    """With a row of every kind that the whole law writes: accounts, interest, endings, moves, recoveries, certificates, waivers."""
    told = busy.tell_more(worlds.make(tmp_path))
    compact(**told.by("finance", LATER))
    return told


def test_a_row_of_any_kind_missing_fails_the_check(busier_world):
    assert not noticed()
    rows = [(table, key) for table, kinds in KINDS.items() for key in erase.one_of_each(table, kinds)]
    unnoticed = []
    for table, key in rows:
        with erase.without(table, key):
            if not noticed():
                unnoticed.append((table, key))
    kinds = set(Fact.objects.values_list("kind", flat=True))
    assert (unnoticed, len(rows) > 60, WRITTEN - kinds) == ([], True, set())
    fact = erase.keys("store_fact")[0]
    with erase.altered("store_fact", "number", fact, "number + 0.5"):
        (found,) = [one for one in run_checks(worlds.POOL, LATER, ["fingerprints"]) if not one.ok]
    assert f"{fact[0]} 的 number" in found.detail


# A cell of every table that acts write, and what a thief would make of it.
CELLS = {
    "store_person": ("name", "'张三'"), "store_fact": ("told_at", "'2018-01-01'"), "store_factchange": ("reason", "'x'"),
    "store_sourcefile": ("name", "'x'"), "store_sourcerecord": ("village", "'x'"), "store_sourceblock": ("cipher", "cipher || 'x'"),
    "store_recorddecision": ("officer_id", "officer_id + 1"), "store_matchcase": ("level", "'L9'"),
    "store_matchdecision": ("told_at", "'2018-01-01'"), "store_run": ("holder", "'x'"), "store_journalentry": ("reason", "'x'"),
    "store_posting": ("debit", "debit + 1"), "store_bankbatch": ("sha256", "'x'"), "store_bankline": ("name", "'张三'"),
    "store_bankanswer": ("bank_serial", "'x'"), "store_openingtotal": ("value", "value + 1"),
}  # fmt: skip
OTHER_CELLS = {
    ("store_officer", "roles", "'[\"admin\", \"checker\"]'"): "officers_as_registered",
    ("store_officer", "name", "'x'"): "officers_as_registered",
    ("store_run", "state", "'void'"): "runs_stand_as_left", ("store_keyfingerprint", "fingerprint", "'x'"): "keys_noted",
}  # fmt: skip


def failing(part):
    return [one.key for one in run_checks(worlds.POOL, busy.UNTIL, [part]) if not one.ok]


def test_a_cell_altered_in_any_table_fails_the_check(busy_world):
    assert tally.TABLES - set(CELLS) == {"store_personalias", "store_closedyear"}  # rows the village has none of
    for table, (column, to) in CELLS.items():
        with erase.altered(table, column, erase.keys(table)[0], to):
            assert failing("fingerprints") == ["rows_as_written"], table
    for (table, column, to), said in OTHER_CELLS.items():
        with erase.altered(table, column, erase.keys(table)[-1], to):
            assert said in failing("chain") + failing("runs") + failing("guards"), (table, column)
    assert failing("fingerprints") == []
    with erase.altered("store_posting", "debit", erase.keys("store_posting")[-1], "999999"):
        assert not sound()  # whatever the other parts make of an account that is none


def test_who_gave_himself_a_right_for_an_hour_is_found_by_what_he_did_in_it(busy_world):
    officer, day = Officer.objects.get(login="finance"), busy.UNTIL
    Officer.objects.filter(pk=officer.pk).update(roles=["checker", "finance"])
    drafted = runs.draft_account(2018, **busy_world.by("maker", day))
    runs.submit(drafted.run.pk, **busy_world.by("maker", day))
    runs.approve(drafted.run.pk, **busy_world.by("finance", day))
    Officer.objects.filter(pk=officer.pk).update(roles=["finance"])
    assert failing("chain") == ["officers_entitled"]


def test_every_table_of_the_pipeline_has_rows_to_lose(busy_world):
    empty = {table for table in erase.tables() if not erase.keys(table)}
    assert empty <= {"store_personalias", "store_closedyear"}  # no act of a village's two months writes them


def test_a_kept_law_that_was_altered_fails_the_check(busy_world):
    from django.db import connection

    with erase.unguarded("store_policyversion"), connection.cursor() as cursor:
        cursor.execute("UPDATE store_policyversion SET content = 'eJyrVs' || content")
    assert [one.key for one in run_checks(worlds.POOL, busy.UNTIL, ["runs"]) if not one.ok] == ["laws_kept"]
