"""``yingbao recovery`` and ``yingbao transfer``: what is owed back, and relations that move."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PersonArgument, PoolOption, day, doing, open_store
from yingbao.cli.ending_commands import DayOption
from yingbao.cli.errors import MoneyUnreadable
from yingbao.cli.show import give, say, table
from yingbao.values.money import fen_of_yuan, yuan

recovery = typer.Typer(no_args_is_help=True, help="追回 (recoveries)；到账用 funds repay")
transfer = typer.Typer(no_args_is_help=True, help="转移接续 (transfers)")
OutOption = Annotated[Path | None, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")]


@recovery.command("list")
def listing(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """追缴台账，按欠款时长 (what is owed back, by age)."""
    open_store()
    from yingbao.reports.recoveries import cases, debts_rest_on  # noqa: PLC0415

    found = cases(pool, day(on))
    table("追缴台账", ["编号", "姓名", "待追回（元）", "起", "时长", "通知书", "每月抵扣（元）", "已提出核销（元）"], [
        (one.person_id, one.name, yuan(one.owed_fen), str(one.since), one.age, one.letter or "未通知", yuan(one.plan_fen),
         yuan(one.proposed_fen)) for one in found
    ])  # fmt: skip
    say(f"{len(found)} 人，共 {yuan(sum(one.owed_fen for one in found))} 元。")
    give({"rows": [one.as_json() for one in found], "rests_on_illustrative": debts_rest_on(pool, day(on)) if found else []})


@recovery.command("notice")
def notice(number: PersonArgument, letter: Annotated[str, typer.Option(help="文书号")],
           why: Annotated[str, typer.Option(help="多领的原因")] = "死亡或停发以后仍发放的待遇",
           to: Annotated[str, typer.Option(help="person 本人 · office 发放职工（机关）养老金的经办机构")] = "person", out: OutOption = None,
           by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """退还通知书；--to office 请发放职工养老金的机构协助抵扣：登记并打印 (the letter that asks it back)."""
    if to not in ("person", "office"):
        raise typer.BadParameter(f"{to}；person · office", param_hint="--to")
    open_store()
    from yingbao.acts.recoveries import notice as act  # noqa: PLC0415
    from yingbao.reports.ending_papers import office_letter, recovery_letter  # noqa: PLC0415
    from yingbao.reports.recoveries import debts_rest_on, other_office  # noqa: PLC0415

    asked = other_office(pool, number, day(on)) if to == "office" else None
    made = act(number, letter, asked.fen if asked else None, **doing(pool, by, on))
    path = None
    if out:
        path = (office_letter(pool, number, letter, asked, day(on), out) if asked
                else recovery_letter(pool, number, letter, why, day(on), out))  # fmt: skip
    what = f"请协助抵扣 {yuan(made.number)} 元，函号" if asked else f"应退还 {yuan(made.number)} 元，通知书"
    say(f"#{number} {what} {letter}{f'：{path}' if path else ''}。")
    give({"fact": made.pk, "fen": made.number, "file": str(path) if path else None,
          "rests_on_illustrative": debts_rest_on(pool, day(on))})  # fmt: skip


@recovery.command("plan")
def plan(number: PersonArgument, monthly: Annotated[str, typer.Option("--yuan", help="每月抵扣（元）")],
         since: Annotated[str, typer.Option(help="自 YYYY-MM-DD 起")], until: Annotated[str, typer.Option(help="到 YYYY-MM-DD")] = "",
         by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """分期还款协议：从以后的养老金中按月抵扣 (an agreed instalment)."""
    open_store()
    from yingbao.acts.recoveries import plan as act  # noqa: PLC0415

    made = act(number, fen_of_yuan(monthly), day(since), day(until) if until else None, **doing(pool, by, on))
    say(f"#{number} 自 {since} 起每月抵扣 {yuan(made.number)} 元（事实 {made.pk}）。")
    give({"fact": made.pk})


@recovery.command("writeoff")
def write_off(number: PersonArgument, amount: Annotated[str, typer.Option("--yuan", help="拟核销（元）")],
              why: Annotated[str, typer.Option(help="原因")], by: ByOption = "", on: OnOption = "",
              pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """提出核销；须拟定核销批次并由另一人复核后才入账 (propose to give it up)."""
    open_store()
    from yingbao.acts.recoveries import write_off as act  # noqa: PLC0415

    made = act(number, fen_of_yuan(amount), why, **doing(pool, by, on))
    say(f"#{number} 拟核销 {yuan(made.number)} 元（事实 {made.pk}）。请拟定核销批次：yingbao run draft write_off。")
    give({"fact": made.pk})


@transfer.command("out")
def transfer_out(number: PersonArgument, when: DayOption, scheme: Annotated[str, typer.Option(help="resident · employee")] = "resident",
                 by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """关系转出，全部账户随同；接收单位账户用 ending payee 登记 (a relation moves away)."""
    open_store()
    from yingbao.acts.transfers import transfer_out as act  # noqa: PLC0415

    made = act(number, scheme, day(when), **doing(pool, by, on))
    say(f"#{number} 自 {when} 转出（事实 {made.pk}），账户余额在次月批次转移。")
    give({"fact": made.pk})


@transfer.command("letter")
def letter(number: PersonArgument, out: Annotated[Path, typer.Option("--out", help="写到这个文件夹")], on: OnOption = "",
           pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """打印关系转移函：逐来源的账户和缴费年限 (the letter that goes with it)."""
    open_store()
    from yingbao.reports.ending_papers import transfer_letter  # noqa: PLC0415

    path = transfer_letter(pool, number, day(on), out)
    say(f"已写 {path}。")
    give({"file": str(path)})


@transfer.command("in")
def take_in(number: PersonArgument, reference: Annotated[str, typer.Option(help="转移函编号")], when: DayOption,
            money: Annotated[list[str], typer.Option("--money", help="来源=元，如 own=500.00，可多次；来源不明 transferred=元")] = [],  # noqa: B006
            years: Annotated[int, typer.Option(help="居保缴费年数")] = 0,
            months: Annotated[int, typer.Option("--employee-months", help="职保缴费月数")] = 0, by: ByOption = "",
            on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """关系转入：资金逐来源、年限 (money and years that came)."""
    open_store()
    from yingbao.acts.transfers import take_in as act  # noqa: PLC0415

    made = act(number, _sources(money), day(when), years=years,
               employee_months=months, reference=reference, **doing(pool, by, on))  # fmt: skip
    say(f"#{number} 转入已登记：{len(made)} 条事实。资金到账后入收入户，账户批次记入个人账户。")
    give({"facts": [one.pk for one in made]})


def _sources(money: list[str]) -> dict[str, int]:
    """``own=500.00`` as typed, source → fen. Raises MoneyUnreadable, NotWholeFen."""
    found: dict[str, int] = {}
    for one in money:
        source, sign, text = one.partition("=")
        if not sign:
            raise MoneyUnreadable(text=one, why="应写成 来源=元，如 own=500.00", why_en="write source=yuan, as own=500.00")
        if source in found:
            raise MoneyUnreadable(text=one, why=f"来源 {source} 写了两次", why_en=f"{source} is there twice")
        found[source] = fen_of_yuan(text)
    return found
