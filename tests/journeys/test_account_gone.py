"""Whoever is in an approved run is in its bank file, or the file is refused by name: nobody drops out in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from world import PAYDAY

from yingbao.acts import endings, payments, registry, runs
from yingbao.formats.bank import PaymentFileRefused, load_profile
from yingbao.store.models import BankBatch, Fact
from yingbao.store.payees import NoAccountLeft
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber
from yingbao.values.month import month_from_text

DAY = PAYDAY["2018-12"]


def test_an_account_that_ends_between_booking_and_the_bank_file_stops_the_file_by_name(world):
    world.recognise("2018-12")
    drafted = runs.draft_disbursement(month_from_text("2018-12"), **world.by("maker", DAY))
    runs.post(world.approved(drafted, DAY).pk, **world.by("finance", DAY))
    account = Fact.objects.filter(kind=int(FactKind.BANK_ACCOUNT), person_id=world.person("陈桂兰")).latest("pk")
    registry.end(account.pk, DAY - timedelta(days=1), "本人销户", **world.by("maker", DAY))
    with pytest.raises(NoAccountLeft, match=str(account.person_id)):
        payments.instruct(drafted.run.pk, profile=load_profile(), folder=world.folder, **world.by("finance", DAY))
    assert not BankBatch.objects.exists()


def test_a_name_that_no_bank_can_read_keeps_every_file_of_the_run_from_going_out(world):
    world.recognise("2018-12")
    drafted = runs.draft_disbursement(month_from_text("2018-12"), **world.by("maker", DAY))
    runs.post(world.approved(drafted, DAY).pk, **world.by("finance", DAY))
    for name in ("王桂兰", "柳康杰"):
        payee = AccountNumber("6223000000000077555")
        endings.set_payee(world.person(name), payee, f"{name[0]}?{name[2]}", **world.by("maker", DAY))
    out, small = world.folder / "out", replace(load_profile(), max_lines=4)
    with pytest.raises(PaymentFileRefused) as refused:
        payments.instruct(drafted.run.pk, profile=small, folder=out, **world.by("finance", DAY))
    assert ("王?兰" in str(refused.value), "柳?杰" in str(refused.value)) == (True, True)
    assert (list(out.glob("*")), BankBatch.objects.count()) == ([], 0)
