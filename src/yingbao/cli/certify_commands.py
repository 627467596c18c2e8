"""``yingbao certify``: 资格认证 one by one and in bulk, who must be asked, and suspected deaths."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PersonArgument, PoolOption, day, doing, open_store
from yingbao.cli.show import give, progress, say, table

certify = typer.Typer(
    no_args_is_help=True, help="资格认证 (life certificates)")

WayOption = Annotated[str, typer.Option(
    "--way", help="counter 窗口 · phone 手机 · kiosk 自助终端 · village_visit 上门 · data_trace 数据比对")]  # fmt: skip


@certify.command("record")
def record(number: PersonArgument, way: WayOption, seen: Annotated[str, typer.Option("--day", help="认证日期，默认业务日期")] = "",
           by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """登记一人已认证；因过期暂停的，随即恢复并补发 (record a life certificate)."""
    open_store()
    from yingbao.acts.certificates import record as record_act  # noqa: PLC0415

    made = record_act(number, way, day(seen) if seen else None, **doing(pool, by, on))
    say(f"#{number} 已认证（{made.holds_from}，事实 {made.pk}）。")
    give({"fact": made.pk, "person_id": number, "day": made.holds_from.isoformat(), "way": way})


@certify.command("load")
def load(file: Annotated[Path, typer.Argument(help="结果文件：公民身份号码、认证日期、认证方式")],
         rejected: Annotated[Path | None, typer.Option("--rejected", help="退回的行按原样写到这个文件夹")] = None,
         by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """整批读入认证结果；一行有误不影响别的行 (load a file of results)."""
    open_store()
    from yingbao.acts.certificates import load as load_act  # noqa: PLC0415
    from yingbao.formats.certificates import read_certificates  # noqa: PLC0415
    from yingbao.reports.words import reasons_zh  # noqa: PLC0415

    with progress(f"读取 {file.name} …"):
        reading = read_certificates(file)
        found = load_act(reading, **doing(pool, by, on))
    counts = found.counts
    say(f"{file.name}：读入 {counts['read']} 行 = 登记 {counts['stored']} + 退回 {counts['quarantined']} + 忽略 {counts['ignored']}。"
        + ("（同一文件已经读入过，没有再登记）" if found.repeated else ""))  # fmt: skip
    if found.refused:
        table("退回", ["表", "行", "姓名", "原因"], [(sheet, row, name, reasons_zh(codes)) for sheet, row, name, codes in found.refused])
    written = reading.write_back(found.refused, rejected) if rejected else None
    if written:
        say(f"退回的行已写到 {written}。改好后直接再来。")
    give({"file": found.file_id, "counts": counts, "repeated": found.repeated, "written": str(written) if written else None,
          "refused": [{"sheet": sheet, "row": row, "name": name, "reasons": codes.split(",")}
                      for sheet, row, name, codes in found.refused]})  # fmt: skip


@certify.command("list")
def to_ask(within: Annotated[int, typer.Option("--within", help="多少天内到期；已过期的总在内。不写用首次提醒的天数")] = 0,
           out: Annotated[Path | None, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")] = None,
           whole_ids: Annotated[bool, typer.Option("--whole-ids", help="印全部身份证号")] = False,
           on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """将到期和已过期的人，按村 (whose certificate ends soon or has ended, by village)."""
    open_store()
    from yingbao.reports.certificates import STATES, certificates, write_papers  # noqa: PLC0415
    from yingbao.rules.certificates import WAY_ZH  # noqa: PLC0415

    found = certificates(pool, day(on))
    days = within or found.warning_days[0]
    rows = found.list_json(days)
    table(f"{days} 天内到期或已过期（{found.day}）", ["编号", "姓名", "镇", "村", "最近一次", "有效至", "情况"],
          [(one["person_id"], one["name"], one["town_name"], one["village_name"], WAY_ZH.get(one["way"] or "", ""),
            one["good_until"] or "从未认证", STATES[one["state"]]) for one in rows])  # fmt: skip
    papers = write_papers(found, pool, days, out, whole_ids=whole_ids) if out else []
    for paper in papers:
        say(f"已写出 {paper}")
    give({"as_of": found.day.isoformat(), "within_days": days, "rows": rows, "papers": [str(one) for one in papers],
          "rests_on_illustrative": found.rests_on})  # fmt: skip


@certify.command("progress")
def how_far(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """认证进度：有效、将到期、已过期各多少人，按镇 (the progress of certification, by town)."""
    open_store()
    from yingbao.reports.certificates import certificates  # noqa: PLC0415

    found = certificates(pool, day(on))
    table(f"认证进度（{found.day}，在领 {found.rows.height:,} 人）", ["镇", "情况", "人数"],
          [(one["town_name"], one["zh"], f"{one['count']:,}") for one in found.counts("town_name")])  # fmt: skip
    give(found.as_json())


@certify.command("suspect")
def suspect(number: PersonArgument, evidence: Annotated[str, typer.Option("--evidence", help="依据：哪份名单、哪一行，或谁反映")],
            by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """登记疑似死亡：先暂停，核实后再定 (hold a pension on a suspected death)."""
    open_store()
    from yingbao.acts.certificates import suspect as suspect_act  # noqa: PLC0415

    made = suspect_act(number, evidence, **doing(pool, by, on))
    say(f"#{number} 登记为疑似死亡（事实 {made.pk}），钱先不走；请核实后 confirm-death 或 clear。")
    give({"fact": made.pk, "person_id": number})


@certify.command("confirm-death")
def confirm_death(number: PersonArgument, died_on: Annotated[str, typer.Option("--died-on", help="死亡日期")], by: ByOption = "",
                  on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """疑似死亡核实为已死亡 (a suspected death is confirmed)."""
    open_store()
    from yingbao.acts.certificates import confirm_death as confirm_act  # noqa: PLC0415

    made = confirm_act(number, day(died_on), **doing(pool, by, on))
    say(f"#{number} 已于 {died_on} 死亡（事实 {made.pk}）；次月起不再应发，多发的由下一批次转追回。")
    give({"fact": made.pk, "person_id": number, "died_on": died_on})


@certify.command("clear")
def clear(number: PersonArgument, way: WayOption, reason: Annotated[str, typer.Option(help="怎么核实的")], by: ByOption = "",
          on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """疑似死亡核实为仍在世：恢复发放并补发，同时算一次认证 (a suspected death is cleared)."""
    open_store()
    from yingbao.acts.certificates import clear as clear_act  # noqa: PLC0415

    made = clear_act(number, way, reason, **doing(pool, by, on))
    say(f"#{number} 仍在世（事实 {made.pk}），等着的钱随下一支付批次发出。")
    give({"fact": made.pk, "person_id": number})
