"""House rule 11: a missing PostgreSQL, browser or font fails; it does not skip."""

import ast
from pathlib import Path

TESTS = sorted(Path(__file__).resolve().parents[1].rglob("*.py"))
FORBIDDEN = {"skip", "skipif", "xfail", "importorskip", "skipTest", "SkipTest"}


def _named(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_no_test_skips_or_expects_to_fail():
    found = [
        f"{path.name}:{node.lineno} {_named(node)}"
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _named(node) in FORBIDDEN
    ]
    assert found == []
