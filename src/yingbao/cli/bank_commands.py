"""``yingbao bank``: what the bank answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, doing, open_store
from yingbao.cli.show import give, progress, say, table
from yingbao.values.money import yuan

bank = typer.Typer(no_args_is_help=True, help="银行 (the bank)")


@bank.command("return")
def take(path: Annotated[Path, typer.Argument(metavar="FILE", help="回盘文件")],
         profile: Annotated[str, typer.Option("--profile", help="银行文件格式")] = "", by: ByOption = "", on: OnOption = "",
         pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """回盘入账：到账、可修正、勿重发、未知 (book the bank's answers)."""
    open_store()
    from yingbao.acts.payments import take_return  # noqa: PLC0415
    from yingbao.formats.bank import load_profile, read_return_file  # noqa: PLC0415

    with progress(f"读取 {path.name} …"):
        reading = read_return_file(load_profile(profile) if profile else load_profile(), path)
    done = take_return(reading, **doing(pool, by, on))
    if done.repeated:
        say(f"{path.name} 以前已入账，内容完全相同，没有任何变化。")
    else:
        words = {"settled": "到账", "curable": "退回（可修正）", "do_not_resend": "退回（勿重发）", "unknown": "未知（在途，不重发）"}
        say(f"批次文件 {done.batch}：" + "，".join(f"{words[name]} {count} 笔" for name, count in done.counts.items() if count)
            + f"；到账 {yuan(done.settled_fen)} 元，退回 {yuan(done.returned_fen)} 元。")  # fmt: skip
    give(vars(done))


@bank.command("batches")
def batches(pool: PoolOption = DEFAULT_POOL) -> None:
    """已报盘的文件 (files sent)."""
    open_store()
    from yingbao.store.models import BankBatch  # noqa: PLC0415

    kept = list(BankBatch.objects.filter(pool=pool).order_by("pk"))
    table("报盘文件", ["批次号", "批次", "文件", "笔数", "金额（元）", "日期"],
          [(one.number, one.run_id, one.file_name, one.count, yuan(one.total_fen), str(one.on)) for one in kept])  # fmt: skip
    give([{"number": one.number, "run": one.run_id, "file": one.file_name, "count": one.count,
           "total_fen": one.total_fen, "sha256": one.sha256} for one in kept])  # fmt: skip
