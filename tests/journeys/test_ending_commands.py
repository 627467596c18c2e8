"""The commands of endings, recoveries and transfers: what they say, print and refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import world as worlds
from desk import Desk, cells
from world import PAYDAY, VILLAGE_PEOPLE

from yingbao.acts import registry
from yingbao.values.facts import FactKind

DAY = "2018-12-20"


@pytest.fixture
def world(sqlite: str, tmp_path: Path) -> worlds.World:
    return worlds.make(tmp_path, balances={"王桂兰": "2400.00"})


@pytest.fixture
def desk(world: worlds.World, sqlite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(sqlite, monkeypatch, capsys)


def wrong_answers(desk: Desk, asked: list[tuple[tuple[object, ...], str]], on: str, by: str = "maker") -> list[str]:
    """The commands that are not refused, or not with the words they should have. One never hides another."""
    found = []
    for words, sentence in asked:
        said = desk(*words, on=on, by=by)
        if said.code != 2 or sentence not in said.err or "Traceback" in said.err or said.out:
            found.append(f"{' '.join(map(str, words))} → {said.code} {said.err.strip() or said.out.strip()}")
    return found


def test_a_death_is_told_and_its_account_listed_until_it_is_cleared(world, desk):
    person = world.person("王桂兰")
    told = desk.done("ending", "death", person, "--day", DAY, on="2018-12-21", by="maker")
    assert f"#{person} 于 {DAY} 死亡，已登记" in told.out
    listed = desk.done("ending", "list", "--json", on="2019-03-01").json
    assert [(one["person_id"], one["died_on"], one["age"]) for one in listed["rows"]] == [(person, DAY, "31—90天")]
    assert "hold/reasons" not in listed["rests_on_illustrative"]
    assert "死亡未清账户" in desk.done("ending", "list", on="2019-03-01").out


def test_deaths_are_tried_row_by_row_and_nothing_is_stored(world, desk, tmp_path):
    one, two = world.person("王桂兰"), VILLAGE_PEOPLE["赵国强"].number
    path = tmp_path / "死亡.csv"
    path.write_text(f"人员编号,身份证号,死亡日期\n{one},,{DAY}\n,{two},2018/12/05\nabc,,{DAY}\n{one},,{DAY}\n9,,{DAY}\n{one},,2018-02-30\n",
                    encoding="utf-8")  # fmt: skip
    before = desk.done("audit", "head").out
    found = desk.done("ending", "trial", path, "--json", "--rejected", tmp_path / "back", on="2018-12-21").json
    assert [row["name"] for row in found["trials"]] == ["王桂兰", "赵国强"]
    wrong = {4: "人员编号“abc”", 5: "名单中出现两次", 6: "本统筹区没有此人", 7: "死亡日期“2018-02-30”"}
    assert {row["row"]: wrong[row["row"]] in row["why"] for row in found["problems"]} == dict.fromkeys(wrong, True)
    assert all(why in Path(found["written"]).read_text(encoding="utf-8") for why in wrong.values())
    assert "没有写入任何数据" in desk.done("ending", "trial", path, on="2018-12-21").out
    assert desk.done("audit", "head").out == before


def test_other_endings_are_told_and_taken_back(world, desk):
    person = world.person("高志明")
    assert "终止" in desk.done("ending", "tell", person, "--reason", "abroad", "--day", DAY, on=DAY, by="maker").out
    back = desk.done("ending", "back", person, "--day", "2018-12-28", "--json", on="2018-12-28", by="maker").json
    assert back["fact"] > 0
    double = desk.done("ending", "double", world.person("李秀英"), "--scheme", "employee", "--since", "2018-12-01", on=DAY, by="maker")
    assert "重复领取" in double.out
    payee = desk.done("ending", "payee", world.person("王桂兰"), "--holder", "王小兰", on=DAY, by="maker", typed="6223000000000077555")
    assert "付给 王小兰" in payee.out
    assert "6223000000000077555" not in payee.out


def test_endings_that_cannot_be_are_refused_each_with_its_sentence(world, desk):
    person = world.person("王桂兰")
    assert wrong_answers(desk, [
        (("ending", "death", 99, "--day", DAY), "99"),
        (("ending", "death", "x", "--day", DAY), "要写整数"),
        (("ending", "death", person), "没有写 --day"),
        (("ending", "death", person, "--day", "2018-13-01"), "不是日期"),
        (("ending", "death", person, "--day", "昨天"), "不是日期"),
        (("ending", "death", person, "--day", "2030-01-01"), "不能这样登记"),
        (("ending", "tell", person, "--reason", "luck", "--day", DAY), "joined_employee"),
        (("ending", "double", person, "--scheme", "moon", "--since", DAY), "civil_service"),
        (("ending", "back", person, "--day", DAY), "没有终止"),
        (("ending", "payee", person, "--holder", " "), "银行账号"),
        (("ending", "bury", person), "没有命令"),
    ], DAY) == []  # fmt: skip
    assert wrong_answers(desk, [
        (("ending", "trial", "没有.csv"), "没有.csv"),
        (("ending", "list", "--colour", "red"), "没有选项 --colour"),
        (("ending", "list", "now"), "多写了"),
        (("recovery", "plan", person, "--yuan", "5", "--since"), "--since"),
    ], "", "") == []  # fmt: skip
    assert "收款人姓名为空" in desk.refused("ending", "payee", person, "--holder", " ", on=DAY, by="maker", typed="6223000000000077555")
    assert "在岗经办人员" in desk.refused("ending", "death", person, "--day", DAY, on=DAY)
    assert "权限" in desk.refused("ending", "death", person, "--day", DAY, on=DAY, by="checker")


@pytest.fixture
def debtor(world: worlds.World) -> int:
    """赵国强, who owes the month that he was in prison."""
    for month in ("2018-12", "2019-01"):
        for path in world.month(month):
            world.take(world.answer(path), PAYDAY[month])
    registry.tell(world.person("赵国强"), FactKind.PRISONER, date(2018, 12, 5), holds_until=date(2019, 1, 10),
                  **world.by("maker", date(2019, 2, 8)))  # fmt: skip
    world.month("2019-02")
    return world.person("赵国强")


def test_the_office_of_the_other_pension_is_asked_to_take_what_is_left_of_a_double_receipt(debtor, desk, tmp_path, world):
    on = "2019-03-01"
    ask = ("recovery", "notice", debtor, "--letter", "函字1号", "--to", "office", "--out", tmp_path)
    assert "抵扣的款项" in desk.refused(*ask, on=on, by="maker")
    desk.done("ending", "double", debtor, "--scheme", "employee", "--since", "2018-12-01", on=on, by="maker")
    world.month("2019-03")
    letter = desk.done(*ask, "--json", on="2019-04-01", by="maker")
    assert letter.json["fen"] == 15_500 + 2 * 13_500  # what he owed, and the base pension of the two months
    paper = cells(Path(letter.json["file"]))
    assert [word for word in ("协助抵扣", "职工基本养老保险", "函字1号") if word not in paper] == []


def test_a_debt_is_listed_asked_back_by_letter_and_agreed_upon(debtor, desk, tmp_path):
    on = "2019-03-01"
    listed = desk.done("recovery", "list", "--json", on=on).json
    assert [(one["person_id"], one["owed_fen"], one["letter"]) for one in listed["rows"]] == [(debtor, 15_500, "")]
    assert "benefit/county_top_up" in listed["rests_on_illustrative"]
    assert "示例值，尚无文件依据" in desk.done("recovery", "list", on=on).out
    letter = desk.done("recovery", "notice", debtor, "--letter", "追字1号", "--why", "服刑", "--out", tmp_path, "--json",
                       on=on, by="maker")  # fmt: skip
    paper = cells(Path(letter.json["file"]))
    shown = ("¥155.00", "人民币壹佰伍拾伍元整", "追字1号", "服刑", "2019-01", "县加发基础养老金")
    assert [word for word in shown if word not in paper] == []
    assert VILLAGE_PEOPLE["赵国强"].number not in paper
    plan = desk.done("recovery", "plan", debtor, "--yuan", "50.00", "--since", "2019-03-01", on=on, by="maker")
    assert "每月抵扣 50.00 元" in plan.out
    assert "拟核销 1.00 元" in desk.done("recovery", "writeoff", debtor, "--yuan", "1", "--why", "下落不明", on=on, by="maker").out
    assert desk.done("recovery", "list", "--json", on=on).json["rows"][0]["plan_fen"] == 5_000


def test_debts_that_are_not_so_are_refused_each_with_its_sentence(debtor, desk):
    plan = ("recovery", "plan", debtor, "--since", "2019-03-01", "--yuan")
    give_up = ("recovery", "writeoff", debtor, "--why", "x", "--yuan")
    nobody = ("recovery", "notice", 99, "--letter", "1")
    assert wrong_answers(desk, [
        *(((*plan, text), sentence) for text, sentence in (
            ("1.005", "不是整分"), ("a lot", "不是整分"), ("", "不是整分"), ("0", "超出应追回数"), ("-5", "超出应追回数"),
            ("155.01", "超出应追回数"))),
        *(((*give_up, text), sentence) for text, sentence in (
            ("0.005", "不是整分"), ("0", "超出应追回数"), ("-1", "超出应追回数"), ("99999999999999", "超出允许范围"))),
        (nobody, "99"), (("recovery", "notice", debtor), "没有写 --letter"),
        (("recovery", "plan", debtor, "--yuan", "5", "--since", "2019-02-30"), "不是日期"),
        (("recovery", "plan", debtor, "--yuan", "5", "--since", "2019-03-01", "--until", "2019-02-01"), "不能这样登记"),
        (("funds", "repay", debtor, "--yuan", "155.01", "--voucher", "1"), "权限"),
    ], "2019-03-01") == []  # fmt: skip
    assert desk.done("recovery", "list", "--json", on="2019-03-01").json["rows"][0]["plan_fen"] == 0


def test_a_relation_moves_out_with_its_letter_and_another_comes_in(world, desk, tmp_path):
    person = world.person("高志明")
    out = desk.done("transfer", "out", person, "--day", DAY, "--scheme", "resident", on=DAY, by="maker")
    assert "转出" in out.out
    paper = cells(Path(desk.done("transfer", "letter", person, "--out", tmp_path, "--json", on=DAY).json["file"]))
    shown = ("个人账户（个人缴费）", "500.00 元", "5 年", "人民币", "转入地回执", "示例值，尚无文件依据")
    assert [word for word in shown if word not in paper] == []
    came = desk.done("transfer", "in", world.person("李秀兰"), "--reference", "函1", "--day", DAY, "--money", "own=500.00",
                     "--money", "interest=1.25", "--years", 3, "--json", on=DAY, by="maker")  # fmt: skip
    assert len(came.json["facts"]) == 3


def test_moves_that_cannot_be_are_refused_each_with_its_sentence(world, desk, tmp_path):
    payer, pensioner = world.person("高志明"), world.person("王桂兰")
    take_in = ("transfer", "in", payer, "--reference", "函2", "--day", DAY)
    assert wrong_answers(desk, [
        (("transfer", "out", pensioner, "--day", DAY), "关系不再转移"),
        (("transfer", "out", payer, "--day", DAY, "--scheme", "moon"), "moon"),
        (("transfer", "out", 99, "--day", DAY), "99"),
        ((*take_in, "--money", "own=1.005"), "不是整分"),
        ((*take_in, "--money", "own"), "来源=元"),
        ((*take_in, "--money", "mars=5"), "不认识的账户来源"),
        ((*take_in, "--money", "own=-5"), "不能为负"),
        ((*take_in, "--money", "own=0"), "没有资金，也没有年限"),
        ((*take_in, "--years", "-3"), "不能为负"),
        ((*take_in, "--employee-months", "-3"), "不能为负"),
        ((*take_in, "--money", "own=5", "--money", "own=6"), "写了两次"),
        (take_in, "没有资金，也没有年限"),
    ], DAY) == []  # fmt: skip
    assert "不需要这份文书" in desk.refused("transfer", "letter", payer, "--out", tmp_path, on=DAY)
