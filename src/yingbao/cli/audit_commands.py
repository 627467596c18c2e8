"""``yingbao audit``: the chain of acts."""

from __future__ import annotations

from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, PoolOption, open_store
from yingbao.cli.show import give, say, table, words

audit = typer.Typer(no_args_is_help=True, help="审计链 (the audit chain)")


@audit.command("verify")
def verify(
    kept: Annotated[str, typer.Option("--head", help="库外保存的链头，照抄：末尾被截断、整条重写的也查得出")] = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """逐条核对审计链；有改动时指出是哪一条 (verify the chain; names the first bad event)."""
    open_store()
    from yingbao.store import audit as chain  # noqa: PLC0415

    bad = chain.verify(pool, chain.kept_head(kept, pool) if kept else None)
    if bad is None:
        say("审计链完整。")
    else:
        say(words(f"审计链在第 {bad} 条被改动：{bad.zh}。", f"The chain is broken at event {bad}: {bad.reason}."))
    give({"ok": bad is None, "bad": None if bad is None else str(bad), "reason": None if bad is None else bad.reason})
    if bad is not None:
        raise SystemExit(1)


@audit.command("head")
def head(pool: PoolOption = DEFAULT_POOL) -> None:
    """链头：抄到库外保存，以后用 verify --head 核对 (the head, to be kept elsewhere)."""
    open_store()
    from yingbao.store import audit as chain  # noqa: PLC0415

    found = chain.head(pool)
    say(f"{found}")
    give({"head": str(found)})


@audit.command("list")
def listing(last: Annotated[int, typer.Option("--last", min=1, help="最近多少条")] = 30, pool: PoolOption = DEFAULT_POOL) -> None:
    """最近的办理记录 (the latest acts)."""
    open_store()
    from yingbao.acts.verbs import VERB_ZH, subject_zh  # noqa: PLC0415
    from yingbao.store.models import AuditEvent, Officer  # noqa: PLC0415

    names = dict(Officer.objects.values_list("pk", "name"))
    kept = list(AuditEvent.objects.filter(pool=pool).order_by("-seq")[:last])[::-1]
    table("办理记录", ["序号", "业务日期", "办理人", "事项", "对象"],
          [(one.seq, str(one.on), names.get(one.officer_id, ""), VERB_ZH.get(one.verb, one.verb),
            words(subject_zh(one.subject), one.subject)) for one in kept])  # fmt: skip
    give([{"seq": one.seq, "on": str(one.on), "officer": names.get(one.officer_id, ""), "verb": one.verb,
           "verb_zh": VERB_ZH.get(one.verb, one.verb), "subject": one.subject, "hash": one.hash} for one in kept])  # fmt: skip
