"""``yingbao ending``: a relation ends; what a death would make of the money; whose account is not cleared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PersonArgument, PoolOption, day, doing, open_store
from yingbao.cli.show import give, progress, say, table, words
from yingbao.values.facts import FactKind
from yingbao.values.identity import AccountNumber
from yingbao.values.money import yuan

if TYPE_CHECKING:
    from yingbao.formats.death_list import DeathRow

ending = typer.Typer(no_args_is_help=True, help="关系终止 (endings)")
DayOption = Annotated[str, typer.Option("--day", help="日期 YYYY-MM-DD")]


@ending.command("death")
def death(number: PersonArgument, when: DayOption, by: ByOption = "", on: OnOption = "",
          pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """登记死亡；多领、抵扣、退还由下一批次自动算出 (a death; the rest follows)."""
    open_store()
    from yingbao.acts.registry import tell as tell_act  # noqa: PLC0415

    made = tell_act(number, FactKind.DEATH, day(when), **doing(pool, by, on))
    say(f"#{number} 于 {when} 死亡，已登记（事实 {made.pk}）。")
    give({"fact": made.pk})


@ending.command("tell")
def tell(number: PersonArgument, reason: Annotated[str, typer.Option(help="joined_employee · abroad · other")],
         when: DayOption, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """参加职保、出国（境）定居或其他原因终止 (another ending)."""
    open_store()
    from yingbao.acts.endings import tell as tell_act  # noqa: PLC0415

    made = tell_act(number, reason, day(when), **doing(pool, by, on))
    say(f"#{number} 的居保关系自 {when} 终止（事实 {made.pk}），余额在次月批次退还。")
    give({"fact": made.pk})


@ending.command("double")
def double_receipt(number: PersonArgument, scheme: Annotated[str, typer.Option(help="employee · civil_service · resident")],
                   since: Annotated[str, typer.Option(help="另一份养老金的首月首日 YYYY-MM-DD")], by: ByOption = "",
                   on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """重复领取：终止居保，基础养老金追回，余额扣除补贴退还 (settle a double receipt)."""
    open_store()
    from yingbao.acts.endings import double_receipt as settle  # noqa: PLC0415

    made = settle(number, scheme, day(since), **doing(pool, by, on))
    say(f"#{number} 自 {since} 起重复领取，居保关系终止（事实 {made.pk}）。")
    give({"fact": made.pk})


@ending.command("back")
def come_back(number: PersonArgument, when: DayOption, by: ByOption = "", on: OnOption = "",
              pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """终止以后又回到居保；已退的余额应当交回 (back again)."""
    open_store()
    from yingbao.acts.endings import come_back as act  # noqa: PLC0415

    ended = act(number, day(when), **doing(pool, by, on))
    say(f"#{number} 自 {when} 起回到居保，事实 {ended} 到前一日为止。")
    give({"fact": ended})


@ending.command("payee")
def payee(number: PersonArgument, holder: Annotated[str, typer.Option(help="户名：继承人或接收单位")], by: ByOption = "",
          on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """登记继承人（接收单位）的收款账户，账号在提示后输入 (who gets the money)."""
    open_store()
    from yingbao.acts.endings import set_payee  # noqa: PLC0415

    account = AccountNumber(typer.prompt(words("银行账号", "account number"), hide_input=True, err=True).strip())
    made = set_payee(number, account, holder, **doing(pool, by, on))
    say(f"#{number} 的款项付给 {holder}（事实 {made.pk}）。")
    give({"fact": made.pk})


@ending.command("trial")
def trial(path: Annotated[Path, typer.Argument(metavar="FILE", help="名单：人员编号或身份证号、死亡日期")],
          rejected: Annotated[Path | None, typer.Option("--rejected", help="不能试算的行按原样写到这个文件夹")] = None,
          on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """死亡终止试算：多领、抵扣、退还、丧葬，不写入任何数据 (try deaths, storing nothing)."""
    open_store()
    from yingbao.formats.death_list import read_death_list  # noqa: PLC0415
    from yingbao.reports.ending_trial import trials as report  # noqa: PLC0415

    listed = read_death_list(path)
    with progress("试算 …"):
        deaths, problems = _known(pool, listed.rows)
        found = report(pool, deaths, day(on))
    table("死亡终止试算（元）", ["编号", "姓名", "死亡日期", "应稽核", "多拨扣回", "抵扣", "账户退还", "丧葬补助", "付继承人", "仍欠"], [
        (one.person_id, one.name, str(one.died_on), *(yuan(fen) for fen in (
            one.overpaid_fen, one.taken_back_fen, one.set_off_fen, one.refund_fen, one.funeral_fen, one.to_heirs_fen,
            one.still_owed_fen)))
        for one in found.rows
    ])  # fmt: skip
    for sheet, row, why in problems:
        say(f"{path.name} 表“{sheet}” 第 {row} 行没有试算：{why}")
    say(f"试算 {len(found.rows)} 人，{len(problems)} 行不能试算。没有写入任何数据。")
    written = listed.write_back(problems, rejected) if rejected else None
    if written:
        say(f"退回的行已写到 {written}。改好后直接再来。")
    give({"trials": [one.as_json() for one in found.rows],
          "problems": [{"sheet": sheet, "row": row, "why": why} for sheet, row, why in problems],
          "written": str(written) if written else None,
          "rests_on_illustrative": found.rests_on})  # fmt: skip


def _known(pool: int, rows: list[DeathRow]) -> tuple[list[tuple[int, Any]], list[tuple[str, int, str]]]:
    """The rows as person and day, once a person, and those that cannot be tried: sheet, row and why."""
    from yingbao.formats.rosters.clean_name import name_key  # noqa: PLC0415
    from yingbao.store import people, sealed  # noqa: PLC0415

    indexes = {(row.sheet, row.row): sealed.index_of_id(row.id_number) for row in rows if row.id_number is not None}
    by_index = {key: known.person_id for key, known in people.by_index(pool, indexes.values()).items()}
    names = people.names(pool, [*by_index.values(), *(row.person_id for row in rows if row.person_id is not None)])
    deaths: dict[int, Any] = {}
    problems = []
    for row in rows:
        person = row.person_id if row.person_id is not None else by_index.get(indexes.get((row.sheet, row.row), ""))
        why = row.problem
        if not why and (person is None or person not in names):
            why = "本统筹区没有此人"
        elif not why and row.name and person is not None and name_key(row.name) != name_key(names[person]):
            why = f"姓名与登记的“{names[person]}”不符"
        elif not why and person in deaths:
            why = "名单中出现两次"
        if why or person is None:
            problems.append((row.sheet, row.row, why))
        else:
            deaths[person] = row.day
    return list(deaths.items()), problems


@ending.command("stated")
def stated(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """期初登记为终止、注销、死亡、转出的人：由镇社保所核实去向 (whom the opening register states as ended)."""
    open_store()
    from yingbao.reports.stated_endings import OWNER, stated_endings  # noqa: PLC0415
    from yingbao.reports.words import category_zh  # noqa: PLC0415

    with progress("查找 …"):
        found = stated_endings(pool, day(on))
    table("期初登记已终止的人", ["镇", "村", "编号", "姓名", "在册", "账户余额（元）"], [
        (row["town_name"], row["village_name"], row["person_id"], row["name"], category_zh(row["category"]), yuan(row["balance_fen"]))
        for row in found.rows.iter_rows(named=True)
    ])  # fmt: skip
    say(f"共 {found.rows.height:,} 人，其中 {found.poor:,} 人在困难群体名册上。由{OWNER}在 {found.due_by} 前核实："
        "在的用 yingbao ending back，其余用 yingbao ending death、ending tell 或 transfer out 登记。"
        if found.rows.height else "期初登记里没有已终止的人。")  # fmt: skip
    give(found.as_json())


@ending.command("list")
def listing(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """死亡后账户未清的人，按时间长短 (deaths that are not settled, by age)."""
    open_store()
    from yingbao.reports.recoveries import deaths_unsettled  # noqa: PLC0415

    with progress("查找 …"):
        found = deaths_unsettled(pool, day(on))
    table("死亡未清账户", ["编号", "姓名", "死亡日期", "得知", "时长", "待付（元）", "待追回（元）", "继承人账户"], [
        (one.person_id, one.name, str(one.died_on), str(one.told_on), one.age, yuan(one.to_pay_fen), yuan(one.to_recover_fen),
         "已登记" if one.payee_told else "未登记") for one in found.rows
    ])  # fmt: skip
    give({"rows": [one.as_json() for one in found.rows], "rests_on_illustrative": found.rests_on})
