"""A slip of the pen in a case document is refused with file, line and the nearest word: it never passes silently."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from yingbao.cli.case_commands import derive, run
from yingbao.rules.case_text import CaseError

SOUND = """case: 一位老人
proves: [bulletin-2018 出口-1]
law: rugao
through: 2018-12
persons:
  - name: 甲
    born: 1950-05-05
    facts:
      - {kind: category, value: destitute, from: 2016-01-01}
expect:
  due:
    - {person: 甲, item: base_pension, from: 2018-12, until: 2018-12, yuan: 135.00}
"""
FACT = "{kind: category, value: destitute, from: 2016-01-01}"
VERDICT = "expect:\n  verdicts: [{person: 甲, question: benefit, month: 2018-12, answer: "


def case(folder: Path, text: str) -> Path:
    path = folder / "甲.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, old: str, new: str) -> str:
    assert old in SOUND
    with pytest.raises(CaseError) as caught:
        derive(case(folder, SOUND.replace(old, new, 1)))
    return caught.value.text()


def test_the_document_without_a_slip_holds(tmp_path: Path) -> None:
    assert derive(case(tmp_path, SOUND)).differences == []


@pytest.mark.parametrize(("old", "new", "line", "near"), [
    ("through: 2018-12", "throuhg: 2018-12", 4, "through"), ("law: rugao", "law: rugoa", 3, "rugao"),
    ("born: 1950", "bron: 1950", 7, "born"), ("kind: category", "kind: catagory", 9, "category"),
    ("value: destitute", "value: destitude", 9, "destitute"), ("from: 2016", "form: 2016", 9, "from"),
    ("item: base_pension", "item: base_pensoin", 12, "base_pension"), ("yuan: 135", "yuna: 135", 12, "yuan"),
    ("kind: category, value: destitute", "kind: waiver, value: benefits", 9, "benefit"),
    ("kind: category, value: destitute", "kind: hold, value: no_bank_acount", 9, "no_bank_account"),
    ("law: rugao", "overrides:\n  benefit/base_pensions: {2018-01-01: 1}", 4, "benefit/base_pension"),
    ("expect:\n", VERDICT + "yes, because: [reached_pensoin_age]}]\n", 11, "reached_pension_age"),
    ("expect:\n", VERDICT.replace("benefit", "benefits") + "yes}]\n", 11, "benefit"),
    ("expect:\n", "expect:\n  coverage: [{person: 甲, date: 2018-12-31, box: receiving_benefits}]\n", 11, "receiving_benefit"),
    ("expect:\n", "expect:\n  holds: [{person: 甲, date: 2018-12-31, reason: not_aplied}]\n", 11, "not_applied"),
    ("expect:\n", "expect:\n  account: [{person: 甲, on: 2018-12, bucket: proxi, yuan: 1}]\n", 11, "proxy"),
])  # fmt: skip
def test_a_misspelt_word_is_named_with_its_line_and_the_nearest(tmp_path: Path, old: str, new: str, line: int, near: str) -> None:
    told = refusal(tmp_path, old, new)
    assert f"甲.yaml 第 {line} 行" in told
    assert f"是不是“{near}”" in told


@pytest.mark.parametrize(("old", "new", "line", "says"), [
    ("2016-01-01", "2016-02-30", 9, "不是日期"), ("1950-05-05", "1950-5-5", 7, "不是日期"),
    ("until: 2018-12", "until: 2018-13", 12, "不是月份"),
    ("135.00", "135.001", 12, "不是金额"), ("135.00", "一百三十五", 12, "不是金额"), ("135.00", "-135", 12, "小于零"),
    ("law: rugao", "law: rugao\nlaw: rugao", 4, "写了两次"), ("    born", "   born", 7, "不是可读的 YAML"),
    ("law: rugao", "overrides: {benefit/base_pension: {2018-01-01: 1.005}}", 3, "benefit/base_pension"),
    ("law: rugao", "batches: 2018-12-32", 3, "不是日期"), ("law: rugao", "known_on: 2018-11", 3, "不是日期"),
    ("kind: category, ", "", 9, "缺少字段 kind"), (FACT, "{kind: death}", 9, "缺少 from"), (", yuan: 135.00", "", 12, "缺少字段 yuan"),
    (FACT, "{kind: own_payment, yuan: 100, from: 2018-01-01}", 9, "缺少 year"),
    (FACT, "{kind: paid_years, years: 15年}", 9, "不是整数"), ("from: 2016-01-01", "from: 2016-01-01, until: 2015-01-01", 9, "早于起日"),
    ("until: 2018-12,", "until: 2018-11,", 12, "早于起月"), ("item: base_pension", "item: own_contribution", 12, "写在 credited"),
    ("expect:\n", VERDICT.replace("2018-12", "2019-01") + "yes}]\n", 11, "不在推算的月份"),
    ("law: rugao", "since: 2019-05", 4, "早于推算起始月"), ("{person: 甲", "{person: 乙", 12, "不在 persons 里"),
])  # fmt: skip
def test_what_cannot_be_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    told = refusal(tmp_path, old, new)
    assert f"甲.yaml 第 {line} 行" in told
    assert says in told


def test_known_on_of_the_command_takes_the_place_of_the_documents_own(tmp_path: Path) -> None:
    told = case(tmp_path, SOUND.replace("from: 2016-01-01", "from: 2016-01-01, told: 2018-12-02"))
    assert derive(told).differences == []
    assert derive(told, "2018-12-01").differences != []


@pytest.mark.parametrize(("options", "says"), [([], "一位老人"), (["--lang", "en"], "base pension"), (["--json"], '"passed": true')])
def test_the_command_runs_a_case_without_any_store(tmp_path: Path, options: list[str], says: str) -> None:
    command = [sys.executable, "-m", "yingbao.cli", *options, "case", "run", str(case(tmp_path, SOUND))]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert says in ran.stdout


@pytest.mark.parametrize("written", ["until: null", "until: ~", "until:"])
def test_an_open_end_may_be_written_out(tmp_path: Path, written: str) -> None:
    text = SOUND.replace("from: 2016-01-01}", f"from: 2016-01-01, {written} }}")
    assert derive(case(tmp_path, text)).differences == []


@pytest.mark.parametrize(("text", "says"), [
    ("", "文件是空的"), ("# 只有一句注释\n", "文件是空的"), (f"{SOUND}---\n{SOUND}", "一个文件只能写一份"),
    (SOUND.replace("law: rugao", "\tlaw: rugao"), "不能用制表符"), (f"- {SOUND.splitlines()[0]}\n", "应为“键: 值”"),
    (SOUND.replace(FACT, "{kind: hold, from: 2018-01-01}"), "hold 缺少 value"),
])  # fmt: skip
def test_a_file_that_is_no_case_says_what_is_wrong_with_it(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CaseError) as caught:
        derive(case(tmp_path, text))
    assert says in caught.value.text()


def test_one_bad_file_hides_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {"好": SOUND, "坏": SOUND.replace("135.00", "135.001"), "不符": SOUND.replace("135.00", "136.00")}
    files = []
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        files.append(tmp_path / f"{name}.yaml")
    with pytest.raises(SystemExit) as left:
        run(files)
    told = capsys.readouterr()
    assert (left.value.code, "✗ 坏.yaml" in told.err) == (2, True)
    assert "✓ 好.yaml" in told.out
    assert "期望比推算多 1.00 元" in told.out


@pytest.mark.parametrize("named", ["over_age_window_open", "outside_over_age_window"])
def test_a_refusal_may_be_named_by_the_condition_or_by_its_own_word(tmp_path: Path, named: str) -> None:
    asked = f"expect:\n  verdicts: [{{person: 甲, question: benefit, month: 2018-11, answer: no, because: {named}}}]\n"
    assert derive(case(tmp_path, SOUND.replace("expect:\n", asked))).differences == []


def test_a_pensioners_case_goes_on_beyond_the_years_checked_for_proxies(tmp_path: Path) -> None:
    text = SOUND.replace("law: rugao", "overrides: {benefit/base_pension: {2018-01-01: 135}}").replace("until: 2018-12", "until: 2024-12")
    assert derive(case(tmp_path, text.replace("through: 2018-12", "through: 2024-12"))).differences == []
