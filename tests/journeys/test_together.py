"""Several processes at once: the others are told who does it, and what is not the same is all done. Every act: ``test_kills``."""

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
from world import PAYDAY

from yingbao.store.models import AuditEvent, Run, RunLine

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
    assert RunLine.objects.count() == Run.objects.get().line_count


@pytest.mark.parametrize("count", [4])
def test_four_different_facts_told_at_once_are_all_kept(world, count):
    before = AuditEvent.objects.count()
    told = together(world, "tell", count, people=[world.person(name) for name in ("陈桂兰", "黄玉芳", "徐长林", "张玉珍")])
    assert (ends(told), AuditEvent.objects.count()) == ({"done": 4}, before + 4)
