"""A clerk's check of many deaths before any is told: the command as it is typed, with its start and its reading of the list."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.county import opened
from bench.measure import Row
from bench.places import POOL

ITEM = "7 death check"
DEATHS, DIED, ON = 2_000, "2018-10-05", "2018-12-20"
SECONDS = 5
_COMMAND = (sys.executable, "-m", "yingbao.cli", "--json", "ending", "trial")


def trial(vendor: str, address: str, folder: Path) -> list[Row]:
    """Two thousand people in payment by ID number, dead for two months; nothing may be stored."""
    with opened(address):
        listed = _list_of_deaths(folder)
        before = _everything()
        began = time.perf_counter()
        done = subprocess.run([*_COMMAND, str(listed), "--on", ON, "--pool", str(POOL)],
                              check=True, capture_output=True, env={**os.environ, "YINGBAO_DATABASE_URL": address})  # fmt: skip
        seconds = time.perf_counter() - began
        assert _everything() == before
        tried = done.stdout.count(b'"died_on"')
    return [Row(ITEM, f"`yingbao ending trial` of {tried:,} deaths, from start to end; nothing stored", vendor, seconds,
                seconds_at_most=SECONDS)]  # fmt: skip


def _list_of_deaths(folder: Path) -> Path:
    from yingbao.store import sealed  # noqa: PLC0415
    from yingbao.store.models import Fact, Person  # noqa: PLC0415
    from yingbao.values.facts import FactKind  # noqa: PLC0415

    paid = Fact.objects.filter(kind=int(FactKind.PENSION_IN_PAYMENT)).order_by("person_id").values_list("person_id", flat=True).distinct()
    everybody = list(paid)
    chosen = everybody[:: max(1, len(everybody) // DEATHS)][:DEATHS]
    ciphers = dict(Person.objects.filter(pk__in=chosen).values_list("pk", "id_cipher"))
    numbers = sealed.open_ids([ciphers[one] for one in chosen], chosen)
    path = folder / "死亡名单.csv"
    path.write_text("\n".join(["身份证号,死亡日期", *(f"{one},{DIED}" for one in numbers)]) + "\n", encoding="utf-8")
    return path


def _everything() -> dict[str, int]:
    """How many rows each table has, that of the log among them."""
    from django.apps import apps  # noqa: PLC0415

    return {model.__name__: model.objects.count() for model in apps.get_app_config("store").get_models()}
