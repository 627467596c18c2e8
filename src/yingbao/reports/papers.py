"""The office's papers of a run: application for funds, roster of the paid, approval, payments that failed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from yingbao.formats.forms.notes import OFFICE
from yingbao.formats.forms.payment import (
    ApprovalLine,
    FailedPayment,
    PaymentApproval,
    write_failed_payments,
    write_payment_approval,
)
from yingbao.formats.forms.proxy import (
    FundingApplication,
    ProxyRosterRow,
    write_funding_application,
    write_proxy_roster,
)
from yingbao.reports.coverage import PRECEDENCE
from yingbao.reports.run_totals import run_totals
from yingbao.reports.words import category_zh, places
from yingbao.rules.coverage import population
from yingbao.rules.entitlement import CATEGORY_KEYS
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.store import footing, journal, officers, policies, relations, sealed, tables
from yingbao.store.models import BankAnswer, BankBatch, Fact, Run, SourceFile
from yingbao.values.facts import FactKind
from yingbao.values.identity import IdNumber
from yingbao.values.month import show_month

BASIS = ("《关于精准实施城乡居民基本养老保险扶贫工作的意见》（2018年9月，文号未核实）",)


def _names(run: Run) -> tuple[str, str]:
    """Maker and checker by the names they had when they drafted and approved the run."""
    approved = officers.act_seq(run.pool, "run.approve", f"run {run.pk}")
    checker = "" if approved is None or run.checker_id is None else officers.name_at(run.pool, run.checker_id, approved)
    return officers.name_at(run.pool, run.maker_id, run.act_seq), checker


def _who(run: Run, person_ids: list[int]) -> pl.DataFrame:
    """Names, places and sealed ID numbers of some people: ``person_id, name, sex, id_cipher, town_name, village_name``."""
    people = tables.people(run.pool, person_ids)
    homes = tables.persons(run.pool, run.known_on, run.known_act, person_ids=person_ids).select("person_id", "village")
    joined = people.join(homes, on="person_id", how="left")
    return joined.with_columns(*places(run.pool))


def proxy_papers(run: Run, folder: Path, booked: pl.DataFrame) -> list[Path]:
    """The application for funds (资金请拨单) and the roster with its summary (代缴花名册) of a contribution run."""
    lines = booked.filter(pl.col("monthly_fen") > 0)
    year, count = run.period // 12, lines.height
    total = int(lines["amount_fen"].sum())
    maker, checker = _names(run)
    law = Law(policies.law_of(run.policy_version, run.region).in_force(run.known_on), run.period, run.period + 1)
    rows = _proxy_rows(run, lines, law)
    names = sorted({*footing.of_run(run), *law.in_force.illustrative()})
    application = FundingApplication(
        applicant=OFFICE, on=run.on, as_of=str(run.snapshot_on or run.on),
        reason=f"{year}年度困难群体城乡居民养老保险政府代缴", basis=BASIS,
        year=year, batch=str(run.pk), persons=count, standards=_standards(lines), amount_fen=total,
        payee="城乡居民基本养老保险基金财政专户", payee_bank="", payee_account="", attachments=1, made_by=maker, checked_by=checker,
        illustrative=names,
    )  # fmt: skip
    papers = [write_funding_application(folder / f"代缴资金请拨单-{year}-{run.pk}.xlsx", application)]
    roster = folder / f"代缴花名册-{year}-{run.pk}.xlsx"
    papers.append(write_proxy_roster(roster, rows, title=f"{year}年度政府代缴花名册", year=year, made_on=run.on,
                                     illustrative=names))  # fmt: skip
    return papers


def _standards(lines: pl.DataFrame) -> list[tuple[int, int]]:
    """How many people at how much a year: the county may pay another amount for a category."""
    return lines.group_by("monthly_fen").len().sort("monthly_fen", descending=True).select("len", "monthly_fen").rows()


def _proxy_rows(run: Run, lines: pl.DataFrame, law: Law) -> list[ProxyRosterRow]:
    ids = lines["person_id"].to_list()
    known = relations.relations(run.pool, run.known_on, run.known_act, person_ids=ids)
    precedence = law.words_among(PRECEDENCE, CATEGORY_KEYS)
    classes = _categories(run, known, precedence)
    sources, enrolled = _rosters(run), set(known.of(FactKind.ENROLMENT)["person_id"])
    joined = lines.join(_who(run, ids), on="person_id").join(classes, on="person_id", how="left")
    clear = sealed.open_ids(joined["id_cipher"].to_list(), joined["person_id"].to_list())
    return [
        ProxyRosterRow(
            town=row["town_name"], village=row["village_name"], name=row["name"],
            sex={"male": "男", "female": "女"}.get(row["sex"], ""), id_number=IdNumber(number),
            category=category_zh(row["category"] or ""), tier_fen=row["monthly_fen"], amount_fen=row["amount_fen"],
            source="县级财政", state="已参保" if row["person_id"] in enrolled else "首次参保", remark=row["remark"] or "",
            data_month=sources.get((row["person_id"], row["category"]), ("", ""))[0],
            basis=sources.get((row["person_id"], row["category"]), ("", ""))[1],
        )
        for row, number in zip(joined.iter_rows(named=True), clear, strict=True)
    ]  # fmt: skip


def _categories(run: Run, known: Facts, precedence: tuple[str, ...]) -> pl.DataFrame:
    """The category of each person on the day of the run, or on that of an earlier run of the year that he was in time for.

    ``remark`` names the earlier day: who is told late is paid for by the day on which he was owed it.
    """
    day = run.snapshot_on or run.on
    earlier = Run.objects.filter(pool=run.pool, kind=run.kind, period=run.period, known_act__lt=run.known_act, snapshot_on__lt=day)
    days = [day, *sorted({one for one in earlier.values_list("snapshot_on", flat=True) if one}, reverse=True)]
    found = pl.concat([
        population(known, one, precedence).select(
            "person_id", "category", pl.lit("" if one == day else f"按 {one} 名册").alias("remark"))
        for one in days
    ])  # fmt: skip
    return found.unique("person_id", keep="first", maintain_order=True)


def _rosters(run: Run) -> dict[tuple[int, str], tuple[str, str]]:
    """The month and name of the roster that told of a person's category: (person, category) → both."""
    files = {one.pk: (show_month(one.data_month), one.name) for one in SourceFile.objects.filter(pool=run.pool)}
    told = Fact.objects.filter(pool=run.pool, kind=int(FactKind.CATEGORY), told_at__lte=run.known_on, act_seq__lte=run.known_act)
    rows = told.order_by("pk").values_list("person_id", "value", "source_file_id")
    return {(person, category): files[file] for person, category, file in rows if file in files}


def payment_approval(run: Run, folder: Path, booked: pl.DataFrame) -> Path:
    """The approval of a month's payments (支付审批表): by item, arrears apart, base pensions by who bears them."""
    found = run_totals(run, booked)
    maker, checker = _names(run)
    form = PaymentApproval(
        applicant=OFFICE, month=run.period, on=run.on, run=str(run.pk), persons=found.persons,
        lines=[ApprovalLine(one.zh, one.persons, one.fen) for one in found.items], content_hash=run.content_hash,
        made_by=maker, checked_by=checker, levels=[(f"基础养老金{level.zh}", fen) for level, fen in found.levels.items()],
        illustrative=found.illustrative,
    )  # fmt: skip
    return write_payment_approval(folder / f"支付审批表-{run.pk}.xlsx", form)


def failed_payments(run: Run, folder: Path, made_on: date) -> Path:
    """The payments of a run that had not arrived by a day, by village, with what each needs next (支付失败名单)."""
    batches = {batch.pk: batch.number for batch in BankBatch.objects.filter(run_id=run.pk)}
    last: dict[tuple[int, int], BankAnswer] = {}
    told = BankAnswer.objects.filter(batch_id__in=list(batches), on__lte=made_on)
    for answer in told.exclude(outcome="settled").order_by("pk"):
        last[(answer.batch_id, answer.line)] = answer
    settled = set(told.filter(outcome="settled").values_list("batch_id", "line"))
    failed = {key: answer for key, answer in last.items() if key not in settled}
    sent = {(one["batch_id"], one["line"]): one for batch in batches for one in tables.bank_lines(batch).iter_rows(named=True)
            if (one["batch_id"], one["line"]) in failed}  # fmt: skip
    who = {row["person_id"]: row for row in _who(run, [one["person_id"] for one in sent.values()]).iter_rows(named=True)}
    rows = []
    for key, answer in failed.items():
        line = sent[key]
        person = who[line["person_id"]]
        number = sealed.open_ids([person["id_cipher"]], [line["person_id"]])[0]
        rows.append(FailedPayment(person["town_name"], person["village_name"], person["name"], IdNumber(number),
                                  batches[key[0]], key[1], line["amount_fen"], answer.outcome, answer.code, answer.message))  # fmt: skip
    return write_failed_payments(folder / f"支付失败名单-{run.pk}.xlsx", rows, month=run.period, made_on=made_on,
                                 illustrative=footing.of_run(run))  # fmt: skip


def papers_of(run: Run, folder: Path, made_on: date, lines: pl.DataFrame | None = None) -> list[Path]:
    """All papers of a run, of its kept lines or of ``lines`` (LINES) that were derived again."""
    folder.mkdir(parents=True, exist_ok=True)
    booked = journal.read_lines(run.pk) if lines is None else lines
    if run.kind == "proxy":
        return proxy_papers(run, folder, booked)
    if run.kind == "disbursement":
        return [payment_approval(run, folder, booked), failed_payments(run, folder, made_on)]
    return [payment_approval(run, folder, booked)]
