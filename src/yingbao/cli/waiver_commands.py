"""``yingbao waiver``: 放弃意向书, counselled and signed, and taken back at any time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PersonArgument, PoolOption, day, doing, open_store
from yingbao.cli.show import give, say, table

waiver = typer.Typer(no_args_is_help=True, help="放弃意向书 (waivers)")

ScopeOption = Annotated[str, typer.Option("--scope", help="all · proxy_contribution · benefit")]


@waiver.command("form")
def form(number: PersonArgument, scope: ScopeOption, out: Annotated[Path, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")],
         whole_ids: Annotated[bool, typer.Option("--whole-ids", help="印全部身份证号")] = False, on: OnOption = "",
         pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """印出放弃意向书：劝导的内容按当天的标准写好 (print the form with the counselling text)."""
    open_store()
    from yingbao.reports.waivers import write_form  # noqa: PLC0415

    made = write_form(pool, number, scope, day(on), out, whole_ids=whole_ids)
    say(f"已写出 {made.path}（劝导文本 {made.number}）。")
    give({"paper": str(made.path), "text": made.number, "rests_on_illustrative": made.rests_on})


@waiver.command("sign")
def sign(number: PersonArgument, scope: ScopeOption, witness: Annotated[list[str], typer.Option(help="见证人（两位）")],
         counselled: Annotated[bool, typer.Option("--counselled", help="已告知权益并劝导")] = False,
         by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """登记已签字的放弃意向书；何时生效见 waiver/takes_effect (record a signed waiver)."""
    open_store()
    from yingbao.acts.waivers import sign as sign_act  # noqa: PLC0415

    made = sign_act(number, scope, counselled=counselled, witnesses=witness, **doing(pool, by, on))
    text = (made.reference or "").rpartition(":")[2]
    say(f"#{number} 的放弃意向书已登记（事实 {made.pk}，劝导文本 {text}），可随时撤回。")
    give({"fact": made.pk, "text": text})


@waiver.command("withdraw")
def take_back(number: Annotated[int, typer.Argument(metavar="FACT", help="事实编号，见 waiver list")], by: ByOption = "", on: OnOption = "",
              pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """本人撤回放弃；何时恢复见 waiver/withdrawal_takes_effect (the person takes it back)."""
    open_store()
    from yingbao.acts.waivers import withdraw as withdraw_act  # noqa: PLC0415

    withdraw_act(number, **doing(pool, by, on))
    say(f"放弃意向书（事实 {number}）已撤回。")
    give({"fact": number})


@waiver.command("list")
def everything(pool: PoolOption = DEFAULT_POOL) -> None:
    """签过的全部放弃意向书 (every waiver signed)."""
    open_store()
    from yingbao.formats.forms.waiver import SCOPES  # noqa: PLC0415
    from yingbao.reports.waivers import signed  # noqa: PLC0415

    rows = signed(pool)
    state = {"standing": "有效", "ended": "已撤回", "withdrawn": "已作废"}
    table("放弃意向书", ["事实", "编号", "姓名", "事项", "签字日", "状态", "至", "劝导文本"],
          [(one["fact"], one["person_id"], one["name"], SCOPES.get(one["scope"], one["scope"]), one["signed_on"],
            state[one["state"]], one["until"], one["text"]) for one in rows])  # fmt: skip
    give(rows)
