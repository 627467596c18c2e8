"""``yingbao run``: batches made by one officer and approved by another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, day, doing, month, open_store
from yingbao.cli.show import give, progress, say, table
from yingbao.values.money import yuan

run = typer.Typer(no_args_is_help=True, help="批次 (runs)")

RunArgument = Annotated[int, typer.Argument(metavar="RUN", help="批次号")]


@run.command("draft")
def draft(
    kind: Annotated[str, typer.Argument(help="payroll 养老金 · proxy 代缴 · account 个人账户 · disbursement 支付 · write_off 核销")],
    period: Annotated[str, typer.Argument(help="月份 YYYY-MM；代缴、个人账户写年度 YYYY")],
    snapshot: Annotated[str, typer.Option("--snapshot", help="代缴认定日，默认业务日期")] = "",
    by: ByOption = "",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """拟定批次：应 − 已 = 差 (draft the difference)."""
    open_store()
    from yingbao.acts import runs  # noqa: PLC0415

    with progress("推算应发与已发之差 …"):
        if kind == "payroll":
            made = runs.draft_payroll(month(period), **doing(pool, by, on))
        elif kind == "proxy":
            made = runs.draft_proxy(_year(period), day(snapshot) if snapshot else None, **doing(pool, by, on))
        elif kind == "account":
            made = runs.draft_account(_year(period), **doing(pool, by, on))
        elif kind == "disbursement":
            made = runs.draft_disbursement(month(period), **doing(pool, by, on))
        elif kind == "write_off":
            made = runs.draft_write_off(**doing(pool, by, on))
        else:
            raise typer.BadParameter(kind)
    show_drafted(made)
    give({"run": made.run.pk if made.run else None, "hash": made.run.content_hash if made.run else None, **made.figures,
          "rests_on_illustrative": made.rests_on})  # fmt: skip


def _year(text: str) -> int:
    if not text[:4].isdigit():
        raise typer.BadParameter(text)
    return int(text[:4])


def show_drafted(made: Any) -> None:
    """What a draft holds."""
    figures = made.figures
    if made.run is None:
        say("没有差额：应发与已发一致，不需要批次。")
        return
    parts = [
        f"{word} {figures[f'{key}_persons']} 人 {yuan(abs(figures[f'{key}_fen']))} 元"
        for key, word in _DRAFTED.get(made.run.kind, _PAID).items()
        if key in _ALWAYS or figures[f"{key}_lines"]
    ]
    say(f"批次 {made.run.pk} 已拟定：{figures['persons']} 人、{figures['lines']} 笔；{'，'.join(parts)}。"
        f"指纹 {made.run.content_hash[:12]}")  # fmt: skip


# What the classes of lines are called, by kind of run; the first two are told always, the others where there are any.
_PAID = {"pay": "应付", "recover": "应追回", "set_off": "抵扣", "write_off": "核销", "restore": "核销转回", "held": "暂停"}
_DRAFTED = {"proxy": {"pay": "应代缴", "recover": "应冲回"}, "account": {"pay": "应记账", "recover": "应冲回"}}
_ALWAYS = ("pay", "recover")


def _step(name: str, done: str, run_id: int, pool: int, by: str, on: str) -> None:
    open_store()
    from yingbao.acts import runs  # noqa: PLC0415

    with progress(f"{done} …"):
        found = getattr(runs, name)(run_id, **doing(pool, by, on))
    say(f"批次 {run_id}：{done}（{found.line_count} 笔，{yuan(found.total_fen)} 元）。")
    from yingbao.store import footing  # noqa: PLC0415

    give({"run": run_id, "state": found.state, "hash": found.content_hash, "total_fen": found.total_fen,
          footing.KEY: footing.of_run(found)})  # fmt: skip


@run.command("submit")
def submit(run_id: RunArgument, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """提交复核 (hand to the checker)."""
    _step("submit", "已提交复核", run_id, pool, by, on)


@run.command("approve")
def approve(run_id: RunArgument, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """复核：须由另一人办理；依据有变化则拒绝 (approve; never by the maker)."""
    _step("approve", "已复核", run_id, pool, by, on)


@run.command("post")
def post(run_id: RunArgument, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """记账 (book it)."""
    _step("post", "已记账", run_id, pool, by, on)


@run.command("void")
def void(run_id: RunArgument, reason: Annotated[str, typer.Option(help="原因")], by: ByOption = "", on: OnOption = "",
         pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """作废未记账的批次 (give up a run that is not booked)."""
    open_store()
    from yingbao.acts import runs  # noqa: PLC0415

    runs.void(run_id, reason, **doing(pool, by, on))
    say(f"批次 {run_id} 已作废。")
    give({"run": run_id, "state": "void"})


@run.command("instruct")
def instruct(run_id: RunArgument, out: Annotated[Path, typer.Option("--out", help="银行文件写到这个文件夹")],
             profile: Annotated[str, typer.Option("--profile", help="银行文件格式")] = "", by: ByOption = "",
             on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """报盘：写银行文件 (write the bank files of a booked disbursement)."""
    open_store()
    from yingbao.acts import payments  # noqa: PLC0415
    from yingbao.formats.bank import load_profile  # noqa: PLC0415

    chosen = load_profile(profile) if profile else load_profile()
    out.mkdir(parents=True, exist_ok=True)
    with progress("写银行文件 …"):
        files = payments.instruct(run_id, profile=chosen, folder=out, **doing(pool, by, on))
    for one in files:
        say(f"  {one.path}：{one.count} 笔 {yuan(one.total_fen)} 元")
    give([{"file": str(one.path), "count": one.count, "total_fen": one.total_fen, "sha256": one.sha256} for one in files])


@run.command("papers")
def papers(run_id: RunArgument, out: Annotated[Path, typer.Option("--out", help="写到这个文件夹")], on: OnOption = "",
           pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """打印用表：请拨单、花名册、审批表、失败名单 (the papers of a run as .xlsx)."""
    open_store()
    from yingbao.acts.runs import find  # noqa: PLC0415
    from yingbao.reports.papers import papers_of  # noqa: PLC0415

    written = papers_of(find(pool, run_id), out, day(on))
    for one in written:
        say(f"  {one}")
    give([str(one) for one in written])


@run.command("list")
def listing(pool: PoolOption = DEFAULT_POOL) -> None:
    """批次一览 (all runs)."""
    open_store()
    from yingbao.acts.runs import period_text  # noqa: PLC0415
    from yingbao.acts.transitions import KIND_ZH, STATE_ZH  # noqa: PLC0415
    from yingbao.store.models import Run  # noqa: PLC0415

    kept = list(Run.objects.filter(pool=pool).order_by("pk"))
    rows = [(one.pk, KIND_ZH[one.kind], period_text(one.kind, one.period), STATE_ZH[one.state], one.line_count,
             yuan(one.total_fen), one.holder, str(one.on)) for one in kept]  # fmt: skip
    table("批次", ["批次", "种类", "期间", "状态", "笔数", "金额（元）", "经办", "业务日期"], rows)
    give([{"run": one.pk, "kind": one.kind, "period": period_text(one.kind, one.period), "state": one.state,
           "lines": one.line_count, "total_fen": one.total_fen, "hash": one.content_hash} for one in kept])  # fmt: skip
