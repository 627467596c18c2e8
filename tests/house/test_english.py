"""House rule: whatever a command can print in Chinese it can say in English with ``--lang en``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from yingbao.acts.verbs import VERB_EN, VERB_ZH
from yingbao.cli import english, program
from yingbao.cli.english_errors import REASONS
from yingbao.cli.english_explain import text as explained
from yingbao.rules.criterion import REGISTRY

CLI = Path(program.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PRINTS = ("say", "table", "progress")
# The tables of English are themselves Chinese on one side.
NOT_ASKED = ("english_sentences.py", "english_words.py", "english_errors.py", "english_help.py")
FILLED = "7"  # what stands for a value that is only known when the program runs


def possible(node: ast.expr) -> list[str]:
    """The texts that an expression can become, with FILLED for what is filled in."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return possible(node.body) + possible(node.orelse)
    if isinstance(node, ast.BinOp):
        return ["".join(both) for both in product(possible(node.left), possible(node.right))]
    if isinstance(node, ast.BoolOp):
        return [text for one in node.values for text in possible(one)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(parts) for parts in product(*(possible(one) for one in node.values))]
    if isinstance(node, ast.FormattedValue):
        return possible(node.value) if isinstance(node.value, ast.IfExp) else [FILLED]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
        inner = node.args[0]
        return possible(inner.elt) if isinstance(inner, ast.GeneratorExp) else [FILLED]
    return [FILLED]


def printed(path: Path) -> Iterator[tuple[int, str]]:
    """Every text that the calls of a file can print, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "words"
               for part in ast.walk(node)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in PRINTS:
            for part in node.args[:1]:
                yield from ((node.lineno, text) for text in possible(part) if id(part) not in skipped)
            for part in [one for argument in node.args[1:] for one in ast.walk(argument)]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in skipped:
                    yield part.lineno, part.value
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("headings", "columns"):
            yield from ((part.lineno, part.value) for part in ast.walk(node.value) if isinstance(part, ast.Constant))


def test_every_line_a_command_prints_has_its_english():
    chinese = [
        f"{path.name}:{line}: {text} → {english.english(text)}"
        for path in sorted(CLI.glob("*.py")) if path.name not in NOT_ASKED
        for line, text in printed(path) if isinstance(text, str) and CHINESE.search(text) and CHINESE.search(english.english(text))
    ]  # fmt: skip
    assert chinese == []


def test_a_name_and_a_place_stay_as_they_are():
    assert english.english("#5 的款项付给 王小兰（事实 9）。") == "What is owed to #5 goes to 王小兰 (fact 9)."
    assert english.english("长江镇") == "长江镇"


def test_reasons_said_together_are_each_put_into_english():
    first, second = [zh for zh in REASONS if "{}" not in zh][:2]
    assert english.reason(f"{first}；{second}") == f"{REASONS[first]}; {REASONS[second]}"


def test_every_criterion_speaks_english():
    assert [one.id for one in REGISTRY.values() if not (one.en and one.fails_en) or CHINESE.search(one.en + one.fails_en)] == []
    assert explained.__module__ == "yingbao.cli.english_explain"


SOURCE = CLI.parent
REFUSES = ("refused", "refusal", "unknown_word", "word_at", "_parsed")  # what makes a refusal of a reason given to it


def reasons(path: Path) -> Iterator[tuple[int, str]]:
    """Every reason that the refusals of a file can give in Chinese alone, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or any(one.arg == "why_en" for one in node.keywords):
            continue
        given = [one.value for one in node.keywords if one.arg == "why"]
        if getattr(node.func, "id", "") in REFUSES:
            given += node.args
        yield from ((node.lineno, text) for one in given for text in possible(one))


def test_every_reason_of_a_refusal_has_its_english():
    chinese = [
        f"{path.relative_to(SOURCE)}:{line}: {text} → {english.reason(text)}"
        for path in sorted(SOURCE.rglob("*.py")) if path.parent.name not in ("county", "bank_mock")
        for line, text in reasons(path) if isinstance(text, str) and CHINESE.search(english.reason(text))
    ]  # fmt: skip
    assert chinese == []


def test_every_act_has_its_english():
    assert list(VERB_EN) == list(VERB_ZH)
    assert [zh for zh in VERB_ZH.values() if CHINESE.search(english.english(zh))] == []


def test_a_case_document_is_refused_in_english():
    assert english.reason("不认识的字段（案例）“perons”，是不是“persons”") == "unknown field of the case 'perons': do you mean 'persons'?"
    assert english.reason("birth 的“1958-13”不是日期（应写成 2018-12-01）") == "birth: '1958-13' is no date (write 2018-12-01)"
