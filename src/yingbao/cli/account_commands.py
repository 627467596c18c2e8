"""``yingbao account``: individual accounts, their yearly statement, and an estimate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, OnOption, PersonArgument, PoolOption, YearArgument, day, month, open_store
from yingbao.cli.show import give, say, table
from yingbao.values.money import fen_of_yuan, yuan
from yingbao.values.purpose import Bucket

account = typer.Typer(no_args_is_help=True, help="个人账户 (individual accounts)")


@account.command("show")
def show(number: PersonArgument, on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """个人账户现在有多少，逐来源 (what is in an account now, by money source)."""
    open_store()
    from yingbao.reports.account_statement import account_statement  # noqa: PLC0415

    of = day(on)
    found = account_statement(pool, number, of.year, of)
    rows = [(bucket.zh, yuan(found.opening[bucket]), yuan(found.closing[bucket] - found.opening[bucket]), yuan(found.closing[bucket]))
            for bucket in Bucket if found.opening[bucket] or found.closing[bucket]]  # fmt: skip
    table(f"{found.name} 的个人账户（{of}）", ["来源", "年初", "本年增减", "余额"], rows)
    say(f"合计 {yuan(sum(found.closing.values()))} 元。计息：{found.terms}")
    give(found.as_json())


@account.command("statement")
def statement(number: PersonArgument, year: YearArgument, on: OnOption = "",
              out: Annotated[str, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")] = "",
              pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """一年的个人账户记账明细（权益单） (an account's statement of a year, and its paper)."""
    open_store()
    from yingbao.reports.account_statement import account_statement, write_statement  # noqa: PLC0415

    found = account_statement(pool, number, year, day(on))
    say(found.text())
    written = write_statement(found, Path(out), day(on)) if out else None
    if written is not None:
        say(f"  {written}")
    give(found.as_json() | {"file": str(written) if written else None})


@account.command("estimate")
def estimate(
    yearly: Annotated[str, typer.Option("--yearly", help="每年缴费（元）")],
    years: Annotated[int, typer.Option("--years", help="缴费年数")],
    rate: Annotated[str, typer.Option("--rate", help="年利率，如 2.5（%）")],
    subsidy: Annotated[str, typer.Option("--subsidy", help="每年补贴（元）")] = "0",
    on: Annotated[str, typer.Option("--on", help="按哪个月的政策 YYYY-MM")] = "",
    region: Annotated[str, typer.Option("--region", help="地区")] = "rugao",
) -> None:
    """估算账户和养老金，只供参考 (an estimate, nothing more)."""
    from yingbao.reports.account_estimate import account_estimate  # noqa: PLC0415

    # A percent to two decimals is so many basis points, as yuan are so many fen.
    found = account_estimate(region, fen_of_yuan(yearly), fen_of_yuan(subsidy), years, fen_of_yuan(rate), month(on) if on else None)
    say(found.text())
    give(found.as_json())
