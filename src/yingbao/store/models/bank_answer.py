"""What the bank said of a line."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class BankAnswer(models.Model):
    """``outcome``: settled, curable, do_not_resend or unknown. One final answer a line; unknown may come often."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    batch_id = models.BigIntegerField()
    line = models.IntegerField()
    outcome = models.TextField()
    code = models.TextField(default="")
    message = models.TextField(default="")
    bank_serial = models.TextField(default="")
    on = models.DateField()
    return_sha256 = models.TextField()
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "银行回盘"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["settled", "curable", "do_not_resend", "unknown"]),
                name="bank_outcome_is_known",
            ),
            models.UniqueConstraint(
                fields=["batch_id", "line"], name="bank_final_answer_once", condition=~models.Q(outcome="unknown")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line} {self.outcome}"
