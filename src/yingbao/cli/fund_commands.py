"""``yingbao funds collected, subsidy-arrived, sweep``: the money of contributions and their subsidies."""

from __future__ import annotations

from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, day, doing, open_store
from yingbao.cli.run_commands import funds as funds  # noqa: PLC0414 - the same group, more commands
from yingbao.cli.run_commands import give_booked
from yingbao.cli.show import give, say, table
from yingbao.values.money import fen_of_yuan, yuan

YuanOption = Annotated[str, typer.Option("--yuan", help="金额（元）")]


@funds.command("collected")
def collected(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """收缴资金：已收、已记账、已退、待记账；各级补贴 (what was collected and what became of it)."""
    open_store()
    from yingbao.reports.collected import LEVEL_ZH, collected_of  # noqa: PLC0415
    from yingbao.reports.evidence import Evidence  # noqa: PLC0415

    found = collected_of(Evidence(pool, day(on)))
    say(f"已收 {yuan(found.collected_fen)} = 已记账 {yuan(found.credited_fen)} + 已退还 {yuan(found.returned_fen)}"
        f" + 待记账 {yuan(found.open_fen)}（元）")  # fmt: skip
    table("缴费补贴（元）", ["级", "已记账", "已到账", "应收"], [
        (LEVEL_ZH[level], yuan(one["credited_fen"]), yuan(one["arrived_fen"]), yuan(one["receivable_fen"]))
        for level, one in found.subsidies.items()
    ])  # fmt: skip
    give(found.as_json())


@funds.command("subsidy-arrived")
def subsidy_arrived(
    level: Annotated[str, typer.Argument(metavar="LEVEL", help="province 省级 · city 市级 · county 县级")],
    amount: YuanOption,
    voucher: Annotated[str, typer.Option(help="拨款凭证")],
    by: ByOption = "",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """缴费补贴到专户 (contribution subsidies of a level have arrived)."""
    open_store()
    from yingbao.acts.funds import subsidy_arrived as arrived  # noqa: PLC0415

    found = arrived(level, fen_of_yuan(amount), voucher, **doing(pool, by, on))
    give_booked(found, voucher, f"缴费补贴到账 {yuan(fen_of_yuan(amount))} 元，凭证 {voucher}。", level=level)


@funds.command("sweep")
def sweep(
    amount: YuanOption,
    voucher: Annotated[str, typer.Option(help="划转凭证")],
    by: ByOption = "",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """收入户划转财政专户 (collected contributions go to the special account)."""
    open_store()
    from yingbao.acts.funds import swept  # noqa: PLC0415

    found = swept(fen_of_yuan(amount), voucher, **doing(pool, by, on))
    give_booked(found, voucher, f"已划转财政专户 {yuan(fen_of_yuan(amount))} 元。")
