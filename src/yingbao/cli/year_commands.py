"""``yingbao year``: statements of a year, its closing by two officers, special identities to confirm again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, YearArgument, day, doing, open_store
from yingbao.cli.show import give, progress, say, table
from yingbao.values.money import yuan

year = typer.Typer(no_args_is_help=True, help="年度 (years)")


@year.command("report")
def report(number: YearArgument, out: Annotated[Path | None, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")] = None,
           on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """年度报表：基金收支、个人账户、应保尽保 (the statements of a year)."""
    open_store()
    from yingbao.formats.forms.year_end import write_year_end  # noqa: PLC0415
    from yingbao.reports.year_end import year_end  # noqa: PLC0415

    with progress("汇总年度 …"):
        found = year_end(pool, number)
    show_year(found)
    if out is not None:
        made = write_year_end(
            out / f"年度报表-{number}.xlsx", year=number, made_on=day(on), fund=found.fund.to_dicts(), cash=found.cash.to_dicts(),
            accounts=found.accounts.to_dicts(), account_persons=found.account_persons, coverage=found.coverage_rows(),
            roster_persons=found.covered.roster_persons, illustrative=found.rests_on)  # fmt: skip
        say(f"已写到 {made}。")
    give(found.as_json())


def show_year(found: Any) -> None:
    """Fund and accounts on the screen."""
    table(f"{found.year} 基金收支（按记账日期）", ["科目", "名称", "元"],
          [(row["account"], row["zh"], yuan(row["fen"])) for row in found.fund.iter_rows(named=True)])  # fmt: skip
    names = ("before_fen", "credited_fen", "interest_fen", "charged_fen", "after_fen")
    table(f"{found.year} 个人账户（按所属年度）", ["来源", "年初", "记入", "利息", "支出", "年末"],
          [(row["zh"], *(yuan(row[name]) for name in names)) for row in found.accounts.iter_rows(named=True)])  # fmt: skip
    table(f"{found.last_day} 应保尽保", ["归类", "人次"],
          [(row["zh"], f"{row['count']:,}") for row in found.covered.totals.iter_rows(named=True) if row["count"]])  # fmt: skip


@year.command("identities")
def identities(number: YearArgument, out: Annotated[Path | None, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")] = None,
               on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """特殊身份重新认定：上年认定、本年尚未确认的人 (identified last year and not confirmed this year)."""
    open_store()
    from yingbao.formats.forms.year_end import write_identities  # noqa: PLC0415
    from yingbao.reports.identities import identities as made_list  # noqa: PLC0415

    found = made_list(pool, number, day(on))
    table(f"{number} 年度特殊身份", ["类别", "上年认定", "本年已确认", "已不在该类", "待重新认定"],
          [(row["zh"], row["identified"], row["confirmed"], row["ended"], row["to_confirm"])
           for row in found.totals.iter_rows(named=True)])  # fmt: skip
    if out is not None:
        path = out / f"特殊身份重新认定名单-{number}.xlsx"
        say(f"已写到 {write_identities(path, found.rows.to_dicts(), year=number, made_on=day(on))}。")
    give(found.as_json())


def _proof(pool: int, number: int, on: str) -> dict[str, Any]:
    """The figures and the checks that fail: what both officers look at."""
    from yingbao.reports.checks import run_checks  # noqa: PLC0415
    from yingbao.reports.year_end import year_end  # noqa: PLC0415

    with progress("核对年度 …"):
        failed = [one.zh for one in run_checks(pool, day(on)) if not one.ok]
        return {"figures": year_end(pool, number).as_json(), "failed": failed}


@year.command("propose")
def propose(number: YearArgument, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """提请关账：有未办结的事就逐条说明并拒绝 (propose to close a year)."""
    open_store()
    from yingbao.acts import years  # noqa: PLC0415

    agreed = years.propose(number, **_proof(pool, number, on), **doing(pool, by, on))
    say(f"{number} 年度已提请关账，数字指纹 {agreed[:12]}。请另一位复核人员办理 yingbao year close {number}。")
    give({"year": number, "figures_hash": agreed})


@year.command("close")
def close(number: YearArgument, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """关账：由提请人以外的人办理；之后不能再记入该年度 (close a year; never by who proposed it)."""
    open_store()
    from yingbao.acts import years  # noqa: PLC0415

    closed = years.close(number, **_proof(pool, number, on), **doing(pool, by, on))
    say(f"{number} 年度已关闭，数字指纹 {closed.figures_hash[:12]}。该年月份的新差额记入 {number + 1} 年。")
    give({"year": number, "figures_hash": closed.figures_hash, "on": closed.on.isoformat()})


@year.command("list")
def listing(pool: PoolOption = DEFAULT_POOL) -> None:
    """已关闭的年度 (closed years)."""
    open_store()
    from yingbao.store.models import ClosedYear  # noqa: PLC0415

    kept = list(ClosedYear.objects.filter(pool=pool).order_by("year"))
    table("已关闭年度", ["年度", "关闭日期", "数字指纹"], [(one.year, str(one.on), one.figures_hash[:12]) for one in kept])
    give([{"year": one.year, "on": one.on.isoformat(), "figures_hash": one.figures_hash} for one in kept])
