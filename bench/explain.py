"""Explain one person and month, in a process that has explained before."""

from __future__ import annotations

import statistics
from pathlib import Path

from bench.county import OPENING, opened
from bench.measure import Row, taken
from bench.places import POOL

ITEM = "4 explain"
PEOPLE = 20
SECONDS = 0.2


def person(vendor: str, address: str, folder: Path) -> list[Row]:  # noqa: ARG001 - all items are called alike
    """The median of 20 people of the register, evenly apart."""
    with opened(address):
        from yingbao.reports.explain import explain  # noqa: PLC0415
        from yingbao.store.models import Person  # noqa: PLC0415

        everybody = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        chosen = everybody[:: max(1, len(everybody) // PEOPLE)][:PEOPLE]
        explain(POOL, chosen[0], OPENING)
        times, work, peak = [], [], 0.0
        for one in chosen:
            with taken() as took:
                explain(POOL, one, OPENING)
            times.append(took.seconds)
            work.append(took.cpu_seconds)
            peak = max(peak, took.peak_gb)
        return [Row(ITEM, f"one person and month, median of {len(chosen)} (slowest {max(times):.2f} s)", vendor,
                    statistics.median(times), statistics.median(work), peak, seconds_at_most=SECONDS)]  # fmt: skip
