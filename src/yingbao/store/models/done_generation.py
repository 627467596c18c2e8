"""A compact picture of what has been done, taken after an entry."""

from __future__ import annotations

from django.db import models


class DoneGeneration(models.Model):
    """Derived from the journal up to and with ``through_entry``; thrown away and made again at will."""

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    through_entry = models.BigIntegerField()

    class Meta:
        verbose_name = "已发汇总版本"

    def __str__(self) -> str:
        return f"{self.pool} ≤{self.through_entry}"
