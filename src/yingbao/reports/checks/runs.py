"""I6 and I7: each run's lines, hash, officers and entries agree; each bank file adds up, in count and fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from yingbao.ledger.chart import IN_TRANSIT
from yingbao.ledger.postings import KINDS, signed_amount
from yingbao.ledger.run_lines import LineClass
from yingbao.reports.bank_lines import bank_lines
from yingbao.reports.checks.check import Check, differing, equal, none_of
from yingbao.reports.evidence import BOOKED, Evidence
from yingbao.reports.reading import read
from yingbao.store import policies
from yingbao.store.models import BankAnswer, BankBatch, BankLine, Run, RunLine

CHECKED = ("approved", *BOOKED)
RETURNED = ("curable", "do_not_resend")
# What a run's entries must say of its lines: kind of run → kinds of entry, and the line classes each books.
BOOKS: dict[str, dict[str, tuple[int, ...]]] = {
    "payroll": {"recognise": (1, 2, 3)},
    "proxy": {"contribute": (1, 2, 3)},
    "account": {"credit_account": (1, 2, 3)},
    "disbursement": {
        "instruct": (int(LineClass.PAY),), "reclass_to_recover": (int(LineClass.RECOVER),),
        "set_off": (int(LineClass.SET_OFF),), "claim_restored": (int(LineClass.RESTORE),),
    },
    "write_off": {"write_off": (int(LineClass.WRITE_OFF),), "write_off_withdrawn": (int(LineClass.RESTORE),)},
}
_PURPOSE = ["person_id", "item", "from_month", "until_month", "amount_fen"]


@dataclass
class _Found:
    """What is wrong, by check, and how much was looked at."""

    frozen: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    in_flight: tuple[int, int] = (0, 0)
    lines: int = 0
    batches: int = 0


def check(evidence: Evidence) -> Iterator[Check]:
    """One pass over the runs, each run's lines read once."""
    found = _Found()
    for run in evidence.runs:
        lines = evidence.lines(run)
        found.lines += lines.height
        _frozen(evidence, run, lines, found)
        if run.state in BOOKED:
            _booked(evidence, run, lines, found)
            if run.kind == "disbursement":
                _bank(evidence, run, lines, found)
    yield none_of("I7", "runs_frozen", "各批次明细的笔数、金额、指纹与拟定时相同", "lines, total and hash of every run are as drafted",
                  found.frozen, len(evidence.runs))  # fmt: skip
    yield none_of("I7", "runs_have_lines", "明细都有其批次，统筹区相同", "every line has its run, of the same pool",
                  differing(evidence.counts(RunLine, "run_id"), {run.pk: run.line_count for run in evidence.runs}),
                  len(evidence.runs))  # fmt: skip
    yield _two_officers(evidence)
    yield _stand(evidence)
    yield _laws(evidence)
    yield none_of("I7", "runs_booked_exactly", "各批次的凭证与明细逐行相等", "the entries of a run are its lines, row by row",
                  found.entries, len(evidence.booked_runs))  # fmt: skip
    yield none_of("I6", "bank_files", "报盘 = 到账 + 退票 + 在途，逐文件笔数与金额", "sent = settled + returned + in flight by file",
                  found.files, found.batches)  # fmt: skip
    yield none_of("I6", "bank_booked", "到账、退票的凭证 = 银行回盘", "settled and returned entries = the bank's answers",
                  found.returned, found.batches)  # fmt: skip
    yield equal("I6", "in_transit", "总账在途科目 = 银行尚未答复的金额（分）", "the transit account = lines without a final answer, fen",
                _transit(evidence), found.in_flight[1])  # fmt: skip
    yield _strays(evidence)


def _frozen(evidence: Evidence, run: Run, lines: pl.DataFrame, found: _Found) -> None:
    have = (lines.height, int(lines["amount_fen"].sum()))
    if have != (run.line_count, run.total_fen):
        found.frozen.append(f"批次 {run.pk}: {run.line_count} 行 {run.total_fen} 分，现有 {have[0]} 行 {have[1]} 分")
    elif evidence.content_hash(lines) != run.content_hash:
        found.frozen.append(f"批次 {run.pk}: 指纹不同")


def _two_officers(evidence: Evidence) -> Check:
    past = [run for run in evidence.runs if run.state in CHECKED]
    wrong = [f"批次 {run.pk}" for run in past if run.checker_id is None or run.checker_id == run.maker_id]
    events = {(event.verb, event.number("run")): event.officer_id for event in evidence.events}
    wrong += [f"批次 {run.pk} 的复核记录" for run in past if events.get(("run.approve", run.pk)) != run.checker_id]
    wrong += [f"批次 {run.pk} 的记账记录" for run in evidence.booked_runs if ("run.post", run.pk) not in events]
    return none_of("I7", "two_officers", "经办与复核是两个人，各有审计记录", "maker and checker are two people, on record",
                   wrong, len(past))  # fmt: skip


# What the last act about a run leaves it as; whether the bank has answered whole is found by its file.
_AFTER = {
    "run.submit": ("submitted",), "run.approve": ("approved",), "run.post": ("posted",), "run.void": ("void",),
    "run.instruct": ("instructed", "settled"),
}  # fmt: skip


def _stand(evidence: Evidence) -> Check:
    """Every run stands where the last act about it left it."""
    last: dict[int, tuple[str, ...]] = {}
    for event in evidence.events:
        number = event.number("run")
        if number is not None and (event.verb in _AFTER or event.verb.startswith("run.draft")):
            last[number] = _AFTER.get(event.verb, ("draft",))
    wrong = [f"批次 {run.pk} 为 {run.state}" for run in evidence.runs if run.state not in last.get(run.pk, ())]
    return none_of("I7", "runs_stand_as_left", "批次的状态与最后一次办理相符", "every run stands where its last act left it",
                   wrong, len(evidence.runs))  # fmt: skip


def _signed(evidence: Evidence, numbers: list[int], kind: str) -> pl.DataFrame:
    """Postings of entries as the lines they book: negative where the sides are changed."""
    return evidence.of_entries(numbers).select(*_PURPOSE[:-1], signed_amount(KINDS[kind]).alias("amount_fen"))


def _booked(evidence: Evidence, run: Run, lines: pl.DataFrame, found: _Found) -> None:
    for kind, classes in BOOKS[run.kind].items():
        wanted = lines.filter(pl.col("line_class").is_in(classes)).select(_PURPOSE)
        have = _signed(evidence, evidence.entries_of(run, kind), kind).select(_PURPOSE)
        if not wanted.equals(have.cast(dict(wanted.schema))):  # type: ignore[arg-type]
            sums = (int(wanted["amount_fen"].sum()), int(have["amount_fen"].sum()))
            found.entries.append(f"批次 {run.pk} {kind}: 明细 {wanted.height} 行 {sums[0]} 分，凭证 {have.height} 行 {sums[1]} 分")


def _bank(evidence: Evidence, run: Run, lines: pl.DataFrame, found: _Found) -> None:
    batches, sent = bank_lines(run)
    found.batches += len(batches)
    pay = lines.filter(pl.col("line_class") == int(LineClass.PAY))
    fen = int(pay["amount_fen"].sum())
    if run.state == "posted":
        found.in_flight = (found.in_flight[0], found.in_flight[1] + fen)
        if batches:
            found.files.append(f"批次 {run.pk} 尚未报盘却有银行文件")
        return
    for batch in batches:
        of = sent.filter((pl.col("batch_id") == batch.pk) & pl.col("amount_fen").is_not_null())
        if (of.height, int(of["amount_fen"].sum())) != (batch.count, batch.total_fen):
            found.files.append(f"文件 {batch.number}: {batch.count} 笔 {batch.total_fen} 分，现有 {of.height} 笔")
    wanted = pay.group_by(pl.col("bank_line").alias("line"), "person_id").agg(pl.col("amount_fen").sum()).sort("line")
    have = sent.select("line", "person_id", "amount_fen").sort("line")
    if not wanted.equals(have.cast(dict(wanted.schema))):  # type: ignore[arg-type]
        found.files.append(f"批次 {run.pk}: 应报 {wanted.height} 笔，银行文件 {have.height} 笔或金额不同")
    flying = sent.filter(pl.col("outcome").is_null())
    if run.state == "settled" and flying.height:
        found.files.append(f"批次 {run.pk} 已结清，仍有 {flying.height} 笔没有最终答复")
    if run.state == "instructed" and not flying.height:
        found.files.append(f"批次 {run.pk} 全部已有答复，却未结清")
    found.in_flight = (found.in_flight[0] + flying.height, found.in_flight[1] + int(flying["amount_fen"].sum()))
    _answers_booked(evidence, run, sent, pay, found)


def _answers_booked(evidence: Evidence, run: Run, sent: pl.DataFrame, pay: pl.DataFrame, found: _Found) -> None:
    settled = int(sent.filter(pl.col("outcome") == "settled")["amount_fen"].sum())
    booked = sum(evidence.by_entry.get(one, (0, 0))[1] for one in evidence.entries_of(run, "settle"))
    if settled != booked:
        found.returned.append(f"批次 {run.pk}: 到账 {settled} 分，凭证 {booked} 分")
    back = sent.filter(pl.col("outcome").is_in(RETURNED)).select(pl.col("line").alias("bank_line"))
    wanted = pay.join(back, on="bank_line", how="semi").select(_PURPOSE)
    have = evidence.of_entries(evidence.entries_of(run, "bank_return")).select(_PURPOSE).sort(_PURPOSE[:3])
    if not wanted.equals(have.cast(dict(wanted.schema))):  # type: ignore[arg-type]
        found.returned.append(f"批次 {run.pk}: 退票 {wanted.height} 项，凭证 {have.height} 项或金额不同")


def _laws(evidence: Evidence) -> Check:
    """Runs are drafted with the hash of the program (0.1.0+…) since their law is kept beside them."""
    named = {run.policy_version for run in evidence.runs if "+" in run.code_version}
    wrong = [f"政策版本 {version[:16]}" for version in sorted(named) if not policies.is_sound(version)]
    return none_of("I8", "laws_kept", "各批次所用的政策都已留存、一字未改", "the law of every run is kept, word for word",
                   wrong, len(named))  # fmt: skip


def _transit(evidence: Evidence) -> int:
    on = evidence.postings.filter((pl.col("debit") == IN_TRANSIT) | (pl.col("credit") == IN_TRANSIT))
    sign = pl.when(pl.col("credit") == IN_TRANSIT).then(1).otherwise(-1)
    return int(on.select((pl.col("amount_fen") * sign).sum()).item() or 0)


def _strays(evidence: Evidence) -> Check:
    """Files, lines and answers without the run, file or line they belong to; entries of unknown runs."""
    runs = {run.pk for run in evidence.runs}
    batches = dict(BankBatch.objects.filter(pool=evidence.pool).values_list("pk", "run_id"))
    wrong = [f"文件 {number} 的批次 {run}" for number, run in batches.items() if run not in runs]
    lines = evidence.counts(BankLine, "batch_id")
    wrong += [f"代发明细的文件 {number}" for number in lines if number not in batches]
    answered = read(BankAnswer.objects.filter(pool=evidence.pool).values_list("batch_id", "line")).unique()
    sent = read(BankLine.objects.filter(pool=evidence.pool).values_list("batch_id", "line"))
    lost = answered.join(sent, on=["batch_id", "line"], how="anti")
    wrong += [f"回盘 {batch}:{line} 的报盘明细" for batch, line in lost.iter_rows()]
    wrong += [f"凭证 {number} 的批次 {one.run_id}" for number, one in evidence.entries.items()
              if one.run_id is not None and one.run_id not in runs]  # fmt: skip
    return none_of("I6", "nothing_stray", "文件、明细、回盘、凭证都有所属", "files, lines, answers and entries belong somewhere",
                   wrong, len(batches) + len(runs))  # fmt: skip
