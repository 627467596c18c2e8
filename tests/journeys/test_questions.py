"""What a clerk sees of rows that wait; that nobody is written over by a second registration, nor renamed on old papers."""

from __future__ import annotations

from datetime import date

import pytest
from test_rosters import doubtful
from world import POOL, REGISTER_TOLD

from yingbao.acts import matching
from yingbao.acts.errors import OfficerExists
from yingbao.acts.office import add_officer
from yingbao.reports.manifest import paper_files
from yingbao.reports.match_queue import waiting
from yingbao.store.models import Officer
from yingbao.store.officers import name_at


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


def test_a_paper_printed_again_names_its_officers_as_they_were_called_at_the_act(world):
    run = world.recognise("2018-12").run
    run.refresh_from_db()
    printed = paper_files(run, run.on)
    by = {"pool": POOL, "by": Officer.objects.get(login="admin"), "on": date(2018, 12, 28)}
    for login, name in (("maker", "经办周丽"), ("checker", "复核吴敏")):
        add_officer(login, name, [login], change=True, **by)
    assert paper_files(run, run.on) == printed
    now = 10**9
    assert [name_at(POOL, one, now) for one in (run.maker_id, run.checker_id)] == ["经办周丽", "复核吴敏"]
    assert [name_at(POOL, one, run.act_seq) for one in (run.maker_id, run.checker_id)] == ["经办小周", "复核老吴"]
