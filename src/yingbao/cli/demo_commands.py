"""``yingbao demo``: the bulletin's story on a made-up county, ending with the proof."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("demo")(demo)


def demo(
    county: Annotated[bool, typer.Option("--county", help="全县规模：33.56万缴费人、31.62万领取人")] = False,
    seed: Annotated[int, typer.Option(help="随机种子：同一种子得到同一个县")] = 20181130,
    folder: Annotated[Path, typer.Option("--folder", help="文件和数据库放在这里，每次重新生成")] = Path("out/demo"),
    database: Annotated[str, typer.Option("--database", help="数据库地址，默认该文件夹里的 SQLite")] = "",
) -> None:
    """用虚构的县把公告里的事办一遍，最后出具证明 (tell the story on a made-up county and prove it)."""
    from yingbao.cli.story import tell  # noqa: PLC0415 - needs the store, which starts Django

    if folder.exists() and not (folder / ".yingbao-demo").exists() and any(folder.iterdir()):
        raise typer.BadParameter(f"{folder} 里有别的文件，请换一个文件夹")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / ".yingbao-demo").touch()
    tell("county" if county else "town", seed, folder.absolute(), database)
