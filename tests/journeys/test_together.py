"""Several processes at once: one does it, the others are told so in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import databases
import pytest
from django.conf import settings
from django.db import connections
from world import PAYDAY, VILLAGE_PEOPLE, poor_people, roster_row

from yingbao.acts import runs
from yingbao.store.models import AuditEvent, Run, RunLine, SourceFile
from yingbao.values.month import month_from_text

DAY = PAYDAY["2018-12"]


def together(world, operation, count, **options):
    """Run an operation in several processes that start at one moment; what each ended with."""
    connections.close_all()
    driver = Path(__file__).with_name("together_driver.py")
    env = databases.environment(str(settings.DATABASE_URL), Path(settings.YINGBAO_KEYS))
    asked = {"operation": operation, "count": count, "on": DAY.isoformat(), "folder": str(world.folder), "with": options}
    done = subprocess.run([sys.executable, str(driver)], input=json.dumps(asked), capture_output=True, text=True, env=env,
                          timeout=240, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def ends(told):
    return Counter(one["end"] for one in told)


def test_of_eight_who_draft_one_payroll_one_does_and_seven_are_told_who_holds_it(world):
    told = together(world, "draft", 8, month="2018-12")
    assert ends(told) == {"done": 1, "RunAlreadyOpen": 7}
    assert all("经办小周" in one["said"] for one in told if one["end"] != "done")


def test_eight_who_draft_one_payroll_leave_one_run_with_its_lines_once(world):
    together(world, "draft", 8, month="2018-12")
    run = Run.objects.get()
    assert RunLine.objects.count() == run.line_count


def test_of_eight_who_approve_one_run_one_does_and_seven_are_told_its_state(world):
    drafted = runs.draft_payroll(month_from_text("2018-12"), **world.by("maker", DAY))
    runs.submit(drafted.run.pk, **world.by("maker", DAY))
    assert ends(together(world, "approve", 8, run=drafted.run.pk)) == {"done": 1, "WrongState": 7}


def test_of_eight_who_book_one_run_one_does_and_it_is_booked_once(world):
    approved = world.approved(runs.draft_payroll(month_from_text("2018-12"), **world.by("maker", DAY)), DAY)
    told = together(world, "post", 8, run=approved.pk)
    assert (ends(told), world.recognise("2018-12").run) == ({"done": 1, "WrongState": 7}, None)


def test_of_four_who_load_one_roster_one_stores_it_and_three_have_no_effect(world):
    rows = [*(roster_row(one) for one in poor_people()), roster_row(VILLAGE_PEOPLE["高志明"])]
    reading = world.roster(rows, "2018-12")
    told = together(world, "load", 4, file=f"in/{reading.file}", month="2018-12")
    assert ends(told) == {"done": 1, "repeated": 3}
    assert SourceFile.objects.filter(data_month=month_from_text("2018-12")).count() == 1


def test_of_eight_who_take_one_return_file_one_books_it(world):
    back = world.answer(world.month("2018-12")[0], {"陈桂兰": "curable"})
    assert ends(together(world, "settle", 8, file=f"back/{back.name}")) == {"done": 1, "repeated": 7}


def test_the_audit_chain_has_one_event_for_what_was_done_once(world):
    before = AuditEvent.objects.count()
    together(world, "draft", 8, month="2018-12")
    assert AuditEvent.objects.count() == before + 1


@pytest.mark.parametrize("count", [4])
def test_four_different_facts_told_at_once_are_all_kept(world, count):
    before = AuditEvent.objects.count()
    told = together(world, "tell", count, people=[world.person(name) for name in ("陈桂兰", "黄玉芳", "徐长林", "张玉珍")])
    assert (ends(told), AuditEvent.objects.count()) == ({"done": 4}, before + 4)
