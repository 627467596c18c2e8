"""On which parameters without a public document a booked figure rests.

A figure of the books is not derived again when it is shown. So the draft of a run writes down, in its audit row, which
of the parameters it read are illustrative; what is shown later of the run, or of its entries, names those.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from yingbao.store.models import AuditEvent, Run

KEY = "rests_on_illustrative"
NOT_KEPT = "（批次拟定时的程序没有留存所用参数，见 docs/reference/items.md）"
# Kinds of run that move what a payroll has recognised: their amounts rest on what the payrolls rest on.
_MOVES = ("disbursement", "write_off")
PENSIONS = ("payroll", "disbursement")
_BOOKED = ("posted", "instructed", "settled")


def of_run(run: Run) -> list[str]:
    """The names behind a run's figures, sorted: its own, and of a payment those of the payrolls before it."""
    seqs = {run.known_act}
    if run.kind in _MOVES:
        seqs.update(Run.objects.filter(pool=run.pool, kind="payroll", known_act__lt=run.known_act, state__in=_BOOKED)
                    .values_list("known_act", flat=True))  # fmt: skip
    return _written(run.pool, seqs)


def of_runs(pool: int, run_ids: Iterable[int | None]) -> list[str]:
    """The names behind the entries of some runs, sorted. What has no run (None) is as somebody stated it."""
    wanted = [one for one in run_ids if one is not None]
    return _written(pool, Run.objects.filter(pool=pool, pk__in=wanted).values_list("known_act", flat=True))


def of_booked(pool: int, *kinds: str, until: object = None) -> list[str]:
    """The names behind all posted runs of some kinds, dated by a day if one is given."""
    runs = Run.objects.filter(pool=pool, kind__in=kinds, state__in=_BOOKED)
    return _written(pool, (runs if until is None else runs.filter(on__lte=until)).values_list("known_act", flat=True))


def _written(pool: int, seqs: Iterable[int]) -> list[str]:
    kept = AuditEvent.objects.filter(pool=pool, seq__in=list(seqs)).values_list("summary", flat=True)
    return sorted({name for summary in kept for name in json.loads(summary).get(KEY, [NOT_KEPT])})
