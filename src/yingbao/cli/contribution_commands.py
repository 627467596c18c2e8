"""``yingbao contribution``: payments recorded one by one, loaded from a channel's file, listed with their states."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.context import (
    DEFAULT_POOL,
    YEARS,
    ByOption,
    OnOption,
    PersonArgument,
    PoolOption,
    day,
    doing,
    open_store,
)
from yingbao.cli.roster_commands import read
from yingbao.cli.show import give, progress, say, table
from yingbao.values.facts import FactKind
from yingbao.values.money import fen_of_yuan, yuan

contribution = typer.Typer(no_args_is_help=True, help="缴费 (contributions)")
KINDS = {"own": FactKind.OWN_PAYMENT, "makeup": FactKind.MAKEUP_PAYMENT, "aid": FactKind.COLLECTIVE_AID}
CHANNELS = ("bank", "tax", "counter", "app")


def _channel(text: str) -> str:
    if text not in CHANNELS:
        raise typer.BadParameter(f"{text}；{' · '.join(CHANNELS)}")
    return text


@contribution.command("record")
def record(
    person: PersonArgument,
    amount: Annotated[str, typer.Option("--yuan", help="金额（元），须为该年度的档次")],
    year: Annotated[int, typer.Option("--year", help="缴费年度", **YEARS)],
    serial: Annotated[str, typer.Option("--serial", help="渠道流水号")],
    channel: Annotated[str, typer.Option("--channel", help="bank 银行 · tax 税务 · counter 柜台 · app 手机")] = "counter",
    kind: Annotated[str, typer.Option("--kind", help="own 个人缴费 · makeup 补缴 · aid 集体补助")] = "own",
    paid_on: Annotated[str, typer.Option("--paid-on", help="缴费日期，默认业务日期")] = "",
    by: ByOption = "",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """登记一笔缴费：同一渠道流水号重复登记不起作用 (record a payment, once a channel and serial)."""
    open_store()
    from yingbao.acts.contributions import record as record_act  # noqa: PLC0415
    from yingbao.reports.contribution_list import why_back  # noqa: PLC0415
    from yingbao.rules.collecting import Asked  # noqa: PLC0415

    if kind not in KINDS:
        raise typer.BadParameter(f"{kind}；{' · '.join(KINDS)}")
    asked = Asked(person, KINDS[kind], year, fen_of_yuan(amount), day(paid_on or on))
    made = record_act(asked, channel=_channel(channel), serial=serial, **doing(pool, by, on))
    said = "已经登记过，没有重复入库" if made.repeated else "已登记，待记账"
    say(f"#{person} {year} 年 {yuan(asked.fen)} 元（{made.reference}）：{said}。")
    back = why_back(pool, day(on), person, made.reference)
    if back:
        say(f"  这笔不能记入账户，将退还：{back}。")
    give({"person_id": person, "year": year, "fen": asked.fen, "reference": made.reference, "repeated": made.repeated,
          "collected_fen": made.collected_fen, "goes_back": back})  # fmt: skip


@contribution.command("load")
def load(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="渠道缴费明细 .xlsx .xls .ods .csv")],
    channel: Annotated[str, typer.Option("--channel", help="各行没有写渠道时用：bank · tax · counter · app")] = "",
    month_text: Annotated[str, typer.Option("--month", help="数据月份 YYYY-MM；不写则从文件判断")] = "",
    by: ByOption = "",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """渠道缴费明细入库：不成档次的、流水号冲突的退回 (load a channel's file of payments)."""
    open_store()
    from yingbao.acts.contributions import load as load_act  # noqa: PLC0415
    from yingbao.reports.words import reason_zh  # noqa: PLC0415

    reading = read(path, "own_payments", month_text, [], pool, accept_hidden=False)
    with progress("入库 …"):
        done = load_act(reading, channel=_channel(channel) if channel else None, **doing(pool, by, on))
    counts = done.counts
    say(f"{done.file}：读入 {counts['read']} = 入库 {counts['stored']} + 退回 {counts['quarantined']} + 忽略 {counts['ignored']}"
        f" + 待比对 {counts['waiting']}" + ("（以前已入库，没有变化）" if done.repeated else ""))  # fmt: skip
    table("原因", ["条数", "原因"], [(number, reason_zh(code)) for code, number in done.reasons.items()])
    give({"file_id": done.file_id, "counts": counts, "reasons": done.reasons, "new_people": done.new_people,
          "cases": done.cases, "repeated": done.repeated})  # fmt: skip


@contribution.command("list")
def listing(
    person: Annotated[int, typer.Option("--person", help="只看一个人")] = 0,
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """缴费明细：每笔是否已收、已记账，或应退还及原因 (every payment with its states)."""
    open_store()
    from yingbao.reports.contribution_list import STATE_ZH, contributions_listed  # noqa: PLC0415

    found = contributions_listed(pool, day(on), person or None)
    kinds = {kind.key: {"own": "个人缴费", "makeup": "补缴", "aid": "集体补助"}[name] for name, kind in KINDS.items()}
    table("缴费明细", ["编号", "种类", "年度", "金额（元）", "缴费日期", "渠道流水号", "状态", "原因"], [
        (one.person_id, kinds[one.kind], one.year, yuan(one.fen or 0), one.day, one.reference, STATE_ZH[one.state], one.why)
        for one in found.rows
    ])  # fmt: skip
    give({"rows": [one.as_json() for one in found.rows], "rests_on_illustrative": found.rests_on})


@contribution.command("receipt")
def receipt(person: PersonArgument, year: Annotated[int, typer.Option(help="缴费年度", **YEARS)],
            out: Annotated[Path, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")], on: OnOption = "",
            pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """缴费凭证、政府代缴证明：有编号，可以补印 (numbered receipts, and the proof of what the county paid)."""
    open_store()
    from yingbao.reports.receipts import print_receipts  # noqa: PLC0415

    path, forms, names = print_receipts(pool, person, year, day(on), out)
    table("凭证", ["编号", "款项", "金额（元）", "状态"], [(one.number, one.what, yuan(one.fen), one.state) for one in forms])
    say(f"已写 {path}。")
    give({"file": str(path), "rows": [{"number": one.number, "item": one.what, "fen": one.fen, "by_county": one.by_county,
                                       "state": one.state} for one in forms], "rests_on_illustrative": names})  # fmt: skip
