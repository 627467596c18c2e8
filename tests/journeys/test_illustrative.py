"""Every parameter that no public document gives is named on every output that rests on it.

What an output rests on is told by a spy on the law, not by the program's own account of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import world as worlds
from desk import Desk, Said, cells
from world import PAYDAY, POOL, VILLAGE_CODE

from yingbao.acts import funds, registry, runs
from yingbao.policy.in_force import InForce
from yingbao.policy.parameter import Parameter, Status
from yingbao.policy.tree import load
from yingbao.store import footing
from yingbao.values.facts import FactKind

ON = "2019-03-01"


class Spy:
    """Which illustrative parameters were asked for since it was last emptied."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: set[str] = set()
        asked = InForce._asked

        def told(law: InForce, name: str) -> Parameter:
            found = asked(law, name)
            if any(one.status is Status.ILLUSTRATIVE for one in found.entries):
                self.read.add(name)
            return found

        monkeypatch.setattr(InForce, "_asked", told)

    def emptied(self) -> set[str]:
        read, self.read = self.read, set()
        return read


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    return Spy(monkeypatch)


@pytest.fixture
def office(sqlite: str, tmp_path: Path) -> worlds.World:
    """A year's contributions and a month of pensions booked and paid; one month too many for 赵国强, then a move."""
    world = worlds.make(tmp_path)
    day = date(2018, 12, 6)
    drafted = runs.draft_proxy(2018, None, **world.by("maker", day))
    funds.proxy_arrived(drafted.run.pk, drafted.run.total_fen, "拨款", **world.by("finance", day))
    runs.post(world.approved(drafted, day).pk, **world.by("finance", day))
    for path in world.month("2018-12"):
        world.take(world.answer(path, {"李秀英": "curable"}), PAYDAY["2018-12"])
    maker = world.by("maker", date(2019, 1, 10))
    registry.tell(world.person("赵国强"), FactKind.PRISONER, date(2018, 11, 5), **maker)
    registry.tell(world.person("王桂兰"), FactKind.DEATH, date(2019, 1, 5), **maker)
    registry.correct_birth(world.person("顾建国"), date(1959, 4, 5), "公安证明", **maker)
    world.month("2019-01")
    return world


@pytest.fixture
def desk(office: worlds.World, sqlite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(sqlite, monkeypatch, capsys)


def outputs(world: worlds.World, folder: Path) -> list[list[object]]:
    """Commands that show or print what rests on the law; every ``out`` is written to a folder of its own."""
    drawing, payer = world.person("李秀英"), world.person("顾建国")
    deaths, incomes = folder / "死亡.csv", folder / "家庭.yaml"
    case = Path(__file__).parents[1] / "law" / "poor_elder_from_december_2018.yaml"
    deaths.write_text(f"人员编号,死亡日期\n{drawing},2019-01-05\n", encoding="utf-8")
    member = f"      - name: 李秀英\n        person: {drawing}\n        incomes:\n          - {{source: 务工, yuan: 300.00}}\n"
    incomes.write_text("month: 2018-12\nregister: subsistence_rural\nhouseholds:\n  - household: 甲\n    members:\n" + member,
                       encoding="utf-8")  # fmt: skip
    out = ["--out", folder / "papers"]
    return [
        ["coverage", "--on", ON, *out], ["check", "--on", ON], ["statement", drawing, "--on", ON],
        ["proxied", 2018, "--until", "2018-12-31"], ["explain", drawing, "--month", "2019-02"],
        *(["export", what, "--format", form, "--on", ON, *out] for what, form in (("boxes", "csv"), ("gaps", "parquet"))),
        ["award", "list", "--month", "2019-03", "--on", ON, *out],
        ["award", "notice", VILLAGE_CODE, "--month", "2019-03", "--on", ON, *out],
        ["award", "sheet", drawing, "--month", "2019-02", "--on", ON, *out], ["account", "show", payer, "--on", ON],
        ["account", "statement", payer, 2018, "--on", ON, *out],
        ["account", "estimate", "--yearly", "100", "--years", "15", "--rate", "2.5"],
        ["certify", "list", "--on", ON, "--within", 400, *out], ["certify", "progress", "--on", ON],
        ["contribution", "list", "--on", ON], ["contribution", "receipt", payer, "--year", 2018, "--on", ON, *out],
        ["ending", "trial", deaths, "--on", ON], ["ending", "list", "--on", ON], ["recovery", "list", "--on", ON],
        ["recovery", "notice", world.person("赵国强"), "--letter", "追1号", "--on", ON, "--by", "maker", *out],
        ["transfer", "out", world.person("高志明"), "--day", ON, "--on", ON, "--by", "maker"],
        ["transfer", "letter", world.person("高志明"), "--on", ON, *out],
        ["waiver", "form", payer, "--scope", "all", "--on", ON, *out],
        ["income", "certificate", incomes, "--on", ON, *out], ["income", "left", "--on", ON, "--incomes", incomes],
        *(words for run in (1, 2, 3) for words in (["run", "totals", run], ["run", "papers", run, "--on", ON, *out])),
        ["funds", "collected", "--on", ON], ["year", "report", 2018, "--on", ON, *out],
        ["simulate", "--from", "2018-12", "--to", "2019-03"], ["law", "show", "benefit/county_top_up", "--on", "2019-03"],
        ["case", "run", case], ["run", "draft", "payroll", "2019-03", "--on", ON, "--by", "maker"],
    ]  # fmt: skip


def named_in(text: str, names: set[str]) -> set[str]:
    """Those of the parameters that a text names, by name or by label."""
    law = load().parameters
    flat = text.replace("\n", "")
    return {name for name in names if name in flat or law[name].label_zh in flat}


def texts(said: Said, folder: Path) -> Iterator[tuple[str, str]]:
    """What a command printed, and every paper and table it wrote; an export is named by its notes."""
    yield "screen", said.out
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            yield path.name, cells(path)
        elif path.suffix == ".txt":
            yield path.name, path.read_text(encoding="utf-8")
        elif path.suffix == ".parquet":
            yield path.name, str(pl.read_parquet_metadata(path))
        path.unlink()


# These show no figure: the papers that they write do.
NO_FIGURE = (["transfer", "out"], ["transfer", "letter"], ["run", "papers"])
NOT_OF_A_PAYROLL = (["collected", "--on"], ["left", "--on"], ["draft", "payroll"], ["totals", 1], ["papers", 1])
BOOKED = ("statement", "recovery", "funds", "year", "run", "income")


def unnamed(world: worlds.World, desk: Desk, spy: Spy, folder: Path, always: set[str], only: tuple[str, ...] = ()) -> list[str]:
    """Outputs that do not name all that they rest on."""
    found, out = [], folder / "papers"
    out.mkdir(exist_ok=True)
    for words in outputs(world, folder):
        if only and words[0] not in only:
            continue
        spy.emptied()
        said = desk.done(*words)
        read = spy.emptied()
        rests_on = read | always if words[0] in BOOKED and words[1:3] not in NOT_OF_A_PAYROLL else read
        written = list(texts(said, out))
        if words[:2] == ["run", "papers"]:  # each of them shows a part of what was read
            written = [("papers", "".join(text for _, text in written))]
        for where, text in written:
            missing = rests_on - named_in(text, rests_on)
            if missing and not (where == "screen" and words[:2] in NO_FIGURE):
                found.append(f"{' '.join(map(str, words[:3]))} {where}: {' '.join(sorted(missing))}")
    return found


def test_every_output_names_every_illustrative_parameter_it_rests_on(office, desk, spy, tmp_path):
    assert unnamed(office, desk, spy, tmp_path, {"exit/account_pension_too"}) == []


def test_an_output_that_drops_a_name_is_noticed(office, desk, spy, tmp_path, monkeypatch):
    whole = InForce.illustrative
    monkeypatch.setattr(InForce, "illustrative", lambda law, names=None: [one for one in whole(law, names) if one != "age/reached"])
    derived = ("coverage", "explain", "award", "simulate", "case")
    assert {line.split()[0] for line in unnamed(office, desk, spy, tmp_path, set(), derived)} == set(derived)


def test_json_carries_the_same_names(office, desk, spy):
    for words in (["coverage", "--on", ON], ["check", "--on", ON], ["statement", office.person("李秀英"), "--on", ON],
                  ["ending", "list", "--on", ON], ["certify", "progress", "--on", ON]):  # fmt: skip
        spy.emptied()
        told = desk.done(*words, "--json").json
        kept = told.get("rests_on_illustrative") or told["basis"]["rests_on_illustrative"]
        assert spy.emptied() <= set(kept), words
        assert kept, words


def test_a_figure_of_an_older_program_says_that_its_names_are_not_kept(sqlite, tmp_path):
    worlds.make(tmp_path)
    assert footing._written(POOL, [1]) == [footing.NOT_KEPT]
