"""The program as a stranger meets it: sentences and exit codes, never a stack of calls."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import databases
import pytest
import typer
from django.conf import settings
from django.db import connections
from world import REGISTER_HEADINGS, VILLAGE_PEOPLE, World, register_rows

from yingbao.cli.program import app
from yingbao.store.models import Person

REFUSED = 2


class Stranger:
    """Runs the program in a process of its own."""

    def __init__(self, address: str, folder: Path) -> None:
        keys = Path(settings.YINGBAO_KEYS)
        self.env = {**databases.environment(address, keys), "PYTHONUTF8": "1", "COLUMNS": "200", "TERM": "dumb"}
        self.folder = folder

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-c", "from yingbao.cli.app import main; main()", *words], text=True,
                              capture_output=True, env=self.env, cwd=self.folder, timeout=120, check=False)  # fmt: skip


@pytest.fixture
def stranger(sqlite: str, tmp_path: Path) -> Stranger:
    return Stranger(sqlite, tmp_path)


@pytest.fixture
def office(stranger: Stranger) -> Stranger:
    """With a pool and its officers."""
    World(stranger.folder).found()
    connections.close_all()
    return stranger


@pytest.fixture
def opened(office: Stranger) -> Stranger:
    """With its books open."""
    world = World(office.folder)
    world.find_officers()
    world.open_books()
    connections.close_all()
    return office


def commands(group: typer.Typer | None = None) -> list[list[str]]:
    """Every command there is, as words."""
    root = typer.main.get_command(group or app)

    def below(command, words):
        inner = getattr(command, "commands", {})
        return [words] if not inner else [found for name, one in inner.items() for found in below(one, [*words, name])]

    return below(root, [])


def test_every_command_explains_itself(capsys):
    silent = []
    for words in commands():
        with pytest.raises(SystemExit) as left:
            app(args=[*words, "--help"], prog_name="yingbao", standalone_mode=True)
        if left.value.code or len(capsys.readouterr().out) < 60:
            silent.append(words)
    assert silent == []


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a refusal."""
    assert done.returncode == REFUSED, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_an_act_without_an_officer_is_refused_with_a_sentence(office):
    assert "在岗经办人员" in refused(office("run", "draft", "payroll", "2018-12", "--on", "2018-12-13"))


def test_an_act_by_an_officer_without_the_role_is_refused_with_a_sentence(office):
    assert "权限" in refused(office("run", "draft", "payroll", "2018-12", "--by", "checker", "--on", "2018-12-13"))


def test_a_draft_before_the_opening_is_refused_with_a_sentence(office):
    assert "期初" in refused(office("run", "draft", "payroll", "2018-12", "--by", "maker", "--on", "2018-12-13"))


@pytest.mark.parametrize(
    "words",
    [
        ("run", "draft", "payroll", "昨天", "--by", "maker"),
        ("run", "draft", "payroll", "2018-13", "--by", "maker"),
        ("run", "draft", "pensions", "2018-12", "--by", "maker"),
        ("run", "draft", "proxy", "twothousand", "--by", "maker"),
        ("run", "approve", "77", "--by", "checker"),
        ("run", "approve", "x", "--by", "checker"),
        ("run", "draft", "payroll", "2018-12", "--by", "maker", "--on", "31.12.2018"),
        ("funds", "subsidy", "--yuan", "a lot", "--voucher", "1", "--by", "finance"),
        ("funds", "draw", "--yuan", "-5", "--voucher", "1", "--by", "finance"),
        ("roster", "load", "missing.xlsx", "--by", "maker"),
        ("roster", "check", "missing.xlsx"),
        ("bank", "return", "missing.txt", "--by", "finance"),
        ("opening", "load", "missing.csv", "--month", "2018-12", "--by", "maker"),
        ("officer", "add", "li", "--name", "李", "--role", "king", "--by", "admin"),
        ("person", "birth", "5", "1958-02-30", "--reason", "户口簿", "--by", "maker"),
        ("fact", "tell", "5", "luck", "--from", "2018-12-01", "--by", "maker"),
        ("law", "show", "benefit/luck", "--on", "2018-12"),
        ("law", "show", "benefit/base_pension", "--on", "2035-01"),
        ("case", "run", "missing.yaml"),
        ("explain", "5", "--month", "2018-12"),
        ("coverage", "--on", "2018-11-22", "--pool", "999999"),
        ("coverage", "--on", "2018-11-22", "--box", "nobody"),
        ("coverage", "--on", "2018-11-22", "--by-place", "street"),
        ("coverage", "--lang", "xx"),
        ("person", "find"),
        ("person", "facts", "5"),
        ("export", "boxes", "--out", "/proc/nowhere", "--on", "2018-11-22"),
        ("opening", "check", "居保.csv", "--totals", "missing.json"),
        ("roster", "check", "名册.csv", "--column", "甲=luck"),
    ],
)  # fmt: skip
def test_a_mistaken_command_is_refused_with_code_two_and_no_stack(office, words):
    assert refused(office(*words)).strip()


def test_a_refusal_is_json_when_asked(office):
    done = office("run", "approve", "77", "--by", "checker", "--json")
    assert (done.returncode, type(json.loads(done.stdout))) == (REFUSED, dict)


def test_a_refusal_is_in_english_when_asked(office):
    assert "no run 77" in refused(office("--lang", "en", "run", "approve", "77", "--by", "checker"))


def test_a_file_that_is_no_roster_is_refused_with_its_name(office):
    (office.folder / "垃圾.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert "垃圾.xlsx" in refused(office("roster", "load", "垃圾.xlsx", "--month", "2018-12", "--by", "maker"))


def test_the_books_open_from_the_command_line(office):
    path = World(office.folder).table("居保参保登记册2018年11月.csv", REGISTER_HEADINGS, register_rows(VILLAGE_PEOPLE.values()))
    done = office("opening", "load", str(path), "--month", "2018-12", "--by", "maker", "--on", "2018-11-20", "--json")
    assert (done.returncode, json.loads(done.stdout)["counts"]["stored"]) == (0, 13)


def test_a_pool_is_founded_and_an_officer_registered_from_the_command_line(stranger):
    stranger("pool", "found")
    done = stranger("officer", "add", "li", "--name", "李", "--role", "maker", "--by", "admin", "--on", "2018-11-20", "--json")
    assert (done.returncode, json.loads(done.stdout)["roles"]) == (0, ["maker"])


def test_a_month_can_be_done_from_the_command_line_and_everything_adds_up(opened):
    for words in (
        ("run", "draft", "payroll", "2018-12", "--by", "maker"), ("run", "submit", "1", "--by", "maker"),
        ("run", "approve", "1", "--by", "checker"), ("run", "post", "1", "--by", "finance"),
        ("run", "draft", "disbursement", "2018-12", "--by", "maker"), ("run", "submit", "2", "--by", "maker"),
        ("run", "approve", "2", "--by", "checker"), ("funds", "subsidy", "--yuan", "5000", "--voucher", "1", "--by", "finance"),
        ("funds", "draw", "--yuan", "5000", "--voucher", "2", "--by", "finance"), ("run", "post", "2", "--by", "finance"),
        ("run", "instruct", "2", "--out", "bank", "--by", "finance"),
    ):  # fmt: skip
        done = opened(*words, "--on", "2018-12-13")
        assert done.returncode == 0, (words, done.stderr)
    assert json.loads(opened("check", "--on", "2018-12-14", "--json").stdout)["ok"]


@pytest.mark.parametrize(
    "words",
    [
        ("officer", "list"), ("roster", "list"), ("match", "list"), ("run", "list"), ("bank", "batches"),
        ("audit", "verify"), ("audit", "head"), ("audit", "list"), ("coverage", "--on", "2018-12-01"),
        ("check", "--on", "2018-12-01"), ("law", "show", "benefit/base_pension", "--on", "2019-03"), ("law", "list"),
        ("person", "find", "--name", "王桂兰"),
    ],
)  # fmt: skip
def test_what_can_be_read_can_be_read_as_json(opened, words):
    done = opened(*words, "--json")
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)


def test_an_empty_store_can_be_checked(office):
    done = office("check", "--on", "2018-12-01", "--json")
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True)


@pytest.mark.parametrize("address", ["sqlite:////proc/nowhere/x.sqlite3", "postgresql://u:geheim@127.0.0.1:1/x"])
def test_a_database_that_cannot_be_used_is_said_without_its_password(stranger, address):
    stranger.env["YINGBAO_DATABASE_URL"] = address
    assert "geheim" not in refused(stranger("coverage", "--on", "2018-12-01"))


@pytest.mark.parametrize(
    "words",
    [("death", "--from", "2030-01-01"), ("category", "--from", "2018-12-01"), ("category", "--from", "2018-12-01", "--value", "x"),
     ("prisoner", "--from", "2018-12-01", "--until", "2018-11-01")],
)  # fmt: skip
def test_a_fact_that_cannot_be_is_refused(opened, words):
    number = str(Person.objects.get(name="王桂兰").pk)
    connections.close_all()
    assert "不能这样登记" in refused(opened("fact", "tell", number, *words, "--by", "maker", "--on", "2018-12-20"))


@pytest.mark.parametrize("content", ['["persons"]', '{"persons": "13人"}', '{"person": 13}', "persons"])
def test_totals_that_cannot_be_compared_are_refused(office, content):
    path = World(office.folder).table("居保参保登记册2018年11月.csv", REGISTER_HEADINGS, register_rows(VILLAGE_PEOPLE.values()))
    (office.folder / "t.json").write_text(content, encoding="utf-8")
    assert "t.json" in refused(office("opening", "check", str(path), "--totals", "t.json"))


def test_an_account_run_and_a_statement_by_the_command_line(opened):
    world = World(opened.folder)
    world.find_officers()
    person = str(world.person("顾建国"))
    connections.close_all()
    drafted = json.loads(opened("run", "draft", "account", "2018", "--by", "maker", "--on", "2019-01-10", "--json").stdout)
    for step, by in (("submit", "maker"), ("approve", "checker"), ("post", "finance")):
        done = opened("run", step, str(drafted["run"]), "--by", by, "--on", "2019-01-10")
        assert done.returncode == 0, done.stderr
    told = opened("account", "statement", person, "2018", "--on", "2019-01-10", "--out", "papers")
    shown = json.loads(opened("account", "show", person, "--on", "2019-01-10", "--json").stdout)
    assert "月积数法（入账次月起息）" in told.stdout
    assert list((opened.folder / "papers").glob("个人账户记账明细-*-2018.xlsx"))
    assert (shown["closing_fen"], shown["closing"]) == (50_750, {"own": 50_000, "interest": 750})


def test_a_statement_of_a_year_before_the_books_is_refused_with_a_sentence(opened):
    world = World(opened.folder)
    world.find_officers()
    person = str(world.person("顾建国"))
    connections.close_all()
    assert "2017" in refused(opened("account", "statement", person, "2017", "--on", "2019-01-10"))


def test_an_estimate_needs_no_store(stranger):
    asked = ("--yearly", "100", "--subsidy", "30", "--years", "15", "--rate", "2.5")
    found = json.loads(stranger("account", "estimate", *asked, "--json").stdout)
    assert (found["balance_fen"], found["monthly_fen"]) == (238_943, 1_719)


def test_an_estimate_of_no_years_is_refused_with_a_sentence(stranger):
    assert "不能估算" in refused(stranger("account", "estimate", "--yearly", "100", "--years", "0", "--rate", "2.5"))


def test_a_check_of_a_day_past_the_law_says_so_and_blames_nobody(opened):
    done = opened("check", "--on", "2035-01-31")
    assert (done.returncode, "尚未核对" in done.stdout, "能核对的项全部成立" in done.stdout) == (REFUSED, True, True)
    assert opened("check", "--on", "2018-12-20").returncode == 0


def test_a_harmful_file_is_refused_by_every_command_that_reads_one(office):
    import zipfile

    with zipfile.ZipFile(office.folder / "宏\n件.xlsm", "w") as target:
        target.writestr("xl/workbook.xml", "<workbook/>")
        target.writestr("xl/vbaProject.bin", "x")
    for words in ("roster load", "opening load", "certify load", "ending trial", "income certificate"):
        who = () if words.startswith(("ending", "income")) else ("--by", "maker")
        month = ("--month", "2018-12") if words in ("roster load", "opening load") else ()
        assert "宏□件.xlsm" in refused(office(*words.split(), "宏\n件.xlsm", *month, *who))
