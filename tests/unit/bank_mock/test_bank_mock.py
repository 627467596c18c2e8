"""The made-up bank: another process with its own books."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from yingbao.bank_mock.bank import Bank, Round, work
from yingbao.bank_mock.books import Books, paid_by_batch, paid_lines
from yingbao.bank_mock.script import BadScript, Script, script_from_text
from yingbao.formats.bank import (
    BankFileRefused,
    PaymentBatch,
    PaymentLine,
    WrittenFile,
    load_profile,
    profile_names,
    read_return_file,
    verify_against,
    write_payment_file,
)

FATES = {1: "settled", 2: "curable", 3: "do_not_resend", 4: "unknown_paid", 5: "unknown_unpaid"}
ALL_FATES = "lines: {1: settled, 2: curable, 3: do_not_resend, 4: unknown_paid, 5: unknown_unpaid}"
BATCH = "B20181201"


class County:
    """One side of the counter: sends batches, keeps what it expects."""

    def __init__(self, root: Path, script: str = ALL_FATES, profile: str = "rural_bank_text", seed: int = 1) -> None:
        self.profile, self.inbox, self.outbox = load_profile(profile), root / "in", root / "out"
        self.ledger = root / "bank.sqlite"
        self.inbox.mkdir(parents=True)
        self.bank = Bank(self.profile, script_from_text(script), seed, Books(self.ledger))

    def send(self, number: str = BATCH, count: int = 5, amount_fen: int = 13500) -> WrittenFile:
        lines = [PaymentLine(n, f"62284800{n:08d}", "陈桂兰", "", amount_fen + n) for n in range(1, count + 1)]
        self.sent = {line.line: line.amount_fen for line in lines}
        return write_payment_file(self.profile, PaymentBatch(number, date(2018, 12, 20)), lines, self.inbox)

    def round(self) -> Round:
        return work(self.bank, self.inbox, self.outbox)

    def outcomes(self, name: str) -> dict[int, str]:
        return {line.line: line.outcome for line in read_return_file(self.profile, self.outbox / name).lines}

    def trouble(self, name: str) -> set[str]:
        try:
            reading = read_return_file(self.profile, self.outbox / name)
        except BankFileRefused as error:
            return {problem.code for problem in error.problems}
        return {p.code for p in verify_against(reading, batch_number=BATCH, expected=self.sent)}


@pytest.mark.parametrize("profile", profile_names())
def test_every_fate_is_answered_and_unknowns_later(profile: str, tmp_path: Path) -> None:
    county = County(tmp_path, profile=profile)
    county.send()
    [first], [last] = county.round().sent, county.round().sent
    assert county.outcomes(first) == {1: "settled", 2: "curable", 3: "do_not_resend", 4: "unknown", 5: "unknown"}
    assert county.outcomes(last) == {4: "settled", 5: "curable"}
    assert county.round().sent == []


def test_the_money_at_the_bank_is_what_was_settled_in_the_end(tmp_path: Path) -> None:
    county = County(tmp_path)
    county.send()
    county.round()
    assert paid_by_batch(county.ledger) == {BATCH: (2, 13501 + 13504)}
    assert paid_lines(county.ledger) == {(BATCH, 1): 13501, (BATCH, 4): 13504}


def test_the_same_file_sent_twice_is_paid_once(tmp_path: Path) -> None:
    county = County(tmp_path)
    path = county.send().path
    county.round()
    path.with_name("copy.txt").write_bytes(path.read_bytes())
    assert county.round().taken == []
    assert paid_by_batch(county.ledger)[BATCH][0] == 2


def test_another_file_of_the_same_batch_number_is_not_paid(tmp_path: Path) -> None:
    county = County(tmp_path)
    county.send()
    county.round()
    county.send(amount_fen=99900)
    assert county.round().refused == [f"DF_{BATCH}.txt"]
    assert paid_by_batch(county.ledger)[BATCH] == (2, 27005)


def test_a_damaged_payment_file_is_not_paid(tmp_path: Path) -> None:
    county = County(tmp_path)
    path = county.send().path
    path.write_bytes(path.read_bytes()[:-40])
    assert county.round().refused == [path.name]
    assert paid_by_batch(county.ledger) == {}


def test_one_seed_gives_one_history_and_another_seed_another(tmp_path: Path) -> None:
    def history(root: Path, seed: int) -> list[bytes]:
        county = County(root, "{settled: 5000, curable: 2000, do_not_resend: 1000, unknown: 2000}", seed=seed)
        county.send(count=200)
        county.round(), county.round()
        return [path.read_bytes() for path in sorted(county.outbox.glob("*.txt"))]

    assert history(tmp_path / "a", 1) == history(tmp_path / "b", 1)
    assert history(tmp_path / "c", 1) != history(tmp_path / "d", 2)


@pytest.mark.parametrize(
    ("deed", "trouble"),
    [
        ("truncated", {"cut"}),
        ("flipped_digest", {"digest"}),
        ("other_batch", {"other_batch"}),
        ("missing_line", {"missing_lines"}),
        ("wrong_total", {"total"}),
    ],
)
def test_a_wrong_file_can_be_told_and_the_right_one_follows(deed: str, trouble: set, tmp_path: Path) -> None:
    county = County(tmp_path, f'{ALL_FATES}\nmisbehave: {{"*": [{deed}]}}')
    county.send()
    [wrong], [right] = county.round().sent, county.round().sent
    assert county.trouble(wrong) == trouble
    assert county.trouble(right) == set()
    assert county.outcomes(county.round().sent[0]) == {4: "settled", 5: "curable"}


def test_a_late_answer_comes_a_round_later(tmp_path: Path) -> None:
    county = County(tmp_path, f"{ALL_FATES}\nmisbehave: {{{BATCH}: [late]}}")
    county.send()
    assert county.round().sent == []
    assert county.trouble(county.round().sent[0]) == set()


def test_a_duplicate_answer_has_the_same_digest(tmp_path: Path) -> None:
    county = County(tmp_path, f'{ALL_FATES}\nmisbehave: {{"*": [duplicate]}}')
    county.send()
    first, again = (read_return_file(county.profile, county.outbox / name) for name in county.round().sent)
    assert first.sha256 == again.sha256


def test_a_fate_can_be_given_by_name(tmp_path: Path) -> None:
    county = County(tmp_path, "names: {陈桂兰: do_not_resend}")
    county.send()
    assert set(county.outcomes(county.round().sent[0]).values()) == {"do_not_resend"}


@pytest.mark.parametrize("text", ["settled: 1", "lines: {1: lost}", 'misbehave: {"*": [rob]}', "colour: red", "[]x"])
def test_a_script_with_a_mistake_is_refused(text: str) -> None:
    with pytest.raises(BadScript):
        script_from_text(text)


def test_the_usual_bank_settles_most() -> None:
    assert Script().settled > 9000


def test_the_bank_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    county = County(tmp_path)
    county.send()
    county.bank.books.close()
    command = [sys.executable, "-m", "yingbao.bank_mock", "serve", "--in", county.inbox, "--out", county.outbox]
    command += ["--seed", "7", "--every", "0", "--rounds", "3", "--ledger", tmp_path / "own.sqlite"]
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    assert json.loads(ended.stdout.splitlines()[0])["taken"] == [BATCH]
    paid = [sys.executable, "-m", "yingbao.bank_mock", "paid", "--ledger", str(tmp_path / "own.sqlite")]
    told = json.loads(subprocess.run(paid, capture_output=True, text=True, check=True).stdout)
    assert told[BATCH]["count"] == len(paid_lines(tmp_path / "own.sqlite"))
