"""No ID or account number in clear: not in the database, its journal, a dump, logs or error output."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import traceback
from datetime import date
from pathlib import Path

import databases
import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction
from world import PAYDAY, POOL, POVERTY, ROSTER_HEADINGS, VILLAGE_PEOPLE, in_file, poor_people, roster_row

from yingbao.acts import funds, intake, registry
from yingbao.formats.rosters import read_roster
from yingbao.store import people, sealed
from yingbao.store.errors import NumberInClear
from yingbao.store.models import AuditEvent
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber, IdNumber, check_digit
from yingbao.values.month import month_from_text

NEW_ACCOUNT = "622848112233445566"
BAD_ID = "320622195001019999"


def canaries() -> list[str]:
    """Every number in clear that the world knows, and the account that was told later."""
    known = [text for one in VILLAGE_PEOPLE.values() for text in (one.number, one.account)]
    return [*known, NEW_ACCOUNT, BAD_ID]


def found_in(content: bytes) -> list[str]:
    """The canaries in some bytes, as text of either width."""
    return [one for one in canaries() if one.encode() in content or one.encode("utf-16-le") in content]


@pytest.fixture
def journey(world):
    """A month with what goes wrong in it: a bad row, a doubtful one, a returned payment, a new account."""
    rows = [*(roster_row(one) for one in poor_people()), ("无名氏", BAD_ID, "", "", "", "", ""),
            ("陈贵兰", *roster_row(VILLAGE_PEOPLE["陈桂兰"])[1:])]  # fmt: skip
    world.load(rows, "2018-12", date(2018, 12, 10))
    sent = world.month("2018-12")
    world.take(world.answer(sent[0], {"陈桂兰": "curable"}), date(2018, 12, 17))
    registry.set_bank_account(world.person("陈桂兰"), AccountNumber(NEW_ACCOUNT), "农业银行",
                              **world.by("maker", date(2018, 12, 20)))  # fmt: skip
    return world


def dump(address: str) -> bytes:
    """Every byte of a SQLite store, or every table of a PostgreSQL one as text."""
    if address.startswith("sqlite"):
        path = Path(address.removeprefix("sqlite:///"))
        return b"".join(one.read_bytes() for one in sorted(path.parent.glob(path.name + "*")))
    parts = []
    with psycopg.connect(address) as base:
        tables = base.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            with base.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
                parts += [bytes(part) for part in copy]
    return b"".join(parts)


def test_no_number_is_in_clear_in_the_database(journey, database):
    assert found_in(dump(database)) == []


def test_the_search_itself_finds_what_is_in_clear(journey, database):
    assert "陈桂兰".encode() in dump(database)


def test_no_number_is_in_clear_in_the_database_after_it_is_closed(journey, database):
    connections.close_all()
    assert found_in(dump(database)) == []


def test_no_number_is_in_the_audit_chain(journey):
    told = json.dumps(list(AuditEvent.objects.values("subject", "summary", "verb")), ensure_ascii=False, default=str)
    assert found_in(told.encode()) == []


def test_numbers_are_in_the_bank_files_and_nowhere_else_that_we_wrote(journey):
    written = {path for path in journey.folder.rglob("*") if path.is_file() and path.parent.name != "in"}
    holding = {path for path in written if path.parent.name != "store" and found_in(path.read_bytes())}
    assert {path.parent.name for path in holding} == {"out"}


def test_the_new_account_is_in_the_next_bank_file(journey):
    sent = journey.month("2019-01")
    assert NEW_ACCOUNT.encode() in sent[0].read_bytes()
    assert "陈桂兰" in in_file(sent)


def test_no_number_is_logged(world, caplog):
    with caplog.at_level(logging.DEBUG):
        world.month("2018-12")
    assert found_in(caplog.text.encode()) == []


def test_no_number_is_in_the_words_of_a_refusal(world):
    said = []
    for attempt in (
        lambda: registry.person_by_id(POOL, _stranger()),
        lambda: AccountNumber("6228X" + NEW_ACCOUNT),
        lambda: world.load([("陈桂兰", BAD_ID, "", "", "", "", "")], "2018-10", PAYDAY["2018-12"]),
    ):
        with pytest.raises(YingbaoError) as refused:
            attempt()
        said.append(str(refused.value) + refused.value.text("en") + repr(refused.value))
    assert found_in("".join(said).encode()) == []


def _stranger():
    return IdNumber("32062219600101999" + check_digit("32062219600101999"))


def test_no_number_is_in_the_stack_when_the_database_itself_refuses(journey):
    one = VILLAGE_PEOPLE["陈桂兰"]
    number = IdNumber(one.number)
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        people.add(POOL, 1, [(one.name, number, sealed.index_of_id(number))])
    assert found_in("".join(traceback.format_exception(broken.value)).encode()) == []


def test_a_roster_checked_at_the_command_line_prints_no_number(journey, database):
    path = journey.table("建档立卡人口信息201901.csv", ("姓名", "身份证号"), [("陈桂兰", BAD_ID), ("王五", "32062219500101")])
    command = [sys.executable, "-c", "from yingbao.cli.app import main; main()", "roster", "check", str(path), "--month", "2019-01"]
    keys = Path(settings.YINGBAO_KEYS)
    done = subprocess.run(command, capture_output=True, env={**databases.environment(database, keys), "PYTHONUTF8": "1"},
                          cwd=journey.folder, timeout=120, check=False)  # fmt: skip
    assert (found_in(done.stdout + done.stderr), "320622********9999" in done.stdout.decode()) == ([], True)


def test_a_number_typed_into_a_reason_is_refused_and_one_in_a_files_name_is_masked(world, database):
    number, by = VILLAGE_PEOPLE["王桂兰"].number, world.by("maker", date(2018, 12, 10))
    fact = registry.tell(world.person("王桂兰"), FactKind.HOLD, date(2018, 12, 1), value="other", **by)
    for told in (lambda: registry.withdraw(fact.pk, f"与{number}重复", **by),
                 lambda: funds.draw(100, number.lower(), **world.by("finance", date(2018, 12, 10)))):  # fmt: skip
        with pytest.raises(NumberInClear, match=r"\*\*\*\*"):
            told()
    path = world.table(f"王桂兰{number}.csv", ROSTER_HEADINGS, [roster_row(one) for one in poor_people()])
    intake.load_roster(read_roster(path, kind=POVERTY), data_month=month_from_text("2018-12"), **by)
    assert found_in(dump(database)) == []
