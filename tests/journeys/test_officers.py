"""Two officers are two people, whatever is registered: logins, names, pools."""

from __future__ import annotations

import pytest
from world import PAYDAY, POOL, REGISTER_TOLD

from yingbao.acts import office, runs
from yingbao.acts.act import officer
from yingbao.acts.errors import (
    MakerCannotApprove,
    NameTaken,
    NotAllowed,
    NotOneself,
    OfficerElsewhere,
    OfficerHoldsRun,
    OfficerLeft,
    PoolFounded,
    UnknownOfficer,
)
from yingbao.acts.office import add_officer, end_officer, found_pool
from yingbao.reports.checks import run_checks
from yingbao.store.models import Officer, Pool
from yingbao.values.month import month_from_text

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
    found_pool(NEIGHBOUR, "邻县", "neighbour", "邻县管理员", on=REGISTER_TOLD)
    assert Officer.objects.get(login="neighbour").pool == NEIGHBOUR
    for login in ("maker", "admin"):
        for change in (False, True):
            with pytest.raises(OfficerElsewhere, match=str(NEIGHBOUR)):
                add(login, Officer.objects.get(login=login).name, "admin", pool=NEIGHBOUR, by="neighbour", change=change)
    add("namesake", "经办小周", "maker", pool=NEIGHBOUR, by="neighbour")
    with pytest.raises(NotAllowed):
        add("mine", "我", "checker", by="neighbour")


def test_founding_again_makes_no_administrator(world):
    assert found_pool(POOL, "如皋市", "admin", "系统管理员", on=REGISTER_TOLD).login == "admin"
    with pytest.raises(PoolFounded, match="me"):
        found_pool(POOL, "如皋市", "me", "我", on=REGISTER_TOLD)
    for pool, login in ((POOL, "maker"), (NEIGHBOUR, "maker")):
        with pytest.raises(OfficerElsewhere, match="maker"):
            found_pool(pool, "如皋市", login, "系统管理员", on=REGISTER_TOLD)
    assert not Officer.objects.filter(login="me").exists()


DAY = PAYDAY["2018-12"]


def end(login, by="admin"):
    """An officer leaves on pay day."""
    return end_officer(login, "调离", pool=POOL, by=officer(by), on=DAY)


def failing():
    return [one.key for one in run_checks(POOL, DAY, ["chain"]) if not one.ok]


def test_who_has_left_does_nothing_more_and_nobody_gets_the_login_or_the_name(world):
    end("maker")
    assert end("maker").active is False
    with pytest.raises(OfficerLeft, match="经办小周"):
        officer("maker")
    with pytest.raises(OfficerLeft):
        runs.draft_payroll(month_from_text("2018-12"), **world.by("maker", DAY))
    with pytest.raises(NameTaken, match="maker"):
        add("again", "经办小周", "checker")
    add("maker", "经办小周", "maker", change=True)
    assert (officer("maker").active, failing()) == (True, [])


def test_a_draft_is_handed_in_before_its_maker_leaves_or_makes_no_more(world):
    drafted = runs.draft_payroll(month_from_text("2018-12"), **world.by("both", DAY))
    with pytest.raises(OfficerHoldsRun, match=str(drafted.run.pk)):
        end("both")
    with pytest.raises(OfficerHoldsRun):
        add("both", "经办兼复核", "checker", change=True)
    runs.submit(drafted.run.pk, **world.by("maker", DAY))
    add("both", "换了名", "checker", change=True)
    with pytest.raises(MakerCannotApprove):
        runs.approve(drafted.run.pk, **world.by("both", DAY))
    with pytest.raises(NameTaken, match="both"):
        add("second", "经办兼复核", "checker")
    end("both")
    assert (runs.approve(drafted.run.pk, **world.by("checker", DAY)).state, failing()) == ("approved", [])


def test_an_administrator_neither_ends_nor_empowers_himself_and_one_always_remains(world):
    with pytest.raises(NotOneself):
        end("admin")
    with pytest.raises(NotOneself):
        add("admin", "系统管理员", "admin", "checker", change=True)
    add("deputy", "副管理员", "admin")
    end("admin", by="deputy")
    with pytest.raises(UnknownOfficer):
        officer("admin")
    Officer.objects.filter(login="admin").update(active=True)
    assert failing() == ["officers_as_registered"]


def test_a_county_does_not_end_the_administrator_of_all(world):
    add("deputy", "副管理员", "admin")
    found_pool(NEIGHBOUR, "邻县", "admin", "系统管理员", on=REGISTER_TOLD)
    with pytest.raises(OfficerElsewhere):
        end("admin", by="deputy")


def test_the_first_administrator_and_the_pool_are_covered_by_the_check(world):
    assert failing() == []
    for column, to in (("login", "x"), ("name", "x"), ("pool", POOL), ("roles", ["admin", "checker"]), ("active", False)):
        kept = Officer.objects.get(login="admin")
        Officer.objects.filter(pk=kept.pk).update(**{column: to})
        assert "officers_as_registered" in failing(), column
        kept.save()
    stranger = Officer.objects.create(login="stranger", name="生人", roles=["admin"])
    assert failing() == ["officers_as_registered"]
    stranger.delete()
    Pool.objects.filter(pk=POOL).update(name="x")
    assert failing() == ["pools_as_founded"]


def test_the_check_finds_what_somebody_did_who_had_left(world):
    end("maker")
    Officer.objects.filter(login="maker").update(active=True)
    world.new_account("王桂兰", DAY)
    Officer.objects.filter(login="maker").update(active=False)
    assert failing() == ["officers_entitled"]
