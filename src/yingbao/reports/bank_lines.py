"""What was sent to the bank for a run, and what came of it."""

from __future__ import annotations

import polars as pl

from yingbao.reports.reading import read
from yingbao.store.models import BankAnswer, BankBatch, BankLine, Run

FINAL = ("settled", "curable", "do_not_resend")


def bank_lines(run: Run) -> tuple[list[BankBatch], pl.DataFrame]:
    """The files of a run, and their lines with the final outcome: ``batch_id, line, person_id, amount_fen, outcome``."""
    batches = list(BankBatch.objects.filter(pool=run.pool, run_id=run.pk).order_by("pk"))
    numbers = [batch.pk for batch in batches]
    sent = read(BankLine.objects.filter(batch_id__in=numbers).values_list("batch_id", "line", "person_id", "amount_fen"))
    answers = read(BankAnswer.objects.filter(batch_id__in=numbers, outcome__in=FINAL).values_list(
        "batch_id", "line", "outcome"))  # fmt: skip
    joined = sent.join(answers, on=["batch_id", "line"], how="full", coalesce=True)
    return batches, joined.sort("batch_id", "line")
