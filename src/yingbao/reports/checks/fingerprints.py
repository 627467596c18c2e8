"""I11: every row is as the act that wrote it left it, and nobody has put one beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl
from django.db import connection
from django.db.models import Max, Min
from django.db.models import Model as DjangoModel

from yingbao.reports.checks.chain import BY_ACT
from yingbao.reports.checks.check import Check, none_of
from yingbao.reports.evidence import Evidence
from yingbao.reports.reading import read
from yingbao.store import tally
from yingbao.store.columns import schema
from yingbao.store.models import BankBatch, BankLine, Posting, SourceBlock, SourceFile, SourceRecord
from yingbao.store.tally import Tally

# Rows that were written with another: the column that names it, and the rest of their key.
WITH: dict[type[DjangoModel], tuple[type[DjangoModel], str, tuple[str, ...]]] = {
    SourceRecord: (SourceFile, "source_file_id", ("number",)), SourceBlock: (SourceFile, "source_file_id", ("first_number",)),
    BankLine: (BankBatch, "batch_id", ("line",)),
}  # fmt: skip
NUMBERED = frozenset(BY_ACT.values())  # numbered by the database in the order in which acts were done
PAGE = 200_000  # rows in memory at one time, of a table with numbers


def check(evidence: Evidence) -> Iterator[Check]:
    """Table by table, act by act, against what the act's audit row says."""
    sealed = {event.seq: event.summary[tally.KEY] for event in evidence.events if tally.KEY in event.summary}
    wrong: list[str] = []
    rows = 0
    for model, pages in _tables(evidence):
        try:
            found, out_of_turn = _found(model, pages(), set(sealed))
        except Exception as error:  # noqa: BLE001 - a cell that is no value of its column: the table and the cell are named
            wrong.append(f"“{model._meta.verbose_name}”读不出：{_unreadable(model) or error}")  # noqa: SLF001
            continue
        rows += sum(one.rows for one in found.values())
        wrong += _differing(model, found, sealed)
        wrong += [f"“{model._meta.verbose_name}”第 {seq} 号办理的编号不按先后" for seq in out_of_turn]  # noqa: SLF001
    yield none_of("I11", "rows_as_written", "每一行都与办理时写下的相同（逐次办理、逐表指纹）",
                  "every row is as its act wrote it (fingerprints by act and table)", wrong, max(rows, len(wrong)))  # fmt: skip


def _tables(evidence: Evidence) -> Iterator[tuple[type[DjangoModel], Callable[[], Iterator[pl.DataFrame]]]]:
    for model in BY_ACT.values():
        yield model, lambda of=model: _by_number(evidence, of)  # type: ignore[misc]
    for model in WITH:
        yield model, lambda of=model: _with_another(evidence, of)  # type: ignore[misc]
    yield Posting, lambda: _postings(evidence)


def _by_number(evidence: Evidence, model: type[DjangoModel]) -> Iterator[pl.DataFrame]:
    of = model._default_manager.filter(pool=evidence.pool)  # noqa: SLF001
    ends = of.aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"], ends["last"]
    while first is not None and first <= last:
        yield read(of.filter(pk__gte=first, pk__lt=first + PAGE).values_list("id", *tally.columns(model))).sort("id")
        first += PAGE


def _with_another(evidence: Evidence, model: type[DjangoModel]) -> Iterator[pl.DataFrame]:
    parent, name, rest = WITH[model]
    acts = read(parent._default_manager.filter(pool=evidence.pool).values_list("id", "act_seq")).rename({"id": name})  # noqa: SLF001
    for number in acts[name].sort():
        mine = model._default_manager.filter(**{name: number}).values_list(*tally.columns(model))  # noqa: SLF001
        yield read(mine).sort(*rest).join(acts, on=name, maintain_order="left")


def _postings(evidence: Evidence) -> Iterator[pl.DataFrame]:
    acts = {number: one.act_seq for number, one in evidence.entries.items()}
    for number, act_seq in acts.items():
        yield evidence.of_entries([number]).with_columns(pl.lit(act_seq, pl.Int64).alias("act_seq"))


def _found(model: type[DjangoModel], pages: Iterator[pl.DataFrame], acts: set[int]) -> tuple[dict[int, Tally], list[int]]:
    """The fingerprints by act, and the acts whose rows have a number from before an earlier act: the last decision counts."""
    found: dict[int, Tally] = {}
    out_of_turn: list[int] = []
    last = 0
    for page in pages:
        if model in NUMBERED and page.height:
            before = page["act_seq"].shift(1, fill_value=last)
            out_of_turn += page.filter(pl.col("act_seq") < before)["act_seq"].unique().sort().to_list()
            last = page["act_seq"][-1]
        for (seq,), part in page.partition_by("act_seq", as_dict=True, maintain_order=True).items():
            if seq in acts:
                found.setdefault(int(seq), Tally(model)).add(part)
    return found, out_of_turn


def _differing(model: type[DjangoModel], found: dict[int, Tally], sealed: dict[int, dict[str, str]]) -> list[str]:
    table, zh = model._meta.db_table, model._meta.verbose_name  # noqa: SLF001
    return [f"“{zh}”第 {seq} 号办理" for seq, told in sealed.items()
            if told.get(table) != (str(found[seq]) if seq in found else None)]  # fmt: skip


# What SQLite lets stand where a whole number or a day belongs.
_ODD = {"number": "typeof(\"{0}\") NOT IN ('integer', 'null')", "day": '"{0}" IS NOT NULL AND date("{0}") IS NOT "{0}"'}


def _unreadable(model: type[DjangoModel]) -> str:
    """The first cells of a table that are no value of their column, by place; empty on a database that would not take them."""
    if connection.vendor != "sqlite":
        return ""
    found = []
    with connection.cursor() as cursor:
        for name, kind in schema(model).items():
            test = _ODD["day" if kind == pl.Date else "number"].format(name)
            if kind != pl.String:
                keys = ", ".join(f'"{one}"' for one in getattr(model._meta.pk, "columns", None) or (model._meta.pk.column,))  # noqa: SLF001
                cursor.execute(f'SELECT {keys} FROM "{model._meta.db_table}" WHERE {test} LIMIT 3')  # noqa: S608, SLF001 - our own names
                found += [f"{'/'.join(map(str, key))} 的 {name}" for key in cursor.fetchall()]
    return "、".join(found)
