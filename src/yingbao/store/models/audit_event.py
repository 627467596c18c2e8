"""What was done, by whom, when: a chain of hashes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditEvent(models.Model):
    """One act. ``recorded_at`` is UTC text (``2018-12-01T00:00:00.000000Z``), as hashed; ``on`` is the business date.

    ``summary`` is canonical JSON (sorted keys, no spaces) and never holds an ID or account number.
    """

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("pool", "seq")
    pool = models.IntegerField()
    seq = models.BigIntegerField()
    recorded_at = models.TextField()
    on = models.DateField()
    officer_id = models.BigIntegerField()
    verb = models.TextField()
    subject = models.TextField()
    summary = models.TextField()
    previous_hash = models.TextField()
    hash = models.TextField()

    class Meta:
        verbose_name = "审计记录"

    def __str__(self) -> str:
        return f"{self.pool}#{self.seq} {self.verb}"
