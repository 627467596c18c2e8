"""A return file is taken whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from world import PAYDAY, POOL

from yingbao.acts import registry
from yingbao.acts.errors import UnknownBatch
from yingbao.bank_mock.misdeeds import spoiled
from yingbao.formats.bank import BankFileRefused, load_profile
from yingbao.reports.checks import run_checks
from yingbao.store.models import AuditEvent, BankAnswer, Fact, JournalEntry, Posting, Run
from yingbao.values.facts import FactKind

DAY = PAYDAY["2018-12"]


def kept():
    tables = [model.objects.count() for model in (BankAnswer, JournalEntry, Posting, Fact, AuditEvent)]
    return [*tables, *Run.objects.order_by("pk").values_list("state", flat=True)]


def spoilt(world, deed):
    """A return file of December with something wrong."""
    from yingbao.formats.bank import read_payment_file

    sent = world.month("2018-12")[0]
    back = world.answer(sent, {"陈桂兰": "curable"})
    batch = read_payment_file(load_profile(), sent)[0].number
    back.write_bytes(spoiled(load_profile(), back.read_bytes(), deed, batch))
    return back


@pytest.mark.parametrize("deed", ["truncated", "flipped_digest", "other_batch", "missing_line", "wrong_total"])
def test_a_spoilt_return_file_is_refused_whole_and_nothing_is_stored(world, deed):
    back = spoilt(world, deed)
    before = kept()
    with pytest.raises((BankFileRefused, UnknownBatch)):
        world.take(back, DAY)
    assert kept() == before


def test_a_return_file_cut_anywhere_is_refused_whole_and_nothing_is_stored(world):
    back = world.answer(world.month("2018-12")[0])
    content, before = back.read_bytes(), kept()
    for end in range(0, len(content), max(1, len(content) // 60)):
        back.write_bytes(content[:end])
        with pytest.raises(BankFileRefused):
            world.take(back, DAY)
    assert kept() == before


def test_another_batchs_lines_are_refused(world):
    december = world.month("2018-12")[0]
    world.take(world.answer(december), DAY)
    january = world.answer(world.month("2019-01")[0])
    lines = january.read_text(encoding="gb18030").replace("00000201", "00000401")
    january.write_text(lines, encoding="gb18030")
    before = kept()
    with pytest.raises((BankFileRefused, UnknownBatch)):
        world.take(january, PAYDAY["2019-01"])
    assert kept() == before


def test_an_answer_that_contradicts_a_final_one_is_refused(world):
    sent = world.month("2018-12")[0]
    world.take(world.answer(sent), DAY)
    other = world.answer(sent, {"陈桂兰": "curable"}, sequence=2)
    before = kept()
    with pytest.raises(BankFileRefused):
        world.take(other, DAY)
    assert kept() == before


def test_the_true_file_is_taken_after_a_spoilt_one_was_refused(world):
    sent = world.month("2018-12")[0]
    back = world.answer(sent)
    whole = back.read_bytes()
    back.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BankFileRefused):
        world.take(back, DAY)
    back.write_bytes(whole)
    assert world.take(back, DAY).settled_fen == sum(_amounts(world, sent))


def _amounts(world, sent):
    from world import in_file

    return in_file([sent]).values()


def test_a_payment_with_nothing_for_the_bank_waits_for_no_answer(world):
    """Of somebody dead in October only the claim is booked: no file goes out, so nothing can ever answer it."""
    for path in world.month("2018-12"):
        world.take(world.answer(path), DAY)
    told = DAY + timedelta(days=7)
    registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2018, 10, 2), **world.by("maker", told))
    world.recognise("2018-12", told)
    assert world.pay("2018-12", told) == []
    assert Run.objects.latest("pk").state == "settled"
    assert [(one.key, one.detail) for one in run_checks(POOL, told) if not one.ok] == []
