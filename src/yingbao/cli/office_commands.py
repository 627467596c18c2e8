"""``yingbao pool`` and ``yingbao officer``."""

from __future__ import annotations

from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, day, doing, month, open_store
from yingbao.cli.show import give, say, table

pool = typer.Typer(no_args_is_help=True, help="统筹区 (the pool)")
officer = typer.Typer(no_args_is_help=True, help="经办人员 (officers)")


@pool.command("found")
def found(
    name: Annotated[str, typer.Option(help="名称")] = "如皋市",
    admin: Annotated[str, typer.Option(help="系统管理员登录名")] = "admin",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """建立统筹区和第一位系统管理员 (create the pool and its first administrator)."""
    open_store(make=True)
    from yingbao.acts.office import found_pool  # noqa: PLC0415
    from yingbao.store.models import Pool  # noqa: PLC0415

    first = found_pool(pool, name, admin, "系统管理员", on=day(on))
    kept = Pool.objects.get(pk=pool).name
    say(f"统筹区 {pool} {kept} 已建立；系统管理员：{first.login}。下一步：yingbao officer add。")
    give({"pool": pool, "name": kept, "admin": first.login})


@pool.command("open")
def open_books(month_text: Annotated[str, typer.Argument(metavar="MONTH", help="从哪个月起记账 YYYY-MM")],
               by: ByOption = "admin", on: OnOption = "",
               pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """没有在册人员时直接建账 (begin with an empty register)."""
    open_store()
    from yingbao.acts.office import open_empty  # noqa: PLC0415

    open_empty(month(month_text), **doing(pool, by, on))
    say(f"统筹区 {pool} 从 {month_text} 起记账。")
    give({"pool": pool, "opening_month": month_text})


@officer.command("add")
def add(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="登录名")],
    name: Annotated[str, typer.Option(help="姓名")],
    role: Annotated[list[str], typer.Option(help="maker 经办 · checker 复核 · finance 财务 · auditor 审计 · admin 系统管理")],
    change: Annotated[bool, typer.Option("--change", help="改已有人员的姓名或权限")] = False,
    by: ByOption = "admin",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """登记经办人员及权限 (register an officer and roles)."""
    open_store()
    from yingbao.acts.office import add_officer  # noqa: PLC0415

    made = add_officer(login, name, role, change=change, **doing(pool, by, on))
    say(f"已登记 {made.name}（{made.login}）：{'、'.join(made.roles)}。")
    give({"login": made.login, "name": made.name, "roles": made.roles})


@officer.command("end")
def end(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="登录名")],
    why: Annotated[str, typer.Option(help="离岗原因")],
    by: ByOption = "admin",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """经办人员离岗，登录名从此不能再用 (an officer leaves)."""
    open_store()
    from yingbao.acts.office import end_officer  # noqa: PLC0415

    gone = end_officer(login, why, **doing(pool, by, on))
    say(f"{gone.name}（{gone.login}）已离岗。")
    give({"login": gone.login, "name": gone.name, "active": gone.active})


@officer.command("list")
def listing(pool: PoolOption = DEFAULT_POOL) -> None:
    """经办人员名单 (the officers)."""
    open_store()
    from yingbao.store.models import Officer  # noqa: PLC0415

    rows = [(one.login, one.name, "、".join(one.roles), "在岗" if one.active else "停用")
            for one in Officer.objects.filter(pool__in=[pool]) | Officer.objects.filter(pool=None)]  # fmt: skip
    table("经办人员", ["登录名", "姓名", "权限", "状态"], rows)
    give([{"login": one[0], "name": one[1], "roles": one[2].split("、"), "active": one[3] == "在岗"} for one in rows])
