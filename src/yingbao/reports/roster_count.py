"""How many people are on rosters on a day, counted by the database: the other route beside the frames."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from yingbao.store.models import Fact, FactChange
from yingbao.values.facts import FactKind


def persons_on_rosters(pool: int, day: date, told_by: date) -> int:
    """Distinct people with a category in force on a day, as told by a day."""
    changes = FactChange.objects.filter(fact_id=OuterRef("pk"), told_at__lte=told_by)
    last = changes.filter(change="ended").order_by("-act_seq", "-id")
    ended = Case(When(Exists(last), then=Subquery(last.values("holds_until")[:1])), default=F("holds_until"))
    told = Fact.objects.filter(pool=pool, kind=int(FactKind.CATEGORY), told_at__lte=told_by, holds_from__lte=day)
    standing = told.exclude(Exists(changes.filter(change="withdrawn"))).annotate(until=ended)
    return standing.filter(Q(until__isnull=True) | Q(until__gte=day)).values("person_id").distinct().count()
