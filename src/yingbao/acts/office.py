"""Setting up: the pool (统筹区) and its officers."""

from __future__ import annotations

from django.db import transaction

from yingbao.acts.act import ROLE_ZH, Act, Role, act
from yingbao.acts.errors import NotOpened, OfficerExists, UnknownRole
from yingbao.store.bases import region_of
from yingbao.store.models import Officer, OpeningTotal, Pool
from yingbao.values.month import Month, month_of


def found_pool(code: int, name: str, admin_login: str, admin_name: str) -> Officer:
    """Create a pool and its first administrator: the one thing that happens before acts can.

    Harmless when it is there already: returns the administrator.
    """
    region_of(code)
    with transaction.atomic():
        Pool.objects.get_or_create(pk=code, defaults={"name": name})
        first, _ = Officer.objects.get_or_create(
            login=admin_login, defaults={"name": admin_name, "pool": None, "roles": [Role.ADMIN.value]})  # fmt: skip
    return first


@act("officer.add", needs=Role.ADMIN)
def add_officer(act: Act, login: str, name: str, roles: list[str], *, change: bool = False) -> Officer:
    """Register an officer of the pool; with ``change``, give one who is there another name or other roles.

    Raises OfficerExists where somebody else would be written over, UnknownRole.
    """
    if odd := [one for one in roles if one not in set(Role)]:
        raise UnknownRole(role=odd[0], known="、".join(Role))
    wanted = sorted({Role(one).value for one in roles})
    kept = Officer.objects.filter(login=login).first()
    if kept is not None and kept.roles == wanted and kept.name == name and kept.active:
        act.nothing_done()
        return kept
    if kept is not None and not change:
        raise OfficerExists(login=login, name=kept.name, roles="、".join(ROLE_ZH[Role(one)] for one in kept.roles))
    was = {"was": kept.name} if kept is not None and kept.name != name else {}
    kept = kept or Officer(login=login, pool=act.pool)
    kept.name, kept.roles, kept.active = name, wanted, True
    kept.save()
    act.about(f"officer {kept.pk}", name=name, roles=wanted, **was)
    return kept


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

