"""``yingbao award``: who reaches the pension age, what each will get and how it is reckoned, the notices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli import run_commands
from yingbao.cli.context import DEFAULT_POOL, KnownOption, OnOption, PoolOption, day, month, open_store
from yingbao.cli.run_commands import RunArgument
from yingbao.cli.show import give, progress, say, table
from yingbao.values.money import yuan
from yingbao.values.month import month_of_date, show_month

award = typer.Typer(no_args_is_help=True, help="待遇核定 (awards)")

MonthOption = Annotated[str, typer.Option("--month", help="月份 YYYY-MM，默认业务日期所在月")]
AheadOption = Annotated[int, typer.Option("--ahead", min=0, max=24, help="往后看几个月")]
OutOption = Annotated[Path | None, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")]


@award.command("list")
def reaching(period: MonthOption = "", ahead: AheadOption = 3, out: OutOption = None, on: OnOption = "",
             known_on: KnownOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """到龄人员：谁、缴费年限、个人账户、还差什么 (who reaches the pension age, and what is missing)."""
    open_store()
    from yingbao.reports import award_papers  # noqa: PLC0415
    from yingbao.reports.reaching_sixty import reaching_sixty  # noqa: PLC0415

    first = month(period) if period else month_of_date(day(on))
    with progress("查找到龄人员 …"):
        found = reaching_sixty(pool, first, ahead, day(known_on) if known_on else None)
    rows = award_papers.reaching_rows(found)
    headings = ["镇", "村", "姓名", "到龄", "首发", "年限", "欠缴", "账户（元）", "还差"]
    table(f"{show_month(first)} 至 {show_month(first + ahead)} 到龄", headings,
          [(one.town, one.village, one.name, show_month(one.reaches),
            show_month(one.first_month) if one.first_month is not None else "待定", one.paid_years, one.makeup,
            yuan(one.account_fen), "；".join(one.missing) or "无") for one in rows])  # fmt: skip
    say(f"共 {len(rows):,} 人，资料齐全 {sum(1 for one in rows if not one.missing):,} 人。")
    if out is not None:
        say(f"名单：{award_papers.write_list(found, out, day(on))}")
    give(found.as_json())


@award.command("notice")
def notice(village: Annotated[str, typer.Argument(help="村代码（12位），或镇代码（前9位）")], out: OutOption = None,
           period: MonthOption = "", ahead: AheadOption = 3, on: OnOption = "",
           whole_ids: Annotated[bool, typer.Option("--whole-ids", help="印全部身份证号")] = False,
           pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """一个村的待遇领取通知表，一人一张 (the notices of a village)."""
    open_store()
    from yingbao.reports import award_papers  # noqa: PLC0415
    from yingbao.reports.reaching_sixty import reaching_sixty  # noqa: PLC0415

    first = month(period) if period else month_of_date(day(on))
    found = reaching_sixty(pool, first, ahead)
    written = award_papers.write_village_notices(found, village, out or Path(), day(on), whole_ids=whole_ids)
    say(f"通知表 {written.count} 张：{written.path}" if written.path else f"{village} 在这几个月没有到龄的人。")
    give({"village": village, "count": written.count, "file": str(written.path) if written.path else None,
          "basis": found.basis if written.path else {}})  # fmt: skip


@award.command("sheet")
def sheet(number: Annotated[int, typer.Argument(metavar="PERSON", help="人员编号")], period: MonthOption = "",
          out: OutOption = None, on: OnOption = "", known_on: KnownOption = "",
          whole_ids: Annotated[bool, typer.Option("--whole-ids", help="印全部身份证号")] = False,
          pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """一个人的养老金计算表和待遇核定表 (how one pension is reckoned)."""
    open_store()
    from yingbao.reports import award_papers  # noqa: PLC0415
    from yingbao.reports.calculation_sheet import calculation_sheet  # noqa: PLC0415

    at = month(period) if period else month_of_date(day(on))
    found = calculation_sheet(pool, number, at, day(known_on) if known_on else None)
    say(f"{found.name}（编号 {number}）自 {show_month(found.granted_from)} 起领取，{show_month(at)} 共 {yuan(found.total_fen)} 元：")
    for line in found.how:
        say(f"  {line}")
    say("  基础养老金" + "，".join(f"{level.zh} {yuan(fen)} 元" for level, fen in found.levels.items()))
    if out is not None:
        say(f"计算表：{award_papers.write_sheet(found, out, day(on), whole_ids=whole_ids)}")
    give(found.as_json())


@award.command("unknown")
def unknown(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """在领而出生日期不明的人：还有什么判断不了、谁去核实 (pensioners whose birth is not known)."""
    open_store()
    from yingbao.reports.unknown_births import OWNER, unknown_births  # noqa: PLC0415

    found = unknown_births(pool, day(on))
    table("出生日期不明的在领人员", ["镇", "村", "编号", "姓名", "自"],
          [(row["town_name"], row["village_name"], row["person_id"], row["name"], show_month(row["granted_from"]))
           for row in found.rows.iter_rows(named=True)])  # fmt: skip
    say(f"共 {found.rows.height:,} 人：{found.why}。由{OWNER}在 {found.due_by} 前核实，用 yingbao person birth 登记。"
        if found.rows.height else "没有出生日期不明的在领人员。")  # fmt: skip
    give(found.as_json())


@run_commands.run.command("totals")
def totals(run_id: RunArgument, pool: PoolOption = DEFAULT_POOL) -> None:
    """一个批次要付的钱：按款项和补发类型，基础养老金按谁负担 (what a run pays: by item, arrears and level)."""
    open_store()
    from yingbao.acts.runs import find  # noqa: PLC0415
    from yingbao.reports.run_totals import run_totals  # noqa: PLC0415

    found = run_totals(find(pool, run_id))
    table(f"批次 {run_id}", ["款项", "人数", "金额（元）"], [(one.zh, one.persons, yuan(one.fen)) for one in found.items])
    say(f"合计 {found.persons:,} 人 {yuan(found.fen)} 元；其中基础养老金"
        + "，".join(f"{level.zh} {yuan(fen)} 元" for level, fen in found.levels.items()))  # fmt: skip
    give(found.as_json())
