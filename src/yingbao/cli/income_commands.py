"""``yingbao income``: what of a pension counts as income, certified to civil affairs; who left the allowance and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, OnOption, PoolOption, day, open_store
from yingbao.cli.show import give, say, table
from yingbao.values.money import yuan
from yingbao.values.month import show_month

income = typer.Typer(no_args_is_help=True, help="不计收入 (income disregard)")


@income.command("certificate")
def certificate(file: Annotated[Path, typer.Argument(help="家庭收入文件 .yaml，格式见 docs/guides/income.md")],
                out: Annotated[Path | None, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")] = None,
                on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """给民政的不计入家庭收入证明，一户一份 (the certificate of what does not count as income)."""
    open_store()
    from yingbao.formats.households import read_households  # noqa: PLC0415
    from yingbao.reports.disregard import household_incomes, write_certificate  # noqa: PLC0415

    found = household_incomes(pool, read_households(file))
    table("计入的家庭收入", ["家庭", "月份", "收到", "不计入", "计入"], [
        (one.household.name, show_month(one.month), yuan(one.received_fen), yuan(one.received_fen - one.counted_fen), yuan(one.counted_fen))
        for one in found])  # fmt: skip
    papers = [write_certificate(one, out, day(on)) for one in found] if out else []
    for paper in papers:
        say(f"已写出 {paper}")
    give({"households": [one.as_json() for one in found], "papers": [str(one) for one in papers]})


@income.command("left")
def left(incomes: Annotated[Path | None, typer.Option("--incomes", help="这些家庭的收入文件 .yaml（带 standard）")] = None,
         on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """领养老金以后退出低保的人，不算养老金再测一次 (who left the allowance after the first pension)."""
    open_store()
    from yingbao.formats.households import read_households  # noqa: PLC0415
    from yingbao.reports.disregard import OUTCOME_ZH, left_allowance  # noqa: PLC0415

    judged = left_allowance(pool, day(on), read_households(incomes) if incomes else None)
    found = judged.rows
    table(f"领养老金以后退出低保（{len(found)} 人）", ["编号", "姓名", "首发月", "退出日", "再测结果"],
          [(one.person_id, one.name, show_month(one.first_pension), one.left_on, OUTCOME_ZH[one.outcome]) for one in found])  # fmt: skip
    counts = Counter(one.outcome for one in found)
    say(f"只因养老金退出的 {counts['by_the_pension_alone']} 人（应为 0）；没有收入资料的 {counts['unknown']} 人。")
    give({"persons": len(found), "counts": {word: counts[word] for word in OUTCOME_ZH},
          "rows": [{**vars(one), "first_pension": show_month(one.first_pension), "left_on": one.left_on.isoformat()}
                   for one in found], "rests_on_illustrative": judged.rests_on})  # fmt: skip
    if counts["by_the_pension_alone"]:
        raise typer.Exit(1)
