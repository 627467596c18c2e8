"""An entry of the journal: why money moved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JournalEntry(models.Model):
    """``kind``: recognise, contribute, instruct, settle, return, opening, reclass … (ledger.chart names them)."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    run_id = models.BigIntegerField(null=True)
    kind = models.TextField()
    on = models.DateField()
    reason = models.TextField()
    citation = models.TextField(default="")
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "记账凭证"
        indexes: ClassVar = [models.Index(fields=["pool", "id"], name="entry_by_pool")]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"
