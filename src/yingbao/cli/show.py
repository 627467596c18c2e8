"""How the command line shows things: plain lines, small tables, ``--json``, and errors for the reader."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, NoReturn

from rich.console import Console

from yingbao.cli.errors import OutputLost
from yingbao.cli.tables import lines_of_table, wrapped
from yingbao.policy.assumed import by_folder, called
from yingbao.values.errors import YingbaoError

LANGUAGES = ("zh", "en")
_NOTE_WIDTH = 110  # of a note in a file or a pipe, in characters
PIPE_CLOSED = 141  # 128 and the number of the signal, as shells count


@dataclass
class Screen:
    """What the global options chose: ``--json`` and ``--lang``."""

    as_json: bool = False
    lang: str = "zh"


class _Lines(Console):
    """Where the reader of a pipe has left (``| head``), nothing is said and nothing more is written."""

    def on_broken_pipe(self) -> None:
        leave_closed_pipe()


def leave_closed_pipe() -> NoReturn:
    """Leave without a word: whoever read our lines wants no more of them."""
    _nowhere()
    raise SystemExit(PIPE_CLOSED)


def _nowhere() -> None:
    """Python writes what is left once more at its end: it must not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


SCREEN = Screen()
_CONSOLE = _Lines(highlight=False)
_ERRORS = _Lines(stderr=True, highlight=False)


def say(text: str) -> None:
    """A line for the reader; nothing under ``--json``."""
    if not SCREEN.as_json:
        _print(_spoken(text))


def _print(text: str, style: str | None = None) -> None:
    try:
        _CONSOLE.print(text, markup=False, soft_wrap=True, style=style)
    except BrokenPipeError:
        leave_closed_pipe()
    except OSError as error:
        _output_lost(error.strerror)


def _document(value: Any) -> None:
    try:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        leave_closed_pipe()
    except (OSError, AttributeError) as error:  # closed from the beginning, it is None
        _output_lost(getattr(error, "strerror", None) or "closed")


def _output_lost(why: str | None) -> NoReturn:
    """Say it where one still can. What was asked for was done: only its answer is lost."""
    if sys.stdout is not None:
        _nowhere()
    _ERRORS.print(OutputLost(why=why or "?").text(SCREEN.lang), markup=False, soft_wrap=True)
    raise SystemExit(OutputLost.exit_code)


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

    Else a last note for the reader, which names the parameters that the result says it rests on and that have no public
    document; ``named``: what was said has named them already.
    """
    if SCREEN.as_json:
        _document(value)
    elif not named:
        note(sorted(_rests_on(value)))


def note(names: Sequence[str]) -> None:
    """Name the parameters that have no public document, by what they are about, and say where to look them up."""
    told = called(names, SCREEN.lang)
    if SCREEN.as_json or not told:
        return
    head = words(
        f"注：下列 {len(told)} 个参数为示例值，尚无文件依据（值和出处见 yingbao law list --illustrative）：",
        f"Note: these {len(told)} parameters are illustrative, no public document could be read for them "
        "(their values: yingbao law list --illustrative):",
    )  # fmt: skip
    lines = [head]
    for folder, labels in by_folder(told, SCREEN.lang):
        lines += wrapped(f"  {folder}{words('：', ': ')}", labels, words("、", "; "), _room() or _NOTE_WIDTH)
    _print("\n".join(lines))


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
    shown = [_spoken(heading) for heading in headings]
    body = [[_spoken(str(cell)) for cell in row] for row in rows]
    _print(_spoken(title), style="bold")
    lines = lines_of_table(shown, body, _room(), words("：", ": ")) if body else [words("（无）", "(none)")]
    _print("\n".join(lines))


def _room() -> int | None:
    """The characters of a line; a file or a pipe takes any number."""
    return _CONSOLE.width if _CONSOLE.is_terminal or os.environ.get("COLUMNS") else None


def complain(error: YingbaoError, about: str) -> None:
    """Show a refusal of one of several things and go on; nothing under ``--json``, where the result carries it."""
    if not SCREEN.as_json:
        said = error.text(SCREEN.lang, in_reader_language)
        _ERRORS.print(words(f"✗ {about}：{said}", f"✗ {about}: {said}"), markup=False, soft_wrap=True)


def stop(error: YingbaoError) -> NoReturn:
    """Show a refusal and leave with its code."""
    if SCREEN.as_json:
        _document(error.as_json(SCREEN.lang, in_reader_language))
    else:
        _ERRORS.print(error.text(SCREEN.lang, in_reader_language), markup=False, soft_wrap=True)
    raise SystemExit(error.exit_code)


def in_reader_language(text: str) -> str:
    """What stands inside a refusal, in the language chosen."""
    if SCREEN.lang != "en":
        return text
    from yingbao.cli.english import reason  # noqa: PLC0415 - as above

    return reason(text)


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
