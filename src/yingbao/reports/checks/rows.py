"""ROWS: every row of every file is accounted for, and whoever is named is there."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.db.models import Max

from yingbao.formats.rosters import KINDS
from yingbao.formats.rosters.kinds import CIVIL_AFFAIRS, CIVIL_ROSTERS, groups_of
from yingbao.reports.checks.check import Check, none_of
from yingbao.reports.evidence import Evidence
from yingbao.reports.reading import read
from yingbao.store.models import (
    BankLine,
    Fact,
    FactChange,
    MatchCase,
    MatchDecision,
    Person,
    RecordDecision,
    RunLine,
    SourceBlock,
    SourceFile,
    SourceRecord,
)
from yingbao.values.facts import FactKind

DISPOSITIONS = ("stored", "quarantined", "ignored", "waiting")


def check(evidence: Evidence) -> Iterator[Check]:
    """Rows read, dispositions, raw cells, cases, categories, and references."""
    files = list(SourceFile.objects.filter(pool=evidence.pool).order_by("pk"))
    by_file = evidence.counts(SourceRecord, "source_file_id", "disposition")
    yield _accounted(files, by_file)
    yield _numbered(evidence, files)
    yield _raw(files)
    yield _cases(evidence)
    yield _categories(evidence)
    yield from _references(evidence)


def _accounted(files: list[SourceFile], by_file: dict[tuple[int, str], int]) -> Check:
    wrong = []
    for file in files:
        told = file.counts.get("records", {})
        have = {name: by_file.get((file.pk, name), 0) for name in DISPOSITIONS}
        if {name: told.get(name, 0) for name in DISPOSITIONS} != have or told.get("read") != sum(have.values()):
            wrong.append(f"{file.name}: 读入 {told.get('read')}，现有 {have}")
    strays = {number for number, _ in by_file} - {file.pk for file in files}
    wrong += [f"没有文件 {number} 却有其记录" for number in sorted(strays)]
    return none_of("ROWS", "rows_accounted", "读入 = 入库 + 退回 + 忽略 + 待比对，逐文件", "read = stored + quarantined + ignored"
                   " + waiting, file by file", wrong, len(files))  # fmt: skip


def _numbered(evidence: Evidence, files: list[SourceFile]) -> Check:
    last = dict(SourceRecord.objects.filter(pool=evidence.pool).order_by().values_list("source_file_id").annotate(
        last=Max("number")))  # fmt: skip
    wrong = [file.name for file in files if last.get(file.pk, 0) != file.counts.get("records", {}).get("read", 0)]
    return none_of("ROWS", "rows_numbered", "文件内记录号从1连续到末行", "records are numbered from 1 without a hole",
                   wrong, len(files))  # fmt: skip


def _raw(files: list[SourceFile]) -> Check:
    """Blocks of raw cells touch each other from the first record to the last."""
    blocks: dict[int, list[tuple[int, int]]] = {}
    numbers = [file.pk for file in files]
    for number, first, last in SourceBlock.objects.filter(source_file_id__in=numbers).values_list(
            "source_file_id", "first_number", "last_number"):  # fmt: skip
        blocks.setdefault(number, []).append((first, last))
    wrong = []
    for file in files:
        reached = 0
        for first, last in sorted(blocks.get(file.pk, [])):
            reached = last if first == reached + 1 else -1
            if reached < 0:
                break
        if reached != file.counts.get("records", {}).get("read", 0):
            wrong.append(file.name)
    return none_of("ROWS", "raw_cells_kept", "每条记录的原始单元格都在", "the raw cells of every record are kept",
                   wrong, len(files))  # fmt: skip


def _cases(evidence: Evidence) -> Check:
    waiting = set(SourceRecord.objects.filter(pool=evidence.pool, disposition="waiting").values_list(
        "source_file_id", "number"))  # fmt: skip
    asked = set(MatchCase.objects.filter(pool=evidence.pool).values_list("source_file_id", "number"))
    wrong = [f"文件 {file} 第 {number} 条" for file, number in sorted(waiting ^ asked)]
    return none_of("ROWS", "waiting_rows_have_cases", "每条待比对记录恰有一个比对事项", "every waiting row has one match case",
                   wrong, len(waiting | asked))  # fmt: skip


def _categories(evidence: Evidence) -> Check:
    """Whoever stands on a category roster has a fact of that category, by whatever route it came."""
    wrong: list[str] = []
    among = 0
    told = read(Fact.objects.filter(pool=evidence.pool, kind=int(FactKind.CATEGORY)).values_list("person_id", "value"))
    # The list of the disabled also holds grades that are not severe: being on it is no category by itself.
    for kind in (one for one in KINDS.values() if one.is_assistance and one.name != "severe_disability"):
        files = list(SourceFile.objects.filter(pool=evidence.pool, kind=kind.name).values_list("pk", flat=True))
        records = read(SourceRecord.objects.filter(source_file_id__in=files, disposition="stored").values_list(
            "source_file_id", "number", "person_id"))  # fmt: skip
        decided = read(RecordDecision.objects.filter(source_file_id__in=files, disposition="stored").values_list(
            "source_file_id", "number", "person_id"))  # fmt: skip
        # One list of civil affairs may hold all its groups: each row says its own.
        sisters = sorted(CIVIL_AFFAIRS) if kind.name in CIVIL_ROSTERS else groups_of(kind.name)
        mine = told.filter(pl.col("value").is_in(sisters)).select("person_id").unique()
        placed = pl.concat([records, decided])
        left = placed.join(mine, on="person_id", how="anti")
        among += placed.height
        wrong += [f"{kind.zh} 文件 {file} 第 {number} 条（#{person}）" for file, number, person in left.iter_rows()]
    return none_of("ROWS", "stored_rows_are_facts", "名册上已入库的每个人都有相应类别的事实",
                   "everybody stored from a category roster has that category as a fact", wrong, among)  # fmt: skip


def _references(evidence: Evidence) -> Iterator[Check]:
    people = read(Person.objects.filter(pool=evidence.pool).values_list("id")).rename({"id": "person_id"})
    facts = read(Fact.objects.filter(pool=evidence.pool).values_list("id", "person_id"))
    named = {"事实": facts.select("person_id").unique()}
    for zh, model in (("批次明细", RunLine), ("代发明细", BankLine), ("来源记录", SourceRecord), ("比对决定", MatchDecision)):
        of = model._default_manager.filter(pool=evidence.pool, person_id__isnull=False)  # noqa: SLF001
        named[zh] = read(of.order_by().values_list("person_id").distinct())
    named["记账明细"] = evidence.postings.select("person_id").unique().filter(pl.col("person_id") != 0)
    wrong = [f"{zh} #{number}" for zh, frame in named.items()
             for number in frame.join(people, on="person_id", how="anti")["person_id"].to_list()]  # fmt: skip
    yield none_of("ROWS", "persons_exist", "所有事实、明细、分录所指的人都在", "everybody named in facts, lines and postings exists",
                  wrong, people.height)  # fmt: skip
    changed = read(FactChange.objects.filter(pool=evidence.pool).values_list("fact_id"))
    paid_to = read(BankLine.objects.filter(pool=evidence.pool).order_by().values_list("account_fact_id").distinct())
    of_facts = pl.concat([changed, paid_to.rename({"account_fact_id": "fact_id"})]).unique()
    gone = of_facts.join(facts.select(pl.col("id").alias("fact_id")), on="fact_id", how="anti")["fact_id"].to_list()
    yield none_of("ROWS", "facts_exist", "变更和付款所指的事实都在", "every fact changed or paid to exists", gone, of_facts.height)
    yield _decisions(evidence)


def _decisions(evidence: Evidence) -> Check:
    cases = set(MatchCase.objects.filter(pool=evidence.pool).values_list("pk", flat=True))
    decided = list(MatchDecision.objects.filter(pool=evidence.pool).values_list("pk", "case_id"))
    wrong = [f"决定 {number} 的事项 {case}" for number, case in decided if case not in cases]
    return none_of("ROWS", "decisions_have_cases", "比对决定都有其事项", "every decision has its case", wrong, len(decided))
