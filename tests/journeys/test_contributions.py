"""A year of contributions through channels, proxies, crediting, refunds and the bank."""

from __future__ import annotations

from datetime import date

import pytest
from world import POOL, VILLAGE_PEOPLE, in_file

from yingbao.acts import contributions, funds, registry, runs
from yingbao.acts.errors import PaymentRefused, PaymentsHaveTheirOwnAct
from yingbao.formats.rosters import read_roster
from yingbao.reports.checks.run import run_checks
from yingbao.reports.collected import collected_of
from yingbao.reports.contribution_list import contribution_list
from yingbao.reports.evidence import Evidence
from yingbao.rules.collecting import Asked
from yingbao.store.models import Fact, JournalEntry, RunLine, SourceRecord
from yingbao.values.facts import FactKind
from yingbao.values.purpose import Item

HEADINGS = ("渠道流水号", "缴费日期", "公民身份号码", "姓名", "缴费年度", "金额（元）", "渠道", "缴费类型")
FILE_DAY, YEAR_END, LATE = date(2018, 12, 20), date(2018, 12, 31), date(2019, 1, 14)
BANK_ROWS = (
    ("B1", "2018-12-18", "高志明", 2018, "300.00", "正常"),
    ("B2", "2018-12-11", "李秀兰", 2018, "300.00", "正常"),
    ("B3", "2018-12-10", "顾建国", 2018, "500.00", "正常"),
    ("B4", "2018-12-10", "沈美华", 2018, "250.00", "正常"),
    ("B5", "2018-12-12", "钱国英", 2016, "500.00", "补缴"),
)


def paid(world, name, fen, day, *, year=2018, kind=FactKind.OWN_PAYMENT):
    return Asked(world.person(name), kind, year, fen, day)


def record(world, asked, serial, on, channel="app"):
    return contributions.record(asked, channel=channel, serial=serial, **world.by("maker", on))


def bank_file(world, rows, on=FILE_DAY, name="居保缴费明细201812.csv"):
    cells = [(serial, day, VILLAGE_PEOPLE[who].number, who, str(year), yuan, "农商银行代扣", kind)
             for serial, day, who, year, yuan, kind in rows]  # fmt: skip
    reading = read_roster(world.table(name, HEADINGS, cells), kind="own_payments")
    return contributions.load(reading, **world.by("maker", on))


def posted(world, drafted, on):
    """Approve and book a run; contributions get their money first."""
    run = world.approved(drafted, on)
    if run.kind == "proxy":
        funds.proxy_arrived(run.pk, run.total_fen, f"代缴-{run.pk}", **world.by("finance", on))
    runs.post(run.pk, **world.by("finance", on))
    return lines_of(drafted)


def lines_of(drafted):
    """Person, item and fen of a run."""
    return {(one.person_id, Item(one.item)): one.amount_fen for one in RunLine.objects.filter(run_id=drafted.run.pk)}


def account(world, on, year=2018):
    return runs.draft_account(year, **world.by("maker", on))


def paid_out(world, on):
    """The month's payroll and its disbursement: the bank files."""
    world.recognise("2018-12", on)
    return world.pay("2018-12", on)


def failed(day):
    return [(one.key, one.detail or (one.left, one.right)) for one in run_checks(POOL, day) if not one.ok]


@pytest.fixture
def collected(world):
    """The payments of December 2018 as the channels told them, and the county's own batch."""
    record(world, paid(world, "高志明", 30_000, date(2018, 12, 5)), "A1", date(2018, 12, 6))
    registry.tell(world.person("高志明"), FactKind.OTHER_SCHEME, date(2018, 11, 1), holds_until=YEAR_END, value="employee",
                  **world.by("maker", FILE_DAY))  # fmt: skip
    bank_file(world, BANK_ROWS)
    drafted = runs.draft_proxy(2018, date(2018, 12, 15), **world.by("maker", FILE_DAY))
    posted(world, drafted, FILE_DAY)
    return world


def test_a_channels_file_keeps_what_is_a_tier_and_sends_the_rest_back(collected):
    wrong = SourceRecord.objects.get(name="沈美华", disposition="quarantined")
    assert wrong.reasons == "payment_not_a_tier"
    assert not Fact.objects.filter(person_id=collected.person("沈美华"), kind=int(FactKind.OWN_PAYMENT)).exists()
    found = collected_of(Evidence(POOL, FILE_DAY))
    assert (found.collected_fen, found.credited_fen, found.open_fen) == (190_000, 0, 190_000)
    assert failed(FILE_DAY) == []


def test_the_same_serial_again_changes_nothing_and_another_amount_is_refused(collected):
    before = (Fact.objects.count(), JournalEntry.objects.count())
    again = record(collected, paid(collected, "高志明", 30_000, date(2018, 12, 5)), "A1", FILE_DAY)
    assert again.repeated
    other = bank_file(collected, BANK_ROWS[:1], name="居保缴费明细201812补.csv")
    assert (other.reasons["payment_known"], other.counts["stored"]) == (1, 0)
    with pytest.raises(PaymentRefused, match="流水号"):
        record(collected, paid(collected, "高志明", 50_000, date(2018, 12, 5)), "A1", FILE_DAY)
    with pytest.raises(PaymentRefused, match="档次"):
        record(collected, paid(collected, "高志明", 45_000, date(2018, 12, 5)), "A2", FILE_DAY)
    with pytest.raises(PaymentsHaveTheirOwnAct):
        registry.tell(collected.person("高志明"), FactKind.OWN_PAYMENT, FILE_DAY, value="2018", number=1, **collected.by("maker", FILE_DAY))
    assert (Fact.objects.count(), JournalEntry.objects.count()) == before


def test_the_account_run_credits_one_contribution_a_year_and_the_rest_goes_back_through_the_bank(collected):
    world = collected
    lines = posted(world, account(world, YEAR_END), YEAR_END)
    person = {name: world.person(name) for name in ("高志明", "顾建国", "钱国英", "李秀兰", "沈美华")}
    assert lines[person["高志明"], Item.OWN_CONTRIBUTION] == 25_000  # 300 less two months of twelve in the employee scheme
    assert lines[person["顾建国"], Item.OWN_CONTRIBUTION] == 40_000  # 500 less the county's 100
    assert lines[person["钱国英"], Item.MAKEUP_CONTRIBUTION] == 50_000
    subsidies = {name: lines.get((number, Item.SUBSIDY_COUNTY)) for name, number in person.items()}
    assert subsidies == {"高志明": 3_000, "顾建国": 6_000, "钱国英": 3_000, "李秀兰": None, "沈美华": 3_000}
    assert account(world, YEAR_END).run is None, "a second account run finds nothing"
    files = paid_out(world, YEAR_END)
    sent = in_file(files)
    assert (sent["高志明"], sent["李秀兰"], sent["顾建国"]) == (35_000, 30_000, 10_000)
    for file in files:
        world.take(world.answer(file), YEAR_END)
    funds.subsidy_arrived("county", 15_000, "补贴-1", **world.by("finance", YEAR_END))
    found = collected_of(Evidence(POOL, YEAR_END))
    assert (found.collected_fen, found.credited_fen, found.returned_fen, found.open_fen) == (190_000, 115_000, 75_000, 0)
    assert found.subsidies["county"] == {"credited_fen": 15_000, "arrived_fen": 15_000, "receivable_fen": 0}
    assert failed(YEAR_END) == []


def test_a_payment_told_late_takes_its_place_and_the_differences_are_booked(collected):
    world = collected
    posted(world, account(world, YEAR_END), YEAR_END)
    for file in paid_out(world, YEAR_END):
        world.take(world.answer(file), YEAR_END)
    record(world, paid(world, "高志明", 50_000, date(2018, 12, 3)), "T1", LATE, channel="tax")
    number = world.person("高志明")
    lines = posted(world, account(world, LATE), LATE)
    assert lines[number, Item.OWN_CONTRIBUTION] == 41_667 - 25_000
    assert lines[number, Item.SUBSIDY_COUNTY] == 6_000 - 3_000
    sent = in_file(paid_out(world, LATE))
    assert sent["高志明"] == 30_000 + 30_000 + 8_333 - 35_000, "both later payments and the overlap, less what went back before"
    assert account(world, LATE).run is None
    assert world.recognise("2018-12", LATE).run is None
    assert failed(LATE) == []


def test_a_withdrawn_payment_takes_its_money_and_its_credit_back_and_may_be_told_anew(collected):
    world = collected
    posted(world, account(world, YEAR_END), YEAR_END)
    number = world.person("高志明")
    first = Fact.objects.get(reference="app:A1")
    registry.withdraw(first.pk, "渠道误报", **world.by("maker", LATE))
    assert account(world, LATE).run is None, "the bank's payment of the same amount stands in its place"
    assert collected_of(Evidence(POOL, LATE)).collected_fen == 160_000
    again = record(world, paid(world, "高志明", 30_000, date(2018, 12, 5)), "A1", LATE)
    assert (again.repeated, again.reference) == (False, "app:A1~2")
    assert [one.state for one in contribution_list(POOL, LATE, number)] == ["credited", "goes_back"]
    assert failed(LATE) == []
