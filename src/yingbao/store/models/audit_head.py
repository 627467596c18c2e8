"""Where a pool's audit chain stands: the row that acts lock to stand in line."""

from __future__ import annotations

from django.db import models


class AuditHead(models.Model):
    """The last event of a pool. ``seq`` 0 and an empty ``hash`` before the first."""

    pool = models.IntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.TextField()

    class Meta:
        verbose_name = "审计链头"

    def __str__(self) -> str:
        return f"{self.pool}#{self.seq}"
