"""The commands of contributions: JSON out, a sentence and code 2 for what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk import cells
from test_cli import Stranger, office, opened, refused, stranger

__all__ = ["office", "opened", "stranger"]
BY, ON = ("--by", "maker"), ("--on", "2018-12-06")


@pytest.fixture
def person(opened: Stranger) -> str:
    """The number of a payer on the register."""
    found = json.loads(opened("person", "find", "--name", "高志明", "--json").stdout)
    return str(found[0]["person_id"])


def record(opened: Stranger, person: str, yuan: str, *more: str, year: str = "2018"):
    return opened("contribution", "record", person, "--yuan", yuan, "--year", year, "--channel", "app", "--serial", "A1",
                  *BY, *ON, *more)  # fmt: skip


def test_a_payment_is_recorded_listed_and_collected(opened: Stranger, person: str):
    made = json.loads(record(opened, person, "300", "--json").stdout)
    assert (made["reference"], made["repeated"], made["collected_fen"]) == ("app:A1", False, 30_000)
    assert json.loads(record(opened, person, "300", "--json").stdout)["repeated"]
    [line] = json.loads(opened("contribution", "list", "--person", person, *ON, "--json").stdout)["rows"]
    assert (line["state"], line["fen"], line["why"]) == ("collected", 30_000, "")
    money = json.loads(opened("funds", "collected", *ON, "--json").stdout)
    assert (money["collected_fen"], money["open_fen"], money["agrees"]) == (30_000, 30_000, True)
    drafted = json.loads(opened("run", "draft", "account", "2018", *BY, *ON, "--json").stdout)
    assert drafted["total_fen"] == 30_000 + 3_000


def test_what_cannot_be_taken_is_refused_with_a_sentence(opened: Stranger, person: str):
    assert "档次" in refused(record(opened, person, "350"))
    assert "年度" in refused(record(opened, person, "300", year="2017"))
    assert record(opened, person, "300").returncode == 0
    assert "流水号" in refused(record(opened, person, "500"))
    assert "一级财政" in refused(opened("funds", "subsidy-arrived", "village", "--yuan", "1", "--voucher", "1", "--by", "finance"))
    assert "contribution record" in refused(opened("fact", "tell", person, "own_payment", "--from", "2018-12-01", *BY))


def test_a_made_up_year_too_many_is_taken_and_said_at_once_to_go_back(opened: Stranger, person: str):
    assert opened("fact", "tell", person, "paid_years", "--from", "2018-11-30", "--number", "15", *BY, *ON).returncode == 0
    made = json.loads(record(opened, person, "300", "--kind", "makeup", "--json", year="2012").stdout)
    assert (made["collected_fen"], made["goes_back"]) == (30_000, "补缴后累计缴费年限超过规定的年数")
    assert json.loads(record(opened, person, "300", "--kind", "makeup", "--json", year="2012").stdout)["repeated"]


@pytest.mark.parametrize("what", ["subsidy", "draw", "sweep", "subsidy-arrived"])
def test_a_voucher_used_again_is_said_to_have_booked_nothing(opened: Stranger, what: str):
    level = ("county",) if what == "subsidy-arrived" else ()
    asked = ("funds", what, *level, "--yuan", "100", "--voucher", "凭证-1", "--by", "finance", *ON)
    assert "没有再记" not in opened(*asked).stdout
    assert "没有再记" in opened(*asked).stdout
    assert json.loads(opened(*asked, "--json").stdout)["repeated"]


def test_a_receipt_is_numbered_and_the_same_when_printed_again_and_none_is_printed_for_nothing(opened: Stranger, person: str, tmp_path):
    asked = ("contribution", "receipt", person, "--year", "2018", *ON, "--json", "--out")
    assert "不需要这份文书" in refused(opened(*asked[:-2], "--out", str(tmp_path / "a")))
    record(opened, person, "300")
    first = json.loads(opened(*asked, str(tmp_path / "a")).stdout)
    again = json.loads(opened(*asked, str(tmp_path / "b")).stdout)
    [line] = first["rows"]
    assert (line["item"], line["fen"], line["state"], line["by_county"]) == ("个人缴费", 30_000, "已收、待记账", False)
    assert first["rows"] == again["rows"]
    assert Path(first["file"]).read_bytes() == Path(again["file"]).read_bytes()
    paper = cells(Path(first["file"]))
    shown = (first["rows"][0]["number"], "¥300.00", "人民币叁佰元整", "手机 A1", "高志明")
    assert [word for word in shown if word not in paper] == []
