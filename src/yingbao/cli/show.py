"""How the command line shows things: plain lines, small tables, ``--json``, and errors for the reader."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, NoReturn

from rich.console import Console
from rich.table import Table

from yingbao.policy.assumed import sentence
from yingbao.values.errors import YingbaoError

LANGUAGES = ("zh", "en")


@dataclass
class Screen:
    """What the global options chose: ``--json`` and ``--lang``."""

    as_json: bool = False
    lang: str = "zh"


SCREEN = Screen()
_CONSOLE = Console(highlight=False)
_ERRORS = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """A line for the reader; nothing under ``--json``."""
    if not SCREEN.as_json:
        _CONSOLE.print(_spoken(text), markup=False, soft_wrap=True)


def _spoken(text: str) -> str:
    """The text in the language chosen."""
    if SCREEN.lang != "en":
        return text
    from yingbao.cli.english import english  # noqa: PLC0415 - its tables are read only where somebody wants them

    return english(text)


def words(zh: str, en: str) -> str:
    """The text in the language chosen."""
    return en if SCREEN.lang == "en" else zh


def give(value: Any, *, named: bool = False) -> None:
    """The result: one JSON document on standard output under ``--json``.

    Else a last line for the reader, which names the parameters that the result says it rests on and that have no public
    document; ``named``: what was said has named them already.
    """
    if SCREEN.as_json:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")
    elif not named and (told := sentence(sorted(_rests_on(value)), SCREEN.lang)):
        _CONSOLE.print(told, markup=False, soft_wrap=True)


def _rests_on(value: Any) -> set[str]:
    """What a result, its basis or its parts rest on."""
    if isinstance(value, dict):
        own = set(value.get("rests_on_illustrative") or ())
        return own.union(*(_rests_on(part) for part in value.values() if _says(part)))
    return set().union(*(_rests_on(part) for part in value)) if _says(value) else set()


def _says(part: Any) -> bool:
    """A part that may say so: a basis, or a list whose rows do."""
    if isinstance(part, list):
        return bool(part) and isinstance(part[0], dict) and ("rests_on_illustrative" in part[0] or "basis" in part[0])
    return isinstance(part, dict) and "rests_on_illustrative" in part


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A small table for people."""
    if SCREEN.as_json:
        return
    made = Table(title=_spoken(title), title_justify="left", show_edge=False, pad_edge=False)
    body = [[_spoken(str(cell)) for cell in row] for row in rows]
    for place, heading in enumerate(headings):
        numbers = bool(body) and all(_is_number(row[place]) for row in body)
        made.add_column(_spoken(heading), justify="right" if numbers else "left", overflow="fold", no_wrap=numbers)
    for row in body:
        made.add_row(*row)
    _CONSOLE.print(made, markup=False)


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("-", "").isdigit()


def stop(error: YingbaoError) -> NoReturn:
    """Show a refusal and leave with its code."""
    if SCREEN.as_json:
        sys.stdout.write(json.dumps(error.as_json(SCREEN.lang), ensure_ascii=False, indent=1) + "\n")
    else:
        _ERRORS.print(error.text(SCREEN.lang), markup=False, soft_wrap=True)
    raise SystemExit(error.exit_code)


def progress(label: str, done: int = 0, of: int | None = None) -> AbstractContextManager[object]:
    """A bar and the time gone by, for long work; it fills where ``of`` how many parts is known, else it only moves.

    Silent under ``--json`` and where nobody is looking.
    """
    if SCREEN.as_json or not _ERRORS.is_terminal:
        return nullcontext()
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - only for a terminal

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    # Lines that go to a file meanwhile stay out of the bar's way by themselves; taken in, they would miss the file.
    bar = Progress(*columns, console=_ERRORS, transient=True, redirect_stdout=_CONSOLE.is_terminal)
    bar.add_task(_spoken(label), completed=done, total=of)
    return bar
