"""House rule 3, in part: every act has a verb of its own, a role that exists, stands in the reference and is killed."""

import ast
import sys
from collections import Counter
from pathlib import Path

from yingbao.acts.act import ROLE_ZH, Role
from yingbao.acts.verbs import VERB_ZH

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "acts.md").read_text(encoding="utf-8")


def _acts() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for path in sorted((ROOT / "src" / "yingbao" / "acts").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found += [
                    (str(one.args[0].value), node)
                    for one in node.decorator_list
                    if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "act"
                ]
    return found


def test_there_are_acts():
    assert len(_acts()) > 15


def test_every_act_has_a_verb_of_its_own():
    assert [verb for verb, count in Counter(verb for verb, _ in _acts()).items() if count > 1] == []


def test_every_verb_is_a_noun_and_a_step():
    assert [verb for verb, _ in _acts() if verb.count(".") != 1 or verb != verb.lower()] == []


def test_every_act_says_what_it_does():
    assert [verb for verb, node in _acts() if not ast.get_docstring(node)] == []


def test_every_act_stands_in_the_reference():
    assert [verb for verb, _ in _acts() if f"`{verb}`" not in REFERENCE] == []


def test_every_act_is_killed_at_every_statement_and_done_by_several_at_once():
    sys.path.insert(0, str(ROOT / "tests" / "journeys"))
    from act_table_money import TRIALS

    tried = {name.partition(" ")[0] for name in TRIALS}
    assert sorted({verb for verb, _ in _acts()} - tried) == [], "give it a Trial in tests/journeys/act_table.py"
    assert sorted(tried - {verb for verb, _ in _acts()}) == []


def test_every_role_has_its_chinese_name():
    assert set(ROLE_ZH) == set(Role)


def test_every_act_has_its_chinese_name_on_screens():
    assert set(VERB_ZH) == {verb for verb, _ in _acts()} | {"pool.found"}
