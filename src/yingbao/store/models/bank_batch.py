"""A file of payments given to the bank."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class BankBatch(models.Model):
    """``number`` is the bank's batch number; ``sha256`` is of the file's bytes."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    run_id = models.BigIntegerField()
    number = models.TextField(unique=True)
    profile = models.TextField()
    count = models.BigIntegerField()
    total_fen = models.BigIntegerField()
    sha256 = models.TextField()
    file_name = models.TextField()
    act_seq = models.BigIntegerField()
    on = models.DateField()

    class Meta:
        verbose_name = "代发批次"

    def __str__(self) -> str:
        return str(self.number)
