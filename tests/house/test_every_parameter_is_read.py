"""Every parameter shipped is read, and every value that a switch declares changes what it says or is refused by name."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from yingbao.policy.parameter import Parameter
from yingbao.policy.text_yaml import read_text_yaml
from yingbao.policy.tree import load
from yingbao.rules.cases import CaseResult, run_case
from yingbao.values.errors import YingbaoError

ROOT = Path(__file__).resolve().parents[2]
LAW = load()
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
CASES = {path.stem: read_text_yaml(path) for path in sorted((ROOT / "tests" / "law").glob("*.yaml"))}

# What no rule reads yet, and why it is shipped nevertheless. The list only shrinks.
NOT_READ: dict[str, str] = {}
# Switches whose values are shown in a test of their own instead of a law case: a case has no books, no announcements and no
# acts, and these decide about what was booked, announced late, or asked by an act.
SHOWN_IN: dict[str, str] = {
    "account/estimate_method": "tests/unit/rules/test_rule_estimate.py",
    "account/late_rate": "tests/unit/rules/test_rule_interest.py",
    "account/opening_balance_bears_from": "tests/unit/rules/test_rule_interest.py",
    "recovery/set_off_order": "tests/unit/rules/test_rule_recovery.py",
    "refund/two_counties": "tests/unit/rules/test_rule_recovery.py",
    "transfer/employee_months_as_years": "tests/unit/rules/test_rule_recovery.py",
    "income/disregard": "tests/unit/rules/test_rule_income.py",
    "income/disregard_scope": "tests/unit/rules/test_rule_income.py",
    "income/base_component": "tests/unit/rules/test_rule_income.py",
    "entry/not_eligible_on_snapshot": "tests/unit/rules/test_rule_proxied_years.py",
}
NO_WORD = "no_such_word"


def declared(parameter: Parameter) -> list[str]:
    """The values that a switch says it may have: yes and no, or the words of its description between bars."""
    if parameter.unit == "bool":
        return ["true", "false"]
    tail = parameter.description.rpartition("), ")[2]
    return [word.strip() for word in tail.split("|")] if parameter.unit == "text" and "|" in tail else []


def shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def shipped(parameter: Parameter) -> set[str]:
    return {shown(entry.value) for entry in parameter.entries}


def switches() -> Iterator[Parameter]:
    return (one for name, one in LAW.parameters.items()
            if one.unit in ("bool", "text", "list-of-text") and name not in NOT_READ | SHOWN_IN)  # fmt: skip


OTHER_VALUES = [(one.name, value) for one in switches() for value in declared(one) if value not in shipped(one)]
OF_WORDS = [one.name for one in switches() if one.unit != "bool"]


def overriding(name: str, value: str | None = None) -> list[str]:
    """The cases that set a switch (to a value)."""
    return [case for case, document in CASES.items() for dated in [(document.get("overrides") or {}).get(name)]
            if dated and (value is None or value in {shown(one) for one in dated.values()})]  # fmt: skip


def run(document: dict[str, Any], overrides: dict[str, Any]) -> CaseResult:
    return run_case({**document, "overrides": overrides}, LAW.in_force(None, overrides))


@cache
def without(case: str, name: str) -> bool:
    """Whether a case still holds when one of its switches is left as shipped."""
    document = dict(CASES[case])
    others = {one: dated for one, dated in document["overrides"].items() if one != name}
    try:
        return run(document, others).passed
    except YingbaoError:
        return False


@pytest.mark.parametrize("name", sorted(LAW.parameters.keys() - NOT_READ.keys()))
def test_every_parameter_is_named_in_the_program(name: str) -> None:
    assert f'"{name}"' in SOURCE


def test_what_is_listed_as_not_read_is_not_read() -> None:
    assert [name for name in NOT_READ if f'"{name}"' in SOURCE or name not in LAW.parameters] == []


@pytest.mark.parametrize(("name", "value"), OTHER_VALUES)
def test_every_value_of_a_switch_has_a_case_that_holds_only_with_it(name: str, value: str) -> None:
    cases = overriding(name, value)
    assert [case for case in cases if not without(case, name)] != [], f"no case shows {name}={value}"


@pytest.mark.parametrize("name", OF_WORDS)
def test_a_word_that_no_rule_knows_is_refused_and_the_parameter_named(name: str) -> None:
    bad = [NO_WORD] if LAW.parameters[name].unit == "list-of-text" else NO_WORD
    refusals = []
    for case in overriding(name) or CASES:
        try:
            run(dict(CASES[case]), {**(CASES[case].get("overrides") or {}), name: {"2010-01-01": bad}})
        except YingbaoError as error:
            refusals.append(error.details)
            break
    assert [(one.get("name"), NO_WORD in str(one.get("value"))) for one in refusals] == [(name, True)]


@pytest.mark.parametrize("name", SHOWN_IN)
def test_a_switch_shown_elsewhere_is_shown_there_with_every_value(name: str) -> None:
    text = (ROOT / SHOWN_IN[name]).read_text(encoding="utf-8")
    words = {word for value in declared(LAW.parameters[name]) for word in value.replace(",", " ").split()}
    known = {"to", "the", "or"}
    assert name.rpartition("/")[2] in text
    assert [word for word in words - known if word not in text] == []
