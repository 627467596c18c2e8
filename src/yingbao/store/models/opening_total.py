"""A control total that the office types in at the opening."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OpeningTotal(models.Model):
    """``name`` says what and the unit (``own_balance_fen``, ``persons``); ``value`` is the integer typed."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    name = models.TextField()
    value = models.BigIntegerField()
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "期初控制数"

    def __str__(self) -> str:
        return f"{self.name}={self.value}"
