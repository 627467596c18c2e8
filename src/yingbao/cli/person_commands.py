"""``yingbao person`` and ``fact``: what the office is told about one person."""

from __future__ import annotations

from typing import Annotated

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PersonArgument, PoolOption, day, doing, open_store
from yingbao.cli.errors import NothingAsked
from yingbao.cli.show import give, say, table, words
from yingbao.values.facts import FACT_KIND_BY_KEY, FactKind
from yingbao.values.identity import AccountNumber, IdNumber

person = typer.Typer(no_args_is_help=True, help="人员 (a person)")
fact = typer.Typer(no_args_is_help=True, help="事实 (facts)")

FactArgument = Annotated[int, typer.Argument(metavar="FACT", help="事实编号，见 person facts")]


@person.command("find")
def find(name: Annotated[str, typer.Option("--name", help="姓名")] = "",
         ask_id: Annotated[bool, typer.Option("--id", help="随后输入公民身份号码（不留在命令历史里）")] = False,
         pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """按姓名或身份证号找人 (find by name, or by ID number typed at a prompt)."""
    if not name and not ask_id:
        raise NothingAsked
    open_store()
    from yingbao.acts.registry import person_by_id  # noqa: PLC0415
    from yingbao.store.models import Person  # noqa: PLC0415

    if ask_id:
        found = [person_by_id(pool, IdNumber(typer.prompt(words("公民身份号码", "ID number"), hide_input=True, err=True).strip().upper()))]
    else:
        found = list(Person.objects.filter(pool=pool, name=name)[:50])
    table("人员", ["编号", "姓名", "性别"], [(one.pk, one.name, {"male": "男", "female": "女"}.get(one.sex, "")) for one in found])
    give([{"person_id": one.pk, "name": one.name, "sex": one.sex} for one in found])


@person.command("add")
def add(name: Annotated[str, typer.Option("--name", help="姓名")], by: ByOption = "", on: OnOption = "",
        pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """窗口登记人员（身份证号在提示后输入） (register somebody at the counter)."""
    open_store()
    from yingbao.acts.registry import add_person  # noqa: PLC0415

    number = IdNumber(typer.prompt(words("公民身份号码", "ID number"), hide_input=True, err=True).strip().upper())
    made = add_person(name, number, **doing(pool, by, on))
    say(f"{name} 的编号是 #{made}。")
    give({"person_id": made})


@person.command("facts")
def facts(number: PersonArgument, pool: PoolOption = DEFAULT_POOL) -> None:
    """一个人的全部事实 (everything told about a person)."""
    open_store()
    from yingbao.reports.person_facts import KIND_ZH, fact_text  # noqa: PLC0415
    from yingbao.store.models import Fact, FactChange, Person  # noqa: PLC0415

    if not Person.objects.filter(pool=pool, pk=number).exists():
        from yingbao.store.errors import UnknownPerson  # noqa: PLC0415

        raise UnknownPerson(pool=pool, shown=f"编号 {number}")
    changes = {one.fact_id: one for one in FactChange.objects.filter(pool=pool, fact_id__in=list(
        Fact.objects.filter(pool=pool, person_id=number).values_list("pk", flat=True)))}  # fmt: skip
    kept = list(Fact.objects.filter(pool=pool, person_id=number).order_by("pk"))
    rows = []
    for one in kept:
        change = changes.get(one.pk)
        until = str(change.holds_until) if change and change.change == "ended" else str(one.holds_until or "")
        state = "" if change is None else {"ended": "已终止", "withdrawn": "已撤销"}[change.change]
        rows.append((one.pk, FactKind(one.kind).key, one.value or "", one.number if one.number is not None else "",
                     str(one.holds_from), until, str(one.told_at), state))  # fmt: skip
    told = [(row[0], KIND_ZH[FactKind(one.kind)], fact_text(pool, FactKind(one.kind), one.value, one.number), *row[4:])
            for one, row in zip(kept, rows, strict=True)]  # fmt: skip
    table(f"#{number} 的事实", ["编号", "种类", "内容", "自", "至", "告知日", "状态"], told)
    give([dict(zip(("id", "kind", "value", "number", "from", "until", "told_at", "state"), row, strict=True)) for row in rows])


@person.command("birth")
def birth(number: PersonArgument, date_text: Annotated[str, typer.Argument(metavar="DATE", help="出生日期 YYYY-MM-DD")],
          reason: Annotated[str, typer.Option(help="依据")], by: ByOption = "", on: OnOption = "",
          pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """更正出生日期 (correct the birth date)."""
    open_store()
    from yingbao.acts.registry import correct_birth  # noqa: PLC0415

    made = correct_birth(number, day(date_text), reason, **doing(pool, by, on))
    say(f"#{number} 的出生日期更正为 {date_text}；应发由下一批次自动调整。")
    give({"fact": made.pk})


@person.command("account")
def account(number: PersonArgument, bank: Annotated[str, typer.Option(help="开户银行")], by: ByOption = "",
            on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """登记银行账号（账号在提示后输入） (register an account, typed at a prompt)."""
    open_store()
    from yingbao.acts.registry import set_bank_account  # noqa: PLC0415

    typed = AccountNumber(typer.prompt(words("银行账号", "account number"), hide_input=True, err=True).strip())
    made = set_bank_account(number, typed, bank, **doing(pool, by, on))
    say(f"#{number} 的银行账号已登记，下一支付批次补发。")
    give({"fact": made.pk})


@fact.command("tell")
def tell(
    number: PersonArgument,
    kind: Annotated[str, typer.Argument(help=" · ".join(FACT_KIND_BY_KEY))],
    begins: Annotated[str, typer.Option("--from", help="自 YYYY-MM-DD")],
    until: Annotated[str, typer.Option("--until", help="至 YYYY-MM-DD")] = "",
    value: Annotated[str, typer.Option("--value", help="内容，如类别、原因；各种类的写法见 docs/reference/tables.md")] = "",
    figure: Annotated[int | None, typer.Option("--number", help="数字，如年数、分")] = None,
    by: ByOption = "",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """登记一条事实，如死亡、服刑、暂停 (record a fact, e.g. a death)."""
    open_store()
    from yingbao.acts.registry import tell as tell_act  # noqa: PLC0415
    from yingbao.reports.person_facts import KIND_ZH  # noqa: PLC0415

    if kind not in FACT_KIND_BY_KEY or kind == FactKind.BANK_ACCOUNT.key:
        raise typer.BadParameter(kind)
    made = tell_act(number, FACT_KIND_BY_KEY[kind], day(begins), holds_until=day(until) if until else None,
                    value=value or None, number=figure, **doing(pool, by, on))  # fmt: skip
    say(f"#{number}：已登记 {KIND_ZH[FACT_KIND_BY_KEY[kind]]}，自 {begins}（事实 {made.pk}）。")
    give({"fact": made.pk})


@fact.command("end")
def end(number: FactArgument, until: Annotated[str, typer.Option("--until", help="最后一天 YYYY-MM-DD")],
        reason: Annotated[str, typer.Option(help="原因")], by: ByOption = "",
        on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """一条事实到某日为止 (a fact held until a day)."""
    open_store()
    from yingbao.acts.registry import end as end_act  # noqa: PLC0415

    end_act(number, day(until), reason, **doing(pool, by, on))
    say(f"事实 {number} 至 {until} 为止。")
    give({"fact": number, "until": until})


@fact.command("withdraw")
def withdraw(number: FactArgument, reason: Annotated[str, typer.Option(help="原因")],
             by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """撤销一条从未成立的事实 (withdraw a fact that never was so)."""
    open_store()
    from yingbao.acts.registry import withdraw as withdraw_act  # noqa: PLC0415

    withdraw_act(number, reason, **doing(pool, by, on))
    say(f"事实 {number} 已撤销。")
    give({"fact": number, "withdrawn": True})
