"""The end of a year: interest credited, charges booked, a rate corrected afterwards books the difference; on both databases."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import world as worlds
from django.db import transaction
from openpyxl import load_workbook
from world import PAYDAY, POOL, VILLAGE_PEOPLE

from yingbao.acts import funds, opening, registry, runs
from yingbao.formats.rosters.register import read_register
from yingbao.ledger import postings
from yingbao.ledger.chart import COLLECTED, OWN_INCOME, load_chart
from yingbao.ledger.checks import individual_accounts
from yingbao.policy.tree import load
from yingbao.reports.account_statement import account_statement, write_statement
from yingbao.reports.account_years import account_years
from yingbao.reports.checks import run_checks
from yingbao.reports.errors import NoAccountYear
from yingbao.reports.evidence import Evidence
from yingbao.reports.moment import moment
from yingbao.rules.relations import SPANS
from yingbao.store import journal
from yingbao.store.models import Person, RunLine
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Bucket, Item

YEAR_END, CORRECTED = date(2019, 1, 10), date(2019, 7, 15)
PAYERS, PENSIONERS = 5, 8
INTEREST, CHARGED = 750, 2_000  # 500.00 at 1.5 %; one month of 20.00


@pytest.fixture
def village(database: str, tmp_path: Path) -> worlds.World:
    """The village with 278.00 in each pensioner's account, its books open and December 2018 recognised."""
    world = worlds.World(tmp_path)
    world.found()
    rows = [(*row[:10], "278.00" if row[11] else row[10], *row[11:]) for row in worlds.register_rows(VILLAGE_PEOPLE.values())]
    path = world.table("居保参保登记册2018年11月.csv", worlds.REGISTER_HEADINGS, rows)
    opening.load_register(read_register(path), opening_month=month_from_text("2018-12"), typed=worlds.TOTALS,
                          **world.by("maker", worlds.REGISTER_TOLD))  # fmt: skip
    world.recognise("2018-12")
    return world


def account_run(world: worlds.World, year: int, on: date):
    """An account run, booked; what was drafted."""
    drafted = runs.draft_account(year, **world.by("maker", on))
    if drafted.run is not None:
        runs.post(world.approved(drafted, on).pk, **world.by("finance", on))
    return drafted


def lines(drafted, item: Item) -> list[int]:
    return list(RunLine.objects.filter(run_id=drafted.run.pk, item=int(item)).order_by("line").values_list("amount_fen", flat=True))


def failed(on: date) -> list[str]:
    return [f"{one.key}: {one.detail}" for one in run_checks(POOL, on) if not one.ok]


def balance(world: worlds.World, name: str) -> dict[str, int]:
    found = individual_accounts(Evidence(POOL, CORRECTED).postings, load_chart())
    return dict(found.filter(found["person_id"] == world.person(name)).select("bucket", "amount_fen").iter_rows())


def test_a_year_end_credits_interest_and_books_what_pensions_took(village):
    booked = account_run(village, 2018, YEAR_END)
    assert lines(booked, Item.INTEREST) == [INTEREST] * PAYERS
    assert lines(booked, Item.CHARGE_OWN) == [CHARGED] * PENSIONERS
    assert balance(village, "顾建国") == {"own": 50_000, "interest": INTEREST}
    assert balance(village, "王桂兰") == {"own": 27_800 - CHARGED}
    assert failed(YEAR_END) == []


def test_a_second_year_end_of_the_same_year_books_nothing(village):
    account_run(village, 2018, YEAR_END)
    assert account_run(village, 2018, YEAR_END).run is None


def test_a_year_that_is_not_over_books_nothing(village):
    assert account_run(village, 2018, date(2018, 12, 30)).run is None
    assert account_run(village, 2018, date(2018, 12, 31)).run is not None
    assert account_run(village, 2019, date(2019, 7, 15)).run is None


def test_a_rate_corrected_afterwards_books_the_difference(village, tmp_path, monkeypatch):
    account_run(village, 2018, YEAR_END)
    with_rate_of_2018(tmp_path / "policy", monkeypatch, "2", announced="2019-06-28")
    corrected = account_run(village, 2018, CORRECTED)
    assert lines(corrected, Item.INTEREST) == [1_000 - INTEREST] * PAYERS
    assert balance(village, "顾建国") == {"own": 50_000, "interest": 1_000}
    assert (failed(CORRECTED), account_run(village, 2018, CORRECTED).run) == ([], None)


def test_a_rate_corrected_downwards_takes_interest_back(village, tmp_path, monkeypatch):
    account_run(village, 2018, YEAR_END)
    with_rate_of_2018(tmp_path / "policy", monkeypatch, "1", announced="2019-06-28")
    assert lines(account_run(village, 2018, CORRECTED), Item.INTEREST) == [500 - INTEREST] * PAYERS
    assert failed(CORRECTED) == []


def test_a_death_told_late_gives_back_what_the_pension_took_and_leaves_it_to_the_heirs(village):
    village.recognise("2019-01")
    account_run(village, 2018, YEAR_END)
    registry.tell(village.person("王桂兰"), FactKind.DEATH, date(2018, 11, 30), **village.by("maker", date(2019, 2, 8)))
    after = account_run(village, 2019, date(2019, 2, 21))
    # December was not owed: its charge is undone, and the whole account goes to the heirs.
    assert sorted(lines(after, Item.CHARGE_OWN)) in ([25_800], [-CHARGED, 27_800])
    assert balance(village, "王桂兰") == {}
    village.recognise("2019-02")
    assert failed(PAYDAY["2019-02"]) == []


def with_rate_of_2018(folder: Path, monkeypatch: pytest.MonkeyPatch, percent: str, *, announced: str) -> None:
    """The shipped law with a rate for 2018, published on a day."""
    shutil.copytree(Path(load(region="rugao").root), folder)
    path = folder / "national" / "account" / "crediting_rate.yaml"
    text = path.read_text(encoding="utf-8")
    entry = "    2018-01-01:\n      - {title: 记账利率-1, href: project-choices}\n"
    text = text.replace("  last_value_still_valid_on", f"{entry}  announced:\n    2018-01-01: {announced}\n  last_value_still_valid_on")
    path.write_text(text + f"  2018-01-01: {{value: {percent}}}\n", encoding="utf-8")
    monkeypatch.setenv("YINGBAO_POLICY", str(folder))


def test_a_charge_that_no_pension_made_is_found_by_the_check(village):
    account_run(village, 2018, YEAR_END)
    too_much = pl.DataFrame([(village.person("王桂兰"), int(Item.CHARGE_OWN), 2017 * 12, 2017 * 12 + 1, 1)], schema=SPANS, orient="row")
    by_hand(postings.CREDIT_ACCOUNT, too_much)
    assert {"accounts_paid_what_was_owed", "never_above_due"} <= keys_failed(YEAR_END)


def test_money_in_an_account_that_no_credit_brought_is_found_by_the_check(village):
    account_run(village, 2018, YEAR_END)
    with transaction.atomic():
        entry = journal.new_entry(POOL, "swept", run_id=None, on=YEAR_END, act_seq=1, reason="手工", citation="无")
        journal.post_frame(postings.posting(COLLECTED, OWN_INCOME, 100, month=2018 * 12, entry_id=entry, pool=POOL,
                                            person_id=village.person("顾建国")))  # fmt: skip
    assert "accounts_are_what_came_less_what_went" in keys_failed(YEAR_END)


def by_hand(kind, lines) -> None:
    """A posting that no run made."""
    with transaction.atomic():
        entry = journal.new_entry(POOL, kind.name, run_id=None, on=YEAR_END, act_seq=1, reason="手工", citation="无")
        journal.post_frame(postings.post(kind, lines, entry_id=entry, pool=POOL))


def keys_failed(on: date) -> set[str]:
    return {one.key for one in run_checks(POOL, on) if not one.ok}


# --- the statement


def test_a_statement_marks_what_is_derived_and_not_booked_yet(village):
    before = account_statement(POOL, village.person("王桂兰"), 2018, YEAR_END)
    account_run(village, 2018, YEAR_END)
    after = account_statement(POOL, village.person("王桂兰"), 2018, YEAR_END)
    charge = [[(one.fen, one.booked_fen) for one in found.moves if one.fen < 0] for found in (before, after)]
    assert charge == [[(-CHARGED, 0)], [(-CHARGED, -CHARGED)]]
    assert before.closing == after.closing == {**before.opening, Bucket.OWN: 27_800 - CHARGED}


def test_a_statement_shows_opening_credits_interest_with_rate_and_method_and_closing(village):
    account_run(village, 2018, YEAR_END)
    first, second = (account_statement(POOL, village.person("顾建国"), year, YEAR_END) for year in (2018, 2019))
    assert [(str(one.on), one.what, one.fen, one.source) for one in first.moves] == [
        ("2018-11-30", "期初余额", 50_000, "期初登记"), ("None", "个人账户利息 2018", INTEREST, "结息")]  # fmt: skip
    assert "年利率 1.50%，月积数法（入账次月起息），期初与当年分别四舍五入到分" in first.text()
    assert first.closing == second.opening
    assert (second.moves, sum(second.closing.values())) == ((), 50_000 + INTEREST)


def test_a_statement_closes_with_what_the_books_hold(village):
    account_run(village, 2018, YEAR_END)
    for name in ("顾建国", "王桂兰", "高志明"):
        found = account_statement(POOL, village.person(name), 2018, YEAR_END)
        assert {bucket.key: fen for bucket, fen in found.closing.items() if fen} == balance(village, name)


def test_a_statement_can_be_printed_and_shows_no_whole_number(village, tmp_path):
    found = account_statement(POOL, village.person("王桂兰"), 2018, YEAR_END)
    written = write_statement(found, tmp_path / "papers", YEAR_END)
    cells = [str(cell.value or "") for row in load_workbook(written).active.iter_rows() for cell in row]
    assert "城乡居民基本养老保险个人账户记账明细（2018年权益单）" in cells
    assert ("-20.00" in cells, "258.00" in cells, "推算，尚未记账" in cells) == (True, True, True)
    assert not any(VILLAGE_PEOPLE["王桂兰"].number in cell for cell in cells)


def test_a_proxy_that_is_booked_is_a_credit_with_its_day_and_its_subsidy_waits(village):
    village.load([worlds.roster_row(one) for one in worlds.poor_people()], "2018-11", worlds.ROSTER_TOLD)
    day = date(2018, 12, 6)
    approved = village.approved(runs.draft_proxy(2018, day, **village.by("maker", day)), day)
    funds.proxy_arrived(approved.pk, approved.total_fen, "拨款-1", **village.by("finance", day))
    runs.post(approved.pk, **village.by("finance", day))
    found = account_statement(POOL, village.person("顾建国"), 2018, YEAR_END)
    assert [(str(one.on), one.what, one.bucket, one.fen) for one in found.moves][1] == (
        "2018-12-06", "政府代缴 2018", Bucket.PROXY, 10_000)  # fmt: skip
    assert [(one.what, one.fen) for one in found.waiting] == [("县级缴费补贴 2018", 3_000)]


@pytest.mark.parametrize("year", [2017, 2020])
def test_a_year_before_the_books_or_not_begun_has_no_statement(village, year):
    with pytest.raises(NoAccountYear):
        account_statement(POOL, village.person("顾建国"), year, YEAR_END)


# --- everybody's statement as one table


@pytest.mark.parametrize("year", [2018, 2019])
def test_the_table_of_all_accounts_says_what_each_statement_says(village, year):
    account_run(village, 2018, YEAR_END)
    on = min(date(year, 12, 31), YEAR_END)
    table = account_years(moment(POOL, YEAR_END), on)
    found = {person: {bucket: fen for bucket, fen in rows if fen} for person, rows in _closing(table).items()}
    people = list(Person.objects.values_list("pk", flat=True))
    told = {one: account_statement(POOL, one, year, YEAR_END).closing for one in people}
    assert {one: {bucket.key: fen for bucket, fen in closing.items() if fen} for one, closing in told.items()} == {
        one: found.get(one, {}) for one in people}  # fmt: skip
    sums = pl.col("opening_fen") + pl.col("credited_fen") + pl.col("interest_fen") - pl.col("charged_fen")
    assert table.filter(sums != pl.col("closing_fen")).is_empty()


def _closing(table: pl.DataFrame) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for person, bucket, fen in table.select("person_id", "bucket", "closing_fen").iter_rows():
        found.setdefault(person, []).append((bucket, fen))
    return found


def test_the_table_of_all_accounts_says_what_is_booked_of_it(village):
    known = moment(POOL, YEAR_END)
    before = account_years(known, date(2018, 12, 31))
    account_run(village, 2018, YEAR_END)
    after = account_years(moment(POOL, YEAR_END), date(2018, 12, 31))
    columns = ("interest_booked_fen", "charged_booked_fen")
    assert [before[one].sum() for one in columns] == [0, 0]
    assert [after[one].sum() for one in columns] == [after["interest_fen"].sum(), after["charged_fen"].sum()] != [0, 0]
