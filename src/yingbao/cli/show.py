"""How the command line shows things: plain lines, small tables, ``--json``, and errors for the reader."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from rich.console import Console
from rich.table import Table

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
        _CONSOLE.print(text, markup=False, soft_wrap=True)


def words(zh: str, en: str) -> str:
    """The text in the language chosen."""
    return en if SCREEN.lang == "en" else zh


def give(value: Any) -> None:
    """The result as JSON under ``--json``: one document on standard output."""
    if SCREEN.as_json:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A small table for people."""
    if SCREEN.as_json:
        return
    made = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    body = [[str(cell) for cell in row] for row in rows]
    for place, heading in enumerate(headings):
        numbers = bool(body) and all(_is_number(row[place]) for row in body)
        made.add_column(heading, justify="right" if numbers else "left", overflow="fold")
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


def progress(label: str) -> Any:
    """A spinner with the seconds it took, for long work. Silent under ``--json``."""
    return _ERRORS.status(label) if not SCREEN.as_json and _ERRORS.is_terminal else _Quiet()


class _Quiet:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None
