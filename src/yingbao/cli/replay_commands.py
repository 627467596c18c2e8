"""``yingbao run manifest``, ``replay`` and ``simulate``: the past made again, and other laws tried."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yingbao.cli import run_commands
from yingbao.cli.context import DEFAULT_POOL, OnOption, PoolOption, day, open_store
from yingbao.cli.run_commands import RunArgument
from yingbao.cli.show import give, progress, say


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    run_commands.run.command("manifest")(manifest)
    app.command("replay")(replay)


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


def replay(run_id: RunArgument, out: Annotated[Path | None, typer.Option("--out", help="把重做的文件写到这个文件夹")] = None,
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
