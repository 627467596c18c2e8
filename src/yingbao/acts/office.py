"""Setting up: the pool (统筹区) and its officers."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q

from yingbao.acts.act import ROLE_ZH, Act, Role, act
from yingbao.acts.errors import NameTaken, NotOpened, OfficerElsewhere, OfficerExists, PoolFounded, UnknownRole
from yingbao.store.bases import region_of
from yingbao.store.errors import StoreBusy
from yingbao.store.models import Officer, OpeningTotal, Pool
from yingbao.values.month import Month, month_of


def found_pool(code: int, name: str, admin_login: str, admin_name: str) -> Officer:
    """Create a pool and its first administrator: the one thing that happens before acts can.

    The first of all administrates every pool, one who comes with a later pool only that. Harmless when pool and
    administrator are there already; a pool that is there takes no new administrator in this way. Raises PoolFounded.
    """
    region_of(code)
    with transaction.atomic():
        _, fresh = Pool.objects.get_or_create(pk=code, defaults={"name": name})
        known = Officer.objects.filter(login=admin_login).first()
        if known is None and not fresh:
            raise PoolFounded(pool=code, login=admin_login)
        if known is not None:
            if Role.ADMIN not in known.roles or known.pool not in (None, code):
                raise _elsewhere(code, known)
            return known
        of = code if Officer.objects.exists() else None
        first, _ = Officer.objects.get_or_create(
            login=admin_login, defaults={"name": admin_name, "pool": of, "roles": [Role.ADMIN.value]})  # fmt: skip
    return first


@act("officer.add", needs=Role.ADMIN)
def add_officer(act: Act, login: str, name: str, roles: list[str], *, change: bool = False) -> Officer:
    """Register an officer of the pool; with ``change``, give one who is there another name or other roles.

    Raises OfficerExists where somebody else would be written over, OfficerElsewhere, NameTaken, UnknownRole.
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
    was = {"was": kept.name} if kept is not None and kept.name != name else {}
    kept = kept or Officer(login=login, pool=act.pool)
    kept.name, kept.roles, kept.active = name, wanted, True
    _save(act.pool, kept)
    act.about(f"officer {kept.pk}", name=name, roles=wanted, login=login, of_pool=kept.pool, **was)
    return kept


def _exists(kept: Officer) -> OfficerExists:
    return OfficerExists(login=kept.login, name=kept.name, roles="、".join(ROLE_ZH[Role(one)] for one in kept.roles))


def _elsewhere(pool: int, kept: Officer) -> OfficerElsewhere:
    where = ("全部统筹区", "all pools") if kept.pool is None else (f"统筹区 {kept.pool}", f"pool {kept.pool}")
    return OfficerElsewhere(login=kept.login, where=where[0], where_en=where[1], pool=pool)


def _refuse_namesake(act: Act, login: str, name: str) -> None:
    """Raise NameTaken where another officer who acts for the pool bears the name, blanks aside."""
    others = Officer.objects.filter(Q(pool=act.pool) | Q(pool=None), active=True).exclude(login=login)
    for other in others:
        if "".join(other.name.split()) == "".join(name.split()):
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

