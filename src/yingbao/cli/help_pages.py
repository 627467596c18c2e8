"""The page of ``--help`` in the language chosen: frames, the words on options, and the line to type."""

from __future__ import annotations

import re
import sys
from typing import Any

from typer.core import TyperCommand, TyperGroup

from yingbao.cli.english_help import ENGLISH
from yingbao.cli.show import SCREEN, give, words
from yingbao.cli.usage import refuse_huge

CODES_ZH = ("退出码：0 办成 · 1 核对不符 · 2 拒绝，没有写入 · 70 程序错误 · 74 结果写不出去 · "
            "130 按 Ctrl-C 中断 · 141 读的一方先走了（如 | head）")  # fmt: skip
CODES_EN = ("Exit codes: 0 done · 1 something does not agree · 2 refused, nothing was written · 70 a fault of the program · "
            "74 the answer could not be written · 130 interrupted (Ctrl-C) · 141 the reader of the pipe has left")  # fmt: skip
_FRAMES = {
    "ARGUMENTS_PANEL_TITLE": ("参数", "Arguments"), "OPTIONS_PANEL_TITLE": ("选项", "Options"),
    "COMMANDS_PANEL_TITLE": ("命令", "Commands"),
    "DEFAULT_STRING": ("[默认：{}]", "[default: {}]"), "ENVVAR_STRING": ("[环境变量：{}]", "[env var: {}]"),
    "REQUIRED_LONG_STRING": ("[必填]", "[required]"),
}  # fmt: skip
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_IN_BRACKETS = re.compile(r"\(([a-z].*)\)\.?$", re.IGNORECASE)
_EXAMPLE_ZH, _EXAMPLE_EN = "例：", "For example: "


class Page:
    """What the page of a command or a group has in common: it is put into the chosen language before it is shown."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """As Typer does it; under ``--json`` one document."""
        self.get_help_option(ctx).help = words("显示本页", "Show this page")
        _frames()
        if SCREEN.lang == "en":
            _translate(self)
        if not SCREEN.as_json:
            super().format_help(ctx, formatter)  # type: ignore[misc]
        elif "--help" in sys.argv:  # else the page is only what a refusal would have shown
            give(_described(self, ctx))

    def get_usage(self: Any, ctx: Any) -> str:
        """``用法：yingbao roster list``."""
        told: str = super().get_usage(ctx)  # type: ignore[misc]
        return told if SCREEN.lang != "zh" else told.replace("Usage: ", "用法：", 1)


class CommandPage(Page, TyperCommand):
    """A command with its page."""

    def invoke(self, ctx: Any) -> Any:
        """As Typer does it, after a look at the numbers."""
        for one in self.params:
            refuse_huge(one, ctx.params.get(one.name), ctx.command_path)
        return super().invoke(ctx)


class GroupPage(Page, TyperGroup):
    """A group with its page."""


def _frames() -> None:
    from typer import rich_utils  # noqa: PLC0415 - slow to read, and only a page of help needs it

    for name, (zh, en) in _FRAMES.items():
        setattr(rich_utils, name, words(zh, en))


def _translate(command: Any) -> None:
    command.help = in_english(command.help or "")
    command.epilog = CODES_EN if command.epilog == CODES_ZH else (command.epilog or "").replace(_EXAMPLE_ZH, _EXAMPLE_EN, 1)
    for one in command.params:
        one.help = in_english(getattr(one, "help", "") or "")
    for one in getattr(command, "commands", {}).values():
        one.help = in_english(one.help or "")


def _described(command: Any, ctx: Any) -> dict[str, Any]:
    """The page as data."""
    named = [(one.opts[0] if one.param_type_name == "option" else one.metavar or one.name, one) for one in command.params]
    return {
        "command": ctx.command_path, "help": command.help, "example": command.epilog,
        "parameters": [{"name": name, "help": getattr(one, "help", ""), "required": one.required} for name, one in named],
        "commands": {name: one.help for name, one in getattr(command, "commands", {}).items()},
    }  # fmt: skip


def in_english(text: str) -> str:
    """``检查名册，不入库 (check a file).`` → ``check a file``; a text without its own English is looked up."""
    if not _CHINESE.search(text):
        return text
    if text in ENGLISH:
        return ENGLISH[text]
    head, colon, commands = text.rpartition("：")  # the group names its commands
    if colon and not _CHINESE.search(commands):
        return f"{in_english(head)}: {commands}"
    if found := _IN_BRACKETS.search(text):
        return found[1]
    # ``bank 银行 · tax 税务``: the words to type are English
    return " · ".join(_CHINESE.split(part)[0].strip() for part in text.split(" · ")) if " · " in text else text
