"""``yingbao run manifest``, ``replay`` and ``simulate``: the past made again, and other laws tried."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from yingbao.cli import run_commands
from yingbao.cli.context import DEFAULT_POOL, KnownOption, OnOption, PoolOption, day, month, open_store
from yingbao.cli.run_commands import RunArgument
from yingbao.cli.show import give, progress, say, table
from yingbao.values.money import yuan
from yingbao.values.month import show_month


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    run_commands.run.command("manifest")(manifest)
    app.command("replay")(replay)
    app.command("simulate")(simulate)


def manifest(run_id: RunArgument, on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """批次清单：依据、政策版本、程序版本、指纹、文件 (what a run was made of)."""
    open_store()
    from yingbao.acts.runs import find  # noqa: PLC0415
    from yingbao.reports.manifest import manifest as report  # noqa: PLC0415

    run = find(pool, run_id)
    with progress("核算清单 …"):
        found = report(run, day(on) if on else None)
    say(f"批次 {run_id}（{found['kind']} {found['period']}）指纹 {found['content_hash']}")
    say(f"  所知日期 {found['inputs']['known_on']}，办理序号 {found['inputs']['known_act']}")
    say(f"  政策版本 {found['policy']['version']}{'' if found['policy']['kept'] else '（未留存）'}，程序 {found['code']['version']}")
    for kind, one in found["inputs"]["facts"].items():
        say(f"  事实 {kind}：{one['count']:,} 条 {one['sha256'][:12]}")
    for one in found["files"]:
        say(f"  文件 {one['file']} {one['sha256']}")
    give(found)


def replay(run_id: RunArgument, out: Annotated[Path | None, typer.Option("--out", help="重做的文件写到这个文件夹")] = None,
           on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """按当时所知和当时的政策重做一个批次，逐字节比较 (make a run again and compare; exit code 1 if it differs)."""
    open_store()
    from yingbao.acts.runs import find  # noqa: PLC0415
    from yingbao.reports.replay import replay as report  # noqa: PLC0415

    run = find(pool, run_id)
    with progress("重新推算 …"):
        found = report(run, out, day(on) if on else None)
    say(f"批次 {run_id}：" + ("重做结果与当时逐字节相同。" if found.same else "重做结果与当时不同。"))
    for one in found.differences():
        say(f"  {one}")
    for file in found.files:
        say(f"  {'✓' if file.same else '✗'} {file.name}")
    give(found.as_json())
    if not found.same:
        raise SystemExit(1)


def simulate(
    since: Annotated[str, typer.Option("--from", help="起始月 YYYY-MM")],
    through: Annotated[str, typer.Option("--to", help="终止月 YYYY-MM")],
    overlay: Annotated[Path | None, typer.Argument(help="改革方案：一个 YAML 文件或文件夹；不写则模拟现行政策")] = None,
    assume_last_values: Annotated[
        bool, typer.Option("--assume-last-values", help="尚未核对的月份沿用最后一个值，逐个点名；只作测算 (let every last value go on)")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="明细表写到这个文件夹")] = None,
    form: Annotated[str, typer.Option("--format", help="csv 或 parquet")] = "csv",
    known_on: KnownOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """改革测算：逐月、逐项、逐级、逐镇的花费，与现行政策和账面比较 (what a reform would cost)."""
    open_store()
    from yingbao.policy.overlay import LAW_IN_FORCE, read_overlay  # noqa: PLC0415
    from yingbao.reports.simulate import simulate as report  # noqa: PLC0415
    from yingbao.reports.simulation_files import write  # noqa: PLC0415

    chosen = read_overlay(overlay) if overlay else LAW_IN_FORCE
    with progress("测算 …"):
        found = report(pool, chosen, month(since), month(through), day(known_on) if known_on else None,
                       carry=assume_last_values)  # fmt: skip
    show_simulation(found)
    written = write(found, out, form) if out else []
    for path in written:
        say(f"已写到 {path}。")
    give({**found.as_json(), "files": [str(path) for path in written]})


def show_simulation(found: Any) -> None:
    """Months in all, then the whole by item, by who bears it and by town."""
    shown = found.people_by_month()
    columns = ["现行（元）", "方案（元）", "差额（元）"]
    table(f"{found.overlay.name} {show_month(found.since)}–{show_month(found.through)}", ["月份", "现行人数", "方案人数", *columns],
          [(show_month(row["month"]), *shown.get(row["month"], ("", 0)), *_money(row)) for row in found.by("month").iter_rows(named=True)])
    for column, word in (("item", "款项"), ("level", "负担"), ("town", "镇")):
        table("", [word, *columns], [(found.word(column, row[column]), *_money(row)) for row in found.by(column).iter_rows(named=True)])
    _show_the_books(found)
    for one in found.notes:
        say(f"  {one}")


def _show_the_books(found: Any) -> None:
    last = found.booked_through
    if last is None:
        say("这些月份账面还没有记养老金，不比较。")
        return
    odd = found.against_the_books()
    months = odd["month"] <= last
    odd = odd.filter(months)
    apart = yuan(int(odd["difference_fen"].sum()))
    say("现行政策推算与账面一致。" if odd.is_empty() else f"现行政策推算与账面相差 {apart} 元（{odd.height} 处尚未入账或已变动）。")
    if last < found.through:
        say(f"账面的养老金记到 {show_month(last)}，以后的月份不比较。")


def _money(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple("" if row[name] is None else yuan(row[name]) for name in ("law_fen", "reform_fen", "difference_fen"))
