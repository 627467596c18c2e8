"""``yingbao roster``, ``yingbao opening`` and ``yingbao match``: lists in, bad rows back, questions answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from yingbao.cli.context import DEFAULT_POOL, ByOption, OnOption, PoolOption, doing, has_store, month, open_store
from yingbao.cli.errors import TotalsUnreadable
from yingbao.cli.show import SCREEN, give, progress, say, table
from yingbao.values.month import show_month

roster = typer.Typer(no_args_is_help=True, help="名册 (rosters)")
opening = typer.Typer(no_args_is_help=True, help="期初登记 (the opening register)")
match = typer.Typer(no_args_is_help=True, help="待比对队列 (the match queue)")

CaseArgument = Annotated[int, typer.Argument(metavar="CASE", help="待比对编号，见 match list")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="名册文件 .xlsx .xls .ods .csv")]
KindOption = Annotated[str, typer.Option("--kind", help="名册种类；不写则从文件判断 (roster kind)")]
MonthOption = Annotated[str, typer.Option("--month", help="数据月份 YYYY-MM；不写则从文件判断")]
ColumnOption = Annotated[list[str], typer.Option(
    "--column", help="标题=内容：指明一列是什么，如 称呼=name；入库后记住，下次照用 (say what a column holds)")]  # fmt: skip
HiddenOption = Annotated[bool, typer.Option("--accept-hidden", help="已核实隐藏的行列，一并读入")]


def read(path: Path, kind: str, data_month: str, columns: list[str], pool: int, *, accept_hidden: bool) -> Any:
    """Read and judge a roster file, with what is remembered of its bureau's headings. Nothing is stored."""
    from yingbao.formats.rosters import KINDS  # noqa: PLC0415

    said = typed_columns(columns)
    memory: Any = {}
    if has_store():
        open_store()
    from yingbao import store  # noqa: PLC0415

    store.setup()
    from yingbao.reports.remembered import read_as_before, remembered  # noqa: PLC0415

    if has_store():
        memory = remembered(pool)
    by_name = {one.zh: one.name for one in KINDS.values()}
    with progress(f"读取 {path.name} …"):
        reading, known = read_as_before(
            path, memory, kind=by_name.get(kind, kind) or None, columns=said,
            data_month=month(data_month) if data_month else None, accept_hidden=accept_hidden,
        )  # fmt: skip
    if known:
        say(f"有的列沿用以前的对照：{known.of}。")
    return reading


def typed_columns(columns: list[str]) -> dict[str, str]:
    """``标题=内容`` as typed, heading → field. Raises FieldUnknown."""
    from yingbao.formats.rosters.errors import FieldUnknown  # noqa: PLC0415
    from yingbao.formats.rosters.synonyms import FIELDS  # noqa: PLC0415

    said = {}
    for text in columns:
        label, sign, name = text.rpartition("=")
        if not sign or not label or (name and name not in FIELDS):
            raise FieldUnknown(text=text, known=" ".join(sorted(FIELDS)))
        said[label] = name
    return said


def account_of(reading: Any) -> dict[str, Any]:
    """The account of a reading as plain values."""
    def plain(account: Any) -> dict[str, int]:
        return {name: getattr(account, name) for name in ("read", "stored", "quarantined", "ignored")}

    return {
        "file": reading.file, "kind": reading.kind, "sha256": reading.sha256,
        "month": show_month(reading.data_month) if reading.data_month else None,
        "rows": plain(reading.row_account), "records": plain(reading.record_account),
        "reasons": dict(reading.reasons),
        "refusals": [problem.text(SCREEN.lang) for problem in reading.refusals],
        "control_totals": [vars_of(total) for total in reading.control_totals],
        "sheets": [{"name": one.name, "kind": one.kind, "rows": one.rows, "hidden": one.hidden,
                    "hidden_rows": one.hidden_rows,
                    "hidden_columns": one.hidden_columns, "columns": one.mapping} for one in reading.sheets],
        "rejected": [
            {"sheet": record.sheet, "row": record.row, "part": record.part,
             "problems": [{"code": problem.code, "cell": problem.address, "shown": problem.shown,
                           "text": problem.text(SCREEN.lang)} for problem in record.problems]}
            for record in reading.records if record.disposition == "quarantined"
        ],
        "dispositions": [
            {"sheet": record.sheet, "row": record.row, "part": record.part, "disposition": record.disposition,
             "codes": [*record.codes, *[note.code for note in record.notes]]}
            for record in reading.records
        ],
    }  # fmt: skip


def vars_of(total: Any) -> dict[str, Any]:
    """A control total as plain values."""
    names = ("sheet", "row", "label", "stated", "found")
    return {**{name: getattr(total, name) for name in names}, "matches": total.matches}


def show_account(reading: Any, rejected_shown: int = 12) -> None:
    """What a clerk sees of a checked file."""
    from yingbao.formats.rosters import KINDS  # noqa: PLC0415

    rows, records = reading.row_account, reading.record_account
    when = show_month(reading.data_month) if reading.data_month else "月份未知"
    say(f"{reading.file}：{KINDS[reading.kind].zh}（{reading.kind}） {when}")
    say(f"  行：读入 {rows.read} = 可入库 {rows.stored} + 退回 {rows.quarantined} + 忽略 {rows.ignored}")
    say(f"  人次：读入 {records.read} = 可入库 {records.stored} + 退回 {records.quarantined} + 忽略 {records.ignored}")
    for problem in reading.problems:
        say(f"  {'整份不能入库' if problem in reading.refusals else '请核对'}：{problem.text(SCREEN.lang)}")
    bad = [record for record in reading.records if record.disposition == "quarantined"]
    rows_shown = [
        (record.sheet, problem.address or str(record.row), problem.shown, problem.text(SCREEN.lang))
        for record in bad[:rejected_shown] for problem in record.problems
    ]  # fmt: skip
    if rows_shown:
        table(f"退回的行（前 {min(len(bad), rejected_shown)} 条，共 {len(bad)} 条）", ["表", "单元格", "内容", "原因与处理"], rows_shown)


def show_columns(reading: Any) -> None:
    """Which column was taken for what, sheet by sheet, and what is hidden."""
    for sheet in reading.sheets:
        if not sheet.mapping:
            continue
        used = set(sheet.mapping.values())
        taken = "，".join(f"{place} {sheet.labels.get(place, '')}={name}" for name, place in sheet.mapping.items())
        rest = "、".join(label for place, label in sheet.labels.items() if place not in used)
        say(f"  表“{sheet.name}”的列：{taken}" + (f"；没有用：{rest}" if rest else ""))
        if sheet.hidden_rows or sheet.hidden_columns:
            say(f"  表“{sheet.name}”有隐藏的行 {sheet.hidden_rows} 行、列 {sheet.hidden_columns} 列。")


@roster.command("check")
def check(path: FileArgument, kind: KindOption = "", month_text: MonthOption = "", accept_hidden: HiddenOption = False,
          column: ColumnOption = [], pool: PoolOption = DEFAULT_POOL,  # noqa: B006 - Typer's way to say a repeated option
          rejected: Annotated[Path | None, typer.Option("--rejected", help="退回的行写到这个文件夹")] = None) -> None:  # fmt: skip
    """检查名册，不入库 (check a file; nothing is stored)."""
    reading = read(path, kind, month_text, column, pool, accept_hidden=accept_hidden)
    show_account(reading)
    show_columns(reading)
    written = _write_back(reading, rejected) if rejected else None
    give({**account_of(reading), "written": str(written) if written else None})


@roster.command("rejected")
def rejected_rows(path: FileArgument, out: Annotated[Path, typer.Option("--out", help="写到这个文件夹")] = Path(), kind: KindOption = "",
                  month_text: MonthOption = "", accept_hidden: HiddenOption = False, column: ColumnOption = [],  # noqa: B006
                  pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """把退回的行按原样另存，加“退回原因”和“单元格”两列 (write the rejected rows back as the same file)."""
    reading = read(path, kind, month_text, column, pool, accept_hidden=accept_hidden)
    written = _write_back(reading, out)
    say("没有退回的行。" if written is None else f"退回的行已写到 {written}。改好后直接再次入库。")
    give({"file": str(written) if written else None})


def _write_back(reading: Any, folder: Path) -> Path | None:
    from yingbao.formats.rosters.write_back import write_back  # noqa: PLC0415

    return write_back(reading, folder)


@roster.command("load")
def load(
    path: FileArgument,
    kind: KindOption = "",
    month_text: MonthOption = "",
    accept_hidden: HiddenOption = False,
    column: ColumnOption = [],  # noqa: B006
    partial: Annotated[bool, typer.Option("--partial", help="只是部分名册：不在其中的人不算退出")] = False,
    leaving: Annotated[int | None, typer.Option("--leaving", help="已核实减少的人数，写明几人；不符的不入库")] = None,
    confirm_changes: Annotated[bool, typer.Option("--confirm-changes", help="减少的人不论几人都已核实")] = False,
    by: ByOption = "",
    on: OnOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """名册入库：一份文件一次办结，重复入库无效 (load a roster in one transaction)."""
    open_store()
    from yingbao.acts.intake import load_roster  # noqa: PLC0415

    reading = read(path, kind, month_text, column, pool, accept_hidden=accept_hidden)
    done = load_roster(reading, data_month=month(month_text) if month_text else None, partial=partial,
                       confirm_changes=confirm_changes, leaving=leaving, **doing(pool, by, on))  # fmt: skip
    show_loaded(done)
    give(vars(done) | {"data_month": show_month(done.data_month)})


def show_loaded(done: Any) -> None:
    """What a load did, in two lines."""
    counts = done.counts
    if done.repeated:
        say(f"{done.file} 以前已入库（文件 {done.file_id}），内容完全相同，没有任何变化。")
        return
    say(f"{done.file} 已入库（{show_month(done.data_month)}）：读入 {counts['read']} = 入库 {counts['stored']} + "
        f"退回 {counts['quarantined']} + 待比对 {counts['waiting']} + 忽略 {counts['ignored']}")  # fmt: skip
    if done.same_as:
        say(f"  内容与 {done.same_as} 的名册逐字相同：在册的人全部算作延续。若部门误发了旧文件，请换成本月的再入库。")
    moves = done.moves
    say(f"  新增 {moves.get('joined', 0)}，延续 {moves.get('stayed', 0)}，退出 {moves.get('left', 0)}，"
        f"变化 {moves.get('changed', 0)}；新登记人员 {done.new_people}，待比对 {done.cases}")  # fmt: skip


@roster.command("list")
def files(pool: PoolOption = DEFAULT_POOL) -> None:
    """已入库的文件及其行数账 (loaded files with their row accounts)."""
    open_store()
    from yingbao.reports.words import roster_zh  # noqa: PLC0415
    from yingbao.store.models import SourceFile  # noqa: PLC0415

    kept = list(SourceFile.objects.filter(pool=pool).order_by("pk"))
    rows = []
    for one in kept:
        records = one.counts["records"]
        rows.append((one.pk, one.name, roster_zh(one.kind), show_month(one.data_month), str(one.told_at), records["read"],
                     records["stored"], records["quarantined"], records.get("waiting", 0), records["ignored"]))  # fmt: skip
    table("已入库文件", ["编号", "文件", "种类", "月份", "告知日", "读入", "入库", "退回", "待比对", "忽略"], rows)
    give([{"id": one.pk, "name": one.name, "kind": one.kind, "month": show_month(one.data_month),
           "told_at": str(one.told_at), **one.counts} for one in kept])  # fmt: skip


TotalsOption = Annotated[Path | None, typer.Option("--totals", help='控制数 JSON，例如 {"persons": 10, "account_own_fen": 100}')]


def typed_totals(path: Path | None) -> dict[str, int]:
    """Control totals as the office typed them: counts as they are, names in ``_yuan`` turned to fen."""
    from yingbao.values.money import fen_of_yuan  # noqa: PLC0415

    if path is None:
        return {}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TotalsUnreadable(file=path.name, why=type(error).__name__) from error
    if not isinstance(raw, dict):
        raise TotalsUnreadable(file=path.name, why=type(raw).__name__)
    names = {"monthly_base_yuan": "base_pension_fen", "monthly_account_pension_yuan": "account_pension_fen"}
    found: dict[str, int] = {}
    for name, value in raw.items():
        if name.endswith("_yuan"):
            bare = name.removesuffix("_yuan")
            found[names.get(name, f"{bare if bare.startswith('account_') else 'account_' + bare}_fen")] = fen_of_yuan(str(value))
        elif name in ("persons", "payers", "pensioners") or name.endswith("_fen"):
            if not isinstance(value, int):
                raise TotalsUnreadable(file=path.name, why=f"{name}: {value}")
            found[name] = value
        elif name != "paid_through":  # what the old system says of itself, for the reader
            raise TotalsUnreadable(file=path.name, why=name)  # a total that nobody compares would be trusted
    return found


@opening.command("check")
def check_opening(path: FileArgument, totals: TotalsOption = None) -> None:
    """检查期初登记，与控制数核对，不入库 (check the register against the typed totals)."""
    from yingbao.formats.rosters.register import read_register  # noqa: PLC0415

    with progress(f"读取 {path.name} …"):
        reading = read_register(path)
    from yingbao import store  # noqa: PLC0415

    store.setup()
    from yingbao.acts.opening import differences  # noqa: PLC0415

    found, rejected, wrong = differences(reading, typed_totals(totals))
    account = reading.row_account
    say(f"{reading.file}：读入 {account.read} = 可入库 {account.stored} + 退回 {account.quarantined} + 忽略 {account.ignored}")
    for line in wrong or ["与控制数相符。" if totals else "没有给出控制数（--totals）。"]:
        say(f"  {line}")
    give({"file": reading.file, "rows": vars_account(account), "found": found, "rejected": rejected, "differences": wrong})


def vars_account(account: Any) -> dict[str, int]:
    """Row account as plain numbers."""
    return {name: getattr(account, name) for name in ("read", "stored", "quarantined", "ignored")}


@opening.command("load")
def load_opening(path: FileArgument, month_text: Annotated[str, typer.Option("--month", help="从哪个月起记账 YYYY-MM")],
                 totals: TotalsOption = None, by: ByOption = "", on: OnOption = "",
                 pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """期初登记入库并建账 (load the register and begin the books)."""
    open_store()
    from yingbao.acts.opening import load_register  # noqa: PLC0415
    from yingbao.formats.rosters.register import read_register  # noqa: PLC0415

    with progress(f"读取 {path.name} …"):
        reading = read_register(path)
    with progress("入库 …"):
        done = load_register(reading, opening_month=month(month_text), typed=typed_totals(totals), **doing(pool, by, on))
    counts = done.counts
    say(f"期初已建立：读入 {counts['read']} = 入库 {counts['stored']} + 退回 {counts['quarantined']} + 忽略 {counts['ignored']}；"
        f"从 {month_text} 起记账。")  # fmt: skip
    give({"file_id": done.file_id, "counts": counts, "totals": done.totals, "unplaced": done.unplaced})


@match.command("list")
def queue(file: Annotated[int, typer.Option("--file", help="只看一份文件（编号）")] = 0, pool: PoolOption = DEFAULT_POOL) -> None:
    """待比对的记录和候选人 (records that wait, with candidates and scores)."""
    open_store()
    from yingbao.reports.match_queue import LEVEL_ZH, waiting  # noqa: PLC0415

    cases = waiting(pool, file or None)
    rows = [(one.case, one.name, f"{one.file} 表“{one.sheet}” 第 {one.row} 行", LEVEL_ZH.get(one.level, one.level),
             "；".join(f"#{who.person_id} {who.name} {who.score}分 {who.why}" for who in one.candidates))
            for one in cases]  # fmt: skip
    table(f"待比对 {len(cases)} 条", ["编号", "姓名", "在哪里", "为什么", "候选人"], rows)
    give([one.as_json() for one in cases])


@match.command("accept")
def accept_case(case: CaseArgument, person: Annotated[int, typer.Option("--person", help="候选人编号")] = 0, by: ByOption = "",
                on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """认定为候选人 (the record is this person)."""
    open_store()
    from yingbao.acts.matching import accept  # noqa: PLC0415

    chosen = accept(case, person or None, **doing(pool, by, on))
    say(f"待比对 {case}：认定为 #{chosen}。")
    give({"case": case, "person_id": chosen})


@match.command("reject")
def reject_case(case: CaseArgument, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """都不是：登记为新人，或退回 (none of them)."""
    open_store()
    from yingbao.acts.matching import reject  # noqa: PLC0415

    made = reject(case, **doing(pool, by, on))
    say(f"待比对 {case}：不是候选人，" + (f"登记为新人 #{made}。" if made else "号码已属他人，退回提供单位。"))
    give({"case": case, "person_id": made})


@match.command("undo")
def undo_case(case: CaseArgument, by: ByOption = "", on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """撤销比对决定 (take a decision back)."""
    open_store()
    from yingbao.acts.matching import undo  # noqa: PLC0415

    undo(case, **doing(pool, by, on))
    say(f"待比对 {case}：决定已撤销，重新待办。")
    give({"case": case, "undone": True})
