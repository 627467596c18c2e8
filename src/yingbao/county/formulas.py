"""The value of a spreadsheet formula, exactly: what a program shows in a cell before anybody opens the file."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

_RANGE = re.compile(r"\b([A-Z]+)(\d+):([A-Z]+)(\d+)\b")

_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


class Sheet:
    """Cells by address (``B5``): text that is a number, words, or a formula of + − × ÷, ROUND, MIN and SUM of a column."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self._known: dict[str, Fraction] = {}

    def value(self, address: str) -> Fraction:
        """The number in a cell."""
        if address not in self._known:
            text = self.cells[address]
            self._known[address] = self._of(text[1:]) if text.startswith("=") else Fraction(text)
        return self._known[address]

    def _of(self, formula: str) -> Fraction:
        source = _RANGE.sub(lambda found: f"'{found[0]}'", formula)
        return self._walk(ast.parse(source, mode="eval").body, source)

    def _walk(self, node: ast.expr, source: str) -> Fraction:
        if isinstance(node, ast.Name):
            return self.value(node.id)
        if isinstance(node, ast.Constant):
            return Fraction(ast.get_source_segment(source, node) or "")
        if isinstance(node, ast.BinOp):
            return _OPERATORS[type(node.op)](self._walk(node.left, source), self._walk(node.right, source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node.func.id, node.args, source)
        raise ValueError(source)

    def _call(self, name: str, args: list[ast.expr], source: str) -> Fraction:
        if name == "SUM" and isinstance(args[0], ast.Constant):
            found = _RANGE.fullmatch(str(args[0].value))
            if found is None:
                raise ValueError(source)
            return sum((self.value(f"{found[1]}{row}") for row in range(int(found[2]), int(found[4]) + 1)), Fraction(0))
        values = [self._walk(one, source) for one in args]
        if name == "MIN":
            return min(values)
        if name == "ROUND":
            return half_up(values[0], int(values[1]))
        raise ValueError(source)


def half_up(number: Fraction, places: int) -> Fraction:
    """Rounded half up on the absolute value, as ROUND does."""
    scale = 10**places
    whole, rest = divmod(abs(number) * scale, 1)
    rounded = Fraction(whole + (1 if 2 * rest >= 1 else 0), scale)
    return -rounded if number < 0 else rounded
