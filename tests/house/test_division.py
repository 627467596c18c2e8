"""House rule 5, in part: nobody but ``values.money`` divides money, for ``-7 // 2`` differs between engines."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yingbao"
# Where fen are divided outside, and why it is no rounding.
NO_ROUNDING = {
    "county/register.py": "the made-up county: its money is drawn and shown, not owed",
}
DIVIDES = (ast.Div, ast.FloorDiv, ast.Mod)
METHODS = ("floordiv", "truediv", "mod")


def _divided(node: ast.AST) -> ast.AST | None:
    """What a node divides, if it divides."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, DIVIDES):
        return node.left
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        return node.func.value
    return None


def test_only_one_module_divides_money():
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (divided := _divided(node)) is not None and "fen" in ast.unparse(divided).lower()
    }
    assert found - {"values/money.py"} == set(NO_ROUNDING)
