"""One payment in a bank file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class BankLine(models.Model):
    """Matched by (batch, line), never by account or name. The account is the fact ``account_fact_id``."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("batch_id", "line")
    batch_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    account_fact_id = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    line = models.IntegerField()
    pool = models.IntegerField()
    name = models.TextField()

    class Meta:
        verbose_name = "代发明细"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="bank_line_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"
