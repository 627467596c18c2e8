"""A command that was not written as it must be: said in the reader's language, with the page of help that tells how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yingbao.values.errors import YingbaoError

LARGEST = 10**18 - 1


class NotUnderstood(YingbaoError):
    """A command line with a word that is missing, unknown or of another kind. Takes ``why``, ``why_en``, ``command``."""

    zh = "命令写得不对：{why}。写法请看 {command} --help。本次没有写入任何数据。"
    en = "The command was not understood: {why_en}. See {command} --help. Nothing was written."


def refuse_huge(param: Any, value: Any, command: str) -> None:
    """No number of ours has more than 18 digits, and no database keeps one. Raises NotUnderstood."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, int) and abs(one) > LARGEST:
            raise NotUnderstood(why=f"{_name(param)}：数太大", why_en=f"{param.opts[0]}: the number is too large", command=command)


def understood_as(error: Any) -> NotUnderstood:
    """The sentence for what the parser of the command line says: of Typer's errors only the words are its own."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "yingbao"
    english = error.format_message().rstrip(".") or "no command is written"
    return NotUnderstood(why=_why(error, english), why_en=english, command=command)


def _why(error: Any, english: str) -> str:
    kind, name = type(error).__name__, _name(getattr(error, "param", None))
    if kind == "NoArgsIsHelpError":
        return "没有写要办什么"
    if kind == "NoSuchOption":
        near = "、".join(sorted(error.possibilities or ()))
        return f"没有选项 {error.option_name}" + (f"（是不是 {near}？）" if near else "")
    if kind == "MissingParameter":
        return f"没有写 {name}"
    if kind == "BadParameter":
        return f"{name or '所写的值'}：{_asked(error)}"
    if english.startswith("No such command"):
        return f"没有命令{english.removeprefix('No such command').strip().replace(chr(39), '“', 1).replace(chr(39), '”', 1)}"
    if "unexpected extra argument" in english:
        return f"多写了{english.rpartition('(')[2].rstrip(')').join('“”')}"
    if "requires an argument" in english:
        return f"选项 {getattr(error, 'option_name', '')} 后面要写值"
    return english


def _name(param: Any) -> str:
    """``--month（月份 YYYY-MM）``: the word on the line and what it is for."""
    if param is None:
        return ""
    word = param.opts[0] if param.param_type_name == "option" else param.metavar or (param.name or "").upper()
    help_text = (getattr(param, "help", None) or "").strip()
    return f"{word}（{help_text}）" if help_text else word


def _asked(error: Any) -> str:
    """What the value should be: by its type, or as our own commands say it."""
    param = getattr(error, "param", None)
    kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    if kind is int:
        return "要写整数" + _bounds(param)
    if kind is Path or getattr(kind, "__origin__", None) is list:
        return f"文件或文件夹不能用（{error.message}）"
    return str(error.message)


def _bounds(param: Any) -> str:
    least, most = getattr(param, "min", None), getattr(param, "max", None)
    return f"，{least} 至 {most}" if least is not None and most is not None else ""
