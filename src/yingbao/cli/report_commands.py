"""``yingbao coverage``, ``check``, ``explain``, ``export``: what the books and rosters prove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from yingbao.cli.context import DEFAULT_POOL, KnownOption, OnOption, PoolOption, day, month, open_store
from yingbao.cli.show import SCREEN, give, progress, say, table


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("coverage")(coverage)
    app.command("check")(check)
    app.command("explain")(explain)
    app.command("export")(export)


def show_coverage_report(found: Any) -> None:
    """The boxes with their counts, and the sum."""
    rows = [(one["zh"], f"{one['persons']:,}", one["owner"], one["by"]) for one in found.box_rows()]
    table(f"应保尽保 {found.day}（{found.roster:,} 人次 = 各格之和 {found.total:,}）", ["归类", "人数", "下一步由谁", "期限"], rows)


def show_checks(found: Any) -> None:
    """Every identity, one line each."""
    rows = [("✓" if one.ok else "✗", one.id, one.zh, one.left, one.right, one.detail) for one in found]
    table("恒等式", ["", "编号", "内容", "左", "右", "说明"], rows)


def coverage(
    on: OnOption = "",
    by: Annotated[str, typer.Option("--by-place", help="town · village · category：按镇、村或类别列出")] = "",
    who: Annotated[str, typer.Option("--box", help="列出某一格里的人")] = "",
    known_on: KnownOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """应保尽保：人人在且只在一个格子里 (everybody in exactly one box)."""
    open_store()
    from yingbao.reports.coverage import coverage as report  # noqa: PLC0415

    with progress("归类 …"):
        found = report(pool, day(on), known_on=day(known_on) if known_on else None)
    show_coverage_report(found)
    if by:
        rows = found.rows_by(by)
        if rows:
            table(f"按{by}", list(rows[0]), [list(row.values()) for row in rows])
    if who:
        rows = found.people_in(who)
        if rows:
            table(who, list(rows[0]), [list(row.values()) for row in rows])
    give(found.as_json())


def check(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """核对全部恒等式；有一条不成立就以 1 退出 (all identities; exit code 1 if one fails)."""
    open_store()
    from yingbao.reports.checks import run_checks  # noqa: PLC0415

    with progress("核对 …"):
        found = run_checks(pool, day(on))
    show_checks(found)
    good = all(one.ok for one in found)
    say("全部成立。" if good else "有不成立的项，请立即查明。")
    give({"ok": good, "checks": [one.as_json() for one in found]})
    if not good:
        raise SystemExit(1)


def explain(person: Annotated[int, typer.Argument(help="人员编号")],
            month_text: Annotated[str, typer.Option("--month", help="月份 YYYY-MM")], known_on: KnownOption = "",
            pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """一个人为什么领、为什么不领、每分钱的来历 (why, and every fen)."""
    open_store()
    from yingbao.reports.explain import explain as report  # noqa: PLC0415

    found = report(pool, person, month(month_text), known_on=day(known_on) if known_on else None)
    say(found.text(SCREEN.lang))
    give(found.as_json())


def export(what: Annotated[str, typer.Argument(help="dispositions · boxes · dues · done · gaps")],
           out: Annotated[Path, typer.Option("--out", help="文件夹")], on: OnOption = "",
           form: Annotated[str, typer.Option("--format", help="csv 或 parquet")] = "csv",
           pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """整表导出 (whole tables as CSV or Parquet)."""
    open_store()
    from yingbao.reports.export import export as report  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    path = report(pool, what, out, form, day(on))
    say(f"已写到 {path}。")
    give({"file": str(path)})
