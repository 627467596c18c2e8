"""Setting up: the pool (统筹区) and its officers."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from yingbao.acts.act import ROLE_ZH, Act, Role, act
from yingbao.acts.errors import (
    NameTaken,
    NotOneself,
    NotOpened,
    OfficerElsewhere,
    OfficerExists,
    OfficerHoldsRun,
    PoolFounded,
    UnknownOfficer,
    UnknownRole,
)
from yingbao.store import audit
from yingbao.store.bases import region_of
from yingbao.store.errors import StoreBusy
from yingbao.store.models import Officer, OpeningTotal, Pool, Run
from yingbao.store.officers import FOUNDED, names_borne
from yingbao.values.month import Month, month_of


def found_pool(code: int, name: str, admin_login: str, admin_name: str, *, on: date) -> Officer:
    """Create a pool and its first administrator: the one thing that happens before acts can, and the first audit row.

    The first of all administrates every pool, one who comes with a later pool only that. Harmless when pool and
    administrator are there already; a pool that is there takes no new administrator in this way. Raises PoolFounded.
    """
    region_of(code)
    with transaction.atomic():
        head = audit.lock(code)
        kept, fresh = Pool.objects.get_or_create(pk=code, defaults={"name": name})
        known = Officer.objects.filter(login=admin_login).first()
        if known is None and not fresh:
            raise PoolFounded(pool=code, login=admin_login)
        if known is not None:
            if Role.ADMIN not in known.roles or known.pool not in (None, code):
                raise _elsewhere(code, known)
            first = known
        else:
            of = code if Officer.objects.exists() else None
            first, _ = Officer.objects.get_or_create(
                login=admin_login, defaults={"name": admin_name, "pool": of, "roles": [Role.ADMIN.value]})  # fmt: skip
        if fresh:
            audit.append(head, on=on, officer_id=first.pk, verb=FOUNDED, subject=f"officer {first.pk}",
                         summary={**_registered(first), "pool_name": kept.name})  # fmt: skip
    return first


def _registered(officer: Officer) -> dict[str, object]:
    """What an audit row says of an officer: the check compares him with the last of them."""
    return {"name": officer.name, "roles": officer.roles, "login": officer.login, "of_pool": officer.pool}


@act("officer.add", needs=Role.ADMIN)
def add_officer(act: Act, login: str, name: str, roles: list[str], *, change: bool = False) -> Officer:
    """Register an officer of the pool; with ``change``, give one who is there another name or other roles.

    Somebody who had left comes back in the same way. Raises OfficerExists where somebody else would be written over,
    OfficerElsewhere, NameTaken, UnknownRole, NotOneself, OfficerHoldsRun.
    """
    if odd := [one for one in roles if one not in set(Role)]:
        raise UnknownRole(role=odd[0], known="、".join(Role))
    wanted = sorted({Role(one).value for one in roles})
    kept = Officer.objects.filter(login=login).first()
    if kept is not None and kept.pool not in (act.pool, act.by.pool):
        raise _elsewhere(act.pool, kept)
    if kept is not None and kept.roles == wanted and kept.name == name and kept.active:
        act.nothing_done()
        return kept
    if kept is not None and not change:
        raise _exists(kept)
    _refuse_namesake(act, login, name)
    if kept is not None and kept.roles != wanted:
        _refuse_oneself(act, kept)
        if Role.MAKER not in wanted:
            _refuse_drafts(act, kept)
    was = {"was": kept.name} if kept is not None and kept.name != name else {}
    kept = kept or Officer(login=login, pool=act.pool)
    kept.name, kept.roles, kept.active = name, wanted, True
    _save(act.pool, kept)
    act.about(f"officer {kept.pk}", **_registered(kept), **was)
    return kept


@act("officer.end", needs=Role.ADMIN)
def end_officer(act: Act, login: str, why: str) -> Officer:
    """An officer leaves: from now on nothing is done under the login, and nobody else gets it or the name.

    What he did stays his. Another administrator does it, so that one always remains. Raises UnknownOfficer,
    OfficerElsewhere, NotOneself, OfficerHoldsRun.
    """
    kept = Officer.objects.filter(login=login).first()
    if kept is None:
        raise UnknownOfficer(login=login)
    ours = kept.pool in (act.pool, act.by.pool) or (kept.pool is None and Pool.objects.count() == 1)
    if not ours:
        raise _elsewhere(act.pool, kept)
    if not kept.active:
        act.nothing_done()
        return kept
    _refuse_oneself(act, kept)
    _refuse_drafts(act, kept)
    kept.active = False
    kept.save()
    act.about(f"officer {kept.pk}", **_registered(kept), active=False, reason=why)
    return kept


def _refuse_oneself(act: Act, kept: Officer) -> None:
    if kept.pk == act.by.pk:
        raise NotOneself(officer=kept.name)


def _refuse_drafts(act: Act, kept: Officer) -> None:
    """Raise OfficerHoldsRun for a draft nobody has handed in yet. What is handed in goes on without him."""
    held = Run.objects.filter(pool=act.pool, maker_id=kept.pk, state="draft").order_by("pk").first()
    if held is not None:
        raise OfficerHoldsRun(officer=kept.name, run=held.pk)


def _exists(kept: Officer) -> OfficerExists:
    return OfficerExists(login=kept.login, name=kept.name, roles="、".join(ROLE_ZH[Role(one)] for one in kept.roles))


def _elsewhere(pool: int, kept: Officer) -> OfficerElsewhere:
    where = ("全部统筹区", "all pools") if kept.pool is None else (f"统筹区 {kept.pool}", f"pool {kept.pool}")
    return OfficerElsewhere(login=kept.login, where=where[0], where_en=where[1], pool=pool)


def _refuse_namesake(act: Act, login: str, name: str) -> None:
    """Raise NameTaken where another officer of the pool bears the name, or ever bore it, blanks aside.

    Also of those who left: who drafts, leaves and comes back under a second login could check his own run.
    """
    others = Officer.objects.filter(Q(pool=act.pool) | Q(pool=None)).exclude(login=login)
    for other in others:
        borne = {other.name, *names_borne(act.pool, other.pk)}
        if "".join(name.split()) in {"".join(one.split()) for one in borne}:
            raise NameTaken(login=other.login, name=name)


def _save(pool: int, officer: Officer) -> None:
    """Keep an officer. Acts of two pools do not stand in one line: the other pool may take the login at this moment."""
    try:
        with transaction.atomic():
            officer.save()
    except IntegrityError as error:
        taken = Officer.objects.filter(login=officer.login).first()
        raise (_elsewhere(pool, taken) if taken else StoreBusy()) from error


@act("pool.open", needs=Role.MAKER)
def open_empty(act: Act, opening_month: Month) -> None:
    """Begin the books with an empty register. The opening import does this by itself."""
    if OpeningTotal.objects.filter(pool=act.pool, name="opening_month").exists():
        raise NotOpened(pool=act.pool, why="期初已经建立，不能重复")
    begin_books(act, opening_month)


def begin_books(act: Act, opening_month: Month) -> None:
    """Keep the opening month, and January of its year as the first month a statement speaks of."""
    for name, value in (("opening_month", opening_month), ("statement_from", month_of(opening_month // 12, 1))):
        OpeningTotal.objects.create(pool=act.pool, name=name, value=value, act_seq=act.seq)
        act.wrote(opening_total=1)
    act.about("opening", month=opening_month)

