"""Two officers are two people, whatever is registered: logins, names, pools."""

from __future__ import annotations

import pytest
from world import POOL, REGISTER_TOLD

from yingbao.acts import office
from yingbao.acts.act import officer
from yingbao.acts.errors import NameTaken, NotAllowed, OfficerElsewhere, PoolFounded
from yingbao.acts.office import add_officer, found_pool
from yingbao.store.models import Officer

NEIGHBOUR = 320602


@pytest.fixture(autouse=True)
def two_counties(monkeypatch):
    """The policy folder holds the law of one county; founding another needs one."""
    monkeypatch.setattr(office, "region_of", str)


def add(login, name, *roles, pool=POOL, by="admin", **how):
    """An officer as an administrator registers him."""
    return add_officer(login, name, list(roles), pool=pool, by=officer(by), on=REGISTER_TOLD, **how)


def test_one_person_cannot_have_two_logins_in_a_pool(world):
    with pytest.raises(NameTaken, match="maker"):
        add("maker2", "经办 小周", "checker")
    add("maker2", "经办小周（城南）", "checker")
    with pytest.raises(NameTaken, match="maker"):
        add("maker2", "经办小周", "checker", change=True)


def test_an_officer_of_one_pool_is_nobody_in_another_and_not_its_to_change(world):
    found_pool(NEIGHBOUR, "邻县", "neighbour", "邻县管理员")
    assert Officer.objects.get(login="neighbour").pool == NEIGHBOUR
    for login in ("maker", "admin"):
        for change in (False, True):
            with pytest.raises(OfficerElsewhere, match=str(NEIGHBOUR)):
                add(login, Officer.objects.get(login=login).name, "admin", pool=NEIGHBOUR, by="neighbour", change=change)
    add("namesake", "经办小周", "maker", pool=NEIGHBOUR, by="neighbour")
    with pytest.raises(NotAllowed):
        add("mine", "我", "checker", by="neighbour")


def test_founding_again_makes_no_administrator(world):
    assert found_pool(POOL, "如皋市", "admin", "系统管理员").login == "admin"
    with pytest.raises(PoolFounded, match="me"):
        found_pool(POOL, "如皋市", "me", "我")
    for pool, login in ((POOL, "maker"), (NEIGHBOUR, "maker")):
        with pytest.raises(OfficerElsewhere, match="maker"):
            found_pool(pool, "如皋市", login, "系统管理员")
    assert not Officer.objects.filter(login="me").exists()
