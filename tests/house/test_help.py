"""House rule: every command says what it wants, in the same words, and shows a line as one would type it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from yingbao.cli.app import INTERRUPTED
from yingbao.cli.errors import OutputLost, ProgramFault
from yingbao.cli.examples import EXAMPLES
from yingbao.cli.help_pages import CODES_EN, CODES_ZH, in_english
from yingbao.cli.program import app
from yingbao.cli.show import PIPE_CLOSED, SCREEN
from yingbao.values.errors import YingbaoError

GUIDES = sorted((Path(__file__).parents[2] / "docs").rglob("*.md"))


def every(group: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words."""
    for name, one in (group or typer.main.get_command(app)).commands.items():
        if hasattr(one, "commands"):
            yield from every(one, (*words, name))
        else:
            yield (*words, name), one


COMMANDS = dict(every())


def test_every_argument_and_option_says_what_it_is():
    silent = [(*words, one.name) for words, command in COMMANDS.items() for one in command.params if not getattr(one, "help", "")]
    assert silent == []


def test_what_is_the_same_is_called_the_same():
    said: dict[str, set[str]] = {}
    for command in COMMANDS.values():
        for one in command.params:
            if one.opts[0] in ("--by", "--on", "--pool", "--known-on", "--whole-ids") and one.metavar is None:
                said.setdefault(one.opts[0], set()).add(one.help)
    assert {name: words for name, words in said.items() if name != "--on" and len(words) > 1} == {}


@pytest.mark.parametrize("words", [" ".join(one) for one in COMMANDS])
def test_the_example_of_a_command_is_understood(words):
    command = COMMANDS[tuple(words.split())]
    line = [one for one in shlex.split(EXAMPLES[words]) if not one.endswith(".yaml")]
    missing = len(line) < len(shlex.split(EXAMPLES[words]))  # a file that must be there
    command.make_context(words, line, resilient_parsing=missing)
    assert command.epilog.startswith(f"例：yingbao {words}")


def test_no_guide_names_a_command_that_is_not_there():
    known = {words[0] for words in COMMANDS}
    for path in GUIDES:
        for first, second in re.findall(r"yingbao ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?", path.read_text(encoding="utf-8")):
            groups = {words[1] for words in COMMANDS if words[0] == first and len(words) > 1}
            assert first in known, (path.name, first)
            assert not groups or not second or second in groups, (path.name, first, second)


CHINESE = re.compile("[\u4e00-\u9fff]")


def test_every_word_of_a_page_of_help_has_its_english():
    texts = {one.help for command in COMMANDS.values() for one in command.params} | {one.help for one in COMMANDS.values()}
    texts |= {one.help for one in typer.main.get_command(app).commands.values()} | {app.info.help}
    assert sorted(text for text in texts if CHINESE.search(in_english(text))) == []


def test_a_page_is_whole_in_the_language_chosen(capsys, monkeypatch):
    shown = {}
    for lang in ("zh", "en"):
        monkeypatch.setattr(SCREEN, "lang", lang)
        with pytest.raises(SystemExit):
            app(args=["roster", "list", "--help"], prog_name="yingbao", standalone_mode=True)
        shown[lang] = capsys.readouterr().out
    assert [word in shown["zh"] for word in ("用法：", "选项", "环境变量", "显示本页", "例：")] == [True] * 5
    assert not CHINESE.search(shown["en"])


def test_the_codes_of_leaving_are_the_same_everywhere():
    commands = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert CODES_ZH in commands
    told = [int(code) for code in re.findall(r"(\d+) ", CODES_ZH)]
    assert told == [0, 1, YingbaoError.exit_code, ProgramFault.exit_code, OutputLost.exit_code, INTERRUPTED, PIPE_CLOSED]
    assert told == [int(code) for code in re.findall(r"(\d+) ", CODES_EN)]
