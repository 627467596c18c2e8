"""A year whose books are closed: what belongs to it changes by new differences only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ClosedYear(models.Model):
    """``figures``: what the closing proved, as JSON (trial balance, accounts by source, coverage, run numbers)."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    year = models.IntegerField()
    on = models.DateField()
    figures = models.JSONField(default=dict)
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "已关闭年度"
        constraints: ClassVar = [models.UniqueConstraint(fields=["pool", "year"], name="year_closed_once")]

    def __str__(self) -> str:
        return f"{self.pool} {self.year}"
