"""The payment file: the bytes the bank gets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bank_samples import BATCH, LINES, fixed_width, rural

from yingbao.formats.bank import (
    PaymentBatch,
    PaymentFileRefused,
    Profile,
    line_ranges,
    load_profile,
    profile_names,
    read_payment_file,
    unwritable_names,
    write_payment_file,
)
from yingbao.values.identity import AccountNumber, IdNumber


def refusal(profile: Profile, lines: list, folder: Path) -> PaymentFileRefused:
    with pytest.raises(PaymentFileRefused) as caught:
        write_payment_file(profile, BATCH, lines, folder)
    return caught.value


def named(name: str) -> list:
    return [LINES[0]._replace(account_name=name)]


def test_the_file_reads_as_the_bank_agreed(tmp_path: Path) -> None:
    written = write_payment_file(rural(), BATCH, LINES[:1], tmp_path)
    rows = written.path.read_bytes().decode("gb18030").split("\r\n")
    assert rows[0] == "B20181201|20181220|XY001|3206820100000001|1|135.00|CNY|201812养老金"
    assert rows[1] == "1|6228480010001234567|陈桂兰|32068219500101002X|135.00|201812养老金|101|"
    assert rows[2].startswith("SM3|")


def test_the_same_batch_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    first = write_payment_file(rural(), BATCH, LINES, tmp_path / "a")
    second = write_payment_file(rural(), BATCH, iter(LINES), tmp_path / "b")
    assert first.path.read_bytes() == second.path.read_bytes()


def test_the_count_and_the_total_are_of_the_lines(tmp_path: Path) -> None:
    written = write_payment_file(rural(), BATCH, LINES, tmp_path)
    assert (written.count, written.total_fen) == (5, 70800)


@pytest.mark.parametrize("name", profile_names())
def test_what_is_written_is_what_the_bank_reads(name: str, tmp_path: Path) -> None:
    written = write_payment_file(load_profile(name), BATCH, LINES, tmp_path)
    batch, lines = read_payment_file(load_profile(name), written.path)
    assert (batch.number, lines) == (BATCH.number, LINES)


def test_a_layout_of_fixed_width_is_only_another_profile(tmp_path: Path) -> None:
    written = write_payment_file(fixed_width(), BATCH, LINES, tmp_path)
    _, lines = read_payment_file(fixed_width(), written.path)
    assert [(x.line, x.account, x.account_name, x.amount_fen) for x in lines] == [
        (x.line, x.account, x.account_name, x.amount_fen) for x in LINES
    ]


def test_secrets_are_revealed_only_in_the_file(tmp_path: Path) -> None:
    secret = LINES[0]._replace(account=AccountNumber("6228480010001234567"), id_number=IdNumber("32068219500101002X"))
    plain = write_payment_file(rural(), BATCH, LINES[:1], tmp_path / "a")
    hidden = write_payment_file(rural(), BATCH, [secret], tmp_path / "b")
    assert hidden.sha256 == plain.sha256


@pytest.mark.parametrize("name", ["李䶮", "王𬭎", "𠮷田"])
def test_a_rare_name_is_written_in_gb18030(name: str, tmp_path: Path) -> None:
    written = write_payment_file(rural(), BATCH, named(name), tmp_path)
    assert read_payment_file(rural(), written.path)[1][0].account_name == name


@pytest.mark.parametrize(("encoding", "name"), [("gbk", "李䶮"), ("gb2312", "王𬭎"), ("gb2312", "朱镕基")])
def test_a_name_the_encoding_lacks_is_refused_by_name(encoding: str, name: str, tmp_path: Path) -> None:
    error = refusal(replace(rural(), encoding=encoding), named(name), tmp_path)
    assert name in str(error)


def test_a_lone_surrogate_is_refused_and_can_be_printed(tmp_path: Path) -> None:
    assert "王U+D842" in str(refusal(rural(), named("王\ud842"), tmp_path))


@pytest.mark.parametrize(
    "name",
    ["王|桂兰", "王\r\n桂兰", "王\u2028兰", "王\u202e兰", "王\u200b兰", "王\x00兰", "王?兰", "王\ufffd", " ", ""],
)
def test_a_name_that_could_be_misread_is_refused(name: str, tmp_path: Path) -> None:
    refusal(rural(), named(name), tmp_path)


def test_a_refusal_leaves_nothing_on_disk(tmp_path: Path) -> None:
    refusal(rural(), [*LINES, LINES[0]._replace(line=6, account_name="王?")], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_shows_no_account_and_no_id(tmp_path: Path) -> None:
    bad = LINES[0]._replace(id_number="3206821950|", account="6228", account_name="王?")
    text = str(refusal(rural(), [bad], tmp_path))
    assert "3206821950" not in text
    assert "6228" not in text


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "no_lines"),
        ([LINES[0]._replace(amount_fen=0)], "not_positive"),
        ([LINES[0]._replace(amount_fen=-1)], "not_positive"),
        ([LINES[0], LINES[0]], "order"),
        ([LINES[1], LINES[0]], "order"),
        ([LINES[0]._replace(account="6228-4800")], "account"),
        ([LINES[0]._replace(line_summary="一|二")], "forbidden"),
        ([LINES[0]._replace(amount_fen=10**13 + 1)], "total"),
    ],
)
def test_lines_the_bank_could_misread_are_refused(lines: list, code: str, tmp_path: Path) -> None:
    assert code in {problem.code for problem in refusal(rural(), lines, tmp_path).problems}


def test_a_batch_number_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PaymentFileRefused, match="批次号"):
        write_payment_file(rural(), PaymentBatch("../x", BATCH.pay_on), LINES, tmp_path)


def test_more_lines_than_the_bank_takes_are_refused_and_can_be_cut(tmp_path: Path) -> None:
    many = [LINES[0]._replace(line=number) for number in range(1, 12)]
    assert "too_many" in {p.code for p in refusal(fixed_width(), many, tmp_path).problems}
    assert line_ranges(fixed_width(), 23) == [(0, 10), (10, 20), (20, 23)]


def test_a_name_longer_than_its_field_is_refused(tmp_path: Path) -> None:
    error = refusal(fixed_width(), named("买买提" * 4), tmp_path)
    assert {problem.code for problem in error.problems} == {"too_long"}


def test_names_can_be_tried_before_the_run_is_approved() -> None:
    assert unwritable_names(rural(), ["王桂兰", "王\ud842", "王?", "李䶮"]) == ["王?", "王\ud842"]
