"""Money out through the bank and back: instruct, take the bank's answers, recover."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from yingbao.acts.act import Act, Role, act
from yingbao.acts.errors import UnknownBatch
from yingbao.acts.funds import Booked, booked_before
from yingbao.acts.registry import keep, person_of
from yingbao.acts.runs import CITATION, find
from yingbao.acts.transitions import move, next_state
from yingbao.engine import derive
from yingbao.formats.bank.outfile import save_all
from yingbao.formats.bank.profile import Profile
from yingbao.formats.bank.read_return import refuse_unless_verified, verify_against
from yingbao.formats.bank.records import ReturnReading, WrittenFile
from yingbao.formats.bank.write import line_ranges, payment_files
from yingbao.ledger import postings
from yingbao.store import journal, payees
from yingbao.store.models import AuditEvent, BankAnswer, BankBatch, BankLine, Run
from yingbao.values.facts import FactKind
from yingbao.values.money import Fen, bounded

FINAL = ("settled", "curable", "do_not_resend")


@dataclass(frozen=True)
class Taken:
    """What a return file did. ``repeated``: the same file was taken before and has no effect."""

    batch: str
    counts: dict[str, int]
    settled_fen: Fen
    returned_fen: Fen
    repeated: bool = False


@act("run.instruct", needs=Role.FINANCE)
def instruct(act: Act, run_id: int, *, profile: Profile, folder: Path) -> list[WrittenFile]:
    """Write the bank files of a booked disbursement. The same run gives the same bytes, however often.

    Raises PaymentFileRefused, naming every name that the bank's encoding cannot write, whichever file it would stand in.
    """
    run = find(act.pool, run_id)
    next_state(run, "instruct")
    lines = payees.payment_lines(run, derive.bank_payments(journal.read_lines(run.pk)), act.on)
    parts = [lines[start:end] for start, end in line_ranges(profile, len(lines))]
    heads = [payees.payment_batch(run, place) for place in range(1, len(parts) + 1)]
    told = [(head, [line.for_bank(head.summary) for line in part]) for head, part in zip(heads, parts, strict=True)]
    written = save_all(payment_files(profile, told), folder)
    for head, part, made in zip(heads, parts, written, strict=True):
        batch = BankBatch.objects.create(
            pool=run.pool, run_id=run.pk, number=head.number, profile=profile.name, count=made.count,
            total_fen=made.total_fen, sha256=made.sha256, file_name=made.path.name, act_seq=act.seq, on=act.on,
        )  # fmt: skip
        payees.keep_lines(batch, part)
    move(run, "instruct")
    _settle_if_answered(run)  # where nothing goes to the bank (all held or set off) no answer will ever come
    act.about(f"run {run.pk}", files=len(written), count=sum(one.count for one in written),
              total_fen=sum(one.total_fen for one in written))  # fmt: skip
    return written


def batches_of(run: Run) -> list[BankBatch]:
    """The files of a run, in order."""
    return list(BankBatch.objects.filter(pool=run.pool, run_id=run.pk).order_by("pk"))


@act("bank.take_return", needs=Role.FINANCE)
def take_return(act: Act, reading: ReturnReading) -> Taken:
    """Book what the bank answered, line by line of the batch. The same file again has no effect.

    Settled lines leave the transit account; returned ones are payable again; unknown ones stay in
    transit and are never paid again before the bank has answered. Raises UnknownBatch, BankFileRefused.
    """
    batch = BankBatch.objects.filter(pool=act.pool, number=reading.batch_number).first()
    if batch is None:
        raise UnknownBatch(file=reading.file, number=reading.batch_number)
    if BankAnswer.objects.filter(batch_id=batch.pk, return_sha256=reading.sha256).exists():
        act.nothing_done()
        return Taken(batch.number, reading.counts(), 0, 0, repeated=True)
    expected, persons = payees.lines_sent(batch)
    before = dict(BankAnswer.objects.filter(batch_id=batch.pk, outcome__in=FINAL).values_list("line", "outcome"))
    refuse_unless_verified(reading, verify_against(
        reading, batch_number=batch.number, expected=expected, answered=before, newest=_newest(act.pool, batch)))  # fmt: skip
    news = [line for line in reading.lines if line.line not in before]
    payees.keep_answers(batch, news, reading, act)
    run = find(act.pool, batch.run_id)
    settled = sum(expected[line.line] for line in news if line.outcome == "settled")
    returned = {persons[line.line]: line for line in news if line.outcome in ("curable", "do_not_resend")}
    _book(act, run, batch, settled, list(returned))
    for person_id, line in returned.items():
        _remember(act, person_id, line.outcome, line.code)
    _settle_if_answered(run)
    back = sum(expected[line.line] for line in news if line.outcome in ("curable", "do_not_resend"))
    counts = dict(Counter(line.outcome for line in news))
    act.about(f"batch {batch.number}", sequence=reading.head.sequence, settled_fen=settled, returned_fen=back, **counts)
    return Taken(batch.number, counts, settled, back)


def _newest(pool: int, batch: BankBatch) -> int:
    """The highest sequence among the return files booked for a batch; 0 for none."""
    told = AuditEvent.objects.filter(pool=pool, verb="bank.take_return", subject=f"batch {batch.number}")
    return max((int(json.loads(one).get("sequence", 1)) for one in told.values_list("summary", flat=True)), default=0)


def _book(act: Act, run: Run, batch: BankBatch, settled: Fen, returned: list[int]) -> None:
    """Transit to the bank for what arrived, in one line a file; back to payable, purpose by purpose, for the rest."""
    if settled:
        entry = journal.new_entry(act.pool, "settle", run_id=run.pk, on=act.on, act_seq=act.seq,
                                  reason=f"银行回盘到账 {batch.number}", citation=CITATION["disbursement"])  # fmt: skip
        debit, credit = next(iter(postings.SETTLE.sides.values()))
        journal.post_frame(postings.posting(debit, credit, settled, month=run.period, entry_id=entry, pool=act.pool))
    if returned:
        lines = journal.pay_lines_of(run.pk, returned)
        journal.post(postings.BANK_RETURN, lines, run=run, on=act.on, act_seq=act.seq,
                     reason=f"银行退票 {batch.number}", citation=CITATION["disbursement"])  # fmt: skip


def _remember(act: Act, person_id: int, outcome: str, code: str) -> None:
    """A returned account waits for a new one; a do-not-resend waits until somebody has looked."""
    if outcome == "curable":
        keep(act, person_id, FactKind.ACCOUNT_REFUSED, act.on, value=code)
    else:
        keep(act, person_id, FactKind.HOLD, act.on, value="bank_do_not_resend")


def _settle_if_answered(run: Run) -> None:
    """The run is settled when every line of every file of it has its final answer."""
    numbers = [batch.pk for batch in batches_of(run)]
    sent = BankLine.objects.filter(batch_id__in=numbers).count()
    answered = BankAnswer.objects.filter(batch_id__in=numbers, outcome__in=FINAL).count()
    if sent == answered:
        move(run, "settle")


@act("recovery.receive", needs=Role.FINANCE)
def receive_repayment(act: Act, person_id: int, fen: Fen, voucher: str) -> Booked:
    """Overpaid money comes back in cash. The same voucher of a person again has no effect.

    Raises NothingToRecover beyond what is outstanding, VoucherUsed for another amount.
    """
    person_of(act.pool, person_id)
    reason = f"追回到账，凭证 {voucher}"
    known = booked_before(act, "repay", fen, reason, voucher, person_id=person_id)
    if known is not None:
        return Booked(known, repeated=True)
    entry = journal.new_entry(act.pool, "repay", run_id=None, on=act.on, act_seq=act.seq, reason=reason,
                              citation=CITATION["write_off"])  # fmt: skip
    payees.post_repayment(act.pool, person_id, bounded(fen), entry, act.on)
    act.about(f"person {person_id}", fen=fen, voucher=voucher, entry=entry)
    return Booked(entry)
