"""``yingbao coverage``, ``check``, ``explain``, ``export``: what the books and rosters prove."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from yingbao.cli.context import DEFAULT_POOL, KnownOption, OnOption, PoolOption, YearArgument, day, month, open_store
from yingbao.cli.show import SCREEN, give, progress, say, table, words
from yingbao.rules.boxes import BOX_BY_ID
from yingbao.values.money import yuan


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("coverage")(coverage)
    app.command("check")(check)
    app.command("explain")(explain)
    app.command("export")(export)
    app.command("statement")(statement)
    app.command("proxied")(proxied)


def show_coverage_report(found: Any) -> None:
    """The boxes with their counts, and the sum beside the roster counted another way."""
    from yingbao.reports.coverage import of_year  # noqa: PLC0415

    rows = [(of_year(BOX_BY_ID[one["box"]], found.day) if SCREEN.lang == "zh" else one["en"], f"{one['count']:,}",
             BOX_BY_ID[one["box"]].owner) for one in found.totals.iter_rows(named=True) if one["count"]]  # fmt: skip
    table(words(f"应保尽保 {found.day}", f"Coverage {found.day}"), [words("归类", "box"), words("人次", "count"),
                                                              words("下一步由谁", "next step by")], rows)  # fmt: skip
    whole = found.rows.height
    say(words(f"各格之和 {whole:,} = 名册人员 {found.roster_persons:,} + 待核实的行 {found.roster_rows:,}"
              + ("" if found.sound else "  ← 不相等！"),
              f"Boxes {whole:,} = people on rosters {found.roster_persons:,} + rows to verify {found.roster_rows:,}"))  # fmt: skip


# How boxes can be spread: the word of the option → columns.
DISTRIBUTIONS = {"town": ("town_name",), "village": ("town_name", "village_name"), "category": ("category",)}
_LATE = ("能核对的项全部成立；政策值还没有核对到这一天的部分没有核对。请用 --on 写一个政策已核对到的日期，"
         "或由政策管理员补录文件。")  # fmt: skip
_LATE_EN = ("All that could be checked holds; what rests on law that is not checked up to this day was not. Give --on a day up to "
            "which the law is checked, or have the documents added.")  # fmt: skip
_HEADING_ZH = {"town_name": "镇", "village_name": "村居", "category": "类别", "box": "归类", "count": "人次"}


def known(word: str, choices: Iterable[str]) -> None:
    """Refuse a word that is none of the choices; an empty one asks for nothing. Raises UnknownChoice."""
    from yingbao.reports.errors import UnknownChoice  # noqa: PLC0415

    if word and word not in choices:
        raise UnknownChoice(what=word, known=" ".join(choices))


def show_distribution(found: Any, by: str) -> None:
    """Boxes by town, village or category."""
    from yingbao.reports.words import category_zh  # noqa: PLC0415

    columns = [*DISTRIBUTIONS[by], "box"]
    rows = []
    for one in found.by(*columns).iter_rows(named=True):
        box = BOX_BY_ID[one["box"]]
        said = {**one, "box": words(box.zh, box.en)}
        if "category" in one:
            said["category"] = words(category_zh(one["category"] or ""), one["category"] or "")
        rows.append(tuple(said.values()))
    headings = [*columns, "count"]
    table(words("分布", "distribution"), [words(_HEADING_ZH[name], name) for name in headings], rows)


def show_checks(found: Any) -> None:
    """Every identity, one line each; what fails with its detail."""
    for one in found:
        sentence = one.zh if SCREEN.lang == "zh" else one.en
        money = "（分）" in one.zh
        left, right = (_shown(side, money=money) for side in (one.left, one.right))
        sides = "" if one.left is None else f"：{left} {'=' if one.ok else '≠'} {right}"
        say(f"{'✓' if one.ok else '✗'} {one.id:<5} {sentence.replace('（分）', '（元）')}{sides}")
        if not one.ok:
            say(f"        {words(one.detail, one.detail_en or one.detail)}")


def _shown(side: Any, *, money: bool) -> str:
    if isinstance(side, int):
        return yuan(side) if money else f"{side:,}"
    return str(side)


def coverage(
    on: OnOption = "",
    by: Annotated[str, typer.Option("--by-place", help="town · village · category：按镇、村或类别列出")] = "",
    who: Annotated[str, typer.Option("--box", help="列出某一格里的人")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="打印用表（.xlsx）写到这个文件夹")] = None,
    whole_ids: Annotated[bool, typer.Option("--whole-ids", help="印全部身份证号")] = False,
    known_on: KnownOption = "",
    pool: PoolOption = DEFAULT_POOL,
) -> None:
    """应保尽保：人人在且只在一个格子里 (everybody in exactly one box)."""
    known(by, DISTRIBUTIONS)
    known(who, BOX_BY_ID)
    open_store()
    from yingbao.reports.coverage import coverage as report  # noqa: PLC0415

    with progress("归类 …"):
        found = report(pool, day(on), known_on=day(known_on) if known_on else None)
    show_coverage_report(found)
    if by:
        show_distribution(found, by)
    if who:
        shown = [(one["person_id"] or "", one["name"] or "", one["town_name"] or "", one["village_name"] or "", one["why"] or "",
                  one["owner"], one["due_by"] or "") for one in found.rows.iter_rows(named=True) if one["box"] == who]  # fmt: skip
        table(words(BOX_BY_ID[who].zh, BOX_BY_ID[who].en), ["编号", "姓名", "镇", "村居", "原因", "下一步由谁", "期限"], shown)
    paper = _coverage_paper(found, out, whole_ids=whole_ids) if out else None
    give(found.as_json(whole=True) | {"paper": str(paper) if paper else None})


def _coverage_paper(found: Any, out: Path, *, whole_ids: bool) -> Path:
    from yingbao.reports.coverage_paper import write_list  # noqa: PLC0415

    path = write_list(found, out, whole_ids=whole_ids)
    say(f"已写出 {path}")
    return path


def check(on: OnOption = "", pool: PoolOption = DEFAULT_POOL) -> None:
    """核对全部恒等式；有一条不成立就以 1 退出，日期晚于已核对的政策以 2 退出 (all identities)."""
    open_store()
    from yingbao.reports.checks import BEYOND, checked  # noqa: PLC0415
    from yingbao.store.bases import refuse_unheard_of  # noqa: PLC0415

    refuse_unheard_of(pool)

    with progress("核对 …"):
        found = checked(pool, day(on))
    show_checks(found.rows)
    wrong = [one for one in found.rows if not one.ok]
    beyond = [one for one in wrong if one.id == BEYOND]
    give({"ok": not wrong, "as_of": str(day(on)), "checks": [one.as_json() for one in found.rows],
          "rests_on_illustrative": found.rests_on})  # fmt: skip
    if len(wrong) > len(beyond):
        say("有不成立的项，请立即查明。")
    else:
        say(words(_LATE, _LATE_EN) if wrong else "全部成立。")
    if wrong:
        raise SystemExit(2 if len(wrong) == len(beyond) else 1)


def explain(person: Annotated[int, typer.Argument(help="人员编号")],
            month_text: Annotated[str, typer.Option("--month", help="月份 YYYY-MM")], known_on: KnownOption = "",
            reader: Annotated[str, typer.Option("--for", help="resident 讲给本人 · auditor 供审计")] = "resident",
            pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """一个人为什么领、为什么不领、每分钱的来历 (why, and every fen)."""
    open_store()
    from yingbao.reports.explain import READERS  # noqa: PLC0415
    from yingbao.reports.explain import explain as report  # noqa: PLC0415

    known(reader, READERS)
    found = report(pool, person, month(month_text), known_on=day(known_on) if known_on else None)
    say(told(found, reader))
    give(found.as_json(), named=True)


def told(found: Any, reader: str) -> str:
    """An explanation in the language chosen."""
    if SCREEN.lang != "en":
        return str(found.text(reader))
    from yingbao.cli.english_explain import text  # noqa: PLC0415

    return text(found)


def export(what: Annotated[str, typer.Argument(help="dispositions · boxes · dues · done · gaps · statements")],
           out: Annotated[Path, typer.Option("--out", help="写到这个文件夹")], on: OnOption = "",
           form: Annotated[str, typer.Option("--format", help="csv 或 parquet")] = "csv", known_on: KnownOption = "",
           pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """整表导出 (whole tables as CSV or Parquet)."""
    open_store()
    from yingbao.reports.export import export as report  # noqa: PLC0415

    with progress("导出 …"):
        made = report(pool, what, out, form, day=day(on), known_on=day(known_on) if known_on else None)
    say(f"已写到 {made.path}，说明在 {made.notes.name}。")
    give(made.as_json())


def statement(person: Annotated[int, typer.Argument(help="人员编号")], on: OnOption = "", known_on: KnownOption = "",
              pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """一个人逐笔领了什么、为什么 (what a person was paid, line by line)."""
    open_store()
    from yingbao.reports.statements import statement as report  # noqa: PLC0415

    found = report(pool, person, day(on), day(known_on) if known_on else None)
    say(found.text())
    give(found.as_json())


def proxied(year: YearArgument,
            until: Annotated[str, typer.Option("--until", help="截至 YYYY-MM-DD")],
            known_on: KnownOption = "", pool: PoolOption = DEFAULT_POOL) -> None:  # fmt: skip
    """某年度截至某日代缴了多少人 (contributions of a year paid by a day)."""
    open_store()
    from yingbao.reports.year_to_date import year_to_date  # noqa: PLC0415

    found = year_to_date(pool, year, day(until), known_on=day(known_on) if known_on else None)
    say(f"{year} 年度截至 {until} 已代缴 {found.persons:,} 人 {yuan(found.fen)} 元（按记账日期）。")
    give(found.as_json())
