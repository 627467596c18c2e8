"""``python -m yingbao.bank_mock answer|serve|paid``: the made-up bank from the command line.

Each round prints one line of JSON. ``serve`` ends when a file named ``stop`` appears in the inbox,
or after ``--rounds`` rounds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from yingbao.bank_mock.bank import Bank, Round, work
from yingbao.bank_mock.books import Books, paid_by_batch
from yingbao.bank_mock.script import Script, script_from_text
from yingbao.formats.bank import DEFAULT_PROFILE, load_profile
from yingbao.values.errors import YingbaoError

STOP = "stop"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when done, 2 for a refusal that is printed."""
    told = _parser().parse_args(arguments)
    try:
        if told.command == "paid":
            _print({batch: {"count": n, "total_fen": fen} for batch, (n, fen) in paid_by_batch(told.ledger).items()})
            return 0
        return _run(told)
    except YingbaoError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _run(told: argparse.Namespace) -> int:
    script = script_from_text(told.script.read_text(encoding="utf-8")) if told.script else Script()
    books = Books(told.ledger or told.out / "bank.sqlite")
    bank = Bank(load_profile(told.profile), script, told.seed, books)
    try:
        if told.command == "answer":
            _show(work(bank, told.inbox, told.out))
        rounds = 0
        while told.command == "serve" and rounds < told.rounds and not (told.inbox / STOP).exists():
            done = work(bank, told.inbox, told.out)
            if done.taken or done.sent or done.refused:
                _show(done)
            rounds += 1
            time.sleep(told.every)
    finally:
        books.close()
    return 0


def _show(done: Round) -> None:
    _print(asdict(done))


def _print(what: object) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m yingbao.bank_mock", description="A made-up bank.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("answer", "one round"), ("serve", "round after round")):
        one = commands.add_parser(name, help=text)
        one.add_argument("--in", dest="inbox", type=Path, required=True, help="folder with our payment files")
        one.add_argument("--out", type=Path, required=True, help="folder for the bank's return files")
        one.add_argument("--seed", type=int, required=True)
        one.add_argument("--script", type=Path, help="YAML: what the bank does")
        one.add_argument("--profile", default=DEFAULT_PROFILE)
        one.add_argument("--ledger", type=Path, help="the bank's own books; default OUT/bank.sqlite")
        if name == "serve":
            one.add_argument("--every", type=float, default=0.5, help="seconds between rounds")
            one.add_argument("--rounds", type=int, default=10**9)
    paid = commands.add_parser("paid", help="what the bank really paid, by batch")
    paid.add_argument("--ledger", type=Path, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
