"""``yingbao law``: the parameters of the law, dated and cited."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from yingbao.cli.context import KnownOption, day, month
from yingbao.cli.show import give, say, table, words
from yingbao.policy.show import list_parameters, parameter_of, show_parameter
from yingbao.policy.tree import load

law = typer.Typer(no_args_is_help=True, help="政策参数 (the law as data)")
RegionOption = Annotated[str, typer.Option("--region", help="地区")]


@law.command("show")
def show(name: Annotated[str, typer.Argument(help="参数名，如 benefit/base_pension")],
         on: Annotated[str, typer.Option("--on", help="月份 YYYY-MM")],
         known_on: KnownOption = "",
         region: RegionOption = "rugao") -> None:  # fmt: skip
    """一个参数在某月的值及依据 (a parameter in a month, with its source)."""
    tree = load(region=region)
    found: dict[str, Any] = show_parameter(tree, parameter_of(tree, name).name, month(on), day(known_on) if known_on else None)
    say(f"{found['name']}：{found['text']}（{found['from']} 至 {found['until'] or '今'}，{found['status_zh']}）")
    for one in found["citations"]:
        number = f"（{one['number']}）" if one["number"] else ""
        say(f"  依据：{one['title']}{number} {one['article']}：{one['text']}")
    give(found)


@law.command("list")
def listing(region: RegionOption = "rugao",
            illustrative: Annotated[bool, typer.Option("--illustrative", help="只列有示例值的参数")] = False) -> None:  # fmt: skip
    """全部参数 (all parameters)."""
    found: list[dict[str, Any]] = list_parameters(load(region=region))
    if illustrative:
        found = [one for one in found if any(value["status"] == "illustrative" for value in one["values"])]
    rows = [(one["name"], words(one["label_zh"], one["label_en"]), value["from"], value["text"], value["status"], value["citation"])
            for one in found for value in one["values"]]  # fmt: skip
    table("政策参数", ["参数", "名称", "自", "值", "状态", "出处"], rows)
    give(found)
