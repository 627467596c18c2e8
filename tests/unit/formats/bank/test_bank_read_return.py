"""The return file: read whole and right, or refused whole."""

from __future__ import annotations

import random
from datetime import date

import pytest
from bank_samples import ANSWERS, ASKED, BATCH, HEAD, LINES, SENT, answer_bytes, fixed_width, redigest, rural

from yingbao.formats.bank import (
    AnswerHead,
    BankFileRefused,
    load_profile,
    read_return_file,
    refuse_unless_verified,
    return_bytes,
    verify_against,
)


def problems(content: bytes) -> set[str]:
    with pytest.raises(BankFileRefused) as caught:
        read_return_file(rural(), content, name="HP.txt")
    assert caught.value.exit_code == 2
    assert "HP.txt" in str(caught.value)
    return {problem.code for problem in caught.value.problems}


def changed(before: str, after: str) -> bytes:
    content = answer_bytes()
    assert before.encode("gb18030") in content
    return redigest(content.replace(before.encode("gb18030"), after.encode("gb18030"), 1))


def test_each_code_has_its_class_and_an_unknown_code_is_unknown() -> None:
    reading = read_return_file(rural(), answer_bytes())
    outcomes = [line.outcome for line in reading.lines]
    assert outcomes == ["settled", "curable", "do_not_resend", "unknown", "unknown"]


def test_a_settled_line_tells_serial_day_and_amount() -> None:
    first = read_return_file(rural(), answer_bytes()).lines[0]
    assert (first.serial, first.booked_on, first.paid_fen) == ("S001", date(2018, 12, 20), 13500)


def test_people_on_one_account_keep_their_own_results() -> None:
    reading = read_return_file(rural(), answer_bytes())
    assert LINES[0].account == LINES[1].account
    assert LINES[2].account in LINES[0].account
    assert verify_against(reading, batch_number=BATCH.number, expected=SENT) == []
    assert {line.line: line.outcome for line in reading.lines[:3]} == {1: "settled", 2: "curable", 3: "do_not_resend"}


def test_the_same_file_has_the_same_digest_and_another_has_not() -> None:
    one = read_return_file(rural(), answer_bytes())
    assert one.sha256 == read_return_file(rural(), answer_bytes()).sha256
    assert one.sha256 != read_return_file(rural(), answer_bytes(answers=ANSWERS[:4])).sha256


def test_a_file_cut_at_any_record_boundary_is_refused() -> None:
    content = answer_bytes()
    rows = content.split(b"\r\n")[:-1]
    for kept in range(len(rows)):
        cut = b"".join(row + b"\r\n" for row in rows[:kept])
        assert problems(cut) <= {"cut", "empty", "digest"}


def test_a_file_cut_at_any_byte_is_refused() -> None:
    content = answer_bytes()
    for size in range(len(content)):
        problems(content[:size])


def test_a_file_with_any_flipped_byte_is_refused() -> None:
    content = answer_bytes()
    dice = random.Random(20181201)
    for _ in range(400):
        place, bit = dice.randrange(len(content)), 1 << dice.randrange(8)
        problems(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])


def test_a_flipped_byte_in_a_file_without_digest_never_moves_an_unverified_row() -> None:
    profile = load_profile("changchun_tsv")
    content = answer_bytes(profile, [a._replace(result="1" if a.result == "0" else "0") for a in ANSWERS])
    honest = {(line.line, line.asked_fen) for line in read_return_file(profile, content).lines}
    dice = random.Random(7)
    for _ in range(200):
        place = dice.randrange(len(content))
        flipped = content[:place] + bytes([content[place] ^ (1 << dice.randrange(8))]) + content[place + 1 :]
        try:
            reading = read_return_file(profile, flipped)
        except BankFileRefused:
            continue
        if not verify_against(reading, batch_number=BATCH.number, expected=SENT):
            assert {(line.line, line.asked_fen) for line in reading.lines} == honest


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("|20181221|5|1|135.00", "|20181221|6|1|135.00", "count"),
        ("|20181221|5|1|135.00", "|20181221|5|2|135.00", "count"),
        ("|20181221|5|1|135.00", "|20181221|5|1|135.01", "total"),
        ("B20181201|2|1", "B20181201|1|1", "duplicate_line"),
        ("B20181201|2|1", "B20190101|2|1", "other_batch"),
        ("|3900|", "|39\x0000|", "control"),
        ("|3900|", "|3900", "columns"),
        ("|20181220|135.00", "|20181320|135.00", "value"),
        ("|20181220|135.00", "||135.00", "not_booked"),
        ("|20181220|135.00", "|20181220|135", "value"),
        ("|20181220|135.00", "|20181220|-135.00", "value"),
        ("B20181201|4|2|", "B20181201|4|7|", "result"),
        ("|账号户名不符|||0.00", "|账号户名不符|||289.00", "amount"),
    ],
)
def test_a_wrong_file_under_a_good_seal_is_refused(before: str, after: str, code: str) -> None:
    assert code in problems(changed(before, after))


def test_every_problem_is_named_with_its_row() -> None:
    content = redigest(answer_bytes().replace(b"|3900|", b"|39\x0000|").replace(b"20181220|135.00", b"2018122|135.00"))
    with pytest.raises(BankFileRefused) as caught:
        read_return_file(rural(), content)
    assert [(p.row, p.code) for p in caught.value.problems] == [(2, "value"), (5, "control")]


def test_a_missing_file_is_refused_in_a_sentence(tmp_path) -> None:
    with pytest.raises(BankFileRefused, match="打不开"):
        read_return_file(rural(), tmp_path / "none.txt")


def test_another_batch_is_found() -> None:
    reading = read_return_file(rural(), answer_bytes())
    found = verify_against(reading, batch_number="B20190101", expected=SENT)
    assert [problem.code for problem in found] == ["other_batch"]


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        ({k: v for k, v in SENT.items() if k != 3}, "unknown_line"),
        (SENT | {6: 100}, "missing_lines"),
        (SENT | {1: 13501}, "amount"),
    ],
)
def test_lines_that_do_not_fit_the_batch_are_found(expected: dict, code: str) -> None:
    reading = read_return_file(rural(), answer_bytes())
    found = verify_against(reading, batch_number=BATCH.number, expected=expected)
    assert [problem.code for problem in found] == [code]
    with pytest.raises(BankFileRefused):
        refuse_unless_verified(reading, found)


def test_a_later_file_answers_only_what_was_in_process() -> None:
    later = return_bytes(rural(), AnswerHead(BATCH.number, 2, date(2018, 12, 24)), [ANSWERS[3]], ASKED)
    told = {1: "settled", 2: "curable", 3: "do_not_resend"}
    reading = read_return_file(rural(), later)
    assert verify_against(reading, batch_number=BATCH.number, expected=SENT, answered=told) == []


def test_a_later_file_that_takes_back_a_final_answer_is_found() -> None:
    turned = ANSWERS[1]._replace(result="0", code="0000", booked_on=date(2018, 12, 24), paid_fen=28900)
    later = read_return_file(rural(), return_bytes(rural(), AnswerHead(BATCH.number, 2), [turned]))
    found = verify_against(later, batch_number=BATCH.number, expected=SENT, answered={2: "curable"})
    assert [problem.code for problem in found] == ["contradicts"]


def test_a_fixed_width_answer_reads_the_same() -> None:
    reading = read_return_file(fixed_width(), return_bytes(fixed_width(), HEAD, ANSWERS))
    assert [line.outcome for line in reading.lines] == ["settled", "curable", "do_not_resend", "unknown", "unknown"]
    assert reading.lines[0].paid_fen == 13500


def test_changchun_answers_success_with_a_one_and_failure_with_a_code() -> None:
    profile = load_profile("changchun_tsv")
    content = return_bytes(
        profile, HEAD, [ANSWERS[0]._replace(result="1", code=""), ANSWERS[1]._replace(result="0", code="205")], ASKED
    )
    rows = content.decode("gb18030").split("\r\n")
    assert rows[1].endswith("135.00\t1")
    assert rows[2].endswith("289.00\t0\t205")
    assert read_return_file(profile, content).counts() == {
        "settled": 1, "curable": 1, "do_not_resend": 0, "unknown": 0,
    }  # fmt: skip
