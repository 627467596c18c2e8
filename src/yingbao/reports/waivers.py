"""放弃意向书: the form to be read out and signed, and everything signed so far."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from yingbao.formats.forms.waiver import SCOPES, Waiver, write_waiver
from yingbao.policy.tree import load
from yingbao.reports.words import category_zh, divisions
from yingbao.rules.counselling import counselling, number_of
from yingbao.rules.coverage import population
from yingbao.rules.entitlement import CATEGORY_KEYS
from yingbao.rules.law import one_of
from yingbao.store import relations, sealed, tables
from yingbao.store.bases import region_of
from yingbao.store.errors import UnknownPerson
from yingbao.store.models import Fact, FactChange, Person
from yingbao.values.facts import FactKind
from yingbao.values.identity import IdNumber


class WaiverPaper(NamedTuple):
    """A form that was written, the number of its text, and which parameters of its figures have no public document."""

    path: Path
    number: str
    rests_on: list[str]


def write_form(pool: int, person_id: int, scope: str, day: date, folder: Path, *, whole_ids: bool = False) -> WaiverPaper:
    """The form for a person and scope, in figures of the day. Raises UnknownPerson."""
    person = Person.objects.filter(pool=pool, pk=person_id).first()
    if person is None:
        raise UnknownPerson(pool=pool, shown=f"编号 {person_id}")
    one_of("scope", scope, tuple(SCOPES))
    law = load(region=region_of(pool)).in_force(day)
    told = counselling(scope, law, day)
    number = number_of(scope, told)
    known = relations.relations(pool, day, person_ids=[person_id], with_credits=False)
    classes = population(known, day, CATEGORY_KEYS)
    village = tables.persons(pool, day, person_ids=[person_id])["village"].to_list()
    places = divisions(pool)
    form = Waiver(
        name=person.name, id_number=IdNumber(sealed.open_ids([person.id_cipher], [person_id])[0]),
        address=places.full_name(village[0]) if places and village and village[0] else "", telephone="",
        category=category_zh(str(classes["categories"][0])) if classes.height else "", scope=scope, told=told, reason="", on=day,
        text_number=number, illustrative=law.illustrative(),
    )  # fmt: skip
    path = write_waiver(folder / f"放弃意向书-{person_id}-{scope}-{day}.xlsx", form, whole_ids=whole_ids)
    return WaiverPaper(path, number, law.illustrative())


def signed(pool: int) -> list[dict[str, Any]]:
    """Every waiver ever signed: whose, of what, when, until when, and the number of the text that was read out."""
    found = list(Fact.objects.filter(pool=pool, kind=int(FactKind.WAIVER)).order_by("pk"))
    changes = {one.fact_id: one for one in FactChange.objects.filter(pool=pool, fact_id__in=[one.pk for one in found]).order_by("pk")}
    names = dict(Person.objects.filter(pk__in=[one.person_id for one in found]).values_list("pk", "name"))
    return [
        {"fact": one.pk, "person_id": one.person_id, "name": names.get(one.person_id, ""), "scope": one.value,
         "signed_on": one.holds_from.isoformat(), "state": changes[one.pk].change if one.pk in changes else "standing",
         "until": str(changes[one.pk].holds_until or "") if one.pk in changes else "",
         "text": (one.reference or "").rpartition(":")[2]}
        for one in found
    ]  # fmt: skip
