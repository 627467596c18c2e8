"""``yingbao funds``: money that comes in, goes to the payout account, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, day, doing, open_store
from yingbao.cli.run_commands import RunArgument
from yingbao.cli.show import give, say, table
from yingbao.values.money import fen_of_yuan, yuan

if TYPE_CHECKING:
    from yingbao.acts.funds import Booked

funds = typer.Typer(no_args_is_help=True, help="资金 (funds)")

YuanOption = Annotated[str, typer.Option("--yuan", help="金额（元）")]


def give_booked(found: Booked, voucher: str, said: str, **more: object) -> None:
    """What was booked; or that this voucher was booked before and nothing was done now."""
    say(f"凭证 {voucher} 以前已经入账，没有再记。" if found.repeated else said)
    give({**more, "entry": found.entry, "repeated": found.repeated})


@funds.command("arrive")
def arrive(run_id: RunArgument, amount: YuanOption,
           voucher: Annotated[str, typer.Option(help="拨款凭证")], by: ByOption = "", on: OnOption = "",
           pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """代缴资金到账 (contribution money has arrived for a run)."""
    open_store()
    from yingbao.acts.funds import proxy_arrived  # noqa: PLC0415

    found = proxy_arrived(run_id, fen_of_yuan(amount), voucher, **doing(pool, by, on))
    give_booked(found, voucher, f"批次 {run_id}：到账 {yuan(fen_of_yuan(amount))} 元，凭证 {voucher}。", run=run_id)


@funds.command("subsidy")
def subsidy(amount: YuanOption, voucher: Annotated[str, typer.Option(help="拨款凭证")],
            by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """养老金财政补贴到专户 (pension subsidies have arrived)."""
    open_store()
    from yingbao.acts.funds import benefit_arrived  # noqa: PLC0415

    found = benefit_arrived(fen_of_yuan(amount), voucher, **doing(pool, by, on))
    give_booked(found, voucher, f"财政专户到账 {yuan(fen_of_yuan(amount))} 元。")


@funds.command("draw")
def draw(amount: YuanOption, voucher: Annotated[str, typer.Option(help="用款凭证")],
         by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """专户划到支出户 (draw to the payout account)."""
    open_store()
    from yingbao.acts.funds import draw as draw_act  # noqa: PLC0415

    found = draw_act(fen_of_yuan(amount), voucher, **doing(pool, by, on))
    give_booked(found, voucher, f"已划到支出户 {yuan(fen_of_yuan(amount))} 元。")


@funds.command("repay")
def repay(person: Annotated[int, typer.Argument(metavar="PERSON", help="人员编号")],
          amount: YuanOption, voucher: Annotated[str, typer.Option(help="收款凭证")],
          by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """多发的钱追回到账 (overpaid money comes back)."""
    open_store()
    from yingbao.acts.payments import receive_repayment  # noqa: PLC0415

    found = receive_repayment(person, fen_of_yuan(amount), voucher, **doing(pool, by, on))
    give_booked(found, voucher, f"#{person} 追回 {yuan(fen_of_yuan(amount))} 元。")


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
