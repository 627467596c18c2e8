"""``yingbao case``: case documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.show import give, say, table
from yingbao.policy.text_yaml import read_text_yaml
from yingbao.policy.tree import load
from yingbao.rules.cases import CaseResult, run_case
from yingbao.rules.coverage import BOX_BY_ID
from yingbao.values.month import date_from_text
from yingbao.values.purpose import ITEM_BY_KEY

QUESTION_ZH = {"benefit": "领养老金", "proxy_contribution": "政府代缴"}

case = typer.Typer(no_args_is_help=True, help="案例文档 (case documents): run")


def derive(path: Path) -> CaseResult:
    """Derive a case document and compare it with what it expects."""
    document = dict(read_text_yaml(path, path.name))
    known_on = date_from_text(str(document["known_on"])) if document.get("known_on") else None
    law = load(region=str(document.get("law", "rugao"))).in_force(known_on, document.get("overrides") or None)
    return run_case(document, law)


@case.command("run")
def run(files: Annotated[list[Path], typer.Argument(help="案例文件 .yaml", exists=True, dir_okay=False)]) -> None:
    """推算案例并与期望比较；有差异时以 1 退出 (derive and compare; exit code 1 on a difference)."""
    results = [(path, derive(path)) for path in files]
    for path, result in results:
        say(f"{'✓' if result.passed else '✗'} {path.name}：{result.case}")
        table("应发", ["人", "款项", "自", "至", "元/期"],
              [tuple(ITEM_BY_KEY[value].zh if value in ITEM_BY_KEY else value for value in vars(line).values())
               for line in result.due])  # fmt: skip
        for name, verdict in result.verdicts:
            answer = {"yes": "是", "no": "否", "unknown": "不能判断"}[verdict.answer]
            asked = QUESTION_ZH.get(verdict.question, verdict.question)
            say(f"  {name} {asked}：{answer}；{'；'.join(reason.zh for reason in verdict.because)}")
        for name, on, box in result.boxes:
            say(f"  {name} {on} 归类：{BOX_BY_ID[box].zh if box in BOX_BY_ID else box}")
        for line in result.accounts:
            say(f"  账户 {line} 元")
        for line in result.differences:
            say(f"  差异：{line}")
        if result.rests_on:
            say(f"  注意：依据未核实（illustrative）的参数 {'、'.join(result.rests_on)}")
    give(results[0][1].as_json() if len(results) == 1 else [result.as_json() for _, result in results])
    if not all(result.passed for _, result in results):
        raise SystemExit(1)
