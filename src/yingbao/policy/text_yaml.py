"""YAML in which every scalar stays the text that was written, and no key may come twice.

``135.10`` read as a float is already not 13510 fen, so no number is made here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from yingbao.policy.errors import BadYaml, Overlap


class TextMapping(dict[str, Any]):
    """A mapping read from a file: it can say where it stands, and each of its keys."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: dict[str, int] = {}

    def place(self, key: str | None = None) -> str:
        """``case.yaml 第 12 行``."""
        return f"{self.file} 第 {self.lines.get(key or '', self.line)} 行"


class _TextLoader(yaml.BaseLoader):
    """BaseLoader keeps scalars as text; this one also refuses a key that comes twice."""


def _mapping(loader: _TextLoader, node: yaml.MappingNode, **_deep: bool) -> TextMapping:
    seen = TextMapping(loader.name, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadYaml(file=loader.name, key=_place(key_node), why="键必须是文字", why_en="a key must be text")
        if key in seen:
            raise Overlap(file=loader.name, key=key, why=_place(key_node))
        seen.lines[key] = key_node.start_mark.line + 1
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


def _place(node: yaml.Node) -> str:
    return f"第 {node.start_mark.line + 1} 行"


_TextLoader.construct_mapping = _mapping  # type: ignore[assignment, method-assign]


def _why(error: yaml.MarkedYAMLError) -> str:
    if isinstance(error, yaml.composer.ComposerError) and "single document" in (error.context or ""):
        return "一个文件只能写一份，这里又开始了一份"
    if "tab" in str(error) or "\\t" in (error.problem or ""):
        return "缩进只能用空格，不能用制表符"
    return "缩进、冒号、引号或括号有误"


def read_text_yaml(path: Path, shown: str | None = None) -> TextMapping:
    """The mapping in a YAML file; scalars are ``str``, sequences ``list``, mappings ``dict``.

    ``shown`` is the name of the file in errors. Raises BadYaml and Overlap.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadYaml(file=shown or path.name, key="全文", why="不是UTF-8文字", why_en="is no UTF-8 text") from error
    return parse_text_yaml(text, shown or path.name)


def parse_text_yaml(text: str, shown: str) -> TextMapping:
    """The mapping in YAML text, see :func:`read_text_yaml`. ``shown`` names it in errors."""
    loader = _TextLoader(text)
    loader.name = shown
    try:
        found = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise BadYaml(
            file=shown, key=f"第 {line} 行", why=_why(error), why_en=error.problem or "syntax"
        ) from error
    except yaml.YAMLError as error:
        raise BadYaml(file=shown, key="全文", why="含有不能读的字符", why_en="unreadable characters") from error
    finally:
        loader.dispose()
    if found is None:
        raise BadYaml(file=shown, key="全文", why="文件是空的", why_en="the file is empty")
    if not isinstance(found, TextMapping):
        raise BadYaml(file=shown, key="全文", why="应为“键: 值”", why_en="must be a mapping")
    return found
