"""What has been written stays written, on both databases, whoever asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from store_rows import a_row

from yingbao.store.models import Run

GUARDED = sorted(model.__name__ for model in apps.get_app_config("store").get_models() if getattr(model, "append_only", False))


def refuses(statement):
    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("name", GUARDED)
def test_a_row_is_neither_changed_nor_removed(database, vendor, name):
    model = apps.get_model("store", name)
    a_row(model)
    table = model._meta.db_table
    column = next(field.column for field in model._meta.concrete_fields if field.column)
    refuses(f'UPDATE "{table}" SET "{column}" = "{column}"')
    refuses(f'DELETE FROM "{table}"')
    if vendor == "postgresql":
        refuses(f'TRUNCATE "{table}"')
    else:
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column)
        refuses(f'REPLACE INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"')


def a_run(**changes):
    day = date(2018, 12, 3)
    plain = {
        "pool": 320682, "kind": "payroll", "period": 24227, "on": day, "known_on": day, "known_act": 1, "state": "draft",
        "policy_version": "p", "code_version": "c", "region": "rugao", "maker_id": 1, "act_seq": 1,
    }  # fmt: skip
    return Run.objects.create(**{**plain, **changes})


def update_run(**changes):
    with transaction.atomic():
        Run.objects.update(**changes)


def test_nobody_checks_what_he_made_even_by_plain_sql(database):
    a_run(maker_id=7)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('UPDATE "store_run" SET "checker_id" = 7')


def test_the_maker_of_a_run_does_not_change_hands(database):
    a_run(maker_id=7)
    with pytest.raises(IntegrityError, match="经办人不能修改"):
        update_run(maker_id=8, checker_id=7)


def test_the_checker_of_a_run_does_not_change_hands(database):
    a_run(maker_id=7, checker_id=8)
    with pytest.raises(IntegrityError, match="复核人不能修改"):
        update_run(checker_id=9)


@pytest.mark.parametrize("change", [{"pool": 320600}, {"kind": "proxy"}, {"period": 24228}, {"act_seq": 9}])
def test_a_run_keeps_its_name_from_the_first_day(database, change):
    a_run()
    with pytest.raises(IntegrityError, match="不能修改"):
        update_run(**change)


@pytest.mark.parametrize(
    "change", [{"content_hash": "other"}, {"total_fen": 1}, {"line_count": 1}, {"known_act": 2}, {"policy_version": "q"}]
)
def test_what_was_submitted_is_not_changed(database, change):
    a_run(state="submitted")
    with pytest.raises(IntegrityError, match="提交后内容不能修改"):
        update_run(**change)


def test_a_draft_may_get_its_hash(database):
    a_run()
    update_run(content_hash="abc", total_fen=5)
    assert Run.objects.get().content_hash == "abc"


def test_a_void_run_stays_void(database):
    a_run(state="void")
    with pytest.raises(IntegrityError, match="不能再变"):
        update_run(state="approved")


def test_a_run_is_not_deleted(database):
    a_run()
    with pytest.raises(IntegrityError, match="只能作废"), transaction.atomic():
        Run.objects.all().delete()


def test_only_one_run_of_a_period_is_open(database):
    a_run()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_run(state="approved")


def test_a_second_run_opens_when_the_first_is_posted(database):
    a_run()
    update_run(state="posted")
    a_run()
    assert Run.objects.count() == 2
