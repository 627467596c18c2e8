"""``yingbao case``: case documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yingbao import store
from yingbao.cli.context import KnownOption, day, month
from yingbao.cli.report_commands import told
from yingbao.cli.show import SCREEN, complain, give, in_reader_language, say, table
from yingbao.policy.assumed import sentence
from yingbao.policy.errors import BadOverride, BadYaml, Overlap
from yingbao.policy.in_force import InForce
from yingbao.policy.regions import load_regions
from yingbao.policy.text_yaml import TextMapping, read_text_yaml
from yingbao.policy.tree import PolicyTree, load, policy_root
from yingbao.rules.boxes import BOX_BY_ID
from yingbao.rules.case_text import CaseError, day_at, has, refused, unknown_word, word_at
from yingbao.values.errors import YingbaoError
from yingbao.values.purpose import ITEM_BY_KEY

if TYPE_CHECKING:
    from yingbao.rules.cases import CaseResult

QUESTION_ZH = {"benefit": "领养老金", "proxy_contribution": "政府代缴"}
ANSWER_ZH = {"yes": "是", "no": "否", "unknown": "不能判断"}

case = typer.Typer(no_args_is_help=True, help="案例文档 (case documents)")


def read_case(path: Path, known_on: str = "") -> TextMapping:
    """A case document as it is written; ``known_on`` takes the place of its own. Raises CaseError."""
    try:
        document = read_text_yaml(path, path.name)
    except BadYaml as error:
        raise CaseError(place=f"{path.name} {error.details['key']}", why=f"不是可读的 YAML（{error.details['why']}）") from error
    except Overlap as error:
        raise CaseError(place=f"{path.name} {error.details['why']}", why=f"“{error.details['key']}”写了两次") from error
    if known_on:
        document["known_on"] = known_on
    return document


def tree_of(document: TextMapping) -> PolicyTree:
    """The law of a document's region, without its overrides. Raises CaseError."""
    regions = load_regions(policy_root())
    return load(region=word_at(document, "law", "地区", regions) if has(document, "law") else "rugao")


def law_of(document: TextMapping) -> InForce:
    """The law that a document lives under: its region, as known on its day, with its overrides. Raises CaseError."""
    known_on, tree = day_at(document, "known_on"), tree_of(document)
    overrides = (document.get("overrides") or {}) if has(document, "overrides") else {}
    if not isinstance(overrides, TextMapping | dict):
        raise refused(document, "overrides", "overrides 应为“参数: {日期: 值}”")
    for name in overrides:
        if name not in tree.parameters:
            raise unknown_word(overrides, name, "参数", name, tree.parameters)
    try:
        return tree.in_force(known_on, overrides)
    except BadOverride as error:
        name = str(error.details["name"])
        raise refused(overrides, name, f"参数 {name} 的值不能使用：{error.details['why']}") from error


def derive(path: Path, known_on: str = "") -> CaseResult:
    """Derive a case document and compare it with what it expects."""
    from yingbao.rules.cases import run_case  # noqa: PLC0415 - frames are read in only for commands that derive

    document = read_case(path, known_on)
    return run_case(document, law_of(document))


@case.command("run")
def run(files: Annotated[list[Path], typer.Argument(help="案例文件 .yaml", exists=True, dir_okay=False)],
        known_on: KnownOption = "") -> None:  # fmt: skip
    """推算案例并与期望比较；有差异时以 1 退出，写错了以 2 (derive and compare; exit 1 on a difference, 2 on a bad file)."""
    known_on = day(known_on).isoformat() if known_on else ""
    outcomes = [(path, _outcome(path, known_on)) for path in files]
    for path, found in outcomes:
        if not isinstance(found, YingbaoError):
            _show(path, found)
        elif len(files) == 1:
            raise found
        else:
            complain(found, path.name)
    shown = [_as_json(path, found) for path, found in outcomes]
    give(shown[0] if len(shown) == 1 else shown, named=True)
    if code := max(_exit_code(found) for _, found in outcomes):
        raise SystemExit(code)


def _outcome(path: Path, known_on: str) -> CaseResult | YingbaoError:
    """What came out of a file, or why nothing could: one bad file hides no other."""
    try:
        return derive(path, known_on)
    except YingbaoError as error:
        return error


def _as_json(path: Path, found: CaseResult | YingbaoError) -> dict[str, Any]:
    return {"file": path.name, **(found.as_json(SCREEN.lang, in_reader_language) if isinstance(found, YingbaoError) else found.as_json())}


def _exit_code(found: CaseResult | YingbaoError) -> int:
    return found.exit_code if isinstance(found, YingbaoError) else int(not found.passed)


@case.command("explain")
def explain(file: Annotated[Path, typer.Argument(help="案例文件 .yaml", exists=True, dir_okay=False)],
            person: Annotated[str, typer.Option("--person", help="案例里的姓名")],
            month_text: Annotated[str, typer.Option("--month", help="月份 YYYY-MM")],
            reader: Annotated[str, typer.Option("--for", help="resident 讲给本人 · auditor 供审计")] = "resident",
            known_on: KnownOption = "") -> None:  # fmt: skip
    """案例里的一个人为什么领、为什么不领 (why, for somebody in a case document)."""
    store.setup()
    from yingbao.reports.case_explained import explained  # noqa: PLC0415
    from yingbao.reports.errors import UnknownChoice  # noqa: PLC0415
    from yingbao.reports.explain import READERS  # noqa: PLC0415
    from yingbao.rules.cases import setting  # noqa: PLC0415

    document = read_case(file, known_on)
    ready = setting(document, law_of(document))
    for word, choices in ((person, ready.people), (reader, READERS)):
        if word not in choices:
            raise UnknownChoice(what=word, known=" ".join(choices))
    found = explained(document, ready, tree_of(document), person, month(month_text))
    say(told(found, reader))
    give(found.as_json(), named=True)


def _show(path: Path, result: CaseResult) -> None:
    say(f"{'✓' if result.passed else '✗'} {path.name}：{result.case}")
    table("应发", ["人", "款项", "自", "至", "元/期"],
          [tuple(ITEM_BY_KEY[value].zh if value in ITEM_BY_KEY else value for value in vars(line).values())
           for line in result.due])  # fmt: skip
    for name, verdict in result.verdicts:
        asked = QUESTION_ZH.get(verdict.question, verdict.question)
        say(f"  {name} {asked}：{ANSWER_ZH[verdict.answer]}；{'；'.join(reason.zh for reason in verdict.because)}")
    for name, on, box in result.boxes:
        say(f"  {name} {on} 归类：{BOX_BY_ID[box].zh if box in BOX_BY_ID else box}")
    for line in result.accounts:
        say(f"  账户 {line} 元")
    for line in result.differences:
        say(f"  差异：{line}")
    if result.rests_on:
        say(f"  {sentence(result.rests_on, SCREEN.lang)}")
