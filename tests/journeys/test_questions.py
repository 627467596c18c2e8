"""What a clerk sees of rows that wait, and that nobody is written over by a second registration."""

from __future__ import annotations

import pytest
from test_rosters import doubtful
from world import POOL, REGISTER_TOLD

from yingbao.acts import matching
from yingbao.acts.errors import OfficerExists
from yingbao.acts.office import add_officer
from yingbao.reports.match_queue import waiting
from yingbao.store.models import Officer


def test_a_waiting_row_is_shown_with_its_name_its_place_and_named_candidates(world):
    case = doubtful(world)
    (found,) = waiting(POOL)
    assert found.case == case.pk
    assert found.name
    assert found.file.endswith(".csv")
    assert found.row > 1
    assert [bool(one.name) and one.score > 0 for one in found.candidates] == [True] * len(found.candidates)


def test_an_answered_row_waits_no_more_and_one_whose_answer_is_undone_does(world):
    case = doubtful(world)
    matching.accept(case.pk, **world.by("maker", REGISTER_TOLD))
    assert waiting(POOL) == []
    matching.undo(case.pk, **world.by("maker", REGISTER_TOLD))
    assert [one.case for one in waiting(POOL)] == [case.pk]


def test_a_login_that_is_there_is_not_written_over_unless_asked(world):
    admin = Officer.objects.get(login="admin")
    with pytest.raises(OfficerExists, match="经办小周"):
        add_officer("maker", "新来的", ["checker"], pool=POOL, by=admin, on=REGISTER_TOLD)
    assert Officer.objects.get(login="maker").roles == ["maker"]
    add_officer("maker", "经办小周", ["checker"], change=True, pool=POOL, by=admin, on=REGISTER_TOLD)
    assert Officer.objects.get(login="maker").roles == ["checker"]
