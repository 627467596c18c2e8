"""``yingbao ledger``: care of the books."""

from __future__ import annotations

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, doing, open_store
from yingbao.cli.show import give, progress, say

ledger = typer.Typer(no_args_is_help=True, help="账簿维护 (care of the books)")


@ledger.callback()
def care() -> None:
    """账簿维护 (care of the books)."""


@ledger.command("compact")
def compact(by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """由分录重新汇总“已发”，使推算更快；不改任何分录 (take a new compact picture of what has been done)."""
    open_store()
    from yingbao.acts.ledger import compact as compact_act  # noqa: PLC0415

    with progress("汇总 …"):
        rows = compact_act(**doing(pool, by, on))
    say(f"“已发”已重新汇总为 {rows:,} 步。")
    give({"rows": rows})
