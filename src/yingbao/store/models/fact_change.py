"""A fact ended or taken back, told later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FactChange(models.Model):
    """``change``: ``ended`` (last day ``holds_until``; null opens it again) or ``withdrawn`` (was never so)."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    fact_id = models.BigIntegerField()
    change = models.TextField()
    holds_until = models.DateField(null=True)
    told_at = models.DateField()
    act_seq = models.BigIntegerField()
    reason = models.TextField(default="")

    class Meta:
        verbose_name = "事实变更"
        indexes: ClassVar = [models.Index(fields=["fact_id"], name="change_by_fact")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(change__in=["ended", "withdrawn"]), name="change_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.change}"
