"""A year whose books are closed: what belongs to it changes by new differences only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ClosedYear(models.Model):
    """``figures``: what the closing proved, as JSON (trial balance, fund, accounts by source, coverage), ``figures_hash`` its sha256.

    The database itself refuses a checker who is the maker, and any act or entry dated into a closed year.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    year = models.IntegerField()
    on = models.DateField()
    figures = models.JSONField(default=dict)
    figures_hash = models.TextField()
    maker_id = models.BigIntegerField()
    checker_id = models.BigIntegerField()
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "已关闭年度"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pool", "year"], name="year_closed_once"),
            models.CheckConstraint(condition=~models.Q(checker_id=models.F("maker_id")), name="year_checker_is_not_maker"),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.year}"
