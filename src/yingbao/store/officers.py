"""The names of officers as they were at an act: a paper printed again later names the same people."""

from __future__ import annotations

import json
from collections.abc import Iterable

from yingbao.store.models import AuditEvent, Officer

FOUNDED, NAMED, ENDED = "pool.found", "officer.add", "officer.end"  # a later one says which name ``was`` before
ABOUT_OFFICERS = (FOUNDED, NAMED, ENDED)  # what says how an officer stands: name, roles, login, pool, whether he left


def name_at(pool: int, officer_id: int, seq: int) -> str:
    """The name of an officer when the act ``seq`` of a pool was done; the present one where nothing is on record."""
    told = AuditEvent.objects.filter(pool=pool, verb__in=ABOUT_OFFICERS, subject=f"officer {officer_id}")
    earlier = _first(told.filter(seq__lte=seq).order_by("-seq").values_list("summary", flat=True), "name")
    later = _first(told.filter(seq__gt=seq).order_by("seq").values_list("summary", flat=True), "was")
    now = Officer.objects.filter(pk=officer_id).values_list("name", flat=True).first()
    return earlier or later or str(now or "")


def names_borne(pool: int, officer_id: int) -> set[str]:
    """Every name the acts of a pool gave an officer."""
    told = AuditEvent.objects.filter(pool=pool, verb__in=ABOUT_OFFICERS, subject=f"officer {officer_id}")
    said = [json.loads(one) for one in told.values_list("summary", flat=True)]
    return {str(one[key]) for one in said for key in ("name", "was") if key in one}


def _first(summaries: Iterable[str], key: str) -> str:
    """The value of a key in the first summary that has it."""
    return next((str(found[key]) for found in map(json.loads, summaries) if key in found), "")


def act_seq(pool: int, verb: str, subject: str) -> int | None:
    """The number of the last act of a verb about a subject; None if there is none."""
    return AuditEvent.objects.filter(pool=pool, verb=verb, subject=subject).order_by("-seq").values_list("seq", flat=True).first()
