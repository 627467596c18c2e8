"""House rule 9: files, functions and tests stay small; nothing lies about unused. A ratchet: its lists only shrink."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted((ROOT / "src" / "yingbao").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEST = 400, 50, 60

# What is longer than it should be, with the length it may not pass and why it is kept.
LONG_FILES: dict[str, tuple[int, str]] = {}
LONG_FUNCTIONS: dict[str, tuple[int, str]] = {}
# Modules that nobody imports by name, and who runs them.
STARTED_FROM_OUTSIDE = {
    "yingbao.store.apps": "Django finds it",
    "yingbao.settings": "Django is told its name",
    "yingbao.store.arrow_child": "python -m, by store.bulk",
    "yingbao.county.expected": "the tests compare with it",
    "yingbao.county.example": "python -m yingbao.county.example writes examples/rosters",
    "yingbao.county.worked": "python -m yingbao.county.worked writes examples/worked",
    "yingbao.formats.rosters.gallery": "writes examples/dirt-gallery.xlsx",
    "yingbao.formats.plain_gallery": "writes examples/dirt-certificates.xlsx and examples/dirt-deaths.xlsx",
}
TODO = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d+)")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{_name(path)}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def test_no_file_is_longer_than_400_lines():
    sizes = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE + TESTS}
    limits = {name: limit for name, (limit, _) in LONG_FILES.items()}
    assert {name: size for name, size in sizes.items() if size > limits.get(name, LONGEST_FILE)} == {}


def test_no_function_is_longer_than_50_lines():
    sizes = dict(found for path in SOURCE for found in _functions(path))
    limits = {name: limit for name, (limit, _) in LONG_FUNCTIONS.items()}
    assert {name: size for name, size in sizes.items() if size > limits.get(name, LONGEST_FUNCTION)} == {}


def test_no_test_is_longer_than_60_lines():
    sizes = dict(found for path in TESTS for found in _functions(path))
    assert {name: size for name, size in sizes.items() if size > LONGEST_TEST} == {}


def test_the_lists_of_exceptions_name_only_what_is_still_too_long():
    files = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE + TESTS}
    functions = dict(found for path in SOURCE for found in _functions(path))
    assert [name for name in LONG_FILES if files.get(name, 0) <= LONGEST_FILE] == []
    assert [name for name in LONG_FUNCTIONS if functions.get(name, 0) <= LONGEST_FUNCTION] == []


def test_every_todo_names_an_issue():
    lines = [
        f"{_name(path)}:{number}"
        for path in SOURCE + [path for path in TESTS if path != Path(__file__).resolve()]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if TODO.search(line)
    ]
    assert lines == []


def test_every_module_is_used_by_the_program():
    used = set().union(*(_imported(path) for path in SOURCE))
    modules = {_module(path) for path in SOURCE if not path.name.startswith("__") and "migrations" not in path.parts}
    unused = sorted(modules - used - set(STARTED_FROM_OUTSIDE))
    assert unused == [], " ".join(unused)


def test_no_two_files_of_tests_have_one_name():
    names = [path.name for path in TESTS if path.name not in ("conftest.py", "__init__.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []  # tests is not a package: pytest takes one of them only
