"""Who reaches sixty, what is missing for each, and the sheet from which a pension is reckoned."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import databases
import openpyxl
import pytest
from django.conf import settings
from world import POOL, VILLAGE_CODE

from yingbao.acts import registry
from yingbao.policy.tree import policy_root
from yingbao.reports import award_papers
from yingbao.reports.calculation_sheet import NO_ACCOUNT, calculation_sheet
from yingbao.reports.errors import NotAwarded
from yingbao.reports.explain import READERS, explain
from yingbao.reports.reaching_sixty import reaching_sixty
from yingbao.reports.unknown_births import unknown_births
from yingbao.rules.funding import Level
from yingbao.store.models import Fact, RunLine
from yingbao.values.facts import FactKind
from yingbao.values.month import month_from_text
from yingbao.values.purpose import Bucket, Item

DECEMBER, MARCH, APRIL = (month_from_text(text) for text in ("2018-12", "2019-03", "2019-04"))
TOLD = date(2018, 12, 1)


@pytest.fixture
def office(world):
    """Two payers near sixty: 顾建国 with fifteen years, 高志明 with five and in the employee scheme."""
    maker = world.by("maker", TOLD)
    registry.correct_birth(world.person("顾建国"), date(1959, 3, 5), "公安证明", **maker)
    registry.tell(world.person("顾建国"), FactKind.PAID_YEARS, TOLD, number=15, **maker)
    registry.correct_birth(world.person("高志明"), date(1959, 2, 10), "公安证明", **maker)
    registry.tell(world.person("高志明"), FactKind.OTHER_SCHEME, date(2018, 1, 1), value="employee", **maker)
    return world


def rows(found) -> dict[str, dict]:
    return {row["name"]: row for row in found.rows.iter_rows(named=True)}


def test_the_list_names_who_reaches_sixty_in_the_months_asked_and_nobody_else(office):
    assert set(rows(reaching_sixty(POOL, DECEMBER, 3))) == {"柳小杰", "高志明", "顾建国"}
    assert set(rows(reaching_sixty(POOL, DECEMBER, 2))) == {"柳小杰", "高志明"}
    assert set(rows(reaching_sixty(POOL, MARCH, 0))) == {"顾建国"}


def test_the_list_says_what_each_has_and_what_is_missing(office):
    found = rows(reaching_sixty(POOL, DECEMBER, 3))
    ready, short, poor = (found[name] for name in ("顾建国", "高志明", "柳小杰"))
    assert (ready["granted_from"], ready["route"], ready["paid_years"], ready["missing"]) == (APRIL, "regular", 15, [])
    assert (short["granted_from"], short["years_short"], short["makeup_fen"]) == (None, 10, 10 * 10_000)
    assert (short["account_fen"], short["missing"]) == (50_750, ["paid_too_few_years", "in_other_scheme"])  # with 7.50 of interest
    assert (poor["route"], poor["years_short"], poor["granted_from"]) == ("over_age_poor", 0, month_from_text("2019-01"))


def test_the_dead_and_those_in_payment_are_not_on_the_list(office):
    registry.tell(office.person("顾建国"), FactKind.DEATH, date(2018, 12, 2), **office.by("maker", date(2018, 12, 3)))
    assert "顾建国" not in rows(reaching_sixty(POOL, DECEMBER, 3))
    assert "顾建国" in rows(reaching_sixty(POOL, DECEMBER, 3, known_on=TOLD))


def test_the_papers_of_a_village_are_masked_unless_whole_numbers_are_asked_for(office, tmp_path):
    found = reaching_sixty(POOL, DECEMBER, 3)
    shown = openpyxl.load_workbook(award_papers.write_list(found, tmp_path, TOLD))["到龄人员"]
    assert "3 人，资料齐全 2 人" in str(shown["A2"].value)
    masked, whole = (openpyxl.load_workbook(award_papers.write_village_notices(
        found, VILLAGE_CODE, tmp_path, TOLD, whole_ids=way).path) for way in (False, True))  # fmt: skip
    assert len(masked.sheetnames) == 3
    numbers = [str(book[book.sheetnames[0]]["D2"].value) for book in (masked, whole)]
    assert ["*" in number for number in numbers] == [True, False]
    assert award_papers.write_village_notices(found, "320682112", tmp_path, TOLD).path is None


def test_the_sheet_shows_the_pension_in_parts_that_sum(office):
    found = calculation_sheet(POOL, office.person("顾建国"), APRIL)
    assert found.pension == {Item.BASE_PENSION: 14_800, Item.ACCOUNT_PENSION: 366}  # 509.40 yuan / 139
    assert found.levels == {Level.CENTRAL: 4_400, Level.COUNTY: 10_400}
    assert (found.account, found.account_pension) == (
        {Bucket.OWN: 50_000, Bucket.INTEREST: 940}, {Bucket.OWN: 359, Bucket.INTEREST: 7})
    assert found.how[1] == "个人账户养老金 3.66 元：个人账户累计存储额 509.40 元 ÷ 139，各项四舍五入到分"
    assert (found.granted_from, found.category, found.masked_account[:4]) == (APRIL, "建档立卡低收入人口", "****")


def test_without_a_bank_account_the_sheet_says_so_and_before_the_award_there_is_none(office, tmp_path):
    elder = registry.add_person("无卡老人", worlds_number(), **office.by("maker", TOLD))
    with pytest.raises(NotAwarded, match="建档立卡低收入人口"):
        calculation_sheet(POOL, elder, DECEMBER)
    registry.tell(elder, FactKind.CATEGORY, date(2018, 1, 1), value="destitute", **office.by("maker", TOLD))
    found = calculation_sheet(POOL, elder, DECEMBER)
    assert found.masked_account == NO_ACCOUNT
    book = openpyxl.load_workbook(award_papers.write_sheet(found, tmp_path, TOLD))
    assert book.sheetnames == ["养老金计算表", "待遇核定表"]
    text = " ".join(str(cell.value) for row in book["养老金计算表"].iter_rows() for cell in row)
    assert "135.00" in text
    assert "示例值，尚无文件依据" in text


def worlds_number():
    from yingbao.values.identity import IdNumber, check_digit

    return IdNumber("32062219500101777" + check_digit("32062219500101777"))


def program(address: str, folder: Path, *words: str) -> dict:
    """The program's answer as JSON."""
    env = {**databases.environment(address, Path(settings.YINGBAO_KEYS)), "PYTHONUTF8": "1"}
    run = subprocess.run([sys.executable, "-c", "from yingbao.cli.app import main; main()", *words, "--json"], text=True,
                         capture_output=True, env=env, cwd=folder, timeout=120, check=False)  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_commands_give_the_list_the_notices_and_the_sheet(office, database, tmp_path):
    listed = program(database, tmp_path, "award", "list", "--month", "2018-12", "--ahead", "3", "--out", "papers")
    assert {one["name"]: one["granted_from"] for one in listed["people"]} == {
        "柳小杰": "2019-01", "高志明": None, "顾建国": "2019-04"}  # fmt: skip
    told = program(database, tmp_path, "award", "notice", VILLAGE_CODE, "--month", "2018-12", "--out", "papers")
    sheet = program(database, tmp_path, "award", "sheet", str(office.person("顾建国")), "--month", "2019-04", "--out", "papers")
    assert (told["count"], sheet["pension_fen"]["total"]) == (3, 15_166)
    assert len(list((tmp_path / "papers").glob("*.xlsx"))) == 3


def test_a_pensioner_whose_birth_nobody_knows_is_paid_listed_and_paid_up_once_it_is_told(world, monkeypatch, tmp_path):
    folder = shutil.copytree(policy_root(), tmp_path / "policy")
    table = folder / "national" / "benefit" / "age_supplement.yaml"
    table.write_text(table.read_text(encoding="utf-8").replace("{value: 0}", "{value: 5}"), encoding="utf-8")
    monkeypatch.setenv("YINGBAO_POLICY", str(folder))
    person, day = world.person("王桂兰"), date(2018, 12, 10)
    born = Fact.objects.get(person_id=person, kind=int(FactKind.BIRTH))
    registry.withdraw(born.pk, "老系统的日期是估的", **world.by("maker", day))
    drafted = world.recognise("2018-12").run
    found = unknown_births(POOL, day)
    assert (found.rows["name"].to_list(), found.pays_by_age, "高龄加发" in found.why) == (["王桂兰"], True, True)
    told = explain(POOL, person, DECEMBER)
    assert ["高龄加发：出生日期不明" in told.text(reader) for reader in READERS] == [True, True]
    of = RunLine.objects.filter(person_id=person, item=int(Item.AGE_SUPPLEMENT))
    assert not of.filter(run_id=drafted.pk).exists()
    registry.correct_birth(person, born.holds_from, "户籍核实", **world.by("maker", date(2019, 1, 5)))
    run = world.recognise("2019-01").run
    assert sum(of.filter(run_id=run.pk).values_list("amount_fen", flat=True)) >= 1_000
    assert unknown_births(POOL, date(2019, 1, 5)).rows.is_empty()
